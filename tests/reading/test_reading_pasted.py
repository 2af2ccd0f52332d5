"""Pages pasted with their menus, banners and links: the article is found, all else is page furniture."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Article
from extract.reading.build import Draft, make_article
from extract.reading.page.forms import load_forms
from extract.reading.page.pasted.article_lines import best_stretch
from extract.reading.records.metadata import Metadata

FORMS = load_forms()
MENU = "Skip to content\nHome\nNews\nWorld\nBusiness\nCulture\nPodcasts\nWeather\nSubscribe\nSign in"
TITLE = "Council of Kirkuk fails again to choose a governor"
BODY = (
    "The provincial council met for the third time this month and again failed to choose a governor, "
    "members of three lists said after the session in Kirkuk.\n\n"
    'The chairman, Rashid Sample, said that the lists had come closer. "We will meet again on Sunday and the '
    'doors stay open," he told reporters outside the council.\n\n'
    "The council has forty-one seats. No list has a majority, and the governor needs the votes of two of the "
    "three lists, which have not spoken to each other since the spring."
)
RELATED = (
    "RELATED\nDam levels fall in the north\nOil tops 70 dollars\nA short guide to the council\n"
    "MORE FROM NEWS\nTen photographs of the week\nWhy the river is low"
)
FOOT = "About us\nContact us\nCareers\nTerms of use\nPrivacy policy\n© 2021 Riverbend News."


def article(text: str) -> Article:
    made = make_article(Draft("a", "a.txt", "txt", text, Metadata()), max_chars=100_000, forms=FORMS)
    assert isinstance(made, Article)
    return made


def texts_of(made: Article, kind: str) -> str:
    return "\n".join(made.text[one.start : one.end] for one in made.sections if one.kind == kind)


PAGES = {
    "whole page": f"{MENU}\n{TITLE}\nBy Tara Sample\n28 July 2021\n{BODY}\n{RELATED}\n{FOOT}",
    "path and title": f"{MENU}\nIraq|{TITLE}\n\n{TITLE}\n\nBy Tara Sample\n28 July 2021\n\n{BODY}\n{RELATED}",
    "headline first": f"{TITLE}\nBy Tara Sample\n28 July 2021\n{BODY}\n{RELATED}\n{FOOT}",
    "cookie banner": (
        "We value your privacy\nWe and our 70 partners store and access information on a device.\n"
        f"MORE OPTIONS\nAGREE\n{TITLE}\nTara Sample\n28 July 2021\n{BODY}"
    ),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_the_article_of_a_page(page: str) -> None:
    made = article(page)
    assert (made.title, made.author) == (TITLE, "Tara Sample")
    assert made.published_at is not None
    assert made.published_at.date().isoformat() == "2021-07-28"
    assert texts_of(made, "body").split() == BODY.split()


def test_an_article_alone_is_not_cut() -> None:
    made = article(f"{TITLE}\n28 July 2021\n\n{BODY}")
    assert [section.kind for section in made.sections] == ["title", "dateline", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "This site uses cookies. By continuing to browse the site you are agreeing to our use of cookies.",
        "I accept",
        "Translated from Arabic by Google Translate",
        "9/6/21, 8:02 AM                    Council of Kirkuk - Riverbend News",
    ],
)
def test_furniture_above_the_title(line: str) -> None:
    made = article(f"{line}\n\n{TITLE}\n\n28 July 2021\n\n{BODY}")
    assert made.title == TITLE
    assert texts_of(made, "boilerplate") == line


@pytest.mark.parametrize(
    "line",
    [
        "Accessed: 3 March 2024, https://riverbend.example/a",
        "https://riverbend.example/2021/07/28/council                 1/2",
    ],
)
def test_notes_of_who_kept_the_page_give_no_date(line: str) -> None:
    made = article(f"{TITLE}\n\n{BODY}\n\n{line}")
    assert made.published_at is None
    assert texts_of(made, "boilerplate") == line


def test_a_paywall_cuts_the_text() -> None:
    wall = "This article is for subscribers only.\nAlready a subscriber? Log in\nCancel any time."
    made = article(f"{TITLE}\nBy Tara Sample\n28 July 2021\n{BODY}\n\n{wall}")
    assert texts_of(made, "boilerplate") == wall
    assert "cut_by_paywall" in {issue.code for issue in made.issues}
    assert "cut_by_paywall" not in {issue.code for issue in article(f"{TITLE}\n28 July 2021\n{BODY}").issues}


@pytest.mark.parametrize(
    ("line", "title", "outlet"),
    [
        (f"{TITLE} | Riverbend News", TITLE, "Riverbend News"),
        (f"{TITLE} - Al Jazeera", TITLE, "Al Jazeera"),
        (f"{TITLE} - the third session", f"{TITLE} - the third session", None),
        (f"{TITLE} | Iraq", f"{TITLE} | Iraq", None),
    ],
)
def test_the_outlet_behind_the_title(line: str, title: str, outlet: str | None) -> None:
    made = article(f"{line}\n28 July 2021\n\n{BODY}")
    assert (made.title, made.outlet) == (title, outlet)


@pytest.mark.parametrize(
    "caption",
    ["Photograph: Tara Sample/The Riverbend Times", "The council on Saturday [Tara Sample/Riverbend]"],
)
def test_captions(caption: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    assert texts_of(article(f"{TITLE}\n28 July 2021\n{first}\n\n{caption}\n\n{rest}"), "caption") == caption


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=8), st.integers(0, 5), st.integers(0, 5))
def test_the_best_stretch(scores: Sequence[int], leave_out: int, resume: int) -> None:
    def value(chosen: Sequence[int]) -> int:
        boxes = sum(after - before > 1 for before, after in pairwise(chosen))
        return sum(scores[index] for index in chosen) - boxes * (leave_out + resume)

    lines = range(len(scores))
    choices = ([line for line in lines if bits >> line & 1] for bits in range(1, 2 ** len(scores)))
    found = best_stretch(scores, leave_out=leave_out, resume=resume)
    assert value(found) == max(map(value, choices))


@pytest.mark.parametrize(
    ("below", "author"),
    [
        ("Tara Sample, Lantern Political Writer\nUpdated 28 July 2021", "Tara Sample"),
        ("Tara Sample and Karl Brandt, Associated Press\n28 July 2021", "Tara Sample and Karl Brandt"),
        ("Tara Sample\nPolitical Editor\n28 July 2021", "Tara Sample"),
        ("TARA SAMPLE\nJuly 28, 2021Updated: July 28, 2021 1:35 a.m.", "TARA SAMPLE"),
        ("Tara Sample Diplomatic editor\n28 July 2021", "Tara Sample"),
        ("Tara Sample Middle East correspondent\n28 July 2021", "Tara Sample"),
        ("Tara Sample\nFollow\n28 July 2021", "Tara Sample"),
        ("Kirkuk, Iraq\n28 July 2021", None),
    ],
)
def test_the_credits_below_a_title(below: str, author: str | None) -> None:
    made = article(f"{TITLE}\n{below}\n{BODY}\n{RELATED}\n{FOOT}")
    assert (made.author, str(made.published_at)[:10]) == (author, "2021-07-28")


def test_a_day_with_other_words_directly_below_the_title_is_that_of_publication() -> None:
    made = article(f"{TITLE}\nJuly 28, 2021 by admin 3 comments\n{BODY}\n{RELATED}\n{FOOT}")
    assert (str(made.published_at)[:10], made.published_source) == ("2021-07-28", "byline")


@pytest.mark.parametrize(
    ("note", "author"),
    [
        ("Tara Sample is a staff writer at the Lantern, covering the north.", "Tara Sample"),
        ("Tara Sample is a baker in Kirkuk.", None),
        ("The Sample Police Department is the lead agency here, the reporter was told.", None),
        ("Rashid Sample is a former reporter.", None),  # of whom the article speaks
    ],
)
def test_a_note_below_the_body_names_the_author(note: str, author: str | None) -> None:
    assert article(f"{MENU}\n{TITLE}\n28 July 2021\n{BODY}\n{RELATED}\n{note}\n{FOOT}").author == author


def test_the_days_of_a_list_of_articles_are_not_that_of_publication() -> None:
    others = "\n".join(f"A short guide to dam {day}\nJuly {day}, 2021" for day in range(3, 6))
    made = article(f"{TITLE}\nBy Tara Sample\n{others}\n{BODY}\n{RELATED}\n{FOOT}")
    assert made.published_source not in {"byline", "dateline"}


RAIL = "Dam levels fall in the north\nOil tops 70 dollars\nTen photographs of the week\nWhy the river is low"


def test_the_button_that_shares_the_title_is_not_the_title() -> None:
    made = article(f"{MENU}\n{TITLE}\nBy Tara Sample\n28 July 2021\nShare {TITLE}\n{BODY}\n{RELATED}\n{FOOT}")
    assert made.title == TITLE


@pytest.mark.parametrize("text", [f"{MENU}\n{BODY}\n{RELATED}\n{FOOT}", f"\N{BALLOT BOX}\n\n{BODY}"])
def test_no_title_is_better_than_a_line_of_the_menu_or_a_sign(text: str) -> None:
    assert article(text).title is None


@pytest.mark.parametrize(
    ("between", "author"),
    [
        ("By Tara Sample , Riverbend News\n28 July 2021 report", "Tara Sample"),
        ("By Tara de la Sample\nJul 28, 2021 @ 4:48 pm", "Tara de la Sample"),
        ("Tara Sample\n28 July 2021, five comments so far", "Tara Sample"),  # named again in the note below
        ("Weather Stories\n28 July 2021, five comments so far", None),
    ],
)
def test_date_and_author_between_title_and_body(between: str, author: str | None) -> None:
    note = "Weather Stories" if author is None else "Tara Sample"
    made = article(f"{MENU}\n{TITLE}\n{between}\nShare\n{BODY}\n\n{note}\n{RELATED}\n{FOOT}")
    assert (made.title, made.author) == (TITLE, author)
    assert made.published_at is not None
    assert made.published_at.date().isoformat() == "2021-07-28"


def test_a_heading_between_title_and_body_does_not_end_the_article() -> None:
    made = article(f"{MENU}\n{MENU}\n{TITLE}\n28 July 2021\nRelated\n{RAIL}\n{BODY}\n{FOOT}")
    assert made.title == TITLE
    assert texts_of(made, "body").split() == BODY.split()


def test_the_note_on_the_author_may_be_the_last_paragraph_but_a_few() -> None:
    note = "Tara Sample is a staff writer at Riverbend News."
    made = article(
        f"{MENU}\n{TITLE}\n28 July 2021\n{BODY}\n\n{note}\n\nThis story was first told at a fair.\n{FOOT}"
    )
    assert made.author == "Tara Sample"


@pytest.mark.parametrize("foot", ["About Me", "About Press Contact Us"])
def test_a_link_of_the_foot_is_no_outlet(foot: str) -> None:
    made = article(f"{MENU}\n{foot}\n{TITLE}\n28 July 2021\n{BODY}\n{RELATED}\n{foot}\n{foot}")
    assert made.outlet is None


def test_the_agency_of_a_story_is_not_the_outlet_of_a_page_that_names_its_own() -> None:
    story = f"{TITLE}\nTara Sample Associated Press\n28 July 2021\n\n{BODY}"
    assert article(f"{story}\n\nCopyright 2021 The Riverbend Herald").outlet != "AP"
    assert article(story).outlet == "AP"


def test_those_who_take_the_story_of_an_agency_say_so() -> None:
    made = article(f"{MENU}\n{TITLE}\nBy Reuters\n28 July 2021\n{BODY}\n{RELATED}\n{FOOT}")
    assert made.outlet != "Reuters"
