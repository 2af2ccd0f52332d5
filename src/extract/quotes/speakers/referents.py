"""Who can be meant by a pronoun or a description: the persons, groups and documents seen so far."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from extract.model import Mention, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.phrases import head_word, singular

ARTICLES = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "a", "an"})
ReferentKind = Literal["person", "organisation", "place", "document"]

KINDS: Mapping[str, ReferentKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "FACTION": "organisation",
    "GPE": "place",
}
_PLURAL_HEAD = re.compile(r"(?:[^s]s|men|people|police)$")
_WORD = re.compile(r"\w[\w'’.-]*")
# The end of a clause or sentence, but not the point of `Mr.` or `Gen.`
_BORDER = re.compile(r"[;:,“”\"] |\n|(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\. ")
# The end of a sentence or the text's beginning, then only words in capitals: `. Council Secretary `.
_HEAD = re.compile(r"(?:\A|[.!?:;\"“”\n]\s{0,3})(?:[A-Z][\w.'’-]{0,30},?\s){0,6}$")
# A noun phrase and a comma before a name.
_APPOSED = re.compile(
    r"(?:\A|[.;:,“”\"\n]\s?)"
    r"(?P<description>(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s[^.;:,“”\"\n]{2,70}), $"
)
_NAMESAKES = 200  # earlier mentions of a surname looked through
_FAR_TITLES = 3  # words before a name among which a title may stand
_TITLE_WORDS = 8  # words before a name that may describe it
_TITLE_REACH = 40  # characters before a name in which its titles stand


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody who was named or described.

    Attributes:
        name: The canonical name, or the first surface.
        name_id: As `Mention.name_id`; None for somebody who was only described.
        gender: `m`, `f`, or None if nothing tells.
        plural: Whether it is more than one.
        words: What it was called here, in lower case: words of its name and titles.
        called: What it is called in the whole article.
        count: How often the article names it; 0 for somebody who is only described.
        noun: The noun that describes it; empty for somebody named.
        proper: The description's words that are written as names: `Iraqi`, `Democratic`.
        vague: Whether that noun is no word for a person, a group or a document.
    """

    name: str
    kind: ReferentKind
    entity_id: str | None
    gender: str | None
    plural: bool
    words: frozenset[str]
    name_id: str | None = None
    called: frozenset[str] = frozenset()
    count: int = 0
    noun: str = ""
    proper: frozenset[str] = frozenset()
    vague: bool = False


class Names:
    """The article's named persons: short forms are completed by the longer ones before them."""

    def __init__(self, mentions: Iterable[Mention], text: str, speakers: Iterable[TextSpan] = ()) -> None:
        mentions = tuple(mentions)
        self.text = text
        self._speakers = {speaker.start for speaker in speakers}
        self.ends = sorted(mention.end for mention in mentions)
        self.by_surname: dict[str, list[tuple[str, Mention]]] = {}
        for mention in mentions:
            plain = _plain(mention.text)
            if mention.label == "PERSON" and plain:
                self.by_surname.setdefault(plain.split()[-1], []).append((plain, mention))

    def apposition(self, mention: Mention) -> str:
        """Return the description after a name; `the cleric said` after a comma is no description of it."""
        start = mention.end + len(", ")
        if self.text[mention.end : start] != ", " or start in self._speakers:
            return ""
        return re.split(r"[,.;\n]", self.text[start : mention.end + 2 * _TITLE_REACH])[0]

    def free_text(self, start: int) -> int:
        """Return where the text without names begins that stretches up to `start`."""
        number = bisect_right(self.ends, start)
        return self.ends[number - 1] if number else 0

    def complete(self, name: str, start: int) -> Mention | None:
        """Return the last mention before, by a fuller name, of the person who bears this short name.

        Somebody else takes the short name over when named in full at the head of a sentence, but not when
        named in passing (`a photo of Lena Brandt`).

        Args:
            name: A name as it stands in the text.
            start: Where it stands.
        """
        plain = _plain(name)
        bearers = self.by_surname.get(plain.split()[-1], []) if plain else []
        before = bisect_left(bearers, start, key=lambda bearer: bearer[1].start)
        fitting = [
            mention
            for fuller, mention in bearers[max(before - _NAMESAKES, 0) : before]
            if fuller.endswith(" " + plain)
        ]
        at_head = (mention for mention in reversed(fitting) if self._is_at_head(mention.start))
        return next(at_head, fitting[0] if fitting else None)

    def _is_at_head(self, start: int) -> bool:
        """Return whether nothing but titles stands between a name and the start of its sentence."""
        return bool(_HEAD.search(self.text, max(start - 2 * _TITLE_REACH, 0), start))


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(name.removesuffix("'s").removesuffix("’s").lower()))


