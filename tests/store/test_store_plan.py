from dataclasses import replace
from pathlib import Path

import pytest

from extract.errors import StoreError
from extract.store import Entry, Manifest, plan
from extract.store.manifest import read_manifest


def entry(content_hash: str, source: str, fingerprint: str = "p1") -> Entry:
    return Entry(content_hash, fingerprint, "done", source)


PUBLISHED = Manifest(entries={"a": entry("h1", "a.txt"), "b": entry("h2", "b.txt")}, n_buckets=1)


@pytest.mark.parametrize(
    ("found", "fingerprint", "expected"),
    [
        ({"a": ("h1", "a.txt"), "b": ("h2", "b.txt")}, "p1", {"unchanged": ("a", "b")}),
        ({"a": ("h1", "a.txt"), "b": ("h9", "b.txt")}, "p1", {"unchanged": ("a",), "edited": ("b",)}),
        ({"a": ("h1", "a.txt"), "b": ("h2", "c.txt")}, "p1", {"unchanged": ("a",), "edited": ("b",)}),
        ({"a": ("h1", "a.txt")}, "p1", {"unchanged": ("a",), "removed": ("b",)}),
        (
            {"c": ("h3", "c.txt"), "a": ("h1", "a.txt")},
            "p2",
            {"new": ("c",), "outdated": ("a",), "removed": ("b",)},
        ),
        ({"a": ("h9", "a.txt"), "b": ("h2", "b.txt")}, "p2", {"edited": ("a",), "outdated": ("b",)}),
        ({}, "p1", {"removed": ("a", "b")}),
    ],
)
def test_what_a_run_has_to_do(
    found: dict[str, tuple[str, str]], fingerprint: str, expected: dict[str, tuple[str, ...]]
) -> None:
    changes = plan(PUBLISHED, found, fingerprint)
    nothing = dict.fromkeys(("new", "edited", "outdated", "unchanged", "removed"), ())
    assert {name: getattr(changes, name) for name in nothing} == nothing | expected


def test_other_columns_make_everything_outdated() -> None:
    old = replace(PUBLISHED, schema_version="of last year")
    assert plan(old, {"a": ("h1", "a.txt")}, "p1").outdated == ("a",)


def test_an_empty_manifest_makes_everything_new() -> None:
    assert plan(Manifest(), {"b": ("h", "b"), "a": ("h", "a")}, "p1").new == ("a", "b")


@pytest.mark.parametrize("content", ["", "{}", '{"entries": {"a": {"colour": "red"}}}', "[]"])
def test_a_damaged_manifest_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest.*run again"):
        read_manifest(path)
