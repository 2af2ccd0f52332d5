"""Rows of `quotes` to statements: all pieces of one utterance are one entry."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from extract.ids import is_description_id
from extract.report.actors import Actors
from extract.schema.table import Row

UNSURE = 0.6
"""Below this confidence a row is marked as unsure."""

# The type of a statement is the plainest of its pieces' types.
TYPES = ("direct", "mixed", "tweet", "pull", "indirect", "scare")
ELLIPSIS = " […] "
_LONGEST_CONTEXT = 170
_WORD = re.compile(r"[^\W_]+(?!\w)(?<![’']s)")
_CLEAR_START = 40  # characters of a reported piece that are looked for in its sentence


class Statement(NamedTuple):
    """What someone said, once; there are hundreds of thousands of them, so it is a tuple, which is made fast.

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
        called: The words that refer to the speaker; empty if they tell no more than the name.
        speaker_kind: As in `quotes`; `none` without a speaker.
        behalf: Ids of those who are spoken for: the speakers themselves if they are factions or institutions,
            and whom the article states.
        member_of: Ids of the bodies to which the lexicon counts the speakers, now or once.
        about: Ids of the actors that it speaks about.
        act: As in `quotes`.
        polarity: As in `quotes`.
        medium: As in `quotes`; empty if it is not told.
        anonymous: As in `quotes`.
        addressee: Id of whom the words were said to; empty without one, or if it has no id.
        addressed: The name of an addressee, else the words that refer to it; empty if there is none.
        day: The day of speaking if the article tells it, else of publication.
        published: The day of its article's publication, None if unknown.
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
    behalf: tuple[str, ...]
    member_of: tuple[str, ...]
    about: tuple[str, ...]
    act: str
    polarity: str
    medium: str
    anonymous: bool | None
    addressee: str
    addressed: str
    day: date | None
    published: date | None
    confidence: float
    is_repeated: bool
    rule: str
    speaker_method: str

    @property
    def speaker(self) -> str | None:
        """The first of its speakers."""
        return self.speakers[0] if self.speakers else None

    @property
    def spoken_for(self) -> tuple[str, ...]:
        """Those who are spoken for by others."""
        return tuple(one for one in self.behalf if one not in self.speakers)

    @property
    def others_of(self) -> tuple[str, ...]:
        """The bodies to which the speakers belong, for which the article does not say that they speak."""
        return tuple(one for one in self.member_of if one not in self.behalf)

    @property
    def is_unsure(self) -> bool:
        """Whether it is marked as unsure."""
        return self.confidence < UNSURE

    @property
    def counts(self) -> bool:
        """Whether lists and numbers take it: scare quotes are no statements, and repetitions count once."""
        return not self.is_repeated and self.type != "scare"


def statements_of(quotes: Iterable[Row], actors: Actors, published: date | None) -> Iterator[Statement]:
    """Yield the statements of one article, in order.

    Args:
        quotes: Its rows of `quotes`.
        actors: The known actors.
        published: The day of its publication, None if unknown.
    """
    groups = defaultdict(list)
    for row in quotes:
        groups[row["group_id"]].append(row)
    for pieces in groups.values():
        own = pieces if len(pieces) == 1 else [row for row in pieces if row["duplicate_of"] is None]
        is_repeated = not own or own[0]["duplicate_of"] is not None
        yield _statement(own or pieces, actors, published, is_repeated=is_repeated)


def _statement(
    pieces: Sequence[Row], actors: Actors, published: date | None, *, is_repeated: bool
) -> Statement:
    is_one = len(pieces) == 1  # as most are
    outer = pieces if is_one else _outer(pieces)
    order = pieces if is_one else sorted(pieces, key=_speaker_known)
    first, lead = outer[0], order[0]
    speakers = tuple(_speakers(lead)) if is_one else _each([_speakers(row) for row in order])
    own = [one for one in speakers if actors.is_body(one)]
    name = lead["speaker_name"] or lead["speaker_text"] or ""
    words = [_on_one_line(row["text"]) for row in outer]
    in_marks = lead["type"] != "indirect" if is_one else "indirect" not in [row["type"] for row in outer]
    before, after = ("", "") if in_marks else _context(first, words)
    return Statement(
        id=first["quote_id"],
        article_id=first["article_id"],
        start=first["start_char"],
        end=outer[-1]["end_char"],
        text=ELLIPSIS.join(words),
        type=lead["type"] if is_one else min([row["type"] for row in pieces], key=TYPES.index),
        in_marks=in_marks,
        before=before,
        after=after,
        speakers=speakers,
        name=name,
        called=_called(lead["speaker_text"] or "", name),
        speaker_kind=lead["speaker_kind"] or "none",
        behalf=_each([own, *[row["affiliation"] or () for row in order]]),
        member_of=_each([actors.bodies_of(one) for one in speakers]) if speakers else (),
        about=tuple(lead["about"]) if is_one else _each([row["about"] for row in order]),
        act=lead["act"],
        polarity=lead["polarity"],
        medium=lead["medium"] or "",
        anonymous=lead["anonymous"],
        addressee=lead["addressee_id"] or "",
        addressed=lead["addressee"] or "",
        day=lead["said_on_earliest"] or published,
        published=published,
        confidence=_confidence(lead) if is_one else min([_confidence(row) for row in pieces]),
        is_repeated=is_repeated,
        rule=lead["rule"] if is_one else ", ".join(dict.fromkeys([row["rule"] for row in pieces])),
        speaker_method=lead["speaker_method"] or "",
    )


def _outer(pieces: Sequence[Row]) -> Sequence[Row]:
    """Return the pieces that lie in no other."""
    return [row for row in pieces if not any(_is_inside(row, other) for other in pieces)] or pieces


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


def _speakers(piece: Row) -> Sequence[str]:
    joint: Sequence[str] = piece.get("speaker_entity_ids") or ()
    one = piece["speaker_entity_id"] or piece["speaker_name_id"]
    return joint or ((one,) if one and not is_description_id(one) else ())


def _each(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return each id once, in order."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _called(words: str, name: str) -> str:
    """Return the words that refer to a speaker if they say more than the name.

    >>> [_called(words, "Awaz Sindi") for words in ("Sindi", "he", "mediator Awaz Sindi")]
    ['', 'he', 'mediator Awaz Sindi']
    """
    if not words or words == name:
        return ""
    told = _WORD.findall(words.lower())
    return "" if set(told) <= {"the", "a", "an", *_WORD.findall(name.lower())} else words


def _confidence(row: Row) -> float:
    speaker = row["speaker_confidence"]
    return float(row["confidence"] if speaker is None else min(row["confidence"], speaker))


def _context(first: Row, words: Sequence[str]) -> tuple[str, str]:
    """Return the words of a reported statement's sentence before and after it, cut if they are long."""
    sentence, text = _on_one_line(first["sentence"]), words[0]
    at = sentence.find(text[:_CLEAR_START])
    if at < 0:
        return "", ""
    after = sentence[at + len(text) :] if len(words) == 1 else ""
    return _cut_start(sentence[:at]), _cut_end(after)


def _cut_start(words: str) -> str:
    if len(words) <= _LONGEST_CONTEXT:
        return words
    return "… " + words[-_LONGEST_CONTEXT:].partition(" ")[2]


def _cut_end(words: str) -> str:
    if len(words) <= _LONGEST_CONTEXT:
        return words
    return words[:_LONGEST_CONTEXT].rpartition(" ")[0] + " …"