def refer(mention: Mention, names: Names, text: str, descriptions: Descriptions) -> Referent:
    """Return whom a mention names."""
    is_settled = mention.entity_id or (mention.name_id and mention.label == "PERSON")
    fuller = None if is_settled else names.complete(mention.text, mention.start)
    meant = fuller or mention
    name = meant.entity_name or meant.text
    label = "PERSON" if is_person(mention, names, descriptions) else mention.label
    free = max(mention.start - _TITLE_REACH, names.free_text(mention.start))
    before = _described_before(text, mention.start) or _same_sentence(text[free : mention.start])
    titles = [word.lower() for word in _WORD.findall(before)]
    after = [word.lower() for word in _WORD.findall(names.apposition(mention))]
    own = [word.lower() for word in _WORD.findall(f"{name} {mention.text}")]
    first = [word.lower() for word in _WORD.findall(name)]
    first = first[:-1] or first  # a surname may be somebody else's first name
    kind = KINDS.get(label, "organisation")
    return Referent(
        name=name,
        kind=kind,
        entity_id=meant.entity_id,
        name_id=meant.name_id or meant.entity_id,
        gender=_gender(titles, first, descriptions) if kind == "person" else None,
        plural=False,
        words=with_equivalents([*titles[-_TITLE_WORDS:], *own, *after], descriptions),
    )


def is_person(mention: Mention, names: Names, descriptions: Descriptions) -> bool:
    """Return whether a mention names a person, whatever an engine called a name that no lexicon knows."""
    if mention.label == "PERSON" or mention.entity_id is not None:
        return mention.label == "PERSON"
    words = mention.text.lower().split()
    is_body = words[-1] in descriptions.organisations
    known_first_name = len(words) > 1 and words[0] in descriptions.genders
    return (known_first_name and not is_body) or names.complete(mention.text, mention.start) is not None


def _described_before(text: str, start: int) -> str:
    """Return the description to which a name stands in apposition: `A spokesman for the council, Brandt,`."""
    found = _APPOSED.search(text, max(start - 3 * _TITLE_REACH, 0), start)
    return found["description"] if found else ""


def _same_sentence(text: str) -> str:
    """Return the part of a stretch of text after its last border."""
    return _BORDER.split(text)[-1]


def describe(speaker: TextSpan, descriptions: Descriptions) -> Referent:
    """Return an unnamed speaker as a referent, known by the words that describe it."""
    head = head_word(speaker.text).lower()
    noun = singular(head, descriptions.documents | descriptions.organisations | descriptions.people)
    kind: ReferentKind = "person"
    if noun in descriptions.documents:
        kind = "document"
    elif noun in descriptions.organisations:
        kind = "organisation"
    words = with_equivalents([*(word.lower() for word in _WORD.findall(speaker.text)), noun], descriptions)
    plural = bool(_PLURAL_HEAD.search(head)) and head not in descriptions.organisations
    return Referent(
        name=speaker.text,
        kind=kind,
        entity_id=None,
        gender=descriptions.titles.get(noun) if kind == "person" else None,
        plural=plural or " and " in speaker.text,
        words=words,
        noun=descriptions.equivalents.get(noun, noun),
        proper=frozenset(
            descriptions.equivalents.get(word.lower(), word.lower())
            for word in _WORD.findall(speaker.text)[1:]
            if word[0].isupper()
        ),
        vague=noun not in descriptions.people and kind == "person",
    )


def with_equivalents(words: Iterable[str], descriptions: Descriptions) -> frozenset[str]:
    """Return words and those that mean the same."""
    words = frozenset(words)
    return words | {descriptions.equivalents[word] for word in words if word in descriptions.equivalents}


def _gender(titles: list[str], names: list[str], descriptions: Descriptions) -> str | None:
    """Return what the word before a name, the name or a word farther before tell about the gender."""
    near, far = titles[-1:], titles[-_FAR_TITLES:]
    told = [descriptions.titles.get(word) for word in near]
    told += [descriptions.genders.get(word) for word in names]
    told += [descriptions.titles.get(word) for word in far]
    return next((gender for gender in told if gender is not None), None)


def gender_of(words: list[str], descriptions: Descriptions) -> str | None:
    """Return the gender of the first title or first name that tells one."""
    return next((descriptions.genders[word] for word in words if word in descriptions.genders), None)
