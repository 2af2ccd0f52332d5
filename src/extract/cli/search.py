"""`extract search`."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.options import About, Faction, Outlet, Output, Since, Speaker, To, Until
from extract.cli.screen.rows import (
    MOST_ROWS,
    Format,
    TextFormat,
    print_table,
    say_left_out,
    shown,
    write_rows,
)
from extract.printable import printable

if TYPE_CHECKING:
    from extract.query import Tables

COLUMNS = ("day", "speaker (for)", "words", "about", "where")


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            help="Words that were all said; in quotes: next to each other. `strike` finds strikes.",
            show_default="any",
        ),
    ] = None,
    *,
    speaker: Speaker = None,
    about: About = None,
    faction: Faction = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    form: Annotated[TextFormat, typer.Option("--format", help="How they are printed.")] = TextFormat.TABLE,
    to: To = None,
    output: Output = None,
) -> None:
    """Find statements: who said what about whom, and when.

    What is repeated in a story counts once. The day is that of speaking where the article tells it, else of
    publication. Words in “ ” are the speaker's own; others are reported.

    "for" a faction: the article says so. "of" a faction: the lexicon lists the speaker there, now or once.
    """
    import extract.light_arrow  # noqa: F401 - before Arrow is used
    from extract.query import Search, Tables
    from extract.settings import load_settings

    tables = Tables(load_settings(output=output).output)
    wanted = Search(tuple(words or ()), speaker, about, faction, outlet, since, until)
    found = tables.find(wanted)
    if form != TextFormat.TABLE or to is not None:
        write_rows(found, Format(form), to)
        return
    print_statements(found.to_pylist()[:MOST_ROWS])
    say_left_out(len(found))
    if len(found):
        typer.echo(f"Statements: {len(found):,}")
    elif words:
        _say_who_is_meant(tables, " ".join(words))
    if since or until:
        _say_undated(tables.find(wanted.whenever)["day"].null_count)


def print_statements(rows: list[dict[str, Any]]) -> None:
    """Print statements as a table; the words of the speaker are in marks, reported words are not."""
    if rows:
        print_table(
            COLUMNS,
            (
                (shown(row["day"]), _who(row), _said(row), shown(row["about_names"]), _where(row))
                for row in rows
            ),
        )
    else:
        typer.echo("No statements.")


def _who(row: dict[str, Any]) -> str:
    """Return the speaker with whom it speaks for, as the article states it, else with its factions."""
    stated = [
        name
        for one, name in zip(row["behalf"], row["behalf_names"], strict=True)
        if one not in row["speaker_ids"]
    ]
    known = f" (for {shown(stated)})" if stated else f" (of {shown(row['member_of_names'])})"
    return f"{row['speaker'] or '?'}{known if stated or row['member_of'] else ''}"


def _said(row: dict[str, Any]) -> str:
    words = row["words"] if row["type"] == "indirect" else f"“{row['words']}”"
    return f"not: {words}" if row["polarity"] == "negated" else words


def _where(row: dict[str, Any]) -> str:
    place = f"{row['article_id']}:{row['start_char']}"
    return f"{row['outlet']}, {place}" if row["outlet"] else place


def _say_who_is_meant(tables: "Tables", words: str) -> None:
    """Say how to search for an actor whose name was given as words."""
    from extract.errors import QueryError

    with suppress(QueryError):
        actor = tables.names.id_of(words)
        name = printable(tables.names.name(actor))
        typer.echo(
            f"Of {name}: --about {actor}, --faction {actor} or --speaker {actor}.",
            err=True,
        )


def _say_undated(count: int) -> None:
    """Say how many statements were left out because their day is unknown."""
    if count:
        typer.echo(f"{count} more, of an unknown day: leave out --since and --until to see them.", err=True)
