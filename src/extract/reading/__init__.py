"""Reading: files, folders and globs -> Articles with metadata, publication time and sections.

To add a format, see `extract.reading.formats`.
"""

from extract.reading.formats import READERS, Reader
from extract.reading.inputs import Listing, list_inputs, read_inputs
from extract.reading.page.sections import find_sections

__all__ = ["READERS", "Listing", "Reader", "find_sections", "list_inputs", "read_inputs"]
