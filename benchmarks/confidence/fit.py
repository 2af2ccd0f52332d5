"""Fit the probabilities of entities, quotes, speakers and dates, and show how true they are on unseen texts.

    python -m benchmarks.confidence.fit [--open FOLDER] [--polnear FOLDER] [--timeml FOLDER...] [--write]

The samples are the rows that the rules find in annotated texts: our own (seeds, tests/gold/hard and, in
FOLDER/dev and FOLDER/quotes, articles that open_articles.py rebuilds), PolNeAR train (the two files
polnear_train.docs.jsonl and polnear_train.gold.jsonl), its judged speakers (see speakers_polnear.py, from
polnear_dev.docs.jsonl), and the development parts of TimeML corpora. Texts that may not be redistributed
leave only fitted numbers. Every text is in one of five folds; the figures are out of fold: a probability is
by weights that were fitted without its text.

Other corpora follow other guidelines and count fewer rows as right. They teach which features matter: their
rows count a twentieth, and each type of row has a weight for its corpus, which is fitted with the others and
then left out. A weight is kept if at least ten rows have its value, and drawn towards zero (L2), above all
where few rows have it. With --write the weights fitted on all texts replace those under models/.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from benchmarks.confidence.samples import Sample, judged_samples, own_samples, polnear_samples, timeml_samples

from extract.evaluate.calibration import Calibration, Judged
from extract.evaluate.report import format_calibrations
from extract.ids import digest
from extract.pipeline.annotator import Annotator
from extract.probability import Probability
from extract.settings import Settings

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
# The kinds in a file: file -> kind -> table in the file; a file with one kind has no tables.
FILES: Mapping[str, Mapping[str, str]] = {
    "lexicon/probability.toml": {"mention": ""},
    "quotes/probability.toml": {"quote": "words", "speaker": "speaker"},
    "dates/probability.toml": {"date": ""},
}
COLUMNS = {
    "mention": "entities.confidence",
    "quote": "quotes.confidence",
    "speaker": "quotes.speaker_confidence",
    "date": "dates.confidence",
}
CORPUS = "corpus"
FOLDS = 5
FEWEST = 10
PENALTY = 4.0
OTHERS = 0.05  # what a row of another corpus counts
STEPS = 30


def main() -> None:
    """Fit, print the calibration out of fold, and write the weights if requested."""
    options = parse_options()
    samples = list(collect(options))
    kinds = [kind for kind in COLUMNS if any(sample.kind == kind for sample in samples)]
    every = {COLUMNS[kind]: out_of_fold([one for one in samples if one.kind == kind]) for kind in kinds}
    print(
        "All texts, out of fold\n\n" + format_calibrations({name: _of(rows) for name, rows in every.items()})
    )
    own = {name: _of([row for row in rows if row[0].own]) for name, rows in every.items()}
    print("\n\nOur own texts, out of fold\n\n" + format_calibrations(own))
    if options.write:
        models = Settings().models_dir
        for file, parts in FILES.items():
            fitted = {part: fit([s for s in samples if s.kind == kind]) for kind, part in parts.items()}
            write(models / file, fitted, samples, parts)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--open", type=Path, help="folder with the rebuilt open articles (none)")
    parser.add_argument("--polnear", type=Path, help="folder with PolNeAR train (none)")
    parser.add_argument("--timeml", type=Path, nargs="+", default=[], help="folders of TimeML files")
    parser.add_argument("--texts", type=int, default=120, help="texts of PolNeAR (120)")
    parser.add_argument("--write", action="store_true", help="write the weights to models/")
    return parser.parse_args()


def collect(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the samples of all texts that are at hand."""
    annotator = Annotator(Settings())
    folders = {ROOT / "seeds": GOLD, GOLD / "hard" / "articles": GOLD / "hard"}
    if options.open:
        folders |= {options.open / name: GOLD / "open" / name for name in ("dev", "quotes")}
    for articles, gold in folders.items():
        yield from own_samples(annotator, articles, gold)
    if options.polnear:
        docs, gold = (options.polnear / f"polnear_train.{part}.jsonl" for part in ("docs", "gold"))
        yield from polnear_samples(annotator, docs, gold, options.texts)
        yield from judged_samples(annotator, options.polnear / "polnear_dev.docs.jsonl")
    yield from chain.from_iterable(timeml_samples(annotator, folder) for folder in options.timeml)


