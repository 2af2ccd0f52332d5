"""The pages of small publications: they are whole, safe, right, and say in words what there is not."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from report_samples import (
    ACTORS,
    DAY,
    Page,
    actor,
    annotation,
    broken_links,
    file_bytes,
    publish,
    read_page,
    read_report,
)

import extract
from extract.errors import StoreError
from extract.ids import digest
from extract.model import Annotation, Context, Issue
from extract.overrides import load_overrides
from extract.report import make_report
from extract.report.addresses import actor_page, article_page

TEXT = (
    "Bahr met Salim al-Ghaim on 5 May 2021.\n\n“We shall answer Bahr”, and “nobody will stop us” said "
    "Salim al-Ghaim. “No answer came” said Bahr. “It rained” said nobody"
)
LATER = "Jund al-Matar will meet Bahr on 9 May 2022. “We shall come” said Bahr"


def made(root: Path) -> Path:
    return make_report(root).index.parent


def test_every_page_of_the_samples_is_whole(samples: Path) -> None:
    pages = read_report(samples)
    assert len(pages) > 20
    for address, page in pages.items():
        assert not page.faults, address
        assert len(page.ids) == len(set(page.ids)), address


def test_every_link_of_the_samples_leads_somewhere(samples: Path) -> None:
    pages = read_report(samples)
    assert sum(len(page.links) for page in pages.values()) > 500
    assert broken_links(samples, pages) == []


def test_numbers_of_statements_are_those_of_the_tables(samples: Path, sample_tables: Path) -> None:
    quotes = pd.read_parquet(sample_tables / "quotes")
    counted = quotes[quotes["duplicate_of"].isna()]
    said = counted[counted["type"] != "scare"]
    index = read_page((samples / "index.html").read_text("utf-8"))
    assert f"{said['group_id'].nunique():,} statements by" in index.text
    speakers = said.explode("speaker_entity_ids").groupby("speaker_entity_ids")["group_id"].nunique()
    actors = set(pd.read_parquet(sample_tables / "actors")["entity_id"])
    known = speakers[speakers.index.isin(actors)]
    assert len(known) >= 3
    for entity_id, number in known.items():
        page = read_page((samples / actor_page(str(entity_id))).read_text("utf-8"))
        assert f"{number} said by" in page.text, entity_id


def counted(tables: Path) -> pd.DataFrame:
    """Return the rows of the statements that count, with the day of their article."""
    quotes, articles = (pd.read_parquet(tables / name) for name in ("quotes", "articles"))
    quotes = quotes[quotes["duplicate_of"].isna()]
    scare = quotes.groupby("group_id")["type"].transform(lambda types: (types == "scare").all())
    return quotes[~scare].merge(articles[["article_id", "published_at"]], on="article_id")


def test_numbers_of_factions_are_those_of_the_tables(samples: Path, sample_tables: Path) -> None:
    actors = pd.read_parquet(sample_tables / "actors").set_index("entity_id")
    bodies = {one for one in actors.index if actors["kind"][one] != "person"}
    said = counted(sample_tables)
    each = said.explode("speaker_entity_ids")
    own = each.loc[each["speaker_entity_ids"].isin(bodies), ["group_id", "speaker_entity_ids"]]
    told = said.explode("affiliation")[["group_id", "affiliation"]].dropna()
    spoken = pd.concat([own.set_axis(["group", "body"], axis=1), told.set_axis(["group", "body"], axis=1)])
    wanted = spoken.drop_duplicates().groupby("body").size()
    assert len(wanted) > 3
    index = json.loads(
        (samples / "data" / "statements.js").read_text("ascii")[len("REPORT.add('index',") : -2]
    )
    names = [one[0] for one in index["faction"]]
    shown = Counter(names[code] for codes in index["columns"]["faction"] for code in codes)
    assert shown == wanted.to_dict()
    about = said.explode("about").dropna(subset="about").groupby("about")["group_id"].nunique()
    for entity_id, number in about[about.index.isin(actors.index)].items():
        page = read_page((samples / actor_page(str(entity_id))).read_text("utf-8"))
        assert f"{number} said about" in page.text, entity_id


def test_numbers_of_months_are_those_of_the_tables(samples: Path, sample_tables: Path) -> None:
    said = counted(sample_tables).dropna(subset="published_at")
    months = said.groupby(said["published_at"].dt.strftime("%b %Y"))["group_id"].nunique()
    html = (samples / "index.html").read_text("utf-8")
    chart = html[html.index('<svg class="columns"') :]
    shown = dict(re.findall(r"<title>(\w{3} \d{4}): ([\d,]+)</title>", chart[: chart.index("</svg>")]))
    assert {month: int(number) for month, number in shown.items()} == months.to_dict()


def test_numbers_of_mentions_are_those_of_the_tables(samples: Path, sample_tables: Path) -> None:
    entities = pd.read_parquet(sample_tables / "entities")
    actors = pd.read_parquet(sample_tables / "actors").set_index("entity_id")
    counts = entities[entities["entity_id"].isin(actors.index)].groupby("entity_id").size()
    for entity_id, number in counts.items():
        page = read_page((samples / actor_page(str(entity_id))).read_text("utf-8"))
        assert re.search(rf"\b{number:,} mentions? in", page.text), entity_id


def test_numbers_of_places_are_those_of_the_tables(samples: Path, sample_tables: Path) -> None:
    entities = pd.read_parquet(sample_tables / "entities")
    places = entities[entities["label"].isin(["GPE", "LOC", "FAC"])].dropna(subset="entity_id")
    shown = " ".join(read_page((samples / "places.html").read_text("utf-8")).text.split())
    assert f"{places['entity_id'].nunique()} places of the lexicon" in shown
    for (name, kind), rows in places.groupby(["entity_name", "entity_kind"]):
        assert f"{name}{kind.replace('_', ' ')}{len(rows)}{rows['article_id'].nunique()}" in shown, name


def test_an_article_shows_its_text_unaltered(samples: Path, sample_tables: Path) -> None:
    for row in pd.read_parquet(sample_tables / "articles").itertuples():
        html = (samples / article_page(row.article_id)).read_text("utf-8")
        paragraphs = re.findall(
            r'<div class="para \w+"><p>(?:<span class="section-name">\w+</span> )?(.*?)</p>', html, re.DOTALL
        )
        shown = "".join(read_page(paragraph).text for paragraph in paragraphs)
        assert "".join(shown.split()) == "".join(row.text.split())


def test_the_report_says_what_is_new(tmp_path: Path) -> None:
    first, second = annotation("first", TEXT), annotation("second", LATER)
    publish(tmp_path / "outputs", [first])
    index = read_page((made(tmp_path / "outputs") / "index.html").read_text("utf-8"))
    assert "1 article, read for the first time" in index.text
    publish(tmp_path / "outputs", [first, second])
    report = make_report(tmp_path / "outputs")
    assert report.headlines == (
        "1 new article",
        "1 statement by 1 speaker in what is new",
        "On behalf of factions: Bahr (1)",
        "Named for the first time: Jund al-Matar",
    )
    assert make_report(tmp_path / "outputs").headlines == report.headlines
    index = read_page(report.index.read_text("utf-8"))
    assert "1 new article" in index.text
    assert "Named for the first time" in index.text
    assert "Jund al-Matar" in index.text.partition("Named for the first time")[2]
    publish(tmp_path / "outputs", [first, annotation("second", LATER + ".")])
    index = read_page((made(tmp_path / "outputs") / "index.html").read_text("utf-8"))
    assert "0 new articles, 1 edited" in index.text


def test_every_mark_has_an_entry_for_a_file_of_corrections(tmp_path: Path) -> None:
    report = made(publish(tmp_path / "outputs", [annotation("a", TEXT)]))
    html = (report / article_page("a")).read_text("utf-8")
    marks = {told["data-fix"] for _, told in read_page(html).tags if "data-fix" in told}
    assert marks == {told["data-entry"] for _, told in read_page(html).tags if "data-entry" in told}
    entries = re.findall(r"<pre>(.*?)</pre>", html, re.DOTALL)
    (tmp_path / "a.toml").write_text("\n".join(read_page(one).text for one in entries), encoding="utf-8")
    found = load_overrides(tmp_path).entries
    assert Counter(one.target for one in found) == {"mention": 5, "quote": 3, "date": 1}
    assert all(TEXT.startswith(one.text, one.start) for one in found)
    assert {one.speaker for one in found if one.target == "quote"} >= {("salim-al-ghaim",), ("bahr",)}


def test_the_entry_of_a_quote_names_all_who_speak(tmp_path: Path) -> None:
    told = annotation("a", "“It rained” said Bahr")
    joint = replace(told.quotes[0], speaker_entity_ids=("bahr", "jund-al-matar"))
    report = made(publish(tmp_path / "outputs", [replace(told, quotes=(joint,))]))
    entries = read_page((report / article_page("a")).read_text("utf-8")).text
    assert 'speaker = ["bahr", "jund-al-matar"]' in entries


def test_an_actor_has_all_mentions_in_their_sentences(samples: Path, sample_tables: Path) -> None:
    entities = pd.read_parquet(sample_tables / "entities")
    texts = pd.read_parquet(sample_tables / "articles").set_index("article_id")["text"]
    known = set(pd.read_parquet(sample_tables / "actors")["entity_id"])
    named = entities[entities["entity_id"].isin(known)]
    listed = [
        (actor, words, anchor, "".join(piece if isinstance(piece, str) else piece[1] for piece in sentence))
        for *_, sentences in _data(samples / "data" / "mentions-latest.js")
        for sentence in sentences
        for actor, words, anchor in (piece for piece in sentence if not isinstance(piece, str))
    ]
    assert Counter((actor, anchor) for actor, _, anchor, _ in listed) == Counter(
        (row.entity_id, f"m{row.start_char}-{row.end_char}") for row in named.itertuples()
    )
    whole = {" ".join(text.split()) for text in texts}
    for _, words, _, sentence in listed:
        assert words in sentence
        assert any(" ".join(sentence.split()) in text for text in whole), sentence
    for entity_id, rows in named.groupby("entity_id"):
        html = (samples / actor_page(str(entity_id))).read_text("utf-8").partition('id="contexts"')[2]
        sentences = "".join(re.findall("<blockquote>(.*?)</blockquote>", html))
        shown = len(re.findall(r'\.html#m\d+-\d+"', sentences))
        assert shown == len(rows) or (0 < shown < len(rows) and "Show all" in html), entity_id


def test_what_members_say_is_told_apart_from_what_is_said_for_a_body(tmp_path: Path) -> None:
    outputs = publish(tmp_path / "outputs", [annotation("a", TEXT)])
    report = made(outputs)
    page = read_page((report / actor_page("jund-al-matar")).read_text("utf-8"))
    assert "0 said for it1 said by members" in page.text
    assert "Salim al-Ghaim of Jund al-Matar" in page.text
    assert "statements.html#member=jund-al-matar" not in page.links  # all are shown
    index = _data(report / "data" / "statements.js")
    assert [one[0] for one in index["member"]] == ["jund-al-matar"]
    assert sorted(index["columns"]["member"]) == [[], [], [0]]
    assert index["columns"]["faction"].count([]) == 2
    rows = extract.open(outputs).duckdb().sql("SELECT member_of FROM statements").fetchall()
    assert sorted(rows) == [([],), ([],), (["jund-al-matar"],)]


def _data(file: Path) -> Any:  # noqa: ANN401 - each test knows what it asks for
    """Return what a data file holds."""
    call = re.fullmatch(r"REPORT\.add\(\"[\w-]+\",(.*)\)\n", file.read_text("ascii"))
    assert call is not None
    return json.loads(call[1])


def test_what_has_come_since_a_day_is_new(tmp_path: Path) -> None:
    outputs, today = tmp_path / "outputs", datetime.now(UTC).date()
    for number in range(1, 4):
        publish(outputs, [annotation(str(one), f"“{one}” said Bahr") for one in range(number)])
    assert make_report(outputs).headlines[0] == "1 new article"
    assert make_report(outputs, since=today).headlines[0] == "3 articles, read for the first time"
    assert make_report(outputs, since=today + timedelta(1)).headlines[0] == "1 new article"
    publish(outputs, [annotation(str(one), f"“{one}” said Bahr") for one in range(4)])
    with pytest.raises(StoreError, match="what has come since is not known"):
        make_report(outputs, since=today)


def test_what_is_unsure_is_marked_in_words(tmp_path: Path) -> None:
    report = made(publish(tmp_path / "outputs", [annotation("a", TEXT)]))
    page = read_page((report / article_page("a")).read_text("utf-8"))
    assert "unsure" in page.text.partition("We shall answer")[2]
    assert "1 statement by" not in (report / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("texts", "day", "words"),
    [
        (
            [],
            None,
            {
                "index.html": "No articles yet",
                "articles.html": "No article has been published yet",
                "statements.html": "no article has been published",
                "actors.html": "No actor",
                "timeline.html": "No article names",
                "network.html": "No sentence names two known actors",
                "places.html": "No place of the lexicon is named: no article",
                "issues.html": "every file was read",
            },
        ),
        (
            ["It rained."],
            DAY,
            {
                "index.html": "No faction is quoted. Latest articles",
                "statements.html": "No statement was found",
                "actors.html": "No actor",
                "network.html": "No known actor is quoted about another",
            },
        ),
        ([TEXT, LATER], None, {"index.html": "all undated", "articles.html": "undated"}),
        ([TEXT], DAY, {"index.html": "1 article, read for the first time"}),
    ],
)
def test_what_is_missing_is_said_in_words(
    tmp_path: Path, texts: Sequence[str], day: date | None, words: dict[str, str]
) -> None:
    outputs = publish(
        tmp_path / "outputs", [annotation(f"a{i}", text, day=day) for i, text in enumerate(texts)]
    )
    report = made(outputs)
    pages = read_report(report)
    assert broken_links(report, pages) == []
    for address, expected in words.items():
        assert expected in " ".join(pages[address].text.split()), address


def test_without_a_publication_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no published tables"):
        make_report(tmp_path / "outputs")
    assert not (tmp_path / "outputs").exists()


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><b>bold</b>",
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "<!-- ",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202egnp.exe\u2066",
    "a\u2028b\u2029c",
    "a\x00b\x1bc",
    "&lt;i&gt;&quot;",
    "../../x",
    "CON",
    "javascript:alert(1)",
)
TAGS = frozenset(
    re.findall(
        r"\w+",
        """
        html head meta title link script body a header p pre nav button main footer b h1 h2 h3 div section
        ul ol li blockquote span cite small table caption thead tbody tr th td svg path polyline circle
        rect g text line bdi label input details summary dl dt dd noscript form select datalist
        fieldset legend code article br figure figcaption
        """,
    )
)


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A text that wants to be more than text, and the report of articles that hold it everywhere."""
    bad = request.param
    actors = (*ACTORS, actor("bad", bad, aliases=[bad], arabic_name=bad, country=bad, wikidata_id=bad))
    text = f"{bad} met Bahr on 5 May 2021 and on 9 May 2022.\n“So {bad} be it” said {bad}"
    told = {"title": bad, "outlet": bad, "author": bad}
    articles = [
        annotation(bad, text, actors=actors, url=f"javascript:{bad}", **told),
        annotation(f"b/{bad}", text + "!", actors=actors, url=f"https://example.org/{bad}", **told),
    ]
    articles.append(bad_everywhere(articles[1], bad))
    issues = [
        Issue(f"{bad}.txt", None, "error", "not_text", bad, bad),
        Issue(bad, bad, "info", "x", bad, bad),
    ]
    root = publish(tmp_path_factory.mktemp("hostile"), articles, actors=actors, issues=issues)
    return bad, made(root)


