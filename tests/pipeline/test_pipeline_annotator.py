"""An annotated article, whatever its text: rows that keep the contract."""

import json
import textwrap
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Article, Section
from extract.pipeline.annotator import Annotator
from extract.pipeline.fingerprint import Fingerprint, pipeline_fingerprint
from extract.pipeline.joined_articles import join_article
from extract.pipeline.plan import plan_work
from extract.settings import Settings
from extract.store import Manifest
from extract.tables import to_tables
from extract.text.line_words import load_line_words

PIECES = (
    *("Kata’ib Hizballah", "Hezbollah", "Al-Kadhimi", "the Badr Organization", "Iraq’s", "U.S.-led", "(PMF)"),
    *("he said", "according to", "the second official", "told reporters that", "and", "the committee"),
    *("“", "”", '"', "'", "‘", "’", "«", "»", "—", ":", ".", ",", "...", "\n", "\n\n", "\t", "@handle"),
    *("on Tuesday", "late July 2021", "the new year", "2,500 troops", "10:30", "By Tara Sample", "(REUTERS)"),
    *("late last week", "early next weekend", "late last winter", "earlier this week", "the end of the week"),
    *("Which brings us back to one of", "one of the rules", ": “", ".”", "— Tara Sample (@tara) May 3, 2021"),
    *("\u200f", "\u0301", "\U0001f600", "\x85", "\ufeff", "ß", "ſ", "İ"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join)


DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


def article(text: str, day: date = date(2021, 12, 28)) -> Article:
    published = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Article("a", "a.txt", "txt", text, "hash", published_at=published, published_source="metadata")


# Five at a time, as in a batch: to check the tables takes four times as long as to annotate an article.
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batch=st.lists(st.tuples(TEXTS, DAYS), min_size=5, max_size=5))
def test_any_text_gives_rows_that_keep_the_contract(
    annotator: Annotator, batch: list[tuple[str, date]]
) -> None:
    articles = [
        replace(article(text.encode("utf-8", "ignore").decode("utf-8"), day), article_id=str(number))
        for number, (text, day) in enumerate(batch)
    ]
    tables = to_tables(annotator.annotate(articles))
    for name in ("entities", "quotes", "dates"):
        for row in tables[name].to_pylist():
            text = articles[int(row["article_id"])].text
            assert text[row["start_char"] : row["end_char"]] == row["text"] != ""


def test_neighbours_in_a_batch_do_not_change_an_article(annotator: Annotator) -> None:
    texts = (
        "Kataeb Hezbollah (KH) is an armed group.",
        "A clerk said on Tuesday that KH is small.",
        "He left.",
    )
    alone = [annotator.annotate([article(text)])[0] for text in texts]
    assert annotator.annotate([article(text) for text in texts]) == alone


WRAPPED = (
    "Karwan Dizayi, a clerk, told reporters in Erbil that “the roads north of the city are open to all and "
    "nobody asks for papers” and that Kata'ib Hezbollah would leave its post by 12 October 2021. The prime "
    "minister, Mustafa al-Kadhimi, said on Tuesday that the Popular Mobilization Forces had been told of it."
)


@pytest.mark.parametrize("width", [40, 55, 72])
def test_wrapped_text_gives_the_rows_of_unbroken_text(annotator: Annotator, width: int) -> None:
    text = textwrap.fill(WRAPPED, width)
    [expected] = annotator.annotate([article(WRAPPED)])
    [found] = annotator.annotate([article(text)])
    assert found.article.text == text
    assert [(one.entity_id, one.name_id, one.label) for one in found.mentions] == [
        (one.entity_id, one.name_id, one.label) for one in expected.mentions
    ]
    assert [(one.type, one.speaker_name_id) for one in found.quotes] == [
        (one.type, one.speaker_name_id) for one in expected.quotes
    ]
    assert [one.value for one in found.timexes] == [one.value for one in expected.timexes]
    spans = [*found.mentions, *found.quotes, *found.timexes]
    spans += [part for one in found.quotes for part in (one.speaker, one.cue) if part is not None]
    assert any("\n" in span.text for span in spans)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert [text[start:end].replace("\n", " ") for start, end in found.sentences] == [
        WRAPPED[start:end] for start, end in expected.sentences
    ]


def test_a_cached_doc_of_wrapped_text_gives_the_same_rows(annotator: Annotator) -> None:
    wrapped = article(textwrap.fill(WRAPPED, 60))
    fresh = annotator.annotate_known([wrapped], {})
    assert fresh.docs
    cached = annotator.annotate_known([wrapped], fresh.docs)
    assert cached.annotations == fresh.annotations
    assert not cached.docs


def test_the_sections_of_wrapped_text_count_in_the_joined_text() -> None:
    text = textwrap.fill(WRAPPED, 60)
    start = text.index("Mustafa")
    whole = replace(
        article(text), sections=(Section("caption", 0, start - 1), Section("body", start, len(text)))
    )
    view = join_article(whole, load_line_words())
    assert view.joined.text == WRAPPED
    assert [WRAPPED[one.start : one.end] for one in view.joined.sections] == [
        WRAPPED[: WRAPPED.index("Mustafa") - 1], WRAPPED[WRAPPED.index("Mustafa") :],
    ]  # fmt: skip


def test_unbroken_text_is_analysed_as_it_is() -> None:
    whole = article(f"A title\n\n{WRAPPED}")
    assert join_article(whole, load_line_words()).joined is whole


def test_the_fingerprint_follows_the_knowledge_and_the_engine(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    cues = tmp_path / "lexicon" / "cues.toml"
    cues.write_text("said = 1\n", encoding="utf-8")
    before = pipeline_fingerprint(Settings(models_dir=tmp_path))
    assert pipeline_fingerprint(Settings(models_dir=tmp_path)) == before
    assert pipeline_fingerprint(Settings(engine="stanza", models_dir=tmp_path)) != before
    cues.write_text("said = 2\n", encoding="utf-8")
    assert pipeline_fingerprint(Settings(models_dir=tmp_path)) != before


def test_a_plan_says_what_it_found(tmp_path: Path, models_dir: Path) -> None:
    inbox, staging = tmp_path / "inbox", tmp_path / "staging"
    inbox.mkdir()
    staging.mkdir()
    lines = [json.dumps({"id": str(number), "text": f"Article {number}."}) for number in range(7)]
    (inbox / "a.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    options = Settings(batch_size=3, models_dir=models_dir)
    work = plan_work([inbox], Manifest(), Fingerprint("engine", {}), options, staging)
    assert [batch.n_articles for batch in work.batches] == [3, 3, 1]
    assert (work.n_articles, work.n_unreadable, work.n_skipped) == (7, 1, 0)
    assert work.describe() == "7 new, 1 unreadable"
    assert [issue.code for issue in work.issues] == ["bad_record"]


def test_the_ends_of_a_range_stay_linked_when_its_lines_are_joined(annotator: Annotator) -> None:
    lines = (
        "The road was shut by the council",
        "for repairs from 3 May 2021",
        "to 5 June 2021, the mayor of the",
        "town said.",
    )
    text = "\n".join(lines)
    article = Article(article_id="a", source="a.txt", format="txt", text=text, content_hash="")
    [found] = annotator.annotate([article])
    linked = [one for one in found.timexes if one.range_of]
    assert linked
    assert {one.range_of for one in linked} <= {(one.start, one.end) for one in found.timexes}
