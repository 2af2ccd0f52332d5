"""The two ends of one range: `from 3 May to 5 June`, `between 2003 and 2011`, `2006-07`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from extract.dates.cues import ContextCues
from extract.dates.timex.calendar import day_or_none
from extract.dates.timex.context import Meaning
from extract.dates.timex.families.absolute import stated_year
from extract.model import TimexSpan

_LONGEST_MARK = len(", through the ")
_LONGEST_OPENING = len("between the ")
_SLASH = "/"
_YEARLESS = ("day", "month")
_DATED = len("2021")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range.

    Attributes:
        span: Its words.
        meaning: What they mean by themselves.
    """

    span: TimexSpan
    meaning: Meaning

    @property
    def day(self) -> date | None:
        """Its first day, None if open."""
        days = self.meaning.range()
        return None if days is None else days[0]

    @property
    def lacks_year(self) -> bool:
        """Whether its year is not in its words and can be another one: `September 1`, `May`."""
        is_yearless = self.span.rule.split(".")[0] in _YEARLESS and stated_year(self.span) is None
        return is_yearless and self.meaning.base is not None and self.meaning.days is None

    def moved_to(self, year: int) -> "End":
        """Return the end in another year; the same end where that year lacks the day."""
        day = self.day
        if day is None or day_or_none(year, day.month, day.day) is None:
            return self
        value = f"{year:04d}{self.meaning.value[_DATED:]}"
        return replace(self, meaning=replace(self.meaning, value=value))


def are_joined(text: str, start: int, first_end: int, second_start: int, cues: ContextCues) -> bool:
    """Return whether the words between two expressions join them to a range.

    Args:
        text: The text.
        start: Where the first expression starts.
        first_end: Where it ends.
        second_start: Where the second one starts.
        cues: The words around dates.
    """
    if not 0 < second_start - first_end <= _LONGEST_MARK:
        return False
    if cues.range_joins.fullmatch(text, first_end, second_start):
        return cues.range_opens.search(text, max(0, start - _LONGEST_OPENING), start) is not None
    between = text[first_end:second_start]
    return between == _SLASH or cues.range_mark.fullmatch(text, first_end, second_start) is not None


def in_one_stretch(
    first: End, second: End, anchor: date | None, tense: Callable[[int], str | None]
) -> tuple[End, End]:
    """Return the ends of a range in years in which the second follows the first within a year.

    Only an end without a year of its own is moved. If neither has one, the tense decides which of the two
    years that were inferred holds for both, else the one nearer to publication.
    """
    if not (first.lacks_year or second.lacks_year):
        return first, second
    begin, end = first.day, second.day
    if begin is None or end is None or len(first.meaning.value) != len(second.meaning.value):
        return first, second
    years_later = int(_in_year(begin) > _in_year(end))
    if end.year - begin.year == years_later:
        return first, second
    earlier, later = first.moved_to(end.year - years_later), second.moved_to(begin.year + years_later)
    if not second.lacks_year:
        return earlier, second
    if not first.lacks_year:
        return first, later
    return _by_tense(((first, later), (earlier, second)), anchor, tense(first.span.start))


def _in_year(day: date) -> tuple[int, int]:
    return day.month, day.day


def _by_tense(
    options: tuple[tuple[End, End], tuple[End, End]], anchor: date | None, tense: str | None
) -> tuple[End, End]:
    if tense == "PAST":
        return min(options, key=_begin)
    if tense == "FUT" or anchor is None:
        return max(options, key=_begin)
    return min(options, key=lambda ends: abs((_begin(ends) - anchor).days))


def _begin(ends: tuple[End, End]) -> date:
    return ends[0].day or date.min
