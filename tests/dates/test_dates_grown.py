"""Spans that grow: fallback rules and words that any expression takes in; days counted within a period."""

import pytest
from dates_reading import check, read

from extract.dates.rules import DateRules
from markup import parse_markup

# All are read on Wednesday 28 July 2021.
EXAMPLES = [
    # words in any order about a unit
    "It rained <date type='DURATION' value='P1W'>the entire past week</date>.",
    "It rained in <date type='DURATION' value='P2W'>the past fortnight</date>.",
    "It took <date type='DURATION' value='PXY'>the last few difficult years</date>.",
    "It took <date type='DURATION' value='P3Y'>three long hard years</date>.",
    "It lasted <date type='DURATION' value='P7D'>a further seven days</date>.",
    "It lasted <date type='DURATION' value='P1Y'>another year</date>.",
    "It fell in <date type='DURATION' value='P1Y6M'>the past year and a half</date>.",
    "It fell for <date type='DURATION' value='P5D'>the past five trading days</date>.",
    "It fell for <date type='SET' value='XXXX-SU'>the past three summers</date>.",
    "It fell on <date value='2021-06-03'>3 June</date>; <date value='2021-W22'>that whole week</date> too.",
    # words that whatever stands beside them takes in
    "It took <date value='P20Y'>the better part of two decades</date>.",
    "It lasts until <date value='2025'>2025 and beyond</date>.",
    "It ends in <date value='2025'>2025</date> or <date value='2021' mod='END'>later this year</date>.",
    # a verb, and words of another phrase, are none of theirs
    "It is likely to last <date value='P2W' mod='EQUAL_OR_MORE'>two to three weeks</date>.",
    "It may rise further <date value='2021-07'>this month</date>.",
    # the same a year before
    "Low in <date value='2021-03'>March</date>, high <date value='2020-03'>the same month last year</date>.",
    (
        "It fell in <date value='2021-Q1'>the first quarter</date> but not in "
        "<date value='2020-Q1'>the same period a year earlier</date>."
    ),
    "It was full at <date value='2020'>this time last year</date>.",
    # a day or a year as it was spent
    "Shares ended <date value='2021-07-28'>the day</date> higher.",
    "<date value='2021-07-26'>Monday</date> was bad; they ended <date value='2021-07-26'>the day</date> low.",
    "For <date value='2021'>the full year</date> it expects a loss.",
    "They struck for <date value='2021-07-28'>a second consecutive day</date>.",
    "It rose for <date value='P1Y'>the year</date> ended <date value='2021-06-30'>June 30</date>.",
    # years and decades in short
    "It was the worst since <date value='1982'>'82</date>.",
    "She likes songs of <date value='197'>the 70s</date> and <date value='198'>80s</date>.",
    "It was built in <date value='18' mod='END'>the closing years of the 19th century</date>.",
    "It was built at <date value='19' mod='START'>the beginning of the 20th century</date>.",
    "The war (<date value='1904'>1904</date>-<date value='1905'>05</date>) was lost.",
    # what lies ahead without a verb that says so
    "They called a strike for <date value='2021-07-29'>Thursday</date>.",
    "They blamed him for <date value='2021-07-22'>Thursday</date>'s strike.",
    "People go to the polls on <date value='2021-08-01'>Sunday</date>.",
    "Profit will rise in <date value='2021-Q4'>the fourth quarter</date>.",
    "He has not spoken since <date value='2021-04'>April</date>.",
    # a day of a period
    "It is due on <date value='2021-07-31'>the last day of the month</date>.",
    "It was due on <date value='2021-06-30'>the final day of last month</date>.",
    "It was due on <date value='2021-07-01'>the first day of July</date>.",
    "It was due on <date value='2014-01-02'>the second day of 2014</date>.",
    "It fell on <date value='2021-06-13'>Sunday the 13th</date>.",
    "It dried up <date value='2020-SU'>two summers ago</date>.",
    "<date value='XXXX-XX-XX'>The first day</date> of the talks was calm.",
    # the Islamic calendar
    "They marched on <date value='2021-05-07'>the last Friday of Ramadan</date>.",
    "They marched on <date value='2019-05-10'>the first Friday of Ramadan 2019</date>.",
    "In <date value='2019-07'>July 2019</date>, in <date value='2020-04'>the following Ramadan</date> too.",
    "In <date value='2019-07'>July 2019</date>, in <date value='2019-05'>the previous Ramadan</date> too.",
    "It fell <date value='XXXX-XX-XX' anchor='2021-08-18 reference'>a few days before Ashura</date>.",
    (
        "In <date value='2021'>1443 AH</date>, <date value='2022-04'>Ramadan</date> began on "
        "<date value='2022-04-02'>2 April</date>."
    ),
]


@pytest.mark.parametrize("source", EXAMPLES)
def test_spans_take_in_what_belongs_to_them(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


def test_what_was_taken_in_keeps_the_rule_that_gives_the_value(rules: DateRules) -> None:
    [timex] = read("It took the better part of two decades.", rules)
    assert timex.rule == "duration.counted"


def test_without_a_date_a_day_of_a_period_stays_open(rules: DateRules) -> None:
    [timex] = read("It is due on the last day of the month.", rules, anchor=None, source=None)
    assert (timex.value, timex.earliest) == ("XXXX-XX-XX", None)
