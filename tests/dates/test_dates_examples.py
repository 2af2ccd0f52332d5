"""What the dates rooms make of whole sentences: spans, values, mods and ranges."""

from datetime import date

import pytest
from dates_reading import check, read

from extract.dates.rules import DateRules
from markup import parse_markup

# All are read on Wednesday 28 July 2021.
EXAMPLES = [
    # days with a year
    "They met on <date value='2021-07-28' range='2021-07-28/2021-07-28'>July 28, 2021</date>.",
    "They met on <date value='2020-08-23'>23 August 2020</date>.",
    "They met on <date value='2021-07-27'>Tuesday, 27 July, 2021</date>.",
    "It began on <date value='2021-07-27'>the 27th of July, 2021</date>.",
    "<date type='TIME' value='2021-08-01T09:45'>Sunday, 1 August, 2021 - 09:45</date>",
    "Posted <date value='2021-07-27'>27/07/2021</date> by the editors.",
    "Posted <date value='2021-07-06'>7/6/2021</date> by the editors.",
    "Posted <date value='2021-07-27T08:15' type='TIME'>2021-07-27T08:15</date> by the editors.",
    "Posted <date value='1999-12-31'>12/31/99</date> by the editors.",
    "Posted <date value='2021-07-27'>Tue, 27 Jul. 2021</date> by the editors.",
    "The clash of <date value='2021-07-05'>5 Tammuz 2021</date> was the worst.",
    "By <date value='2021-10-14'>14 Tishrin al-Awwal</date> the roads were open.",
    # days without a year
    "A rocket fell on <date value='2021-07-26' anchor='2021-07-28 published'>July 26</date>.",
    "A rocket fell on <date value='2021-07-26'>Monday, July 26</date>.",
    "A rocket fell on <date value='2021-07-26'>the 26th of July</date>.",
    "The council will meet on <date value='2021-12-30'>December 30</date>.",
    "The council met on <date value='2020-12-30'>December 30</date>.",
    "The council met on <date value='2020-12-30'>Wednesday, December 30</date>.",
    "Shells hit the camp at <date type='TIME' value='2021-07-26T20:30'>8:30 p.m. on July 26</date>.",
    "In a leap year, on <date value='2020-02-29'>February 29</date>, it rained.",
    # days in words, second days, days and hours that are about so
    "It falls on <date value='2022-03-08'>Tuesday, March eighth</date>.",
    "It began on <date value='2021-07-04'>the fourth of July</date>.",
    "They met on <date value='2021-07-26'>July 26</date> and <date value='2021-07-27'>27</date>.",
    "On <date value='2021-07-26'>July 26</date> and 12 others were hurt.",
    "It fell <date value='2021-07-26' mod='APPROX'>around July 26</date>.",
    "It fell <date type='TIME' value='2021-07-28T19:15' mod='APPROX'>about 7:15 p.m.</date>",
    # months
    "An <date value='2021-04' range='2021-04-01/2021-04-30'>April 2021</date> poll was cancelled.",
    "He left in <date value='2021-07' mod='END' range='2021-07-21/2021-07-31'>late July 2021</date>.",
    "He came in <date value='2021-07' mod='MID' range='2021-07-11/2021-07-20'>mid-July</date>.",
    "He came in <date value='2021-08' mod='START' range='2021-08-01/2021-08-10'>early August</date>.",
    "By <date value='2021-07' mod='END' range='2021-07-21/2021-07-31'>the end of July</date> it was calm.",
    "It was signed in <date value='2021-02' mod='END' range='2021-02-21/2021-02-28'>late February</date>.",
    "Polls are scheduled for <date value='2021-10'>October</date>.",
    "Polls were held in <date value='2020-10'>October</date>.",
    "It was agreed in <date value='2021-05'>May</date> and dropped in <date value='2021-03'>March</date>.",
    "He was arrested <date value='2020-07'>last July</date>.",
    "He was arrested <date value='2021-04'>last April</date>.",
    "The term ends <date value='2022-05'>next May</date>.",
    "In <date value='2020-11'>November last year</date> the tribe rose.",
    "In <date value='2020-03'>Adhar 2020</date> the tribe rose.",
    # parts that are counted, short forms
    "In <date value='2021-07' mod='START' range='2021-07-01/2021-07-15'>the first half of July</date>.",
    "In <date value='2020-05' mod='END' range='2020-05-16/2020-05-31'>the latter half of May 2020</date>.",
    "In <date value='199' mod='END' range='1995-01-01/1999-12-31'>the second half of the 1990s</date>.",
    "In <date value='2021-07' range='2021-07-15/2021-07-21'>the third week of July</date>.",
    "On <date value='2021-08-02'>the first Monday of August</date> schools open.",
    "On <date value='2021-05-28'>the last Friday of May 2021</date> they marched.",
    "In <date value='2020-Q3'>Q3 2020</date> and <date value='2021-H1'>H1 2021</date>",
    "In <date value='2021'>FY 2021</date>",
    "Posted <date value='2021-07-27'>2021/07/27</date> and <date value='2021-07-28'>28-Jul-2021</date>.",
    "The report of <date value='2021-05' range='2021-05-01/2021-05-31'>2021-05</date> is out.",
    "They will meet <date value='2021-07-29'>this Thursday</date>.",
    "They met <date value='2021-07-26'>this Monday</date>.",
    "It fell <date value='2021-W29-WE' mod='START' range='2021-07-24/2021-07-24'>earlier this weekend</date>",
    "It opens in <date value='2021-W31' range='2021-08-02/2021-08-08'>the week of August 3</date>.",
    "It fell at <date type='TIME' value='2021-07-28T04:00'>4 in the morning</date>.",
    "For <date type='DURATION' value='P5Y' mod='EQUAL_OR_MORE'>the last five or six years</date> it rained.",
    # years and longer
    "By <date value='2000'>the year two thousand</date> it was built.",
    "In <date value='199' mod='END'>the late nineties</date> it was closed.",
    "It will <date value='FUTURE_REF'>one day</date> be rebuilt.",
    "It took <date type='DURATION' value='P1Y' mod='APPROX'>a year or two</date>.",
    "It will take <date type='DURATION' value='PXW'>weeks or months</date>.",
    "It stood <date type='DURATION' value='P2000Y' mod='MORE_THAN'>more than two thousand years</date>.",
    (
        "Sales rose in <date value='2021-Q2'>the quarter</date> ended <date value='2021-06-30'>June 30</date>"
        " from 4 <date value='2020-Q2'>a year earlier</date>, 7 from <date value='2020-Q2'>a year ago</date>"
    ),
    # figures of a report: the quarter reported on, what it is compared with, longer periods
    (
        "After a flat <date value='2021-Q1'>first quarter</date>, sales rose. They told of "
        "<date value='2021-Q2'>second-quarter</date> losses, fewer than in "
        "<date value='2020-Q2'>the quarter a year ago</date>."
    ),
    (
        "Profit fell in <date value='2021-Q2'>the second quarter</date>. After a good "
        "<date value='2021-Q1'>first quarter</date> sales were flat in <date value='2021-Q2'>the latest "
        "quarter</date>, as in <date value='2020-Q2'>last year's quarter</date>."
    ),
    (
        "Profit fell in <date value='2021-Q2'>the second quarter</date>. "
        "For <date type='DURATION' value='P9M'>the nine months</date> it rose from 4 "
        "<date value='2020'>a year earlier</date> (<date value='2020'>the year-ago period</date>); in "
        "<date value='2020-Q2'>the year-ago quarter</date> it was 2."
    ),
    (
        "Losses will last through <date value='2022-Q3'>the third quarter of 2022</date>. "
        "Net was 3 in <date value='2020'>the year-ago period</date>."
    ),
    "Net for <date type='DURATION' value='P9M'>the year-earlier nine months</date> was 3.",
    "Net for <date value='2021-Q1'>the fiscal-first quarter</date> was 3.",
    "Net for the <date value='2021-Q2'>fiscal second-quarter</date> was 3.",
    "Troops came back in <date value='2014' range='2014-01-01/2014-12-31'>2014</date>.",
    "Troops left in <date value='2017' mod='END' range='2017-10-01/2017-12-31'>late 2017</date>.",
    "Troops left <date value='2021' mod='END' range='2021-12-01/2021-12-31'>End 2021</date>",
    "It held until <date value='2018' mod='MID' range='None/2018-08-31'>mid-2018</date>.",
    "The <date value='2003' mod='AFTER'>post-2003</date> order survived.",
    "The war of <date value='2014'>2014</date>-<date value='2017'>2017</date> cost much.",
    "It opened in <date value='1889'>1889</date>.",
    "In <date value='2014'>2014</date> soldiers fled.",
    "The <date value='2015'>2015</date> attacks were worse.",
    "Sales fell in <date value='2021-H1' range='2021-01-01/2021-06-30'>the first half of 2021</date>.",
    "Sales fell in <date value='2020-Q3' range='2020-07-01/2020-09-30'>the third quarter of 2020</date>.",
    "Sales fell in <date value='2020-Q4'>the fourth quarter</date>.",
    "Sanctions of <date value='199' range='1990-01-01/1999-12-31'>the 1990s</date> left scars.",
    "Since <date value='198' mod='START' range='1980-01-01/None'>the early 1980s</date> they fought.",
    "A shrine of <date value='18'>the 19th century</date> was hit.",
    "In <date value='2014-SU' range='2014-06-01/2014-08-31'>the summer of 2014</date> Mosul fell.",
    "It was hot <date value='2021-SP'>last spring</date>.",
    "In <date value='1991-01'>January nineteen ninety-one</date> the bombs fell.",
    # counted from publication
    "He spoke <date value='2021-07-27'>yesterday</date> and speaks <date value='2021-07-28'>today</date>.",
    "He arrives <date value='2021-07-29'>tomorrow</date>.",
    "He left <date value='2021-07-26'>the day before yesterday</date>.",
    "He left <date type='TIME' value='2021-07-27TMO'>yesterday morning</date>.",
    "Guards fired <date type='TIME' value='2021-07-27TNI'>last night</date>.",
    "The base was hit <date type='TIME' value='2021-07-27T20:00'>yesterday at 8 p.m.</date>",
    "He spoke on <date value='2021-07-27'>Tuesday</date> in Basra.",
    "He spoke on <date value='2021-07-28'>Wednesday</date> in Basra.",
    "He spoke on <date value='2021-07-22'>Thursday</date> in Basra.",
    "The blocs will meet on <date value='2021-07-29'>Thursday</date> in Basra.",
    "The vote is scheduled for <date value='2021-07-31'>Saturday</date>.",
    "He leaves <date value='2021-07-30'>next Friday</date>.",
    "He left <date value='2021-07-23'>last Friday</date>.",
    "Shots rang out <date type='TIME' value='2021-07-27TNI' mod='END'>late Tuesday night</date>.",
    "Shots rang out at <date type='TIME' value='2021-07-26T09:00'>9 a.m. on Monday</date>.",
    "It was on <date value='2021-07-20'>Tuesday of last week</date>.",
    "They end <date value='2021' range='2021-01-01/2021-12-31'>this year</date>.",
    "Since <date value='2020'>last year</date> little has changed.",
    "It failed <date value='2021' mod='START' range='2021-01-01/2021-07-28'>earlier this year</date>.",
    "It resumes <date value='2021-W30' mod='END' range='2021-07-28/2021-08-01'>later this week</date>.",
    "Talks resume <date value='2021-W31' mod='START'>early next week</date>.",
    "Talks broke down <date value='2021-W29' range='2021-07-19/2021-07-25'>last week</date>.",
    "Talks broke down <date value='2021-06'>last month</date>.",
    "They go by <date value='2021' mod='END' range='2021-12-01/2021-12-31'>the end of this year</date>.",
    "They go by <date value='2021-07' mod='END' range='2021-07-21/2021-07-31'>the end of the month</date>.",
    "The army rested over <date value='2021-W29-WE' range='2021-07-24/2021-07-25'>the weekend</date>.",
    "They fled <date value='2003' anchor='2021-07-28 published'>18 years ago</date>.",
    "They fled <date value='2021-07-25'>three days ago</date>.",
    "They fled <date value='2021-05'>two months ago</date>.",
    "They fled <date value='PAST_REF'>a few months ago</date>.",
    "They return <date value='2021-08-07'>ten days from now</date>.",
    "Families gather on <date value='2021-12-24'>Christmas Eve</date>.",
    "Kurds lit fires for <date value='2021-03-21'>Nowruz</date>.",
    "The <date value='2001-09-11'>9/11</date> attacks changed it all.",
    # counted from a date mentioned before
    (
        "Protests began in <date value='2019-10'>October 2019</date>; "
        "<date value='2019-12' anchor='2019-10-01 reference'>two months later</date> he resigned."
    ),
    "It fell in <date value='2014'>2014</date>. <date value='2015'>The following year</date> it was retaken.",
    (
        "It fell on <date value='2014-06-10'>June 10, 2014</date> and "
        "<date value='2014-06-11'>the next day</date> others fled. "
        "<date value='2014-06'>That month</date> was the worst of <date value='2014'>that year</date>."
    ),
    (
        "On <date value='2021-07-26'>Monday</date> he came, and "
        "<date type='TIME' value='2021-07-26TEV'>that evening</date> he spoke."
    ),
    (
        "In <date value='2020-Q2'>the second quarter of 2020</date> exports beat those of "
        "<date value='2019-Q2'>a year earlier</date>."
    ),
    (
        "The sit-ins of <date value='2019-10'>October 2019</date> went on until "
        "<date value='2020-03'>March</date> and ended on <date value='2020-03-17'>March 17</date>."
    ),
    # durations
    "He stayed <date type='DURATION' value='P3Y'>three years</date>.",
    "The <date type='DURATION' value='P8Y'>eight-year</date> war ended.",
    "He ruled for <date type='DURATION' value='P1Y' mod='MORE_THAN'>little over a year</date>.",
    "He ruled for <date type='DURATION' value='P10D' mod='EQUAL_OR_MORE'>at least 10 days</date>.",
    "He ruled for <date type='DURATION' value='P10Y' mod='APPROX'>nearly a decade</date>.",
    "The siege took <date type='DURATION' value='P2W' mod='EQUAL_OR_MORE'>two to three weeks</date>.",
    "It lasted <date type='DURATION' value='P2Y6M'>two and a half years</date>.",
    "It lasted <date type='DURATION' value='PT1H30M'>an hour and a half</date>.",
    "It lasted <date type='DURATION' value='P24D'>twenty-four days</date>.",
    "A <date type='DURATION' value='PT48H'>48-hour</date> truce took hold.",
    "A <date type='DURATION' value='PXE'>decades-long</date> feud flared.",
    "In <date type='DURATION' value='PXM'>recent months</date> drones came.",
    "Over <date type='DURATION' value='P18Y'>the past 18 years</date> many left.",
    "It may take <date type='DURATION' value='PXY'>years</date>.",
    # sets
    "They pray <date type='SET' value='XXXX-WXX-5'>every Friday</date>.",
    "They march on <date type='SET' value='XXXX-WXX-5'>Fridays</date>.",
    "They train <date type='SET' value='XXXX-XX-XXTMO'>each morning</date>.",
    "They train twice <date type='SET' value='P1W'>a week</date>.",
    "They train <date type='SET' value='P2D'>every other day</date>.",
    "The <date type='SET' value='P1D'>daily</date> tasks went on.",
    "They return <date type='SET' value='XXXX-07'>every July</date>.",
    # references
    "Troops are <date type='DATE' value='PRESENT_REF'>now</date> fewer.",
    "It is about <date type='DATE' value='FUTURE_REF'>the future</date> of Iraq.",
    "He <date type='DATE' value='PAST_REF'>recently</date> resigned.",
]


