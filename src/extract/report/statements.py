"""Rows of `quotes` to statements: all pieces of one utterance are one entry."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.ids import is_description_id
from extract.report.actors import Actors
from extract.schema.table import Row

UNSURE = 0.6
"""Below this confidence a row is marked as unsure."""

# The type of a statement is the plainest of its pieces' types.
TYPES = ("direct", "mixed", "tweet", "pull", "indirect", "scare")
ELLIPSIS = " […] "
_LONGEST_CONTEXT = 170
_CLEAR_START = 40  # characters of a reported piece that are looked for in its sentence


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """What someone said, once.

    Attributes:
        id: quote_id of its first piece, the anchor in the article's page.
        article_id: Its article.
        start: Start of its first piece.
        end: End of its last piece.
        text: The words; pieces are joined by `[…]`.
        type: As in `quotes`.
        in_marks: Whether these are the speaker's words; else the article reports them.
        before: Of a reported statement: the words of its sentence before it.
        after: Those after it.
        speakers: Ids of the speakers (entity_id, else name_id), several of a joint statement.
        name: Name of the speaker; empty if there is none.
        called: The words that refer to the speaker; empty if there are none.
        speaker_kind: As in `quotes`; `none` without a speaker.
        behalf: The faction or institution that is spoken for.
        how: How that is known: `self`, `stated` in the article, `member` (undated), or `phrase`.
        about: Ids of the actors that it speaks about.
        act: As in `quotes`.
        polarity: As in `quotes`.
        medium: As in `quotes`.
        day: The day of speaking if the article tells it, else of publication.
        confidence: The lowest of its pieces, border and speaker.
        is_repeated: Whether it repeats a statement that is counted elsewhere.
        rule: The rules that found it.
        speaker_method: As in `quotes`.
    """

    id: str
    article_id: str
    start: int
    end: int
    text: str
    type: str
    in_marks: bool
    before: str
    after: str
    speakers: tuple[str, ...]
    name: str
    called: str
    speaker_kind: str
    behalf: str | None
    how: str
    about: tuple[str, ...]
    act: str
    polarity: str
    medium: str
    day: date | None
    confidence: float
    is_repeated: bool
    rule: str
    speaker_method: str

    @property
    def speaker(self) -> str | None:
        """The first of its speakers."""
        return self.speakers[0] if self.speakers else None

    @property
    def is_unsure(self) -> bool:
        """Whether it is marked as unsure."""
        return self.confidence < UNSURE

    @property
    def counts(self) -> bool:
        """Whether lists and numbers take it: scare quotes are no statements, and repetitions count once."""
        return not self.is_repeated and self.type != "scare"


class Mentions:
    """The mentions of one article that refer to known actors, by position."""

    def __init__(self, entities: Iterable[Row], actors: Actors) -> None:
        known = sorted(
            (row["start_char"], row["entity_id"]) for row in entities if row["entity_id"] in actors
        )
        self._starts = [start for start, _ in known]
        self._ids = [entity_id for _, entity_id in known]

    def between(self, start: int, end: int) -> Sequence[str]:
        """Return the ids of the mentions that start in a range."""
        return self._ids[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def statements_of(
    quotes: Iterable[Row], entities: Iterable[Row], actors: Actors, published: date | None
) -> Iterator[Statement]:
    """Yield the statements of one article, in order.

    Args:
        quotes: Its rows of `quotes`.
        entities: Its rows of `entities`.
        actors: The known actors.
        published: The day of its publication, None if unknown.
    """
    groups = defaultdict(list)
    for row in quotes:
        groups[row["group_id"]].append(row)
    mentions = Mentions(entities, actors)
    for pieces in groups.values():
        own = [row for row in pieces if row["duplicate_of"] is None]
        yield _statement(own or pieces, mentions, actors, published, is_repeated=not own)


def _statement(
    pieces: Sequence[Row], mentions: Mentions, actors: Actors, published: date | None, *, is_repeated: bool
) -> Statement:
    outer = [row for row in pieces if not any(_is_inside(row, other) for other in pieces)] or pieces
    lead = min(pieces, key=_speaker_known)
    speakers = _speakers(lead)
    behalf, how = _behalf(lead, speakers, mentions, actors)
    in_marks = all(row["type"] != "indirect" for row in outer)
    before, after = ("", "") if in_marks else _context(outer)
    return Statement(
        id=outer[0]["quote_id"],
        article_id=outer[0]["article_id"],
        start=outer[0]["start_char"],
        end=outer[-1]["end_char"],
        text=ELLIPSIS.join(" ".join(row["text"].split()) for row in outer),
        type=min((row["type"] for row in pieces), key=TYPES.index),
        in_marks=in_marks,
        before=before,
        after=after,
        speakers=speakers,
        name=lead["speaker_name"] or lead["speaker_text"] or "",
        called=lead["speaker_text"] or "",
        speaker_kind=lead["speaker_kind"] or "none",
        behalf=behalf,
        how=how,
        about=_about(outer, speakers, mentions),
        act=lead.get("act") or "",
        polarity=lead.get("polarity") or "",
        medium=lead.get("medium") or "",
        day=lead.get("said_on_earliest") or published,
        confidence=min(_confidence(row) for row in pieces),
        is_repeated=is_repeated,
        rule=", ".join(dict.fromkeys(row["rule"] for row in pieces)),
        speaker_method=lead["speaker_method"] or "",
    )


def _is_inside(row: Row, other: Row) -> bool:
    return (
        row is not other
        and other["start_char"] <= row["start_char"]
        and row["end_char"] <= other["end_char"]
        and row["quote_id"] != other["quote_id"]
    )


def _speaker_known(row: Row) -> tuple[bool, bool, int]:
    """Sort key: pieces with a linked speaker first, then those with a named one."""
    return row["speaker_entity_id"] is None, row["speaker_name"] is None, row["start_char"]


def _speakers(lead: Row) -> tuple[str, ...]:
    joint = tuple(lead.get("speaker_entity_ids") or ())
    one = lead["speaker_entity_id"] or lead["speaker_name_id"]
    return joint or ((one,) if one and not is_description_id(one) else ())


def _confidence(row: Row) -> float:
    speaker = row["speaker_confidence"]
    return float(row["confidence"] if speaker is None else min(row["confidence"], speaker))


def _about(outer: Iterable[Row], speakers: Sequence[str], mentions: Mentions) -> tuple[str, ...]:
    """Return whom the pieces speak about: as the table says, else the actors that they name."""
    found: list[str] = []
    for row in outer:
        told = row.get("about")
        if told is None:
            named = mentions.between(row["start_char"], row["end_char"])
            told = [one for one in named if one not in speakers]
        found += told
    return tuple(dict.fromkeys(found))


def _behalf(lead: Row, speakers: Sequence[str], mentions: Mentions, actors: Actors) -> tuple[str | None, str]:
    """Return the body that is spoken for and how that is known, the surest first.

    The speaker itself; what the article states; a faction that the person belongs to or leads; the body that
    the speaker's phrase names.
    """
    body = actors.first_body(speakers)
    if body:
        return body, "self"
    body = actors.first_body(lead.get("affiliation") or ())
    if body:
        return body, "stated"
    if speakers and speakers[0] in actors:
        body = actors.faction_of(speakers[0])
        return body, "member" if body else ""
    if lead["speaker_start"] is None:
        return None, ""
    body = actors.first_body(mentions.between(lead["speaker_start"], lead["speaker_end"]))
    return body, "phrase" if body else ""


def _context(outer: Sequence[Row]) -> tuple[str, str]:
    """Return the words of a reported statement's sentence before and after it, cut if they are long."""
    sentence, text = (" ".join((outer[0][name] or "").split()) for name in ("sentence", "text"))
    at = sentence.find(text[:_CLEAR_START])
    if at < 0:
        return "", ""
    after = sentence[at + len(text) :] if len(outer) == 1 else ""
    return _cut_start(sentence[:at]), _cut_end(after)


def _cut_start(words: str) -> str:
    if len(words) <= _LONGEST_CONTEXT:
        return words
    return "… " + words[-_LONGEST_CONTEXT:].partition(" ")[2]


def _cut_end(words: str) -> str:
    if len(words) <= _LONGEST_CONTEXT:
        return words
    return words[:_LONGEST_CONTEXT].rpartition(" ")[0] + " …"
