"""What a quotation counts from the day it was spoken. All are read on Wednesday 28 July 2021."""

from datetime import date

import pytest
from dates_reading import WEDNESDAY, check, read

from extract.dates.rules import DateRules
from markup import parse_markup

SPOKEN = [
    (
        "“We will act on <date value='2021-05-08' anchor='2021-05-04 reference'>Saturday</date>,” he said on "
        "<date value='2021-05-04'>4 May</date>. He came on <date value='2021-07-27'>Tuesday</date>."
    ),
    (
        "On <date value='2019-05-03'>May 3, 2019</date>, the mayor said: \"We met <date value='2019-05-02'>"
        "yesterday</date>. In <date value='2019-07'>July</date> it ends.\" It ended "
        "<date value='2020'>last year</date>."
    ),
]
NOT_SPOKEN = [
    # the week of publication
    ("“We met <date value='2021-07-26'>Monday</date>,” he said on <date value='2021-07-27'>27 July</date>."),
    # a sentence of its own
    "\"It was <date value='2021-07-26'>Monday</date>.\" On <date value='2021-05-03'>3 May</date> it rained.",
    # nobody speaks
    (
        "The “day of rage on <date value='2021-07-26'>Monday</date>” was banned on "
        "<date value='2021-05-03'>3 May</date>."
    ),
]


@pytest.mark.parametrize("source", SPOKEN + NOT_SPOKEN)
def test_a_quotation_counts_from_the_day_it_was_spoken(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=WEDNESDAY), text)


def test_the_day_of_speech_serves_where_publication_is_unknown(rules: DateRules) -> None:
    text = "“We will act on Saturday,” he said on 4 May 2021. He came on Tuesday."
    spoken, _, mentioned = read(text, rules, anchor=None, source=None)
    assert (spoken.value, spoken.anchor) == ("2021-05-08", date(2021, 5, 4))
    assert mentioned.value == "XXXX-WXX-2"
