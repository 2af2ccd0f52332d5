"""Ranking of the earlier mentions that a pronoun or a definite description may refer to."""

from collections.abc import Iterable, Sequence
from math import log2

from extract.quotes.cues import Cues, Descriptions
from extract.quotes.grammar_shapes import RankingWeights
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.referents import Referent

MAX_DISTANCE = 12  # sentences from an antecedent


def best_mention(
    mentions: Iterable[DiscourseMention],
    place: Place,
    cues: Cues,
    *,
    described: Referent | None = None,
    gender: str | None = None,
) -> DiscourseMention | None:
    """Return the mention with the highest score; None if none is near enough.

    Args:
        mentions: Mentions that agree in number, kind and gender.
        place: Place of the pronoun or description.
        cues: For the weights of the ranking.
        described: The description; mentions that share its words score higher.
        gender: The pronoun's gender.
    """
    weights, determiners = cues.ranking, cues.descriptions.phrases.determiners
    found, best_score = None, float(-MAX_DISTANCE)
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if mention.end > place.start:
            continue
        score = _score(mention, place, weights)
        if described is not None:
            has_noun, shared = _likeness(mention.referent, described, determiners)
            score += weights.shared_noun * has_noun + weights.shared_word * shared
        if gender is not None:
            is_topic = mention.is_main and place.sentence - mention.sentence <= 1
            score += weights.gender * (gender == mention.referent.gender) + weights.topic * is_topic
        if score >= best_score:
            found, best_score = mention, score
    return found


def best_referent(
    mentions: Iterable[DiscourseMention],
    place: Place,
    cues: Cues,
    *,
    described: Referent | None = None,
    gender: str | None = None,
) -> Referent | None:
    """Return the referent of the best mention; arguments as for `best_mention`."""
    found = best_mention(mentions, place, cues, described=described, gender=gender)
    return found.referent if found else None


def has_rival_topic(best: DiscourseMention, fitting: Sequence[DiscourseMention], place: Place) -> bool:
    """Return whether the last sentence before a pronoun is about another person than the best antecedent.

    `Odeh said the road was closed. Brandt left the hall. |He said ...`: nobody knows who of them.

    Args:
        best: The mention with the highest score.
        fitting: All mentions that agree with the pronoun, of those who may be meant.
        place: Place of the pronoun.
    """
    here = [one for one in fitting if one.sentence == place.sentence - 1 and not one.is_quoted]
    told_of = {one.referent.name for one in here if one.is_main and (one.introduces or one.referent.count)}
    leading = {one.referent.name for one in here if one.is_main or one.speaks}
    return bool(told_of) and best.referent.name not in leading and best.sentence < place.sentence


def score_of(mention: DiscourseMention, place: Place, cues: Cues) -> float:
    """Return how likely a mention is the antecedent of a phrase at a place, by itself."""
    return _score(mention, place, cues.ranking)


def _score(mention: DiscourseMention, place: Place, weights: RankingWeights) -> float:
    """Return how likely a mention is the antecedent: a sum of weights, minus the distance in sentences."""
    distance = place.sentence - mention.sentence
    referent = mention.referent
    score = weights.salience * log2(max(referent.count, 1)) - distance
    score += weights.speaks * mention.speaks
    score += (weights.subject + weights.same_sentence * (distance == 0)) * mention.is_subject
    score += weights.introduced * (mention.introduces and distance <= 1)
    score += weights.earlier_paragraph * (mention.end <= place.paragraph) + weights.quoted * mention.is_quoted
    score += weights.oblique * mention.is_oblique + weights.owner * mention.is_owner
    score += weights.modifier * mention.modifies
    return score + weights.place * (referent.kind == "place") + weights.vague * referent.vague


def _likeness(referent: Referent, described: Referent, determiners: frozenset[str]) -> tuple[bool, int]:
    """Return whether a description shares its noun with a referent, and how many other words it shares."""
    words = referent.article_words | referent.words
    shared = (described.words & words) - {described.noun} - determiners
    return was_called(referent, described), len(shared)


def fits_pronoun(referent: Referent, kind: str) -> bool:
    """Return whether a pronoun of a kind (`m`, `f`, `n`, `p`) agrees with a referent."""
    if kind in ("m", "f"):
        return referent.kind == "person" and not referent.plural and referent.gender in (None, kind)
    if kind == "n":
        return referent.kind != "person" and not referent.plural
    if kind == "p":
        return referent.plural or referent.kind == "organisation"
    return False


def fits_description(referent: Referent, described: Referent, descriptions: Descriptions) -> bool:
    """Return whether `the <noun>` can mean a named referent: the article has called it so."""
    if described.noun in descriptions.people:
        is_kind = referent.kind == "person" and _same_gender(referent, described)
    else:
        is_kind = referent.kind == "organisation" and described.noun in descriptions.organisations
    return is_kind and was_called(referent, described)


def was_called(referent: Referent, described: Referent) -> bool:
    """Return whether a referent was called by the noun of a description, and by its capitalised words."""
    has_noun = described.noun in referent.nouns | referent.article_nouns
    return has_noun and described.proper <= referent.words | referent.article_words


def fits_variation(referent: Referent, described: Referent) -> bool:
    """Return whether a new description (`the Basra lawyer`) can mean a person named shortly before."""
    return referent.kind == "person" and referent.count > 0 and _same_gender(referent, described)


def _same_gender(referent: Referent, described: Referent) -> bool:
    return None in (described.gender, referent.gender) or described.gender == referent.gender
