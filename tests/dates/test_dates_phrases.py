"""Dates that are phrases of their own: `the night of 6 July`, `the 20th of this month`."""

import pytest
from dates_reading import check, read

from extract.dates.rules import DateRules
from markup import parse_markup

# All are read on Wednesday 28 July 2021.
EXAMPLES = [
    # of a year or month told or counted
    "It fell in <date value='2014'>2014</date>; a law of <date value='2014-06'>June of that year</date>.",
    "He came in <date value='2020-05'>May of last year</date>.",
    "He came in <date value='2020-05' mod='END'>late May of last year</date>.",
    "They vote in <date value='2021-10'>October of this year</date>.",
    "In power since <date value='2020-10-27'>Oct 27 of last year</date>, he rests.",
    "It fell in <date value='2014'>2014</date>, on <date value='2014-06-10'>10 June of the same year</date>.",
    "It ends by <date value='2021-07-20'>the 20th of this month</date>.",
    "It ended on <date value='2021-06-03'>the third day of last month</date>.",
    "It was on February 30 of last year or the 31st of last month.",
    "It was shelled last <date value='2020-10-23'>Oct. 23</date>.",
    # a part of a day
    "Shot on <date type='TIME' value='2021-07-06TEV'>the evening of 6 July</date>, he died.",
    "Burnt on <date type='TIME' value='2018-09-07TNI'>the night of September 7th, 2018</date>, it is a ruin.",
    "Hit on <date type='TIME' value='2021-07-26TMO'>the morning of Monday</date>, it is shut.",
    "Hit in <date type='TIME' value='2021-07-26TMO'>the early hours of Monday</date>, it is shut.",
    (
        "On <date value='2021-07-26'>Monday</date> he came and on "
        "<date type='TIME' value='2021-07-26TEV'>the evening of the same day</date> he left."
    ),
    "Found at <date type='TIME' value='2021-07-28T03:00'>0300 GMT on Wednesday</date>.",
    "Found at <date type='TIME' value='2021-07-28T15:30'>1530 GMT</date>.",
    # the first and last days of a period
    (
        "It snowed in <date value='2020-02' mod='START' range='2020-02-01/2020-02-10'>the first days of "
        "February 2020</date>."
    ),
    "It snowed in <date value='2021-03' mod='END'>the last weeks of March</date>.",
    "It snowed in <date value='2019' mod='END' range='2019-12-01/2019-12-31'>the final days of 2019</date>.",
    "In <date value='2019' mod='START' range='2019-01-01/2019-03-31'>the first months of 2019</date>",
    "It snowed in <date value='2020' mod='END'>the last days of last year</date>.",
    "Sales fell in <date value='2019-Q4' range='2019-10-01/2019-12-31'>the last quarter of 2019</date>.",
    # numbers alone: the day first
    "<date type='TIME' value='2024-11-12T18:20'>12-11-2024 18:20</date>",
    "Posted <date value='2024-11-25'>11-25-2024</date> by the editors.",
    # a year told in another sentence is no frame
    (
        "In <date value='2019-03'>March 2019</date> and <date value='2019-06'>June of that year"
        "</date> it stopped. On <date value='2021-07-05'>July 5</date> it was amended."
    ),
    # a feast in a clause of the future is the next
    "Oil will flow again by <date value='2022-03-21'>Newroz</date>.",
    "Fires were lit for <date value='2021-03-21'>Newroz</date>.",
    # the preposition stays out
    "Over <date type='DURATION' value='P7M'>the seven months</date> many left.",
    "<date type='DURATION' value='P7M' mod='MORE_THAN'>Over seven months</date> went by.",
]


@pytest.mark.parametrize("source", EXAMPLES)
def test_a_phrase_is_one_expression(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


def test_without_publication_a_day_of_this_month_stays_open(rules: DateRules) -> None:
    [timex] = read("It ends by the 20th of this month.", rules, anchor=None, source=None)
    assert (timex.text, timex.value) == ("the 20th of this month", "XXXX-XX-20")


@pytest.mark.parametrize("text", ["He told Basra Today so.", "He reads USA Today, a paper."])
def test_a_paper_called_today_is_no_day(text: str, rules: DateRules) -> None:
    assert read(text, rules) == ()


@pytest.mark.parametrize(
    "text", ["He met them in Basra today.", "Today they met.", "He left. Today he met them."]
)
def test_today_is_a_day(text: str, rules: DateRules) -> None:
    assert [timex.value for timex in read(text, rules)] == ["2021-07-28"]
