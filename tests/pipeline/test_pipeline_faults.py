"""What breaks on the way does not harm what is published, nor the neighbours."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from extract.errors import ModelError
from extract.model import Article
from extract.pipeline import run
from extract.pipeline.batches import write_batch
from extract.pipeline.workers import annotate_batches
from extract.settings import Settings
from extract.store import Store

TABLES = ("articles", "entities", "actors", "quotes", "dates", "issues")
GOOD = "Officials in Baghdad met on 3 May 2021. “We agree,” said Karwan Dizayi, a clerk.\n"
SOURCES = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t",
    "binary.txt": bytes(range(256)) * 40,
    "arabic.txt": "قال المسؤول إن الاجتماع سيعقد في بغداد يوم الأحد المقبل.\n".encode("cp1256") * 5,
    "latin.txt": "The caf\u00e9 of Nasiriyah reopened on Sunday, its owner said.\n".encode("cp1252"),
    "surrogate.jsonl": b'{"id": "s", "text": "Baghdad \\ud83d on Sunday"}\n',
    "broken.jsonl": b'{"id": "b", "text": "Baghdad\n on Sunday"}\n{"id": "after", "text": "Basra."}\n',
    "long.txt": b"Officials in Baghdad met on 3 May 2021. " * 130_000,
    "one-line.txt": b"x" * 200_000,
    "marks.txt": b'"' * 20_000,
    "spaced-marks.txt": b'" ' * 20_000,
    "controls.txt": b"Officials\x0b in\x0c Baghdad\x85 met on 3 May 2021.\n",
}


def read(output: Path) -> dict[str, pd.DataFrame]:
    return {table: pd.read_parquet(output / table) for table in TABLES}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(output=tmp_path / "outputs", workers=1)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def test_hostile_files_give_rows_or_issues_and_never_stop_the_others(inbox: Path, settings: Settings) -> None:
    for name, content in SOURCES.items():
        (inbox / name).write_bytes(content)
    run([inbox], settings)
    tables = read(settings.output)
    articles = set(tables["articles"].article_id)
    told = set(tables["issues"].source.map(lambda source: Path(source.rsplit(".jsonl:")[0]).stem))
    assert {"good", "after"} <= articles
    for name in SOURCES:
        assert Path(name).stem in articles | told, name
    assert {"empty", "blank", "binary", "surrogate", "broken", "long", "marks"} <= told
    assert (tables["issues"].message.str.len() > 0).all()
    assert (tables["issues"].advice.str.len() > 0).all()


def test_an_article_that_raises_becomes_an_issue_and_its_batch_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = annotate_with("raise RuntimeError('no parse')", tmp_path, monkeypatch)
    assert [(issue.article_id, issue.code) for result in results for issue in result.failed] == [
        ("bad", "annotation_failed")
    ]
    assert "RuntimeError: no parse" in results[0].failed[0].message


def test_an_article_that_kills_its_worker_is_found_by_halving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = annotate_with("os.kill(os.getpid(), signal.SIGKILL)", tmp_path, monkeypatch)
    failed = [issue for result in results for issue in result.failed]
    assert [(issue.article_id, issue.code) for issue in failed] == [("bad", "worker_died")]
    annotated = [
        id_ for result in results for id_ in pd.read_feather(result.part / "articles.arrow").article_id
    ]
    assert sorted(annotated) == ["a", "b", "c"]


def annotate_with(misfortune: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Annotate the articles a, b, bad, c, where `misfortune` befalls the worker at the word `poison`."""
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, signal\n"
        "import extract.engines.spacy as engine\n"
        "plain = engine.SpacyEngine.pipe\n"
        "def pipe(self, articles):\n"
        "    articles = list(articles)\n"
        "    if any('poison' in article.text for article in articles):\n"
        f"        {misfortune}\n"
        "    return plain(self, articles)\n"
        "engine.SpacyEngine.pipe = pipe\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(hook))
    texts = {"a": GOOD, "b": GOOD, "bad": "A poison.", "c": GOOD}
    articles = tuple(Article(id_, f"{id_}.txt", "txt", text, id_) for id_, text in texts.items())
    folder = tmp_path / "parts"
    folder.mkdir()
    batch = write_batch(folder, "000000", articles)
    return list(annotate_batches([batch], folder, Settings(workers=1), lambda _done: None))


KILL_AT: dict[str, Callable[[Path], bool]] = {
    "annotate": lambda output: any((output / ".staging").glob("*.batch")),
    "publish": lambda output: any((output / ".snapshots").glob("*.partial")),
}


@pytest.mark.parametrize("moment", KILL_AT)
def test_kill_9_leaves_the_old_tables_whole_and_the_next_run_ends_right(
    moment: str, inbox: Path, settings: Settings
) -> None:
    run([inbox], settings)
    before = read(settings.output)
    for index in range(3):
        (inbox / f"more{index}.txt").write_text(f"{GOOD}{index}\n", encoding="utf-8")
    command = [sys.executable, "-m", "extract.cli", "run", inbox, "--output", settings.output]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, process_group=0) as process:
        while process.poll() is None and not KILL_AT[moment](settings.output):
            time.sleep(0.0005)
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "the run ended before it could be killed"
    after = read(settings.output)
    for table in TABLES:
        pd.testing.assert_frame_equal(before[table], after[table])
    run([inbox], settings)
    assert len(read(settings.output)["articles"]) == 4
    clean = settings.model_copy(update={"output": settings.output.with_name("clean")})
    run([inbox], clean)
    for table, expected in read(clean.output).items():
        pd.testing.assert_frame_equal(read(settings.output)[table], expected)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see child processes")
def test_workers_end_when_the_run_is_killed(inbox: Path, settings: Settings) -> None:
    for index in range(30):
        (inbox / f"more{index}.txt").write_text(f"{GOOD * 200}{index}\n", encoding="utf-8")
    command = [sys.executable, "-m", "extract.cli", "run", inbox, "--output", settings.output]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        children: set[str] = set()
        while process.poll() is None and len(children) < 3:  # two workers and multiprocessing's tracker
            time.sleep(0.05)
            children = children_of(process.pid)
        process.kill()
    assert len(children) == 3
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{child}").exists() for child in children):
        time.sleep(0.1)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def children_of(pid: int) -> set[str]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}


def test_a_missing_model_is_one_error_that_names_the_mending_command(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.engines.spacy.PACKAGES", ("no_such_model",))
    with pytest.raises(ModelError, match=r"en_core_web_sm is not installed.*pip install --require-hashes"):
        run([inbox], settings)
    assert Store(settings.output, keep=1).manifest().entries == {}
