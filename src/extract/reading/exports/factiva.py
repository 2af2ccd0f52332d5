"""Factiva: documents that end with `Document RIVT000020210905eh9500001`, with or without two-letter codes."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.model import SectionKind
from extract.reading.build import Draft
from extract.reading.export_forms import Factiva, Role
from extract.reading.exports.authors import author_in_field
from extract.reading.exports.documents import (
    SECTION_OF,
    Document,
    Part,
    are_documents,
    drafts_of,
    metadata_of,
    moment_of,
    plain_document,
)
from extract.reading.exports.fields import Field
from extract.reading.page.bylines import reporter_alone
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold, split_lines
from extract.reading.records.metadata import Metadata
from extract.text.alternations import any_of

_NUMBER = r"(?P<number>[A-Z][A-Z0-9]{3,}[0-9]{8}[a-z0-9]{4,})"
_CODE = re.compile(r"(?P<code>[A-Z]{2,3})(?P<gap>[ \t]+|$)(?P<value>.*)")
_WIDE_GAP = re.compile(r"^[ ]*(?:HD)(?:[ ]{2,}|\t|[ ]*$)", re.MULTILINE)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?(?: [A-Z]{2,5})?", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_FEWEST_CODES = 4
_NEEDED_CODES = frozenset({"hd", "sn", "pd"})
_MOST_HEAD_LINES = 8
_MOST_TITLE_LINES = 5
_MOST_SECTION_WORDS = 3
_MOST_CREDITS = 2
_ORDINAL = re.compile(r"^[0-9]{1,3}\) ")  # of the document in the export: `12) TITLE`
_BOILERPLATE: tuple[SectionKind, ...] = ("boilerplate",)


def split_factiva(draft: Draft, forms: Forms) -> list[Draft]:
    """Return one draft per Factiva document; nothing if the text is no such export."""
    words = forms.exports.words.factiva
    coded = _WIDE_GAP.search(draft.text) is not None
    if not coded and not any(mark in draft.text for mark in words.end):
        return []
    end = _end_pattern(words)
    if not coded and not re.search(end.pattern, draft.text, re.MULTILINE):
        return []
    chunks = list(_chunks(split_lines(draft.text, forms.line_words), end, words))
    read = _coded_document if coded else _plain_document
    documents = [read(lines, number, forms) for lines, number in chunks]
    if not are_documents(documents):
        return []
    pairs = zip(documents, chunks, strict=True)
    return drafts_of(draft, [document or plain_document(lines) for document, (lines, _) in pairs])


def _end_pattern(words: Factiva) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:AN[ \t]+)?{any_of(words.end)} {_NUMBER}[ \t]*$")


def _chunks(lines: Sequence[Line], end: re.Pattern[str], words: Factiva) -> Iterator[tuple[list[Line], str]]:
    """Yield the lines of each document and its number; the search at the end is left out."""
    chunk: list[Line] = []
    for line in lines:
        if line.text in words.page_lines:
            continue
        match = end.match(line.text)
        chunk.append(line)
        if match:
            yield chunk, match["number"]
            chunk = []
    rest = [line for line in chunk if not line.text.startswith((*words.rights, *words.summary))]
    is_search = any(line.text.startswith(tuple(words.summary)) for line in chunk)
    if rest and not is_search:
        yield chunk, ""


def _coded_document(lines: Sequence[Line], number: str, forms: Forms) -> Document | None:
    """Read a document whose fields have codes: `HD   Title`."""
    parts: list[Part] = []
    fields: list[Field] = []
    labels = forms.exports.factiva
    for index, line in enumerate(lines):
        code = _code_in(line, labels)
        if code:
            name, value = code
            role = labels[fold(name)]
            fields.append(Field(role, fold(name), value, index, index + 1))
        elif fields:
            above = fields[-1]
            fields[-1] = replace(above, value=f"{above.value} {line.text}".strip(), end=index + 1)
        parts.append(_coded_part(line, fields[-1] if fields else None, index))
    names = {item.label for item in fields}
    if not names >= _NEEDED_CODES or len(names) < _FEWEST_CODES:
        return None
    return Document(parts, metadata_of(fields, forms), number)


def _code_in(line: Line, labels: Mapping[str, Role]) -> tuple[str, str] | None:
    """Return the code at the start of a line, set apart by blanks, and what follows it."""
    match = _CODE.fullmatch(line.text)
    if match is None or fold(match["code"]) not in labels or match["gap"] == " ":
        return None
    return match["code"], match["value"]


def _coded_part(line: Line, item: Field | None, index: int) -> Part:
    """Return the line with the role of its field; codes before what the article says are left out."""
    if item is None:
        return Part(line, "boilerplate")
    kind = SECTION_OF.get(item.role, "boilerplate")
    is_head = index == item.first and kind != "boilerplate"
    return Part(line, kind, len(line.text) - len(item.value) if is_head else 0)


def _plain_document(lines: Sequence[Line], number: str, forms: Forms) -> Document | None:
    """Read a document without codes: title, byline, number of words, day, source, its code, ..., rights."""
    words = forms.exports.words.factiva
    length = re.compile(rf"[0-9][0-9,. ]* {any_of(words.words)}", re.IGNORECASE)
    count = next((index for index, line in enumerate(lines) if length.fullmatch(line.text)), None)
    if count is None or not 0 < count <= _MOST_TITLE_LINES + 1 or count + 2 >= len(lines):
        return None
    end = _head_end(lines, count, words)
    clock = lines[count + 2].text if _CLOCK.fullmatch(lines[count + 2].text) else ""
    published = moment_of(lines[count + 1].text, clock, forms)
    if end is None or published is None:
        return None
    head = _read_title(lines[:count], forms)
    source = lines[count + 2 + bool(clock)].text
    told = Metadata(
        title=head.title,
        outlet=source,
        author=head.author,
        language=_language(lines[count:end], forms),
        published=published,
    )
    kinds: list[SectionKind | None] = [
        *head.kinds,
        *_BOILERPLATE * (end - count),
        *[None] * (len(lines) - end),
    ]
    kinds[count + 1] = "dateline"
    if number:
        kinds[-1] = "boilerplate"
    return Document([Part(line, kind) for line, kind in zip(lines, kinds, strict=True)], told, number)


def _head_end(lines: Sequence[Line], count: int, words: Factiva) -> int | None:
    """Return the index below the notice on rights; None without such a notice or a code of the source."""
    head = lines[count : count + 2 + _MOST_HEAD_LINES]
    rights = (index for index, line in enumerate(head) if line.text.startswith(tuple(words.rights)))
    end = next(rights, None)
    if end is None or not any(_SOURCE_CODE.fullmatch(line.text) for line in head[:end]):
        return None
    return count + end + 1


class _Title(NamedTuple):
    """What the lines above the number of words tell, and their roles."""

    title: str | None
    author: str | None
    kinds: Sequence[SectionKind | None]


def _read_title(lines: Sequence[Line], forms: Forms) -> _Title:
    """Read the lines above the number of words: sections in a few words, the title, the byline.

    A line such as `Special to the Riverbend Times` may stand below the byline.
    """
    below = range(len(lines) - 1, max(0, len(lines) - 1 - _MOST_CREDITS), -1)
    by, author = next(
        ((index, name) for index in below if (name := _author(lines[index].text, forms))), (len(lines), None)
    )
    titles = lines[:by]
    short = itertools.takewhile(lambda line: len(line.text.split()) <= _MOST_SECTION_WORDS, titles[:-1])
    sections = len(list(short))
    kinds: list[SectionKind | None] = ["title"] * len(lines)
    kinds[:sections] = ["boilerplate"] * sections
    kinds[by:] = ["byline"] * (len(lines) - by)
    title = _ORDINAL.sub("", " ".join(line.text for line in titles[sections:]))
    return _Title(title or None, author, kinds)


def _author(text: str, forms: Forms) -> str | None:
    is_byline = forms.bylines.by.match(text) is not None or reporter_alone(text, forms) is not None
    return author_in_field(text, forms) if is_byline else None


def _language(head: Sequence[Line], forms: Forms) -> str | None:
    codes = (forms.exports.languages.get(fold(line.text)) for line in head)
    return next(filter(None, codes), None)
