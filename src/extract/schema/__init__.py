"""The definition of a table: columns with types, rules and descriptions, sort order, checks.

The tables themselves are in `extract.tables`, one module each.
"""

from extract.schema.table import Row, Table
from extract.schema.validation import validate

__all__ = ["Row", "Table", "validate"]