def bad_everywhere(told: Annotation, bad: str) -> Annotation:
    """Return an article in which a text stands wherever rows hold words from outside."""
    context = Context(
        addressee=told.quotes[0].speaker,
        addressee_id=f"person:{bad}",
        affiliation=("bad", f"org:{bad}"),
        about=("bad", f"person:{bad}"),
    )
    quotes = [
        replace(
            one,
            speaker_name=bad,
            speaker_entity_id=None,
            speaker_name_id=f"person:{bad}",
            rule=bad,
            context=context,
        )
        for one in told.quotes
    ]
    mentions = [replace(one, method=bad, rule=bad, entity_kind=bad) for one in told.mentions]
    mentions[0] = replace(mentions[0], label="GPE", entity_id=f"in/{bad}", entity_name=bad)
    return replace(
        told,
        article=replace(
            told.article,
            article_id=f"c/{bad}",
            source=f"c/{bad}.txt",
            published_at=None,
            published_source=f"unknown: {bad}",
        ),
        quotes=tuple(quotes),
        mentions=tuple(mentions),
        timexes=tuple(replace(one, value=bad, mod=bad, rule=bad) for one in told.timexes),
    )


def test_nothing_on_a_page_comes_from_data_but_text(hostile: tuple[str, Path]) -> None:
    bad, report = hostile
    pages = read_report(report)
    assert len(pages) > 10
    for address, page in pages.items():
        assert not page.faults, address
        assert {tag for tag, _ in page.tags} <= TAGS, address
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        assert [set(one) for one in scripts] == [{"src", "defer"}], address
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], address
        for link in page.links:
            assert re.match(r"https?://|data:,$|[\w./#=&%-]+$", link), (address, link)
            assert not link.lower().startswith("javascript"), address
    assert broken_links(report, pages) == []
    shown = re.sub(
        "[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]",
        lambda match: f"U+{ord(match[0]):04X}",
        bad,
    )
    kinds = {address.partition("-")[0] if "/" not in address else address for address in pages}
    assert len(kinds) > 10
    for address, page in pages.items():
        if address != actor_page("bahr"):
            assert shown.strip() in page.text, address


