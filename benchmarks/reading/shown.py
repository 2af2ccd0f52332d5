"""What a pasted text shows of the metadata of its page: only that can be asked of its reader."""

import re
from collections.abc import Sequence
from datetime import date

from extract.reading.page.lines import fold

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
SHORT_MONTH = 3
GAP = r"(?:st|nd|rd|th)?\W{1,3}(?:of )?"


def shows_day(text: str, days: Sequence[str]) -> bool:
    """Return whether the text has one of the days written out or in numbers, always with its year."""
    return any(_written(date.fromisoformat(day)).search(text) for day in days)


def shows_any(text: str, names: Sequence[str]) -> bool:
    """Return whether the text has one of the names in full, whatever its capitals and marks."""
    words = f" {fold(text)} "
    return any(f" {fold(name)} " in words for name in names)


def _written(day: date) -> re.Pattern[str]:
    """Return the pattern of a day: `Nov. 3, 2019`, `3rd of November 2019`, `2019-11-03`, `11/3/19`."""
    name = MONTHS[day.month - 1]
    month = rf"{name[:SHORT_MONTH]}(?:{name[SHORT_MONTH:]}|t)?\.?"
    number, year = f"0?{day.day}", f"{day.year}"
    in_words = (rf"{month}\W{{1,2}}{number}{GAP}{year}", rf"{number}{GAP}{month}\W{{1,3}}{year}")
    n, d, y = f"0?{day.month}", f"0?{day.day}", f"(?:20)?{day.year % 100:02}"
    in_numbers = (f"{year}[-/.]{n}[-/.]{d}", f"{n}[-/.]{d}[-/.]{y}", f"{d}[-/.]{n}[-/.]{y}")
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join((*in_words, *in_numbers))})(?![0-9])", re.IGNORECASE)
