"""Start two runs into one folder at once, again and again: no article is lost, and only the lock says no.

    python tests/faults/twin_runs.py [--times 50] [--seed 1]

The two have inboxes of their own. Either may be the first; the other works after it, or is told that the
folder is in use. Afterwards the refused one is made again, and the tables must equal those of one run from
nothing over both inboxes byte for byte.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from child_runs import Inbox, file_bytes, run_to_end, start_run

from extract.settings import Settings
from extract.store import store_problems

ARTICLES = 3
DOCUMENTED = "StoreLockedError: The output folder {} is in use by "


def twin_runs(folder: Path, times: int, seed: int) -> Counter[str]:
    """Start two runs at once that many times.

    Args:
        folder: Where everything lies; empty.
        times: How often.
        seed: Of the dice.

    Returns:
        How often which pair of ends was seen: `done` or `refused`.

    Raises:
        AssertionError: An article was lost, or a run said something else than is documented.
    """
    dice = random.Random(seed)
    inboxes = [Inbox(folder / name, dice, ARTICLES) for name in ("left", "right")]
    settings = Settings(output=folder / "outputs", workers=1, batch_size=2, max_drop=1.0)
    ends: Counter[str] = Counter()
    for number in range(times):
        for inbox in inboxes:
            inbox.change()
        ends[" and ".join(sorted(_start_both(inboxes, settings)))] += 1
        for inbox in inboxes:
            run_to_end([inbox.folder], settings)
        clean = settings.model_copy(update={"output": folder / f"clean-{number}"})
        run_to_end([inbox.folder for inbox in inboxes], clean)
        assert file_bytes(settings.output) == file_bytes(clean.output), f"pair {number}: rows differ"
        assert store_problems(settings.output) == []
    return ends


def _start_both(inboxes: list[Inbox], settings: Settings) -> list[str]:
    children = [start_run([inbox.folder], settings) for inbox in inboxes]
    ends = []
    for child in children:
        code, words = child.end()
        if code == 0:
            ends.append("done")
            continue
        assert code == 2, f"a run ended with {code}: {words}"
        assert words.startswith(DOCUMENTED.format(settings.output.absolute())), words
        assert "Wait until it has finished" in words
        ends.append("refused")
    assert "done" in ends, "both runs were refused"
    return ends


def main() -> None:
    """Start pairs of runs and print how they ended."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=50, help="pairs (50)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (1)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="twin-runs-") as name:
        ends = twin_runs(Path(name), options.times, options.seed)
    sys.stdout.write(f"{ends.total()} pairs: {dict(ends)}; no article lost, no other error\n")


if __name__ == "__main__":
    main()