def test_every_page_forbids_what_is_not_its_own(hostile: tuple[str, Path]) -> None:
    _, report = hostile
    for address, page in read_report(report).items():
        [policy] = [one["content"] for tag, one in page.tags if tag == "meta" and "http-equiv" in one]
        rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'", address
        allowed = {"script-src": "'self' file:", "style-src": "'self' file:", "img-src": "data:"}
        assert {name: rules[name] for name in allowed} == allowed, address
        assert "unsafe" not in policy, address
        before = [tag for tag, one in page.tags[: page.tags.index(("meta", _policy(page)))]]
        assert not {"script", "link", "a", "img"} & set(before), address


def _policy(page: Page) -> dict[str, str]:
    return next(one for tag, one in page.tags if tag == "meta" and "http-equiv" in one)


def test_data_files_hold_data_only(hostile: tuple[str, Path]) -> None:
    bad, report = hostile
    files = sorted((report / "data").glob("*.js"))
    assert {file.name.partition("-")[0] for file in files} == {"statements.js", "statements", "mentions"}
    for file in files:
        text = file.read_bytes().decode("ascii")
        assert "<" not in text
        call = re.fullmatch(r"REPORT\.add\((\"[\w-]+\"),(.*)\)\n", text)
        assert call is not None
        assert bad in _strings(json.loads(call[2]))


