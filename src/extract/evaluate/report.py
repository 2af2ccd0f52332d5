"""Scores as text for a terminal."""

from collections.abc import Iterable, Sequence

import pandas as pd

from extract.evaluate.dates import DateScores
from extract.evaluate.entities import EntityScores
from extract.evaluate.measures import Disagreement
from extract.evaluate.quotes import QuoteScores
from extract.evaluate.scores import Scores

_MARGIN = 40
_NONE = "-"


def format_scores(scores: Scores) -> str:
    """Return the scores as tables of plain text."""
    blocks = []
    if scores.entities is not None:
        blocks.append(_format_entities(scores.entities))
    if scores.quotes is not None:
        blocks.append(_format_quotes(scores.quotes))
    if scores.dates is not None:
        blocks.append(_format_dates(scores.dates))
    return "\n\n".join(blocks)


def format_errors(scores: Scores, articles: pd.DataFrame) -> str:
    """Return every difference between gold and tables, one a line, with the words around it.

    Args:
        scores: What `evaluate_tables` returned.
        articles: The `articles` table that was scored.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = [
        [
            row.table,
            row.problem,
            f"{row.article_id}:{row.start}",
            row.expected,
            row.found,
            _context(row, texts),
        ]
        for row in scores.disagreements()
    ]
    if not rows:
        return "No differences."
    return _table(["table", "problem", "place", "gold", "found", "context"], rows)


def _format_entities(scores: EntityScores) -> str:
    named = {**scores.labels, "all": scores.all, "span only": scores.span}
    matches = _table(
        ["entities", "gold", "found", "predicted", "good", "P", "R", "F1"],
        [
            [name, row.gold, row.found, row.predicted, row.good, *map(_percent, row.measures().values())]
            for name, row in named.items()
        ],
    )
    links = _table(
        ["links", "gold", "found", "linked", "right", "of linked", "of gold"],
        [
            [name, row.gold, row.found, row.linked, row.right, *map(_percent, row.measures().values())]
            for name, row in [*scores.links.items(), ("all", scores.linked)]
        ],
    )
    confusions = _table(
        ["gold label", "predicted", "times", "such as"],
        [[row.gold, row.predicted, row.count, " | ".join(row.examples)] for row in scores.confusions],
    )
    return "\n\n".join([matches, links, *([confusions] if scores.confusions else [])])


def _format_quotes(scores: QuoteScores) -> str:
    named = {name: counts for name, counts in scores.types.items() if counts.gold} | {
        "all marked": scores.marked
    }
    counts = _table(
        ["quotes", "gold", "found", "right type", "right speaker", "E2E"],
        [
            [name, row.gold, row.found, row.typed, row.spoken, _percent(row.measures()["e2e"])]
            for name, row in named.items()
        ],
    )
    return f"{counts}\nscare quotes taken for speech: {scores.scare_taken} of {scores.scare}"


def _format_dates(scores: DateScores) -> str:
    pairs = _table(
        [f"dates: gold {scores.gold}, predicted {scores.predicted}", "right", "P", "R", "F1"],
        [
            [
                name.replace("_", " and "),
                right,
                _percent(scores.precision(right)),
                _percent(scores.recall(right)),
                _percent(scores.f1(right)),
            ]
            for name, right in scores.pairs().items()
        ],
    )
    return (
        f"{pairs}\nmod right: {scores.mod} of {scores.mod_gold}; "
        f"range of days right: {scores.range} of {scores.range_gold}"
    )


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f}"


def _context(row: Disagreement, texts: dict[str, str]) -> str:
    """Return the place between brackets, with some text around it, on one line."""
    text = texts[row.article_id]
    before = text[max(0, row.start - _MARGIN) : row.start]
    after = text[row.end : row.end + _MARGIN]
    return " ".join(f"{before}[{text[row.start : row.end]}]{after}".split())


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return aligned columns: numbers to the right, text to the left."""
    cells = [[str(cell) for cell in row] for row in rows]
    columns = list(zip(header, *cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numeric = [all(_is_number(cell) for cell in column[1:]) for column in columns]
    lines = [header, ["-" * width for width in widths], *cells]
    return "\n".join(_line(line, widths, numeric) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()


def _is_number(cell: str) -> bool:
    return cell == _NONE or cell.replace(".", "", 1).isdecimal()
