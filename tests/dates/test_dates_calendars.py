"""The Islamic calendar, the Levantine months, named days and anniversaries."""

from datetime import date
from pathlib import Path

import pytest
from dates_reading import check, of_hijri, read
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates.rules import DateRules, load_date_rules
from extract.dates.timex.ranges import days_of
from markup import parse_markup

SUMMER, WINTER = date(2021, 7, 28), date(2022, 1, 10)


# Day.Month.Year of the Islamic calendar, or days of it; the Gregorian days are `hijridate`'s.
ISLAMIC = [
    # days
    ("It fell on <date value='{}'>10 Muharram</date>.", SUMMER, "10.1.1443"),
    ("It fell on <date value='{}'>the 10th of Muharram 1443</date>.", SUMMER, "10.1.1443"),
    ("It fell on <date value='{}'>10 Muharram 1445 AH</date>.", SUMMER, "10.1.1445"),
    ("It fell on <date value='{}'>the tenth of Muharram</date>.", SUMMER, "10.1.1443"),
    ("It fell on <date value='{}'>Muharram 10</date>.", SUMMER, "10.1.1443"),
    ("It fell on <date value='{}'>Rabi' al-Awwal 12, 1441</date>.", SUMMER, "12.3.1441"),
    ("It fell on <date value='{}'>20 Safar 1440 A.H.</date>.", SUMMER, "20.2.1440"),
    ("It fell on <date value='{}'>1st Shawwal 1442H</date>.", SUMMER, "1.10.1442"),
    ("It fell on <date value='{}'>10/1/1443 AH</date>.", SUMMER, "10.1.1443"),
    ("It fell on <date value='{}'>Friday, 8 Jumada al-Ula 1441</date>.", SUMMER, "8.5.1441"),
    ("It fell on <date value='{}'>the first day of Ramadan</date>.", SUMMER, "1.9.1442"),
    ("It fell on <date value='{}'>the last day of Ramadan</date>.", SUMMER, "30.9.1442"),
    ("It fell on <date value='{}'>the 27th of Ramadan last year</date>.", SUMMER, "27.9.1441"),
    ("It will fall on <date value='{}'>15 Sha’ban</date>.", SUMMER, "15.8.1443"),
    ("It fell on <date value='{}'>15 Sha’ban</date>.", SUMMER, "15.8.1442"),
    ("It fell on <date value='{}'>9 Dhul-Hijjah</date>.", date(2020, 7, 31), "9.12.1441"),
    ("It fell on <date value='{}'>9 Dhu’l-Qa’dah</date>.", date(2020, 7, 31), "9.11.1441"),
    # months: the value is the Gregorian month of the first day
    ("Prices rose during <date value='{}' range='{}/{}'>Ramadan</date>.", SUMMER, "1-30.9.1442"),
    ("It began in <date value='{}' range='{}/{}'>Muharram 1443 AH</date>.", SUMMER, "1-30.1.1443"),
    ("It began in <date value='{}' range='{}/{}'>Safar</date>.", SUMMER, "1-29.2.1443"),
    ("It began in <date value='{}' range='{}/{}'>Jamadi ul-Awwal 1441</date>.", SUMMER, "1-30.5.1441"),
    ("It comes in <date value='{}' range='{}/{}'>the holy month of Ramadan</date>.", WINTER, "1-30.9.1443"),
    ("They fasted <date value='{}' range='{}/{}'>last Ramadan</date>.", SUMMER, "1-30.9.1442"),
    ("They fast <date value='{}' range='{}/{}'>next Ramadan</date>.", SUMMER, "1-30.9.1443"),
    ("They fasted in <date value='{}' range='{}/{}'>Ramadan 2019</date>.", SUMMER, "1-29.9.1440"),
    ("They fast in <date value='{}' range='{}/{}'>Ramadan this year</date>.", WINTER, "1-30.9.1443"),
    (
        "It was <date value='{}' mod='END' range='{}/{}'>the last ten days of Ramadan</date>.",
        SUMMER,
        "21-30.9.1442",
    ),
    (
        "It was <date value='{}' mod='START' range='{}/{}'>the first ten days of Muharram</date>.",
        SUMMER,
        "1-10.1.1443",
    ),
    ("It was <date value='{}' mod='MID' range='{}/{}'>mid-Ramadan</date>.", SUMMER, "11-20.9.1442"),
    ("It was <date value='{}' mod='START' range='{}/{}'>early Rajab</date>.", SUMMER, "1-10.7.1442"),
    # named days
    ("They walked on <date value='{}'>Ashura</date>.", SUMMER, "10.1.1443"),
    ("They walked on <date value='{}'>the Day of Ashura</date>.", SUMMER, "10.1.1443"),
    ("They walked on <date value='{}'>the eve of Ashura</date>.", SUMMER, "9.1.1443"),
    ("They walked on <date value='{}'>Tasu’a</date>.", SUMMER, "9.1.1443"),
    ("They walked on <date value='{}'>Ashura this year</date>.", SUMMER, "10.1.1443"),
    ("They walked on <date value='{}'>last year’s Ashura</date>.", SUMMER, "10.1.1442"),
    ("They walked on <date value='{}'>Ashura 2019</date>.", SUMMER, "10.1.1441"),
    ("They walked on <date value='{}'>Ashura 1440 AH</date>.", SUMMER, "10.1.1440"),
    ("They will walk at <date value='{}'>Arbaeen</date>.", SUMMER, "20.2.1443"),
    ("They will walk <date value='{}'>two days before Arba’een</date>.", SUMMER, "18.2.1443"),
    ("They met on <date value='{}'>the Prophet’s birthday</date>.", SUMMER, "12.3.1442"),
    ("They will sing at <date value='{}'>Mawlid al-Nabi</date>.", SUMMER, "12.3.1443"),
    ("They prayed at <date value='{}'>mid-Sha’ban</date>.", SUMMER, "15.8.1442"),
    ("They prayed on <date value='{}'>Laylat al-Qadr</date>.", SUMMER, "27.9.1442"),
    ("They marched on <date value='{}'>Quds Day</date>.", SUMMER, "25.9.1442"),
    ("They fed guests on <date value='{}'>Eid al-Ghadir</date>.", SUMMER, "18.12.1442"),
    ("It opened on <date value='{}'>the Islamic New Year</date>.", SUMMER, "1.1.1443"),
    ("It was <date value='{}'>the anniversary of the martyrdom of Imam Ali</date>.", SUMMER, "21.9.1442"),
    ("It rested on <date value='{}'>the first day of Eid al-Fitr</date>.", SUMMER, "1.10.1442"),
    ("It rested on <date value='{}'>the third day of Eid al-Adha</date>.", SUMMER, "12.12.1442"),
    ("It rested on <date value='{}'>the day after Eid al-Adha</date>.", SUMMER, "14.12.1442"),
]


