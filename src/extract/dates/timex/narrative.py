"""Whether a text is a narrative, whose dates depend on earlier ones, and which date its story has reached.

News counts from its day of publication. A chronicle or backgrounder gives the year once, then `On 3 July` and
`the following month`: the missing years come from the story.
"""

from collections.abc import Sequence
from datetime import date

from extract.dates.cues import ContextCues
from extract.model import TimexSpan

# Tuned on news (TimeBank, AQUAINT), where no text may be taken for a narrative, and on texts of our own.
_MIN_FAR_YEARS = 3
_NEAR_YEARS = 1
_MIN_FAR_PER_NEAR_YEAR = 3
# Minimum number of expressions for each one that is counted from the day of writing.
_MIN_PER_NEWS_DATE = 20
_MIN_PER_NEWS_DATE_IF_LONG = 10
_LONG = 60
# This many expressions, none counted from the day of writing, make a narrative if any distant year is stated.
_MIN_WITHOUT_NEWS_DATES = 15

_NEWS_FAMILIES = {"today", "weekday", "weekday_of_week", "weekend", "latest_quarter", "year_ago"}
_STEPPED = {"period", "stepped_month", "definite_period", "season", "month_of_stepped_year"}

_CLAUSE = 160
_LONGEST_PARAGRAPH = 3000
_LONGEST_CUE = 12
# Maximum days between two dates of a story: forward into a new year, and back.
_MAX_DAYS_FORWARD = 150
_MAX_DAYS_FORWARD_IN_SECTION = 75
_MAX_DAYS_BACK = 45


def is_narrative(spans: Sequence[TimexSpan], anchor: date | None) -> bool:
    """Return whether the expressions are those of a chronicle or a backgrounder rather than of news.

    In a narrative most stated years are far from publication, and hardly anything is counted from it
    (`last week`). If publication is unknown, nothing may be counted from it, and the text must be long or
    begin with a full date: news that looks back must not be taken for a story.

    Args:
        spans: All expressions of the text.
        anchor: Day of publication, None if unknown.
    """
    news_dates = sum(map(_is_news_date, spans))
    if anchor is None:
        return not news_dates and (len(spans) >= _MIN_WITHOUT_NEWS_DATES or _begins_with_date(spans))
    if news_dates * (_MIN_PER_NEWS_DATE_IF_LONG if len(spans) >= _LONG else _MIN_PER_NEWS_DATE) > len(spans):
        return False
    is_pure = not news_dates and len(spans) >= _MIN_WITHOUT_NEWS_DATES
    return _tells_of_far_years(spans, anchor.year, fewest=1 if is_pure else _MIN_FAR_YEARS)


def _tells_of_far_years(spans: Sequence[TimexSpan], published: int, *, fewest: int) -> bool:
    """Return whether at least `fewest` stated years are far from publication, and few are near it."""
    years = [int(year) for span in spans if (year := _stated_year(span)) is not None]
    near = sum(abs(year - published) <= _NEAR_YEARS for year in years)
    far = len(years) - near
    return far >= fewest and near * _MIN_FAR_PER_NEAR_YEAR <= far


def _begins_with_date(spans: Sequence[TimexSpan]) -> bool:
    """Return whether the first expression is a day, a month or a season of a stated year."""
    return bool(spans) and _stated_year(spans[0]) is not None and not spans[0].rule.startswith("year")


def _stated_year(span: TimexSpan) -> str | None:
    return span.parts.get("year") or span.parts.get("old_year")


def _is_news_date(span: TimexSpan) -> bool:
    """Return whether an expression is counted from the day of writing."""
    parts, family = span.parts, span.rule.split(".")[0]
    if "anaphoric" in parts:
        return False
    is_step_away = family in _STEPPED and parts.get("step", "0") != "0"
    return family in _NEWS_FAMILIES or is_step_away or "direction" in parts


