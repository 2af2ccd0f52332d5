"""The tables of one publication, for notebooks and programs."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from extract.lexicon import load_lexicon
from extract.query.connection import STATEMENTS, connect, statement_batches
from extract.query.names import Names
from extract.query.search import Search
from extract.settings import load_settings
from extract.store import Snapshot
from extract.store.facts import count_rows
from extract.tables import TABLES

if TYPE_CHECKING:  # commands do without pandas, which takes half a second to import
    import pandas as pd
    from duckdb import DuckDBPyConnection


class Tables:
    """The tables of one publication. Whatever is published later, they stay as they are.

    Every table is an attribute: `articles`, `entities`, `actors`, `places`, `quotes`, `dates`, `issues`. It
    is read at its first use, checked against the publication's checksums, and is a new frame each time, so
    that a change of one does not show in the next. Frames are backed by Arrow: an integer column with gaps
    stays one of integers, and a missing value is `pd.NA`.

    Args:
        outputs: The output folder of `extract run`.

    Raises:
        StoreError: Nothing is published there, or the publication is damaged.
    """

    def __init__(self, outputs: Path | str = "outputs") -> None:
        self._snapshot = Snapshot.current(Path(outputs))
        self._read: dict[str, pa.Table] = {}

    def __repr__(self) -> str:
        rows = ", ".join(f"{count:,} {name}" for name, count in count_rows(self._snapshot.facts).items())
        return f"<publication {self.publication}: {rows}>"

    def __getattr__(self, name: str) -> "pd.DataFrame":
        """Return a table as a frame.

        Raises:
            AttributeError: There is no such table.
            StoreError: A file is missing or damaged.
        """
        if name not in TABLES:
            raise AttributeError(f"There is no table {name!r}; the tables are {', '.join(TABLES)}.")
        return _frame(self.arrow(name))

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    @property
    def publication(self) -> int:
        """The number of the publication, as in `extract history`."""
        return self._snapshot.number

    def arrow(self, name: str, columns: Sequence[str] | None = None, *, keep: bool = True) -> pa.Table:
        """Return a table as it is published.

        Args:
            name: Its name.
            columns: Only these; a table that was not read before is then not kept.
            keep: Whether all columns are kept for the next time.

        Raises:
            StoreError: A file is missing or damaged.
        """
        if name not in self._read and not (columns is None and keep):
            return self._snapshot.rows(name, columns)
        if name not in self._read:
            self._read[name] = self._snapshot.rows(name)
        return self._read[name] if columns is None else self._read[name].select(columns)

    def statements(self) -> "pd.DataFrame":
        """Return one row per statement, in the order of the articles.

        A statement is what someone said, once: its pieces are one row, repetitions in the article or in later
        articles of the story are left out, and so are scare quotes. docs/statements.md describes the columns.
        """
        return self.search()

    def said_by(self, speaker: str) -> "pd.DataFrame":
        """Return the statements of a speaker: a person, a body or an outlet.

        Args:
            speaker: An id such as `qais-al-khazali`, or a name.

        Raises:
            QueryError: Nobody is called so, or several are.
        """
        return self.search(speaker=speaker)

    def about(self, actor: str) -> "pd.DataFrame":
        """Return the statements that speak about an actor or a place, by name, description or pronoun.

        Args:
            actor: An id such as `kataib-hezbollah`, or a name.

        Raises:
            QueryError: Nobody is called so, or several are.
        """
        return self.search(about=actor)

    def search(
        self,
        words: str | Sequence[str] = "",
        *,
        speaker: str | None = None,
        about: str | None = None,
        faction: str | None = None,
        outlet: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> "pd.DataFrame":
        """Return the statements that meet all conditions, in the order of the articles.

        Args:
            words: Words that all occur in what was said; a list may also hold phrases. Each counts as the
                beginning of a word (`strike` finds *strikes*); case, accents and apostrophes do not matter.
            speaker: Id or name of who said it.
            about: Id or name of an actor or a place that it speaks about.
            faction: Id or name of a faction or another body that said it, or on whose behalf it was said, or
                to which the lexicon counts the speaker, now or once.
            outlet: Part of the outlet's name.
            since: First day: a date, `2021-07-28`, `2021-07` or `2021`. The day is that of speaking if the
                article tells it, else of publication; statements without either are left out.
            until: Last day, likewise; `2021-07` means the 31st.

        Raises:
            QueryError: A name or a day is not understood.
        """
        return _frame(self.find(Search(words, speaker, about, faction, outlet, since, until)))

    def find(self, search: Search) -> pa.Table:
        """Return the statements that meet a search, as an Arrow table.

        Raises:
            QueryError: A name or a day is not understood.
        """
        found = search.filters(self.names)
        where = " AND ".join(["TRUE", *(one.condition for one in found)])
        query = f"FROM made WHERE {where}"
        return self._statements.sql(query, params=[one.value for one in found]).to_arrow_table()

    def statement_batches(self, article_ids: Sequence[str]) -> Iterator[pa.Table]:
        """Yield the statements of some articles at a time, in the order of the articles, in little memory.

        Args:
            article_ids: The articles. Without any there is still one batch, which tells the columns.
        """
        return statement_batches(self._snapshot.rows, article_ids)

    def duckdb(self) -> "DuckDBPyConnection":
        """Return a new DuckDB connection that sees all tables, and the view `statements`.

        It lives in memory: what is created in it changes nothing on disk.
        """
        return connect(self.arrow)

    @cached_property
    def names(self) -> Names:
        """The names of all that have an id, for looking up an id by a name."""
        return Names(self.arrow, lambda: load_lexicon(load_settings().models_dir))

    @cached_property
    def _statements(self) -> "DuckDBPyConnection":
        """A connection in which `statements` is no view but a table: it is made once for all searches."""
        con = self.duckdb()
        con.execute(f"CREATE TABLE made AS FROM {STATEMENTS}")
        return con


def _frame(table: pa.Table) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - as above

    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
