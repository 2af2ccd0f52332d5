"""What breaks on the way does not harm what is published, nor the neighbours."""

import ctypes
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from befalling import befalling
from good_article import GOOD

from extract.engines import load_engine
from extract.errors import ModelError, SettingsError, StoreError
from extract.model import Article
from extract.pipeline import BatchResult, run
from extract.pipeline.batches import Batch, write_batch
from extract.pipeline.workers.limits import exit_failure, resident_mb, seconds_for
from extract.pipeline.workers.pool import annotate_batches
from extract.settings import Settings
from extract.store import Store
from faults.misfortunes import write_hook

TABLES = ("articles", "entities", "actors", "places", "quotes", "dates", "issues")
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


@pytest.mark.usefixtures("warm")
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


def fail() -> None:
    raise RuntimeError("no parse")


def eat() -> None:
    eaten = []
    while True:
        eaten.append(b"x" * 20_000_000)
        time.sleep(0.001)


# What befalls a worker at an article with the word, and the code and words of the article's issue.
MISFORTUNES: dict[str, tuple[Callable[[], object], str, str]] = {
    "raising": (fail, "annotation_failed", "RuntimeError: no parse"),
    "killed": (lambda: os.kill(os.getpid(), signal.SIGKILL), "worker_died", "killed from outside"),
    "crashing": (lambda: ctypes.string_at(0), "worker_died", "SIGSEGV"),
    "matching": (lambda: re.match("(a+)+$", "a" * 60 + "b"), "too_slow", "exceeded its time limit"),
    "eating": (eat, "too_much_memory", "more than {0:,} MB"),
}


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_poison_costs_its_own_rows_only_and_is_not_tried_again_until_asked_for(
    inbox: Path, settings: Settings
) -> None:
    for index in range(20):
        (inbox / f"good{index:02d}.txt").write_text(f"{GOOD}{index}\n", encoding="utf-8")
    for word in MISFORTUNES:
        (inbox / f"poison-{word}.txt").write_text(f"Officials were {word} in Basra.\n", encoding="utf-8")
    most = int(resident_mb(os.getpid())) + 1000  # a warm worker has what this process has
    limits = {"workers": 2, "article_seconds": 4, "worker_mb": most}
    settings = settings.model_copy(update=limits)
    with befalling({word: misfortune for word, (misfortune, *_) in MISFORTUNES.items()}):
        summary = run([inbox], settings)
    assert (summary.done, summary.failed) == (21, len(MISFORTUNES))
    tables = read(settings.output)
    assert not tables["articles"].article_id.str.startswith("poison").any()
    issues = tables["issues"].query("severity == 'error'").set_index("article_id")
    for word, (_, code, seen) in MISFORTUNES.items():
        assert issues.code[f"poison-{word}"] == code
        assert seen.format(most) in issues.message[f"poison-{word}"]
    assert issues.advice.str.contains("--retry-failed").all()
    again = run([inbox], settings)
    assert (again.done, again.published) == (0, False)
    retried = run([inbox], settings.model_copy(update={"retry_failed": True}))
    assert (retried.done, retried.failed) == (len(MISFORTUNES), 0)
    assert len(read(settings.output)["articles"]) == 21 + len(MISFORTUNES)


def die_while(signs: Path) -> Callable[[], None]:
    """Return a misfortune that befalls as often as there are signs in the folder."""

    def die() -> None:
        for sign in signs.iterdir():
            sign.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    return die


@pytest.fixture
def signs(tmp_path: Path) -> Path:
    folder = tmp_path / "signs"
    folder.mkdir()
    return folder


@pytest.mark.usefixtures("warm")
def test_an_article_whose_worker_is_killed_once_has_its_rows(
    inbox: Path, settings: Settings, signs: Path
) -> None:
    (signs / "first").touch()
    with befalling({"Baghdad": die_while(signs)}):
        summary = run([inbox], settings)
    assert not list(signs.iterdir())
    assert (summary.done, summary.failed) == (1, 0)


@pytest.mark.usefixtures("warm")
def test_an_article_that_fails_keeps_its_published_rows_until_it_succeeds(
    inbox: Path, settings: Settings, signs: Path
) -> None:
    (inbox / "other.txt").write_text("Basra was quiet on 4 May 2021.\n", encoding="utf-8")
    run([inbox], settings)
    before = read(settings.output)
    (inbox / "good.txt").write_text(GOOD.replace("3 May", "5 May"), encoding="utf-8")
    for sign in ("first", "second"):
        (signs / sign).touch()
    with befalling({"Baghdad": die_while(signs)}):
        summary = run([inbox], settings)
    assert not list(signs.iterdir())
    assert (summary.done, summary.failed) == (0, 1)
    after = read(settings.output)
    for table in set(TABLES) - {"issues"}:
        pd.testing.assert_frame_equal(before[table], after[table])
    [issue] = after["issues"].query("severity == 'error'").to_dict("records")
    assert issue["code"] == "worker_died"
    assert pd.isna(issue["article_id"])
    assert Path(issue["source"]).name == "good.txt"
    assert "The rows of the last version of 'good' stay published." in issue["message"]

    summary = run([inbox], settings)
    assert (summary.done, summary.failed) == (1, 0)
    clean = settings.model_copy(update={"output": settings.output.with_name("clean")})
    run([inbox], clean)
    for table, expected in read(clean.output).items():
        pd.testing.assert_frame_equal(read(settings.output)[table], expected)


