"""Chronicles and backgrounders: a year is told once, and the dates after it follow the story."""

from datetime import date
from pathlib import Path

import pytest
from dates_reading import check, read

from extract.dates.finder import find_timexes
from extract.dates.rules import DateRules
from extract.dates.timex.narrative import is_narrative
from markup import parse_markup

TEXTS = sorted((Path(__file__).parent / "narrative").glob("*/*.txt"))
LONG_AFTER = date(2023, 3, 1)


def value_f1(texts: list[Path], rules: DateRules, anchor: date | None) -> float:
    """Return F1 of the values of the expressions found where gold has one, as TempEval-3 counts it."""
    right = found = gold = 0
    for path in texts:
        text, marks = parse_markup(path.read_text(encoding="utf-8"))
        timexes = read(text, rules, anchor=anchor, source="published")
        found, gold = found + len(timexes), gold + len(marks)
        for mark in marks:
            beside = [t for t in timexes if t.start < mark.end and mark.start < t.end]
            right += any(timex.value == mark.attrs["value"] for timex in beside)
    return 2 * right / (found + gold)


@pytest.mark.parametrize("anchor", [None, LONG_AFTER])
@pytest.mark.parametrize("folder", ["before", "after"])
def test_values_follow_the_story(folder: str, anchor: date | None, rules: DateRules) -> None:
    texts = [path for path in TEXTS if path.parent.name == folder]
    assert len(texts) >= 7
    assert value_f1(texts, rules, anchor) >= 0.98


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_backgrounder_is_told_from_news(path: Path, rules: DateRules) -> None:
    text, _ = parse_markup(path.read_text(encoding="utf-8"))
    assert is_narrative(find_timexes(text, rules), LONG_AFTER)


@pytest.mark.parametrize(
    "text",
    [
        "They met on Monday. The talks of 2003, 2005 and 2007 failed, he said yesterday.",
        "The party won in 2005, 2010 and 2014. It lost last year.",
        "It was founded in 2003.",
        "In 2022 and 2023 it rained; in 2014, 2015, 2016 it did not.",
    ],
)
def test_news_is_no_narrative(text: str, rules: DateRules) -> None:
    assert not is_narrative(find_timexes(text, rules), LONG_AFTER)


