"""Which earlier referent a pronoun or a definite description means: a small ranking."""

from collections.abc import Iterable
from math import log2

from extract.quotes.cues import Descriptions
from extract.quotes.phrases import PRONOUNS
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.referents import ARTICLES, Referent

# Weights, in sentences of distance: set on our own judgements (docs/evaluation.md) and the tests' examples.
SPEAKS = 2.0  # was the speaker of an earlier quote
SUBJECT = 1.5  # stands first of its kind, near the start of its sentence
SAME = 1.0  # is the subject of the same sentence
PARAGRAPH = 1.5  # a paragraph ends between
INTRODUCED = 1.0  # is named for the first time, in this sentence or the one before
OBLIQUE = 0.5  # is governed by a preposition: `under President Brandt`
QUOTED = 2.0  # stands only inside somebody's quotation
OWNER = 1.0  # is an owner: `the envoy's plan`
MODIFIES = 2.0  # stands before a noun for somebody or something else: `the Brandt campaign`
PLACE = 3.0  # is a country or town, which rarely speaks
GENDER = 1.0  # a name or title tells the pronoun's gender
SALIENCE = 0.3  # for each doubling of how often the article names it
VAGUE = 2.5  # was described by a word that is no word for a person or group
NOUN = 4.0  # was called by the noun of the description
MODIFIER = 1.5  # for each of the description's other words that it was called by

_FARTHEST = 12  # sentences


def best(
    appearances: Iterable[DiscourseMention],
    place: Place,
    *,
    described: Referent | None = None,
    gender: str | None = None,
) -> DiscourseMention | None:
    """Return the appearance that stands best before a place; None if none is near enough.

    Args:
        appearances: Those that fit in number, kind and gender.
        place: Where the expression stands.
        described: The description, by whose words a referent may have been called.
        gender: The pronoun's gender.
    """
    found, best_score = None, float(-_FARTHEST)
    for appearance in appearances:
        if appearance.end > place.start:
            continue
        score = _score(appearance, place)
        if described is not None:
            score += _likeness(appearance.referent, described)
        if gender is not None and gender == appearance.referent.gender:
            score += GENDER
        if score >= best_score:
            found, best_score = appearance, score
    return found


def rank(
    appearances: Iterable[DiscourseMention],
    place: Place,
    *,
    described: Referent | None = None,
    gender: str | None = None,
) -> Referent | None:
    """Return who stands best before a place, as `best` does."""
    found = best(appearances, place, described=described, gender=gender)
    return found.referent if found else None


def _score(appearance: DiscourseMention, place: Place) -> float:
    """Return how readily one goes on about a referent: a sum of weights, less the distance in sentences."""
    distance = place.sentence - appearance.sentence
    referent = appearance.referent
    score = SALIENCE * log2(max(referent.count, 1)) - distance
    score += SPEAKS * appearance.speaks
    score += (SUBJECT + SAME * (distance == 0)) * appearance.is_subject
    score += INTRODUCED * (appearance.introduces and distance <= 1)
    score -= PARAGRAPH * (appearance.end <= place.paragraph) + QUOTED * appearance.is_quoted
    score -= OBLIQUE * appearance.is_oblique + OWNER * appearance.is_owner + MODIFIES * appearance.modifies
    return score - PLACE * (referent.kind == "place") - VAGUE * referent.vague


def _likeness(referent: Referent, described: Referent) -> float:
    """Return how much of a description a referent was called by: its noun weighs most."""
    called = referent.called | referent.words
    shared = (described.words & called) - {described.noun} - ARTICLES
    is_called_so = described.noun in called and described.proper <= called
    return NOUN * is_called_so + MODIFIER * len(shared)


def fits_pronoun(referent: Referent, pronoun: str) -> bool:
    """Return whether a pronoun can mean a referent by number, kind and gender."""
    kind = PRONOUNS.get(pronoun.lower(), "")
    if kind in ("m", "f"):
        return referent.kind == "person" and not referent.plural and referent.gender in (None, kind)
    if kind == "n":
        return referent.kind != "person" and not referent.plural
    if kind == "p":
        return referent.plural or referent.kind == "organisation"
    return False


def fits_description(referent: Referent, described: Referent, descriptions: Descriptions) -> bool:
    """Return whether `the <noun>` can mean a referent that has a name: one that was called so, or a group."""
    called = referent.words | referent.called
    if described.noun in descriptions.people:
        is_called_so = described.noun in called and described.proper <= called
        return referent.kind == "person" and is_called_so and _same_gender(referent, described)
    if referent.kind != "organisation" or described.noun not in descriptions.organisations:
        return False
    return described.noun in called or described.noun in descriptions.factions


def fits_variation(referent: Referent, described: Referent) -> bool:
    """Return whether a new description (`the Basra lawyer`) can mean a person named just before."""
    return referent.kind == "person" and referent.count > 0 and _same_gender(referent, described)


def _same_gender(referent: Referent, described: Referent) -> bool:
    return None in (described.gender, referent.gender) or described.gender == referent.gender
