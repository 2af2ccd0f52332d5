"""Reads the published tables: frames, statements, searches, and DuckDB over all of them.

`extract.open` is the way in; the commands `search`, `who` and `query` show the same on the terminal.
"""

from extract.query.search import Search
from extract.query.tables import Tables

__all__ = ["Search", "Tables"]
