"""LexisNexis: documents that begin with `3 of 25 DOCUMENTS`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.reading.build import Draft
from extract.reading.export_forms import Lexis, folded
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
from extract.reading.exports.fields import Field, find_fields
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold, split_lines
from extract.reading.records.metadata import Metadata

_FEWEST_FIELDS = 2
_LONGEST_OUTLET = 80
_LONGEST_DATE = 80
_MOST_WORDS_BESIDE_DATE = 6
_LONGEST_EDITION = 60
_LABEL_BEHIND = re.compile(r" (?P<label>[A-Z]{4,20}): *(?P<value>\S.*)$")


def split_lexis(draft: Draft, forms: Forms) -> list[Draft]:
    """Return one draft per LexisNexis document; nothing if the text is no such export."""
    words = forms.exports.words.lexis
    if not any(word in draft.text.upper() for word in words.after_numbers):
        return []
    lines = split_lines(draft.text, forms.line_words)
    starts = [index for index, line in enumerate(lines) if forms.exports.lexis_mark.fullmatch(line.text)]
    if not starts:
        return []
    ends = [*starts[1:], len(lines)]
    chunks = [lines[start + 1 : end] for start, end in zip(starts, ends, strict=True)]
    chunks = [chunk for chunk in chunks if chunk]
    documents = [_document(chunk, forms) for chunk in chunks]
    if not are_documents(documents):
        return []
    pairs = zip(documents, chunks, strict=True)
    return drafts_of(draft, [document or plain_document(lines) for document, lines in pairs])


def _document(lines: Sequence[Line], forms: Forms) -> Document | None:
    """Return the document in the lines below a mark; None if they have not the fields of one."""
    labels = forms.exports.lexis
    fields = find_fields(lines, labels, capitals=True)
    if len({item.label for item in fields}) < _FEWEST_FIELDS:
        return None
    head = next((item.first for item in fields), 0)
    parts = [Part(line) for line in lines]
    told = _read_head(parts, head, forms)
    mark_fields(parts, fields, head, forms.exports.words.lexis)
    metadata = metadata_of(fields, forms)
    title, byline = title_and_byline(metadata.title or told.title or "", forms)
    author = metadata.author or metadata_of(byline, forms).author
    return Document(
        parts,
        replace(metadata, title=title or None, author=author, outlet=told.outlet, published=told.published),
    )


def _read_head(parts: list[Part], head: int, forms: Forms) -> Metadata:
    """Read the lines above the first field: outlet, day, edition, headline; rights may stand among them."""
    words = forms.exports.words.lexis
    outlet = published = None
    title: list[Line] = []
    for index, part in enumerate(parts[:head]):
        line = part.line
        if is_right(line.text, words):
            parts[index] = replace(part, kind="boilerplate")
        elif published is None and (moment := day_in(line.text, forms)):
            published = moment
            parts[index] = replace(part, kind="dateline")
        elif outlet is None and published is None and len(line.text) <= _LONGEST_OUTLET:
            outlet = line.text
            parts[index] = replace(part, kind="boilerplate")
        elif published is None or is_edition(line.text, words):
            parts[index] = replace(part, kind="boilerplate")
        elif not title or line.number == title[-1].number + 1:
            title.append(line)
            parts[index] = replace(part, kind="title")
    return Metadata(title=" ".join(line.text for line in title) or None, outlet=outlet, published=published)


def mark_fields(parts: list[Part], fields: Sequence[Field], head: int, words: Lexis) -> None:
    """Give the fields of a document their roles, and what stands among those below its text."""
    tail = _tail(fields, len(parts), folded(words.tail))
    for index, part in enumerate(parts):
        is_below = index >= tail or (index >= head and is_right(part.line.text, words))
        if is_below:
            parts[index] = replace(part, kind="boilerplate")
    for item in fields:
        for index in range(item.first, item.end if item.role != "body" else item.first):
            parts[index] = replace(parts[index], kind=SECTION_OF.get(item.role, "boilerplate"))
        if item.role == "body":
            label_length = len(parts[item.first].line.text) - len(item.value)
            parts[item.first] = replace(parts[item.first], kind=None, cut=label_length)


def _tail(fields: Sequence[Field], end: int, labels: frozenset[str]) -> int:
    """Return the index of the first field below the text: of those that stand there, with text above it."""
    below = (item for above, item in pairwise(fields) if item.first > above.end)
    return next((item.first for item in below if item.label in labels), end)


def title_and_byline(title: str, forms: Forms) -> tuple[str, list[Field]]:
    """Return the title without the byline that some documents have behind it: `TITLE BYLINE: By NAME`."""
    match = _LABEL_BEHIND.search(title)
    label = fold(match["label"]) if match else ""
    if match is None or forms.exports.lexis.get(label) != "author":
        return title.rstrip("; "), []
    return title[: match.start()], [Field("author", label, match["value"], 0, 0)]


def day_in(text: str, forms: Forms) -> str | None:
    """Return the day in a line that has little else: `September 5, 2021 Sunday 9:05 PM GMT`."""
    text = forms.exports.in_english(text)
    found = forms.dates.parse_line(text) if len(text) <= _LONGEST_DATE else None
    if found is None or len(found.rest.split()) > _MOST_WORDS_BESIDE_DATE:
        return None
    return moment_of(text, "", forms)


def is_right(text: str, words: Lexis) -> bool:
    """Return whether a line is a notice on rights."""
    return text.startswith(tuple(words.rights))


def is_edition(text: str, words: Lexis) -> bool:
    """Return whether a line names the edition: `Late Edition - Final`."""
    small = text.casefold()
    return len(text) <= _LONGEST_EDITION and any(word in small for word in words.edition_words)
