"""The published tables: columns, types, rules and meaning, written once.

The Arrow schemas, the checks before publication and docs/tables.md are all derived from `TABLES`. After a
change in contract.py write the data dictionary anew: `python -m extract.schema > docs/tables.md`.
"""

from extract.schema.contract import LEXICON_COLUMNS, TABLES, arrow_schema, schema_version, sort_order
from extract.schema.dictionary import data_dictionary
from extract.schema.validation import validate

__all__ = [
    "LEXICON_COLUMNS",
    "TABLES",
    "arrow_schema",
    "data_dictionary",
    "schema_version",
    "sort_order",
    "validate",
]
