"""Times of day in TIMEX3: `T08:30`."""

from collections.abc import Mapping

_NOON = 12
_LATE_DAYPARTS = ("TAF", "TEV", "TNI")
# At night, hours up to this one are after midnight.
_NIGHT_ENDS = 5


def clock_time(parts: Mapping[str, str]) -> str:
    """Return the time that a rule captured, empty if it captured none.

    >>> clock_time({"hour": "8", "minute": "30", "meridiem": "p.m."})
    'T20:30'
    """
    if "hour" not in parts:
        return parts.get("daypart", "") or parts.get("noon", "")
    hour = int(parts["hour"])
    if hour < _NOON and _is_after_noon(hour, parts):
        hour += _NOON
    if hour == _NOON and parts.get("meridiem", "").lower().startswith("a"):
        hour = 0
    return f"T{hour:02d}:{int(parts.get('minute', 0)):02d}"


def _is_after_noon(hour: int, parts: Mapping[str, str]) -> bool:
    """Return whether the hour is in the second half of the day: `5 p.m.`, `Monday evening at 8:30`."""
    if "meridiem" in parts:
        return parts["meridiem"].lower().startswith("p")
    daypart = parts.get("daypart")
    return daypart in _LATE_DAYPARTS and (daypart != "TNI" or hour > _NIGHT_ENDS)
