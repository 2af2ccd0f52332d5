"""Let each file operation of a run, a rollback and a mend fail, one at a time, in each of four ways.

    python tests/faults/every_operation.py [--every K] [--only NAME ...] [--looks] [--lasting] [--python]

The Nth operation below the output folder gives EIO, ENOSPC or EACCES, or its process is killed, for every N:
of the run itself and of its workers. Then readers must see the tables of before or of after, whole; the run
must have ended well, or have said what failed and what to do; no process may be left; and the next run must
end with the tables of a clean run byte for byte. Operations are those of the C library (`failing_disk.c`,
which needs a C compiler), with --python those of Python alone. --looks lets what reads fail instead of what
writes; with --lasting everything fails from the Nth operation on, as on a disk that has gone.
"""

import argparse
import logging
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import harm
from child_runs import FORK, LONGEST
from disks import (
    ERRORS,
    KINDS,
    SIDES,
    Disk,
    Failure,
    Kind,
    PreloadedDisk,
    PythonDisk,
    Side,
    is_preloaded,
    preload,
)
from grounds import Ground, copy_linked, digests_below, quick_folder, shown, warm_runs, whole_publications

from extract import store
from extract.errors import ExtractError
from extract.store import Store

DONE, SAID, TRACEBACK = "done", "said so", "traceback"
PATIENCE = 10  # seconds that processes may take to end


@dataclass(frozen=True)
class Deed:
    """What is done to a store while an operation fails.

    Attributes:
        name: What is done.
        prepare: Makes the output folder.
        act: Does it.
        before: What readers see before; None if the store is damaged.
        after: What readers see after.
    """

    name: str
    prepare: Callable[[Path], object]
    act: Callable[[Path], object]
    before: Mapping[str, bytes] | None
    after: Mapping[str, bytes]


@dataclass(frozen=True)
class End:
    """How a process ended in which an operation was to fail.

    Attributes:
        how: In what way.
        words: What it said.
        struck: The operation that failed; empty if there were fewer.
    """

    how: str
    words: str
    struck: str


class Trials:
    """Fails operations on copies of a store, within `warm_runs`.

    Args:
        folder: Where everything lies; empty.
        disk: What fails.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._ground = Ground(folder / "ground")
        old, earlier = shown(self._ground.store), shown(harm.number(self._ground.store, 2))
        self._ground.change_articles()
        self._known_good: set[object] = set()
        self._counts: dict[str, dict[tuple[Side, Kind], int]] = {}
        self.wrong: list[str] = []
        self.ends: Counter[str] = Counter()
        run, new = self._ground.run, self._ground.clean
        self.deeds = (
            Deed("first run", lambda _root: None, run, {}, new),
            Deed("run", self._copy, run, old, new),
            Deed("rollback", self._copy, _roll_back, old, earlier),
            Deed("mend", self._damage, _mend, None, old),
        )

    def count(self, deed: Deed, side: Side, kind: Kind) -> int:
        """Return the number of operations of a deed, which is done once to learn all of them."""
        if deed.name not in self._counts:
            end = self._act(deed, self._root(deed), Failure(0))
            if end.how != DONE:
                self.wrong.append(f"{deed.name}, without any failure: {end.how}: {end.words}")
                print(f"WRONG: {self.wrong[-1]}", flush=True)
            self._counts[deed.name] = {
                (one, other): self._disk.count(one, other) for one in SIDES for other in KINDS
            }
        return self._counts[deed.name][side, kind]

    def fail(self, deed: Deed, failure: Failure) -> None:
        """Let an operation fail, and look at what is left."""
        root = self._root(deed)
        whole = whole_publications(root, self._ground.publications)
        end = self._act(deed, root, failure)
        self.ends[f"{failure.name}: {end.how if end.struck else 'not met'}"] += 1
        found = [*self._judge(deed, root, failure, end), *self._run_after(deed, root)]
        lost = whole - whole_publications(root, self._ground.publications)
        found += [f"whole publications are lost: {', '.join(sorted(lost))}"] if lost else []
        operation = f"{failure.number}, {end.struck.replace(str(root), '')}"
        where = f"{deed.name}, {failure.side}, {failure.name} at {operation}"
        self.wrong += [f"{where}: {what}" for what in found]
        print("".join(f"WRONG: {where}: {what}\n" for what in found), end="", flush=True)
        harm.remove(root.parent)

    def _judge(self, deed: Deed, root: Path, failure: Failure, end: End) -> Iterator[str]:
        dies = failure.name == "killed" and end.struck and failure.side == "parent"
        if end.how == TRACEBACK or (end.how not in {DONE, SAID} and not dies):
            yield f"it ended otherwise than it may: {end.how}: {end.words}"
        seen = shown(root)
        may_choose = deed.before is None and failure.kind == "looks"  # what cannot be read is not taken
        if end.how == DONE and seen != deed.after and not may_choose:
            yield f"it ended well, but the tables are not the new ones: {_difference(seen, deed.after)}"
        if deed.before is not None and seen not in (deed.before, deed.after):
            yield f"readers see neither the old nor the new tables: {_difference(seen, deed.before)}"

    def _run_after(self, deed: Deed, root: Path) -> Iterator[str]:
        """Run without a failure; a state from which that went well before is not tried again."""
        state = _state(root)
        if state in self._known_good:
            return
        try:
            if deed.before is None:
                store.mend(root)
            self._ground.run(root)
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            yield f"the next run failed: {error!r}"
            return
        wrong = [problem.what for problem in store.store_problems(root) if problem.serious]
        if shown(root) != self._ground.clean:
            wrong.append(f"after the next run, {_difference(shown(root), self._ground.clean)}")
        yield from wrong
        if not wrong:
            self._known_good.add(state)

    def _root(self, deed: Deed) -> Path:
        root = Path(tempfile.mkdtemp(dir=self._folder)) / "outputs"
        deed.prepare(root)
        return root

    def _copy(self, root: Path) -> None:
        copy_linked(self._ground.store, root)

    def _damage(self, root: Path) -> None:
        """Lose what a mend brings back: the links, and the marker."""
        self._copy(root)
        harm.link(root / ".current", ".snapshots/000009")
        harm.make_text(root / "dates")
        harm.make_folder(root / "entities")
        (root / "entities" / "old.parquet").touch()
        (root / ".extract-store").unlink()

    def _act(self, deed: Deed, root: Path, failure: Failure) -> End:
        """Do it in a process on whose disk an operation fails."""
        self._disk.prepare()
        receiver, sender = FORK.Pipe(duplex=False)
        process = FORK.Process(target=self._work, args=(deed, root, failure, sender))
        process.start()
        sender.close()
        process.join(LONGEST)
        how, words = _told(receiver) or (f"exit code {process.exitcode}", "")
        left = _processes_left(process.pid or 0)
        if left or process.exitcode is None:
            os.killpg(process.pid or 0, signal.SIGKILL)
            how, words = "processes left", f"{left} after {how}"
        return End(how, words, self._disk.struck())

    def _work(self, deed: Deed, root: Path, failure: Failure, sender: Connection) -> None:
        os.setpgid(0, 0)
        self._disk.arm(root, failure)
        try:
            deed.act(root)
            end = (DONE, "")
        except ExtractError as error:
            end = (SAID if error.message and error.advice else "no advice", str(error))
        except BaseException as error:  # noqa: BLE001 - told, whatever it is
            end = (TRACEBACK, f"{error!r} in {_place(error)}")
        sender.send(end)
        os._exit(0)


def _place(error: BaseException) -> str:
    """Return the last line of ours that an error went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "extract" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def _roll_back(root: Path) -> None:
    one = Store(root, keep=6)
    with one.lock():
        one.rollback()


