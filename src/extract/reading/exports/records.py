"""ProQuest and EBSCO: documents of labelled fields, divided by a rule of dashes or by their number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.reading.build import Draft
from extract.reading.export_forms import Records
from extract.reading.exports.documents import SECTION_OF, Document, Part, drafts_of, metadata_of
from extract.reading.exports.fields import Field, find_fields
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold, split_lines
from extract.text.alternations import any_of

_RULE = re.compile(r"[_=*-]{20,}")
_FEWEST_FIELDS = 4
_NO_DIGIT = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_TITLE = 300
_INVERTED = re.compile(r"(?P<surname>[^\s,]+), (?P<given>[^\s,]+(?: [^\s,]+){0,2})")


def split_records(draft: Draft, forms: Forms) -> list[Draft]:
    """Return one draft per record; nothing if the text is no export of such a database."""
    words = forms.exports.words.records
    if not any(f"{sign}:" in draft.text for sign in words.signs):
        return []
    chunks = _chunks(split_lines(draft.text, forms.line_words), words)
    documents = [_document(chunk, forms) for chunk in chunks]
    return drafts_of(draft, [document for document in documents if document])


def _chunks(lines: Sequence[Line], words: Records) -> list[list[Line]]:
    """Divide the lines at rules and numbers."""
    number = re.compile(rf"{any_of(words.start)} *[0-9]{{1,6}}(?: [a-z]{{1,3}} [0-9]{{1,6}})?", re.IGNORECASE)
    chunks: list[list[Line]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line.text) or number.fullmatch(line.text):
            chunks.append([])
        else:
            chunks[-1].append(line)
    return chunks


def _document(lines: Sequence[Line], forms: Forms) -> Document | None:
    """Return the record in the lines; None if they are a cover, or the foot of the export."""
    words = forms.exports.words.records
    tail = next((i for i, line in enumerate(lines) if line.text.startswith(tuple(words.tail))), len(lines))
    lines = lines[:tail]
    fields = find_fields(lines, forms.exports.records)
    signs = {fold(sign) for sign in words.signs}
    labels = {item.label for item in fields}
    if len(labels) < _FEWEST_FIELDS or labels.isdisjoint(signs):
        return None
    metadata = metadata_of([_in_order(item) for item in fields], forms)
    parts = [Part(line, "boilerplate") for line in lines]
    if fields[0].first > 0 and len(lines[0].text) <= _LONGEST_TITLE:
        parts[0] = Part(lines[0], "title")
    for index, item in enumerate(fields):
        _mark(parts, item, fields[index + 1].first if index + 1 < len(fields) else len(lines))
    number = next((item.value for item in fields if item.role == "id" and item.value), "")
    return Document(parts, metadata, _NO_DIGIT.sub("", number))


def _in_order(item: Field) -> Field:
    """Return the field of the authors with given names first: `Odeh, Rana; Salim, Omar`."""
    if item.role != "author":
        return item
    pieces = [_INVERTED.sub(r"\g<given> \g<surname>", piece.strip()) for piece in item.value.split(";")]
    return replace(item, value=" and ".join(filter(None, pieces)))


def _mark(parts: list[Part], item: Field, limit: int) -> None:
    """Give the lines of a field its role; a text goes on to the next field."""
    if item.role == "body":
        cut = len(parts[item.first].line.text) - len(item.value)
        parts[item.first] = Part(parts[item.first].line, None, cut)
        for index in range(item.first + 1, limit):
            parts[index] = Part(parts[index].line)
    else:
        for index in range(item.first, item.end):
            parts[index] = Part(parts[index].line, SECTION_OF.get(item.role, "boilerplate"))