def out_of_fold(samples: Sequence[Sample]) -> list[tuple[Sample, float]]:
    """Return each sample with its probability by weights fitted without its text."""
    found = []
    for fold in range(FOLDS):
        weights = fit([one for one in samples if _fold(one) != fold])
        found += [(one, weights.of(one.features)) for one in samples if _fold(one) == fold]
    return found


def fit(samples: Sequence[Sample]) -> Probability:
    """Return the weights that make the samples most probable (Newton's method)."""
    known = [dict(one.features) | _corpus(one) for one in samples]
    times = Counter(value for features in known for value in features.items())
    columns = {value: number for number, value in enumerate(v for v, n in times.items() if n >= FEWEST)}
    x = np.zeros((len(samples), len(columns) + 1))
    x[:, -1] = 1
    for row, features in enumerate(known):
        x[row, [columns[value] for value in features.items() if value in columns]] = 1
    y = np.array([sample.right for sample in samples], dtype=float)
    count = np.array([1.0 if sample.own else OTHERS for sample in samples])
    penalty = np.append(np.full(len(columns), PENALTY), 1e-3)
    weights = np.zeros(len(columns) + 1)
    for _ in range(STEPS):
        probable = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (count * (y - probable)) - penalty * weights
        hessian = (x.T * (count * probable * (1 - probable))) @ x + np.diag(penalty)
        weights += np.linalg.solve(hessian, gradient)
    return _as_probability(columns, weights)


def _corpus(sample: Sample) -> dict[str, str]:
    """Return the feature that takes up how another corpus differs from our guidelines."""
    kind = sample.features.get("type", "")
    return {} if sample.own else {CORPUS: f"{sample.corpus} {kind}"}


def _as_probability(columns: Mapping[tuple[str, str], int], weights: np.ndarray) -> Probability:
    fitted: dict[str, dict[str, float]] = {}
    for (name, value), number in columns.items():
        if name != CORPUS:
            fitted.setdefault(name, {})[value] = round(float(weights[number]), 2)
    return Probability(intercept=round(float(weights[-1]), 2), weights=fitted)


def write(
    path: Path, fitted: Mapping[str, Probability], samples: Sequence[Sample], parts: Mapping[str, str]
) -> None:
    """Write fitted weights; the comment at the head of the file stays."""
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    blocks = []
    for kind, part in parts.items():
        own = [sample for sample in samples if sample.kind == kind]
        note = f"# Fitted on {len(own):,} rows of {len({one.text for one in own}):,} texts."
        blocks.append(note + "\n" + "\n".join(_lines(part, fitted[part])))
    path.write_text(head + "\n\n" + "\n\n".join(blocks) + "\n", encoding="utf-8")


def _lines(part: str, fitted: Probability) -> Iterator[str]:
    prefix = f"{part}." if part else ""
    if part:
        yield f"[{part}]"
    yield f"intercept = {fitted.intercept}"
    for name, values in fitted.weights.items():
        yield f'\n[{prefix}weights."{name}"]' if " " in name else f"\n[{prefix}weights.{name}]"
        yield from (f'"{value}" = {weight}' for value, weight in sorted(values.items()))


def _fold(sample: Sample) -> int:
    return int(digest(sample.text.encode()), 16) % FOLDS


def _of(rows: Sequence[tuple[Sample, float]]) -> Calibration:
    return Calibration(tuple(Judged(probable, sample.right) for sample, probable in rows))


if __name__ == "__main__":
    main()
