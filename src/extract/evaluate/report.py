"""Format scores as text for a terminal."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from extract.evaluate.calibration import THRESHOLDS, Calibration
from extract.evaluate.dates import DateScores
from extract.evaluate.entities import EntityScores
from extract.evaluate.measures import Disagreement
from extract.evaluate.quotes import NO_SPEAKER, QuoteError, QuoteScores
from extract.evaluate.rows import QuoteRow
from extract.evaluate.scores import Scores

_MARGIN = 40
_LONGEST = 160  # characters of a span that are printed
_SENTENCE_END = re.compile(r"[.?!][\"”’')]*\s+|\n")
_NONE = "-"
# Codes of issues about what could not be published through a fault of ours, not of the input.
_LOSSES = ("annotation_failed", "row_dropped")


def format_scores(scores: Scores) -> str:
    """Return the scores as plain-text tables."""
    blocks = []
    if scores.entities is not None:
        blocks.append(_format_entities(scores.entities))
    if scores.quotes is not None:
        blocks.append(_format_quotes(scores.quotes))
    if scores.dates is not None:
        blocks.append(_format_dates(scores.dates))
    return "\n\n".join(blocks)


def format_calibrations(columns: Mapping[str, Calibration]) -> str:
    """Return, for each column of probabilities, how true they are and what each threshold keeps."""
    summary = text_table(
        ["confidence", "rows", "right", "ECE", "AUC"],
        [
            [name, len(one.rows), _percent(one.precision), _decimal(one.ece), _decimal(one.auc)]
            for name, one in columns.items()
        ],
    )
    return "\n\n".join([summary, *(_format_calibration(name, one) for name, one in columns.items())])


def _format_calibration(name: str, calibration: Calibration) -> str:
    bins = text_table(
        [name, "rows", "mean", "right"],
        [
            [
                f"{one.low:.1f} to {one.high:.1f}",
                one.rows,
                _percent(one.confidence),
                _percent(one.right / one.rows),
            ]
            for one in calibration.bins
        ],
    )
    kept = [(threshold, calibration.above(threshold)) for threshold in THRESHOLDS]
    thresholds = text_table(
        ["at least", "rows", "of all", "right"],
        [
            [
                f"{limit:.2f}",
                len(one.rows),
                _percent(len(one.rows) / len(calibration.rows)),
                _percent(one.precision),
            ]
            for limit, one in kept
        ],
    )
    return f"{bins}\n\n{thresholds}"


def _decimal(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def format_errors(scores: Scores, articles: pd.DataFrame) -> str:
    """Return every difference between gold and tables.

    Entities and dates take one line each, with the surrounding words; a quote takes four: position and
    problems, sentence, gold row and predicted row.

    Args:
        scores: From `evaluate_tables`.
        articles: The `articles` table of the same tables.
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
        if row.table != "quotes"
    ]
    blocks = [text_table(["table", "problem", "place", "gold", "found", "context"], rows)] if rows else []
    if scores.quotes is not None:
        blocks += [_format_quote_error(error, texts[error.place.article]) for error in scores.quotes.errors]
    return "\n\n".join(blocks) or "No differences."


def format_losses(issues: pd.DataFrame) -> str:
    """Return, a line each, what a fault of ours kept out of the tables: rows, and whole articles.

    Args:
        issues: The `issues` table; the result is empty if nothing was lost.
    """
    lost = issues[issues["code"].isin(_LOSSES)]
    return "\n".join(f"{row.source}: {row.message}" for row in lost.itertuples())


def _format_entities(scores: EntityScores) -> str:
    named = {**scores.labels, "all": scores.all, "span only": scores.span}
    matches = text_table(
        ["entities", "gold", "found", "predicted", "good", "P", "R", "F1"],
        [
            [name, row.gold, row.found, row.predicted, row.good, *map(_percent, row.measures().values())]
            for name, row in named.items()
        ],
    )
    links = text_table(
        ["links", "gold", "found", "linked", "right", "of linked", "of gold"],
        [
            [name, row.gold, row.found, row.linked, row.right, *map(_percent, row.measures().values())]
            for name, row in [*scores.links.items(), ("all", scores.linked)]
        ],
    )
    confusions = text_table(
        ["gold label", "predicted", "times", "examples"],
        [[row.gold, row.predicted, row.count, " | ".join(row.examples)] for row in scores.confusions],
    )
    return "\n\n".join([matches, links, *([confusions] if scores.confusions else [])])


def _format_quotes(scores: QuoteScores) -> str:
    named = {name: counts for name, counts in scores.types.items() if counts.gold} | {
        "all marked": scores.marked
    }
    counts = text_table(
        ["quotes", "gold", "found", "right type", "right speaker", "E2E"],
        [
            [name, row.gold, row.found, row.right_type, row.right_speaker, _percent(row.measures()["e2e"])]
            for name, row in named.items()
        ],
    )
    links = text_table(
        ["speakers", "known", "linked", "right", "wrong of linked", "right of known"],
        [
            [name, row.known, row.linked, row.right, *map(_percent, row.measures().values())]
            for name, row in scores.speakers.items()
        ],
    )
    spurious = Counter(error.row.type for error in scores.errors if error.gold is None and error.row)
    extra = ", ".join(f"{kind} {count}" for kind, count in sorted(spurious.items()))
    return (
        f"{counts}\nscare quotes taken for speech: {scores.scare_taken} of {scores.scare}"
        f"\nrows without gold: {extra or 'none'}" + (f"\n\n{links}" if scores.speakers else "")
    )


def _format_quote_error(error: QuoteError, text: str) -> str:
    place = error.place
    return "\n".join(
        [
            f"quotes {', '.join(error.problems)}: {place.article}:{place.start}",
            f"  sentence  {_sentence(text, place.start, place.end)}",
            f"  gold      {_format_quote(error.gold, text)}",
            f"  got       {_format_quote(error.row, text)}",
        ]
    )


def _format_quote(row: QuoteRow | None, text: str) -> str:
    if row is None:
        return _NONE
    rule = f", rule {row.rule}" if row.rule else ""
    return f"{row.type}, {row.speaker or NO_SPEAKER}{rule}: [{_shorten(text[row.start : row.end])}]"


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence or sentences that contain a span, split at full stops."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((offset for offset in ends if offset <= start), default=0)
    last = min((offset for offset in ends if offset >= end), default=len(text))
    return _shorten(text[first:last], _LONGEST * 2)


def _shorten(text: str, longest: int = _LONGEST) -> str:
    """Return a text on one line, shortened in the middle if it is too long."""
    line = " ".join(text.split())
    half = longest // 2
    return line if len(line) <= longest else f"{line[:half]} [...] {line[-half:]}"


def _format_dates(scores: DateScores) -> str:
    pairs = text_table(
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
    """Return the span in brackets with some text around it, on one line."""
    text = texts[row.article_id]
    before = text[max(0, row.start - _MARGIN) : row.start]
    after = text[row.end : row.end + _MARGIN]
    return " ".join(f"{before}[{text[row.start : row.end]}]{after}".split())


def text_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return aligned columns: numbers right, text left."""
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
