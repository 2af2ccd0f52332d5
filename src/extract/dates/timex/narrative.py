"""Is a text a narrative, whose dates lean on those told before, and which date has its story reached?

News counts from its day of publication. A chronicle or backgrounder tells the year once and then `On 3 July`,
`the following month`: its missing years come from the story.
"""

import re
from collections.abc import Sequence
from datetime import date

from extract.model import TimexSpan

# Measured on news (TimeBank, AQUAINT), of which none may be taken for a narrative, and on texts of our own.
_FEWEST_YEARS = 3
_NEAR_YEARS = 1
_FAR_YEARS_FOR_EACH_NEAR = 3
# So many expressions in all for each that is counted from the day of writing.
_FOR_EACH_OF_NEWS = 20
_FOR_EACH_OF_NEWS_IF_LONG = 10
_FOR_EACH_OF_NEWS_IF_UNDATED = 8
_LONG = 60
# So many expressions without any of news are no news, if a year is told at all.
_ENOUGH_WITHOUT_NEWS = 15

_ALWAYS_OF_NEWS = {"today", "weekday", "weekday_of_week", "weekend", "latest_quarter", "year_ago"}
_STEPPED = {"period", "stepped_month", "definite_period", "season", "month_of_stepped_year"}

_CLAUSE = 160
_LONGEST_PARAGRAPH = 3000
_HAD = re.compile(r"\bhad\b[^,;.:()\n]{0,160}\Z", re.IGNORECASE)
_BESIDE = re.compile(r"(?:,\s(?:which|who|whose|where)|\bwould)\b[^,;.:()\n]{0,160}\Z", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|of|from)\s\Z", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\s\Z", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|until|till|to)\s(?:the\s)?\Z", re.IGNORECASE)
_BEFORE_A_NOUN = re.compile(r"\b(?:the|a|his|her|its|their|this|that)\s\Z", re.IGNORECASE)
_OPENS_SENTENCE = re.compile(r"(?:\A|\n|[.!?]\s)(?:(?:In|During|On|By|Early in|Late in)\s)?\Z")
_LONGEST_CUE = 12
# Days between two dates of a story: so far ahead it may cross a year, so far back it may look.
_FORWARD = 150
_FORWARD_IN_SECTION = 75
_BACK = 45


def is_narrative(spans: Sequence[TimexSpan], anchor: date | None) -> bool:
    """Return whether the expressions are those of a chronicle or a backgrounder rather than of news.

    Most years told lie far from publication, and hardly anything is counted from it (`last week`).
    Where publication is unknown the second alone decides.

    Args:
        spans: All expressions of the text.
        anchor: Day of publication, None if unknown.
    """
    of_news = sum(map(_is_of_news, spans))
    if anchor is None:
        return of_news * _FOR_EACH_OF_NEWS_IF_UNDATED <= len(spans)
    if of_news * (_FOR_EACH_OF_NEWS_IF_LONG if len(spans) >= _LONG else _FOR_EACH_OF_NEWS) > len(spans):
        return False
    years = [int(year) for span in spans if (year := _stated_year(span)) is not None]
    near = sum(abs(year - anchor.year) <= _NEAR_YEARS for year in years)
    far = len(years) - near
    is_story = far >= _FEWEST_YEARS or (far > 0 and not of_news and len(spans) >= _ENOUGH_WITHOUT_NEWS)
    return is_story and near * _FAR_YEARS_FOR_EACH_NEAR <= far


def _stated_year(span: TimexSpan) -> str | None:
    return span.parts.get("year") or span.parts.get("old_year")


def _is_of_news(span: TimexSpan) -> bool:
    """Return whether an expression is counted from the day of writing."""
    parts, family = span.parts, span.rule.split(".")[0]
    if "mentioned" in parts:
        return False
    is_step_away = family in _STEPPED and parts.get("step", "0") != "0"
    return family in _ALWAYS_OF_NEWS or is_step_away or "direction" in parts


def in_story(
    days: Sequence[date], text: str, offset: int, reached: date, *, in_section: bool = False
) -> date:
    """Choose the year of a day or month told without one: the one that keeps the story going forward.

    It stays in the year that the story has reached, unless a new year is near; after `had` it is the nearest.

    Args:
        days: That day in the years around, in order.
        text: The text.
        offset: Where the expression stands.
        reached: The day the story has reached.
        in_section: The section has that day's year as its heading.
    """
    past = max((day for day in days if day <= reached), default=days[0])
    future = min((day for day in days if day >= reached), default=days[-1])
    back, forward = (reached - past).days, (future - reached).days
    if is_retrospect(text, offset):
        return past if back < forward else future
    if future.year == reached.year:
        return past if back <= _BACK and not _looks_ahead(text, offset) else future
    is_new_year = forward <= (_FORWARD_IN_SECTION if in_section else _FORWARD)
    return future if is_new_year and back > _BACK else past


def is_retrospect(text: str, offset: int) -> bool:
    """Return whether the clause before an expression is in the past perfect: `had landed on 3 May`."""
    return _HAD.search(text, max(0, offset - _CLAUSE), offset) is not None


def _looks_ahead(text: str, offset: int) -> bool:
    return _BY.search(text, max(0, offset - _LONGEST_CUE), offset) is not None


def is_aside(text: str, span: TimexSpan, day: date, reached: date, mentioned_until: int) -> bool:
    """Return whether a date is mentioned beside the story, which goes on from where it was.

    `the treaty of 1919`, `which they had signed in May`, `who would die in 1960`, `(born 1890)`.

    Args:
        text: The text.
        span: The expression.
        day: Its first day.
        reached: The day the story has reached.
        mentioned_until: Offset where the story's last date ended.
    """
    years_on = day.year - reached.year
    if is_retrospect(text, span.start) and day < reached:
        return True
    if _stated_year(span) is None:  # than in the previous year
        return years_on < 0 and not _opens_sentence(text, span.start)
    if years_on and _says_aside(text, span, years_on):
        return True
    if years_on < 0 and span.text.isdigit() and _is_within_paragraph(text, mentioned_until, span.start):
        return not _opens_sentence(text, span.start)
    return False


def _says_aside(text: str, span: TimexSpan, years_on: int) -> bool:
    """Return whether the words before a date of another year set it beside the story."""
    start = span.start
    if _BESIDE.search(text, max(0, start - _CLAUSE), start):
        return True
    left = max(0, start - _LONGEST_CUE)
    if (_SINCE if years_on < 0 else _UNTIL).search(text, left, start):
        return True
    if _is_adjective(text, span, left):
        return years_on != 1
    return abs(years_on) > 1 and _in_brackets(text, start)


def _opens_sentence(text: str, offset: int) -> bool:
    return _OPENS_SENTENCE.search(text, max(0, offset - _LONGEST_CUE), offset) is not None


def _is_within_paragraph(text: str, start: int, end: int) -> bool:
    return end - start < _LONGEST_PARAGRAPH and "\n" not in text[start:end]


def _is_adjective(text: str, span: TimexSpan, left: int) -> bool:
    """Return whether a noun follows: `the 1919 treaty`."""
    is_before_word = text[span.end : span.end + 2].strip().isalpha() and text[span.end : span.end + 1] == " "
    return span.text.isdigit() and is_before_word and bool(_BEFORE_A_NOUN.search(text, left, span.start))


def _in_brackets(text: str, offset: int) -> bool:
    left = text[max(0, offset - _CLAUSE) : offset].rpartition("\n")[2]
    return left.rfind("(") > left.rfind(")")


__all__ = ["in_story", "is_aside", "is_narrative", "is_retrospect"]
