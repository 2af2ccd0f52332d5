"""Desks of analysts: articles in folders or in a bucket, and what was published from them."""

import io
import zipfile
from pathlib import Path

import fsspec

from extract.pipeline.fingerprint import Fingerprint
from extract.pipeline.plan import Work, plan_work
from extract.reading import input_path
from extract.reading.copies.standard_input import kept_input
from extract.settings import Settings
from extract.store import Manifest
from extract.store.manifest import FORMAT

PIPELINE = Fingerprint("e1", {"code": "c1"})
TEXT = "The council met on Monday to talk about the price of bread in {}.\n"


class Desk:
    """An analyst's desk: folders of articles, and what was published from them.

    A run is planned as by `extract run`, and everything planned counts as published.
    """

    def __init__(self, top: Path) -> None:
        self.top = top
        self.published = Manifest(format=FORMAT)
        (top / "out").mkdir()

    def put(self, name: str, content: bytes) -> None:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def write(self, *names: str, word: str = "May") -> None:
        for name in names:
            self.put(name, TEXT.format(word).encode())

    def pack(self, archive: str, **words: str) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as packed:
            for name, word in words.items():
                packed.writestr(f"{name}.txt", TEXT.format(word))
        self.put(archive, content.getvalue())

    def pipe(self, text: str, name: str | None = None) -> Work:
        with kept_input(io.BytesIO(text.encode()), name) as path:
            return self.run(str(path))

    def delete(self, *names: str) -> None:
        for name in names:
            (self.top / name).unlink()

    def input(self, name: str) -> Path:
        return self.top / name

    def run(self, *inputs: str, **options: object) -> Work:
        given = {"output": self.top / "out", "source_root": self.top, "settle_seconds": 0} | options
        settings = Settings.model_validate(given)
        paths = [Path(given) if given.startswith("stdin:") else self.input(given) for given in inputs]
        work = plan_work(paths, self.published, PIPELINE, settings, self.top / "out")
        kept = {key: one for key, one in self.published.entries.items() if key not in work.changes.removed}
        self.published = Manifest(
            entries={**kept, **work.entries}, format=FORMAT, peaks={**self.published.peaks, **work.peaks}
        )
        return work

    def sources(self) -> dict[str, str]:
        entries = self.published.entries.items()
        return {key: self.short(entry.source) for key, entry in entries if entry.status == "done"}

    def short(self, source: str) -> str:
        """Return a stored name as it would be on a desk with folders."""
        return source


class BucketDesk(Desk):
    """A desk whose articles lie in a bucket.

    Args:
        top: Where the rest lies.
        url: The address below which the articles are.
        files: A view of the server.
    """

    def __init__(self, top: Path, url: str, files: fsspec.AbstractFileSystem) -> None:
        super().__init__(top)
        self._url, self._files = url, files

    def put(self, name: str, content: bytes) -> None:
        self._files.pipe(f"{self._url}/{name}", content)

    def delete(self, *names: str) -> None:
        for name in names:
            self._files.rm(f"{self._url}/{name}")

    def input(self, name: str) -> Path:
        return input_path(f"{self._url}/{name}")

    def short(self, source: str) -> str:
        return source.removeprefix(f"{self._url}/")


def taken(work: Work) -> list[tuple[str, str]]:
    """Return what is told of ids that another source has, with another content or the same."""
    codes = {"duplicate_id", "same_article"}
    return [(issue.source, issue.message) for issue in work.issues if issue.code in codes]
