"""Where somebody appears in a text, and how much one goes on about them from there."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.model import Mention, Quote
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.referents import KINDS, Names, Referent, ReferentKind, refer

_IN_MARKS = frozenset({"direct", "mixed", "tweet", "pull"})  # types whose words are somebody's own
_SUBJECT_REACH = 45  # characters from the sentence's start in which its subject stands
_TITLE_REACH = 40  # characters before a name in which its titles stand
_NEXT_WORD = re.compile(r" (?P<word>[a-z]+)")
_OWNER = re.compile(r"['’]s(?!\w)")
# A preposition before a name and its titles; `according to` names a source, who is as good as a subject.
_GOVERNED = re.compile(
    r"\b(?:about|against|at|by|for|from|in|like|of|on|over|than|(?<!ccording )to|under|with)\s"
    r"(?:[A-Z][\w.]{0,20}\s){0,3}$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text, as distances are counted: by sentences and paragraphs.

    Attributes:
        sentence: Number of its sentence.
        paragraph: Where its paragraph starts.
    """

    start: int
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class DiscourseMention:
    """One place where a referent stands in the text.

    Attributes:
        sentence: Number of its sentence.
        speaks: Whether it is the speaker of a quote.
        is_subject: Whether it is likely its sentence's subject: the first of its kind without a preposition.
        is_quoted: Whether it stands inside a quotation, so that others are less likely to go on about it.
        is_oblique: Whether a preposition governs it: `under President Brandt`.
        is_owner: Whether something is its own: `the envoy's plan`.
        modifies: Whether it tells somebody or something else apart: `the Brandt campaign`.
        introduces: Whether the article names it here for the first time.
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


class Layout:
    """The sentences and paragraphs of a text."""

    def __init__(self, text: str, sentences: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self._starts = [start for start, _ in sentences]

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence at an offset."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> Place:
        """Return a place to count distances from."""
        return Place(offset, self.sentence(offset), self.text.rfind("\n", 0, offset) + 1)

    def is_early(self, offset: int) -> bool:
        """Return whether an offset lies where its sentence's subject may stand."""
        number = self.sentence(offset)
        return offset - (self._starts[number - 1] if number else 0) <= _SUBJECT_REACH


def iter_mentioned(
    mentions: Sequence[Mention],
    quotes: Iterable[Quote],
    layout: Layout,
    names: Names,
    descriptions: Descriptions,
) -> Iterator[DiscourseMention]:
    """Yield an appearance for every named person, group and place."""
    led: set[tuple[int, ReferentKind]] = set()  # sentences that have a subject of this kind
    quoted = [(quote.start, quote.end) for quote in quotes if quote.type in _IN_MARKS]
    nouns = descriptions.organisations | descriptions.people | descriptions.documents
    text = layout.text
    for mention in mentions:
        if mention.label not in KINDS:
            continue
        referent = refer(mention, names, text, descriptions)
        before = bisect_right(quoted, mention.start, key=lambda span: span[0])
        sentence = layout.sentence(mention.start)
        modifies = _following(text, mention.end) in nouns
        is_oblique = bool(_GOVERNED.search(text, max(mention.start - _TITLE_REACH, 0), mention.start))
        is_owner = bool(_OWNER.search(text, max(mention.end - 2, 0), mention.end + 2))
        leads = not (modifies or is_oblique or is_owner) and (sentence, referent.kind) not in led
        if leads:
            led.add((sentence, referent.kind))
        yield DiscourseMention(
            mention.start,
            mention.end,
            referent,
            sentence,
            is_subject=leads and layout.is_early(mention.start),
            is_quoted=before > 0 and mention.start < quoted[before - 1][1],
            is_oblique=is_oblique,
            is_owner=is_owner,
            modifies=modifies,
        )


def _following(text: str, end: int) -> str:
    """Return the word after a name, empty where anything but a space stands between."""
    following = _NEXT_WORD.match(text, end)
    return following["word"] if following else ""
