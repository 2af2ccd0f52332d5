"""Runs with corrections: each derives the articles that a change concerns, and no others."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract.cli.corrections.folder import corrections_folder, next_run
from extract.errors import OverrideError
from extract.pipeline import Summary, preview, run
from extract.pipeline.workers.reader import Reader
from extract.reading import arrival
from extract.settings import Settings
from extract.store import Store, read_table
from extract.store.manifest import Manifest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm")]

ONE = "Samir Qattan said that the roads of the city are closed.\n"
TWO = "Layla Haddad said on Monday that the work begins in May.\n"
ENTRY = '[[override]]\ntext = "Samir Qattan"\nlabel = "ORG"\n'


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in {"a": ONE, "b": TWO, "c": TWO.replace("Layla", "Rana")}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def write(news: Path, entries: str) -> None:
    folder = news.parent / "overrides"
    folder.mkdir(exist_ok=True)
    (folder / "spring.toml").write_text(entries, encoding="utf-8")


def run_into(news: Path, name: str = "outputs") -> Summary:
    return run([news], Settings(output=news.parent / name))


def rows(news: Path, name: str = "outputs") -> dict[str, list[dict[str, object]]]:
    output = news.parent / name
    tables = ("articles", "entities", "quotes", "dates", "actors")
    return {table: read_table(output, table).to_pylist() for table in tables}


def test_only_what_a_change_concerns_is_derived_again(news: Path) -> None:
    assert run_into(news).done == 3
    plain = rows(news)
    write(news, ENTRY)
    assert run_into(news).done == 1
    [label] = {row["label"] for row in rows(news)["entities"] if row["text"] == "Samir Qattan"}
    assert label == "ORG"
    assert not run_into(news).published
    write(news, ENTRY + '[[override]]\narticle = "b"\ntext = "Monday"\nvalue = "2021-07-19"\n')
    assert run_into(news).done == 1
    run_into(news, "clean")
    assert rows(news) == rows(news, "clean")
    write(news, "")
    assert run_into(news).done == 2
    assert rows(news) == plain


def test_a_correction_reaches_files_that_were_not_among_the_inputs_of_the_run_before(news: Path) -> None:
    run_into(news)
    write(news, ENTRY)
    settings = Settings(output=news.parent / "outputs", overrides=news.parent / "overrides")
    assert run([news / "b.txt"], settings).done == 0
    assert run([news], settings).done == 1


@pytest.mark.parametrize(
    ("entries", "read"),
    [
        (ENTRY, ["a"]),
        ('[[override]]\narticle = "b"\npublished = 2021-07-30\n', ["b"]),
        ('[[override]]\ntext = "the work of C++ (again)"\ndrop = true\n', []),
        ('[[override]]\ntext = "begins"\noutlet = "None"\ndrop = true\n', ["b", "c"]),  # may concern them
        ("", []),
    ],
)
def test_only_files_that_a_change_may_concern_are_read(
    news: Path, entries: str, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "_TICK_SECONDS", 0)  # what has just changed is read again anyway
    run_into(news)
    write(news, entries)
    seen = list[str]()
    monkeypatch.setattr(Reader, "read", lambda _, source: seen.append(source.path.stem) or iter(()))
    preview([news], Settings(output=news.parent / "outputs", allow_removals=True))
    assert sorted(seen) == read


def test_commands_write_where_the_next_run_reads(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_into(news)
    settings = Settings(output=news.parent / "outputs")
    monkeypatch.chdir(news)  # anywhere else
    assert corrections_folder(settings) == news.parent / "overrides"
    assert next_run(settings, corrections_folder(settings)).split() == [
        *("extract", "run", str(news), "--output", str(settings.output))
    ]
    assert next_run(settings, tmp_path / "mine").endswith(f"--overrides {tmp_path / 'mine'}")
    monkeypatch.chdir(news.parent)
    assert corrections_folder(settings) == Path("overrides")
    assert next_run(settings, Path("overrides")) == "extract run news"
    elsewhere = Settings(output=news.parent / "outputs", overrides=tmp_path / "mine")
    assert corrections_folder(elsewhere) == tmp_path / "mine"
    assert next_run(elsewhere, tmp_path / "mine") == "extract run news"
    assert next_run(elsewhere, Path("other")) == "extract run news --overrides other"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("s3://bucket/news", "s3://bucket/news"),
        ("https://example.org/a b.txt", "'https://example.org/a b.txt'"),
        ("stdin:/stdin-1.txt", "INPUT..."),
        ("stdin://stdin-1.txt", "INPUT..."),
    ],
)
@pytest.mark.parametrize("base", [None, Path("/data")])
def test_the_command_of_the_next_run_names_inputs_that_are_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, shown: str, base: Path | None
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Store, "manifest", lambda _: Manifest(peaks={name: 1}))
    settings = Settings(output=Path("outputs"), source_root=base)
    assert next_run(settings, Path("overrides")) == f"extract run {shown} --overrides overrides"


def test_an_entry_that_is_wrong_stops_the_run_and_leaves_the_tables(news: Path) -> None:
    run_into(news)
    before = pq.read_table(news.parent / "outputs" / "entities")
    write(news, ENTRY.replace("ORG", "MAN"))
    with pytest.raises(OverrideError, match=r"spring\.toml:1: `label`"):
        run_into(news)
    write(news, '[[override]]\ntext = "Samir Qattan"\nentity = "nobody-at-all"\n')
    with pytest.raises(OverrideError, match="no entity 'nobody-at-all'"):
        run_into(news)
    assert pq.read_table(news.parent / "outputs" / "entities").equals(before)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [('entity = "nobody-at-all"', "no entity"), ('entity = "qais-al-khazali"\nlabel = "ORG"', "is a PERSON")],
)
def test_an_id_that_is_wrong_is_found_before_anything_is_annotated(
    news: Path, entry: str, fault: str
) -> None:
    write(news, f'[[override]]\ntext = "Samir Qattan"\n{entry}\n')
    with pytest.raises(OverrideError, match=fault):
        preview([news], Settings(output=news.parent / "outputs"))


def unmatched(news: Path) -> list[tuple[str, str | None]]:
    """Return file and article of the issues of corrections that fit nothing."""
    found = read_table(news.parent / "outputs", "issues").to_pylist()
    issues = [one for one in found if one["code"] == "override_unmatched"]
    assert all("'b'" in one["message"] for one in issues)
    return [(Path(one["source"]).name, one["article_id"]) for one in issues]


@pytest.mark.parametrize("words", ['text = "Monday"\nvalue = "2021-07-19"\n', "published = 2021-07-30\n"])
def test_a_correction_of_an_article_that_has_vanished_is_told(news: Path, words: str) -> None:
    write(news, f'[[override]]\narticle = "b"\n{words}{ENTRY}')
    run_into(news)
    assert unmatched(news) == []
    (news / "b.txt").unlink()
    assert run_into(news).removed == 1
    assert unmatched(news) == [("spring.toml", None)]
    assert not run_into(news).published
    (news / "c.txt").write_text(ONE, encoding="utf-8")
    assert run_into(news).done == 1
    assert unmatched(news) == [("spring.toml", None)]
    (news / "b.txt").write_text(TWO, encoding="utf-8")
    assert (run_into(news).done, unmatched(news)) == (1, [])


def test_what_is_told_of_a_vanished_article_goes_with_its_correction(news: Path) -> None:
    own = '[[override]]\narticle = "b"\ntext = "Monday"\ndrop = true\n'
    write(news, own + ENTRY)
    (news / "b.txt").rename(news.parent / "b.txt")
    summary = run_into(news)
    assert (summary.done, summary.failed, unmatched(news)) == (2, 0, [("spring.toml", None)])
    settings = Settings(output=news.parent / "outputs", overrides=news.parent / "overrides")
    summary = run([news.parent / "b.txt"], settings)
    assert (summary.done, unmatched(news)) == (1, [])  # from another input
    write(news, ENTRY)
    assert (run_into(news).removed, unmatched(news)) == (0, [])


@pytest.mark.parametrize("left", [ENTRY, None])
def test_without_its_correction_a_vanished_article_is_not_told(news: Path, left: str | None) -> None:
    (news / "b.txt").unlink()
    write(news, '[[override]]\narticle = "b"\ntext = "Monday"\ndrop = true\n' + ENTRY)
    run_into(news)
    assert unmatched(news) == [("spring.toml", None)]
    if left is None:
        shutil.rmtree(news.parent / "overrides")
    else:
        write(news, left)
    summary = run_into(news)
    assert (summary.removed, summary.published, unmatched(news)) == (0, True, [])
    assert not run_into(news).published
