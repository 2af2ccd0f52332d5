"""The Islamic calendar and the feasts, computed: against `hijridate` and published days."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from dates_reading import of_hijri, read
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates.rules import DateRules
from extract.dates.timex.families import feasts, hijri
from extract.knowledge import read_toml

CALENDARS = read_toml(Path(__file__).parents[2] / "models/dates/calendars.toml")
MONTHS = (
    *("Muharram", "Safar", "Rabi' al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhirah"),
    *("Rajab", "Sha'ban", "Ramadan", "Shawwal", "Dhu al-Qi'dah", "Dhu al-Hijjah"),
)


@settings(max_examples=300, deadline=None)
@given(day=st.dates(min_value=of_hijri(1356, 1, 1), max_value=of_hijri(1500, 12, 29)))
def test_every_written_islamic_day_is_read_as_its_gregorian_day(rules: DateRules, day: date) -> None:
    year, month, number = islamic(day)
    text = f"It fell on {number} {MONTHS[month - 1]} {year} AH."
    [timex] = read(text, rules)
    assert timex.text == text[len("It fell on ") : -1]
    assert (timex.value, timex.earliest, timex.latest) == (day.isoformat(), day, day)


def islamic(day: date) -> tuple[int, int, int]:
    """Return year, month and day by `hijri` itself: the month that holds the day."""
    for year in hijri.years_around(day):
        for month in range(1, 13):
            days = hijri.days_of_month(year, month)
            if days is not None and days[0] <= day <= days[1]:
                return year, month, (day - days[0]).days + 1
    raise AssertionError(day)


def test_the_months_of_the_calendar_follow_one_another_as_hijridate_has_them() -> None:
    expected = of_hijri(1356, 1, 1)
    for year in range(1356, 1501):
        for month in range(1, 13):
            days = hijri.days_of_month(year, month)
            assert days is not None
            assert days[0] == expected == hijri.to_gregorian(year, month, 1)
            for day in range(1, (days[1] - days[0]).days + 2):
                assert hijri.to_gregorian(year, month, day) == of_hijri(year, month, day) == expected
                expected += timedelta(days=1)


def test_outside_the_calendar_there_are_no_days() -> None:
    assert hijri.to_gregorian(1342, 1, 1) is None
    assert hijri.to_gregorian(1443, 13, 1) is None
    assert hijri.to_gregorian(1443, 1, 31) is None
    assert hijri.days_of_month(1501, 1) is None
    assert not hijri.years_around(date(1900, 1, 1))


# Published: U.S. Naval Observatory, "The Date of Easter"; Greek Orthodox Archdiocese of America.
EASTERS = [
    (1818, "03-22", None),
    (1943, "04-25", None),
    (1981, "04-19", "04-26"),
    (2000, "04-23", "04-30"),
    (2008, "03-23", "04-27"),
    (2017, "04-16", "04-16"),
    (2021, "04-04", "05-02"),
    (2024, "03-31", "05-05"),
    (2038, "04-25", "04-25"),
]


@pytest.mark.parametrize(("year", "western", "eastern"), EASTERS)
def test_easter_falls_on_its_published_day(year: int, western: str, eastern: str | None) -> None:
    assert [str(days[0]) for days in feasts.feasts_in("E+0", year)] == [f"{year}-{western}"]
    if eastern is not None:
        assert [str(days[0]) for days in feasts.feasts_in("O+0", year)] == [f"{year}-{eastern}"]


def test_a_year_may_hold_two_of_a_moving_feast_or_none() -> None:
    assert [str(days[0]) for days in feasts.feasts_in("H10-01/3", 2000)] == ["2000-01-08", "2000-12-27"]
    assert feasts.feasts_in("H01-10", 1900) == []


def test_codes_and_days_of_the_data_can_be_read() -> None:
    codes = [code for table in CALENDARS["named_day"].values() for code in table.values()]
    for code in [*codes, *CALENDARS["commemoration"].values()]:
        assert feasts.feasts_in(code, 2021), code
    for day in [*CALENDARS["occasion"].values(), *CALENDARS["slain"].values()]:
        date.fromisoformat(day)
    months = [number for table in CALENDARS["hijri_month"].values() for number in table.values()]
    assert set(months) == set(range(1, 13))
    with pytest.raises(ValueError, match="13th"):
        feasts.feasts_in("13th", 2021)
