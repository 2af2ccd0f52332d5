"""Ranges with both ends, and durations that say where they lie. All are read on Wednesday 28 July 2021."""

from datetime import date

import pytest
from dates_reading import check, read

from extract.dates.rules import DateRules
from markup import parse_markup

BOTH_ENDS = [
    "It ran from <date value='2021-07-03'>3</date> to <date value='2021-07-05'>5 July</date>.",
    "It ran <date value='2020-10-07'>7</date> to <date value='2020-10-09'>9 October</date>.",
    "It ran between <date value='2014'>2014</date> and <date value='2017'>2017</date>.",
    "The war of <date value='2014'>2014</date>-<date value='2017'>17</date> cost much.",
    "The war of <date value='1939'>1939</date>–<date value='1945'>1945</date> cost much.",
    "The war of <date value='1861'>1861</date>–<date value='1865'>65</date> cost much.",
    "It ran between <date value='1915-04'>April</date> and <date value='1915-06'>June 1915</date>.",
    "It ran from <date value='2020-05'>May</date> until <date value='2020-08'>August 2020</date>.",
    "It ran on <date value='2021-06-03'>June 3</date>-<date value='2021-06-05'>5</date>.",
    "It ran on <date value='1862-04-06'>April 6</date> and <date value='1862-04-07'>7, 1862</date>.",
    "It ran from <date value='2021-07-26'>Monday</date> to <date value='2021-07-28'>Wednesday</date>.",
    "It ran from <date value='2021-07-23'>Friday</date> to <date value='2021-07-25'>Sunday</date>.",
    "It will run <date value='2021-07-30'>Friday</date> to <date value='2021-08-02'>Monday</date>.",
    "He held it from <date value='2021-07-14'>July 14</date> to <date value='2021-07-22'>Thursday</date>.",
]


@pytest.mark.parametrize("source", BOTH_ENDS)
def test_both_ends_have_values(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


STRETCHES = [
    "Over <date value='P3W' range='2021-07-07/2021-07-28'>the past three weeks</date> it rained.",
    "Over <date value='P2Y' range='2019-07-28/2021-07-28'>the last two years</date> it rained.",
    "In <date value='P10D' range='2021-07-28/2021-08-07'>the next ten days</date> it will rain.",
    "Over <date value='P1Y' range='2020-07-28/2021-07-28'>the past year</date> it rained.",
    "In <date value='PT48H' range='2021-07-26/2021-07-28'>the past 48 hours</date> it rained.",
    (
        "It fell on <date value='2014-06-10'>10 June 2014</date>. In <date value='P2W' "
        "range='2014-06-10/2014-06-24' "
        "anchor='2014-06-10 reference'>the following two weeks</date> many fled."
    ),
    "In <date value='P2Y' range='None/None'>the last two years</date> of the war it rained.",
    "It rained for <date value='P3W' range='None/None' anchor='None None'>three weeks</date>.",
    "In <date value='PXM' range='None/None'>recent months</date> it rained.",
]


@pytest.mark.parametrize("source", STRETCHES)
def test_durations_that_say_where_they_lie_have_days(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


def test_a_duration_is_no_date_to_count_from(rules: DateRules) -> None:
    source = (
        "It fell on <date value='2014-06-10'>10 June 2014</date>. Over <date value='P3W'>the past three "
        "weeks</date> "
        "they spoke of <date value='2014-06-11'>the next day</date>."
    )
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


@pytest.mark.parametrize(("anchor", "source"), [(None, None), (date(2021, 7, 28), "inferred")])
def test_without_a_day_to_count_from_a_duration_has_no_days(
    anchor: date | None, source: str | None, rules: DateRules
) -> None:
    [timex] = read("Over the past three weeks it rained.", rules, anchor=anchor, source=source)
    assert (timex.value, timex.earliest, timex.latest, timex.anchor) == ("P3W", None, None, None)
