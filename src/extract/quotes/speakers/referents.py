"""Referents: the persons, groups and documents that a pronoun or a description may refer to."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from extract.model import Mention, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.phrases import head_word, singular
from extract.quotes.speakers.callings import Calling, NamePlace, calling_of, own_calling, title_in

ReferentKind = Literal["person", "organisation", "place", "document"]

KINDS: Mapping[str, ReferentKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "FACTION": "organisation",
    "GPE": "place",
}
_WORD = re.compile(r"\w[\w'’.-]*")
# The end of a clause or sentence, but not the full stop of `Mr.` or `Gen.`
_BORDER = re.compile(r"[;:,“”\"] |\n|(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\. ")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][”\"’)]?\s|\n")
# The start of a sentence or of the text, then only capitalised words: `. Council Secretary `.
_HEAD = re.compile(r"(?:\A|[.!?:;\"“”\n]\s{0,3})(?:[A-Z][\w.'’-]{0,30},?\s){0,6}$")
_MAX_NAMESAKES = 200  # earlier mentions of a surname that are searched
_FAR_TITLES = 3  # words before a name that may tell the gender
_TITLE_REACH = 40  # characters before a name within which its titles are expected


@dataclass(frozen=True, slots=True)
class Referent:
    """A person, group, place or document that was named or described.

    Attributes:
        name: The canonical name, or the first surface form.
        name_id: As `Mention.name_id`; None if only described.
        gender: `m`, `f`, or None if unknown.
        plural: Whether it is more than one.
        words: Lower-case words of its name and of what it is called here.
        nouns: The nouns by which it is called here, by its own name too (`committee`).
        article_words: The words from the whole article.
        article_nouns: The nouns from the whole article.
        count: Number of mentions in the article by name; 0 if only described.
        noun: The noun of its description; empty if named.
        proper: Capitalised words of its description: `Iraqi`, `Democratic`.
        vague: Whether `noun` is not a word for a person, a group or a document.
        candidates: Name ids of those who may have the name or hold the office, if it is not certain who.
        introduced: Offset of the phrase that described it first; None if it was named.
        joint: Entity ids of all who speak jointly (`Brandt and Odeh`), this one first; empty for one alone.
        actor_kind: Kind in the lexicon; the label of a name that is not in it; empty if only described.
    """

    name: str
    kind: ReferentKind
    entity_id: str | None
    gender: str | None
    plural: bool
    words: frozenset[str]
    nouns: frozenset[str] = frozenset()
    name_id: str | None = None
    article_words: frozenset[str] = frozenset()
    article_nouns: frozenset[str] = frozenset()
    count: int = 0
    noun: str = ""
    proper: frozenset[str] = frozenset()
    vague: bool = False
    candidates: tuple[str, ...] = ()
    introduced: int | None = None
    joint: tuple[str, ...] = ()
    actor_kind: str = ""

    @property
    def entity_ids(self) -> tuple[str, ...]:
        """The ids of all whom it means, as far as they are linked; the first of them is `entity_id`."""
        return self.joint or ((self.entity_id,) if self.entity_id is not None else ())


class Names:
    """The article's named persons, to find the fuller name behind a short one."""

    def __init__(
        self,
        mentions: Iterable[Mention],
        text: str,
        descriptions: Descriptions,
        speakers: Iterable[TextSpan] = (),
    ) -> None:
        mentions = tuple(mentions)
        self.text = text
        self._descriptions = descriptions
        self._speakers = {speaker.start for speaker in speakers}
        self.ends = sorted(mention.end for mention in mentions)
        self.by_surname: dict[str, list[tuple[str, Mention]]] = {}
        for mention in mentions:
            plain = _plain(mention.text)
            if mention.label == "PERSON" and plain:
                self.by_surname.setdefault(plain.split()[-1], []).append((plain, mention))

    def calling(self, mention: Mention) -> Calling:
        """Return what the text calls a name there, and a group by its own name: `Valley Committee`."""
        is_group = mention.label in ("ORG", "FACTION")
        place = NamePlace(
            self.text,
            mention.start,
            mention.end,
            floor=self.previous_end(mention.start),
            is_group=is_group,
            before_speaker=mention.end + len(", ") in self._speakers,
        )
        calling = calling_of(place, self._descriptions)
        for name in (mention.text, mention.entity_name or "") if is_group else ():
            calling |= own_calling(name, self._descriptions)
        return calling

    def previous_end(self, start: int) -> int:
        """Return the end of the last name that ends at or before `start`; 0 if there is none."""
        number = bisect_right(self.ends, start)
        return self.ends[number - 1] if number else 0

    def fuller_mention(self, name: str, start: int) -> Mention | None:
        """Return the earlier mention, by a fuller name, of the person with this short name.

        Of several namesakes the short name means one whom its title fits (`Mrs. Brandt`, `Judge Brandt`), and
        of those the one last named at the head of a sentence. Persons named in passing (`a photo of Lena
        Brandt`) do not take it over. After namesakes in one sentence (`Karl Brandt and Lena Brandt left`) it
        means nobody for certain.

        Args:
            name: A name as written in the text.
            start: Its offset.
        """
        plain = _plain(name)
        bearers = self.by_surname.get(plain.split()[-1], []) if plain else []
        before = bisect_left(bearers, start, key=lambda bearer: bearer[1].start)
        fitting = [
            mention
            for fuller, mention in bearers[max(before - _MAX_NAMESAKES, 0) : before]
            if fuller.endswith(" " + plain)
        ]
        title = title_in(self.text[max(start - _TITLE_REACH, 0) : start], self._descriptions)
        fitting = self._with_title(fitting, title)
        at_head = (mention for mention in reversed(fitting) if self._is_at_head(mention.start))
        found = next(at_head, fitting[0] if fitting else None)
        return None if found is None or self._has_namesake_beside(found, fitting) else found

    def _has_namesake_beside(self, person: Mention, bearers: Iterable[Mention]) -> bool:
        """Return whether the sentence that names a person last names another one of that surname."""
        others = (one for one in bearers if _name_of(one) != _name_of(person))
        between = (sorted((person, one), key=lambda mention: mention.start) for one in others)
        return any(_SENTENCE_END.search(self.text, left.end, right.start) is None for left, right in between)

    def _with_title(self, bearers: list[Mention], title: Calling) -> list[Mention]:
        """Return the namesakes who were called by a title, else those whose gender it fits; all if none."""
        known = self._descriptions
        called_so = [bearer for bearer in bearers if title.nouns & self.calling(bearer).nouns]
        gender = next((known.titles[word] for word in sorted(title.words) if word in known.titles), None)
        of_gender = [
            bearer
            for bearer in bearers
            if gender is None or gender_of(_first_names(bearer.text), known) in (gender, None)
        ]
        return called_so or of_gender or bearers

    def _is_at_head(self, start: int) -> bool:
        """Return whether only titles come between the start of a sentence and a name."""
        return bool(_HEAD.search(self.text, max(start - 2 * _TITLE_REACH, 0), start))


