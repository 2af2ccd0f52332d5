"""The quarter that the figures of a report are about: `a year earlier` compares with the same quarter."""

import re
from dataclasses import dataclass, replace
from datetime import date

from extract.dates.cues import ContextCues
from extract.model import TimexSpan

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
# `the first nine months`, `the six months`: what is compared with a year earlier is then no quarter.
_LONGER = frozenset({"P6M", "P9M"})
_LONGEST_COMPARISON = 60


@dataclass(frozen=True, slots=True)
class Reported:
    """The last quarter that a text gives figures of.

    Attributes:
        day: A day in it.
        end: Offset where its mention ends.
        is_left: Whether figures of a longer period have followed: `for the nine months`.
    """

    day: date
    end: int
    is_left: bool = False


def reported_after(
    last: Reported | None,
    value: str,
    day: date | None,
    span: TimexSpan,
    *,
    text: str,
    published: date | None,
    cues: ContextCues,
) -> Reported | None:
    """Return the quarter that is reported on after an expression.

    A quarter that only serves to compare (`after a flat second quarter`) or that has not begun is not.

    Args:
        last: The one before the expression.
        value: The value of the expression.
        day: Its first day; None if it is open, a duration or counted from a date mentioned before.
        span: The expression.
        text: The text.
        published: Day of publication, None if unknown.
        cues: The words around dates.
    """
    if _QUARTER.fullmatch(value) is None:
        return replace(last, is_left=True) if last is not None and value in _LONGER else last
    if day is None:
        return None if last is None else replace(last, is_left=False)
    is_ahead = published is not None and day > published
    return last if is_ahead or is_compared(text, span.start, cues) else Reported(day, span.end)


def is_compared(text: str, offset: int, cues: ContextCues) -> bool:
    """Return whether figures are compared with those of a period: `compared with`, `after a flat`."""
    return cues.compared.search(text, max(0, offset - _LONGEST_COMPARISON), offset) is not None


__all__ = ["Reported", "is_compared", "reported_after"]