@pytest.mark.parametrize("source", EXAMPLES)
def test_expressions_are_found_and_valued(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)


@pytest.mark.parametrize(
    ("source", "anchor"),
    [
        ("It opens at <date value='2022-01-01'>the new year</date>.", date(2021, 12, 12)),
        ("It opened at <date value='2022-01-01'>the new year</date>.", date(2022, 2, 1)),
        ("He spoke on <date value='2020-12-31'>Thursday</date>.", date(2021, 1, 2)),
        ("He spoke <date value='2020-12'>last month</date>.", date(2021, 1, 31)),
        ("He spoke on <date value='2020-12-30'>December 30</date>.", date(2021, 1, 2)),
        ("He will speak on <date value='2021-01-04'>January 4</date>.", date(2020, 12, 28)),
        ("He left <date value='2020-02'>a month ago</date>.", date(2020, 3, 31)),
        ("It happened <date value='2020-W53'>last week</date>.", date(2021, 1, 5)),
        ("They rest <date value='2021-07-25'>Sunday</date>.", date(2021, 7, 25)),
        ("They rested over <date value='2021-W29-WE'>the weekend</date>.", date(2021, 7, 25)),
    ],
)
def test_expressions_follow_the_day_of_publication(source: str, anchor: date, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=anchor), text)