def hijri_days(hijri: str) -> tuple[date, date]:
    days, month, year = hijri.split(".")
    first, _, last = days.partition("-")
    return (
        of_hijri(int(year), int(month), int(first)),
        of_hijri(int(year), int(month), int(last or first)),
    )


@pytest.mark.parametrize(("source", "anchor", "hijri"), ISLAMIC)
def test_islamic_days_and_months(source: str, anchor: date, hijri: str, rules: DateRules) -> None:
    first, last = hijri_days(hijri)
    value = str(first) if "range" not in source else f"{first:%Y-%m}"
    source = source.format(value, first, last)
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=anchor), text)


# Gregorian days as published.
EXAMPLES = [
    # feasts last some days: Eid al-Adha 2022 began on 9 July, Eid al-Fitr 2024 on 10 April (as in Iraq)
    (
        "They rested over <date value='2022-07-09' range='2022-07-09/2022-07-12'>Eid al-Adha 2022</date>.",
        SUMMER,
    ),
    (
        "They rested over <date value='2024-04-10' range='2024-04-10/2024-04-12'>Eid al-Fitr</date>.",
        date(2024, 4, 12),
    ),
    ("They rest after <date value='2021-07-20' range='2021-07-24/None'>Eid</date>.", SUMMER),
    (
        "They rested over <date value='2019-06-04'>Eid al-Fitr</date> in <date value='2019'>2019</date>.",
        SUMMER,
    ),
    # parts of the day
    ("Planes came on <date type='TIME' value='2021-07-20TMO'>the morning of Eid al-Adha</date>.", SUMMER),
    ("Planes came on <date type='TIME' value='2021-05-09TNI'>the night of 27 Ramadan</date>.", SUMMER),
    # years
    ("It was <date value='2021' range='2021-08-09/2022-07-29'>the year 1443 AH</date>.", SUMMER),
    ("It was in <date value='2020' range='2020-08-20/2021-08-08'>AH 1442</date>.", SUMMER),
    ("It was <date value='2021'>the Hijri year 1443</date>.", SUMMER),
    (
        "He was killed in <date value='0680'>61 AH</date>, on <date value='0680'>10 Muharram 61 AH</date>.",
        SUMMER,
    ),
    # the text knows better than the calendar when the moon was seen
    (
        (
            "It fell on <date value='2021-08-19'>10 Muharram 1443</date> (<date value='2021-08-19'>19 August "
            "2021</date>)."
        ),
        SUMMER,
    ),
    (
        (
            "It fell on <date value='2019-11-10'>the 12th of Rabi al-Awwal</date>, corresponding to "
            "<date value='2019-11-10'>November 10, 2019</date>."
        ),
        SUMMER,
    ),
    ("It fell on <date value='2021-08-19'>Thursday, 10 Muharram</date>.", SUMMER),
    # ranges
    (
        "From <date value='2021-08-09'>1</date> to <date value='2021-08-18'>10 Muharram</date> they walk.",
        SUMMER,
    ),
    (
        "On <date value='2022-07-30'>1</date>-<date value='2022-08-08'>10 Muharram 1444</date> they walk.",
        SUMMER,
    ),
    # the year that holds for the sentence
    ("In <date value='2014'>2014</date>, they fled before <date value='2014-11-03'>Ashura</date>.", SUMMER),
    # again and again
    ("They fast <date type='SET' value='P1Y'>every Ramadan</date>.", SUMMER),
    ("They feast <date type='SET' value='XXXX-12-25'>every Christmas</date>.", SUMMER),
    # Levantine months
    ("It began on <date value='2019-10-25'>25 Tishrin al-Awwal 2019</date>.", SUMMER),
    ("It began in <date value='2022-01'>Kanun al-Thani 2022</date>.", SUMMER),
    ("It was held on <date value='2020-12-03'>the 3rd of Kanun al-Awwal</date>.", SUMMER),
    ("It began in <date value='2019-11'>Tishrin II 2019</date>.", SUMMER),
    ("It began on <date value='2019-02-08'>8 Shubat 2019</date>.", SUMMER),
    (
        "It began in <date value='2021-07'>Tammuz</date> and <date value='2020-08-02'>2 Ab 2020</date>.",
        SUMMER,
    ),
    (
        (
            "From <date value='2019-10-25'>25 Tishrin al-Awwal</date> to "
            "<date value='2019-11-03'>3 Tishrin al-Thani 2019</date> they sat."
        ),
        SUMMER,
    ),
    # Iraq's days
    ("Troops parade on <date value='2022-01-06'>Iraqi Army Day</date>.", WINTER),
    ("Troops parade on <date value='2022-01-06'>Army Day</date>.", WINTER),
    ("Officers marched on <date value='2022-01-09'>Police Day</date>.", WINTER),
    ("It was held on <date value='2021-10-03'>Iraq's National Day</date>.", WINTER),
    ("It was held on <date value='2021-12-10'>Victory Day over ISIS</date>.", WINTER),
    ("It was held on <date value='2021-07-14'>Republic Day</date>.", SUMMER),
    ("It was held on <date value='2021-03-16'>Halabja Day</date>.", SUMMER),
    ("Kurds lit fires for <date value='2021-03-21'>Newroz</date>.", SUMMER),
    ("Kurds light fires on <date value='2022-03-20'>the eve of Nowruz</date>.", date(2022, 3, 1)),
    # anniversaries
    ("It was <date value='2022-01-03'>the anniversary of the killing of Soleimani</date>.", WINTER),
    (
        (
            "It was <date value='2022-01-03'>the second anniversary of the assassination of General Qassem "
            "Soleimani and Abu Mahdi al-Muhandis</date>."
        ),
        SUMMER,
    ),
    ("It was <date value='2021-01-03'>the first anniversary of Soleimani’s death</date>.", SUMMER),
    ("It was <date value='2021-04-09'>the anniversary of the fall of Baghdad</date>.", SUMMER),
    ("It was <date value='2023-03-20'>the 20th anniversary of the US-led invasion of Iraq</date>.", SUMMER),
    ("It was <date value='2023-03-16'>the 35th anniversary of the Halabja massacre</date>.", SUMMER),
    ("It was <date value='2021-04-14'>the anniversary of the Anfal</date>.", SUMMER),
    ("It was <date value='2021-07-14'>the anniversary of the July 14 Revolution</date>.", SUMMER),
    ("It was <date value='2020-10-01'>the first anniversary of the Tishrin protests</date>.", SUMMER),
    ("It was <date value='2020-10-01'>the anniversary of the start of the October protests</date>.", SUMMER),
    # Christian and civil feasts
    ("They met at <date value='2021-04-04'>Easter</date>.", SUMMER),
    ("They met over <date value='2021-W13-WE'>Easter weekend</date>.", SUMMER),
    ("They met on <date value='2021-04-02'>Good Friday</date>.", SUMMER),
    ("They met on <date value='2021-05-02'>Orthodox Easter</date>.", SUMMER),
    ("They met at <date value='2024-05-19'>Pentecost 2024</date>.", SUMMER),
    ("They will meet on <date value='2021-11-25'>Thanksgiving</date>.", date(2021, 11, 1)),
    ("They met on <date value='2020-12-24'>Christmas Eve last year</date>.", SUMMER),
    ("They met <date value='2020-12-25'>last Christmas</date>.", SUMMER),
    ("They met on <date value='2021-05-31'>Memorial Day</date>.", SUMMER),
    ("They met on <date value='2021-03-08'>International Women's Day</date>.", SUMMER),
]