def _name_of(mention: Mention) -> str:
    return mention.name_id or mention.text


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(name.removesuffix("'s").removesuffix("’s").lower()))


def referent_of(mention: Mention, names: Names, text: str, descriptions: Descriptions) -> Referent:
    """Return the referent that a mention names."""
    is_settled = mention.entity_id or (mention.name_id and mention.label == "PERSON")
    fuller = None if is_settled else names.fuller_mention(mention.text, mention.start)
    meant = fuller or mention
    name = meant.entity_name or meant.text
    label = "PERSON" if is_person(mention, names, descriptions) else mention.label
    kind = KINDS.get(label, "organisation")
    titles = _words_before(mention, names, text, descriptions)
    calling = names.calling(mention)
    return Referent(
        name=name,
        kind=kind,
        entity_id=meant.entity_id,
        name_id=meant.name_id or meant.entity_id,
        gender=_gender(titles, _first_names(name), descriptions) if kind == "person" else None,
        plural=False,
        words=with_equivalents([*calling.words, *_lower_words(f"{name} {mention.text}")], descriptions),
        nouns=calling.nouns,
        actor_kind=meant.entity_kind or label,
        candidates=() if meant.name_id else meant.candidates,
    )


def _words_before(mention: Mention, names: Names, text: str, descriptions: Descriptions) -> list[str]:
    """Return the lower-case words before a name that may tell its gender."""
    start = max(mention.start - _TITLE_REACH, names.previous_end(mention.start))
    before = _described_before(text, mention.start, descriptions) or _last_clause(text[start : mention.start])
    return _lower_words(before)


