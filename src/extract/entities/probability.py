"""What is known of a mention that decides how probable it is that its label and link are right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Article, Mention
from extract.probability import Features, Probability, step

_FEW_LETTERS = 4


def with_probabilities(
    mentions: Sequence[Mention], article: Article, probability: Probability
) -> tuple[Mention, ...]:
    """Return the mentions with the probability that label and link are right as `confidence`.

    Args:
        mentions: Linked mentions, whose confidence is that of the rule.
        article: Their article.
        probability: The fitted weights.
    """
    named = Counter((mention.text, mention.label) for mention in mentions)
    return tuple(
        replace(one, confidence=probability.of(features_of(one, named[one.text, one.label], article)))
        for one in mentions
    )


def features_of(mention: Mention, times: int, article: Article) -> Features:
    """Return the features of a mention.

    Args:
        mention: A linked mention, whose confidence is that of the rule.
        times: How often the article has this name with this label.
        article: Its article.
    """
    found_by = f"{mention.engine} {mention.method}"
    link = "linked" if mention.entity_id else "open" if mention.candidates else "none"
    return {
        "found by": found_by,
        "strength": f"{mention.engine} {mention.confidence:.2f}",
        "label": mention.label,
        "label by": f"{mention.label} {mention.engine}",
        "link": f"{mention.label} {link}",
        "words": step(mention.text.count(" ") + 1, 1, 2, 3),
        "times": step(times, 1, 3),
        "capitals": str(mention.text.isupper() and len(mention.text) > _FEW_LETTERS),
        "section": article.section_at(mention.start),
    }