@pytest.mark.usefixtures("warm")
def test_records_of_one_file_that_fail_share_its_problem_and_stay_as_long_as_they_fail(
    inbox: Path, settings: Settings
) -> None:
    def write(day: int, *more: str) -> None:
        records = [
            {"id": name, "text": f"The {name} council met in Basra on {day} May 2021."} for name in "abc"
        ]
        lines = [*map(json.dumps, records), *more]
        (inbox / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")

    write(3)
    run([inbox], settings)
    write(4, "no record")
    with befalling({"a council": fail, "c council": fail}):
        first = run([inbox], settings)
        second = run([inbox], settings)
    assert (first.failed, second.failed, second.published) == (3, 3, False)
    tables = read(settings.output)
    dates = tables["dates"].set_index("article_id").value
    assert (dates["a"], dates["b"], dates["c"]) == ("2021-05-03", "2021-05-04", "2021-05-03")
    codes = tables["issues"].query("severity == 'error'").code
    assert sorted(codes) == ["annotation_failed", "annotation_failed", "bad_record"]
    write(4)
    assert run([inbox], settings).failed == 0
    assert not len(read(settings.output)["issues"].query("severity == 'error'"))


@pytest.mark.parametrize(
    ("exit_code", "code", "seen"),
    [
        (-signal.SIGPROF, "too_slow", "time limit (60 seconds, plus the same again for every 100,000"),
        (-signal.SIGKILL, "worker_died", "killed from outside"),
        (-signal.SIGABRT, "worker_died", "crashed (SIGABRT)"),
        (3, "worker_died", "crashed (exit code 3)"),
    ],
)
def test_how_a_worker_ended_is_told_in_words(exit_code: int, code: str, seen: str) -> None:
    failure = exit_failure(exit_code, Settings())
    assert failure.code == code
    assert seen in failure.reason


def test_long_articles_have_more_time_and_several_together_less_than_each_alone() -> None:
    settings = Settings(article_seconds=60)
    short, long, ten = (Batch("a", Path(), *size) for size in ((1, 1000), (1, 1_000_000), (10, 10_000)))
    assert 60 < seconds_for(short, settings) < 61
    assert seconds_for(long, settings) == 660
    assert seconds_for(ten, settings) == pytest.approx(11)


def annotate_poison(tmp_path: Path, **limits: float) -> list[BatchResult]:
    """Annotate the articles a, bad and c."""
    texts = {"a": GOOD, "bad": "Some poison.", "c": GOOD}
    articles = tuple(Article(id_, f"{id_}.txt", "txt", text, id_) for id_, text in texts.items())
    folder = tmp_path / "parts"
    folder.mkdir()
    batch = write_batch(folder, "000000", articles)
    return annotate_batches([batch], folder, Settings(workers=1, **limits), lambda _done: None)


@pytest.mark.usefixtures("warm")
def test_a_disk_that_fills_in_a_worker_ends_the_run_and_blames_no_article(tmp_path: Path) -> None:
    filling = {"poison": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))}
    with befalling(filling), pytest.raises(StoreError, match="Cannot write to the output folder"):
        annotate_poison(tmp_path)


def test_a_worker_that_cannot_start_ends_the_run_and_blames_no_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os\nos._exit(3)\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(ModelError, match=r"ended 3 times while it loaded the models .*exit code 3"):
        annotate_poison(tmp_path)


def test_less_memory_than_the_models_take_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="EXTRACT_WORKER_MB is 50: the models alone take more"):
        annotate_poison(tmp_path, worker_mb=50)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see child processes")
def test_a_worker_that_hangs_in_c_code_ends_although_its_run_was_killed(
    inbox: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = tmp_path / "hanging"
    misfortune = f"open({str(hanging)!r}, 'w').close(); re.match('(a+)+$', 'a' * 60 + 'b')"
    hook = write_hook(tmp_path / "hook", {"Baghdad": misfortune})
    monkeypatch.setenv("PYTHONPATH", str(hook.parent), prepend=os.pathsep)
    monkeypatch.setenv("EXTRACT_ARTICLE_SECONDS", "3")
    command = [sys.executable, "-m", "extract.cli", "run", inbox, "--output", settings.output]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not hanging.exists():
            time.sleep(0.05)
        children = children_of(process.pid)
        process.kill()
    assert children
    assert not still_there(children)


@pytest.mark.usefixtures("warm")
def test_kill_9_of_a_publishing_run_leaves_the_old_tables_whole_and_the_next_run_ends_right(
    inbox: Path, settings: Settings
) -> None:
    run([inbox], settings)
    before = read(settings.output)
    for index in range(3):
        (inbox / f"more{index}.txt").write_text(f"{GOOD}{index}\n", encoding="utf-8")
    command = [sys.executable, "-m", "extract.cli", "run", inbox, "--output", settings.output]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, process_group=0) as process:
        while process.poll() is None and not any((settings.output / ".snapshots").glob("*.partial")):
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
    assert not still_there(children)


def children_of(pid: int) -> set[str]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}


def still_there(children: set[str]) -> list[str]:
    """Return the processes that have not ended after some seconds."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(Path(f"/proc/{child}").exists() for child in children):
        time.sleep(0.1)
    return [child for child in children if Path(f"/proc/{child}").exists()]


@pytest.mark.usefixtures("warm")
def test_a_missing_model_is_one_error_that_names_the_mending_command(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.engines.spacy.PACKAGES", ("no_such_model",))
    monkeypatch.setattr("extract.pipeline.annotator.load_engine", load_engine)  # no warm one
    with pytest.raises(ModelError, match=r"en_core_web_sm is not installed.*pip install --require-hashes"):
        run([inbox], settings)
    assert Store(settings.output, keep=1).manifest().entries == {}
