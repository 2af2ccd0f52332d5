"""`extract show`."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.options import AsJson, Output
from extract.cli.screen.rows import as_json, write_text
from extract.console import make_console
from extract.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from extract.store import Snapshot

_METADATA = ("title", "outlet", "author", "published_at", "published_source", "url", "language", "source")
_NEAR_IDS = 3


def show(
    article_id: Annotated[str, typer.Argument(help="Id of a published article.", show_default=False)],
    *,
    sections: Annotated[
        bool, typer.Option("--sections", help="Print the kind of each part beside its words.")
    ] = False,
    pager: Annotated[
        bool, typer.Option("--pager/--no-pager", help="Page through it, if it is longer than the terminal.")
    ] = True,
    as_json_: AsJson = False,
    output: Output = None,
) -> None:
    """Print a published article, with --sections its parts.

    On a terminal, quotes, names and dates are marked by colour, bold type and underlining.
    """
    import extract.light_arrow  # noqa: F401 - before Arrow is used
    from extract.settings import load_settings
    from extract.store import Snapshot

    snapshot = Snapshot.current(load_settings(output=output).output)
    columns = ["article_id", *_METADATA, "text", "sections"]
    rows = snapshot.rows("articles", columns)
    position = rows["article_id"].index(article_id).as_py()
    if position < 0:
        raise _unknown(article_id, rows["article_id"].to_pylist())
    article = rows.slice(position, 1).to_pylist()[0]
    if as_json_:
        write_text(as_json(article))
        return
    console = make_console()
    with _paged(console) if pager and console.is_terminal and _is_long(article, console) else nullcontext():
        _print_metadata(console, article)
        if sections:
            _print_sections(console, article)
        else:
            _print_text(console, article, snapshot)


def _is_long(article: Mapping[str, Any], console: "Console") -> bool:
    """Return whether an article is longer than the terminal."""
    n_lines = sum(1 + len(line) // console.width for line in article["text"].split("\n"))
    return n_lines + len(_METADATA) > console.height


def _paged(console: "Console") -> AbstractContextManager[object]:
    os.environ.setdefault("LESS", "-R")  # it shows colours
    return console.pager(styles=True)


def _print_text(console: "Console", article: Mapping[str, Any], snapshot: "Snapshot") -> None:
    from extract.cli.screen.marked_text import LEGEND, STYLES, Mark, marked

    marks = []
    if console.is_terminal:
        console.print(LEGEND, end="\n\n")
        for table, style in STYLES.items():
            rows = snapshot.rows(table, ["article_id", "start_char", "end_char"]).to_pylist()
            own = (row for row in rows if row["article_id"] == article["article_id"])
            marks += [Mark(row["start_char"], row["end_char"], style) for row in own]
    console.print(marked(article["text"], marks))


def _print_metadata(console: "Console", article: Mapping[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    from extract.printable import printable

    grid = Table.grid(padding=(0, 2))
    for name in ("article_id", *_METADATA):
        value = article[name]
        grid.add_row(name, "[dim]unknown[/]" if value is None else Text(printable(str(value))))
    console.print(grid)
    console.print()


def _print_sections(console: "Console", article: Mapping[str, Any]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from extract.printable import printable

    table = Table("section", "start", "end", "text", box=box.SIMPLE)
    for section in article["sections"]:
        start, end = section["start"], section["end"]
        words = printable(" ".join(article["text"][start:end].split()))
        table.add_row(section["kind"], str(start), str(end), Text(words))
    console.print(table)


def _unknown(article_id: str, known: list[str]) -> InputError:
    from rapidfuzz.process import extract as nearest

    near = ", ".join(name for name, _, _ in nearest(article_id, known, limit=_NEAR_IDS))
    return InputError(
        f"No article has the id {article_id!r}.",
        advice=f"The nearest ids: {near}." if near else "No article is published yet.",
    )
