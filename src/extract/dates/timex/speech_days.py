"""Quotations whose attribution says when they were spoken: `"We will act on Monday," he said on 3 May`."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from extract.dates.cues import ContextCues
from extract.model import Timex

# Curly or straight marks; a quotation ends within its paragraph.
_QUOTATION = re.compile(r"“[^“”\n]{1,800}”|\"[^\"\n]{1,800}\"")
_SENTENCE_BREAK = re.compile(r"(?<=\w\w)[.!?][\"”]?\s|\n")
_LONGEST_ATTRIBUTION = 160
# Within a week of publication, weekdays in a quotation are counted from publication, as in the report.
_SAME_WEEK = 7


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation and the day it was spoken."""

    start: int
    end: int
    day: date


def speeches(
    text: str, timexes: Sequence[Timex], published: date | None, cues: ContextCues
) -> Iterator[Speech]:
    """Yield the quotations whose attribution states a day a week or more away from publication.

    Args:
        text: The text.
        timexes: All expressions in the text, in order.
        published: Day of publication, None if unknown.
        cues: The words around dates.
    """
    days = [timex for timex in timexes if _is_stated_day(timex, published)]
    for quotation in _QUOTATION.finditer(text) if days else ():
        start, end = quotation.span()
        day = next(_days_spoken(text, start, end, days, cues), None)
        if day is not None:
            yield Speech(start, end, day)


def _days_spoken(
    text: str, start: int, end: int, days: Sequence[Timex], cues: ContextCues
) -> Iterator[date | None]:
    """Yield the first day stated in each attribution of the quotation `start:end`."""
    for begin, stop in _attributions(text, start, end):
        index = bisect_left(days, begin, key=attrgetter("start"))
        has_day = index < len(days) and days[index].end <= stop
        if has_day and cues.said.search(text, begin, stop):
            yield days[index].earliest


def _attributions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span of the sentence after the quotation `start:end`, then the one before it."""
    if text[end - 2] not in ".!?" or text[end : end + 2].strip().islower():
        yield end, _until_break(text, end)
    yield _since_break(text, start), start


def _is_stated_day(timex: Timex, published: date | None) -> bool:
    if not timex.rule.startswith("day.") or timex.earliest is None or timex.earliest != timex.latest:
        return False
    return published is None or abs((timex.earliest - published).days) >= _SAME_WEEK


def _until_break(text: str, offset: int) -> int:
    end = min(len(text), offset + _LONGEST_ATTRIBUTION)
    found = _SENTENCE_BREAK.search(text, offset, end)
    return end if found is None else found.start()


def _since_break(text: str, offset: int) -> int:
    start = max(0, offset - _LONGEST_ATTRIBUTION)
    breaks = [found.end() for found in _SENTENCE_BREAK.finditer(text, start, offset)]
    return breaks[-1] if breaks else start
