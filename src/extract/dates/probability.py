"""What is known of a temporal expression that decides how probable it is that its value is right."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Timex
from extract.probability import Features, Probability, step

_FORM = re.compile(r"\d+")


def with_probabilities(timexes: Sequence[Timex], probability: Probability) -> tuple[Timex, ...]:
    """Return the expressions with the probability that span, type and value are right as `confidence`."""
    return tuple(replace(one, confidence=probability.of(features_of(one))) for one in timexes)


def features_of(timex: Timex) -> Features:
    """Return the features of a temporal expression."""
    return {
        "type": timex.type,
        "rule": timex.rule,
        "form": _FORM.sub("9", timex.value),
        "anchor": timex.anchor_source or "none",
        "mod": timex.mod or "none",
        "words": f"{timex.type} {step(timex.text.count(' ') + 1, 1, 2, 3, 5)}",
        "open": f"{timex.type} {timex.earliest is None}",
    }
