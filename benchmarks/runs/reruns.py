"""Measure a run after a small change against a full run, and check that it gives the same tables.

    python -m benchmarks.runs.reruns [--articles 1000] [--seeds DIR | --inputs FILE_OR_FOLDER] [--workers 2]

Runs `extract run` over the articles into a new folder, then again after each of these changes:
  nothing       a nightly run without new articles;
  a new alias   of a faction, first one that no article contains, then one that some contain;
  other rules   one more line in the quote rules: all rows are derived again from the cached parses.
After the last change a full run into another folder must give byte-identical Parquet files. Each run is a
separate process; its wall time and its ratio to the full run are printed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.articles import SEEDS, make_articles

from extract.settings import default_models_dir

FACTIONS = Path("lexicon", "actors", "armed_factions.toml")
CUES = Path("quotes", "cues.toml")


@dataclass(frozen=True)
class Bench:
    """Where a benchmark runs.

    Attributes:
        inputs: The articles.
        models: A copy of models/ that is changed.
        output: Folder for the tables.
    """

    inputs: Path
    models: Path
    output: Path
    workers: int

    def run(self) -> float:
        """Run `extract run` and return its seconds."""
        command = [sys.executable, "-m", "extract.cli", "run", str(self.inputs)]
        options = ["--output", str(self.output), "--workers", str(self.workers)]
        environment = {**os.environ, "EXTRACT_MODELS_DIR": str(self.models)}
        begin = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - fixed command
            [*command, *options], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode > 1:  # 1: some articles have issues
            sys.exit(f"extract run failed with {done.returncode}:\n{done.stdout}{done.stderr}")
        return time.perf_counter() - begin

    def files(self) -> dict[str, bytes]:
        """Return the published Parquet files by name."""
        snapshot = (self.output / ".current").resolve()
        return {str(path.relative_to(snapshot)): path.read_bytes() for path in snapshot.rglob("*.parquet")}


def main() -> None:
    """Run the comparison and print it."""
    options = parse_options()
    with tempfile.TemporaryDirectory(prefix="reruns-") as name:
        folder = Path(name)
        bench = Bench(
            options.inputs or folder / "articles", folder / "models", folder / "outputs", options.workers
        )
        shutil.copytree(default_models_dir(), bench.models)
        if options.inputs is None:
            make_articles(options.seeds, bench.inputs, options.articles)
        full = bench.run()
        print(f"{'full run':34} {full:7.1f} s")
        for what, change in changes(options.alias).items():
            change(bench.models)
            seconds = bench.run()
            print(f"{what:34} {seconds:7.1f} s  {seconds / full:6.1%} of the full run")
        again = Bench(bench.inputs, bench.models, folder / "again", options.workers)
        again.run()
        same = again.files() == bench.files()
    print("equal to a full run" if same else "NOT equal to a full run")
    sys.exit(0 if same else 1)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000, help="number of articles to make (1000)")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of .txt articles (seeds/)")
    parser.add_argument("--inputs", type=Path, help="use these articles instead of making some")
    parser.add_argument(
        "--alias",
        default="Zagros Lantern",
        help="an alias that some articles contain (by default from one sample)",
    )
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    return parser.parse_args()


def changes(alias: str) -> dict[str, Callable[[Path], None]]:
    """Return the changes made in models/ before each run, by name."""
    return {
        "nothing": lambda _models: None,
        "an alias that no article contains": lambda models: add_alias(models, "Quorvane Brigade"),
        f"an alias that some contain ({alias})": lambda models: add_alias(models, alias),
        "other quote rules": add_a_line,
    }


def add_alias(models: Path, alias: str) -> None:
    """Add an alias to the first faction."""
    text = (models / FACTIONS).read_text(encoding="utf-8")
    (models / FACTIONS).write_text(
        text.replace("aliases = [", f'aliases = ["{alias}", ', 1), encoding="utf-8"
    )


def add_a_line(models: Path) -> None:
    """Change the quote rules without changing any row."""
    with (models / CUES).open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")


if __name__ == "__main__":
    main()
