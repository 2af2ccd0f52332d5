"""Who can be meant by a pronoun or a description: the persons, groups and documents seen so far."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.lexicon.cues import Descriptions, head_word, singular
from extract.model import Mention, Quote, TextSpan

ReferentKind = Literal["person", "organisation", "place", "document"]

_KINDS: Mapping[str, ReferentKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "FACTION": "organisation",
    "GPE": "place",
}
_IN_MARKS = frozenset({"direct", "mixed", "tweet", "pull"})  # types whose quotes lie apart
_PLURAL_HEAD = re.compile(r"(?:[^s]s|men|people|police)$")
_WORD = re.compile(r"\w[\w'’.-]*")
# The end of a clause or sentence, but not the point of `Mr.` or `Gen.`
_BORDER = re.compile(r"[;:,“”\"] |\n|(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\. ")
_NAMESAKES = 200  # earlier mentions of a surname looked through
_TITLE_REACH = 40  # characters before a name in which its titles stand


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody who was named or described.

    Attributes:
        name: The canonical name, or the first surface.
        name_id: As `Mention.name_id`; None for somebody who was only described.
        gender: `m`, `f`, or None if nothing tells.
        plural: Whether it is more than one.
        words: What it was called, in lower case: words of its names and titles.
    """

    name: str
    kind: ReferentKind
    entity_id: str | None
    gender: str | None
    plural: bool
    words: frozenset[str]
    name_id: str | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One place where a referent stands in the text.

    Attributes:
        speaks: Whether it is the speaker of a quote.
        leads: Whether it is the first of its kind in its sentence, most likely the subject.
        quoted: Whether it stands inside a quotation, so that others are less likely to go on about it.
    """

    start: int
    end: int
    referent: Referent
    speaks: bool
    leads: bool
    quoted: bool


class Names:
    """The article's named persons: short forms are completed by the longer ones before them."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        mentions = tuple(mentions)
        self.ends = sorted(mention.end for mention in mentions)
        self.by_surname: dict[str, list[tuple[str, Mention]]] = {}
        for mention in mentions:
            plain = _plain(mention.text)
            if mention.label == "PERSON" and plain:
                self.by_surname.setdefault(plain.split()[-1], []).append((plain, mention))

    def free_text(self, start: int) -> int:
        """Return where the text without names begins that stretches up to `start`."""
        number = bisect_right(self.ends, start)
        return self.ends[number - 1] if number else 0

    def complete(self, name: str, start: int) -> Mention | None:
        """Return the last mention before, by a fuller name, of a person who bears this short name.

        Args:
            name: A name as it stands in the text.
            start: Where it stands.
        """
        plain = _plain(name)
        bearers = self.by_surname.get(plain.split()[-1], []) if plain else []
        before = bisect_left(bearers, start, key=lambda bearer: bearer[1].start)
        for fuller, mention in reversed(bearers[max(before - _NAMESAKES, 0) : before]):
            if fuller.endswith(" " + plain):
                return mention
        return None


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(name.removesuffix("'s").removesuffix("’s").lower()))


def iter_mentioned(
    mentions: Iterable[Mention],
    quotes: Iterable[Quote],
    text: str,
    sentence_starts: Sequence[int],
    descriptions: Descriptions,
) -> Iterator[Appearance]:
    """Yield an appearance for every named person, group and place."""
    led: set[tuple[int, ReferentKind]] = set()  # sentences that have a subject of this kind
    quoted = [
        (quote.start, quote.end) for quote in quotes if quote.type in ("direct", "mixed", "tweet", "pull")
    ]
    mentions = tuple(mentions)
    names = Names(mentions)
    for mention in mentions:
        if mention.label in _KINDS:
            before = bisect_right(quoted, mention.start, key=lambda span: span[0])
            inside = before > 0 and mention.start < quoted[before - 1][1]
            referent = refer(mention, names, text, descriptions)
            place = (bisect_right(sentence_starts, mention.start), referent.kind)
            leads = place not in led
            led.add(place)
            yield Appearance(mention.start, mention.end, referent, speaks=False, leads=leads, quoted=inside)


def refer(mention: Mention, names: Names, text: str, descriptions: Descriptions) -> Referent:
    """Return whom a mention names."""
    is_settled = mention.entity_id or (mention.name_id and mention.label == "PERSON")
    fuller = None if is_settled else names.complete(mention.text, mention.start)
    meant = fuller or mention
    name = meant.entity_name or meant.text
    label = "PERSON" if is_person(mention, names, descriptions) else mention.label
    free = max(mention.start - _TITLE_REACH, names.free_text(mention.start))
    before = _same_sentence(text[free : mention.start])
    titles = [word.lower() for word in _WORD.findall(before)]
    own = [word.lower() for word in _WORD.findall(f"{name} {mention.text}")]
    kind = _KINDS.get(label, "organisation")
    return Referent(
        name=name,
        kind=kind,
        entity_id=meant.entity_id,
        name_id=meant.name_id or meant.entity_id,
        gender=gender_of(titles[-1:] + own + titles[-3:], descriptions) if kind == "person" else None,
        plural=False,
        words=frozenset(titles[-4:] + own + _after_words(text, mention)),
    )


def is_person(mention: Mention, names: Names, descriptions: Descriptions) -> bool:
    """Tell whether a mention names a person, whatever an engine called a name that no lexicon knows."""
    if mention.label == "PERSON" or mention.entity_id is not None:
        return mention.label == "PERSON"
    words = mention.text.lower().split()
    known_first_name = len(words) > 1 and words[0] in descriptions.genders
    return known_first_name or names.complete(mention.text, mention.start) is not None


def _same_sentence(text: str) -> str:
    """Return the part of a stretch of text after its last border."""
    return _BORDER.split(text)[-1]


def _after_words(text: str, mention: Mention) -> list[str]:
    """Return the words of an apposition after a name: `Karl Brandt, the ministry's spokesman,`."""
    following = text[mention.end : mention.end + 2 * _TITLE_REACH]
    if not following.startswith(", "):
        return []
    return [word.lower() for word in _WORD.findall(re.split(r"[,.;\n]", following[2:])[0])]


def describe(speaker: TextSpan, descriptions: Descriptions) -> Referent:
    """Return an unnamed speaker as a referent, known by the words that describe it."""
    head = head_word(speaker.text).lower()
    noun = singular(head, descriptions.documents | descriptions.organisations | descriptions.persons)
    kind: ReferentKind = "person"
    if noun in descriptions.documents:
        kind = "document"
    elif noun in descriptions.organisations:
        kind = "organisation"
    words = frozenset(word.lower() for word in _WORD.findall(speaker.text)) | {noun}
    plural = bool(_PLURAL_HEAD.search(head)) and head not in descriptions.organisations
    return Referent(
        name=speaker.text,
        kind=kind,
        entity_id=None,
        gender=gender_of([noun], descriptions) if kind == "person" else None,
        plural=plural or " and " in speaker.text,
        words=words,
    )


def gender_of(words: list[str], descriptions: Descriptions) -> str | None:
    """Return the gender of the first title or first name that tells one."""
    return next((descriptions.genders[word] for word in words if word in descriptions.genders), None)
