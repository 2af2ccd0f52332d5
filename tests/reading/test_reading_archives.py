"""Archives: the files in them are read like those of a folder."""

import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from extract.model import Article, Issue
from extract.reading import read_inputs
from extract.reading.copies.scratch import clear_scratch

BODY = "The council of Basra met on Sunday and chose nobody, members said after the session had ended."
FILES = {
    "2021/a.txt": BODY.encode(),
    "b.txt": b"Nobody came to the second session, the chairman said.",
    "records.jsonl": b'{"id": "r1", "text": "The third session is on Monday."}\nno record\n',
    "articles.csv": b"file,outlet,published\n2021/a.txt,Riverbend News,2021-09-05\n",
    "map.png": b"\x89PNG",
    ".hidden.txt": BODY.encode(),
    "__MACOSX/2021/._a.txt": b"\0\1",
}


def pack_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def pack_tar(files: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def pack(name: str, files: dict[str, bytes]) -> bytes:
    if name.endswith(".zip"):
        return pack_zip(files)
    if name.endswith(".zst"):
        return pa.Codec("zstd").compress(pack_tar(files), asbytes=True)
    return pack_tar(files, "w" if name.endswith(".tar") else "w:gz")


def read(path: Path) -> tuple[dict[str, Article], list[Issue]]:
    items = list(read_inputs([path], max_chars=100_000))
    articles = {item.article_id: item for item in items if isinstance(item, Article)}
    return articles, [item for item in items if isinstance(item, Issue)]


@pytest.mark.parametrize("name", ["desk.zip", "desk.tar", "desk.tar.gz", "desk.tgz", "desk.tar.zst"])
def test_the_files_in_an_archive_are_articles_of_the_archive(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pack(name, FILES))
    articles, issues = read(tmp_path)
    assert set(articles) == {"desk/2021/a", "desk/b", "r1"}
    assert articles["desk/2021/a"].text == BODY
    assert (articles["desk/2021/a"].outlet, articles["desk/2021/a"].format) == ("Riverbend News", "txt")
    sources = {item.source for item in (*articles.values(), *issues)}
    assert sources == {str(tmp_path / name)}
    told = {issue.code: issue.message for issue in issues}
    assert set(told) == {"bad_record", "unknown_format"}
    assert told["bad_record"].startswith("records.jsonl:2: ")
    assert told["unknown_format"].startswith("map.png: ")


def test_an_archive_in_an_archive_is_read(tmp_path: Path) -> None:
    inner = pack_zip({"a.txt": BODY.encode(), "deep.zip": pack_zip({"c.txt": BODY.encode()})})
    (tmp_path / "desk.zip").write_bytes(pack_zip({"2021/week.zip": inner}))
    articles, [issue] = read(tmp_path)
    assert set(articles) == {"desk/2021/week/a"}
    assert issue.code == "archive_nested"
    assert "deep.zip" in issue.message


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt"])
@pytest.mark.parametrize("archive", ["desk.zip", "desk.tar"])
def test_no_path_leads_out_of_the_archive(archive: str, name: str, tmp_path: Path) -> None:
    (tmp_path / archive).write_bytes(pack(archive, {name: BODY.encode(), "a.txt": BODY.encode()}))
    articles, [issue] = read(tmp_path)
    assert set(articles) == {"desk/a"}
    assert issue.code == "archive_unsafe"
    assert not list(tmp_path.parent.rglob("out.txt"))


def test_links_and_devices_in_an_archive_are_left_out(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "desk.tar", "w") as archive:
        for name, kind in [
            ("l.txt", tarfile.SYMTYPE),
            ("h.txt", tarfile.LNKTYPE),
            ("d.txt", tarfile.CHRTYPE),
        ]:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    link = zipfile.ZipInfo("l.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as zipped:
        zipped.writestr(link, "/etc/hostname")
    articles, issues = read(tmp_path)
    assert not articles
    assert [issue.code for issue in issues if issue.severity == "info"] == ["archive_link", "archive_link"]


def test_an_encrypted_file_is_told(tmp_path: Path) -> None:
    data = bytearray(pack_zip({"a.txt": BODY.encode(), "b.txt": BODY.encode()}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the directory at the end
    (tmp_path / "desk.zip").write_bytes(data)
    articles, [issue] = read(tmp_path)
    assert set(articles) == {"desk/b"}
    assert issue.code == "archive_encrypted"
    assert "password" in issue.advice


def test_a_damaged_file_costs_only_itself(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "desk.zip", "w") as archive:
        archive.writestr("a.txt", BODY)
        archive.writestr("b.txt", "Nobody came.")
    data = (tmp_path / "desk.zip").read_bytes()
    (tmp_path / "desk.zip").write_bytes(data.replace(b"Nobody came.", b"Nobody camX."))
    articles, [issue] = read(tmp_path)
    assert set(articles) == {"desk/a"}
    assert (issue.code, "b.txt" in issue.message) == ("archive_damaged", True)


def test_an_archive_of_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk.zip").write_bytes(pack_zip({".hidden": b""}))
    articles, [issue] = read(tmp_path)
    assert not articles
    assert issue.code == "empty_archive"


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    (tmp_path / "desk.zip").write_bytes(pack_zip({**FILES, "week.zip": pack_zip(FILES)}))
    assert read(tmp_path / "desk.zip")[0]
    assert list(scratch.iterdir()) == []


def test_what_a_killed_process_leaves_behind_can_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    code = (
        "import os, signal; from extract.reading.copies.scratch import scratch_folder\n"
        "with scratch_folder() as folder: (folder / 'a').touch(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        process.wait()
    assert len(list(tmp_path.iterdir())) == 1
    clear_scratch(process.pid)
    assert list(tmp_path.iterdir()) == []
