"""Publication time, byline and outlet from the text itself."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Article
from extract.reading.build import Draft, make_article
from extract.reading.page.bylines import author_of
from extract.reading.page.forms import load_forms
from extract.reading.records.metadata import Metadata

FORMS = load_forms()
PROSE = (
    "The provincial council met for the third time this month and again failed to agree on a new governor, "
    "members who attended the session told local reporters afterwards."
)

IMPOSSIBLE_ZONES = ["+99:99", "-99:99", "+24:00", "-24:00", "+23:59", "+14:01", "+15:00", "-15:00", "+99"]


def article(text: str, **metadata: str) -> Article:
    draft = Draft("a", "a.txt", "txt", text, Metadata(**metadata))
    made = make_article(draft, max_chars=100_000, forms=FORMS)
    assert isinstance(made, Article)
    return made


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-07-28", utc(2021, 7, 28)),
        ("2021-07-28T08:30:00Z", utc(2021, 7, 28, 8, 30)),
        ("2021-07-28T08:30:00", utc(2021, 7, 28, 8, 30)),
        ("2021-07-28T01:30:00+03:00", utc(2021, 7, 27, 22, 30)),
        ("2021-07-28 08:30", utc(2021, 7, 28, 8, 30)),
        ("July 28, 2021", utc(2021, 7, 28)),
        ("28 July 2021", utc(2021, 7, 28)),
        ("28-Jul-2021", utc(2021, 7, 28)),
        ("Sept. 5, 2021", utc(2021, 9, 5)),
        ("Wed, 28 Jul 2021 08:30:00 +0300", utc(2021, 7, 28, 5, 30)),
        ("Wed, 28 Jul 2021 08:30:00 GMT", utc(2021, 7, 28, 8, 30)),
        ("Saturday, 24 July, 2021 - 08:30", utc(2021, 7, 24, 8, 30)),
        ("July 28th, 2021 at 8:05 pm EDT", utc(2021, 7, 29, 0, 5)),
        ("12:10 am, 28 July 2021", utc(2021, 7, 28, 0, 10)),
        ("2021/07/28", utc(2021, 7, 28)),
        ("28/07/2021", utc(2021, 7, 28)),
        ("07/28/2021", utc(2021, 7, 28)),
        ("7/8/21", None),  # the order is not evident
        ("7/8/21 4:53 AM", None),
        ("03/04/2021", None),  # a day of March or of April
        ("03-04-2021", utc(2021, 4, 3)),
        ("3.4.2021 18:20", utc(2021, 4, 3, 18, 20)),
        ("February 30, 2021", None),
        ("July 2021", None),
        ("28 July", None),
        ("soon", None),
        ("", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("July 28, 2021 or so", None),
        ("28 July 2021 25:00", None),
        ("2021-07-28T08:30:00+14:00", utc(2021, 7, 27, 18, 30)),
        ("2021-07-28T08:30:00-12:00", utc(2021, 7, 28, 20, 30)),
        ("28 July 2021 08:30 GMT+14", utc(2021, 7, 27, 18, 30)),
        *[(f"2021-07-28T08:30:00{zone}", None) for zone in IMPOSSIBLE_ZONES],
        *[(f"28 July 2021 08:30 {zone}", None) for zone in [*IMPOSSIBLE_ZONES, "+03:60", "+0375"]],
        ("0000-01-01", None),
        ("0001-01-01", None),
        ("1899-12-31", None),
        ("1900-01-01", utc(1900, 1, 1)),
        ("1900-01-01T00:00:00+03:00", None),
        ("2099-12-31T23:59:59", datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2099-12-31T23:59:59-03:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("9999-12-31", None),
        ("10000-01-01", None),
        ("+12021-07-28", None),
        ("-2021-07-28", None),
        ("\ud83d", None),
        ("1" * 100_000, None),
    ],
)
def test_publication_time_as_data(value: str, expected: datetime | None) -> None:
    assert FORMS.dates.parse_moment(value) == expected


DATE_LINES = [
    ("July 28, 2021", utc(2021, 7, 28)),
    ("28 July 2021", utc(2021, 7, 28)),
    ("Saturday, 24 July, 2021 - 08:30", utc(2021, 7, 24, 8, 30)),
    ("2021-07-28", utc(2021, 7, 28)),
    ("2021-07-28 14:05", utc(2021, 7, 28, 14, 5)),
    ("Published: July 28, 2021", utc(2021, 7, 28)),
    ("Published on 28 Jul 2021 | Updated 30 Jul 2021", utc(2021, 7, 28)),
    ("Updated July 28, 2021 10:00 GMT", utc(2021, 7, 28, 10, 0)),
    ("By Tara Sample | July 28, 2021", utc(2021, 7, 28)),
    ("Middle East Eye | 28 July 2021 08:30 UTC", utc(2021, 7, 28, 8, 30)),
    ("Kirkuk, 28 July 2021", utc(2021, 7, 28)),
    ("Published date: 14 December 2021 09:12", utc(2021, 12, 14, 9, 12)),
    (
        "Published date: 14 December 2021 09:12 GMT | Last update: 3 months 2 weeks ago",
        utc(2021, 12, 14, 9, 12),
    ),
    ("Published date: Tuesday 14 December 2021 at 9.12pm", utc(2021, 12, 14, 21, 12)),
    ("Published 14 December 2021 - 09:12 (GMT+3)", utc(2021, 12, 14, 6, 12)),
    ("Updated 30 July 2021 | Published 28 July 2021", utc(2021, 7, 28)),
    ("7/8/21 4:53 AM EDT", utc(2021, 7, 8, 8, 53)),
    ("7/8/2021 9:00 BST", utc(2021, 8, 7, 8)),
    ("28/7/21", utc(2021, 7, 28)),
    ("2021.07.28", utc(2021, 7, 28)),
    ("28 july 2021", utc(2021, 7, 28)),
    ("28 تموز 2021", utc(2021, 7, 28)),
    ("٢٨ تموز ٢٠٢١", utc(2021, 7, 28)),
    ("28 July 2021 / 18 Dhu al-Hijja 1442", utc(2021, 7, 28)),
]


@pytest.mark.parametrize(("line", "expected"), DATE_LINES)
@pytest.mark.parametrize(
    "page", ["Council Fails to Choose\n{}\n" + PROSE, "{}\n\n" + PROSE, f"{PROSE}\n{PROSE}\n{{}}"]
)
def test_a_date_line_near_either_end_is_the_publication_date(
    page: str, line: str, expected: datetime
) -> None:
    made = article(page.format(line))
    assert (made.published_at, made.published_source) == (expected, "byline")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("14 December 2021\n09:12 GMT", utc(2021, 12, 14, 9, 12)),
        ("Published date:\n14 December 2021", utc(2021, 12, 14)),
        ("Published date:\n14 December 2021\n09:12", utc(2021, 12, 14, 9, 12)),
        ("Last updated:\n15 December 2021\nPublished:\n14 December 2021", utc(2021, 12, 14)),
    ],
)
def test_label_day_and_time_on_lines_of_their_own(lines: str, expected: datetime) -> None:
    assert article(f"Council Fails\n\n{lines}\n{PROSE}").published_at == expected


@pytest.mark.parametrize(
    "line",
    ["The session of July 28, 2021", "— Tara Sample (@tara) 28 July 2021", "What happened on July 28, 2021?"],
)
def test_other_lines_with_dates_are_no_date_lines(line: str) -> None:
    assert article(f"Council Fails\n\n{line}\n{PROSE}").published_source != "byline"


def test_the_first_publication_counts_before_a_later_change() -> None:
    made = article(f"Council Fails\nUpdated July 30, 2021\nPublished July 28, 2021\n{PROSE}")
    assert made.published_at == utc(2021, 7, 28)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Last updated: 28 July 2021", "unknown"),
        ("Last modified on July 28, 2021", "unknown"),
        ("Last updated 28 July 2021, 14:05 GMT", "byline"),
        ("Updated: July 28, 2021", "byline"),
    ],
)
def test_the_day_of_a_revision_without_its_hour_is_not_that_of_publication(line: str, source: str) -> None:
    assert article(f"Council meets again\n{line}\n\n{PROSE}").published_source.partition(":")[0] == source


def test_dates_of_other_stories_below_the_article_do_not_count() -> None:
    made = article(f"{PROSE}\n{PROSE}\nLatest News\nAnother headline\nAugust 9, 2022")
    assert made.published_at is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"KIRKUK, July 28, 2021 (Reuters) - {PROSE}", utc(2021, 7, 28)),
        (
            f"KIRKUK, July 28 (Reuters) - {PROSE} It was the second failure since early July 2021.",
            utc(2021, 7, 28),
        ),
    ],
)
def test_date_in_the_city_lead_in(text: str, expected: datetime) -> None:
    made = article(text)
    assert (made.published_at, made.published_source) == (expected, "dateline")


INFERRED = [
    ("The council met on July 28, 2021.", utc(2021, 7, 28)),
    ("The council met in early July 2021 and again on July 28. On July 29th it adjourned.", utc(2021, 7, 29)),
    ("It met on 3 July 2021. Members will return on 9 August 2021.", utc(2021, 7, 3)),
    ("It met on 3 July 2021. The work must end by December 31, 2021.", utc(2021, 7, 3)),
    ("It met on 3 July 2021, months before the December 31, 2021 deadline.", utc(2021, 7, 3)),
    ("It met on 3 July 2021. The vote is scheduled for October 10, 2021.", utc(2021, 7, 3)),
    ("We will not give up.\n— Tara Sample (@tara) July 29, 2021", utc(2021, 7, 29)),
    ("Members would return, the chairman said on July 29, 2021.", utc(2021, 7, 29)),
]
NOT_INFERRED = [
    "The council met on Tuesday.",
    "The council met on July 28.",  # of which year?
    "It met in July 2020 and in July 2021, and again on July 28.",
    "The work must end by December 31, 2021.",
    "The council was founded on March 3, 2005. In 2019 it moved.",  # the day lies far behind the writer
    "It met on 3 July 2021 and again in September 2021.",
]


@pytest.mark.parametrize(("text", "expected"), INFERRED)
def test_the_latest_past_day_bounds_the_publication(text: str, expected: datetime) -> None:
    made = article(text)
    assert (made.published_at, made.published_source) == (expected, "inferred")
    assert "inferred_date" in [issue.code for issue in made.issues]


@pytest.mark.parametrize("text", NOT_INFERRED)
def test_no_day_is_inferred_where_the_text_gives_no_bound(text: str) -> None:
    made = article(text)
    assert (made.published_at, made.published_source) == (None, "unknown: no date line in the text")
    assert "no_date" in [issue.code for issue in made.issues]


def test_metadata_win_over_the_text() -> None:
    text = f"Council Fails\nBy Tara Sample, Rudaw\nJuly 28, 2021\n{PROSE}"
    plain, given = article(text), article(text, published="2021-07-30", outlet="O", author="A", title="T")
    assert (plain.title, plain.outlet, plain.author) == ("Council Fails", "Rudaw", "Tara Sample")
    assert (given.title, given.outlet, given.author) == ("T", "O", "A")
    assert (given.published_at, given.published_source) == (utc(2021, 7, 30), "metadata")
    assert plain.content_hash != given.content_hash


def test_a_publication_date_that_is_not_understood_is_told() -> None:
    made = article("Nothing is known.", published="soon")
    assert made.published_at is None
    assert ("bad_published", "warning") in [(issue.code, issue.severity) for issue in made.issues]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Tara Sample", "Tara Sample"),
        ("By TARA SAMPLE and Omid al-Sample", "TARA SAMPLE and Omid al-Sample"),
        ("By Tara Sample in Kirkuk", "Tara Sample"),
        ("By Tara Sample, Rudaw", "Tara Sample"),
        ("By Tara Sample | July 28, 2021", "Tara Sample"),
        ("By Tara Sample - Middle East Eye", "Tara Sample"),
        ("(Reporting by Tara Sample; Editing by Omid Sample)", "Tara Sample"),
        ("By April Sample", "April Sample"),
        ("By April 5", None),
        ("By Tara Sample@tarasample Jul 28, 2021, 4:22am EDT", "Tara Sample"),
        ("By Tara Sample tara@riverbend.example", "Tara Sample"),
        ("By Monday", None),
        ("By December 31", None),
        ("By the end of the year", None),
        ("By Tara Sample's reckoning the council is lost.", None),
        ("By: Tara Sample", "Tara Sample"),
        ("By Tara Sample, Sample Monitor", "Tara Sample"),
        ("Sample Monitor | By Tara Sample", "Tara Sample"),
        ("By Tara Sample | Sample Monitor", "Tara Sample"),
        ("28 July 2021 | By Tara Sample", "Tara Sample"),
        ("Everything was lost | By Tara Sample", None),
        ("Reporting by the committee goes on", None),
        ("Bystanders", None),
        ("by: Tara Sample", "Tara Sample"),
        ("Story by Tara Sample and Omid Sample", "Tara Sample and Omid Sample"),
        ("By Tara Sample, Riverbend", "Tara Sample"),
        ("By Tara Sample, Omid Sample and Lena Sample, Kirkuk", "Tara Sample, Omid Sample and Lena Sample"),
        ("By Tara Sample, Middle East correspondent", "Tara Sample"),
        ("By Tara Sample @tarasample", "Tara Sample"),
        ("By Tara Sample (Riverbend News)", "Tara Sample"),
        ("By Tara Sample Riverbend News", "Tara Sample"),
        ("by Tara Sample (reporting) and Omid Sample (photography)", "Tara Sample"),
        ("Posted on July 28, 2021 by Tara Sample", "Tara Sample"),
    ],
)
def test_byline(line: str, author: str | None) -> None:
    assert author_of(line, FORMS) == author


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"Rudaw: Latest Kurdistan and World News\nCouncil Fails to Choose\n{PROSE}", "Rudaw"),
        (f"Council Fails to Choose\nMiddle East Eye | 28 July 2021\n{PROSE}", "Middle East Eye"),
        (f"{PROSE}\n{PROSE}\nAbout Sample Watch\nSample Watch is a platform.", "Sample Watch"),
        (f"KIRKUK (Reuters) - {PROSE}", "Reuters"),
        (f"Shafaq News/ {PROSE}", "Shafaq News"),
        (f"Council Fails\nSample Monitor | By Tara Sample\n{PROSE}", "Sample Monitor"),
        (f"Council Fails\nBy Tara Sample | Sample Monitor\n{PROSE}", "Sample Monitor"),
        (f"Council Fails\nBy Tara Sample, Sample Monitor\n{PROSE}", "Sample Monitor"),
        (f"Sample Review\nCouncil fails to choose again\n{PROSE}", "Sample Review"),
        (f"Breaking News\nCouncil fails to choose again\n{PROSE}", None),
        (f"Council Fails\nBy Tara Sample | New Kirkuk\n{PROSE}", None),
        (f"Council Fails\nBy Tara Sample | Political Correspondent\n{PROSE}", None),
        (f"Rudaw\n\nCouncil Fails to Choose\nSource: Reuters\n{PROSE}", "Rudaw"),
        (f"Council Fails to Choose\nSource: Reuters\n{PROSE}", "Reuters"),
        (f"Sample Lantern | Iraq\nCouncil Fails\n{PROSE}\n{PROSE}\n© 2021 Sample Lantern", "Sample Lantern"),
        (f"Sample Lane English News of the Day from Sample Lane\nCouncil Fails\n{PROSE}", "Sample Lane"),
        (f"KIRKUK (Qasr Wire) - {PROSE}", "Qasr Wire"),
        (f"{PROSE}\nSample Post covers the region. Republishing this content costs a fee.", "Sample Post"),
        (f"Sample Post, 31/7/2021\n{PROSE}\nThe council building (Sample Post)\n{PROSE}", "Sample Post"),
        (f"Kirkuk Province, 31/7/2021\n{PROSE}", None),
        (f"{PROSE}\nThe council building, 2020. (REUTERS)", None),
        (f"{PROSE} He spoke to Al Jazeera.", None),
    ],
)
def test_outlet(text: str, outlet: str | None) -> None:
    assert article(text).outlet == outlet


def test_the_metadatas_outlet_above_the_title_is_no_title() -> None:
    made = article(
        f"Sample Lantern\n\nCouncil fails again\n\nBy\nTara Sample\n{PROSE}", outlet="The Sample Lantern"
    )
    assert (made.title, made.outlet, made.author) == (
        "Council fails again",
        "The Sample Lantern",
        "Tara Sample",
    )
    assert [section.kind for section in made.sections] == ["boilerplate", "title", "byline", "body"]


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By\nTara Sample and Omid al-Sample", "Tara Sample and Omid al-Sample"),
        ("Tara Sample in Kirkuk", "Tara Sample"),
        ("Tara Sample\n28 July 2021", "Tara Sample"),
        ("Source: Sample Agency", None),
        ("Tara Sample | Riverbend News\n28 July 2021", "Tara Sample"),
        ("Tara Sample, Riverbend\n28 July 2021", "Tara Sample"),
        ("Tara Sample Riverbend News\n28 July 2021", "Tara Sample"),
        ("Middle East | Riverbend News\n28 July 2021", None),
        ("By Riverbend Staff", None),
        ("By Riverbend News", None),
        ("By Staff Reporter", None),
        ("Editing by Omid Sample", None),
        ("Source: Reuters\nBy Tara Sample", "Tara Sample"),
    ],
)
def test_author(byline: str, author: str | None) -> None:
    assert article(f"Council fails again\n{byline}\n{PROSE}").author == author


@pytest.mark.parametrize("zone", IMPOSSIBLE_ZONES)
def test_a_date_line_with_an_impossible_zone_gives_no_time(zone: str) -> None:
    """The day may still be inferred; a time days away from it would be wrong."""
    made = article(f"Council Fails\n28 July 2021 08:30 {zone}\n\n{PROSE}")
    assert made.published_source != "byline"
    assert made.published_at in {None, utc(2021, 7, 28)}


@pytest.mark.parametrize("value", ["2021-07-28T08:30:00+99:99", "0001-01-01T00:00:00+14:00", "10000-01-01"])
def test_a_time_that_cannot_be_is_told_and_costs_the_time_alone(value: str) -> None:
    made = article(PROSE, published=value)
    assert made.published_at is None
    assert [issue.code for issue in made.issues] == ["bad_published", "no_date"]
    assert value in made.issues[0].message


DIGITS = st.text("0123456789", min_size=1, max_size=5)
ZONES = st.builds(
    "{}{}{}{}".format, st.sampled_from(["+", "-", " GMT+", " ("]), DIGITS, st.sampled_from([":", ""]), DIGITS
)
DAYS = st.sampled_from(
    ["28 July 2021", "0001-01-01", "9999-12-31", "1900-01-01", "2099-12-31", "1 January 1900"]
)
CLOCKS = st.sampled_from(["T00:00", " 23:59:59", " 12:00 am", ""])
MOMENTS = (
    st.text(max_size=30)
    | st.text("0123456789-:.,TZW+/ ", max_size=30)
    | st.builds("{}{}{}".format, DAYS, CLOCKS, ZONES | st.just(""))
    | st.datetimes(timezones=st.timezones()).map(datetime.isoformat)
    | st.builds("{}-{}-{}".format, DIGITS, DIGITS, DIGITS)
)  # fmt: skip


@given(value=MOMENTS)
@settings(max_examples=400, deadline=None)
def test_whatever_is_given_as_a_time_is_a_time_in_utc_or_none(value: str) -> None:
    moment = FORMS.dates.parse_moment(value)
    assert moment is None or (moment.tzinfo is UTC and 1900 <= moment.year < 2100)
    line = FORMS.dates.parse_line(value)
    assert line is None or line.moment.tzinfo is UTC


@given(line=MOMENTS, given_as=MOMENTS)
@settings(max_examples=200, deadline=None)
def test_no_date_on_a_page_or_in_its_metadata_costs_the_article(line: str, given_as: str) -> None:
    page = f"Council Fails\n{line}\nKIRKUK, {line} (Reuters) - {PROSE}\n{PROSE} It ended on {line}.".replace(
        "\0", ""
    )
    draft = Draft("a", "a.txt", "txt", page, Metadata(published=given_as.strip() or None))
    made = make_article(draft, max_chars=100_000, forms=FORMS)
    assert isinstance(made, Article) or made.code in {"binary", "lone_surrogate"}
