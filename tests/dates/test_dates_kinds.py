"""Kinds of expressions that news on Iraq uses and that once went wrong, one text or more each."""

import pytest
from dates_reading import check, read

from extract.dates.rules import DateRules
from markup import parse_markup

# All are read on Wednesday 28 July 2021.
EXAMPLES = [
    # open on one side
    "It has been quiet since <date value='2016' relation='since' range='2016-01-01/None'>2016</date>.",
    "The ban holds until <date value='2021-09' relation='until' range='None/2021-09-30'>September</date>.",
    (
        "The <date value='2005' mod='AFTER' relation='after' "
        "range='2006-01-01/None'>post-2005</date> order fell."
    ),
    (
        "The <date value='1991' mod='BEFORE' relation='before' "
        "range='None/1990-12-31'>pre-1991</date> army was large."
    ),
    "He left after <date value='2021-07-19' relation='after' range='2021-07-20/None'>July 19</date>.",
    "Pay is due before <date value='2021-08-12' relation='before' range='None/2021-08-11'>August 12</date>.",
    (
        "They must hand over arms by <date value='2021-08-02' relation='by' "
        "range='2021-08-02/2021-08-02'>Monday</date>."
    ),
    (
        "Since the <date value='2003' relation='None' range='2003-01-01/2003-12-31'>2003</date> "
        "invasion little changed."
    ),
    "The city is <date value='PRESENT_REF' type='DATE' range='2021-07-28/None'>now</date> calm.",
    "The mayor <date value='PAST_REF' type='DATE' range='None/2021-07-28'>recently</date> resigned.",
    "It may return in <date value='FUTURE_REF' type='DATE' range='2021-07-28/None'>the near future</date>.",
    # names, not dates
    "The raid was first told by USA TODAY and THE SUNDAY TIMES.",
    "The paper, the Mail on Sunday, printed the memo.",
    "The paper on the future posture of the army was leaked.",
    # a planned event beside a day of speech
    "The governor said <date value='2021-07-26'>Monday</date> the bridge will open soon.",
    (
        "Officials announced <date value='2021-07-25'>Sunday</date> that voters would choose a council"
        " on <date value='2021-07-31'>Saturday</date>."
    ),
    (
        "The envoy <date value='2021-07-26'>Monday</date> called for talks that will begin <date "
        "value='2021-08'>next month</date>."
    ),
    # days of events
    (
        "It rained on <date value='XXXX-XX-XX' range='None/None' type='DATE'>the day</date> before "
        "the referendum."
    ),
    (
        "On <date value='XXXX-XX-XX' range='None/None' type='DATE'>the second day</date> of the "
        "sit-in two men were shot."
    ),
    # sets
    (
        "The board meets <date type='SET' value='P3M'>quarterly</date> and reports <date type='SET' "
        "value='P2W'>bi-weekly</date>."
    ),
    "Shells fall <date type='SET' value='P1D'>every single day</date>.",
    "The market closes on <date type='SET' value='XXXX-WXX-WE'>weekends</date>.",
    # two years in short
    "Growth slowed in <date value='2006'>2006</date>-<date value='2007'>07</date>.",
    "The budget of <date value='2014'>2014</date>/<date value='2015'>15</date> was never passed.",
    # amounts
    "It broke down <date value='2019-03'>two years and four months ago</date>.",
    "The clan split <date value='2018'>three or four years ago</date>.",
    "He ruled for <date type='DURATION' value='P2Y6M'>two and a half years</date>.",
    "He spoke for <date type='DURATION' value='PT45M'>three quarters of an hour</date>.",
    "They return <date value='2021-08-06'>a week from Friday</date>.",
    "He was seen <date value='2021-07-16'>the Friday before last</date>.",
    "The depot burned <date type='TIME' value='2021-07-27TNI'>overnight Tuesday</date>.",
    # written with numbers
    "Seen on <date value='2012-11-19'>19-Nov-12</date> at the border.",
    (
        "Entered on <date value='2021-07-23'>23/07/2021</date> and left on <date "
        "value='2021-08-05'>05/08/2021</date>."
    ),
    # decades, halves of years
    "Output will double in <date type='DURATION' value='P10Y'>the next decade</date>.",
    "It was agreed at <date value='2020' mod='END'>the close of last year</date>.",
    "By <date value='2021' mod='MID'>mid-year</date> the army was ready.",
    "The base should shut by <date value='2022' mod='END'>end-2022</date>.",
    # exactness
    "It was founded in <date value='1958' mod='APPROX'>circa 1958</date>.",
    "It was built <date value='1967' mod='APPROX'>around 1967</date>.",
    "It lasted <date type='DURATION' value='P2M' mod='APPROX'>about two months</date>.",
    # ranges
    (
        "They fought between <date value='2020-09-01'>September 1</date> and <date "
        "value='2020-10-10'>October 10, 2020</date>."
    ),
    (
        "They fought between <date value='2020-09-03'>September 3</date> and <date "
        "value='2020-10-12'>October 12</date>."
    ),
    (
        "It ran from <date value='2021-07-05' relation='from'>Monday, July 5</date> to <date "
        "value='2021-07-09' relation='to'>Friday, July 9</date>."
    ),
]

# Read without a day of publication: what is only mentioned somewhere before does not close a date.
UNDATED = [
    (
        "The blockade began in <date value='2016'>2016</date>. The elders met in <date value='XXXX-11'>"
        "November</date>. On <date value='XXXX-WXX-1'>Monday</date> a shell fell."
    ),
    (
        "The dam broke in <date value='1998'>1998</date>. It was filled again in <date value='XXXX-04'>"
        "April</date>, and <date value='XXXX-WXX'>last week</date> it overflowed."
    ),
    (
        "In <date value='2016'>2016</date> the blockade began. In <date value='2016-11'>November</date> the "
        "elders met; they meet again <date value='XXXX-XX-XX'>tomorrow</date>."
    ),
    (
        "The elders met on <date value='XXXX-WXX-6'>Saturday</date>. The towns, invited in <date "
        "value='1997-07'>July 1997</date>, will join the council on <date value='XXXX-03-12'>March 12</date>."
    ),
    (
        "The mill stopped in <date value='1984-Q3'>the third quarter of 1984</date>. It earned 83 cents, up "
        "from 81 <date value='XXXX'>a year ago</date>."
    ),
]


def test_a_year_earlier_is_not_counted_from_a_year_far_above(rules: DateRules) -> None:
    text = "The camp was built in 1948.\n\nMany live there.\n\nFiras had been shot a year earlier."
    assert [(timex.text, timex.value) for timex in read(text, rules)] == [
        ("1948", "1948"),
        ("a year earlier", "XXXX"),
    ]


@pytest.mark.parametrize("source", EXAMPLES)
def test_a_kind_of_expression_is_read(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


@pytest.mark.parametrize("source", UNDATED)
def test_an_undated_text_is_not_closed_by_a_guess(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=None, source=None), text)


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("It lasted from May 2014 to July 2017.", ["May 2014", "July 2017"]),
        ("He fought in the 2006-07 war.", ["2006", "07"]),
        ("It will take between 12 and 18 months.", ["12", "18 months"]),
        ("They met on July 3 and July 5.", []),
        ("He cut the figures on Friday to December's.", []),
    ],
)
def test_the_ends_of_a_range_are_linked(text: str, linked: list[str], rules: DateRules) -> None:
    found = [timex for timex in read(text, rules) if timex.range_of is not None]
    assert [timex.text for timex in found] == linked
    assert len({timex.range_of for timex in found}) <= 1
