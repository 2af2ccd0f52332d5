"""Reading: files, folders and globs -> Articles with metadata, publication time and sections.

To add a format, write one module with a `Reader` and add a line to `READERS` in inputs.py.
"""

from extract.reading.inputs import READERS, Listing, Reader, list_inputs, read_inputs
from extract.reading.page.sections import find_sections

__all__ = ["READERS", "Listing", "Reader", "find_sections", "list_inputs", "read_inputs"]
