"""What articles that hang, crash or eat memory cost a run.

    python tests/faults/poison_run.py [--articles 200] [--seconds 20] [--memory 2000]

Runs over short articles, first as they are, then with one that hangs in a regular expression, one that sleeps
and one that loops (each up to its limit), then with one that crashes and one that eats memory as well. Prints
what each run took; fails where another article than these is left out, or one of these is not.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from misfortunes import write_hook

from extract.pipeline import run
from extract.settings import Settings

HANGS = {
    "matching": "re.match('(a+)+$', 'a' * 60 + 'b')",
    "sleeping": "time.sleep(3600)",
    "looping": "while True: pass",
}
DEATHS = {"crashing": "ctypes.string_at(0)", "eating": "eat()"}
TEXT = "Officials in Baghdad met on 3 May 2021. “We agree,” said Karwan Dizayi, a clerk.\n\n"


def main() -> None:
    """Run three times, print what it took, and fail where the wrong articles are left out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--memory", type=int, default=2000)
    options = parser.parse_args()
    limits = {"article_seconds": options.seconds, "worker_mb": options.memory}
    wrong = False
    for poisons in ({}, HANGS, {**HANGS, **DEATHS}):
        with tempfile.TemporaryDirectory() as folder:
            wrong |= not is_right(poisons, options.articles, limits, Path(folder))
    sys.exit(wrong)


def is_right(poisons: Mapping[str, str], n_articles: int, limits: Mapping[str, float], folder: Path) -> bool:
    """Run over articles, some poison, and print what it took; tell whether these alone are left out."""
    inbox = folder / "inbox"
    inbox.mkdir()
    every = n_articles // (len(poisons) or 1)
    poisoned = {index * every: word for index, word in enumerate(poisons)}
    for index in range(n_articles):
        text = TEXT * 20 + poisoned.get(index, "")
        (inbox / f"{index:04d}.txt").write_text(f"{text} {index}\n", encoding="utf-8")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(write_hook(folder / "hook", poisons).parent), *_PATH])
    summary = run([inbox], Settings.model_validate({"output": folder / "out", **limits}))
    issues = pd.read_parquet(folder / "out" / "issues").query("severity == 'error'")
    print(f"{len(poisons)} poisons: {summary.seconds:.0f} s, {summary.done} done, {summary.failed} left out")
    print(issues[["article_id", "code"]].to_string(index=False) if len(issues) else "no errors")
    return set(issues.article_id) == {f"{index:04d}" for index in poisoned}


_PATH = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]

if __name__ == "__main__":
    main()
