"""Live blogs and digests: what is an article of its own, and on which day it was written."""

from datetime import date
from pathlib import Path

import pytest

from extract.dates import find
from extract.model import Article
from extract.pipeline.joined_articles import join_article
from extract.reading import read_inputs
from extract.reading.build import Draft, make_article
from extract.reading.page.forms import load_forms
from extract.reading.records.metadata import Metadata
from extract.text.line_words import load_line_words

FORMS = load_forms()
PROSE = (
    "The council of Kirkuk opened its session on Tuesday, and two of its members told reporters that the"
    " roads north of the town would be repaired within a week."
)


def article(text: str, published: str | None = None) -> Article:
    draft = Draft("talks", "talks.txt", "txt", text, Metadata(published=published))
    made = make_article(draft, max_chars=len(text), forms=FORMS)
    assert isinstance(made, Article)
    return made


def blog(*times: str) -> str:
    posts = (f"{time}\nPost number {number}\n{PROSE}" for number, time in enumerate(times))
    return "\n\n".join(["LIVE: The council of Kirkuk meets", *posts])


def days(made: Article) -> list[str]:
    return [f"{unit.published_at:%d %H:%M}" if unit.published_at else "?" for unit in made.units]


# The times of the posts, when the blog was published, and when each post was written (day, hour).
POSTS = {
    "the article's day": (
        ["18:40 GMT", "14:05 GMT", "09:10 GMT"],
        "2021-09-05",
        ["05 18:40", "05 14:05", "05 09:10"],
    ),
    "their own days": (
        ["08:30, 6 September 2021", "5 September 2021, 23:05", "5 September 2021, 20:00"],
        "2021-09-05",
        ["06 08:30", "05 23:05", "05 20:00"],
    ),
    "days without a year, in two months": (
        ["1 October 08:30", "Thursday 30 September 23:05", "30 Sept 20:00"],
        "2021-09-30",
        ["01 08:30", "30 23:05", "30 20:00"],
    ),
    "the day above": (
        ["18:40", "14:05", "Saturday 4 September\n\n23:10", "09:10"],
        "2021-09-05",
        ["05 18:40", "05 14:05", "04 23:10", "04 09:10"],
    ),
    "another zone": (
        ["2:05 a.m. EDT", "1:30 a.m. EDT", "11:30 p.m. EDT, September 4, 2021"],
        "2021-09-05",
        ["05 06:05", "05 05:30", "05 03:30"],
    ),
    "an age beside the time": (
        ["1h ago (18:40 GMT)", "5h ago (14:05 GMT)", "10h ago (09:10 GMT)"],
        "2021-09-05",
        ["05 18:40", "05 14:05", "05 09:10"],
    ),
    "over midnight, opened in the evening": (
        ["02:10", "00:15", "23:05", "20:00"],
        "2021-09-05T19:30:00Z",
        ["06 02:10", "06 00:15", "05 23:05", "05 20:00"],
    ),
    "over midnight, updated at night": (
        ["02:10", "00:15", "23:05", "20:00"],
        "2021-09-06T02:15:00Z",
        ["06 02:10", "06 00:15", "05 23:05", "05 20:00"],
    ),
    "over midnight, oldest post first": (
        ["20:00", "23:05", "00:15"],
        "2021-09-05T19:30:00Z",
        ["05 20:00", "05 23:05", "06 00:15"],
    ),
    "over midnight, nobody knows from which day": (
        ["02:10", "00:15", "23:05", "20:00"],
        "2021-09-05",
        ["?", "?", "?", "?"],
    ),
}


@pytest.mark.parametrize(("times", "published", "expected"), POSTS.values(), ids=POSTS)
def test_when_a_post_was_written(times: list[str], published: str, expected: list[str]) -> None:
    assert days(article(blog(*times), published)) == expected


def test_a_post_begins_with_its_time_or_with_the_heading_above_it() -> None:
    below = article(blog("18:40 GMT", "14:05 GMT", "09:10 GMT"))
    assert [below.text[unit.start :][:9] for unit in below.units] == ["18:40 GMT", "14:05 GMT", "09:10 GMT"]
    headed = "\n\n".join(
        ["LIVE: The council meets", *(f"Post number {hour}\n1{hour}:05 GMT\n{PROSE}" for hour in (5, 4, 3))]
    )
    made = article(headed, "2021-09-05")
    assert [made.text[unit.start :][:13] for unit in made.units][1:] == ["Post number 4", "Post number 3"]


