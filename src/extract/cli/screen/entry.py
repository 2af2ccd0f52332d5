"""Prints an entry of the lexicon."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from rich import box
from rich.table import Table

from extract.console import make_console
from extract.lexicon import ALWAYS, INTRODUCED, Entity, Lexicon, Name, Term

_CONDITIONS = {ALWAYS: "always", INTRODUCED: "after a full name in the article"}


def print_entry(lexicon: Lexicon, entity: Entity, place: str) -> None:
    """Print an entry: its description, its names with their conditions, its terms of office.

    Args:
        lexicon: Contains the names and offices.
        entity: The entry.
        place: Place of the entry, `file:line`.
    """
    console = make_console()
    console.print(f"{entity.name}  ({place})", style="bold", markup=False, soft_wrap=True)
    console.print(_grid([*_facts(entity), *_terms(lexicon, entity)]))
    names = Table("name", "label", "condition", box=box.SIMPLE)
    for name in names_of(lexicon, entity):
        names.add_row(name.surface, name.label, _condition(name))
    console.print(names)


def entry_record(lexicon: Lexicon, entity: Entity, place: str) -> dict[str, Any]:
    """Return an entry as a record: all that is shown of it, under the names of the lexicon."""
    return {
        **asdict(entity),
        "place": place,
        "leads": [asdict(term) for term in _led(lexicon, entity)],
        "offices": [
            {"name": term.entity_id, "first": term.first, "last": term.last}
            for term in _held(lexicon, entity)
        ],
        "names": [
            {"surface": name.surface, "label": name.label, "when": name.when or None, "method": name.method}
            for name in names_of(lexicon, entity)
        ],
    }


def names_of(lexicon: Lexicon, entity: Entity) -> list[Name]:
    """Return the names of an entity; those without a condition come first."""
    names = (name for names in lexicon.names.values() for name in names if name.entity_id == entity.id)
    return sorted(names, key=lambda name: (name.when != ALWAYS, name.when, name.surface))


def _condition(name: Name) -> str:
    return _CONDITIONS.get(name.when, f"near words of the context {name.when}")


def _facts(entity: Entity) -> Iterator[tuple[str, str | None]]:
    yield "id", entity.id
    yield "kind", f"{entity.kind}, label {entity.label}"
    yield "description", entity.description
    yield "country", entity.country
    yield "arabic", entity.arabic
    yield "wikidata", entity.wikidata
    yield "linked as", entity.links_to if entity.links_to != entity.id else None
    yield "sources", ", ".join(entity.sources)
    yield "unsure", "needs checking" if entity.unsure else None


def _terms(lexicon: Lexicon, entity: Entity) -> Iterator[tuple[str, str]]:
    yield from _named("part of", entity.part_of)
    yield from _named("leader", entity.leaders)
    yield from _named("leads", _led(lexicon, entity))
    yield from _named("office", _held(lexicon, entity))


def _led(lexicon: Lexicon, entity: Entity) -> Iterator[Term]:
    """Yield the terms of an entity as a leader, each with whom it leads."""
    for other in lexicon.entities.values():
        yield from (
            replace(term, entity_id=other.id) for term in other.leaders if term.entity_id == entity.id
        )


def _held(lexicon: Lexicon, entity: Entity) -> Iterator[Term]:
    """Yield the terms of an entity in offices, each with the name of the office."""
    for office in lexicon.offices.values():
        yield from (
            replace(term, entity_id=office.name) for term in office.terms if term.entity_id == entity.id
        )


def _named(what: str, terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    for term in terms:
        years = f" {term.first or ''}..{term.last or ''}" if term.first or term.last else ""
        yield what, term.entity_id + years


def _grid(facts: Iterable[tuple[str, str | None]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for what, value in facts:
        if value:
            grid.add_row(what, value)
    return grid
