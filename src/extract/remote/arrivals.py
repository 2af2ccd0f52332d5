"""Files that a pull has fetched and no publication of the folder has yet: the next pull goes on with them.

outputs/.cache/arrivals/<checksum>.parquet        whole: its checksum was that of its name
outputs/.cache/arrivals/<checksum>.parquet.part   still being fetched, or all that a killed pull has left
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import StoreError
from extract.remote.bucket import Bucket
from extract.store.cache import CACHE
from extract.store.facts import checksum
from extract.store.files import concurrently, make_read_only, names_in, sync

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The fetched files of a folder that is locked.

    Attributes:
        folder: Where they lie.
    """

    folder: Path

    @classmethod
    def of(cls, root: Path) -> "Arrivals":
        """Return those of an output folder; what an interrupted pull left of a file is deleted."""
        arrivals = cls(root / CACHE / "arrivals")
        for name in names_in(arrivals.folder):
            if name.endswith(_PART):
                (arrivals.folder / name).unlink()
        return arrivals

    def whole(self) -> Iterator[tuple[str, Path]]:
        """Yield the files by their checksum; those that are damaged by now are left out."""
        for name in names_in(self.folder):
            path = self.folder / name
            if checksum(path) == path.stem:
                yield path.stem, path

    def path_of(self, name: str) -> Path:
        """Return where the file of an object lies."""
        return self.folder / Path(name).name

    def fetch(self, bucket: Bucket, objects: Iterable[str], *, threads: int) -> None:
        """Fetch files, each named by its checksum.

        Raises:
            StoreError: One is missing or damaged at the address, or the service fails; whole ones stay.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        concurrently(lambda name: self._fetch(bucket, name), objects, threads=threads)

    def _fetch(self, bucket: Bucket, name: str) -> None:
        path = self.path_of(name)
        part = path.with_name(path.name + _PART)
        bucket.download(name, part)
        if checksum(part) != path.stem:
            part.unlink()
            raise StoreError(
                f"{bucket.url}/{name} is damaged: its checksum is not that of its name.",
                advice="Delete it there, and push from a folder that has these tables.",
            )
        make_read_only(part)
        sync(part)
        part.replace(path)

    def clear(self) -> None:
        """Delete all: a publication of the folder has what was needed."""
        shutil.rmtree(self.folder, ignore_errors=True)