def _first_names(name: str) -> list[str]:
    """Return the lower-case words of a name without its surname, which may be another person's first name."""
    words = _lower_words(name)
    return words[:-1] or words


def _lower_words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def is_person(mention: Mention, names: Names, descriptions: Descriptions) -> bool:
    """Return whether a mention names a person; an engine may have mislabelled a name not in the lexicon."""
    if mention.label == "PERSON" or mention.entity_id is not None:
        return mention.label == "PERSON"
    words = mention.text.lower().split()
    is_body = words[-1] in descriptions.organisations
    has_first_name = len(words) > 1 and words[0] in descriptions.genders
    return (has_first_name and not is_body) or names.fuller_mention(mention.text, mention.start) is not None


def is_outlet(referent: Referent, descriptions: Descriptions) -> bool:
    """Return whether somebody passes on what others say: a known outlet, or one called a website."""
    return referent.actor_kind == "outlet" or bool(referent.nouns & descriptions.carriers)


def _described_before(text: str, start: int, descriptions: Descriptions) -> str:
    """Return the description before a name in apposition: `A spokesman for the council, Brandt,`."""
    found = descriptions.phrases.apposed.search(text, max(start - 3 * _TITLE_REACH, 0), start)
    return found["description"] if found else ""


def _last_clause(text: str) -> str:
    """Return the text after the last end of a clause or sentence."""
    return _BORDER.split(text)[-1]


def describe(speaker: TextSpan, descriptions: Descriptions) -> Referent:
    """Return an unnamed speaker as a referent, with the words that describe it."""
    head = head_word(speaker.text, descriptions.phrases).lower()
    noun = singular(head, descriptions.documents, descriptions.organisations, descriptions.people)
    kind: ReferentKind = "person"
    if noun in descriptions.documents:
        kind = "document"
    elif noun in descriptions.organisations:
        kind = "organisation"
    words = with_equivalents([*_lower_words(speaker.text), noun], descriptions)
    plural = bool(descriptions.phrases.plurals.search(head)) and head not in descriptions.organisations
    return Referent(
        name=speaker.text,
        kind=kind,
        entity_id=None,
        gender=descriptions.titles.get(noun) if kind == "person" else None,
        plural=plural or " and " in speaker.text,
        words=words,
        nouns=frozenset({descriptions.equivalents.get(noun, noun)}),
        noun=descriptions.equivalents.get(noun, noun),
        proper=frozenset(
            descriptions.equivalents.get(word.lower(), word.lower())
            for word in _WORD.findall(speaker.text)[1:]
            if word[0].isupper() and not word.endswith("-based")
        ),
        vague=noun not in descriptions.people and kind == "person",
        introduced=speaker.start,
    )


def with_equivalents(words: Iterable[str], descriptions: Descriptions) -> frozenset[str]:
    """Return the words and their equivalents (`sen.`: `senator`)."""
    words = frozenset(words)
    return words | {descriptions.equivalents[word] for word in words if word in descriptions.equivalents}


def _gender(titles: list[str], names: list[str], descriptions: Descriptions) -> str | None:
    """Return the gender by the word before a name, else by the name, else by a word farther before."""
    near, far = titles[-1:], titles[-_FAR_TITLES:]
    genders = [descriptions.titles.get(word) for word in near]
    genders += [descriptions.genders.get(word) for word in names]
    genders += [descriptions.titles.get(word) for word in far]
    return next((gender for gender in genders if gender is not None), None)


def gender_of(words: list[str], descriptions: Descriptions) -> str | None:
    """Return the gender of the first word that is a gendered title or first name."""
    return next((descriptions.genders[word] for word in words if word in descriptions.genders), None)


def is_part_of_people(mention: Mention, speaker: TextSpan, descriptions: Descriptions) -> bool:
    """Return whether a phrase means only one or some of a people: `moderate Muslims`, `the Ohio Democrat`."""
    if mention.label != "NORP":
        return False
    known = descriptions.phrases.determiners
    before = set(speaker.text[: max(mention.start - speaker.start, 0)].lower().split())
    is_one = bool(known & before) and not _plain(mention.text).endswith("s")
    return is_one or bool(before - known)
