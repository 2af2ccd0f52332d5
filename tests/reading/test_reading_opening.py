"""Compressed files are read like the files in them; one that grows out of all proportion is told."""

import gzip
import json
import time
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from extract.reading import opening
from reading.records import RECORD, TEXT, assert_is_record, read

LINE = json.dumps(RECORD).encode()


def packed(path: Path, content: bytes) -> Path:
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(content))
    else:
        with pa.CompressedOutputStream(str(path), "zstd") as out:
            out.write(content)
    return path


@pytest.mark.parametrize("packing", [".gz", ".zst"])
@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".jsonl", LINE),
        (".ndjson", LINE),
        (".json", b"[" + LINE + b"]"),
        (
            ".csv",
            ",".join(RECORD).encode()
            + b"\n"
            + ",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in RECORD.values()).encode(),
        ),
    ],
)
def test_records_in_a_compressed_file(tmp_path: Path, suffix: str, content: bytes, packing: str) -> None:
    [article], issues = read(packed(tmp_path / f"news{suffix}{packing}", content))
    assert_is_record(article)
    assert issues == []


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_compressed_text(tmp_path: Path, packing: str) -> None:
    [article], issues = read(packed(tmp_path / f"a.txt{packing}", TEXT.encode()))
    assert (article.text, issues) == (TEXT, [])


def test_joined_gzip_files_are_read_to_the_end(tmp_path: Path) -> None:
    other = json.dumps(RECORD | {"url": "https://riverbend.example/b"}).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINE + b"\n") + gzip.compress(other))
    assert len(read(tmp_path / "a.jsonl.gz")[0]) == 2


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".xml", ".txt"])
def test_a_bomb_is_told_and_never_unpacked_whole(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_FREE_BYTES", 1_000_000)
    pack = zlib.compressobj(9, wbits=31)
    content = b"".join(pack.compress(b" " * 1_000_000) for _ in range(300)) + pack.flush()
    (tmp_path / f"a{suffix}.gz").write_bytes(content)
    articles, [issue] = read(tmp_path / f"a{suffix}.gz")
    assert articles == []
    assert issue.severity == "error"
    assert issue.code in {"too_large", "too_long", "binary"}  # a first line without end names no columns


@pytest.mark.parametrize(("suffix", "head"), [(".jsonl", LINE + b"\n"), (".csv", b"text,title\n")])
def test_blank_lines_without_end_are_no_work(tmp_path: Path, suffix: str, head: bytes) -> None:
    (tmp_path / f"a{suffix}.gz").write_bytes(gzip.compress(head + b"\n" * 30_000_000, 1))
    used = time.process_time()
    articles, [issue] = read(tmp_path / f"a{suffix}.gz")
    assert time.process_time() - used < 10  # one by one they take a minute
    assert (len(articles), issue.code) == ((1, "too_large") if suffix == ".jsonl" else (0, "no_records"))


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(LINE * 100)[:-20]])
def test_a_file_that_is_not_compressed_as_its_name_says_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    articles, issues = read(tmp_path / "a.jsonl.gz")
    assert articles == []
    assert issues
