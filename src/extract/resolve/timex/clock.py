"""Times of day in TIMEX3: `T08:30`."""

from collections.abc import Mapping

_NOON = 12


def clock_time(parts: Mapping[str, str]) -> str:
    """Return the time that a rule captured, `` where it captured none.

    >>> clock_time({"hour": "8", "minute": "30", "meridiem": "p.m."})
    'T20:30'
    """
    if "hour" not in parts:
        return parts.get("daypart", "") or parts.get("noon", "")
    hour = int(parts["hour"])
    meridiem = parts.get("meridiem", "").lower()
    if meridiem.startswith("p") and hour < _NOON:
        hour += _NOON
    if meridiem.startswith("a") and hour == _NOON:
        hour = 0
    return f"T{hour:02d}:{int(parts.get('minute', 0)):02d}"
