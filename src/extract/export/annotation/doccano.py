"""doccano: JSON lines of its sequence labelling projects, which count UTF-16 units.

It knows labels alone: who or what a mark is stays as it was.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.errors import AnnotationError
from extract.export.annotation.documents import Document, documents
from extract.export.annotation.offsets import Given, Utf16, document, placed, text_of
from extract.export.selection import Selection


def write_doccano(selection: Selection, path: Path) -> None:
    """Write one JSON object per article: its text, its labels, its article_id as metadata."""
    with path.open("w", encoding="utf-8") as file:
        for one in documents(selection):
            count = Utf16(one.text)
            labels = [[count.units(mark.start), count.units(mark.end), mark.label] for mark in one.marks]
            line = {"text": one.text, "label": labels, "article_id": one.article_id}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_doccano(path: Path, texts: Mapping[str, str]) -> Iterator[Document]:
    """Read what doccano exports, as JSONL or as JSONL with relations.

    Raises:
        AnnotationError: A line is no article of ours.
    """
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                yield _document(json.loads(line), path, texts)
            except (ValueError, KeyError, TypeError) as error:
                raise AnnotationError(
                    f"{path}:{number} is no article of a doccano export: {error!r}.",
                    advice="Export the project as JSONL.",
                ) from error


def _document(line: Mapping[str, Any], path: Path, texts: Mapping[str, str]) -> Document:
    metadata = line["meta"] if isinstance(line.get("meta"), dict) else line
    article_id = str(metadata["article_id"])
    text = text_of(article_id, texts, path)
    listed = line.get("label") or line.get("labels") or line.get("entities") or ()
    return document(article_id, text, placed(map(_span, listed), article_id, text, utf16=True))


def _span(one: Any) -> Given:  # noqa: ANN401 - unchecked JSON
    if isinstance(one, dict):
        return int(one["start_offset"]), int(one["end_offset"]), str(one["label"]), None, None
    return int(one[0]), int(one[1]), str(one[2]), None, None
