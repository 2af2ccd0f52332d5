"""The metadata of an article as they are given."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of an article, as written in its record or in articles.csv."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None

    @classmethod
    def from_mapping(cls, values: Mapping[str, str | None]) -> Self:
        """Take the known fields, stripped of white space; an empty field becomes None."""
        return cls(**{name: (values.get(name) or "").strip() or None for name in METADATA_FIELDS})

    def as_mapping(self) -> dict[str, str | None]:
        """Return the fields by name."""
        return {name: getattr(self, name) for name in METADATA_FIELDS}


METADATA_FIELDS = tuple(field.name for field in fields(Metadata))