# All are read without a day of publication.
STORIES = [
    # the year goes on with the story
    (
        "It began on <date value='1941-12-07'>7 December 1941</date>. On <date value='1941-12-25'>25 "
        "December</date> "
        "the colony fell, and by <date value='1942-02'>February</date> the war was near."
    ),
    (
        "<date value='1915'>1915</date>: They landed on <date value='1915-04-25'>25 April</date> and left in "
        "<date value='1915-12'>December</date>.\n<date value='1916'>1916</date>: "
        "In <date value='1916-02'>February</date> they struck."
    ),
    (
        "In <date value='1942-11'>November 1942</date> the ring closed. It surrendered in "
        "<date value='1943-02'>February</date>, after <date value='1943-01' mod='END'>the end of "
        "January</date>."
    ),
    # what happened before the story's day
    (
        "They met on <date value='1940-06-10'>10 June 1940</date>. The envoy, who had landed on "
        "<date value='1940-06-02'>2 June</date>, spoke. On <date value='1940-06-14'>14 June</date> he left."
    ),
    (
        "On <date value='1936-03-07'>7 March 1936</date> they broke the treaty of "
        "<date value='1919'>1919</date>. "
        "The pact of <date value='1925'>1925</date> was dead by <date value='1936-05'>May</date>."
    ),
    (
        "He came on <date value='1958-07-14'>14 July 1958</date>. His deputy, who would fall in "
        "<date value='1963'>1963</date>, spoke on <date value='1958-07-26'>26 July</date>."
    ),
    (
        "He (born <date value='1890'>1890</date>) came on <date value='1920-08-03'>3 August 1920</date> "
        "and left in "
        "<date value='1920-10'>October</date>."
    ),
    # from the date told last
    (
        "It fell on <date value='1917-03-11'>11 March 1917</date>. <date value='1917-03-13'>Two days "
        "later</date> they "
        "rested; <date value='1917-03-13'>the same day</date> was a feast, <date value='1917-03'>that "
        "same month</date> "
        "was not."
    ),
    (
        "They met in <date value='1917-03'>March 1917</date>, on <date value='1917-03-05'>the 5th</date>. "
        "<date value='1917-03-04'>The day before</date>, it rained."
    ),
    (
        "On <date value='2008-07-03'>Thursday, 3 July 2008</date> they met. "
        "<date value='2008-07-07'>The following Monday</date> they parted."
    ),
    (
        "In <date value='1986-02'>February 1986</date> it fell. <date value='1987-01'>The following "
        "January</date> they "
        "attacked; <date value='1986'>the previous year</date> was forgotten."
    ),
    (
        "It ended in <date value='1944-09'>September 1944</date>. <date value='1945-WI' "
        "range='1944-12-01/1945-02-28'>"
        "That winter</date> was hard, <date value='1945-SP'>the following spring</date> was not."
    ),
    (
        "He died in <date value='1944-03'>March 1944</date>. By <date value='1944' mod='END' "
        "range='1944-12-01/1944-12-31'>the end of the year</date> all had left."
    ),
    (
        "On <date value='1944-06-06'>6 June 1944</date> they landed at "
        "<date type='TIME' value='1944-06-06T06:30'>6:30 that morning</date>; "
        "<date type='TIME' value='1944-06-07T03:00'>3 a.m. on the following day</date> was worse."
    ),
    # years long ago
    (
        "On <date value='1808-05-02'>2 May 1808</date> it rose; by <date value='1808-12'>December</date> "
        "it had lost."
    ),
    "It lasted from <date value='BC0264'>264</date> to <date value='BC0241'>241 BC</date>.",
    "At Cannae, on <date value='BC0216-08-02'>2 August 216 BC</date>, they lost.",
]


@pytest.mark.parametrize("source", STORIES)
def test_dates_follow_the_story(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=None, source=None), text)


@pytest.mark.parametrize(
    "source",
    [
        "On <date value='XXXX-07-03' range='None/None'>3 July</date> they left.",
        "<date value='XXXX-XX-XX' range='None/None'>The next day</date> they left.",
        "They left <date value='XXXX-09'>that September</date>.",
        "They left in <date value='XXXX-SP'>the spring</date>.",
        "They left on the 5th.",
        (
            "It fell in <date value='BC0480'>480 BC</date>. <date value='XXXX'>The following year</date> "
            "they left."
        ),
        "In <date value='1942'>1942</date> it fell. <date value='XXXX-XX-XX'>The next day</date> they left.",
        "In <date value='2014'>2014</date> it fell. <date value='XXXX-XX'>Last month</date> they left.",
    ],
)
def test_what_no_date_tells_stays_open(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=None, source=None), text)


@pytest.mark.parametrize(
    "text",
    [
        "In May 1917 he led the attack on the 5th Army.",
        "In May 1917 they lived on the 5th floor.",
        "In May 1917 he pleaded the 5th.",
        "In May 1917 it crossed the 38th parallel.",
    ],
)
def test_an_ordinal_of_something_else_is_no_day(text: str, rules: DateRules) -> None:
    assert [timex.text for timex in read(text, rules, anchor=None, source=None)] == ["May 1917"]


def test_a_backgrounder_still_speaks_of_its_own_month(rules: DateRules) -> None:
    story = "It fell in 2014, rose in 2015, fell again in 2016 and rose on 3 May 2017. In June it rested. "
    text = story + "It is calm this month."
    *_, june, this_month = read(text, rules, anchor=LONG_AFTER)
    assert (june.value, this_month.value) == ("2017-06", "2023-03")
