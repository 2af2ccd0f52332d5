"""Real runs in child processes that start warm: the models are loaded once, by the parent.

A child runs `extract.pipeline.run` with its planning, worker processes, publication and cache. Only the
loading of models and knowledge is saved, which is seconds a run; `start_cold` starts `extract run` itself.
"""

import gc
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest import mock

import pandas as pd

from extract.errors import ExtractError
from extract.ids import digest
from extract.model import Article, Section
from extract.pipeline import run
from extract.pipeline.annotator import Annotator
from extract.settings import Settings
from extract.store import buckets
from extract.tables import TABLES, to_tables

LONGEST = 120  # seconds that a run may take
FORK = multiprocessing.get_context("fork")
OPENINGS = (
    "Officials in Baghdad met on 3 May 2021.",
    "The Badr Organization belongs to the Popular Mobilization Forces.",
    "Kataib Hezbollah was mentioned on Tuesday.",
    "Basra was quiet last week.",
)
WORDS = ("roads", "water", "bridges", "schools", "the harvest", "the budget", "the railway")


class Inbox:
    """A folder of small articles that come, change and go.

    Args:
        folder: Where they lie; made here.
        dice: What decides.
        articles: How many there are at first.
    """

    def __init__(self, folder: Path, dice: random.Random, articles: int) -> None:
        folder.mkdir()
        self.folder = folder
        self._dice = dice
        self._written = 0
        self._few = max(2, articles // 2)
        self._many = articles * 2
        for _ in range(articles):
            self._write(self._new_name())

    def change(self) -> None:
        """Add, edit and remove some articles."""
        for _ in range(self._dice.randint(1, 3)):
            files = sorted(self.folder.iterdir())
            deed = self._dice.choice(("add", "edit", "remove"))
            if deed == "remove" and len(files) > self._few:
                self._dice.choice(files).unlink()
            elif deed == "add" and len(files) < self._many:
                self._write(self._new_name())
            else:
                self._write(self._dice.choice(files).name)

    def _new_name(self) -> str:
        return f"{self.folder.name}-{self._written:04d}.txt"

    def _write(self, name: str) -> None:
        self._written += 1
        subject, opening = self._dice.choice(WORDS), self._dice.choice(OPENINGS)
        text = article_text(opening, subject, self._written, self._dice.randint(2, 9))
        (self.folder / name).write_text(text, encoding="utf-8")


def article_text(opening: str, subject: str, item: int, days: int) -> str:
    """Return the text of a small article with a name, a quote and dates."""
    return (
        f"{opening}\n\n“We talked about {subject},” said Karwan Dizayi, a clerk.\n\n"
        f"He said that item {item} of the list would follow in {days} days."
    )


@cache
def warm() -> Annotator:
    """Load the models and the knowledge, and use them once, with all that they load when first used.

    The collector is told that it stays: else every child would search through it, and copy it by that.
    """
    made = Annotator(Settings())
    for opening in OPENINGS:
        text = article_text(opening, WORDS[0], 1, 2)
        article = Article("a", "a.txt", "txt", text, "", sections=(Section("body", 0, len(text)),))
        to_tables(made.annotate([article]))
    gc.collect()
    gc.freeze()
    return made


class Run:
    """A run in a child process, in a process group of its own.

    Args:
        process: The process; started.
        errors: The file to which it writes what went wrong.
    """

    def __init__(self, process: "BaseProcess | subprocess.Popen[bytes]", errors: Path) -> None:
        self._process = process
        self._errors = errors

    def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit code, as of `extract run`, and what went wrong."""
        if isinstance(self._process, BaseProcess):
            self._process.join(LONGEST)
        else:
            self._process.wait(LONGEST)
        words = self._errors.read_text(encoding="utf-8")
        self._errors.unlink()
        code = self._code()
        assert code is not None, f"a run took more than {LONGEST} s"
        return code, words

    def kill_9(self, *, group: bool) -> bool:
        """Kill it, with its workers or without them; return whether it had not ended by itself."""
        assert self._process.pid is not None
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self._process.pid, signal.SIGKILL)
        code, words = self.end()
        assert code in {0, -signal.SIGKILL}, f"the run ended with {code} before it was killed: {words}"
        return code != 0

    def _code(self) -> int | None:
        process = self._process
        return process.exitcode if isinstance(process, BaseProcess) else process.poll()


def start_run(inputs: Sequence[Path], settings: Settings, per_bucket: int | None = None) -> Run:
    """Start a run that has its models already.

    Args:
        inputs: As for `extract run`.
        settings: The settings.
        per_bucket: Articles a file, where another number than the real one is wanted.
    """
    warm()
    errors = _error_file()
    process = FORK.Process(target=_run, args=(inputs, settings, per_bucket, errors))
    process.start()
    with suppress(ProcessLookupError, PermissionError):  # the child does it too: whoever is first
        os.setpgid(process.pid or 0, process.pid or 0)
    return Run(process, errors)


def start_cold(inputs: Sequence[Path], settings: Settings) -> Run:
    """Start `extract run` as a user does."""
    options = {"output": settings.output, "workers": settings.workers, "batch-size": settings.batch_size}
    words = [f"--{name}={value}" for name, value in (options | {"max-drop": settings.max_drop}).items()]
    errors = _error_file()
    with errors.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "extract.cli", "run", *map(str, inputs), *words],
            stdout=subprocess.DEVNULL,
            stderr=file,
            process_group=0,
        )
    return Run(process, errors)


def run_to_end(inputs: Sequence[Path], settings: Settings, per_bucket: int | None = None) -> None:
    """Run in a child process.

    Raises:
        AssertionError: The run failed.
    """
    code, words = start_run(inputs, settings, per_bucket).end()
    assert code == 0, f"a run that nobody disturbed ended with {code}: {words}"


def _error_file() -> Path:
    descriptor, name = tempfile.mkstemp(prefix="run-errors-")
    os.close(descriptor)
    return Path(name)


def _run(inputs: Sequence[Path], settings: Settings, per_bucket: int | None, errors: Path) -> None:
    with suppress(PermissionError):
        os.setpgid(0, 0)
    size = per_bucket or buckets.ENTRIES_PER_BUCKET
    with warm_models(), mock.patch.object(buckets, "ENTRIES_PER_BUCKET", size):
        try:
            run(inputs, settings)
        except ExtractError as error:
            errors.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
            os._exit(2)
        except BaseException:  # noqa: BLE001 - told, whatever it is
            errors.write_text(traceback.format_exc(), encoding="utf-8")
            os._exit(3)
    os._exit(0)


@contextmanager
def warm_models() -> Iterator[None]:
    """Let worker processes be forked with the models of `warm`."""
    made = warm()
    loaded = {
        "Annotator": lambda _settings: made,
        "load_knowledge": lambda _models_dir: made.knowledge,
        "load_lexicon": lambda _models_dir: made.knowledge.lexicon,
    }
    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(multiprocessing, "get_context", return_value=FORK))
        for module in [
            sys.modules[name] for name in sorted(sys.modules) if name.startswith("extract.pipeline.")
        ]:
            for name in loaded.keys() & vars(module).keys():
                patches.enter_context(mock.patch.object(module, name, loaded[name]))
        yield


def file_bytes(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file of every table, by path below the root."""
    return {
        f"{table}/{path.name}": path.read_bytes()
        for table in TABLES
        for path in sorted((root / table).iterdir())
    }


def digests(read: Callable[[str], pd.DataFrame]) -> dict[str, str]:
    """Return a digest of the rows of every table."""
    return {table: digest(_rows(read(table)).encode()) for table in TABLES}


def _rows(table: pd.DataFrame) -> str:
    return table.to_json(orient="split", date_format="iso", date_unit="ns", double_precision=15)


def read_table(folder: Path) -> pd.DataFrame:
    """Read a table as an analyst does."""
    return pd.read_parquet(folder)
