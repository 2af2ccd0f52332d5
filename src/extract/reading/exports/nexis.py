"""Nexis Uni: documents that end with `End of Document`; a cover page stands in front of the first."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extract.reading.build import Draft
from extract.reading.export_forms import folded
from extract.reading.exports.documents import (
    Document,
    Part,
    are_documents,
    drafts_of,
    metadata_of,
)
from extract.reading.exports.fields import find_fields
from extract.reading.exports.lexis import day_in, is_edition, is_right, mark_fields, title_and_byline
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold, split_lines
from extract.reading.records.metadata import Metadata

_FEWEST_FIELDS = 2
_LONGEST_OUTLET = 80


def split_nexis(draft: Draft, forms: Forms) -> list[Draft]:
    """Return one draft per Nexis Uni document; nothing if the text is no such export."""
    words = forms.exports.words.lexis
    if not any(end in draft.text for end in words.end):
        return []
    ends = folded(words.end)
    chunks: list[list[Line]] = [[]]
    for line in split_lines(draft.text, forms.line_words):
        if fold(line.text) in ends:
            chunks.append([])
        elif not line.text.startswith(tuple(words.page_lines)):
            chunks[-1].append(line)
    *closed, rest = chunks
    # A document that is cut off has no end line.
    whole = [*closed, rest] if find_fields(rest, forms.exports.lexis) else closed
    documents = [_document(chunk, forms) for chunk in whole]
    if not are_documents(documents):
        return []
    return drafts_of(
        draft, [document or _undated(chunk, forms) for document, chunk in zip(documents, whole, strict=True)]
    )


def _document(lines: Sequence[Line], forms: Forms) -> Document | None:
    """Return the document in the lines above an end line; None if they have not the head of one."""
    words = forms.exports.words.lexis
    cover = max((i for i, line in enumerate(lines) if line.text.startswith(tuple(words.cover))), default=-1)
    lines = lines[cover + 1 :]
    fields = find_fields(lines, forms.exports.lexis)
    if len({item.label for item in fields}) < _FEWEST_FIELDS:
        return None
    head = fields[0].first
    day = _day_above(lines, head, forms)
    if day is None:
        return None
    start = _start(lines[:day]) if cover >= 0 else 0
    shown = lines[start:]
    parts = [Part(line) for line in shown]
    told = _read_head(parts, day - start, head - start, forms)
    fields = find_fields(shown, forms.exports.lexis)
    mark_fields(parts, fields, head - start, words)
    _mark_headings(parts, forms)
    title, byline = title_and_byline(told.title or "", forms)
    metadata = metadata_of([*byline, *fields], forms)
    return Document(
        parts, replace(metadata, title=title or None, outlet=told.outlet, published=told.published)
    )


def _undated(lines: Sequence[Line], forms: Forms) -> Document:
    """Return a document without a date line among others that have one: its title is its first line."""
    parts = [Part(line) for line in lines]
    fields = find_fields(lines, forms.exports.lexis)
    if fields:
        head = fields[0].first
        parts[1:head] = [replace(part, kind="boilerplate") for part in parts[1:head]]
        mark_fields(parts, fields, head, forms.exports.words.lexis)
    _mark_headings(parts, forms)
    metadata = replace(metadata_of(fields, forms), title=lines[0].text if lines else None)
    return Document(parts, metadata)


def _day_above(lines: Sequence[Line], head: int, forms: Forms) -> int | None:
    """Return the index of the date line above the first field."""
    days = (index for index in range(head - 1, 1, -1) if day_in(lines[index].text, forms))
    return next(days, None)


def _start(above: Sequence[Line]) -> int:
    """Return where the first document begins below the cover page: at its title, two lines above the day.

    A title of several lines is found by the blank line above it.
    """
    title = len(above) - 2
    numbers = [line.number for line in above]
    is_airy = any(below > upper + 1 for upper, below in itertools.pairwise(numbers))
    while is_airy and title > 0 and numbers[title] == numbers[title - 1] + 1:
        title -= 1
    return max(title, 0)


def _read_head(parts: list[Part], day: int, head: int, forms: Forms) -> Metadata:
    """Read title, outlet and day, and mark them and the lines between the day and the first field."""
    words = forms.exports.words.lexis
    title, outlet = parts[: day - 1], parts[day - 1].line.text
    parts[: day - 1] = [replace(part, kind="title") for part in title]
    parts[day - 1] = replace(parts[day - 1], kind="boilerplate")
    parts[day] = replace(parts[day], kind="dateline")
    for index in range(day + 1, head):
        text = parts[index].line.text
        if is_right(text, words) or is_edition(text, words) or len(text) <= _LONGEST_OUTLET:
            parts[index] = replace(parts[index], kind="boilerplate")
    return Metadata(
        title=" ".join(part.line.text for part in title) or None,
        outlet=outlet if len(outlet) <= _LONGEST_OUTLET else None,
        published=day_in(parts[day].line.text, forms),
    )


def _mark_headings(parts: list[Part], forms: Forms) -> None:
    """Mark what stands below the headings `Classification` and `Graphic`; `Body` begins the text."""
    headings = forms.exports.lexis_headings
    kind: str | None = None
    for index, part in enumerate(parts):
        role = headings.get(fold(part.line.text))
        if role:
            kind = role
            parts[index] = replace(part, kind="boilerplate")
        elif kind == "caption" and part.kind is None:
            parts[index] = replace(part, kind="caption")
        elif kind == "boilerplate":
            parts[index] = replace(part, kind="boilerplate")
