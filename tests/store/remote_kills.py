"""Kill -9 a process at each of its requests to object storage, before it is sent or after it is done.

    PYTHONPATH=tests python tests/store/remote_kills.py [--every 1] [--deed publish push pull]

After each kill a reader must find the old tables or the new ones, whole. Then the same is tried again: it
must succeed, and an interrupted push or pull must copy only the files that were missing.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import obstore
from remote_samples import KEEP, add, in_child, publish, texts_in
from store_samples import file_bytes

from extract.remote.bucket import Bucket
from extract.remote.lease import LEASE
from extract.remote.transfer import COMMON, Transfer, pull, push
from extract.store import store_problems

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

Deed = Literal["publish", "push", "pull"]
OLD = {"a": "Bahr said yes in May.", "b": "Bahr said no."}
MORE = {"c": "Bahr said maybe."}
NEW = {**OLD, **MORE}
_REQUESTS = ("get", "put", "list", "delete")


@dataclass(frozen=True)
class Place:
    """An address and folders in which a deed is done once.

    Attributes:
        url: The address; has the old tables, or the new ones if they are to be pulled.
        root: The folder that is pushed, or into which is pulled.
        deed: What is done.
    """

    url: str
    root: Path
    deed: Deed

    def prepare(self, old: Path, new: Path) -> None:
        """Publish the old tables, and do what precedes the deed."""
        os.environ["EXTRACT_MIRRORS"] = str(self.root.with_suffix(".mirrors"))
        bucket = Bucket.at(self.url)
        if self.deed == "publish":
            return add(self.url, OLD)
        push(old, bucket, keep=KEEP)
        if self.deed == "push":
            shutil.copytree(new, self.root, symlinks=True)
            shutil.copy(old / COMMON, self.root / COMMON)
            return None
        pull(self.root, bucket, keep=KEEP)
        shutil.copy(old / COMMON, new / COMMON)
        push(new, bucket, keep=KEEP)
        return None

    def do(self, number: int = 0, *, done: bool = False) -> Transfer | None:
        """Do the deed, and be killed at the Nth request, if there are so many."""
        os.environ["EXTRACT_MIRRORS"] = str(self.root.with_suffix(".mirrors"))
        _kill_at(number, done=done)
        if self.deed == "publish":
            return add(self.url, MORE)
        return {"push": push, "pull": pull}[self.deed](self.root, Bucket.at(self.url), keep=KEEP)

    def waiting(self, files: "AbstractFileSystem") -> set[str]:
        """Return the names of the files that a push or pull has copied so far and not published."""
        if self.deed == "push":
            return {Path(name).name for name in files.find(f"{self.url}/files")}
        arrivals = self.root / ".cache" / "arrivals"
        return {path.name for path in arrivals.glob("*") if path.suffix != ".part"}


def _kill_at(number: int, *, done: bool) -> None:
    """Let the Nth request from now on kill this process, before it is sent or after it is done."""
    seen, lock = 0, threading.Lock()

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def request(*args: object, **kwargs: object) -> object:
            nonlocal seen
            with lock:
                seen += 1
                is_last = seen == number
            answer = real(*args, **kwargs) if done or not is_last else None
            if is_last:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return request

    for name in _REQUESTS:
        setattr(obstore, name, counted(getattr(obstore, name)))


def look(url: str, root: Path) -> tuple[dict[str, str], dict[str, bytes], Sequence[str]]:
    """Return what a new reader finds: texts, the bytes of all tables, and what is wrong with them."""
    pull(root, Bucket.at(url), keep=KEEP)
    return texts_in(root), file_bytes(root), [problem.what for problem in store_problems(root)]


class Killing:
    """Deeds that are killed, one request after the other.

    Args:
        folder: Where everything lies; empty.
        files: Another client's view of the server, which has a bucket `tables`.
        prefix: What the addresses in the bucket begin with.
    """

    def __init__(self, folder: Path, files: "AbstractFileSystem", prefix: str) -> None:
        self._folder, self._files, self._prefix = folder, files, prefix
        self._old, self._new = folder / "old", folder / "new"
        in_child(publish, self._old, OLD)
        shutil.copytree(self._old, self._new, symlinks=True)
        in_child(publish, self._new, NEW)
        self._states = {len(OLD): file_bytes(self._old), len(NEW): file_bytes(self._new)}
        self.seen: Counter[str] = Counter()

    def kill(self, deed: Deed, *, every: int = 1, first: int = 1) -> None:
        """Kill a deed at every such request, before and after it.

        Raises:
            AssertionError: A reader found something else than the old tables or the new ones, or the next try
                did not give the new ones, or it copied files again.
        """
        for done in (False, True):
            number = first
            while self._kill_one(deed, number, done=done):
                number += every

    def _kill_one(self, deed: Deed, number: int, *, done: bool) -> bool:
        """Return whether the deed had so many requests."""
        name = f"{deed}-{number}-{'after' if done else 'before'}"
        place = Place(f"s3://tables/{self._prefix}/{name}", self._folder / name, deed)
        in_child(place.prepare, self._old, self._new)
        try:
            in_child(_do, place, number, done)
        except EOFError:
            state = self._check(place, f"{name}-1", {len(OLD), len(NEW)})
            self._try_again(place, name)
            self.seen[f"{deed} killed, {'old' if state == len(OLD) else 'new'} tables"] += 1
            return True
        return False

    def _check(self, place: Place, reader: str, allowed: set[int]) -> int:
        """Check what readers find; return the number of articles."""
        texts, tables, problems = in_child(look, place.url, self._folder / reader)
        assert not problems, f"{reader}: {problems}"
        assert len(texts) in allowed, f"{reader}: {texts}"
        assert tables == self._states[len(texts)], f"{reader}: the tables are those of no publication"
        if place.deed == "pull":
            texts, tables = texts_in(place.root), file_bytes(place.root)
            assert len(texts) in allowed, f"{reader}: {texts}"
            assert tables == self._states[len(texts)], f"{reader}: the tables of the folder are mixed"
        return len(texts)

    def _try_again(self, place: Place, name: str) -> None:
        lease = f"{place.url}/{LEASE}"
        if self._files.exists(lease):
            self._files.rm(lease)  # instead of waiting a minute until it expires
        waiting = place.waiting(self._files)
        transfer = in_child(_do, place, 0, False)
        if transfer is not None:
            new = {Path(file).name for file in self._files.find(f"{place.url}/files")}
            self.seen["files not copied again"] += len(waiting)
            assert transfer.files <= len(new - waiting), f"{name}: {transfer.files} files were copied again"
        self._check(place, f"{name}-2", {len(NEW)})
        shutil.rmtree(place.root, ignore_errors=True)


def _do(place: Place, number: int, done: bool) -> Transfer | None:
    return place.do(number, done=done)


def main() -> None:
    """Kill at the requests and print what readers found."""
    from s3_server import s3_server  # noqa: PLC0415 - the processes that are killed need no server

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    deeds = get_args(Deed)
    parser.add_argument("--every", type=int, default=1, help="kill at every such request (1)")
    parser.add_argument("--deed", nargs="+", choices=deeds, default=deeds, help="what is killed (all)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="remote-kills-") as folder, s3_server("tables") as files:
        killing = Killing(Path(folder), files, "kills")
        for deed in options.deed:
            killing.kill(deed, every=options.every)
            sys.stdout.write(f"{deed}: {dict(killing.seen)}; never mixed\n")
            killing.seen.clear()


if __name__ == "__main__":
    main()
