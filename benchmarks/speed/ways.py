"""Ways to read a folder of news, each a process of its own: ours, the bare model's, other packages'.

    python -m benchmarks.speed.ways WAY FOLDER WORKERS

runs one of them; `benchmarks.speed.page` compares all. The project needs no other package: to compare one,
install it into a folder of its own (`pip install --target DIR textacy`) and append that to PYTHONPATH. A way
whose package is missing is left out.
"""

import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

BATCH_SIZE = 25


def texts_in(folder: Path) -> Iterator[str]:
    """Read the texts of a folder, one after the other."""
    return (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt")))


def nlp_pipe(folder: Path, processes: int = 1) -> None:
    """Parse with the bare model."""
    import spacy  # noqa: PLC0415 - its import is timed

    from extract.engines.spacy import find_model  # noqa: PLC0415 - as above

    nlp = spacy.load(find_model())
    for doc in nlp.pipe(texts_in(folder), batch_size=BATCH_SIZE, n_process=processes):
        list(doc.sents)


def textacy_quotes(folder: Path) -> None:
    """Parse with the bare model, and find who says what with textacy, text by text.

    textacy raises an error where a quotation mark is not closed: such a text has no quotes then.
    """
    import spacy  # noqa: PLC0415

    from extract.engines.spacy import find_model  # noqa: PLC0415

    direct_quotations = importlib.import_module("textacy.extract").direct_quotations
    nlp = spacy.load(find_model())
    for doc in nlp.pipe(texts_in(folder), batch_size=BATCH_SIZE):
        try:
            list(direct_quotations(doc))
        except ValueError:
            continue


def stanza_names(folder: Path) -> None:
    """Split sentences and find names with Stanza's models of this project: no tags, no parse."""
    from extract.engines.stanza_models import load_pipeline  # noqa: PLC0415
    from extract.settings import Settings  # noqa: PLC0415

    nlp = load_pipeline(Settings(), pretokenized=False)
    for text in texts_in(folder):
        nlp(text)


def extract_run(folder: Path, workers: int, *, fast: bool = True) -> None:
    """Make the published tables in a new output folder."""
    os.environ["EXTRACT_FAST"] = str(int(fast))
    os.environ.pop("OMP_NUM_THREADS", None)  # `extract run` sets it itself
    with tempfile.TemporaryDirectory(prefix="ways-") as output:
        command = ["-m", "extract.cli", "run", str(folder), "--output", output, "--workers", str(workers)]
        done = subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode > 1:  # 1: some articles have issues
        sys.exit(done.returncode)


@dataclass(frozen=True)
class Way:
    """One of the ways.

    Attributes:
        title: Its name in the table; `{workers}` is the number of processes.
        gives: What comes of it.
        run: Folder, number of processes -> nothing.
        package: What it needs apart from the project.
    """

    title: str
    gives: str
    run: Callable[[Path, int], None]
    package: str | None = None

    @property
    def is_possible(self) -> bool:
        """Whether its package is installed."""
        return self.package is None or importlib.util.find_spec(self.package) is not None


WAYS = {
    "pipe": Way("nlp.pipe, 1 process", "Docs in memory", lambda folder, _: nlp_pipe(folder)),
    "pipes": Way("nlp.pipe, {workers} processes", "Docs in memory", nlp_pipe),
    "textacy": Way(
        "nlp.pipe and textacy, 1 process",
        "Docs and direct quotations in memory",
        lambda folder, _: textacy_quotes(folder),
        "textacy",
    ),
    "stanza": Way(
        "Stanza, 1 process", "sentences and names in memory", lambda folder, _: stanza_names(folder), "stanza"
    ),
    "slow": Way(
        "extract run, {workers} workers, EXTRACT_FAST=0",
        "all tables, published",
        lambda folder, workers: extract_run(folder, workers, fast=False),
    ),
    "run": Way("extract run, {workers} workers", "all tables, published", extract_run),
}


def main() -> None:
    """Run one way."""
    name, folder, workers = sys.argv[1:]
    WAYS[name].run(Path(folder), int(workers))


if __name__ == "__main__":
    main()
