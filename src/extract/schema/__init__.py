"""The definition of a table: columns with types, rules and descriptions, sort order, checks.

The tables themselves are in `extract.tables`, one module each.
"""

from extract.schema.table import Reference, Row, Surface, Table
from extract.schema.validation import find_violations, validate

__all__ = ["Reference", "Row", "Surface", "Table", "find_violations", "validate"]
