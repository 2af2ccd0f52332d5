"""The folder of the report: built beside, swapped in whole, so that a reader never meets half a report.

outputs/.report/000007/     a report; never changes
outputs/.report/partial/    a report in progress
outputs/.report/lock        held by the process that makes one
outputs/report -> .report/000007
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from extract.errors import StoreError
from extract.store.files import link, point

_PARTIAL = "partial"
_LOCK = "lock"
_STATE = ".state.json"


class Folder:
    """The report under an address, and the one in progress.

    Args:
        address: Where readers find it: a link that leads to the newest report.

    Attributes:
        n_written: Number of files of the report in progress that are not as in the one before.
    """

    def __init__(self, address: Path) -> None:
        self.address = Path(os.path.abspath(address))  # noqa: PTH100 - resolve() would follow the link itself
        self.builds = self.address.with_name(f".{self.address.name}")
        self.n_written = 0
        self._made: set[str] = set()
        self._made_from: dict[str, str] = {}

    @property
    def current(self) -> Path | None:
        """The folder of the newest report; None if there is none."""
        if not self.address.is_symlink():
            return None
        folder = self.builds / self.address.readlink().name
        return folder if folder.is_dir() else None

    @cached_property
    def state(self) -> Mapping[str, Any]:
        """What the newest report was made from; empty if there is none or that is lost."""
        try:
            state: dict[str, Any] = json.loads((self._old / _STATE).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return state

    @contextmanager
    def building(self) -> Iterator[None]:
        """Make a report: it is swapped in when the block ends without an error.

        Raises:
            StoreError: Something else has the report's name.
        """
        self._check_address()
        self.builds.mkdir(parents=True, exist_ok=True)
        with (self.builds / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            shutil.rmtree(self._partial, ignore_errors=True)
            self._partial.mkdir()
            try:
                yield
                self._swap()
            finally:
                shutil.rmtree(self._partial, ignore_errors=True)

    def write(self, path: str, text: str) -> None:
        """Add a file; one with the same bytes as in the report before is shared with it."""
        data = text.encode("utf-8")
        if not self._is_as_before(path, data):
            target = self._place(path)
            target.write_bytes(data)
            self.n_written += 1
        elif path not in self._made:
            link(self._old / path, self._place(path))
        self._made.add(path)

    def keep(self, path: str, made_from: str) -> bool:
        """Add a file of the report before as it is, if that was made from the same.

        Args:
            path: The file.
            made_from: A hash of all that it shows; the next report is told.

        Returns:
            Whether it was; else it is to be written.
        """
        self._made_from[path] = made_from
        if self.state.get("files", {}).get(path) != made_from:
            return False
        try:
            link(self._old / path, self._place(path))
        except FileNotFoundError:
            return False
        self._made.add(path)
        return True

    def remember(self, state: Mapping[str, Any]) -> None:
        """Add what the report was made from."""
        self.write(_STATE, json.dumps({**state, "files": self._made_from}, sort_keys=True))

    @property
    def n_files(self) -> int:
        """Number of files of the report in progress."""
        return len(self._made)

    @property
    def _partial(self) -> Path:
        return self.builds / _PARTIAL

    @cached_property
    def _old(self) -> Path:
        return self.current or self.builds / "none"

    def _place(self, path: str) -> Path:
        target = self._partial / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _is_as_before(self, path: str, data: bytes) -> bool:
        old = self._old / path
        try:
            return old.stat().st_size == len(data) and old.read_bytes() == data
        except OSError:
            return False

    def _check_address(self) -> None:
        is_ours = self.address.is_symlink() and self.address.readlink().parent.name == self.builds.name
        if os.path.lexists(self.address) and not is_ours:
            raise StoreError(
                f"{self.address} is there already, and is no report.",
                advice="Choose another folder with --to, or move it away.",
            )

    def _swap(self) -> None:
        """Lead readers to the new report if it differs from the old, which stays for those who read it."""
        old = self.current
        if old and not self.n_written and self._made == _files(old):
            return
        numbers = [int(one.name) for one in self.builds.iterdir() if one.name.isdigit()]
        new = self.builds / f"{max(numbers, default=0) + 1:06d}"
        self._partial.rename(new)
        point(self.address, f"{self.builds.name}/{new.name}")
        for one in self.builds.iterdir():
            if one.name.isdigit() and one not in {old, new}:
                shutil.rmtree(one, ignore_errors=True)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
