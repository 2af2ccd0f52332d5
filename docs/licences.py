"""Prints docs/licences.md: the licence that each installed package states in its metadata."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PARTS = {
    "What the default engine needs": ("requirements.lock", "models/requirements.txt"),
    "What the engines stanza and consensus add": (
        "requirements-stanza.lock",
        "models/requirements-torch.txt",
    ),
    "What --cluster adds": ("requirements-dask.lock",),
}
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+))?", re.MULTILINE)
_HEAD = """# Licences

extract itself is under the MIT licence (`LICENSE`). This page lists the packages that it installs, as the
lock files pin them, with the licence that each package states. `make licences` makes it.

Whoever passes extract on with its packages has to keep the terms of their licences. Nearly all are
permissive. Two that Stanza needs, udapi and udtools, are under the GPL.

Facts on places in `models/lexicon/places.toml` come from GeoNames (geonames.org) and from Open Admin
Data, Iraq Administrative Divisions (github.com/open-admin-data/iraq-administrative-divisions), both under
CC BY 4.0. Whoever passes them on, the table `places` included, names these sources. The borders on the
report's map are those of Natural Earth, which is in the public domain.
"""


class Pin(NamedTuple):
    """A pinned package.

    Attributes:
        marker: On which systems it is installed; empty for all.
    """

    name: str
    version: str
    marker: str


def pins(file: str) -> list[Pin]:
    """Return the packages that a lock file pins."""
    found = _PIN.findall((ROOT / file).read_text(encoding="utf-8"))
    return [Pin(name, version, marker.strip()) for name, version, marker in found]


def licence(pin: Pin) -> str:
    """Return the licence that an installed package states."""
    try:
        stated = metadata(pin.name)
    except PackageNotFoundError:
        return f"only for `{pin.marker}`" if pin.marker else "not installed"
    return next(filter(None, _statements(stated)), "not stated")


def _statements(stated: PackageMetadata) -> Iterator[str]:
    """Yield what a package says about its licence, the most exact first."""
    yield stated.get("License-Expression", "")
    classifiers = [
        one.split(" :: ")[-1] for one in stated.get_all("Classifier", []) if one.startswith("License")
    ]
    yield "; ".join(classifiers)
    yield stated.get("License", "").partition("\n")[0]


def page() -> str:
    """Return the page as Markdown."""
    sections, known = [_HEAD], set[Pin]()
    for title, files in PARTS.items():
        found = [pin for file in files for pin in pins(file) if pin not in known]
        known.update(found)
        rows = [f"| {pin.name} | {pin.version} | {licence(pin)} |" for pin in sorted(found)]
        sections.append(
            "\n".join([f"## {title}\n", "| package | version | licence |", "|---|---|---|", *rows, ""])
        )
    return "\n".join(sections)


if __name__ == "__main__":
    sys.stdout.write(page())
