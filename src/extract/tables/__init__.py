"""The published tables, one module each, and the conversion of annotations to rows.

To add a table, write a module with a `Table` named `TABLE` and add a line to `TABLES`. The store, the checks
before publication, the history and docs/tables.md follow. After changing columns, regenerate the data
dictionary: `python -m extract.tables > docs/tables.md`.
"""

from extract.tables.registry import TABLES, schema_version
from extract.tables.rows import issue_table, to_tables

__all__ = ["TABLES", "issue_table", "schema_version", "to_tables"]
