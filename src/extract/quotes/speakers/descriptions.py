"""Whom a definite description means: `the committee`, `the second official`, `the Basra lawyer`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.entities.offices.reader import Role
from extract.model import TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.ranking import fits_description, fits_variation, rank
from extract.quotes.speakers.referents import ARTICLES, Referent, describe

_DEFINITE = re.compile(
    r"(?:[Tt]he|[Tt]h(?:is|at|ese|ose)|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+\w|[A-Z][\w.-]{0,40}['’]s? [a-z]"
)
_OWNED = re.compile(r"['’]s?\s")
_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST = 4  # words of a description that may point back; longer ones describe somebody new
_VARIATION_REACH = 3  # sentences within which a person is called by other words for the sake of variety


def points_back(phrase: str) -> bool:
    """Return whether a description may mean somebody known: short and definite, without `of ...`.

    >>> points_back("the committee"), points_back("a committee"), points_back("the head of the committee")
    (True, False, False)
    """
    words = phrase.split()
    return bool(_DEFINITE.match(phrase)) and len(words) <= _LONGEST and "of" not in words


def plain_words(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a phrase without articles and possessive endings."""
    return frozenset(_POSSESSIVE.sub("", word) for word in words) - ARTICLES


@dataclass(frozen=True, slots=True)
class Description:
    """A description that points back, and what is known to tell whom it means.

    Attributes:
        phrase: The description in the text.
        place: Where it points back from.
        is_subordinate: Whether it follows a conjunction: `after the cleric left`.
        role: The office that it stands for, None for most.
        not_holding: Words that part a title from its holder (`former`, `deputy`).
    """

    phrase: TextSpan
    place: Place
    known: Descriptions
    is_subordinate: bool
    role: Role | None
    not_holding: frozenset[str]

    def meant(self, seen: Sequence[DiscourseMention]) -> Referent:
        """Return whom it means: an unnamed speaker called so, else somebody named, else only itself.

        Args:
            seen: Those who have appeared before it.
        """
        itself = describe(self.phrase, self.known)
        if itself.noun == "latter":
            return _last_named(seen) or itself
        same = [one for one in seen if one.speaks and self._repeats(itself, one.referent)]
        found = rank(same, self.place, described=itself)
        if found is not None or itself.plural or itself.words & self.known.ordinals:
            return found or itself
        return self._named(itself, seen) or itself

    def _named(self, itself: Referent, seen: Sequence[DiscourseMention]) -> Referent | None:
        """Return the named person or group meant; an office means nobody called by a part of its title."""
        fitting = [
            one
            for one in seen
            if fits_description(one.referent, itself, self.known) and self._has_standing(itself, one.referent)
        ]
        if _OWNED.search(self.phrase.text):
            return self._called_by_every_word(itself, fitting)
        found = rank(fitting, self.place, described=itself)
        if found is None and self._varies(itself):
            return self._called_anew(itself, seen)
        return found

    def _repeats(self, itself: Referent, earlier: Referent) -> bool:
        """Return whether it repeats an earlier description: same noun, same number, no other modifiers."""
        if earlier.entity_id is not None or itself.plural != earlier.plural or itself.kind != earlier.kind:
            return False
        if itself.words & self.known.ordinals != earlier.words & self.known.ordinals:
            return False
        return itself.words - ARTICLES <= earlier.words

    def _has_standing(self, itself: Referent, seen: Referent) -> bool:
        """Return whether somebody was given the whole title, with the same `former`, `deputy` and so on."""
        apart = itself.words & self.not_holding
        if apart:
            return apart <= seen.words
        if self.role is None:
            return True
        return seen.words >= set(self.role.title.split()) and not seen.words & self.not_holding

    def _called_by_every_word(self, itself: Referent, fitting: Sequence[DiscourseMention]) -> Referent | None:
        """Return the last one who was called by owner and noun: `the council's lawyer`."""
        for one in reversed(fitting):
            called = one.referent.words | one.referent.called
            words = plain_words(itself.words)
            if all(word in called or self.known.equivalents.get(word) in called for word in words):
                return one.referent
        return None

    def _varies(self, itself: Referent) -> bool:
        """Return whether it may be a variation on a name: `the Basra lawyer`, not `the lawyer`."""
        is_person = itself.noun in self.known.people - self.known.anonymous
        has_modifier = len(self.phrase.text.split()) > len(("the", "lawyer"))
        is_known_office = self.role is not None and bool(self.role.offices)
        return (
            is_person and has_modifier and not is_known_office and self.phrase.text.lower().startswith("the ")
        )

    def _called_anew(self, itself: Referent, seen: Iterable[DiscourseMention]) -> Referent | None:
        """Return the person named just before whom the article now calls by other words.

        In a subordinate clause it is not the subject of the sentence, who needs no new words there.
        """
        here = self.place.sentence
        near = [one for one in seen if here - one.sentence <= _VARIATION_REACH]
        subjects = {
            one.referent.name
            for one in near
            if self.is_subordinate and one.sentence == here and (one.speaks or one.is_subject)
        }
        fitting = [
            one
            for one in near
            if not one.is_quoted
            and one.referent.name not in subjects
            and fits_variation(one.referent, itself)
        ]
        return rank(fitting, self.place, described=itself)


def _last_named(seen: Iterable[DiscourseMention]) -> Referent | None:
    """Return the person or group named last."""
    named = [one for one in seen if one.referent.kind in ("person", "organisation")]
    return max(named, key=lambda one: one.start).referent if named else None
