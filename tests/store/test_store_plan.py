import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.errors import StoreError
from extract.store import Entry, Manifest, plan
from extract.store.facts import inspect
from extract.store.manifest import ENTRIES, FORMAT, MANIFEST, read_manifest


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


@pytest.mark.parametrize(
    "content", ["", "{}", '{"entries": {"a": {"colour": "red"}}}', "[]", '{"format": 2}']
)
def test_a_damaged_manifest_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest.*extract doctor"):
        read_manifest(tmp_path)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = replace(PUBLISHED, published_at=datetime(2021, 5, 3, tzinfo=UTC), components={"engine": "e1"})
    written = replace(written, peaks={"news": 3}, format=FORMAT)
    folder = tmp_path / "000007"
    folder.mkdir()
    written.write_entries(folder)
    written.write_head(folder, 7, {ENTRIES: inspect(folder / ENTRIES)})
    assert read_manifest(folder) == written


def test_a_manifest_in_the_folder_of_another_publication_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "000008"
    folder.mkdir()
    replace(PUBLISHED, published_at=datetime(2021, 5, 3, tzinfo=UTC)).write_head(folder, 7, {})
    with pytest.raises(StoreError, match="belongs to publication 000007"):
        read_manifest(folder)


def test_a_manifest_of_format_1_is_read(tmp_path: Path) -> None:
    entries = {key: one._asdict() for key, one in PUBLISHED.entries.items()}
    content = {"schema_version": "s", "published_at": "2021-05-03T00:00:00+00:00", "n_buckets": 1}
    content |= {"actors_hash": "h", "components": {}, "entries": entries}
    (tmp_path / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    read = read_manifest(tmp_path)
    assert (read.entries, read.schema_version) == (PUBLISHED.entries, "s")


def test_a_manifest_of_a_newer_version_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"format": 99, "entries": {}}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"newer version.*format 99.*Update extract"):
        read_manifest(tmp_path)