OPEN = [
    "He spoke on <date value='XXXX-WXX-2' range='None/None' anchor='None None'>Tuesday</date>.",
    "He spoke <date value='XXXX-XX-XX' range='None/None'>yesterday</date>.",
    "He spoke <date value='XXXX-XX-XXTNI' type='TIME'>last night</date>.",
    "He spoke <date value='XXXX-WXX'>last week</date>.",
    "He spoke <date value='XXXX-XX-XX'>three days ago</date>.",
    "He spoke over <date value='XXXX-WXX-WE'>the weekend</date>.",
    "He spoke on <date value='XXXX-XX-XX'>the following day</date>.",
]
OPEN_WITHOUT_ANCHOR = [
    "He spoke on <date value='XXXX-07-28' range='None/None'>July 28</date>.",
    "He spoke in <date value='XXXX-07' mod='END'>late July</date>.",
    "He spoke <date value='XXXX-XX'>last month</date>.",
    "He spoke <date value='XXXX'>this year</date>.",
    "He goes by <date value='XXXX' mod='END'>the end of the year</date>.",
    "He spoke <date value='XXXX-SP'>last spring</date>.",
    "Sales rose in <date value='XXXX-Q2'>the second quarter</date>.",
]


@pytest.mark.parametrize("source", OPEN + OPEN_WITHOUT_ANCHOR)
def test_without_a_day_of_publication_relative_dates_stay_open(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=None, source=None), text)


