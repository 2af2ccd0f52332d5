"""The report in a real browser, opened from disk as analysts open it: by clicks, keys and without scripts."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.report.chromium import Chromium, Page
from benchmarks.report.corpus import publish as publish_many
from benchmarks.report.speed import FILTER_SECONDS, READY_SECONDS, SEARCH_SECONDS, best_answers
from report_samples import ACTORS, actor, annotation, publish

from extract.overrides import load_overrides
from extract.report import make_report
from extract.report.addresses import actor_page, article_page

SHOWN = "document.querySelector('#count b')?.textContent"
READY = "document.documentElement.dataset.ready"


def one_of_each_kind(report: Path) -> list[str]:
    """Return the addresses of all first pages, and of the largest page of each other kind."""
    firsts = sorted(path.name for path in report.glob("*.html") if "-" not in path.name)
    others = (
        max(report.glob(kind), key=lambda path: path.stat().st_size, default=None)
        for kind in ("actor/*.html", "article/*.html", "timeline-*.html")
    )
    return [*firsts, *(path.relative_to(report).as_posix() for path in others if path)]


def show(page: Page, report: Path, address: str) -> None:
    file, mark, fragment = address.partition("#")
    page.open(f"{(report / file).resolve().as_uri()}{mark}{fragment}")
    if address.startswith("statements"):
        page.wait_for(READY)


def texts(page: Page, selector: str) -> list[str]:
    found: list[str] = page.evaluate(
        f"[...document.querySelectorAll({json.dumps(selector)})].map((one) => one.textContent)"
    )
    return found


def test_pages_load_without_a_word_and_ask_for_nothing_outside(page: Page, samples: Path) -> None:
    root = samples.resolve().as_uri()
    for address in one_of_each_kind(samples):
        show(page, samples, address)
        assert page.messages == [], address
        assert len(page.requests) > 1
        assert [one for one in page.requests if not one.startswith((root, "data:"))] == [], address


def test_a_mark_offers_its_entry_for_a_file_of_corrections(page: Page, tmp_path: Path) -> None:
    text = "“Rain\u202e falls, say all” said Jund al-Matar on 5 May 2021."
    report = make_report(publish(tmp_path / "o", [annotation("a", text)])).index.parent
    show(page, report, article_page("a"))
    page.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }")
    copied = []
    for number in range(len(texts(page, ".doc [data-fix]"))):
        mark = f"document.querySelectorAll('.doc [data-fix]')[{number}]"
        page.evaluate(f"{mark}.dispatchEvent(new PointerEvent('pointerover', {{bubbles: true}}))")
        page.evaluate("document.querySelector('#fix').click()")
        copied.append(page.evaluate("globalThis.copied"))
    page.wait_for("document.querySelector('#fix').textContent === 'Copied'")
    (tmp_path / "copied.toml").write_text("\n".join(dict.fromkeys(copied)), encoding="utf-8")
    found = load_overrides(tmp_path).entries
    assert {one.target for one in found} == {"mention", "quote", "date"}
    assert all(text.startswith(one.text, one.start) for one in found)


def test_nothing_sticks_out_of_a_narrow_screen(page: Page, samples: Path) -> None:
    page.resize(320, 640)
    for address in one_of_each_kind(samples):
        show(page, samples, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_a_reader_goes_from_page_to_page(page: Page, samples: Path) -> None:
    show(page, samples, "index.html")
    for place, name in list(enumerate(texts(page, ".top nav a"), start=1))[1:]:  # the first is shown
        page.click(f".top nav a:nth-of-type({place})")
        here = "document.querySelector('.top nav [aria-current=page]')?.textContent"
        page.wait_for(f"{here} === {json.dumps(name)}")
    show(page, samples, "actors.html")
    name = texts(page, "#actors tbody a")[0]
    page.click("#actors tbody a")
    page.wait_for(f"document.querySelector('h1')?.textContent.startsWith({json.dumps(name)})")


def test_who_speaks_with_others_is_found_and_named(page: Page, tmp_path: Path) -> None:
    told = annotation("a", "“It rained” said Bahr, and Jund al-Matar nodded. “It snowed” said Bahr")
    joint = replace(told.quotes[0], speaker_entity_ids=("bahr", "jund-al-matar"))
    told = replace(told, quotes=(joint, told.quotes[1]))
    report = make_report(publish(tmp_path / "outputs", [told])).index.parent
    for speaker, number in (("bahr", "2"), ("jund-al-matar", "1")):
        show(page, report, f"statements.html#speaker={speaker}")
        assert page.evaluate(SHOWN) == number
        assert "Bahr, Jund al-Matar" in " ".join(texts(page, "#results .who")), speaker
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; }")
    page.click("#results button.copy")
    page.wait_for("window.copied")
    assert page.evaluate("window.copied").startswith("Bahr and Jund al-Matar: “It rained”")
    show(page, report, actor_page("jund-al-matar"))
    assert "1 said by" in " ".join(texts(page, ".figures span"))


def test_all_mentions_of_an_actor_are_read_in_their_sentences(page: Page, tmp_path: Path) -> None:
    text = f"{HOSTILE} Bahr met Jund al-Matar. Bahr\nleft."
    articles = [annotation(f"a{place}", text, day=date(2021, 1, 1 + place)) for place in range(28)]
    report = make_report(publish(tmp_path / "outputs", articles)).index.parent
    show(page, report, actor_page("bahr"))
    assert len(texts(page, "#contexts blockquote a")) == 24
    page.click("#more-contexts")
    page.wait_for("document.querySelector('#contexts-count').textContent.startsWith('50 of 56')")
    page.click("#more-contexts")
    page.wait_for("document.querySelector('#contexts-count').textContent === '56 shown: all'")
    assert texts(page, "#contexts blockquote a") == ["Bahr"] * 56
    shown = HOSTILE.replace("\u202e", "[U+202E]").replace("\x00", "[U+0000]")
    assert shown in texts(page, "#contexts li")[-1]
    assert not page.evaluate("document.querySelector('#more-contexts').offsetParent")
    page.click("#contexts li:nth-child(2) blockquote a")
    page.wait_for("document.querySelector('.doc .m:target')?.textContent === 'Bahr'")
    assert page.messages == []


def test_a_statement_leads_to_its_words_in_the_article(page: Page, samples: Path) -> None:
    show(page, samples, "statements.html")
    [said, *_] = texts(page, "#results blockquote")
    page.click("#results cite a")
    page.wait_for("document.querySelector('.q.hit')")
    marked = " ".join("".join(texts(page, ".q.hit")).split())
    assert marked[:30] in said


def counted(tables: Path) -> pd.DataFrame:
    """Return the first rows of all statements that the report counts."""
    quotes = pd.read_parquet(tables / "quotes")
    quotes = quotes[quotes["duplicate_of"].isna()]
    return quotes[quotes["type"] != "scare"].drop_duplicates("group_id")


def test_filters_show_what_the_tables_hold(page: Page, samples: Path, sample_tables: Path) -> None:
    said = counted(sample_tables)
    show(page, samples, "statements.html")
    assert page.evaluate(SHOWN) == f"{len(said):,}"
    boxes = {"polarity": "negated", "kind": "pronoun", "act": "belief", "anonymous": "anonymous"}
    wanted = {
        "polarity": (said["polarity"] == "negated").sum(),
        "kind": (said["speaker_kind"] == "pronoun").sum(),
        "act": (said["act"] == "belief").sum(),
        "anonymous": (said["anonymous"] == True).sum(),  # noqa: E712 - a column with nulls
    }
    for facet, value in boxes.items():
        page.evaluate(f"location.hash = '{facet}={value}'")
        page.wait_for(f"[...document.querySelectorAll('#f-{facet} input')].some((one) => one.checked)")
        page.wait_for(f"{SHOWN} === '{wanted[facet]:,}'")
        assert wanted[facet] > 0, facet
    page.click(".facets [type=reset]")
    page.wait_for(f"{SHOWN} === '{len(said):,}'")


def test_a_filter_is_chosen_by_clicks_and_kept_in_the_address(page: Page, samples: Path) -> None:
    show(page, samples, "statements.html")
    everything = page.evaluate(SHOWN)
    label, _, number = page.evaluate(
        "[...document.querySelectorAll('#f-type label:first-of-type span')].map((one) => one.textContent)"
        ".toSpliced(1, 0, '')"
    )
    page.click("#f-type label:first-of-type input")
    page.wait_for(f"{SHOWN} === '{number}'")
    assert label == "in their own words"
    assert number != everything
    assert "type=direct" in page.evaluate("location.hash")
    page.open(page.evaluate("location.href"))
    page.wait_for(f"{SHOWN} === '{number}'")
    page.click("#f-type label:first-of-type input")
    page.wait_for(f"{SHOWN} === '{everything}'")


def test_the_search_finds_statements_by_all_their_words(page: Page, samples: Path) -> None:
    show(page, samples, "statements.html")
    page.click("#f-q")
    page.type("ELECTION the")
    page.wait_for("location.hash.includes('q=') && document.querySelectorAll('#results mark').length")
    found = texts(page, "#results .said")
    assert found
    assert all("election" in one.lower() and "the" in one.lower() for one in found)
    page.type(" lection")  # words are found where they begin
    page.wait_for("document.querySelector('#results .empty')")
    assert page.evaluate(SHOWN) == "0"
    assert page.messages == []


def test_tables_are_searched_and_sorted(page: Page, samples: Path) -> None:
    show(page, samples, "actors.html")
    page.click("#filter")
    page.type("hezbollah")
    page.wait_for("document.querySelector('#filter-count').textContent")
    shown = texts(page, "#actors tbody tr:not([hidden])")
    assert shown
    assert len(shown) < len(texts(page, "#actors tbody tr"))
    page.click("#actors thead th:first-child button")
    names = texts(page, "#actors tbody tr th a")
    assert names == sorted(names, key=str.casefold)


def test_dark_and_light_are_chosen_and_remembered(page: Page, samples: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    show(page, samples, "index.html")
    light = page.evaluate(paper)
    page.click("button.theme")
    dark = page.evaluate(paper)
    assert dark != light
    show(page, samples, "issues.html")
    assert page.evaluate(paper) == dark
    page.click("button.theme")
    assert page.evaluate(paper) == light
    page.evaluate("localStorage.clear()")
    page.prefer("dark")
    show(page, samples, "index.html")
    assert page.evaluate(paper) == dark


def focused(page: Page) -> str:
    one = page.evaluate("document.activeElement.id || document.activeElement.textContent")
    return str(one).strip()


def test_all_is_reached_by_keys_in_the_order_of_reading(page: Page, samples: Path) -> None:
    show(page, samples, "statements.html")
    navigation = texts(page, ".top nav a")
    order = ["Skip to the content", "Who said what", *navigation, "Dark", "f-q"]
    for name in order:
        page.press("Tab")
        assert focused(page) == name
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    show(page, samples, "actors.html")
    page.press("Tab")
    page.press("Enter")
    assert focused(page) == "main"
    page.press("Tab")
    assert focused(page) == "filter"
    while focused(page) != "Mentions":
        page.press("Tab")
    page.press("Enter")
    assert page.evaluate("document.activeElement.closest('th').getAttribute('aria-sort')") == "descending"


def test_without_scripts_all_can_be_read(page: Page, samples: Path, sample_tables: Path) -> None:
    page.forbid_scripts()
    article = pd.read_parquet(sample_tables / "articles").iloc[0]
    seen = {}
    for address in ("index.html", "statements.html", "actors.html", article_page(article["article_id"])):
        page.open((samples / address).resolve().as_uri())
        page.forbid_scripts(False)
        seen[address] = page.evaluate("document.body.innerText")
        switches = page.evaluate(
            "[...document.querySelectorAll('.js-only, button')].filter((one) => one.offsetParent).length"
        )
        page.forbid_scripts()
        assert not switches, address
    assert "Search and filters need JavaScript" in seen["statements.html"]
    assert len(seen["statements.html"]) > 5000
    shown = seen[article_page(article["article_id"])]
    words = re.findall(r"\w+", article["text"])
    assert len(words) > 100
    assert [word for word in words if word not in shown] == []


def test_nobody_is_kept_out(page: Page, samples: Path, axe: str) -> None:
    for address in one_of_each_kind(samples):
        show(page, samples, address)
        for width in (1280, 390):
            page.resize(width, 900)
            assert violations(page, axe) == [], (address, width)
            page.prefer("dark")
            assert violations(page, axe, "color-contrast") == [], (address, width)
            page.prefer("light")


def test_nobody_is_kept_out_of_an_empty_report(page: Page, tmp_path: Path, axe: str) -> None:
    report = make_report(publish(tmp_path / "outputs", [])).index.parent
    for address in one_of_each_kind(report):
        page.open((report / address).resolve().as_uri())
        assert page.messages == [], address
        assert violations(page, axe) == [], address


def violations(page: Page, axe: str, *rules: str) -> list[str]:
    """Return what axe-core finds by some of its rules, else by all: the rule and elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{axe}; void 0")
    options = {"runOnly": rules} if rules else {}
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run({json.dumps(options)}).then((result) => result.violations)"
    )
    return [f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}" for one in found]


HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>\u202egnp\x00"


def test_a_page_obeys_nothing_that_an_article_says(page: Page, tmp_path: Path) -> None:
    actors = (*ACTORS, actor("bad", HOSTILE, aliases=[HOSTILE], arabic_name=HOSTILE))
    text = f"{HOSTILE} met Bahr on 5 May 2021.\n“So {HOSTILE} be it” said {HOSTILE}"
    told = {"title": HOSTILE, "outlet": HOSTILE, "author": HOSTILE, "url": "javascript:alert(3)"}
    outputs = publish(tmp_path / "outputs", [annotation(HOSTILE, text, actors=actors, **told)], actors=actors)
    report = make_report(outputs).index.parent
    for address in (*one_of_each_kind(report), actor_page("bad")):
        show(page, report, address)
        assert page.messages == [], address
        assert page.evaluate("document.images.length") == 0, address
    show(page, report, "statements.html#q=img")
    page.wait_for("document.querySelectorAll('#results mark').length")
    assert "<img src=x onerror=alert(1)>" in page.evaluate("document.querySelector('#results').innerText")
    assert "[U+202E]" in page.evaluate("document.querySelector('#results').innerText")
    assert page.messages == []


def test_with_many_articles_no_page_is_heavy_and_statements_answer_at_once(
    browser: Chromium, tmp_path: Path
) -> None:
    report = make_report(publish_many(tmp_path / "outputs", range(500))).index.parent
    sizes = {path.relative_to(report).as_posix(): path.stat().st_size for path in report.rglob("*.html")}
    assert len(sizes) > 700
    assert {name: size for name, size in sizes.items() if size > 500_000} == {}
    _, answers = best_answers(browser, report)  # in processor time: tests run beside each other
    assert answers.ready <= READY_SECONDS
    assert answers.search <= SEARCH_SECONDS
    assert answers.filter <= FILTER_SECONDS
