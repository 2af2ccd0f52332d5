"""docs/licences.md names every package that a run installs, and a licence for each."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = [
    "requirements.lock",
    "requirements-stanza.lock",
    "requirements-dask.lock",
    "models/requirements.txt",
    "models/requirements-torch.txt",
]
PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")
ROWS = {
    (name, version): licence
    for name, version, licence in re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", PAGE, re.MULTILINE)
}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_file_is_named_in_its_version(lock: str) -> None:
    pins = set(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
    assert pins
    assert pins - ROWS.keys() == set()


def test_every_package_has_a_licence() -> None:
    """A package that only other systems install has the condition instead."""
    unknown = {name for (name, _), licence in ROWS.items() if licence in {"not stated", "not installed"}}
    assert unknown == set()


def test_packages_under_the_gpl_are_told_before_the_tables() -> None:
    choice = ("Artistic", "MPL-1.1 OR")  # licences that may be chosen instead
    bound = {
        name
        for (name, _), licence in ROWS.items()
        if "GPL" in licence and not any(c in licence for c in choice)
    }
    assert bound == {"udapi", "udtools"}
    assert all(name in PAGE.partition("\n## ")[0] for name in bound)
