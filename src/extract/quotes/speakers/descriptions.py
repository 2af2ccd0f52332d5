"""Whom a definite description refers to: `the committee`, `the second official`, `the Basra lawyer`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.entities.offices.reader import Role
from extract.model import TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.ranking import best_referent, fits_description, fits_variation
from extract.quotes.speakers.referents import Referent, describe

_OWNED = re.compile(r"['’]s?\s")
_POSSESSIVE = re.compile(r"['’]s?$")
_MAX_WORDS = 4  # of an anaphoric description; longer ones introduce somebody new
_VARIATION_REACH = 3  # sentences within which an article may call a person by other words


def is_anaphoric(phrase: str, known: Descriptions) -> bool:
    """Return whether a description may mean somebody already mentioned: short, definite, without `of ...`.

    >>> from extract.quotes.cues import load_cues
    >>> from extract.settings import default_models_dir
    >>> known = load_cues(default_models_dir()).descriptions
    >>> [is_anaphoric(phrase, known) for phrase in ("the board", "a board", "the head of the board")]
    [True, False, False]
    """
    words = phrase.split()
    return bool(known.phrases.definite.match(phrase)) and len(words) <= _MAX_WORDS and "of" not in words


def content_words(words: Iterable[str], known: Descriptions) -> frozenset[str]:
    """Return the words of a phrase without articles and possessive endings."""
    return frozenset(_POSSESSIVE.sub("", word) for word in words) - known.phrases.determiners


@dataclass(frozen=True, slots=True)
class Description:
    """An anaphoric description, with the clues to its antecedent.

    Attributes:
        phrase: The description in the text.
        place: The place from which distances to earlier mentions are counted.
        cues: For the words about speakers and the weights of the ranking.
        is_subordinate: Whether a conjunction precedes it: `after the cleric left`.
        role: The office that it names, None for most.
        not_holding: Words by which a person does not hold the office that follows (`former`, `deputy`).
    """

    phrase: TextSpan
    place: Place
    cues: Cues
    is_subordinate: bool
    role: Role | None
    not_holding: frozenset[str]

    @property
    def known(self) -> Descriptions:
        """The words about speakers."""
        return self.cues.descriptions

    def antecedent(self, seen: Sequence[DiscourseMention]) -> Referent:
        """Return the referent: an unnamed speaker described the same way, else a named one, else a new one.

        Args:
            seen: The mentions before the description.
        """
        itself = describe(self.phrase, self.known)
        if itself.noun == "latter":
            return _last_named(seen) or itself
        repeated = [one for one in seen if one.speaks and self._repeats(itself, one.referent)]
        found = best_referent(repeated, self.place, self.cues, described=itself)
        if found is not None:
            return found
        if itself.plural or itself.words & self.known.ordinals:
            return itself
        return self._named(itself, seen) or itself

    def _named(self, itself: Referent, seen: Sequence[DiscourseMention]) -> Referent | None:
        """Return the named person or group; an office needs somebody with its whole title."""
        fitting = [
            one
            for one in seen
            if fits_description(one.referent, itself, self.known) and self._has_title(itself, one.referent)
        ]
        if _OWNED.search(self.phrase.text):
            return self._last_with_all_words(itself, fitting)
        found = best_referent(fitting, self.place, self.cues, described=itself)
        if found is None and self._may_vary_name(itself):
            return self._recently_named(itself, seen)
        return found

    def _repeats(self, itself: Referent, earlier: Referent) -> bool:
        """Return whether it repeats an earlier description: same noun, same number, no other modifiers."""
        if earlier.entity_id is not None or itself.plural != earlier.plural or itself.kind != earlier.kind:
            return False
        if itself.words & self.known.ordinals != earlier.words & self.known.ordinals:
            return False
        return itself.words - self.known.phrases.determiners <= earlier.words

    def _has_title(self, itself: Referent, seen: Referent) -> bool:
        """Return whether somebody was given the whole title, with the same `former`, `deputy` and so on."""
        qualifiers = itself.words & self.not_holding
        if qualifiers:
            return qualifiers <= seen.words
        if self.role is None:
            return True
        return seen.words >= set(self.role.title.split()) and not seen.words & self.not_holding

    def _last_with_all_words(self, itself: Referent, fitting: Sequence[DiscourseMention]) -> Referent | None:
        """Return the last one whose descriptions contain both owner and noun: `the council's lawyer`."""
        for one in reversed(fitting):
            described = one.referent.words | one.referent.article_words
            words = content_words(itself.words, self.known)
            if all(word in described or self.known.equivalents.get(word) in described for word in words):
                return one.referent
        return None

    def _may_vary_name(self, itself: Referent) -> bool:
        """Return whether it may stand in for a name as a variation: `the Basra lawyer`, not `the lawyer`."""
        is_person = itself.noun in self.known.people - self.known.anonymous
        has_modifier = len(self.phrase.text.split()) > len(("the", "lawyer"))
        is_known_office = self.role is not None and bool(self.role.offices)
        return (
            is_person and has_modifier and not is_known_office and self.phrase.text.lower().startswith("the ")
        )

    def _recently_named(self, itself: Referent, seen: Iterable[DiscourseMention]) -> Referent | None:
        """Return the person named shortly before whom the article may now call by other words.

        In a subordinate clause this is not the subject of the sentence, who needs no variation there.
        """
        near = [one for one in seen if self.place.sentence - one.sentence <= _VARIATION_REACH]
        subjects = self._subject_names(near) if self.is_subordinate else frozenset()
        fitting = [
            one
            for one in near
            if not one.is_quoted
            and one.referent.name not in subjects
            and fits_variation(one.referent, itself)
        ]
        return best_referent(fitting, self.place, self.cues, described=itself)

    def _subject_names(self, seen: Iterable[DiscourseMention]) -> frozenset[str]:
        """Return the names of the subjects and speakers of the description's own sentence."""
        here = self.place.sentence
        return frozenset(
            one.referent.name for one in seen if one.sentence == here and (one.speaks or one.is_subject)
        )


def _last_named(seen: Iterable[DiscourseMention]) -> Referent | None:
    """Return the last named person or group."""
    named = [one for one in seen if one.referent.kind in ("person", "organisation")]
    return max(named, key=lambda one: one.start).referent if named else None