def _mend(root: Path) -> None:
    store.mend(root)


def _processes_left(group: int) -> list[int]:
    """Return the processes of a group that have not ended after a while."""
    deadline = time.monotonic() + PATIENCE
    while (left := _processes(group)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _told(receiver: Connection) -> tuple[str, str] | None:
    """Return what a process said at its end; None if it was killed, even if a child still holds the pipe."""
    try:
        return receiver.recv() if receiver.poll() else None
    except EOFError:
        return None


def _processes(group: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has just ended
        if int(its_group) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


def _state(root: Path) -> object:
    """Return what makes two output folders equal; the lock's content is the last process."""
    links = {
        str(path.relative_to(root)): str(path.readlink()) for path in root.rglob("*") if path.is_symlink()
    }
    files = {name: content for name, content in digests_below(root).items() if name != ".lock"}
    folders = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_dir())
    return repr((sorted(links.items()), sorted(files.items()), folders))


def _difference(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> str:
    names = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    return f"{len(names)} files differ, such as {', '.join(names[:3])}"


def try_all(
    trials: Trials, every: int, only: Sequence[str] = (), kind: Kind = "changes", *, lasting: bool = False
) -> int:
    """Try each K-th case of each deed (or of those named), print and return how many were tried."""
    names = [name for name in ERRORS[kind] if not (lasting and name == "killed")]  # that is no disk's fault
    tried = 0
    for deed in [deed for deed in trials.deeds if not only or deed.name in only]:
        for side in SIDES:
            started = time.monotonic()
            numbers = range(1, trials.count(deed, side, kind) + 1)
            cases = [Failure(number, name, side, kind, lasting) for name in names for number in numbers]
            for failure in cases[::every]:
                trials.fail(deed, failure)
            tried += len(cases[::every])
            seconds, told = (
                time.monotonic() - started,
                f"{len(numbers)} operations, {len(cases[::every])} tried",
            )
            print(f"{deed.name}, {side}: {told}, {seconds:.0f} s", flush=True)
    return tried


def main() -> None:
    """Try them and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="try each K-th case (1)")
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="NAME", help="what is done: first run, run... (all)"
    )
    parser.add_argument("--looks", action="store_true", help="let what reads fail")
    parser.add_argument("--lasting", action="store_true", help="let everything fail from then on")
    parser.add_argument("--python", action="store_true", help="the operations of Python alone")
    options = parser.parse_args()
    logging.getLogger("extract").addHandler(logging.NullHandler())
    with quick_folder() as folder:
        if not options.python and not is_preloaded():
            preload(folder / "failing_disk.so")
        disk: Disk = PythonDisk() if options.python else PreloadedDisk()
        kind: Kind = "looks" if options.looks else "changes"
        with warm_runs():
            trials = Trials(folder, disk)
            tried = try_all(trials, options.every, options.only, kind, lasting=options.lasting)
    print(f"{tried} failures: {dict(sorted(trials.ends.items()))}; {len(trials.wrong)} wrong")
    sys.exit(1 if trials.wrong or not tried else 0)


if __name__ == "__main__":
    main()