@pytest.mark.parametrize(("source", "anchor"), EXAMPLES)
def test_expressions_have_the_published_days(source: str, anchor: date, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=anchor), text)


@pytest.mark.parametrize(
    "source",
    [
        "They walked on <date value='XXXX-XX-XX' range='None/None'>Ashura</date>.",
        "It fell on <date value='XXXX-XX-XX' range='None/None'>10 Muharram</date>.",
        "They fasted during <date value='XXXX-XX' range='None/None'>Ramadan</date>.",
        "They met at <date value='XXXX-12-25'>Christmas</date>, <date value='XXXX-11'>Thanksgiving</date>.",
        "It was <date value='XXXX-01-03'>the anniversary of the killing of Soleimani</date>.",
        "It fell on <date value='2021-08-18'>10 Muharram 1443</date>.",
    ],
)
def test_without_a_day_of_publication_the_year_stays_open(source: str, rules: DateRules) -> None:
    text, _ = parse_markup(source)
    check(source, read(text, rules, anchor=None, source=None), text)


@pytest.mark.parametrize(
    "text",
    [
        "The Tishrin protests and the October movement went on.",
        "The Ashura Brigades, Saraya Ashura and Liwa Ashura fired.",
        "The Ramadan Revolution and the 14 Ramadan Mosque are known.",
        "The 15 Sha'ban Movement and the 15 Shaban uprising are known.",
        "The 14 July revolution and the July 14 revolution are known.",
        "Taha Yassin Ramadan ruled. Ramadan said so; Ramadan al-Turfi did not.",
        "The late Ramadan Hartwig and the late Rajab al-Turfi are mourned.",
        "Rajab Hartwig met Shaban al-Turfi, and Sheikh Eid Hartwig met Safar.",
        "China's National Day, UAE National Day and the French Republic Day are those of others.",
        "A National Day of Mourning was held. Easter Island is far; an epiphany came.",
        "It was on 31 Muharram 1443.",
    ],
)
def test_names_that_hold_a_named_day_are_no_dates(text: str, rules: DateRules) -> None:
    assert read(text, rules) == ()


