"""Measure every export of the tables of a folder.

    python -m benchmarks.runs.exports [OUTPUTS] [--format csv ...]

Without a folder, 100,000 statements in 2,500 generated articles are exported. Each export runs in a process
of its own; seconds, processor seconds and memory include reading the tables, and the view `statements`, which
some of them make. Linux only. Asked: 100,000 statements in each format within 20 seconds and 500 MB.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.report.corpus import publish

import extract
from extract.export import EXPORTS
from extract.export.selection import STATEMENTS, Selection

SECONDS, MEGABYTES = 20, 500
ARTICLES = 2500


def main() -> None:
    """Print seconds and megabytes of every format."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("outputs", type=Path, nargs="?", help="output folder of a run")
    parser.add_argument(
        "--format", dest="formats", action="append", choices=tuple(EXPORTS), help="only these"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outputs = options.outputs or publish(Path(folder) / "tables", range(ARTICLES))
        sys.exit(0 if _measure(outputs, options.formats or [*EXPORTS]) else 1)


def _measure(outputs: Path, formats: Sequence[str]) -> bool:
    """Print what each export takes; return whether all are within what is asked."""
    n_statements = sum(batch.num_rows for batch in Selection(extract.open(outputs)).batches(STATEMENTS))
    print(f"{n_statements:,} statements")
    context, within = multiprocessing.get_context("spawn"), True
    for form in formats:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_export, args=(sender, outputs, form))
        process.start()
        seconds, busy, megabytes = receiver.recv()
        process.join()
        print(f"{form:13} {seconds:6.1f} s {busy:6.1f} s busy {megabytes:6,.0f} MB", flush=True)
        within &= busy <= SECONDS and megabytes <= MEGABYTES
    return within


def _export(sender: Connection, outputs: Path, form: str) -> None:
    started = time.perf_counter()
    if form == "docbin":
        import_module("extract.light_spacy")  # before spaCy, as the command does
    with tempfile.TemporaryDirectory() as folder:
        EXPORTS[form](Selection(extract.open(outputs)), Path(folder) / f"export.{form}")
    sender.send((time.perf_counter() - started, time.process_time(), _peak()))


def _peak() -> float:
    """Return the most memory of this process in MB; getrusage tells that of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main()
