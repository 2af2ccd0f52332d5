"""Folders that a browser puts beside a saved page: its pictures, scripts and frames are no articles."""

import os
from collections.abc import Collection
from pathlib import Path

from extract.model import Issue
from extract.reading.names import source_name
from extract.reading.problems import Problem

# As browsers in several languages, and Word, name them: `talks_files` beside `talks.html`.
_ENDINGS = ("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "_file", ".fld")
_PAGES = (".html", ".htm", ".xhtml")


def is_resources(name: str, names: Collection[str]) -> bool:
    """Return whether a folder holds the resources of a page that stands beside it.

    >>> is_resources("talks_files", {"talks.html"}), is_resources("talks_files", set())
    (True, False)
    """
    stem = _stem(name)
    return stem is not None and any(f"{stem}{page}" in names for page in _PAGES)


def resources_around(path: Path, top: Path) -> Path | None:
    """Return the folder of a page's resources that holds a path; None if there is none below `top`."""
    for folder in path.parents:
        if folder == top or len(folder.parts) <= len(top.parts):
            return None
        stem = _stem(folder.name)
        if stem is not None and any(os.path.exists(folder.parent / f"{stem}{page}") for page in _PAGES):  # noqa: PTH110 - Path.exists() raises if a folder is unreadable
            return folder
    return None


def resources_issue(folder: Path, base: Path | None) -> Issue:
    """Return the issue that tells of a folder of resources, once for all that is in it."""
    message = "The folder holds the pictures and frames of the saved page beside it; it is not read."
    problem = Problem("info", "page_resources", message, "Nothing need be done.")
    return problem.at(source_name(folder, base))


def _stem(name: str) -> str | None:
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), None)
    return name.removesuffix(ending) or None if ending else None
