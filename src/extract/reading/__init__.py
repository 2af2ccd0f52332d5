"""Reading: files, folders and globs -> Articles with metadata, publication time and sections.

To add a format, see `extract.reading.formats`.
"""

from typing import TYPE_CHECKING

from extract.registry import lazy_names

if TYPE_CHECKING:
    from extract.reading.claims import Owner, Published, no_owner
    from extract.reading.formats import READERS, Reader
    from extract.reading.inputs import Listing, list_inputs, read_inputs
    from extract.reading.page.sections import find_sections
    from extract.reading.sources import input_folder, input_path

__all__ = [
    "READERS",
    "Listing",
    "Owner",
    "Published",
    "Reader",
    "find_sections",
    "input_folder",
    "input_path",
    "list_inputs",
    "no_owner",
    "read_inputs",
]

# `extract --help` lists the formats without what reads them.
__getattr__ = lazy_names(
    __name__,
    {
        "claims": ("Owner", "Published", "no_owner"),
        "formats": ("READERS", "Reader"),
        "inputs": ("Listing", "list_inputs", "read_inputs"),
        "page.sections": ("find_sections",),
        "sources": ("input_folder", "input_path"),
    },
)
