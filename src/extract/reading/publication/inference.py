"""The earliest day on which an article without a date line can have been published."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from extract.reading.page.written_dates import DateForms, FoundDate

_WINDOW = 120
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]* +(?=[\"“‘(]?[A-Z])|[\n\r]")
_WORD = re.compile(r"[\w'’]+")
_HANDLE_BEFORE = re.compile(r"\(@\w{1,30}\)\W{0,3}$")
_BARE_YEAR = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ll]ate|[Ee]arly|[Mm]id|[Tt]hroughout)[ -](?P<year>20[0-9]{2})\b"
)
_FAR, _NEAR, _PAST = 8, 3, 2


def infer_day(text: str, forms: DateForms) -> date | None:
    """Return the latest day that the text reports as past: the article is no older than that.

    A day counts if its year is written, or if all mentions of its month that have a year agree on it. Days
    in a future context (`by December 31`, `will ... on July 3`) are left out; those after an account's name
    (a post's signature) always count.

    Returns:
        None if no day counts, or if the text reports a later month or year without a day: then the latest
        day lies too far back to reckon from.
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
    """Return the year of each month that the text, with these days in it, puts in one year only."""
    years: dict[int, set[int]] = defaultdict(set)
    for found in days:
        if found.year:
            years[found.month].add(found.year)
    for match in forms.month_year.finditer(text):
        years[forms.months[match["month"]]].add(int(match["year"]))
    return {month: min(found) for month, found in years.items() if len(found) == 1}


def _past_months(text: str, forms: DateForms) -> Iterator[tuple[int, int]]:
    """Yield the months, and years as their first month, that the text reports as past."""
    for match in forms.month_year.finditer(text):
        if not _is_future(text, match.start(), match.end(), forms):
            yield int(match["year"]), forms.months[match["month"]]
    for match in _BARE_YEAR.finditer(text):
        if not _is_future(text, match.start(), match.end(), forms):
            yield int(match["year"]), 1


def _is_future(text: str, start: int, end: int, forms: DateForms) -> bool:
    before = text[max(0, start - _WINDOW) : start]
    if _HANDLE_BEFORE.search(before):
        return False
    words = _words(_SENTENCE_END.split(before)[-1])
    following = _words(_SENTENCE_END.split(text[end : end + _WINDOW])[0])
    if forms.future_following.intersection(following[:_PAST]):
        return True
    if forms.past_near.intersection(words[-_PAST:]):
        return False
    near, far = words[-_NEAR:], words[-_FAR:]
    return bool(forms.future_near.intersection(near) or forms.future_far.intersection(far))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
