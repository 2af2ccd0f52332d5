"""Where persons, groups and places are mentioned in a text, and how prominent each mention is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.model import Mention, Quote, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.referents import KINDS, Names, Referent, ReferentKind, referent_of
from extract.quotes.speakers.subjects import Subjects, is_inside

VERBATIM = frozenset({"direct", "mixed", "tweet", "pull"})  # quote types that give somebody's own words
_SUBJECT_REACH = 45  # characters from the start of a sentence within which its subject is expected
_TITLE_REACH = 40  # characters before a name within which its titles are expected
_NEXT_WORD = re.compile(r" (?P<word>[a-z]+)")
_YEAR = re.compile(r"\b(?:1[89]\d\d|20[0-4]\d)\b")
_OWNER = re.compile(r"['’]s(?!\w)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text, for distances in sentences and paragraphs.

    Attributes:
        start: Offset of the place.
        sentence: Number of its sentence.
        paragraph: Start of its paragraph.
    """

    start: int
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class DiscourseMention:
    """One mention of a referent, with what makes it prominent.

    Attributes:
        sentence: Number of its sentence.
        speaks: Whether it is the speaker of a quote.
        is_subject: Whether it is likely its sentence's subject: the first of its kind without a preposition.
        is_quoted: Whether it is inside a quotation, which makes a later reference to it less likely.
        is_oblique: Whether a preposition governs it: `under President Brandt`.
        is_owner: Whether it is a possessive: `the envoy's plan`.
        modifies: Whether it modifies a noun that means somebody or something else: `the Brandt campaign`.
        introduces: Whether it is the first mention in the article.
        is_main: Whether it is the subject of a main clause in the parse.
    """

    start: int
    end: int
    referent: Referent
    sentence: int
    speaks: bool = False
    is_subject: bool = False
    is_quoted: bool = False
    is_oblique: bool = False
    is_owner: bool = False
    modifies: bool = False
    introduces: bool = False
    is_main: bool = False


def with_gender(seen: DiscourseMention, name: str, gender: str) -> DiscourseMention:
    """Return a mention with a gender, if it is of the referent of that name and its gender is not known."""
    if seen.referent.name != name or seen.referent.gender is not None:
        return seen
    return replace(seen, referent=replace(seen.referent, gender=gender))


class Layout:
    """The sentences and paragraphs of a text, and the posts if it is a live blog."""

    def __init__(self, text: str, sentences: Iterable[tuple[int, int]], posts: Sequence[int] = ()) -> None:
        self.text = text
        self._posts = posts
        self._starts = [start for start, _ in sentences]

    def in_same_post(self, seen: Sequence[DiscourseMention], offset: int) -> list[DiscourseMention]:
        """Return those mentions that stand in the same post as an offset."""
        opened = self.post(offset)
        return [one for one in seen if one.start >= opened]

    def post(self, offset: int) -> int:
        """Return the start of the post at an offset; 0 in a text that is one story."""
        number = bisect_right(self._posts, offset)
        return self._posts[number - 1] if number else 0

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence at an offset."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> Place:
        """Return the place at an offset."""
        return Place(offset, self.sentence(offset), self.text.rfind("\n", 0, offset) + 1)

    def sentence_start(self, offset: int, before: int = 0) -> int:
        """Return the start of the sentence at an offset, or of one some sentences before it."""
        number = self.sentence(offset) - before
        return self._starts[number - 1] if number > 0 else 0

    def year_before(self, offset: int) -> str | None:
        """Return the year named before an offset in its sentence: `In 1979 |the president declared`."""
        years = _YEAR.findall(self.text, self.sentence_start(offset), offset)
        return years[-1] if years else None

    def is_owner(self, end: int) -> bool:
        """Return whether a name that ends at an offset is a possessive; the mark may belong to the name."""
        return bool(_OWNER.search(self.text, max(end - 2, 0), end + 2))

    def is_early(self, offset: int) -> bool:
        """Return whether an offset is near enough to the start of its sentence for a subject."""
        return offset - self.sentence_start(offset) <= _SUBJECT_REACH


def iter_discourse_mentions(
    mentions: Sequence[Mention],
    quotes: Iterable[Quote],
    layout: Layout,
    names: Names,
    descriptions: Descriptions,
    *,
    subjects: Subjects,
) -> Iterator[DiscourseMention]:
    """Yield a discourse mention for each mention of a person, group or place."""
    with_subject: set[tuple[int, ReferentKind]] = set()  # sentences that have a subject of this kind
    quoted = [(quote.start, quote.end) for quote in quotes if quote.type in VERBATIM]
    nouns = descriptions.organisations | descriptions.people | descriptions.documents
    text, oblique = layout.text, descriptions.phrases.oblique
    for mention in mentions:
        if mention.label not in KINDS:
            continue
        referent = referent_of(mention, names, text, descriptions)
        sentence = layout.sentence(mention.start)
        modifies = _next_word(text, mention.end) in nouns
        is_oblique = bool(oblique.search(text, max(mention.start - _TITLE_REACH, 0), mention.start))
        owns = layout.is_owner(mention.end)
        leads = not (modifies or is_oblique or owns) and (sentence, referent.kind) not in with_subject
        if leads:
            with_subject.add((sentence, referent.kind))
        yield DiscourseMention(
            mention.start,
            mention.end,
            referent,
            sentence,
            is_subject=leads
            and layout.is_early(mention.start)
            and not subjects.follows_pronoun(mention.start),
            is_quoted=is_inside(quoted, mention.start),
            is_oblique=is_oblique,
            is_owner=owns,
            modifies=modifies,
            is_main=subjects.is_main(mention.start, mention.end),
        )


def _next_word(text: str, end: int) -> str:
    """Return the lower-case word after a name, empty where more than a space comes between."""
    following = _NEXT_WORD.match(text, end)
    return following["word"] if following else ""


def owner_beside(phrase: TextSpan, mentions: Sequence[DiscourseMention], text: str) -> str | None:
    """Return the owner of what a phrase is called beside it: of `the leader, |Brandt's rival,` Brandt."""
    number = bisect_left(mentions, phrase.end, key=lambda one: one.start)
    beside = next(iter(mentions[number : number + 1]), None)
    is_beside = beside is not None and beside.is_owner and text[phrase.end : beside.start] == ", "
    return beside.referent.name if beside is not None and is_beside else None


def starts_of_quotes_before(quotes: Iterable[Quote], text: str) -> dict[TextSpan, int]:
    """Return the start of the quotes that precede their speaker in a paragraph: `"Go," he said`.

    A speaker is unlikely to be somebody named in the speaker's own words.
    """
    starts: dict[TextSpan, int] = {}
    for quote in quotes:
        speaker = quote.speaker
        if speaker is not None and quote.end <= speaker.start and "\n" not in text[quote.end : speaker.start]:
            starts[speaker] = min(quote.start, starts.get(speaker, quote.start))
    return starts


def speaker_of(quote: Quote) -> TextSpan:
    """Return the speaker of a quote that has one."""
    if quote.speaker is None:
        raise ValueError(quote)
    return quote.speaker