def _strings(value: object) -> str:
    if isinstance(value, str):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(_strings(one) for one in inner)


def test_ids_that_differ_only_in_case_have_pages_of_their_own(tmp_path: Path) -> None:
    report = made(publish(tmp_path / "outputs", [annotation("Case", TEXT), annotation("case", LATER)]))
    names = {path.name.lower() for path in (report / "article").iterdir()}
    assert len(names) == 2


def test_a_second_report_of_the_same_tables_writes_nothing(tmp_path: Path) -> None:
    outputs = publish(tmp_path / "outputs", [annotation("a", TEXT)])
    report = made(outputs)
    before = {path: path.stat().st_mtime_ns for path in report.resolve().rglob("*")}
    again = make_report(outputs)
    assert again.n_written == 0
    assert {path: path.stat().st_mtime_ns for path in report.resolve().rglob("*")} == before


def test_only_what_changed_is_written_and_pages_of_removed_articles_go(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    publish(outputs, [annotation("a", TEXT), annotation("b", LATER)])
    old = made(outputs).resolve()
    kept = old / "style.css"
    publish(outputs, [annotation("a", TEXT)])
    again = make_report(outputs)
    new = again.index.parent.resolve()
    assert new != old
    assert old.exists()  # someone may be reading it
    assert (new / "style.css").samefile(kept)
    assert not (new / article_page("b")).exists()
    assert again.n_written < again.n_files
    assert file_bytes(new) == file_bytes(make_report(outputs, tmp_path / "elsewhere").index.parent)


def test_a_new_article_leaves_the_words_of_others_and_pages_of_actors_as_they_are(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    said = [digest(f"{place}".encode()) for place in range(60)]  # each its own: copies would count once
    early = [
        annotation(f"a{place}", f"“{words}” said Bahr", day=date(2021, 1, 1 + place % 28))
        for place, words in enumerate(said)
    ]
    publish(outputs, early)
    old = made(outputs).resolve()
    late = annotation("late", "“It rained” said Jund al-Matar", day=date(2021, 1, 28))
    publish(outputs, [*early, late])
    new = made(outputs).resolve()
    files = [path.relative_to(new).as_posix() for path in (new / "data").glob("statements-*.js")]
    fresh = [one for one in files if not ((old / one).exists() and (new / one).samefile(old / one))]
    assert len(files) > 3
    assert fresh == ["data/statements-latest.js"]
    assert (new / actor_page("bahr")).samefile(old / actor_page("bahr"))
    assert not (old / actor_page("jund-al-matar")).exists()
    assert file_bytes(new) == file_bytes(make_report(outputs, tmp_path / "elsewhere").index.parent)


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path, sample_tables: Path) -> None:
    found = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        command = [sys.executable, "-m", "extract.cli", "report", "--output", sample_tables, "--to", target]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        found.append(file_bytes(target))
    assert found[0] == found[1]


def test_a_report_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    outputs = publish(tmp_path / "outputs", [annotation("a", TEXT)])
    report = made(outputs)
    before = file_bytes(report)
    publish(outputs, [annotation("a", LATER)])
    bucket = next((outputs / "dates").iterdir())
    bucket.chmod(0o644)
    bucket.write_bytes(b"damaged")
    with pytest.raises(StoreError):
        make_report(outputs)
    assert file_bytes(report) == before


def test_what_is_no_report_is_not_replaced(tmp_path: Path) -> None:
    outputs = publish(tmp_path / "outputs", [annotation("a", TEXT)])
    (tmp_path / "mine").mkdir()
    with pytest.raises(StoreError, match="no report"):
        make_report(outputs, tmp_path / "mine")
    assert list((tmp_path / "mine").iterdir()) == []


def test_an_actor_s_page_says_when_it_was_led_and_by_whom(tmp_path: Path) -> None:
    term = {"entity_id": "salim-al-ghaim", "from": "2019", "to": "2021-05"}
    jund = actor("jund-al-matar", "Jund al-Matar", leaders=["salim-al-ghaim"], leader_terms=[term])
    actors = (jund, *ACTORS[1:])
    outputs = publish(
        tmp_path / "outputs", [annotation("a", f"{TEXT}. {LATER}", actors=actors)], actors=actors
    )
    pages = read_report(made(outputs))
    led, leads = (
        " ".join(pages[actor_page(one)].text.split()) for one in ("jund-al-matar", "salim-al-ghaim")
    )
    assert "Salim al-Ghaim (2019 to 2021-05)" in led
    assert "Jund al-Matar (2019 to 2021-05)" in leads


def test_the_number_beside_a_faction_is_that_of_its_list(tmp_path: Path) -> None:
    report = made(
        publish(tmp_path / "outputs", [annotation("a", "“It rained” said Bahr. “It snowed” said Bahr")])
    )
    index = " ".join(read_page((report / "index.html").read_text("utf-8")).text.split())
    assert "Bahr armed faction · 2 statements" in index  # the unsure one too, which stands in the list