@pytest.mark.parametrize(
    "text",
    [
        f"The council of Kirkuk meets\n28 July 2021\n08:30\n\n{PROSE}\n\n{PROSE}",
        f"Council meets\n\n{PROSE}\n\nRoads open\n\n{PROSE}\n\nA bridge\n\n{PROSE}\n\nThe water\n\n{PROSE}",
        f"Programme of the session\n\n{PROSE}\n\n09:00\nOpening\n\n10:00\nReports\n\n12:00\nLunch",
    ],
    ids=["a story", "a story with headings", "the hours of a programme"],
)
def test_one_story(text: str) -> None:
    assert article(text).units == ()


HEADINGS = ("Roads reopen in Erbil", "Bridge closed in Mosul", "Water returns to Basra")


def digest(title: str, *, numbered: bool = False, places: tuple[str, ...] = ("", "", "")) -> str:
    parts = [
        f"{f'{number}. ' if numbered else ''}{heading}\n\n{place}{PROSE}\n\nNobody was hurt, officials said."
        for number, (heading, place) in enumerate(zip(HEADINGS, places, strict=True), 1)
    ]
    return "\n\n".join([title, *parts])


DIGESTS = {
    "it says so": digest("Riverbend weekly roundup"),
    "numbered": digest("What happened in the provinces", numbered=True),
    "a report each": digest(
        "Reports from the provinces", places=("ERBIL (Reuters) - ", "MOSUL (AFP) - ", "BASRA (AP) - ")
    ),
}


@pytest.mark.parametrize("text", DIGESTS.values(), ids=DIGESTS)
def test_the_stories_of_a_digest(text: str) -> None:
    made = article(text, "2021-09-05T06:00:00Z")
    found = [
        text[unit.start :].split("\n", 1)[0].removeprefix(f"{n}. ") for n, unit in enumerate(made.units, 1)
    ]
    assert tuple(found) == HEADINGS
    assert days(made) == ["05 06:00"] * 3


def test_a_report_in_a_digest_has_its_own_day() -> None:
    places = ("ERBIL, Sept. 4 (Reuters) - ", "MOSUL, Sept. 3 (AFP) - ", "BASRA (AP) - ")
    made = article(digest("Reports from the provinces", places=places), "2021-09-05")
    assert days(made) == ["04 00:00", "03 00:00", "05 00:00"]
    assert [unit.published_source for unit in made.units] == ["dateline", "dateline", "metadata"]


def test_dates_are_counted_from_the_day_of_the_post() -> None:
    made = article(blog("09:00, 8 September 2021", "18:00, 7 September 2021", "17:00, 6 September 2021"))
    found = find(made.text, date(2021, 9, 8), units=made.units)
    assert [timex.value for timex in found if timex.text == "Tuesday"] == [
        "2021-09-07",
        "2021-09-07",
        "2021-08-31",
    ]


def test_a_date_of_another_post_is_not_meant() -> None:
    text = blog("09:00", "10:00", "11:00").replace("Post number 1", "He spoke the next day")
    text = text.replace("Post number 0", "It began on 2 May 2020")
    made = article(text, "2021-09-05")
    alone = find("He spoke the next day", date(2021, 9, 5))
    together = find(text, date(2021, 9, 5), units=made.units)
    [inside] = [timex for timex in together if timex.text == "the next day"]
    assert [inside.value] == [timex.value for timex in alone]
    assert inside.value != next(
        timex.value for timex in find(text, date(2021, 9, 5)) if timex.text == inside.text
    )


def test_units_stay_at_their_words_where_lines_are_joined() -> None:
    wrapped = blog("18:40 GMT", "14:05 GMT", "09:10 GMT").replace("opened its session", "opened its\nsession")
    wrapped = wrapped.replace("of its members told", "of its members\ntold").replace(
        "the roads", "the\nroads"
    )
    made = article(wrapped, "2021-09-05")
    joined = join_article(made, load_line_words()).joined
    assert joined.text != made.text
    assert [joined.text[unit.start :][:9] for unit in joined.units] == ["18:40 GMT", "14:05 GMT", "09:10 GMT"]


def test_the_posts_of_a_web_page(tmp_path: Path) -> None:
    times = ["8 September 2021 09:00 GMT", "7 September 2021 18:00 GMT", "17:00 GMT"]
    posts = "".join(
        f"<div class='entry'><time>{time}</time><h2>Post number {n}</h2><p>{PROSE} Part {n}.</p></div>"
        for n, time in enumerate(times)
    )
    head = "<title>LIVE: Council meets</title><meta property='article:published_time' content='2021-09-07'>"
    page = (
        f"<html><head>{head}</head><body><article><h1>LIVE: Council meets</h1>{posts}</article></body></html>"
    )
    (tmp_path / "live.html").write_text(page, encoding="utf-8")
    [made] = read_inputs([tmp_path], max_chars=len(page))
    assert isinstance(made, Article)
    assert days(made) == ["08 09:00", "07 18:00", "07 17:00"]
