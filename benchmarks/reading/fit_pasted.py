"""Fit the weights by which the article is found in a pasted page, and show how well it is found.

    python -m benchmarks.reading.fit_pasted --scrapinghub FOLDER [--readability FOLDER] [--newspaper FOLDER]
        [--trafilatura FOLDER] [--write]

The pages are those of public test sets (see pages.py), as pasted text; their texts leave only fitted numbers.
Each page is seen twice: whole, and from its title on. The weights of lines are those of a logistic regression
(Newton's method, drawn towards zero); a line counts by its length, and the two sides of a page count alike.
The weights of titles make the title the most probable of the lines above the body. Every page is in one of
four folds; the figures are by weights fitted without the page. With --write the weights fitted on all pages
replace those of models/reading/pasted.toml. Held-out pages are never seen here (see pasted_pages.py).
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.reading.page_corpora import Page, add_folders, collect
from benchmarks.reading.scores import Score, format_scores, score_of

from extract.ids import digest
from extract.probability import Features, Probability
from extract.reading.page.form_shapes import PASTED, PastedFile
from extract.reading.page.forms import Forms, load_forms
from extract.reading.page.lines import Line
from extract.reading.page.pasted.article_lines import find_article
from extract.reading.page.pasted.headline_features import head_of, headline_features
from extract.reading.page.pasted.line_features import line_features
from extract.settings import Settings

FOLDS = 4
FEWEST_LINES, FEWEST_TITLES = 15, 8
PENALTY = 2.0
NEWTON_STEPS, TITLE_STEPS = 12, 300
# What a line counts: its characters by this, within limits. What each side of a page counts in all.
CHARACTERS, LEAST, MOST = 60, 0.3, 4.0
SIDE = 40
# Chosen on the development pages: the share of body found grows with the shift, its precision falls.
SHIFT = 1.2
LEAVE_OUT, RESUME = 6.0, 4.0


@dataclass(frozen=True, slots=True)
class Sample:
    """A page with the features of its lines."""

    page: Page
    lines: Sequence[Line]
    features: Sequence[Features]
    body: Sequence[bool]


def main() -> None:
    """Fit, print the scores out of fold, and write the weights if requested."""
    options = parse_options()
    forms = load_forms()
    pages = [page for page in collect(options) if not page.held_out and page.is_measurable()]
    samples = [sample for page in pages for sample in samples_of(page, forms)]
    print(format_scores(out_of_fold(samples, forms)))
    if options.write:
        path = Settings().models_dir / "reading" / PASTED
        write(path, fit(samples), len(pages))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_folders(parser)
    parser.add_argument("--write", action="store_true", help="write the weights to models/")
    return parser.parse_args()


def samples_of(page: Page, forms: Forms) -> Iterator[Sample]:
    """Yield the page as a whole and, where its title is known, from its title on."""
    rows = [(line, body) for line, body in page.lines() if any(map(str.isalnum, line.text))]
    titles = page.title_lines([line.text for line, _ in rows], [body for _, body in rows])
    for start in {0, titles[-1] if titles else 0}:
        lines = [line for line, _ in rows[start:]]
        yield Sample(page, lines, line_features(lines, forms), [body for _, body in rows[start:]])


def out_of_fold(samples: Sequence[Sample], forms: Forms) -> list[Score]:
    """Return the scores of all pages by weights fitted without them."""
    scores = []
    for fold in range(FOLDS):
        weights = fit([sample for sample in samples if _fold(sample) != fold])
        for sample in samples:
            if _fold(sample) == fold:
                found = find_article(sample.lines, forms, weights)
                scores.append(score_of(sample.page, sample.lines, sample.body, found))
    return scores


def fit(samples: Sequence[Sample]) -> PastedFile:
    """Return the weights that make the bodies and titles of the samples most probable."""
    body = fit_body(samples)
    return PastedFile(leave_out=LEAVE_OUT, resume=RESUME, body=body, title=fit_title(samples))


def fit_body(samples: Sequence[Sample]) -> Probability:
    """Return the weights of lines (Newton's method)."""
    rows = [features for sample in samples for features in sample.features]
    columns = _columns(rows, FEWEST_LINES)
    x, y = _matrix(rows, columns), np.array([body for sample in samples for body in sample.body], dtype=float)
    count = np.concatenate([_counts(sample) for sample in samples])
    penalty = np.append(np.full(len(columns), PENALTY), 1e-3)
    weights = np.zeros(len(penalty))
    for _ in range(NEWTON_STEPS):
        probable = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (count * (y - probable)) - penalty * weights
        hessian = (x.T * (count * probable * (1 - probable))) @ x + np.diag(penalty)
        weights += np.linalg.solve(hessian, gradient)
    return _as_probability(columns, weights, weights[-1] + SHIFT)


def fit_title(samples: Sequence[Sample]) -> Probability:
    """Return the weights that make each title the most probable line above its body (gradient descent)."""
    heads = [head for sample in samples if (head := _head(sample))]
    rows = [features for head in heads for features in head]
    columns = _columns(rows, FEWEST_TITLES)
    x = _matrix(rows, columns)[:, :-1]
    ends = np.cumsum([len(head) for head in heads])
    starts = np.concatenate([[0], ends[:-1]])
    of_head = np.repeat(np.arange(len(heads)), [len(head) for head in heads])
    titles = x[ends - 1].sum(axis=0)  # the title is the last line of its head
    weights, mean, square = (np.zeros(len(columns)) for _ in range(3))
    for number in range(1, TITLE_STEPS + 1):
        odds = x @ weights
        odds = np.exp(odds - np.maximum.reduceat(odds, starts)[of_head])
        gradient = x.T @ (odds / np.add.reduceat(odds, starts)[of_head]) - titles + weights
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        rate = 0.1 * (1 - number / TITLE_STEPS) + 0.002
        weights -= rate * (mean / (1 - 0.9**number)) / (np.sqrt(square / (1 - 0.99**number)) + 1e-8)
    return _as_probability(columns, weights, 0.0)


def _head(sample: Sample) -> Sequence[Features]:
    """Return the features of the lines above the body, those of the title last; none without a title."""
    titles = sample.page.title_lines([line.text for line in sample.lines], sample.body)
    if not titles:
        return []
    head = head_of(sample.features, sample.body.index(True))
    others = set(head).difference(titles)
    return [
        headline_features(sample.lines, sample.features, index, head.stop)
        for index in (*sorted(others), titles[-1])
    ]


def _counts(sample: Sample) -> np.ndarray:
    """Return what each line counts: by its length, the lines inside and outside of the body alike in sum."""
    counts = np.array([min(MOST, max(LEAST, len(line.text) / CHARACTERS)) for line in sample.lines])
    inside = np.array(sample.body)
    for side in (inside, ~inside):
        if side.any():
            counts[side] *= SIDE / counts[side].sum()
    return counts


def _columns(rows: Sequence[Features], fewest: int) -> dict[tuple[str, str], int]:
    times = Counter(value for features in rows for value in features.items())
    return {value: number for number, value in enumerate(v for v, n in times.items() if n >= fewest)}


def _matrix(rows: Sequence[Features], columns: dict[tuple[str, str], int]) -> np.ndarray:
    x = np.zeros((len(rows), len(columns) + 1), dtype=np.float32)
    x[:, -1] = 1
    for row, features in enumerate(rows):
        x[row, [columns[value] for value in features.items() if value in columns]] = 1
    return x


def _as_probability(
    columns: dict[tuple[str, str], int], weights: np.ndarray, intercept: float
) -> Probability:
    fitted: dict[str, dict[str, float]] = {}
    for (name, value), number in columns.items():
        fitted.setdefault(name, {})[value] = round(float(weights[number]), 2)
    return Probability(intercept=round(float(intercept), 2), weights=fitted)


def write(path: Path, fitted: PastedFile, pages: int) -> None:
    """Write fitted weights; the comment at the head of the file stays."""
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    lines = [
        head,
        "",
        f"# Fitted on {pages} pages.",
        f"leave_out = {fitted.leave_out}",
        f"resume = {fitted.resume}",
    ]
    for part, weights in (("body", fitted.body), ("title", fitted.title)):
        lines += ["", f"[{part}]", f"intercept = {weights.intercept}"]
        for name, values in weights.weights.items():
            lines += ["", f'[{part}.weights."{name}"]']
            lines += [f'"{value}" = {weight}' for value, weight in sorted(values.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _fold(sample: Sample) -> int:
    return int(digest(sample.page.name.encode()), 16) % FOLDS


if __name__ == "__main__":
    main()
