"""Durations, sets and references: expressions that are not points on the calendar.

Each function reads one family of rules: span and context -> meaning, None if the words do not mean a time.
"""

from collections.abc import Mapping

from extract.dates.timex.calendar import OPEN_VALUES
from extract.dates.timex.clock import clock_time
from extract.dates.timex.context import Context, Meaning
from extract.dates.timex.families.anchored_durations import anchor_duration, place_in_year
from extract.model import TimexSpan

# Unit -> its letter in a TIMEX3 duration, and how many of these it amounts to.
_LETTERS = {
    "TS": ("S", 1), "TM": ("M", 1), "TH": ("H", 1),
    "D": ("D", 1), "W": ("W", 1), "WE": ("W", 1), "FN": ("W", 2),
    "M": ("M", 1), "Q": ("M", 3), "Y": ("Y", 1), "E": ("Y", 10), "C": ("Y", 100),
}  # fmt: skip
# A unit in smaller ones: `2 1/2 years` is P2Y6M, `three quarters of an hour` PT45M.
_SMALLER = {"Y": (12, "M"), "TH": (60, "TM"), "TM": (60, "TS"), "D": (24, "TH")}
_NUMBERS = ("number", "digit_count", "tens")
_UNKNOWN = "X"
_HALF = 0.5


def quantity_of(parts: Mapping[str, str]) -> float | None:
    """Return the number that a rule captured, None for `several` or if it captured none."""
    half = _HALF if "half_more" in parts else 0
    if "tens" in parts:
        return int(parts["tens"]) + int(parts["ones"]) + half
    uncounted = "1" if half else _UNKNOWN  # `the past year and a half`
    number = _number(parts.get("digit_count") or parts.get("number", uncounted))
    return None if number is None else number + half


def _number(digits: str) -> float | None:
    return None if digits == _UNKNOWN else float(digits.replace(",", ""))


def length_of(number: str, unit: str) -> str:
    """Return a TIMEX3 duration.

    >>> length_of("3", "Y"), length_of("X", "E"), length_of("2", "Q")
    ('P3Y', 'PXE', 'P6M')
    """
    letter, size = _LETTERS[unit]
    head = "PT" if unit.startswith("T") else "P"
    if number == _UNKNOWN:
        return f"{head}X{unit if unit in ('E', 'C') else letter}"
    return f"{head}{int(number) * size}{letter}"


def exact_length(number: float | None, unit: str) -> str:
    """Return a TIMEX3 duration for a number that may have a fraction."""
    if number is None:
        return length_of(_UNKNOWN, unit)
    letter, size = _LETTERS[unit]
    whole = int(number)
    fraction = number - whole
    if not fraction or float(number * size).is_integer():
        return length_of("1", unit).replace(str(size), str(int(number * size)), 1)
    if unit in _SMALLER and float(fraction * _SMALLER[unit][0]).is_integer():
        return _with_fraction(whole, fraction, unit)
    return f"{'PT' if unit.startswith('T') else 'P'}{number * size:g}{letter}"


def _with_fraction(whole: int, fraction: float, unit: str) -> str:
    count, smaller = _SMALLER[unit]
    rest = length_of(str(int(fraction * count)), smaller)
    if not whole:
        return rest
    return length_of(str(whole), unit) + rest.removeprefix("PT" if unit.startswith("T") else "P")


def duration(span: TimexSpan, context: Context) -> Meaning | None:
    """`three years`, `the past two weeks`, `eight-year`, `decades-long`."""
    parts = span.parts
    if "single" in parts:  # `week-long`
        return Meaning("DURATION", length_of("1", parts["single"]))
    unit, number = parts["unit"], quantity_of(parts)
    if _is_ordinal(span, context, number):
        return None
    if "least" in parts:  # `two to three weeks`
        return Meaning("DURATION", exact_length(_number(parts["least"]), unit), "EQUAL_OR_MORE")
    mod = parts.get("measure") or parts.get("about")
    place = place_in_year if "extreme" in parts else anchor_duration
    base, days = place(span, context, unit, number) or (None, None)
    return Meaning("DURATION", exact_length(number, unit), mod, base, days=days)


def _is_ordinal(span: TimexSpan, context: Context, number: float | None) -> bool:
    """Return whether the words are not a duration: `a second`, `one second visit`, `a quarter of them`."""
    follows = context.text[span.end : span.end + 4]
    if span.parts["unit"] == "Q" and number == 1:
        return True
    return span.parts["unit"] == "TS" and number == 1 and not follows.startswith((".", ","))


def every(span: TimexSpan, _context: Context) -> Meaning | None:
    """`every Friday`, `each morning`, `twice a week`, `daily`."""
    value = _recurring_value(span.parts)
    return Meaning("SET", exact_length(_interval(span.parts), span.parts["unit"]) if value is None else value)


def _recurring_value(parts: Mapping[str, str]) -> str | None:
    """Return the value of what recurs under a name, such as a weekday; None for a number of units."""
    if "weekends" in parts:
        return OPEN_VALUES["WE"]
    if "weekday" in parts:
        return f"XXXX-WXX-{parts['weekday']}{clock_time(parts)}"
    if "month" in parts:
        return f"XXXX-{int(parts['month']):02d}"
    if "season" in parts:
        return f"XXXX-{parts['season']}"
    if "daypart" in parts:
        return f"XXXX-XX-XX{clock_time(parts)}"
    return parts.get("frequency")


def _interval(parts: Mapping[str, str]) -> float | None:
    """Return the number of units from one time to the next, None if it is not stated."""
    if "every_other" in parts:
        return 2
    return 1 if parts.keys().isdisjoint(_NUMBERS) else quantity_of(parts)


def reference(span: TimexSpan, context: Context) -> Meaning | None:
    """`now`, `recently`, `the future`."""
    value = span.parts.get("reference") or span.parts.get("someday") or "PRESENT_REF"
    return Meaning("DATE", value, base=context.published("D"))
