"""Damage a store in every way that is known, and see whether the doctor, a mend and the next run cope.

    python tests/faults/damages.py [--only WORD] [--every N]

Each damage is done to a copy of a store with three publications. Then the doctor looks. Then, on two copies:
a mend and a run over the same articles; a run over the same articles alone, and one over one more article.
Readers must then see the tables of a clean run byte for byte. A run alone may stop instead where the table
says so, if it changes nothing; no whole publication may ever be lost. Prints a line for each damage.
"""

import argparse
import logging
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from damage_table import Damage, damages
from grounds import Ground, digests_below, quick_folder, shown, warm_runs, whole_publications

from extract import store
from extract.errors import ExtractError

EQUAL, REFUSED = "equal", "refused"


@dataclass
class Outcome:
    """What came of a damage.

    Attributes:
        doctor: What the doctor made of it: a problem, a note or nothing.
        mend: How many things were mended, or why none could be.
        run: What a run made of it after the mend.
        alone: What a run alone made of it.
        wrong: What should not have happened.
    """

    doctor: str = ""
    mend: str = ""
    run: str = ""
    alone: str = ""
    wrong: list[str] = field(default_factory=list)


class Trial:
    """A damage that is done to copies of a store.

    Args:
        ground: The store.
        damage: What is done.
        folder: Where the copies lie; missing or empty.
    """

    def __init__(self, ground: Ground, damage: Damage, folder: Path) -> None:
        self._ground = ground
        self._damage = damage
        self._folder = folder
        self.outcome = Outcome()

    def look(self) -> None:
        """See what the doctor says; it may change nothing."""
        root = self._damaged("doctor")
        before = digests_below(root)
        try:
            problems = store.store_problems(root)
        except Exception as error:  # noqa: BLE001 - whatever it is, the doctor should not have met it
            self._wrong(f"the doctor failed: {error!r}")
            return
        self.outcome.doctor = _state(problems)
        about = [one for one in problems if re.search(self._damage.word, f"{one.what} {one.advice}")]
        if self._damage.told == "nothing" and problems:
            self._wrong(f"the doctor says {problems[0].what}")
        if self._damage.told == "free" and self.outcome.doctor == "problem":
            self._wrong(f"the doctor takes it for a problem: {problems[0].what}")
        if self._damage.told == "named" and not about:
            self._wrong("the doctor does not name it")
        if self._damage.matters and not any(one.serious for one in about):
            self._wrong("the doctor does not name it as a problem")
        if digests_below(root) != before:
            self._wrong("the doctor changed something")

    def mend_and_run(self) -> None:
        """Mend, then run."""
        root = self._damaged("mend")
        whole = self._whole(root)
        try:
            mended = store.mend(root)
        except Exception as error:  # noqa: BLE001 - told, whatever it is
            self.outcome.mend = f"{type(error).__name__}: {error}"
            self._wrong(f"the mend failed: {self.outcome.mend}")
            return
        self.outcome.mend = f"{len(mended)} mended" if mended else "-"
        if self._damage.told == "nothing" and mended:
            self._wrong(f"mended although nothing is wrong: {mended[0]}")
        self._check_whole("the mend", root, whole)
        self.outcome.run = self._run(root)
        if self.outcome.run != EQUAL:
            self._wrong(f"after the mend: {self.outcome.run}")
        self._check_whole("the run after the mend", root, whole)
        self._check_healthy("the mend and the run", root)

    def run_alone(self) -> None:
        """Run over the same articles, and then over one more."""
        root = self._damaged("alone")
        whole, before = self._whole(root), digests_below(root / ".snapshots")
        told = _Warnings()
        with told:
            self.outcome.alone = self._run(root)
        self._check_whole("the run", root, whole)
        if self.outcome.alone == EQUAL:
            self._check_healthy("the run", root)
            more = self._run(root, more=True)
            if more != EQUAL:
                self._wrong(f"a run over one more article: {more}")
            if self._damage.warns and not told.records:
                self._wrong("the run gave no warning")
        elif not (self._damage.may_refuse and self.outcome.alone.startswith(REFUSED)):
            self._wrong(f"a run alone: {self.outcome.alone}")
        elif digests_below(root / ".snapshots") != before:
            self._wrong("a run that was refused changed the publications")

    def _damaged(self, name: str) -> Path:
        root = self._ground.copy(self._folder / name / "outputs")
        return self._damage.deed(root) or root

    def _whole(self, root: Path) -> set[str]:
        return whole_publications(root, self._ground.publications)

    def _check_whole(self, who: str, root: Path, before: set[str]) -> None:
        lost = before - self._whole(root)
        if lost:
            self._wrong(f"{who} lost whole publications: {', '.join(sorted(lost))}")
        precious = root.with_name("precious")
        if precious.exists() and not any(precious.iterdir()):
            self._wrong(f"{who} deleted what lies outside of the output folder")

    def _check_healthy(self, who: str, root: Path) -> None:
        serious = [problem.what for problem in store.store_problems(root) if problem.serious]
        if serious:
            self._wrong(f"after {who} the doctor says {serious[0]}")

    def _run(self, root: Path, *, more: bool = False) -> str:
        try:
            self._ground.run(root, more=more)
        except ExtractError as error:
            return f"{REFUSED}: {error}" if error.advice else f"without advice: {error}"
        except BaseException as error:  # noqa: BLE001 - told, whatever it is
            return f"failed: {error!r}"
        found, clean = shown(root), self._ground.clean_more if more else self._ground.clean
        differ = sorted(name for name in found.keys() | clean.keys() if found.get(name) != clean.get(name))
        return f"{', '.join(differ[:3])} differ" if differ else EQUAL

    def _wrong(self, what: str) -> None:
        self.outcome.wrong.append(what)


