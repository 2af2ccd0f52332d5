"""`extract who`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.options import AsJson, Output
from extract.cli.screen.rows import as_json, print_table, shown, write_text
from extract.cli.search import print_statements
from extract.console import make_console
from extract.printable import printable

if TYPE_CHECKING:
    import pyarrow as pa

    from extract.query.names import Names
    from extract.query.profile import Profile

# Columns with ids of others, and those that have the same with terms, if the publication has them.
_OF_OTHERS = {"part_of": "part_of_terms", "leaders": "leader_terms"}
_UNKNOWN = "day unknown"


def who(
    entity: Annotated[
        str,
        typer.Argument(help="An id such as qais-al-khazali, or a name in any spelling.", show_default=False),
    ],
    *,
    top: Annotated[int, typer.Option(min=0, help="Number of statements to show, the latest first.")] = 5,
    as_json_: AsJson = False,
    output: Output = None,
) -> None:
    """Show an actor: what it said, what is said about it."""
    import extract.light_arrow  # noqa: F401 - before Arrow is used
    from extract.query import Tables
    from extract.query.profile import profile_of
    from extract.settings import load_settings

    tables = Tables(load_settings(output=output).output)
    profile = profile_of(tables, entity)
    if as_json_:
        write_text(as_json(_record(profile)))
        return
    _print_card(profile.card, tables.names)
    if profile.months:
        print_table(
            ("month", "stories that name it", "statements", "statements about it"),
            (
                [shown(one["month"]) or _UNKNOWN, *(str(one[name]) for name in ("stories", "said", "about"))]
                for one in profile.months
            ),
        )
    for title, found in (
        ("Said", profile.said),
        ("Said for it, or by its members and leaders", profile.behalf),
        ("Said about it", profile.about),
    ):
        typer.echo(f"{title}: {len(found)}")
        if len(found) and top:
            print_statements(_latest(found, top))


def _record(profile: "Profile") -> dict[str, Any]:
    return {
        **profile.card,
        "months": profile.months,
        "said": profile.said.to_pylist(),
        "behalf": profile.behalf.to_pylist(),
        "about": profile.about.to_pylist(),
    }


def _latest(found: "pa.Table", top: int) -> list[dict[str, Any]]:
    """Return the latest statements, the latest first; those of an unknown day come last."""
    order = [("day", "descending"), ("article_id", "ascending"), ("start_char", "ascending")]
    rows: list[dict[str, Any]] = found.sort_by(order).slice(0, top).to_pylist()
    return rows


def _print_card(card: dict[str, Any], names: "Names") -> None:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    for name, value in card.items():
        if name in _OF_OTHERS.values():
            continue
        told = value
        if name in _OF_OTHERS:
            told = [_named(one, names) for one in card.get(_OF_OTHERS[name]) or value]
        if shown(told):
            grid.add_row(name.removeprefix("n_").replace("_", " "), Text(printable(shown(told))))
    make_console().print(grid)


def _named(one: str | dict[str, Any], names: "Names") -> str:
    """Return the name of an actor that stands in a card: an id, or a record with an id and a term."""
    if isinstance(one, str):
        return names.name(one)
    term = ", ".join(
        f"{what} {when}" for what, when in one.items() if what != "entity_id" and when is not None
    )
    name = names.name(one["entity_id"])
    return f"{name} ({term})" if term else name
