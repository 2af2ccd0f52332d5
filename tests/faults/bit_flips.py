"""Flip single bits in the files of the current publication, and see whether anyone is deceived.

    python tests/faults/bit_flips.py [--times 300] [--seed 1]

Half of the flips are in parts of tables; half of them keep the time of the file. After each, our readers must
give what they gave before, or a StoreError. A run without changes, and on another copy a run over one more
article, must end with the tables of a clean run, or with a StoreError and all old files untouched: never with
other rows, and never with the flipped file in a new publication, where its checksum would be right again.
"""

import argparse
import logging
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import harm
from grounds import Ground, digests_below, quick_folder, shown, warm_runs
from typer.testing import CliRunner

from extract.cli.app import app
from extract.errors import ExtractError, StoreError
from extract.store import Store, open_snapshot, read_history, read_table
from extract.tables import TABLES

SAID = "said so"


@dataclass(frozen=True)
class Flip:
    """A bit that flips.

    Attributes:
        file: The file, by its path below the publication.
        place: Number of the bit.
        keeps_time: Whether the file's time stays.
    """

    file: str
    place: int
    keeps_time: bool

    def do(self, root: Path) -> None:
        """Flip it in the current publication of an output folder."""
        path = harm.current(root) / self.file
        before = path.stat()
        harm.flip_a_bit(path, self.place)
        if self.keeps_time:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def __str__(self) -> str:
        return f"{self.file}, bit {self.place}{', same time' if self.keeps_time else ''}"


class Flips:
    """Flips bits on copies of a store, within `warm_runs`.

    Args:
        ground: The store.
        folder: Where the copies lie.
        seed: Of the dice.
    """

    def __init__(self, ground: Ground, folder: Path, seed: int) -> None:
        self._ground = ground
        self._folder = folder
        self._dice = random.Random(seed)
        self._files = list(digests_below(harm.current(ground.store)))
        self._read = {name: read(ground.store) for name, read in READERS.items()}
        self.ends: Counter[str] = Counter()

    def flip(self, times: int) -> list[str]:
        """Flip that many bits, one at a time, and return what was wrong."""
        return [what for number in range(times) for what in self.flip_one(number)]

    def flip_one(self, number: int) -> list[str]:
        """Flip a bit, of a part if the number is odd, and return what was wrong."""
        parts = [name for name in self._files if ("/" in name) == bool(number % 2)]
        file = self._dice.choice(parts)
        bits = 8 * (harm.current(self._ground.store) / file).stat().st_size
        flip = Flip(file, self._dice.randrange(bits), keeps_time=number % 4 < 2)
        folder = self._folder / str(number)
        found = [*self._read_after(flip, folder / "read" / "outputs")]
        for more in (False, True):
            found += self._run_after(flip, folder / ("more" if more else "same") / "outputs", more=more)
        harm.remove(folder)
        return [f"{flip}: {what}" for what in found]

    def _flipped(self, flip: Flip, root: Path) -> Path:
        self._ground.copy(root)
        flip.do(root)
        return root

    def _read_after(self, flip: Flip, root: Path) -> Iterator[str]:
        self._flipped(flip, root)
        for name, read in READERS.items():
            try:
                same = read(root) == self._read[name]
            except StoreError:
                self.ends[f"{name}: {SAID}"] += 1
                continue
            except Exception as error:  # noqa: BLE001 - told, whatever it is
                yield f"{name} failed with {error!r}"
                continue
            self.ends[f"{name}: {'same' if same else 'SILENT'}"] += 1
            if not same:
                yield f"{name} reads something else and does not say so"

    def _run_after(self, flip: Flip, root: Path, *, more: bool) -> Iterator[str]:
        self._flipped(flip, root)
        before, damaged = digests_below(root / ".snapshots"), digests_below(harm.current(root))[flip.file]
        what = "a run over one more article" if more else "a run without changes"
        try:
            self._ground.run(root, more=more)
        except ExtractError as error:
            self.ends[f"{what}: {SAID}"] += 1
            if digests_below(root / ".snapshots") != before:
                yield f"{what} said {error} and changed the publications"
            return
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            yield f"{what} failed with {error!r}"
            return
        yield from self._judge(root, what, self._ground.clean_more if more else self._ground.clean)
        new = digests_below(root / ".snapshots")
        copies = [name for name, digest in new.items() if digest == damaged and name not in before]
        if copies:
            self.ends[f"{what}: LAUNDERED"] += 1
            yield f"{what} published the damaged file again: {copies[0]}"

    def _judge(self, root: Path, what: str, clean: Mapping[str, bytes]) -> Iterator[str]:
        found = shown(root)
        self.ends[f"{what}: {'equal' if found == clean else 'SILENT'}"] += 1
        if found != clean:
            differ = sorted(
                name for name in found.keys() | clean.keys() if found.get(name) != clean.get(name)
            )
            yield f"{what} ended well, but {', '.join(differ[:3])} differ"


def _entries(root: Path) -> object:
    return Store(root, keep=6).manifest()


def _history(root: Path) -> object:
    open_snapshot(root)
    published = read_history(root)
    for one in published:
        if one.damage:
            raise StoreError(one.damage)
    return [(one.number, one.is_current, one.rows, one.run) for one in published]


def _tables(root: Path) -> object:
    return {table: read_table(root, table) for table in TABLES}


def _unlinked(root: Path) -> object:
    result = CliRunner().invoke(app, ["unlinked", "--json", "--output", str(root)])
    if result.exception is not None:
        raise result.exception
    return result.output


READERS: Mapping[str, Callable[[Path], object]] = {
    "the manifest": _entries,
    "the tables": _tables,
    "extract history": _history,
    "extract unlinked": _unlinked,
}


def main() -> None:
    """Flip bits and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=300, help="bits to flip (300)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    options = parser.parse_args()
    logging.getLogger("extract").addHandler(logging.NullHandler())
    with quick_folder() as folder, warm_runs():
        flips = Flips(Ground(folder / "ground"), folder, options.seed)
        wrong = 0
        for number in range(options.times):
            for what in flips.flip_one(number):
                print(f"WRONG: {what}", flush=True)
                wrong += 1
    print("".join(f"{times:5} {end}\n" for end, times in sorted(flips.ends.items())), end="")
    print(f"{options.times} bits flipped: {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
