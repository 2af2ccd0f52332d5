"""Reading: files, folders and globs -> Articles with metadata, publication time and sections.

To add a format, see `extract.reading.formats`.
"""

from extract.reading.formats import READERS, Reader
from extract.reading.inputs import Listing, list_inputs, read_inputs
from extract.reading.page.sections import find_sections
from extract.reading.sources import input_path

__all__ = ["READERS", "Listing", "Reader", "find_sections", "input_path", "list_inputs", "read_inputs"]
