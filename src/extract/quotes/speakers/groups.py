"""Which group `it` and `they` mean: the subject before them that agrees with them and can speak."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.quotes.speakers.discourse import Place
from extract.quotes.speakers.referents import Referent
from extract.quotes.speakers.subjects import REACH, Subject


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that a later pronoun may mean.

    Attributes:
        subject: Where it is.
        sentence: Number of its sentence.
        referent: Whom or what it means; None for pronouns.
        speaks: Whether it is the speaker of a quote.
        is_document: Whether it is a document.
        is_outlet: Whether it is an outlet, which passes on what others say, or a document of one.
    """

    subject: Subject
    sentence: int
    referent: Referent | None
    speaks: bool
    is_document: bool = False
    is_outlet: bool = False


@dataclass(frozen=True, slots=True)
class GroupPronoun:
    """`it` or `they` as a speaker.

    Attributes:
        kind: `n` for `it`, `p` for `they`.
        start: Its offset.
        place: The place from which earlier sentences are counted.
        sentence_start: Start of the sentence there.
        is_evident: Whether its verb may have a piece of evidence as its subject: `it shows that ...`.
    """

    kind: str
    start: int
    place: Place
    sentence_start: int
    is_evident: bool

    def antecedent(self, candidates: Sequence[Candidate], plurals: Sequence[int]) -> Referent | None:
        """Return whom it means, None if no subject agrees with it or the one that does cannot speak.

        A subject of its own sentence comes first, then those of the sentence before. A sentence about one
        person, or with the same pronoun, passes on to the one before it.

        Args:
            candidates: The subjects before it, outside quotations, in text order.
            plurals: Offsets of the nouns in the plural.
        """
        for number in range(self.place.sentence, self.place.sentence - REACH, -1):
            own = number == self.place.sentence
            here = [one for one in candidates if one.sentence == number]
            for one in self._by_rank(here, own=own):
                if one.referent is not None and self._agrees(one, one.referent):
                    is_clear = self._may_be(one, one.referent, plurals) and not self._is_carrier(one, here)
                    return one.referent if is_clear else None
            if not own and here and not self._passes_on(here):
                return None
        return None

    def _is_carrier(self, one: Candidate, here: Iterable[Candidate]) -> bool:
        """Return whether a subject may only report what another one did: `Valley News said |the council met`.

        An outlet does so in any sentence. In the pronoun's own sentence it may be the subject of each clause
        around it: `The council says the union fears that it will fail`.
        """
        return any(
            other is not one
            and other.referent is not None
            and (one.referent is None or other.referent.name != one.referent.name)
            and self._agrees(other, other.referent)
            and (other.speaks or other.subject.is_able)
            and (one.is_outlet or (self._is_within(other) and not other.subject.is_main))
            for other in here
        )

    def _passes_on(self, here: Sequence[Candidate]) -> bool:
        """Return whether a sentence may stand between it and its antecedent."""
        if any(one.subject.pronoun == self.kind for one in here):
            return True
        main = [one for one in here if one.subject.is_main]
        return bool(main) and all(_is_one_person(one) for one in main)

    def _by_rank(self, here: Iterable[Candidate], *, own: bool) -> list[Candidate]:
        """Return the subjects of a sentence that may be meant: speakers, then those of main clauses."""
        fitting = [
            one for one in here if one.subject.is_main or (self._is_within(one) if own else one.speaks)
        ]
        return sorted(fitting, key=lambda one: (not one.speaks, not one.subject.is_main))

    def _is_within(self, one: Candidate) -> bool:
        """Return whether it is in a clause that depends on a subject's verb."""
        start, end = one.subject.clause
        return start <= self.start < end

    def _agrees(self, one: Candidate, referent: Referent) -> bool:
        """Return whether it can take up a subject, be that a thing or a group."""
        plural = one.subject.plural or referent.plural
        if self.kind == "n":
            return not plural and (one.is_document or referent.kind != "person" or referent.vague)
        return plural or (referent.kind == "organisation" and not one.is_document)

    def _may_be(self, one: Candidate, referent: Referent, plurals: Iterable[int]) -> bool:
        """Return whether a subject can speak, and nothing else comes into question."""
        if self.kind == "n":
            if self.is_evident:
                return one.speaks and referent.kind == "document"
            return one.speaks or (one.subject.is_able and referent.kind != "person")
        return (one.speaks or one.subject.is_able) and not self._has_rival(one, plurals)

    def _has_rival(self, one: Candidate, plurals: Iterable[int]) -> bool:
        """Return whether a noun in the plural comes between `they` and a singular or its own sentence."""
        begin = self.sentence_start if one.subject.plural else one.subject.head + 1
        return one.subject.head < begin and any(begin <= offset < self.place.start for offset in plurals)


def _is_one_person(one: Candidate) -> bool:
    """Return whether a subject is one person, who is neither `it` nor `they`."""
    referent = one.referent
    person = referent is not None and referent.kind == "person" and not referent.vague
    return person and not one.subject.plural
