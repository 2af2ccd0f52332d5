"""Files that arrive, grow, change or go while a run reads the folder."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from extract.model import Article, Issue
from extract.pipeline import run
from extract.reading import read_inputs
from extract.settings import Settings

ENGLISH = "The council met and the members said that they will meet again.\n"


def read(folder: Path, settle_seconds: float = 0) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the ids of the articles; file, severity and code of the issues."""
    found = list(read_inputs([folder], max_chars=100_000, settle_seconds=settle_seconds))
    issues = [item for item in found if isinstance(item, Issue)]
    return (
        [item.article_id for item in found if isinstance(item, Article)],
        [(Path(issue.source).name, issue.severity, issue.code) for issue in issues],
    )


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(f"{ENGLISH}{name}", encoding="utf-8")


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Append a line to a file again and again."""
    stop = threading.Event()

    def grow() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not stop.wait(0.01):
                file.write(ENGLISH)
                file.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize(
    "name",
    [
        "a.txt.part", "a.txt.PART", "a.txt.tmp", "a.txt.crdownload", "a.txt.filepart", "a.txt~", "~a.txt",
        "~$a.txt", "a.jsonl.partial",
    ],
)  # fmt: skip
def test_the_name_of_a_half_copied_file_waits(tmp_path: Path, name: str) -> None:
    write(tmp_path, "z.txt", name)
    assert read(tmp_path) == (["z"], [(name, "info", "waiting")])


@pytest.mark.parametrize("name", [".a.txt.Xy12Ab", "._a.txt", ".#a.txt", ".a.txt.swp", ".~lock.a.txt#"])
def test_hidden_files_of_copying_programs_are_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path, "z.txt", name)
    assert read(tmp_path) == (["z"], [])


def test_a_growing_file_waits_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", "c.jsonl")
    with growing(tmp_path / "b.txt"), growing(tmp_path / "c.jsonl"):
        seen = read(tmp_path, settle_seconds=0.3)
    assert seen == (["a"], [("b.txt", "info", "waiting"), ("c.jsonl", "info", "waiting")])
    assert read(tmp_path, settle_seconds=0.3)[0] == ["a", "b"]


def test_old_files_are_read_at_once_and_young_ones_after_one_pause(tmp_path: Path) -> None:
    write(tmp_path, *(f"{index}.txt" for index in range(20)))
    started = time.monotonic()
    assert len(read(tmp_path, settle_seconds=0.5)[0]) == 20
    young = time.monotonic() - started
    time.sleep(0.6)
    started = time.monotonic()
    assert len(read(tmp_path, settle_seconds=0.5)[0]) == 20
    assert 0.5 <= young < 5
    assert time.monotonic() - started < young


def test_a_file_that_comes_while_a_run_reads_is_left_to_the_next(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "c.txt")
    found = read_inputs([tmp_path], max_chars=1000)
    write(tmp_path, "b.txt")
    assert [item.article_id for item in found] == ["a", "c"]
    assert read(tmp_path) == (["a", "b", "c"], [])


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("He left.")])
def test_a_file_that_goes_or_changes_before_it_is_read_waits(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    write(tmp_path, "a.txt", "b.txt")
    found = read_inputs([tmp_path], max_chars=1000)
    change(tmp_path / "a.txt")
    issue, article = found
    assert isinstance(issue, Issue)
    assert (issue.code, issue.severity, article.article_id) == ("waiting", "info", "b")


def test_lines_of_a_file_that_changes_while_it_is_read_count_but_for_the_last(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = "".join(f'{{"id": "{index}", "text": "The council met."}}\n' for index in range(3))
    path.write_text(f'{lines}{{"id": "3", "te', encoding="utf-8")
    found = read_inputs([tmp_path], max_chars=1000)
    first = next(found)
    with path.open("a", encoding="utf-8") as file:
        file.write('xt": "It ended."}\n')
    items = [first, *found]
    assert [item.article_id for item in items if isinstance(item, Article)] == ["0", "1", "2"]
    assert [item.code for item in items if isinstance(item, Issue)] == ["waiting"]
    assert len(read(tmp_path)[0]) == 4


SLOW_COPY = """
import sys, time
with open(sys.argv[1], 'w', encoding='utf-8') as file:
    while True:
        file.write('Talks ended in Basra.')
        file.flush()
        time.sleep(0.05)
"""


@pytest.mark.usefixtures("warm")
def test_an_article_that_is_being_overwritten_keeps_its_rows_until_the_new_version_is_whole(
    tmp_path: Path,
) -> None:
    inbox, settings = tmp_path / "inbox", Settings(output=tmp_path / "out", workers=1, settle_seconds=0.5)
    inbox.mkdir()
    write(inbox, "a.txt", "b.txt")
    run([inbox], settings)
    before = texts(settings)
    size = (inbox / "a.txt").stat().st_size
    with subprocess.Popen([sys.executable, "-c", SLOW_COPY, str(inbox / "a.txt")]) as copy:
        try:
            while (inbox / "a.txt").stat().st_size == size:
                time.sleep(0.01)
            write(inbox, "c.txt")
            summary = run([inbox], settings)
        finally:
            copy.kill()
    assert (summary.failed, summary.removed) == (0, 0)
    assert texts(settings) == {**before, "c": f"{ENGLISH}c.txt"}
    issues = pd.read_parquet(settings.output / "issues").query("code == 'waiting'")
    assert issues.source.tolist() == [str(inbox / "a.txt")]
    (inbox / "a.txt").write_text("Talks ended in Basra.\n", encoding="utf-8")
    run([inbox], settings)
    assert texts(settings)["a"] == "Talks ended in Basra.\n"


def texts(settings: Settings) -> dict[str, str]:
    return dict(pd.read_parquet(settings.output / "articles").set_index("article_id").text)
