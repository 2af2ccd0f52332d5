"""brat: a text and a standoff file per article. It counts code points and cuts marks at line breaks."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.export.annotation.documents import ALL_LABELS, Document, documents
from extract.export.annotation.folders import article_files
from extract.export.annotation.offsets import document, placed
from extract.export.selection import Selection
from extract.ids import file_name

_LINE = re.compile(r"[^\n-\r\x1c-\x1e\x85\u2028\u2029]+")  # brat reads lines as Python does
_MARK = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t([^\n]*)", re.MULTILINE)
_NOTE = re.compile(r"^#\d+\tAnnotatorNotes (T\d+)\t([^\n]*)", re.MULTILINE)


def write_brat(selection: Selection, folder: Path) -> None:
    """Write `<name>.txt` and `<name>.ann` per article, and `annotation.conf` with the labels.

    The note of a mark says who or when it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(_config(), encoding="utf-8")
    for one in documents(selection):
        path = folder / file_name(one.article_id)
        path.with_suffix(".txt").write_bytes(one.text.encode())
        path.with_suffix(".ann").write_bytes("".join(_lines(one)).encode())


def read_brat(folder: Path, texts: Mapping[str, str]) -> Iterator[Document]:
    """Read a folder of .ann files; their names tell the articles.

    Raises:
        AnnotationError: A mark stands elsewhere in the text.
    """
    for article_id, text, path in article_files(folder, ".ann", texts):
        content = path.read_bytes().decode("utf-8")
        notes = dict(_NOTE.findall(content))
        spans = []
        for key, label, offsets, words in _MARK.findall(content):
            numbers = [*map(int, re.split("[ ;]", offsets))]
            spans.append((numbers[0], numbers[-1], label, notes.get(key, ""), words))
        yield document(article_id, text, placed(spans, article_id, text, utf16=False))


def _lines(one: Document) -> Iterator[str]:
    for number, mark in enumerate(one.marks, start=1):
        pieces = [
            (mark.start + piece.start(), mark.start + piece.end())
            for piece in _LINE.finditer(one.text[mark.start : mark.end])
        ]
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(one.text[start:end] for start, end in pieces)
        yield f"T{number}\t{mark.label} {offsets}\t{words}\n"
        if mark.value:
            yield f"#{number}\tAnnotatorNotes T{number}\t{mark.value}\n"


def _config() -> str:
    return "\n".join(["[entities]", *ALL_LABELS, "[relations]", "[events]", "[attributes]", ""])
