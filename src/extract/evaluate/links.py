"""Whether a mention's link is right, and how many links are.

Gold identifies an entity by its id, or by a plain name if it has no id. A row identifies it

- by its `entity_id`: right if gold has the same id;
- if gold has a plain name, by its `entity_name`: right if both have the same match key, with or without an
  id. Without an id, a name that merely repeats a short form in the text (`Tarek` for Salim Tarek) does not
  say who is meant: the mention is not linked.

If gold does not say who is meant, every id is wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from extract.evaluate.measures import share
from extract.evaluate.rows import EntityRow
from extract.lexicon import match_key

LINKED_LABELS = ("FACTION", "PERSON", "ORG")
UNLINKED = "not linked"

# Ids are slugs; the plain names of gold have capitals or spaces.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Links:
    """Links of gold mentions.

    Attributes:
        gold: Gold mentions with an entity.
        found: Gold mentions with a matching prediction.
        linked: Found mentions whose prediction identifies an entity, by id or by name.
        right: Linked mentions whose prediction identifies the same entity as gold.
    """

    gold: int = 0
    found: int = 0
    linked: int = 0
    right: int = 0

    def __add__(self, other: Self) -> "Links":
        return Links(
            self.gold + other.gold,
            self.found + other.found,
            self.linked + other.linked,
            self.right + other.right,
        )

    def measures(self) -> dict[str, float | None]:
        """Return the shares of right links among linked and among gold mentions, by name."""
        return {"link_precision": share(self.right, self.linked), "link_recall": share(self.right, self.gold)}


def count_links(gold: Sequence[EntityRow], found: Sequence[tuple[EntityRow, EntityRow]]) -> Links:
    """Count the links of gold mentions.

    Args:
        gold: The gold mentions.
        found: The gold mentions that were found, each with the row that matches it.
    """
    return Links(
        gold=sum(bool(row.link) for row in gold),
        found=len(found),
        linked=sum(_is_linked(row, mention) for mention, row in found),
        right=sum(_is_right(row, mention) for mention, row in found),
    )


def is_mislinked(row: EntityRow, gold: EntityRow) -> bool:
    """Return whether a row identifies another entity than gold, or none although gold has one."""
    return bool(gold.link or row.link) and not _is_right(row, gold)


def _is_linked(row: EntityRow, gold: EntityRow) -> bool:
    if row.link or not _is_identified_by_name(row, gold):
        return bool(row.link)
    return _is_right(row, gold) or _key(row.name) != _key(row.text)


def _is_right(row: EntityRow, gold: EntityRow) -> bool:
    if _is_identified_by_name(row, gold):
        return _key(row.name) == _key(gold.link)
    return bool(gold.link) and row.link == gold.link


def _is_identified_by_name(row: EntityRow, gold: EntityRow) -> bool:
    """Return whether names are compared: gold has a plain name, not an id."""
    return bool(gold.link and row.name) and not _ID.fullmatch(gold.link or "")


def _key(name: str | None) -> str:
    return match_key(name or "")
