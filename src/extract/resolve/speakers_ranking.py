"""Which earlier referent a pronoun or a definite description means: a small ranking."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from extract.lexicon.cues import PRONOUNS, Descriptions
from extract.resolve.speakers_referents import Appearance, Referent

# Weights, in sentences of distance: set on the PolNeAR development part and the tests' examples.
SPEAKS = 2.0  # was the speaker of an earlier quote
SUBJECT = 1.5  # stands first of its kind, near the start of its sentence
QUOTED = 2.0  # stands only inside somebody's quotation
OWNER = 1.0  # is an owner: `the envoy's plan`
PLACE = 2.0  # is a country or town, which rarely speaks
GENDER = 1.0  # a name or title tells the pronoun's gender
NOUN = 4.0  # was called by the noun of the description

_SUBJECT_REACH = 45  # characters from the sentence's start in which its subject stands
_FARTHEST = 12  # sentences


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands, and the sentences' starts to count distances by."""

    start: int
    sentence_starts: list[int]

    def distance(self, offset: int) -> int:
        """Return how many sentence borders lie between `offset` and here."""
        return bisect_right(self.sentence_starts, self.start) - bisect_right(self.sentence_starts, offset)

    def into_sentence(self, offset: int) -> int:
        """Return how many characters after the start of its sentence `offset` stands."""
        number = bisect_right(self.sentence_starts, offset)
        return offset - self.sentence_starts[number - 1] if number else offset


def rank(
    appearances: Iterable[Appearance],
    place: Place,
    text: str,
    *,
    noun: str | None = None,
    gender: str | None = None,
) -> Referent | None:
    """Return the referent that stands best before a place; None if none is near enough.

    Args:
        appearances: Those that fit in number, kind and gender.
        place: Where the expression stands.
        text: The article's text.
        noun: The noun of a description, which a referent may have been called by.
        gender: The pronoun's gender.
    """
    best, best_score = None, float(-_FARTHEST)
    for appearance in appearances:
        if appearance.end > place.start:
            continue
        score = _score(appearance, place, text)
        if noun is not None and noun in appearance.referent.words:
            score += NOUN
        if gender is not None and gender == appearance.referent.gender:
            score += GENDER
        if score >= best_score:
            best, best_score = appearance.referent, score
    return best


def _score(appearance: Appearance, place: Place, text: str) -> float:
    score = -float(place.distance(appearance.start))
    score += SPEAKS * appearance.speaks - QUOTED * appearance.quoted
    if appearance.leads and place.into_sentence(appearance.start) <= _SUBJECT_REACH:
        score += SUBJECT
    if text[appearance.end : appearance.end + 2] in ("'s", "’s") or text[
        appearance.end - 2 : appearance.end
    ] in (
        "'s",
        "’s",
    ):
        score -= OWNER
    return score - PLACE * (appearance.referent.kind == "place")


def fits_pronoun(referent: Referent, pronoun: str) -> bool:
    """Tell whether a pronoun can mean a referent by number, kind and gender."""
    kind = PRONOUNS.get(pronoun.lower(), "")
    if kind in ("m", "f"):
        return referent.kind == "person" and not referent.plural and referent.gender in (None, kind)
    if kind == "n":
        return referent.kind != "person" and not referent.plural
    if kind == "p":
        return referent.plural or referent.kind == "organisation"
    return False


def fits_noun(referent: Referent, noun: str, descriptions: Descriptions) -> bool:
    """Tell whether `the <noun>` can mean a referent that has a name."""
    if noun in descriptions.persons:
        return referent.kind == "person" and noun in referent.words
    if referent.kind != "organisation":
        return False
    return noun in referent.words or noun in descriptions.factions
