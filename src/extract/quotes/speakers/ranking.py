"""Ranking of the earlier mentions that a pronoun or a definite description may refer to."""

from collections.abc import Iterable
from math import log2

from extract.quotes.cues import Descriptions
from extract.quotes.phrases import PRONOUNS
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.referents import ARTICLES, Referent

# Weights, in sentences of distance: set on our own judgements (docs/evaluation.md) and the tests' examples.
SPEAKS = 2.0  # is the speaker of an earlier quote
SUBJECT = 1.5  # is the first of its kind, near the start of its sentence
SAME = 1.0  # is the subject of the same sentence
PARAGRAPH = 1.5  # is in an earlier paragraph
INTRODUCED = 1.0  # is the first mention, in this sentence or the one before
OBLIQUE = 0.5  # is governed by a preposition: `under President Brandt`
QUOTED = 2.0  # is inside a quotation
OWNER = 1.0  # is a possessive: `the envoy's plan`
MODIFIES = 2.0  # modifies a noun for somebody or something else: `the Brandt campaign`
PLACE = 3.0  # is a country or town, which rarely speaks
GENDER = 1.0  # a name or title confirms the pronoun's gender
SALIENCE = 0.3  # for each doubling of the number of mentions in the article
VAGUE = 2.5  # was described by a noun that is no word for a person, group or document
NOUN = 4.0  # was described by the noun of the description
MODIFIER = 1.5  # for each other word of the description by which it was described

_MAX_DISTANCE = 12  # sentences


def best_mention(
    mentions: Iterable[DiscourseMention],
    place: Place,
    *,
    described: Referent | None = None,
    gender: str | None = None,
) -> DiscourseMention | None:
    """Return the mention with the highest score; None if none is near enough.

    Args:
        mentions: Mentions that agree in number, kind and gender.
        place: Place of the pronoun or description.
        described: The description; mentions that share its words score higher.
        gender: The pronoun's gender.
    """
    found, best_score = None, float(-_MAX_DISTANCE)
    for mention in mentions:
        if mention.end > place.start:
            continue
        score = _score(mention, place)
        if described is not None:
            score += _likeness(mention.referent, described)
        if gender is not None and gender == mention.referent.gender:
            score += GENDER
        if score >= best_score:
            found, best_score = mention, score
    return found


def best_referent(
    mentions: Iterable[DiscourseMention],
    place: Place,
    *,
    described: Referent | None = None,
    gender: str | None = None,
) -> Referent | None:
    """Return the referent of the best mention; arguments as for `best_mention`."""
    found = best_mention(mentions, place, described=described, gender=gender)
    return found.referent if found else None


def _score(mention: DiscourseMention, place: Place) -> float:
    """Return how likely a mention is the antecedent: a sum of weights, minus the distance in sentences."""
    distance = place.sentence - mention.sentence
    referent = mention.referent
    score = SALIENCE * log2(max(referent.count, 1)) - distance
    score += SPEAKS * mention.speaks
    score += (SUBJECT + SAME * (distance == 0)) * mention.is_subject
    score += INTRODUCED * (mention.introduces and distance <= 1)
    score -= PARAGRAPH * (mention.end <= place.paragraph) + QUOTED * mention.is_quoted
    score -= OBLIQUE * mention.is_oblique + OWNER * mention.is_owner + MODIFIES * mention.modifies
    return score - PLACE * (referent.kind == "place") - VAGUE * referent.vague


def _likeness(referent: Referent, described: Referent) -> float:
    """Return how well a description matches the words used for a referent; its noun weighs most."""
    words = referent.article_words | referent.words
    shared = (described.words & words) - {described.noun} - ARTICLES
    has_noun = described.noun in words and described.proper <= words
    return NOUN * has_noun + MODIFIER * len(shared)


def fits_pronoun(referent: Referent, pronoun: str) -> bool:
    """Return whether a pronoun agrees with a referent in number, kind and gender."""
    kind = PRONOUNS.get(pronoun.lower(), "")
    if kind in ("m", "f"):
        return referent.kind == "person" and not referent.plural and referent.gender in (None, kind)
    if kind == "n":
        return referent.kind != "person" and not referent.plural
    if kind == "p":
        return referent.plural or referent.kind == "organisation"
    return False


def fits_description(referent: Referent, described: Referent, descriptions: Descriptions) -> bool:
    """Return whether `the <noun>` can mean a named referent: one described by that noun, or a group."""
    words = referent.words | referent.article_words
    if described.noun in descriptions.people:
        has_noun = described.noun in words and described.proper <= words
        return referent.kind == "person" and has_noun and _same_gender(referent, described)
    if referent.kind != "organisation" or described.noun not in descriptions.organisations:
        return False
    return described.noun in words or described.noun in descriptions.factions


def fits_variation(referent: Referent, described: Referent) -> bool:
    """Return whether a new description (`the Basra lawyer`) can mean a person named shortly before."""
    return referent.kind == "person" and referent.count > 0 and _same_gender(referent, described)


def _same_gender(referent: Referent, described: Referent) -> bool:
    return None in (described.gender, referent.gender) or described.gender == referent.gender
