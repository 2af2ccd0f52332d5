"""A store of three publications with several files a table, to be copied and then maltreated."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from unittest import mock

from child_runs import OPENINGS, WORDS, article_text, warm_models

from extract.pipeline import run
from extract.settings import Settings
from extract.store import buckets
from extract.tables import TABLES

PER_BUCKET = 2
_HIDDEN = (".", "_")  # names that start so are passed over by pandas, DuckDB and Spark


class Ground:
    """Articles, a store that published them in three steps, and the tables that a clean run makes of them.

    Attributes:
        inbox: The articles; one of the files has no text.
        more: A folder with one more.
        store: The output folder.
        settings: Those of the runs; no publication is old enough to be deleted.
        clean: What readers see of a run from nothing over the same articles.
        clean_more: The same with one more article.
        publications: Digests of the files of every publication, by its number.
    """

    def __init__(self, folder: Path) -> None:
        self.inbox = folder / "inbox"
        self.inbox.mkdir(parents=True)
        self.store = folder / "published" / "outputs"
        self.settings = Settings(
            output=self.store, workers=1, batch_size=4, settle_seconds=0, max_drop=1.0, keep_snapshots=6
        )
        (self.inbox / "empty.txt").touch()
        for number in range(4):
            self._write(self.inbox, number, number)
        for number in range(3):
            self.run(self.store)
            if number < 2:
                self._write(self.inbox, number, 10 + number)
                self._write(self.inbox, 4 + number, 4 + number)
        self.more = folder / "more"
        self.more.mkdir()
        self._write(self.more, 9, 9)
        self.clean = self._run_clean(folder / "clean" / "outputs", more=False)
        self.clean_more = self._run_clean(folder / "clean-more" / "outputs", more=True)
        self.publications = {
            folder.name: digests_below(folder) for folder in sorted((self.store / ".snapshots").iterdir())
        }

    def run(self, root: Path, *, more: bool = False) -> None:
        """Run over the articles, or over one more, into an output folder; within `warm_runs`."""
        inputs = [self.inbox, self.more] if more else [self.inbox]
        run(inputs, self.settings.model_copy(update={"output": root}))

    def change_articles(self) -> None:
        """Add, edit and remove an article, and learn what the tables are to be."""
        self._write(self.inbox, 6, 6)
        self._write(self.inbox, 2, 20)
        (self.inbox / "a3.txt").unlink()
        self.clean = self._run_clean(self.store.parents[1] / "clean-changed" / "outputs", more=False)

    def _run_clean(self, root: Path, *, more: bool) -> Mapping[str, bytes]:
        self.run(root, more=more)
        return shown(root)

    def copy(self, root: Path) -> Path:
        """Copy the store, and let a run without changes look at it, as on the night before."""
        copy_linked(self.store, root)
        self.run(root)
        return root

    def _write(self, folder: Path, number: int, version: int) -> None:
        text = article_text(OPENINGS[version % 4], WORDS[number % 7], version, 2 + number)
        (folder / f"a{number}.txt").write_text(text, encoding="utf-8")


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Make a temporary folder, in memory where the system has such folders."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own below it
    with tempfile.TemporaryDirectory(prefix="faults-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@contextmanager
def warm_runs() -> Iterator[None]:
    """Let runs of this process start warm and write several files a table."""
    with warm_models(), mock.patch.object(buckets, "ENTRIES_PER_BUCKET", PER_BUCKET):
        yield


def shown(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file that a reader of `outputs/<table>` reads, by path below the root."""
    return {
        f"{table}/{path.name}": path.read_bytes() if path.is_file() else b"no file"
        for table in TABLES
        for path in sorted((root / table).glob("*"))
        if not path.name.startswith(_HIDDEN)
    }


def copy_linked(source: Path, target: Path) -> None:
    """Copy a folder as `cp -a` does: with times, links, and files that have several names."""
    names: dict[int, Path] = {}

    def copy(file: str, to: str) -> None:
        number = os.lstat(file).st_ino
        if number in names:
            os.link(names[number], to)
        else:
            shutil.copy2(file, to, follow_symlinks=False)
            names[number] = Path(to)

    shutil.copytree(source, target, symlinks=True, copy_function=copy)


def digests_below(folder: Path) -> dict[str, str]:
    """Return a digest of every file below a folder, by its path below it."""
    return {
        str(path.relative_to(folder)): blake2b(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def whole_publications(root: Path, known: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Return the numbers of the known publications that lie whole somewhere below the root."""
    folders = [path.parent for path in root.rglob("manifest.json") if path.is_file()]
    found = [digests_below(folder).items() for folder in folders]
    return {number for number, files in known.items() if any(files.items() <= one for one in found)}
