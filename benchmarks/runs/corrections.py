"""Measure a run that applies new corrections by hand.

    python -m benchmarks.runs.corrections [--articles 5000] [--per-file 1] [--corrections 200] [--workers 2]

Runs `extract run` over generated articles, writes corrections of every kind and runs again: only the articles
that they concern may be derived. A third run is killed (SIGKILL) half-way and run again. Both must give the
tables of a full run, byte for byte. Asked: 200 corrections over 5,000 articles within 5 seconds.
"""

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.runs.reruns import Bench

from extract.overrides.writing import entry_text
from extract.settings import default_models_dir

LIMIT = 5.0
NAMES = ("Samir Qattan", "Layla Haddad", "Rana Odeh", "Salim Tarek", "Karwan Dizayi")
PLACES = ("Kut", "Basra", "Mosul", "Kirkuk", "Hillah", "Ramadi", "Amara", "Najaf")


def main() -> None:
    """Print the seconds of each run, and whether the tables are right."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000, help="number of articles (5,000)")
    parser.add_argument("--per-file", type=int, default=1, help="articles in a file of JSON lines (1)")
    parser.add_argument("--corrections", type=int, default=200, help="number of corrections (200)")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="corrections-") as name:
        sys.exit(0 if _measure(Path(name), options) else 1)


def _measure(root: Path, options: argparse.Namespace) -> bool:
    n_articles, n_corrections, workers = options.articles, options.corrections, options.workers
    news, overrides = root / "news", root / "overrides"
    news.mkdir()
    for first in range(0, n_articles, options.per_file):
        numbers = range(first, min(first + options.per_file, n_articles))
        lines = "".join(f"{json.dumps(_article(number))}\n" for number in numbers)
        (news / f"{first:05}.jsonl").write_text(lines, encoding="utf-8")
    bench = Bench(news, default_models_dir(), root / "tables", workers)
    print(f"{n_articles:,} articles, all new: {bench.run():.1f} s", flush=True)
    shutil.copytree(bench.output, root / "killed", symlinks=True)
    overrides.mkdir()
    entries = [*_corrections(n_articles, n_corrections)]
    (overrides / "a.toml").write_text("\n".join(map(entry_text, entries)), encoding="utf-8")
    seconds = bench.run()
    print(f"{n_corrections} corrections: {seconds:.1f} s (asked: {LIMIT:.0f})", flush=True)
    killed = Bench(news, bench.models, root / "killed", workers)
    _kill(killed, seconds / 2)
    print(f"after SIGKILL half-way: {killed.run():.1f} s", flush=True)
    full = Bench(news, bench.models, root / "full", workers)
    print(f"all with corrections: {full.run():.1f} s", flush=True)
    derived = _derived(bench)
    same = bench.files() == full.files() == killed.files()
    print(f"derived {derived} articles, same tables: {'yes' if same else 'NO'}")
    return same and seconds <= LIMIT and derived == n_corrections


def _article(number: int) -> dict[str, str]:
    """Return an article in which one name stands that no other article has."""
    name, place = NAMES[number % len(NAMES)], PLACES[number % len(PLACES)]
    text = f"{place} - {name} said on Monday that the road to {place} is closed. Number{number} Trading met."
    return {"id": f"{number:05}", "published": "2021-07-28", "text": text}


def _corrections(n_articles: int, count: int) -> Iterator[dict[str, object]]:
    """Yield corrections of different kinds, each for another article."""
    step = n_articles // count
    for nth in range(count):
        number = nth * step
        article, name = f"{number:05}", NAMES[number % len(NAMES)]
        kinds: tuple[dict[str, object], ...] = (
            {"article": article, "text": name, "label": "ORG"},
            {"article": article, "text": "Monday", "value": "2021-07-19"},
            {"article": article, "text": "the road", "speaker": "Rana Odeh"},
            {"article": article, "published": "2021-07-30"},
            {"text": f"Number{number} Trading", "name": "Silk Road"},
            {"article": article, "text": name, "drop": True},
        )
        yield kinds[nth % len(kinds)]


def _kill(bench: Bench, seconds: float) -> None:
    """Kill a run with all its processes after some seconds."""
    command = [sys.executable, "-m", "extract.cli", "run", str(bench.inputs), "--output", str(bench.output)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _derived(bench: Bench) -> int:
    """Return how many articles the last run of a folder annotated."""
    command = [sys.executable, "-m", "extract.cli", "history", "--json", "--output", str(bench.output)]
    told = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    [current] = [one for one in json.loads(told.stdout) if one["is_current"]]
    return int(current["run"]["annotated"])


if __name__ == "__main__":
    main()
