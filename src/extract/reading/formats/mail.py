"""Mails (`.eml`) and mailboxes (`.mbox`): one article per mail, and the articles in what is attached."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from extract.errors import ReadError
from extract.ids import article_id_of, digest
from extract.model import Article, Issue
from extract.printable import printable
from extract.reading.build import Draft
from extract.reading.context import Context
from extract.reading.copies.scratch import scratch_folder
from extract.reading.exports import make_articles
from extract.reading.formats.archive import is_read, read_members
from extract.reading.mail.message import Attachment, Mail, parse_mail
from extract.reading.mail.text import read_mail
from extract.reading.page.lines import split_lines
from extract.reading.page.sections import sections_of_lines
from extract.reading.problems import Problem, is_binary
from extract.reading.sources import Source

_MOST_BYTES = 50_000_000
_LINE = 1 << 16
_ID_LENGTH = 12
_DAYS, _MONTHS = b"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", b"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ENVELOPE = re.compile(rb"From .{0,300}\b" + _DAYS + rb",? +(?:[0-9]{1,2} +)?" + _MONTHS + rb"\b")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_DEEPEST = 2
_SAVE = "Save its text as a file, or its attachments."


def read_eml(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a mail.

    Raises:
        OSError: The file cannot be read.
    """
    with source.path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    try:
        mail = parse_mail(_checked(data if len(data) <= _MOST_BYTES else None))
    except ReadError as error:
        yield Problem("error", "bad_mail", error.message, error.advice).at(source.name)
        return
    yield from _read(mail, article_id_of(source.path, source.folder), source, context)


def read_mbox(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a mailbox mail by mail; the id of a mail is that of the file, `#`, and its own.

    Raises:
        OSError: The file cannot be read.
    """
    mailbox = article_id_of(source.path, source.folder)
    seen: Counter[str] = Counter()
    number = 0
    with source.path.open("rb") as file:
        for number, data in enumerate(_split(file), start=1):
            try:
                mail = parse_mail(_checked(data))
            except ReadError as error:
                message = f"Mail {number:,}: {error.message}"
                yield Problem("error", "bad_mail", message, error.advice).at(source.name)
                continue
            key = mail.id or digest(data or b"")[:_ID_LENGTH]
            seen[key] += 1
            key = key if seen[key] == 1 else f"{key}-{seen[key]}"
            yield from _read(mail, f"{mailbox}#{key}", source, context)
    if not number:
        yield _NO_MAILS.at(source.name)


def _split(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the mails of a mailbox, None for one that is too large; never hold more than one in memory."""
    lines: list[bytes] = []
    size, is_inside, above = 0, False, b"\n"
    while line := file.readline(_LINE):
        if above in {b"\n", b"\r\n"} and _ENVELOPE.match(line):
            if is_inside:
                yield _joined(lines, size)
            lines, size, is_inside = [], 0, True
        else:
            size += len(line)
            if is_inside and size <= _MOST_BYTES:
                lines.append(line)
        above = line
    if is_inside:
        yield _joined(lines, size)


def _joined(lines: list[bytes], size: int) -> bytes | None:
    return _ESCAPED.sub(rb"\1", b"".join(lines)) if size <= _MOST_BYTES else None


def _checked(data: bytes | None) -> bytes:
    if data is None:
        raise ReadError(f"It has more than {_MOST_BYTES:,} bytes.", advice=_SAVE)
    return data


def _read(mail: Mail, article_id: str, source: Source, context: Context) -> Iterator[Article | Issue]:
    """Yield the article of a mail, and what is attached."""
    attached = [item for item in mail.attachments if is_read(Path(item.name))]
    if mail.text.strip() and not is_binary(mail.text):
        yield from make_articles(_draft(mail, article_id, source, context), context)
    elif not attached:
        kinds = ", ".join(mail.kinds) or "none"
        problem = Problem("warning", "empty_mail", f"The mail has no text; its parts are: {kinds}.", _SAVE)
        yield problem.at(source.name, article_id)
    others = [printable(item.name) for item in mail.attachments if item not in attached]
    if others:
        message = f"There is no reader for these attachments: {', '.join(others[:10])}."
        yield Problem("info", "unknown_format", message, "Save them in a supported format.").at(source.name)
    if attached:
        yield from _read_attachments(attached, article_id, source, context)


def _draft(mail: Mail, article_id: str, source: Source, context: Context) -> Draft:
    lines = split_lines(mail.text, context.forms.line_words)
    metadata, kinds = read_mail(lines, mail.head, context.forms)
    return Draft(
        article_id=article_id,
        source=source.name,
        format=source.path.suffix.lower().lstrip("."),
        text=mail.text,
        metadata=metadata,
        problems=mail.problems,
        sections=sections_of_lines(lines, kinds),
    )


def _read_attachments(
    attached: list[Attachment], article_id: str, source: Source, context: Context
) -> Iterator[Article | Issue]:
    if context.nesting >= _DEEPEST:
        message = f"The mail lies too deep in other files; its attachments are not read: {len(attached)}."
        yield Problem("error", "archive_nested", message, _SAVE).at(source.name)
        return
    with scratch_folder() as scratch:
        for item in attached:
            _write(scratch / article_id, item)
        yield from read_members(scratch, article_id, source, context)


def _write(folder: Path, item: Attachment) -> None:
    """Write an attachment under its name; a second one of this name gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    path, number = folder / item.name, 1
    while path.exists():
        number += 1
        path = folder / f"{number}-{item.name}"
    path.write_bytes(item.content)


_NO_MAILS = Problem(
    "error",
    "no_mails",
    "No mail begins in it (with a line `From ...`).",
    "Export the mailbox again, or its mails as .eml.",
)
