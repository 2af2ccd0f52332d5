"""The turn of a year: a week belongs to one ISO year and may lie in two, a winter always does.

Every kind of week is read on every day around every turn of a year from 1995 to 2035.
"""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from dates_reading import check, read

from extract.dates.finder import find_timexes
from extract.dates.rules import DateRules
from extract.dates.timex.calendar import value_of
from extract.dates.timex.ranges import days_of
from extract.dates.timex.resolver import resolve_timexes
from extract.model import Timex
from markup import parse_markup

YEARS = range(1995, 2036)
DAYS = [date(year, 12, 18) + timedelta(days=away) for year in YEARS for away in range(30)]
DAY, WEEK = timedelta(days=1), timedelta(days=7)

# The weeks, and how many weeks away from this one they are.
WHOLE_WEEKS = {
    "It came this week.": 0,
    "It came last week.": -1,
    "It will come next week.": 1,
    "It came two weeks ago.": -2,
    "It will come three weeks from now.": 3,
}
# Parts of a week, and the weekdays on which they begin and end.
PARTS = {
    "It came early {week}.": (1, 2),
    "It came in mid-{week}.": (3, 4),
    "It came late {week}.": (5, 7),
    "It came at the beginning of {week}.": (1, 2),
    "It came in the middle of {week}.": (3, 4),
    "It came at the end of {week}.": (5, 7),
}
STEPPED = {"last week": -1, "this week": 0, "next week": 1}


def on_every_day(text: str, rules: DateRules) -> list[tuple[date, tuple[Timex, ...]]]:
    """Read a text as if it were published on each of the days."""
    spans = find_timexes(text, rules)
    return [
        (day, resolve_timexes(spans, text, rules.cues, anchor=day, anchor_source="published")) for day in DAYS
    ]


def monday_of(day: date, steps: int) -> date:
    return day - DAY * day.weekday() + WEEK * steps


@pytest.mark.parametrize(("text", "steps"), WHOLE_WEEKS.items())
def test_a_week_has_seven_days_in_whatever_years(text: str, steps: int, rules: DateRules) -> None:
    for day, [timex] in on_every_day(text, rules):
        monday = monday_of(day, steps)
        assert timex.value == "{}-W{:02d}".format(*monday.isocalendar()), day
        assert (timex.earliest, timex.latest) == (monday, monday + 6 * DAY), day


@pytest.mark.parametrize(("text", "ends"), PARTS.items())
@pytest.mark.parametrize(("week", "steps"), STEPPED.items())
def test_a_part_of_a_week_lies_in_it(
    text: str, ends: tuple[int, int], week: str, steps: int, rules: DateRules
) -> None:
    first, last = ends
    for day, [timex] in on_every_day(text.format(week=week), rules):
        monday = monday_of(day, steps)
        assert timex.value == "{}-W{:02d}".format(*monday.isocalendar()), day
        assert (timex.earliest, timex.latest) == (monday + (first - 1) * DAY, monday + (last - 1) * DAY), day


@pytest.mark.parametrize(
    "text",
    [
        "It came earlier this week.",
        "It will come later this week.",
        "It came over the weekend.",
        "It came last weekend.",
        "It will come next weekend.",
        "It came late last weekend.",
        "It came on Tuesday of last week.",
        "It came on Tuesday.",
        "It came last Friday.",
        "It came two Fridays ago.",
        "It came in the first week of January.",
        "It came in the last week of December.",
        "It came in the week of December 30.",
        "It came in the week of January 1.",
        "It came on the last day of last week.",
        "It came on the last day of the year.",
        "It came in the past two weeks.",
        "It came a fortnight ago.",
        "It came early last winter.",
        "It came in mid-winter 2005.",
        "It came late this winter.",
        "It came late last quarter.",
        "It came at the end of the decade.",
        "It came in the new year.",
        "It came the day after New Year’s Day.",
    ],
)
def test_whatever_is_read_at_a_turn_has_its_days_in_order_and_near(text: str, rules: DateRules) -> None:
    for day, timexes in on_every_day(text, rules):
        assert timexes, day
        for timex in timexes:
            assert timex.earliest, day
            assert timex.latest, day
            assert timex.earliest <= timex.latest, day
            if "week" in text or "day" in text.lower():
                assert abs(timex.earliest - day) < 400 * DAY, day
            whole = days_of(timex.value)
            if whole is not None:
                assert whole[0] <= timex.earliest, day
                assert timex.latest <= whole[1], day


# A turn for each weekday on which a year can begin.
TURNS_BY_WEEKDAY = [
    date(year, 12, 29) + timedelta(days=away) for year in range(2016, 2022) for away in range(8)
]


def test_no_rule_breaks_its_days_at_a_turn(rules: DateRules) -> None:
    """Every rule's own example is read, so that a new rule is tested by being listed."""
    for rule in rules.rules:
        spans = find_timexes(rule.example, rules)
        for day in TURNS_BY_WEEKDAY:
            for timex in resolve_timexes(
                spans, rule.example, rules.cues, anchor=day, anchor_source="published"
            ):
                assert timex.value, (rule.name, day)
                assert timex.earliest is None or timex.earliest <= (timex.latest or date.max), (
                    rule.name,
                    day,
                )


# A weekend has too few days for three parts: its first day is the early and the middle part.
UNITS = ["W", "WE", "M", "Q", "E", "C"]


@pytest.mark.parametrize("unit", UNITS)
def test_the_parts_of_a_period_follow_each_other_and_fill_it(unit: str) -> None:
    for value in sorted({value_of(day, unit) for day in DAYS}):
        fill(value, gap=0 if unit == "WE" else 1)


@pytest.mark.parametrize("name", ["SP", "SU", "FA", "WI", "H1", "H2"])
def test_the_parts_of_a_season_and_a_half_fill_it(name: str) -> None:
    for year in YEARS:
        fill(f"{year}-{name}", gap=1)


def fill(value: str, gap: int) -> None:
    whole = days_of(value)
    early, middle, late = (days_of(value, mod) for mod in ("START", "MID", "END"))
    assert whole, value
    assert early, value
    assert middle, value
    assert late, value
    assert (early[0], late[1]) == whole, value
    for part, following in pairwise((early, middle, late)):
        assert part[0] <= part[1], value
        assert part[1] + gap * DAY <= following[0] <= part[1] + DAY, value
    assert late[0] <= late[1], value


# The two kinds that lost articles: a week that begins in December, and a winter.
READ = [
    (
        date(2025, 1, 8),
        "He left <date value='2025-W01' mod='END' range='2025-01-03/2025-01-05'>late last week</date>.",
    ),
    (
        date(2025, 1, 8),
        "He left <date value='2025-W01' mod='START' range='2024-12-30/2024-12-31'>early last week</date>.",
    ),
    (
        date(2019, 1, 5),
        "He left <date value='2019-W01' mod='START' range='2018-12-31/2019-01-05'>earlier this week</date>.",
    ),
    (
        date(2021, 7, 28),
        "He left <date value='2021-WI' mod='END' range='2021-01-30/2021-02-28'>late last winter</date>.",
    ),
]


@pytest.mark.parametrize(("day", "source"), READ)
def test_a_part_of_a_period_that_lies_in_two_years(day: date, source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=day), text)
