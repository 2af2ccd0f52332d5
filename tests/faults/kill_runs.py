"""Kill -9 real runs at random moments, again and again, while readers look on.

    python tests/faults/kill_runs.py [--times 200] [--seed 1] [--per-bucket N] [--cold]

Before every run articles are added, edited and removed. A run is killed at a random moment, alone or with its
workers; then the next run is made, and its tables must equal those of a run from nothing byte for byte. All
the time a reader looks at the tables: what it sees must be the tables of one of the states that were to
be published, whole. Runs start warm (`child_runs`); --cold kills `extract run` as a user starts it, which
takes some ten seconds each.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from child_runs import Inbox, Run, digests, file_bytes, read_table, run_to_end, start_cold, start_run
from watcher import PAUSE, Seen, Watcher

from extract.settings import Settings
from extract.store import store_problems
from extract.tables import TABLES

ARTICLES = 6


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        kills: Runs that were killed before they ended.
        moments: Where the killed runs were: the folders that they left say it.
        published: Killed runs that had published.
        wrong: What should not have been seen.
        reads: Reads of all tables of a pinned snapshot.
        plain: Reads of all tables through the links, one after the other.
        straddled: How many of these saw two publications.
        plain_errors: Errors of these.
    """

    kills: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    published: int = 0
    wrong: list[str] = field(default_factory=list)
    reads: int = 0
    plain: int = 0
    straddled: int = 0
    plain_errors: Counter[str] = field(default_factory=Counter)


class Killing:
    """Runs over a changing inbox that are killed.

    Args:
        folder: Where everything lies; empty.
        seed: Of the dice.
        per_bucket: Articles a file; None for the real number, with which these tables have one file each.
        cold: Whether the killed runs start from nothing.
        pause: Seconds between two looks of the reader.
    """

    def __init__(
        self,
        folder: Path,
        seed: int,
        *,
        per_bucket: int | None = None,
        cold: bool = False,
        pause: float = PAUSE,
    ) -> None:
        self._folder = folder
        self._dice = random.Random(seed)
        self._per_bucket = per_bucket
        self._cold = cold
        self._pause = pause
        self._inbox = Inbox(folder / "inbox", self._dice, ARTICLES)
        self._settings = Settings(
            output=folder / "outputs", workers=2, batch_size=2, max_drop=1.0, settle_seconds=0
        )
        self._clean: dict[str, bytes] = {}
        self._states: set[tuple[tuple[str, str], ...]] = set()
        self._seconds = 1.0
        self.outcome = Outcome()

    def kill_runs(self, times: int) -> Outcome:
        """Kill that many runs, with a reader looking on."""
        self._expect()
        self._run_to_end()
        watcher = Watcher(self._settings.output, self._pause)
        try:
            while self.outcome.kills < times:
                self._inbox.change()
                self._expect()
                again = self._dice.choice((1, 2, 3))  # the run that should mend it may be killed too
                for _ in range(min(again, times - self.outcome.kills)):
                    self._kill_one()
                self._run_to_end()
                self._compare()
        finally:
            self._judge(watcher.stop())
        return self.outcome

    def _expect(self) -> None:
        """Learn from a run from nothing what the tables are to be."""
        self._folder.joinpath("clean").mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder / "clean") as name:
            clean = self._settings.model_copy(update={"output": Path(name, "outputs")})
            run_to_end([self._inbox.folder], clean, self._per_bucket)
            self._clean = file_bytes(clean.output)
            self._states.add(tuple(digests(lambda table: read_table(clean.output / table)).items()))

    def _kill_one(self) -> None:
        before = self._current()
        started = time.monotonic()
        start = start_cold if self._cold else self._start_warm
        child = start([self._inbox.folder], self._settings)
        time.sleep(self._dice.uniform(0, self._seconds))
        if not child.kill_9(group=self._dice.random() < 0.5):
            self._seconds = 0.8 * (time.monotonic() - started)
            return
        self.outcome.kills += 1
        self.outcome.published += self._current() != before
        self.outcome.moments[self._moment(published=self._current() != before)] += 1

    def _start_warm(self, inputs: Sequence[Path], settings: Settings) -> Run:
        return start_run(inputs, settings, self._per_bucket)

    def _moment(self, *, published: bool) -> str:
        if published:
            return "after the change-over"
        if any((self._settings.output / ".snapshots").glob("*.partial")):
            return "publishing"
        return "annotating" if any((self._settings.output / ".staging").rglob("*.json")) else "planning"

    def _current(self) -> str:
        return os.path.realpath(self._settings.output / ".current")

    def _run_to_end(self) -> None:
        started = time.monotonic()
        run_to_end([self._inbox.folder], self._settings, self._per_bucket)
        if not self._cold:
            self._seconds = time.monotonic() - started
        else:
            self._seconds = 10.0

    def _compare(self) -> None:
        found = file_bytes(self._settings.output)
        if found != self._clean:
            differ = sorted(
                name for name in found.keys() | self._clean.keys() if found.get(name) != self._clean.get(name)
            )
            self.outcome.wrong.append(f"after kill {self.outcome.kills}: {', '.join(differ)} differ")
        problems = [problem.what for problem in store_problems(self._settings.output)]
        self.outcome.wrong += [f"after kill {self.outcome.kills}: {what}" for what in problems]

    def _judge(self, seen: Seen) -> None:
        """Compare what the reader saw with what was to be published."""
        outcome = self.outcome
        outcome.reads = sum(seen.states.values())
        outcome.wrong += [f"a pinned read failed: {error}" for error in seen.errors]
        outcome.wrong += [
            "a pinned read saw tables that were never published"
            for state in seen.states
            if state not in self._states
        ]
        outcome.plain = sum(seen.plain.values()) + sum(seen.plain_errors.values())
        outcome.plain_errors = seen.plain_errors
        tables = {table: {dict(state)[table] for state in self._states} for table in TABLES}
        for state, times in seen.plain.items():
            outcome.straddled += times * (state not in self._states)
            if self._per_bucket is None:
                outcome.wrong += [
                    f"a plain read of {table} saw no published state"
                    for table, shown in state
                    if shown not in tables[table]
                ]
        if self._per_bucket is None:
            outcome.wrong += [f"a plain read failed: {error}" for error in seen.plain_errors]


def describe(outcome: Outcome) -> str:
    """Return the outcome in words."""
    moments: Mapping[str, int] = outcome.moments
    where = ", ".join(f"{count} {moment}" for moment, count in moments.items())
    whole = "" if outcome.wrong else ", every one whole and of one publication"
    failed = f"{sum(outcome.plain_errors.values())} failed {dict(outcome.plain_errors) or ''}"
    lines = [
        f"{outcome.kills} runs killed ({where}); {outcome.published} of them had published",
        f"{outcome.reads} pinned reads of all tables{whole}",
        f"{outcome.plain} plain reads of all tables: {outcome.straddled} saw two publications, {failed}",
        *(f"WRONG: {what}" for what in outcome.wrong),
    ]
    return "\n".join(lines)


def main() -> None:
    """Kill runs and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=200, help="runs to kill (200)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    parser.add_argument("--per-bucket", type=int, help="articles a file, to have more than one file a table")
    parser.add_argument("--cold", action="store_true", help="kill `extract run` itself")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-runs-") as name:
        killing = Killing(Path(name), options.seed, per_bucket=options.per_bucket, cold=options.cold)
        outcome = killing.kill_runs(options.times)
    print(describe(outcome))
    sys.exit(1 if outcome.wrong else 0)


if __name__ == "__main__":
    main()
