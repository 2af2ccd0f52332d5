"""Corrections by hand that survive every run.

    load_overrides(folder)  reads and checks the files of a folder: `entries`, `files`
    Overrides.of(article)   the corrections that concern an article: `entries`
    correct_sections(...)   what the parts of an article are: `sections`
    correct_mentions(...)   names, before quotes and speakers are found: `mentions`
    correct_rows(...)       quotes and dates, last of all: `rows`

docs/overrides.md explains the files. A correction that fits nothing any more, or that is no longer needed,
becomes an issue of its article: `corrections`. What applies corrections is not imported here: a run with
nothing to do only reads them.
"""

from extract.overrides.entries import NO_OVERRIDES, Override, Overrides, Scope, with_date
from extract.overrides.files import check_entities, check_overrides, load_overrides, overrides_beside

__all__ = [
    "NO_OVERRIDES",
    "Override",
    "Overrides",
    "Scope",
    "check_entities",
    "check_overrides",
    "load_overrides",
    "overrides_beside",
    "with_date",
]
