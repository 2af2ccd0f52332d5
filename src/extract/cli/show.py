"""`extract show`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from extract.cli.options import AsJson, Output
from extract.cli.rows import as_json, write_text
from extract.console import make_console
from extract.errors import InputError

_METADATA = ("title", "outlet", "author", "published_at", "published_source", "url", "language", "source")
_NEAR_IDS = 3


def show(
    article_id: Annotated[str, typer.Argument(help="Id of a published article.", show_default=False)],
    *,
    sections: Annotated[
        bool, typer.Option("--sections", help="Print the kind of each part beside its words.")
    ] = False,
    as_json_: AsJson = False,
    output: Output = None,
) -> None:
    """Print a published article, with --sections what it consists of."""
    from extract.settings import load_settings
    from extract.store import read_table

    columns = ["article_id", *_METADATA, "text", "sections"]
    rows = read_table(load_settings(output=output).output, "articles", columns)
    position = rows["article_id"].index(article_id).as_py()
    if position < 0:
        raise _unknown(article_id, rows["article_id"].to_pylist())
    article = rows.slice(position, 1).to_pylist()[0]
    if as_json_:
        write_text(as_json(article))
        return
    _print_metadata(article)
    if sections:
        _print_sections(article)
    else:
        make_console().print(_printable_lines(article["text"]), markup=False)


def _printable_lines(text: str) -> str:
    from extract.printable import printable

    return "\n".join(map(printable, text.split("\n")))


def _print_metadata(article: Mapping[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    from extract.printable import printable

    grid = Table.grid(padding=(0, 2))
    for name in ("article_id", *_METADATA):
        value = article[name]
        grid.add_row(name, "[dim]unknown[/]" if value is None else Text(printable(str(value))))
    console = make_console()
    console.print(grid)
    console.print()


def _print_sections(article: Mapping[str, Any]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from extract.printable import printable

    table = Table("section", "start", "end", "text", box=box.SIMPLE)
    for section in article["sections"]:
        start, end = section["start"], section["end"]
        words = printable(" ".join(article["text"][start:end].split()))
        table.add_row(section["kind"], str(start), str(end), Text(words))
    make_console().print(table)


def _unknown(article_id: str, known: list[str]) -> InputError:
    from rapidfuzz.process import extract as nearest

    near = ", ".join(name for name, _, _ in nearest(article_id, known, limit=_NEAR_IDS))
    return InputError(
        f"No article has the id {article_id!r}.",
        advice=f"The nearest ids: {near}." if near else "No article is published yet.",
    )
