"""The earliest day on which an article without a date line can have been published."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from extract.reading.page.written_dates import DateForms, FoundDate

_WINDOW = 120  # characters on each side of a date
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]* +(?=[\"“‘(]?[A-Z])|[\n\r]")
_WORD = re.compile(r"[\w'’]+")
_HANDLE_BEFORE = re.compile(r"\(@\w{1,30}\)\W{0,3}$")
_FAR_WORDS, _NEAR_WORDS, _ADJACENT_WORDS = 8, 3, 2


def infer_day(text: str, forms: DateForms) -> date | None:
    """Return the latest day that the text reports as past: the article is no older than that.

    A day counts if its year is written, or if all mentions of its month with a year agree on the year. Days
    in a future context (`by December 31`, `will ... on July 3`) are left out; a day after an account's name
    (the signature of a post) always counts.

    Returns:
        None if no day counts, or if the text reports a later month or year as past without naming a day: then
        the article is later than the latest day by an unknown time.
    """
    days = list(forms.find_days(text))
    years = years_of_months(text, days, forms)
    past = [
        day
        for found in days
        if (day := found.in_year(years.get(found.month)))
        and not _is_future(text, found.start, found.end, forms)
    ]
    if not past:
        return None
    latest = max(past)
    later = any(mentioned > (latest.year, latest.month) for mentioned in _past_months(text, forms))
    return None if later else latest


def years_of_months(text: str, days: Iterable[FoundDate], forms: DateForms) -> Mapping[int, int]:
    """Return month -> year for the months to which all dates of the text, with these days, give one year."""
    years: dict[int, set[int]] = defaultdict(set)
    for found in days:
        if found.year:
            years[found.month].add(found.year)
    for match in forms.month_year.finditer(text):
        years[forms.months[match["month"]]].add(int(match["year"]))
    return {month: min(found) for month, found in years.items() if len(found) == 1}


def _past_months(text: str, forms: DateForms) -> Iterator[tuple[int, int]]:
    """Yield (year, month) of the months that the text reports as past; a bare year counts as its January."""
    for match in forms.month_year.finditer(text):
        if not _is_future(text, match.start(), match.end(), forms):
            yield int(match["year"]), forms.months[match["month"]]
    for match in forms.bare_year.finditer(text):
        if not _is_future(text, match.start(), match.end(), forms):
            yield int(match["year"]), 1


def _is_future(text: str, start: int, end: int, forms: DateForms) -> bool:
    before = text[max(0, start - _WINDOW) : start]
    if _HANDLE_BEFORE.search(before):
        return False
    preceding = _words(_SENTENCE_END.split(before)[-1])
    following = _words(_SENTENCE_END.split(text[end : end + _WINDOW])[0])
    if forms.future_following.intersection(following[:_ADJACENT_WORDS]):
        return True
    if forms.past_near.intersection(preceding[-_ADJACENT_WORDS:]):
        return False
    near, far = preceding[-_NEAR_WORDS:], preceding[-_FAR_WORDS:]
    return bool(forms.future_near.intersection(near) or forms.future_far.intersection(far))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
