"""Tells which published rows are those that this run would make, without reading the articles again."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow.compute as pc

from extract.errors import StoreError
from extract.overrides import Overrides
from extract.pipeline.fingerprint import Fingerprint
from extract.store import Entry, read_table


@dataclass(frozen=True)
class Currency:
    """Whether the rows of published articles are current.

    Attributes:
        fingerprint: Of the pipeline.
        overrides: The corrections by hand.
        changed: Whether they may have changed since the last run.
        output: Where the tables are published.
    """

    fingerprint: Fingerprint
    overrides: Overrides
    changed: bool
    output: Path

    def is_current(self, key: str, entry: Entry) -> bool:
        """Return whether the pipeline and the corrections of an article are those that made its rows."""
        own = self.overrides.digest_of_own(key)
        return entry.fingerprint == self.fingerprint.of(own) and not (self.changed and self._may_concern(key))

    def _may_concern(self, key: str) -> bool:
        """Return whether a correction that was not made for this article alone may hold in it."""
        return self._concerned is None or key in self._concerned

    @cached_property
    def _concerned(self) -> Collection[str] | None:
        """The articles with the words of a correction that was made for several; None if that is unknown."""
        words = self.overrides.general_words
        if not words:
            return frozenset()
        try:
            articles = read_table(self.output, "articles", ("article_id", "text"))
        except StoreError:
            return None
        has_words = pc.match_substring_regex(articles["text"], "|".join(map(re.escape, words)))
        return frozenset(articles["article_id"].filter(has_words).to_pylist())
