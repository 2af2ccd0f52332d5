"""Files made to do harm: each costs seconds and little memory, and becomes an issue."""

import base64
import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.reading import read_inputs

MEGABYTE = 1_000_000
BODY = b"The council of Basra met on Sunday and chose nobody, members said after the session had ended.\n"
READER = """
import json, resource, sys
from pathlib import Path
from extract.reading import read_inputs
from extract.model import Issue
list(read_inputs([Path(sys.argv[1])], max_chars=100_000))
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
issues = [item for item in read_inputs([Path(sys.argv[2])], max_chars=100_000) if isinstance(item, Issue)]
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used
json.dump([grown / 1000, [[issue.code, issue.message] for issue in issues]], sys.stdout)
"""


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def with_directory_entries(data: bytes, count: int) -> bytes:
    """A ZIP in whose directory its one file stands many times: all of them overlap."""
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end] * count
    return (
        data[:start] + entries + data[end : end + 12] + len(entries).to_bytes(4, "little") + data[end + 16 :]
    )


def overlapping_zip() -> bytes:
    return with_directory_entries(zipped("a.txt", b"0" * 20 * MEGABYTE), 1_000)


def zip_of_many_files() -> bytes:
    return with_directory_entries(zipped("a.txt", b"a"), 200_000)


def zip_that_grows() -> bytes:
    return zipped("a.txt", b"0" * 300 * MEGABYTE)


def zip_in_zip_in_zip() -> bytes:
    data = zipped("a.txt", b"0" * 90 * MEGABYTE)
    for depth in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"{depth}-{number}.zip", data)
        data = out.getvalue()
    return data


def tar_member(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.USTAR_FORMAT)


def tar_that_grows() -> bytes:
    return gzip.compress(tar_member("a.txt", 300 * MEGABYTE) + bytes(300 * MEGABYTE), 1)


def tar_that_is_passed_over() -> bytes:
    """What is not read is decompressed all the same."""
    return gzip.compress(tar_member("a.bin", 300 * MEGABYTE) + bytes(300 * MEGABYTE), 1)


def tar_with_a_long_header() -> bytes:
    return gzip.compress(tar_member("x", 300 * MEGABYTE, tarfile.XHDTYPE) + bytes(300 * MEGABYTE), 1)


def tar_with_a_long_name() -> bytes:
    return gzip.compress(tar_member("x", 300 * MEGABYTE, tarfile.GNUTYPE_LONGNAME) + bytes(300 * MEGABYTE), 1)


def tar_of_many_files() -> bytes:
    return tar_member("a.txt", 0) * 100_000


def mailbox_of_one_line() -> bytes:
    return b"From a@b Sun Sep  5 11:20:00 2021\nFrom: a\nSubject: b\n\n" + b"a" * 300 * MEGABYTE


def mail_of_many_levels() -> bytes:
    heads = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (depth, depth) for depth in range(5_000)
    )
    return b"From: a\nSubject: b\nMIME-Version: 1.0\n" + heads + b"\ntext"


def mail_of_many_parts() -> bytes:
    head = b"From: a\nSubject: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return head + b"--x\n\n\n" * 100_000


def mail_of_mails() -> bytes:
    """Mails in mails in mails, the last with a file."""
    data = b"From: a\nSubject: b\nContent-Disposition: attachment; filename=a.txt\n\n" + BODY
    for _ in range(6):
        head = (
            b"From: a\nSubject: b\nMIME-Version: 1.0\nContent-Type: application/octet-stream\n"
            b"Content-Disposition: attachment; filename=a.eml\nContent-Transfer-Encoding: base64\n\n"
        )
        data = head + base64.encodebytes(data)
    return data


def warc_that_lies() -> bytes:
    return b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 999999999999\r\n\r\nshort"


def warc_without_a_length() -> bytes:
    return b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"


def warc_cut_off() -> bytes:
    whole = gzip.compress(b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 5\r\n\r\n12345\r\n\r\n")
    return whole + whole[: len(whole) // 2]


def noise() -> bytes:
    return b"PK\x03\x04" + zlib.compress(bytes(range(256)) * 100)


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "overlapping files": (".zip", overlapping_zip, "unreadable_archive"),
    "many files": (".zip", zip_of_many_files, "unreadable_archive"),
    "a file that grows": (".zip", zip_that_grows, "unreadable_archive"),
    "archives in archives in archives": (".zip", zip_in_zip_in_zip, "archive_nested"),
    "a file that grows in a tar": (".tar.gz", tar_that_grows, "unreadable_archive"),
    "a file that is passed over": (".tar.gz", tar_that_is_passed_over, "unreadable_archive"),
    "a long header": (".tgz", tar_with_a_long_header, "unreadable_archive"),
    "a long name": (".tgz", tar_with_a_long_name, "unreadable_archive"),
    "many files in a tar": (".tar", tar_of_many_files, "unreadable_archive"),
    "noise for a zip": (".zip", noise, "unreadable_archive"),
    "noise for a tar": (".tar", noise, "unreadable_archive"),
    "a mailbox of one line": (".mbox", mailbox_of_one_line, "bad_mail"),
    "a mail of many levels": (".eml", mail_of_many_levels, "bad_mail"),
    "a mail of many parts": (".eml", mail_of_many_parts, "bad_mail"),
    "mails in mails": (".eml", mail_of_mails, "archive_nested"),
    "a record longer than the file": (".warc", warc_that_lies, "other_records"),
    "a record of negative length": (".warc", warc_without_a_length, "other_records"),
    "a web archive that breaks off": (".warc.gz", warc_cut_off, "other_records"),
}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harmless")
    (folder / "a.zip").write_bytes(zipped("a.txt", BODY))
    (folder / "a.eml").write_bytes(b"From: a\nSubject: b\n\n" + BODY)
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little_and_is_told(name: str, harmless: Path, tmp_path: Path) -> None:
    suffix, make, code = HOSTILE[name]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(make())
    command = [sys.executable, "-c", READER, str(harmless), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    megabytes, issues = json.loads(done.stdout)
    assert code in [found for found, _ in issues]
    assert len(issues) <= 20
    assert megabytes < 250


def lines_of_a_kind() -> Iterator[tuple[str, str]]:
    count = 3_000
    yield "heads of mails", "From: a\nTo: b\nSubject: c\n" * count
    yield "feet of mails", "From: a\nTo: b\nSubject: c\n\n" + "unsubscribe\n" * count
    yield "documents", "1 of 9 DOCUMENTS\nPaper\nMay 3, 2021\nTitle\nLENGTH: 1 word\nLOAD-DATE: x\n" * count
    yield "fields", "1 of 9 DOCUMENTS\n\n" + "LENGTH: 1 word\n\nLOAD-DATE: May 3, 2021\n\n" * count
    yield "ends", "LENGTH: 1 word\n" + "End of Document\n" * count
    yield "codes", "HD   a\nPD   b\nSN   c\nWC   d\n" * count
    yield "numbers", "Document ABCD0000202109050001abcd\n" * count
    yield "posts", "Riverbend, [05.09.2021 11:20]\na\n" * count
    yield "rules", "Accession Number: 1\n" + ("_" * 30 + "\n") * count
    yield "labels", "Title: a\nDate: 2021-05-03\n" + "Source: b\n" * count
    yield "front matter", "---\n" + "- [" * 3_000 + "\n---\n"


@pytest.mark.parametrize(("name", "text"), list(lines_of_a_kind()), ids=lambda value: value[:12])
@pytest.mark.timeout(20)
def test_a_text_of_one_kind_of_line_is_read_in_seconds(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert list(read_inputs([tmp_path], max_chars=10_000_000)), name
