"""Prints names without an entity: as tables on a terminal, as tab-separated rows in a pipe."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extract.console import make_console
from extract.printable import printable

_BEFORE = 40
_AFTER = 80
_COLUMNS = ("problem", "label", "name", "mentions", "articles", "variants", "sentences", "near", "advice")

_Row = Mapping[Hashable, Any]


def print_names(
    unlinked: pd.DataFrame, ambiguous: pd.DataFrame, *, n_unlinked: int, n_ambiguous: int
) -> None:
    """Print names without an entity and what to do about them.

    Args:
        unlinked: From `extract.unlinked.with_advice`.
        ambiguous: From `extract.unlinked.ambiguous_names`.
        n_unlinked: Number of unlinked names, shown or not.
        n_ambiguous: Number of ambiguous names, shown or not.
    """
    console = make_console()
    names, open_names = unlinked.to_dict(orient="records"), ambiguous.to_dict(orient="records")
    if not console.is_terminal:
        _print_rows(names, open_names)
        return
    title = f"{len(names)} of {n_unlinked} names without an entity"
    console.print(_table(title, "nearest known actors", [(row, _nearest(row)) for row in names]))
    for row in names:
        _print_advice(console, row)
    if open_names:
        title = f"{len(open_names)} of {n_ambiguous} ambiguous names"
        console.print(_table(title, "may mean", [(row, row["candidates"]) for row in open_names]))
    console.print("Next: add lines, run `extract check`, then `extract run` again on all inputs.")


def excerpt(sentence: str, names: Sequence[str]) -> str:
    """Return the part of a sentence around the first of the names in it.

    >>> excerpt("Far and wide it was said in all of the old port that Salim Tarek would come.", ["Tarek"])
    '... said in all of the old port that Salim Tarek would come.'
    """
    words = " ".join(sentence.split())
    at = min((words.find(name) for name in names if name in words), default=0)
    start, end = max(0, at - _BEFORE), at + _AFTER
    return f"{'...' if start else ''}{words[start:end]}{'...' if end < len(words) else ''}"


def _table(title: str, last: str, rows: Sequence[tuple[_Row, Sequence[str]]]) -> Table:
    table = Table(box=box.SIMPLE, title=title, title_justify="left")
    for name in ("mentions", "articles"):
        table.add_column(name, justify="right")
    for name in ("label", "name", "also written", last):
        table.add_column(name)
    for row, near in rows:
        others = ", ".join(variant for variant in row["variants"] if variant != row["name"])
        cells = (row["label"], printable(row["name"]), printable(others), "\n".join(map(printable, near)))
        table.add_row(f"{row['mentions']:,}", f"{row['articles']:,}", *map(escape, cells))
    return table


def _nearest(row: _Row) -> list[str]:
    return [f"{actor['name']} ({actor['score']})" for actor in row["suggestions"]]


def _print_advice(console: Console, row: _Row) -> None:
    lines = [excerpt(sentence, row["variants"]) for sentence in row["sentences"]]
    lines += [actor["advice"] for actor in row["suggestions"]]
    lines += [f"{row['new_entry']}  # {row['new_entry_at']}"]
    console.print(printable(row["name"]), style="bold", markup=False)
    console.print("\n".join(f"  {printable(line)}" for line in lines), markup=False, soft_wrap=True)


def _print_rows(names: Sequence[_Row], open_names: Sequence[_Row]) -> None:
    """Print one row per name, for grep, cut and spreadsheets."""
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for row in names:
        near = [f"{actor['entity_id']} {actor['score']}" for actor in row["suggestions"]]
        advice = [actor["advice"] for actor in row["suggestions"]]
        advice += [f"add {row['new_entry']} to {row['new_entry_at']}"]
        rows.append(_cells("unlinked", row, near, advice))
    rows += [_cells("ambiguous", row, row["candidates"], []) for row in open_names]
    typer.echo("\n".join("\t".join(printable(" ".join(cell.split())) for cell in cells) for cells in rows))


def _cells(problem: str, row: _Row, near: Sequence[str], advice: Sequence[str]) -> tuple[str, ...]:
    lists = (row["variants"], row["sentences"], near, advice)
    counts = (str(row["mentions"]), str(row["articles"]))
    return (problem, row["label"], row["name"], *counts, *map(" | ".join, lists))
