"""Days, months and years on pages and on the axes of charts."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS_A_YEAR = 12
_MONTHS_A_QUARTER = 3


def show_day(day: date | None) -> str:
    """Return a day, or time, as words.

    >>> show_day(date(2021, 7, 4)), show_day(None)
    ('4 Jul 2021', 'undated')
    """
    return f"{day.day} {day:%b %Y}" if day else "undated"


def show_days(earliest: date | None, latest: date | None) -> str:
    """Return a range of days as words; empty if both ends are open.

    >>> show_days(date(2021, 7, 1), date(2021, 7, 31)), show_days(date(2021, 7, 1), date(2021, 7, 2))
    ('Jul 2021', '1 Jul 2021 to 2 Jul 2021')
    """
    if earliest and latest:
        return _show_range(earliest, latest)
    if earliest:
        return f"from {show_day(earliest)}"
    return f"until {show_day(latest)}" if latest else ""


def _show_range(earliest: date, latest: date) -> str:
    if earliest == latest:
        return show_day(earliest)
    if earliest.day == 1 and latest == _last_of_month(earliest):
        return f"{earliest:%b %Y}"
    return f"{show_day(earliest)} to {show_day(latest)}"


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True, slots=True)
class Axis:
    """The periods into which a chart divides its time.

    Attributes:
        unit: `day`, `week`, `month`, `quarter` or `year`.
        first: Index of the first period.
        length: Number of periods.
    """

    unit: str = "month"
    first: int = 0
    length: int = 0

    def labels(self) -> list[str]:
        """Return the names of the periods, in order."""
        return [_label(self.unit, self.first + place) for place in range(self.length)]

    def place(self, day: date) -> int:
        """Return the place of a day's period, from 0."""
        return _index(self.unit, day) - self.first

    def count(self, days: Mapping[date, int]) -> list[int]:
        """Add up the numbers of some days by period; days outside all periods are left out."""
        counts = [0] * self.length
        for day, number in days.items():
            place = self.place(day)
            if 0 <= place < self.length:
                counts[place] += number
        return counts


# The longest time in days that is divided into each unit: a line then has about 8 to 40 points.
_UNITS = ((31, "day"), (220, "week"), (1100, "month"), (3300, "quarter"))
_MOST_PERIODS = 120


def axis_of(days: Collection[date]) -> Axis:
    """Choose the periods for some days; a lone old year must not flatten the rest, so the last ones count."""
    if not days:
        return Axis()
    span = (max(days) - min(days)).days
    unit = next((name for most, name in _UNITS if span <= most), "year")
    first, last = _index(unit, min(days)), _index(unit, max(days))
    first = max(first, last - _MOST_PERIODS + 1)
    return Axis(unit, first, last - first + 1)


def _index(unit: str, day: date) -> int:
    month = day.year * _MONTHS_A_YEAR + day.month - 1
    return {
        "day": day.toordinal(),
        "week": (day.toordinal() - 1) // 7,
        "month": month,
        "quarter": month // _MONTHS_A_QUARTER,
        "year": day.year,
    }[unit]


def _label(unit: str, index: int) -> str:
    if unit == "day":
        return show_day(date.fromordinal(index))
    if unit == "week":
        return f"week of {show_day(date.min + timedelta(days=7 * index))}"
    if unit == "month":
        return f"{date(index // _MONTHS_A_YEAR, index % _MONTHS_A_YEAR + 1, 1):%b %Y}"
    if unit == "quarter":
        return f"Q{index % 4 + 1} {index // 4}"
    return str(index)
