"""How probable it is that a row is right, from weights fitted on annotated texts.

A row has features, such as the rule that found it. The probability is the logistic function of an intercept
and the weights of its features (logistic regression). The weights are data, one file per subject under
models/, written by `python -m benchmarks.confidence.fit`.
"""

from collections.abc import Mapping
from math import exp

from extract.knowledge import KnowledgeFile

# Feature -> its value for one row: {"rule": "trailing", "type": "direct"}.
Features = Mapping[str, str]


class Probability(KnowledgeFile):
    """Fitted weights that give the probability that a row is right: a file, or a table of one.

    Attributes:
        intercept: The log-odds of a row none of whose features has a weight.
        weights: Feature -> value -> what the value adds to the log-odds.
    """

    intercept: float
    weights: dict[str, dict[str, float]]

    def of(self, features: Features) -> float:
        """Return the probability of a row with these features, rounded to hundredths.

        >>> Probability(intercept=2.0, weights={"rule": {"post": 1.0}}).of({"rule": "post", "type": "tweet"})
        0.95
        """
        return round(1 / (1 + exp(-self.log_odds(features))), 2)

    def log_odds(self, features: Features) -> float:
        """Return the logarithm of how much more probable it is that a row is right than that it is wrong."""
        weights = (self.weights.get(name, {}).get(value, 0.0) for name, value in features.items())
        return self.intercept + sum(weights)


# Every row is as likely right as wrong: for knowledge that is not read from files.
NO_WEIGHTS = Probability(intercept=0.0, weights={})


def step(number: float, *limits: float) -> str:
    """Return the step of a number as the value of a feature: the first limit that it does not exceed.

    >>> [step(number, 1, 5) for number in (0, 3, 9)]
    ['to 1', 'to 5', 'above 5']
    """
    return next((f"to {limit}" for limit in limits if number <= limit), f"above {limits[-1]}")