@pytest.mark.parametrize("source", OPEN)
def test_an_inferred_anchor_leaves_fine_relative_dates_open(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, source="inferred"), text)


@pytest.mark.parametrize(
    "source",
    [
        "It ends by <date value='2021' mod='END' anchor='2021-07-28 inferred'>the end of this year</date>.",
        "He came in <date value='2021-07' mod='MID'>mid-July</date>.",
        "A rocket fell on <date value='2021-07-26'>July 26</date>.",
        "It failed <date value='2021-06'>last month</date>.",
    ],
)
def test_an_inferred_anchor_fixes_months_and_years(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, source="inferred"), text)


def test_a_date_in_the_text_fixes_the_year_where_publication_is_unknown(rules: DateRules) -> None:
    source = (
        "It fell on <date value='2014-06-10'>June 10, 2014</date>. On "
        "<date value='2014-06-12' anchor='2014-06-10 reference'>June 12</date> more fled."
    )
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=None, source=None), text)


@pytest.mark.parametrize(
    "text",
    [
        "He may march with them.",
        "It was the second time, a second chance.",
        "May God protect him.",
        "The force has 2,500 troops.",
        "The force has 2000 troops.",
        "The bloc won 74 seats.",
        "The 1920 Revolution Brigades fired.",
        "The March 14 Alliance won.",
        "He flew a Boeing 747.",
        "Resolution 1701 was read out.",
        "The old quarter was shelled.",
        "They fall back; spring water was short.",
        "A 12-year-old boy was hurt.",
        "It was on February 30 or June 31.",
        "The Tishreen movement rallied.",
        "The Tishrin protests and the Tishrin al-Awwal uprising went on.",
        "Nisan met Tammuz; in tammuz Street they fought in Ayar Street.",
        "He met 3 and 5 members of the 2004-03 team.",
        "Oil sold at $2021 or €1999.",
        "Read it at site.org/2021/07.",
        "Version 2021.3 crashed.",
        "He reads the Baghdad Weekly.",
        "It lies on Route 1985 near exit 12.",
        "At the end of the day, it was a bad start in a new year.",
        "The Sunday Times wrote of Black Friday and Super Tuesday.",
        "",
        "\n \n",
    ],
)
def test_false_friends_are_left_alone(text: str, rules: DateRules) -> None:
    assert read(text, rules) == ()


def test_expressions_end_with_their_line(rules: DateRules) -> None:
    text = "Troops to leave in July\n2021 budget passed"
    assert [t.text for t in read(text, rules)] == ["July", "2021"]