class _Warnings(logging.Handler):
    """Keeps the warnings of a run."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def __enter__(self) -> None:
        logging.getLogger("extract").addHandler(self)

    def __exit__(self, *_error: object) -> None:
        logging.getLogger("extract").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _state(problems: list[store.StoreProblem]) -> str:
    if any(problem.serious for problem in problems):
        return "problem"
    return "note" if problems else "nothing"


def possible_damages() -> list[Damage]:
    """Return all damages that can be done by this user: an administrator may read whatever is forbidden."""
    return [one for one in damages() if os.geteuid() or "may not be read" not in one.name]


def try_damage(ground: Ground, damage: Damage, folder: Path) -> Outcome:
    """Damage copies of a store below a folder, within `warm_runs`, and return what came of it."""
    trial = Trial(ground, damage, folder)
    for step in (trial.look, trial.mend_and_run, trial.run_alone):
        step()
    return trial.outcome


def main() -> None:
    """Try all damages and print what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="a pattern in the names of the damages to try (all)")
    parser.add_argument("--every", type=int, default=1, help="try each N-th of them (1)")
    options = parser.parse_args()
    chosen = [one for one in possible_damages() if re.search(options.only, one.name)][:: options.every]
    logging.getLogger("extract").addHandler(logging.NullHandler())
    print(f"{'damage':48} {'doctor':8} {'mend':10} {'run':8} {'alone':8}")
    failed = 0
    with quick_folder() as folder, warm_runs():
        ground = Ground(folder / "ground")
        for number, damage in enumerate(chosen):
            outcome = try_damage(ground, damage, folder / str(number))
            failed += bool(outcome.wrong)
            cells = (outcome.mend[:10], outcome.run[:8], outcome.alone[:8])
            print(f"{damage.name:48} {outcome.doctor:8} {cells[0]:10} {cells[1]:8} {cells[2]:8}")
            print("".join(f"    WRONG: {what}\n" for what in outcome.wrong), end="", flush=True)
    matter = sum(damage.matters for damage in chosen)
    print(f"{len(chosen)} damages, {matter} of them matter: {len(chosen) - failed} right, {failed} wrong")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
