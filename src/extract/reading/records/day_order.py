"""The order of day and month in a column of dates such as `03/04/2021`, which one alone does not tell."""

import re
from collections.abc import Iterable
from typing import Literal

DayOrder = Literal["day first", "month first"]

_MONTHS = 12
_NUMERIC = re.compile(r"\s*(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>(?:19|20)[0-9]{2})(?![0-9])")


def is_ambiguous(value: str) -> bool:
    """Return whether day and month of a date may be taken for each other.

    >>> is_ambiguous("03/04/2021"), is_ambiguous("28/07/2021"), is_ambiguous("2021-07-28")
    (True, False, False)
    """
    match = _NUMERIC.match(value)
    if match is None:
        return False
    first, second = int(match["first"]), int(match["second"])
    return max(first, second) <= _MONTHS and first != second


def order_of(values: Iterable[str]) -> DayOrder | None:
    """Return the order in all dates of a column, None if none of them tells it or if they contradict.

    >>> order_of(["03/04/2021", "28/07/2021 10:30"]), order_of(["03/04/2021"])
    ('day first', None)
    """
    orders: set[DayOrder] = set()
    for match in filter(None, map(_NUMERIC.match, values)):
        first, second = int(match["first"]), int(match["second"])
        if first > _MONTHS >= second:
            orders.add("day first")
        elif second > _MONTHS >= first:
            orders.add("month first")
        if len(orders) > 1:
            return None
    return orders.pop() if orders else None


def in_iso(value: str, order: DayOrder) -> str:
    """Return a date with its day and month in the order of ISO 8601; what else the value says stays.

    >>> in_iso("03/04/2021 10:30", "day first")
    '2021-04-03 10:30'
    """
    match = _NUMERIC.match(value)
    if match is None:
        return value
    first, second = int(match["first"]), int(match["second"])
    day, month = (first, second) if order == "day first" else (second, first)
    return f"{match['year']}-{month:02}-{day:02}{value[match.end() :]}"
