"""The whole way from a folder of articles to published tables, and what a second run does."""

import json
import multiprocessing
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pandas as pd
import pytest

from extract.errors import InputError
from extract.model import Article, Issue
from extract.pipeline import fingerprint, run
from extract.pipeline.workers.local import LocalCrew
from extract.pipeline.workers.reader import Reader
from extract.reading.sources import Source
from extract.settings import Settings

pytestmark = pytest.mark.usefixtures("warm")

TABLES = ("articles", "entities", "actors", "places", "quotes", "dates", "issues")
WIRE = (
    "Guards repel drone at northern airport\n\nJuly 28, 2021\n\n"
    "ERBIL - A drone was shot down near Erbil on Tuesday, a security official said.\n\n"
    "“We all know that Kata’ib Hizballah is an armed group,” Karwan Dizayi, an analyst, told reporters.\n"
)
INTERVIEW = (
    "Kataeb Hezbollah belongs to the Popular Mobilization Forces. The Badr Organization is older, "
    "according to an Iraqi official who spoke on Monday.\n"
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "wire.txt").write_text(WIRE, encoding="utf-8")
    record = {"id": "talk", "text": INTERVIEW, "published": "2021-07-30"}
    (folder / "talks.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return folder


def read(output: Path) -> dict[str, pd.DataFrame]:
    return {table: pd.read_parquet(output / table) for table in TABLES}


def files(output: Path) -> Mapping[str, bytes]:
    return {
        f"{table}/{path.name}": path.read_bytes()
        for table in TABLES
        for path in sorted((output / table).iterdir())
    }


def test_tables_say_who_said_what_when(inbox: Path, settings: Settings) -> None:
    summary = run([inbox], settings)
    tables = read(settings.output)
    assert (summary.done, summary.skipped, summary.failed) == (2, 0, 0)
    assert summary.rows == {name: len(table) for name, table in tables.items()}
    linked = tables["entities"].dropna(subset="entity_id").groupby("article_id").entity_id.agg(set)
    assert "kataib-hezbollah" in linked["wire"]
    assert {"kataib-hezbollah", "badr-organization"} <= linked["talk"]
    quote = tables["quotes"].query("article_id == 'wire' and type == 'direct'").iloc[0]
    assert (quote.speaker_text, quote.cue) == ("Karwan Dizayi", "told")
    tuesday = tables["dates"].query("text == 'Tuesday'").iloc[0]
    assert (tuesday["value"], tuesday.anchor_source) == ("2021-07-27", "published")


def test_every_offset_of_every_table_is_its_text(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    tables = read(settings.output)
    texts = tables["articles"].set_index("article_id").text
    for name in ("entities", "quotes", "dates"):
        assert len(tables[name])
        for row in tables[name].itertuples():
            assert texts[row.article_id][row.start_char : row.end_char] == row.text
    for row in tables["quotes"].dropna(subset="speaker_start").itertuples():
        assert texts[row.article_id][row.speaker_start : row.speaker_end] == row.speaker_text


def test_a_second_run_annotates_nothing_and_changes_no_byte(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    before = files(settings.output)
    again = run([inbox], settings)
    assert (again.done, again.skipped, again.published) == (0, 2, False)
    assert files(settings.output) == before


def test_rows_follow_what_is_added_edited_and_deleted(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    (inbox / "new.txt").write_text("Iraq and Iran signed an agreement.\n", encoding="utf-8")
    added = run([inbox], settings)
    assert (added.done, added.skipped) == (1, 2)
    (inbox / "wire.txt").write_text(WIRE.replace("drone", "rocket"), encoding="utf-8")
    (inbox / "talks.jsonl").unlink()
    edited = run([inbox], settings)
    assert (edited.done, edited.skipped, edited.removed) == (1, 1, 1)
    tables = read(settings.output)
    assert set(tables["articles"].article_id) == {"new", "wire"}
    assert set(tables["entities"].article_id) <= {"new", "wire"}
    assert "rocket" in tables["articles"].set_index("article_id").text["wire"]
    clean = settings.model_copy(update={"output": settings.output.with_name("clean")})
    run([inbox], clean)
    assert files(settings.output) == files(clean.output)


def test_articles_of_another_folder_stay(inbox: Path, settings: Settings, tmp_path: Path) -> None:
    run([inbox], settings)
    other = tmp_path / "other"
    other.mkdir()
    (other / "more.txt").write_text("Basra was quiet.\n", encoding="utf-8")
    summary = run([other], settings)
    assert summary.removed == 0
    assert set(read(settings.output)["articles"].article_id) == {"wire", "talk", "more"}


def test_the_last_good_version_stays_when_a_file_breaks(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    (inbox / "wire.txt").write_bytes(b"\x00\x01\x02" * 100)
    summary = run([inbox], settings)
    tables = read(settings.output)
    assert (summary.failed, summary.removed) == (1, 0)
    assert "wire" in set(tables["articles"].article_id)
    assert list(tables["issues"].query("severity == 'error'").code) == ["binary"]


def test_a_record_that_moves_down_its_file_is_not_annotated_again(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    file = inbox / "talks.jsonl"
    first = json.dumps({"id": "first", "text": "Basra was quiet."})
    file.write_text(f"{first}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    summary = run([inbox], settings)
    assert (summary.done, summary.skipped) == (1, 2)


def test_the_last_good_version_of_a_record_stays_when_its_line_breaks(
    inbox: Path, settings: Settings
) -> None:
    run([inbox], settings)
    file = inbox / "talks.jsonl"
    file.write_text(file.read_text(encoding="utf-8")[:-3] + "\n", encoding="utf-8")
    broken = run([inbox], settings)
    assert (broken.failed, broken.removed) == (1, 0)
    assert "talk" in set(read(settings.output)["articles"].article_id)
    file.write_text(json.dumps({"id": "other", "text": "Basra was quiet."}), encoding="utf-8")
    mended = run([inbox], settings)
    assert (mended.done, mended.failed) == (1, 0)
    assert set(read(settings.output)["articles"].article_id) == {"wire", "other"}
    assert "bad_record" not in set(read(settings.output)["issues"].code)


def test_rows_do_not_depend_on_workers_or_batches(inbox: Path, settings: Settings) -> None:
    for index in range(4):
        shutil.copy(inbox / "wire.txt", inbox / f"copy{index}.txt")
    run([inbox], settings)
    for batch_size in (1, 25):
        update = {
            "output": settings.output.with_name(f"by{batch_size}"),
            "workers": 2,
            "batch_size": batch_size,
        }
        other = settings.model_copy(update=update)
        run([inbox], other)
        assert files(settings.output) == files(other.output)


@contextmanager
def starts_told() -> Iterator[list[str]]:
    """Tell in which order a run starts its workers and reads its files."""
    told: list[str] = []
    expect, read_file = LocalCrew._start, Reader.read

    def start(workers: LocalCrew, *, parse: bool) -> object:
        told.append("start to parse" if parse else "start to derive")
        return expect(workers, parse=parse)

    def read(reader: Reader, source: Source) -> Iterator[Article | Issue]:
        told.append(f"read {source.path.name}")
        return read_file(reader, source)

    with mock.patch.object(LocalCrew, "_start", start), mock.patch.object(Reader, "read", read):
        yield told


def starts(told: list[str]) -> list[str]:
    return [one for one in told if one.startswith("start")]


def test_a_worker_starts_before_a_new_file_is_read(inbox: Path, settings: Settings) -> None:
    with starts_told() as told:
        run([inbox], settings.model_copy(update={"workers": 2}))
    assert told == ["start to parse", "read talks.jsonl", "read wire.txt"]  # two articles are one batch


def test_more_workers_start_with_more_batches(inbox: Path, settings: Settings) -> None:
    with starts_told() as told:
        run([inbox], settings.model_copy(update={"workers": 3, "batch_size": 1}))
    assert starts(told) == ["start to parse"] * 2


def test_no_worker_starts_for_what_is_known(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    (inbox / "wire.txt").touch()
    (inbox / "notes.png").touch()
    with starts_told() as told:
        summary = run([inbox], settings)
    assert (summary.done, starts(told)) == (0, [])
    (inbox / "wire.txt").write_text(f"{WIRE}More was not known.\n", encoding="utf-8")
    with starts_told() as told:
        run([inbox], settings)
    assert told[-2:] == ["read wire.txt", "start to parse"]


def test_what_is_derived_again_needs_no_model(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    with starts_told() as told, mock.patch.object(fingerprint, "RULE_PACKAGES", ()):
        summary = run([inbox], settings)
    assert (summary.done, starts(told)) == (2, ["start to derive"])


def test_a_plan_that_fails_leaves_no_worker(inbox: Path, settings: Settings) -> None:
    run([inbox], settings)
    (inbox / "wire.txt").unlink()
    (inbox / "talks.jsonl").unlink()
    (inbox / "new.txt").write_text(WIRE.replace("drone", "rocket"), encoding="utf-8")
    with starts_told() as told, pytest.raises(InputError):
        run([inbox], settings.model_copy(update={"max_drop": 0.1}))
    assert starts(told) == ["start to parse"]
    assert not [child for child in multiprocessing.active_children() if child.name == "extract-worker"]