def test_a_new_named_day_is_one_line(models_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "dates").mkdir()
    for file in (models_dir / "dates").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        changed = text.replace("[named_day.plain]\n", '[named_day.plain]\n"Lantern Day" = "H03-05/2"\n')
        (tmp_path / "dates" / file.name).write_text(changed, encoding="utf-8")
    [timex] = read("They met on Lantern Day 2021.", load_date_rules(tmp_path))
    assert (timex.earliest, timex.latest) == (of_hijri(1443, 3, 5), of_hijri(1443, 3, 6))


WORDS = (
    "Ramadan|10|1443|AH|Muharram|of|the|last|ten|days|Ashura|2021|next|eve|third|day|anniversary|second|early"
    "|killing|Soleimani|fall|Baghdad|Christmas|every|in|Rajab|61|year|Thanksgiving|Eid|month|before|two|30"
    "|Friday,|Easter|0001|9999|-|1500|Arbaeen|342 AH|13|Eid al-Adha|(19 August 2021)|Quds Day|Army Day"
    "|the anniversary of the fall of Baghdad"
)


@settings(max_examples=300, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS.split("|")), max_size=10),
    anchor=st.none() | st.dates(),
)
def test_whatever_is_said_the_value_holds_the_first_day(
    rules: DateRules, words: list[str], anchor: date | None
) -> None:
    for timex in read(" ".join(words), rules, anchor=anchor):
        if timex.earliest is not None and timex.latest is not None and timex.type == "DATE":
            value = days_of(timex.value)
            assert value is not None
            assert value[0] <= timex.earliest <= value[1]
            assert timex.earliest <= timex.latest
