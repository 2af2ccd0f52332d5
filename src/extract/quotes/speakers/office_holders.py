"""Whom an office without a name means, of the persons named before: `the president said`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.entities.offices.holders import OfficeHolders
from extract.entities.offices.reader import Role
from extract.model import SpeakerMethod, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.speakers.descriptions import content_words
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.ranking import score_of
from extract.quotes.speakers.referents import Referent, describe, gender_of

# In the weights of the ranking, where 1 makes up for a sentence.
_OF_COUNTRY = 1.5  # the person is of the country that the article is about there
_CLEAR = 1.0  # by which the best must be ahead of the next person
_UNNAMED = -1.0  # the holder in the country that the article is about, although it does not name that person


# What comes between two persons named together: `Brandt and the Marsan president, |Calder`.
_TOGETHER = re.compile(r"(?:, [\w -]{1,40},)? and (?:[\w.-]+ ){0,5}(?:[\w-]+, )?")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A mention with its score."""

    score: float
    seen: DiscourseMention


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """An office without a name, as a speaker.

    Attributes:
        role: The office.
        place: The place from which distances to earlier mentions are counted.
        cues: For the weights of the ranking.
        holders: For the countries of persons, and of the article.
        text: The article's text.
    """

    role: Role
    place: Place
    cues: Cues
    holders: OfficeHolders
    text: str

    def may_mean(self, person: Referent, speaker: TextSpan, year: str | None = None) -> bool:
        """Return whether a person may hold the office, or was described by all words of the phrase.

        Args:
            person: One named before.
            speaker: The phrase.
            year: The year of which its sentence speaks; None if it names none.
        """
        if person.kind != "person" or (
            year and self.holders.held_by_others(self.role, person.entity_id, year)
        ):
            return False
        if not self.role.is_past and self.holders.held_before(self.role, person.entity_id):
            return False
        words = content_words(speaker.text.lower().split(), self.cues.descriptions) - {"of"}
        has_noun = describe(speaker, self.cues.descriptions).noun in person.nouns | person.article_nouns
        described_so = has_noun and words <= person.words and not person.words & self.holders.not_holding
        return described_so or self.holders.may_hold(self.role, person.entity_id, person.name_id)

    def holder(
        self, named: Iterable[DiscourseMention], seen: Iterable[DiscourseMention] = ()
    ) -> Referent | None:
        """Return the person named last or speaking last; None if it is not clear who of several is meant.

        Args:
            named: The mentions of persons who may hold the office.
            seen: The mentions of all before.
        """
        country = None if self.role.is_owned else self.holders.country_at(self.role)
        ranked = self._ranked(named, country)
        if not ranked:
            return None
        if self.role.is_owned:
            return ranked[0].seen.referent
        best = ranked[0].seen
        is_beside_equal = self.cues.descriptions.phrases.equals.match(self.text, best.end) is not None
        if is_beside_equal or self._may_be_later(best, seen):
            return None
        is_unclear = len(ranked) > 1 and self._are_rivals(*ranked[:2])
        return None if is_unclear or self._may_be_unnamed(ranked[0], country) else ranked[0].seen.referent

    def _may_be_later(self, best: DiscourseMention, seen: Iterable[DiscourseMention]) -> bool:
        """Return whether, on a day not known, somebody named after the best may hold the office too."""
        return any(
            one.start > best.start
            and one.referent.name != best.referent.name
            and self.holders.may_hold_then(self.role, one.referent.entity_id)
            for one in seen
        )

    def known_holder(self, speaker: TextSpan) -> tuple[Referent, SpeakerMethod] | None:
        """Return the holder by the terms of office, or whom the article names with the office only later."""
        holder = self.holders.holder(self.role)
        if holder is None:
            return None
        known = self.cues.descriptions
        names = holder.name.lower().split()
        referent = Referent(
            holder.name,
            "person",
            holder.entity_id,
            gender_of(names, known),
            plural=False,
            words=describe(speaker, known).words | set(names),
            name_id=holder.name_id,
        )
        return referent, holder.method

    def candidates(self, named: Iterable[DiscourseMention]) -> tuple[str, ...]:
        """Return the name ids of the persons named, and of the holders whom the article does not name."""
        ids = [seen.referent.name_id for seen in named if seen.referent.name_id]
        return tuple(dict.fromkeys([*ids, *self.holders.candidates(self.role)]))

    def _ranked(self, named: Iterable[DiscourseMention], country: str | None) -> list[_Ranked]:
        """Return the best mention of each person, the last of equals; the best comes first."""
        best: dict[str, _Ranked] = {}
        for seen in sorted(named, key=lambda one: one.start):
            if seen.end > self.place.start:
                continue
            score = score_of(seen, self.place, self.cues)
            score += _OF_COUNTRY * (country is not None and self._country(seen.referent) == country)
            key = seen.referent.name_id or seen.referent.name
            if key not in best or score >= best[key].score:
                best.pop(key, None)
                best[key] = _Ranked(score, seen)
        return sorted(best.values(), key=lambda one: one.score)[::-1]

    def _country(self, person: Referent) -> str | None:
        return self.holders.country_of(person.entity_id, person.name_id)

    def _are_rivals(self, best: _Ranked, other: _Ranked) -> bool:
        """Return whether it is not clear who of two is meant: of equal rank, or named together."""
        if best.score - other.score < _CLEAR:
            return True
        first, second = sorted((best.seen, other.seen), key=lambda one: one.start)
        return _TOGETHER.fullmatch(self.text, first.end, second.start) is not None

    def _may_be_unnamed(self, best: _Ranked, country: str | None) -> bool:
        """Return whether the holder in the country of the article may be meant, rather than a foreign one."""
        if country is None or self._country(best.seen.referent) in (None, country):
            return False
        return self.holders.has_other_holder(self.role, country) and best.score < _UNNAMED + _CLEAR