def choose_in_story(
    days: Sequence[date], text: str, offset: int, reached: date, cues: ContextCues, *, in_section: bool
) -> date:
    """Choose the year of a day or month stated without one: the year that moves the story forward.

    That is the year the story has reached, unless a new year is near; after `had` the nearest day is meant.

    Args:
        days: That day in the surrounding years, in order.
        text: The text.
        offset: Where the expression starts.
        reached: The day the story has reached.
        cues: The words around dates.
        in_section: Whether the section has the year of `reached` as its heading.
    """
    past, future = last_and_next(days, reached)
    back, forward = (reached - past).days, (future - reached).days
    if is_retrospect(text, offset, cues):
        return past if back < forward else future
    if future.year == reached.year:
        return past if back <= _MAX_DAYS_BACK and not _looks_ahead(text, offset, cues) else future
    is_new_year = forward <= (_MAX_DAYS_FORWARD_IN_SECTION if in_section else _MAX_DAYS_FORWARD)
    return future if is_new_year and back > _MAX_DAYS_BACK else past


def last_and_next(days: Sequence[date], day: date) -> tuple[date, date]:
    """Return the last of some days that is not after `day` and the first that is not before it."""
    past = max((found for found in days if found <= day), default=days[0])
    return past, min((found for found in days if found >= day), default=days[-1])


def is_retrospect(text: str, offset: int, cues: ContextCues) -> bool:
    """Return whether the clause before an expression is in the past perfect: `had landed on 3 May`."""
    return cues.retrospect.search(text, max(0, offset - _CLAUSE), offset) is not None


def _looks_ahead(text: str, offset: int, cues: ContextCues) -> bool:
    return cues.by.search(text, max(0, offset - _LONGEST_CUE), offset) is not None


def is_aside(
    text: str, span: TimexSpan, day: date, *, reached: date, mentioned_until: int, cues: ContextCues
) -> bool:
    """Return whether a date is mentioned in passing, without moving the story.

    `the treaty of 1919`, `which they had signed in May`, `who would die in 1960`, `(born 1890)`.

    Args:
        text: The text.
        span: The expression.
        day: Its first day.
        reached: The day the story has reached.
        mentioned_until: Offset where the last date of the story ended.
        cues: The words around dates.
    """
    years_on = day.year - reached.year
    if is_retrospect(text, span.start, cues) and day < reached:
        return True
    if _stated_year(span) is None:  # `than in the previous year`
        return years_on < 0 and not _opens_sentence(text, span.start, cues)
    if years_on and _says_aside(text, span, years_on, cues):
        return True
    if years_on < 0 and span.text.isdigit() and _is_within_paragraph(text, mentioned_until, span.start):
        return not _opens_sentence(text, span.start, cues)
    return False


def _says_aside(text: str, span: TimexSpan, years_on: int, cues: ContextCues) -> bool:
    """Return whether the words before a date of another year mark it as an aside."""
    start = span.start
    if cues.aside.search(text, max(0, start - _CLAUSE), start):
        return True
    left = max(0, start - _LONGEST_CUE)
    if (cues.since_year if years_on < 0 else cues.until_year).search(text, left, start):
        return True
    if _is_before_word(text, span) and cues.determiner.search(text, left, start):
        return years_on != 1
    return abs(years_on) > 1 and _in_brackets(text, start)


def _opens_sentence(text: str, offset: int, cues: ContextCues) -> bool:
    return cues.opens_sentence.search(text, max(0, offset - _LONGEST_CUE), offset) is not None


def _is_within_paragraph(text: str, start: int, end: int) -> bool:
    return end - start < _LONGEST_PARAGRAPH and "\n" not in text[start:end]


def _is_before_word(text: str, span: TimexSpan) -> bool:
    """Return whether a bare year is followed by a word, which it may modify: `the 1919 treaty`."""
    after = text[span.end : span.end + 2]
    return span.text.isdigit() and after.startswith(" ") and after.strip().isalpha()


def _in_brackets(text: str, offset: int) -> bool:
    left = text[max(0, offset - _CLAUSE) : offset].rpartition("\n")[2]
    return left.rfind("(") > left.rfind(")")


__all__ = ["choose_in_story", "is_aside", "is_narrative", "is_retrospect", "last_and_next"]
