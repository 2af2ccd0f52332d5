"""Dates that lean on their neighbours: times of day, ranges, years of a line, a sentence or a story."""

import pytest
from dates_reading import check, read

from extract.dates.rules import DateRules
from markup import parse_markup

# All are read on Wednesday 28 July 2021.
EXAMPLES = [
    # a day and its time of day
    "On <date type='TIME' value='2021-07-26T14:30'>Monday at 14:30</date> it began.",
    "It began on <date type='TIME' value='2021-07-23T17:00'>Friday at 5 p.m.</date>",
    "It began at <date type='TIME' value='2021-07-22T10:30'>10:30 a.m. on Thursday</date>.",
    "It began at <date type='TIME' value='2021-07-23T09:00'>9 a.m. last Friday</date>.",
    "It began <date type='TIME' value='2021-07-26T20:30'>Monday evening at 8:30</date>.",
    "It began <date type='TIME' value='2021-07-26T02:15'>Monday night at 2:15</date>.",
    "It began <date type='TIME' value='2021-07-27T20:00'>yesterday at around 8 p.m.</date>",
    "Printed <date type='TIME' value='2020-03-14T09:12'>14 March 2020 09:12</date> in Basra.",
    "It began on <date type='TIME' value='2021-07-26T20:00'>July 26 at 8 p.m. local time</date>.",
    "It began at <date type='TIME' value='2021-07-26T24:00'>midnight on July 26</date>.",
    # a time of day alone: of the day mentioned nearby, else of publication
    (
        "They marched on <date value='2021-07-26'>Monday</date>.\n"
        "At <date value='2021-07-26T17:00' anchor='2021-07-26 reference'>5 p.m.</date> it was over."
    ),
    (
        "They marched on <date value='2021-07-26'>Monday</date>.\nIt was hot.\nIt was loud.\n"
        "At <date value='2021-07-28T17:00' anchor='2021-07-28 published'>5 p.m.</date> a shot rang out."
    ),
    (
        "They marched on <date value='2021-07-26'>Monday</date> and will march "
        "at <date value='2021-07-28T17:00'>5 p.m.</date> again."
    ),
    (
        "The fair is scheduled for <date value='2021-07-30'>Friday</date>.\n"
        "Pupils will meet at <date value='2021-07-28T17:00'>5 p.m.</date> and sing."
    ),
    "Doors close at <date value='2021-07-28T22:15'>22:15</date>.",
    # a year that holds for its line or sentence, however near publication the day would be
    (
        "<date value='2003'>2003</date>: The dam fell on <date value='2003-06-10'>June 10</date>. "
        "The bridge followed in <date value='2003-10' anchor='2003-01-01 reference'>October</date>.\n"
        "In <date value='2021-06'>June</date> it was rebuilt."
    ),
    "• <date value='2014'>2014</date> – Floods come on <date value='2014-08-02'>2 August</date>",
    (
        "In <date value='2014'>2014</date>, Gen. Sabri Tal said, "
        "it fell on <date value='2014-06-10'>June 10</date>. "
        "On <date value='2021-06-10'>June 10</date> they mourned."
    ),
    "Seized in <date value='2014'>2014</date>, it was freed in <date value='2014-10'>October</date>.",
    "He has led it since <date value='2014'>2014</date> and left on <date value='2021-06-10'>June 10</date>.",
    # a story that lasted until a month
    (
        "In <date value='2015'>2015</date> the wells were dry. They drank tea "
        "and carried water until <date value='2015-06'>June</date>."
    ),
    (
        "In <date value='2015'>2015</date> the wells were dry. The ban will hold "
        "until <date value='2021-06'>June</date>."
    ),
    (
        "In <date value='2015'>2015</date> the wells were dry. Those of <date value='2019'>2019</date> "
        "worked until <date value='2021-06'>June</date>."
    ),
    # both ends of a range
    "The <date value='1980'>1980</date>-<date value='1988'>1988</date> war ended.",
    "The war of <date value='2014'>2014</date>-<date value='2017'>17</date> cost much.",
    "It ran in <date value='1998'>1998</date>–<date value='1999'>99</date>.",
    "It ran from <date value='2021-07-03'>3</date> to <date value='2021-07-05'>5 July</date>.",
    "It ran <date value='2020-07-03'>3</date>-<date value='2020-07-05'>5 July 2020</date>.",
    "It ran on <date value='2021-07-03'>July 3</date>-<date value='2021-07-05'>5</date>.",
    "It ran on <date value='2020-10-03'>October 3</date>-<date value='2020-10-05'>5, 2020</date>.",
    "It ran from <date value='2019-06-03'>June 3</date> to <date value='2019-07-05'>July 5, 2019</date>.",
    "From <date value='2019-12-28'>28 December</date> to <date value='2020-01-03'>3 January 2020</date>.",
    "It ran from <date value='2019-07'>July</date> to <date value='2019-08'>August 2019</date>.",
    "Dry <date value='2019-12'>December</date>-<date value='2020-01'>January 2020</date> hurt all.",
    # local months
    "It burned in <date value='2021-07'>Tammuz</date>, until <date value='2021-09'>Aylul</date>.",
    "It burned on <date value='2021-07-15'>15 Tammuz</date>.",
    "It snowed in <date value='2022-01'>Kanun al-Thani 2022</date>.",
    "It snowed in <date value='2021-01'>Kanun Al Thani</date>.",
    "It was <date value='2020-10'>Tishrin al-Awwal</date>, the month of rain.",
    "<date value='2003-03'>2003 March</date> - The war begins.",
]


@pytest.mark.parametrize("source", EXAMPLES)
def test_neighbours_tell_the_value(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules), text)
