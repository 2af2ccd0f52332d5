"""WebAnno TSV 3.3, for WebAnno and INCEpTION: a file per article; offsets count UTF-16 units.

The text of an article is one sentence: so it comes back letter by letter, whatever stands between its lines.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extract.errors import AnnotationError
from extract.export.annotation.documents import Document, Mark, documents
from extract.export.annotation.folders import article_files
from extract.export.annotation.offsets import Utf16, document, placed
from extract.export.annotation.tokens import tokens
from extract.export.selection import Selection
from extract.ids import file_name

_LAYER = "webanno.custom.Extract"
_NOTHING = "_\t_"
_RESERVED = re.compile(r"[\\\[\]|_;*]|->")
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_CONTROLS = {"\\": "\\\\", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}
_CONTROL = re.compile(r"[\\\r\t\f\b]")
_WORD = re.compile(r"^\d+-\d+(?:\.\d+)?\t(\d+)-(\d+)\t[^\t]*\t([^\t]*)\t([^\t\n]*)", re.MULTILINE)
_STACKED = re.compile(r"(?:\\.|[^|\\])+")
_NUMBERED = re.compile(r"(.*?)(?:\[(\d+)\])?")


def write_webanno(selection: Selection, folder: Path) -> None:
    """Write `<name>.tsv` per article, with the span layer `Extract`: its features are `label` and `who`."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in documents(selection):
        path = folder / f"{file_name(one.article_id)}.tsv"
        path.write_bytes("".join(_lines(one)).encode())


def read_webanno(folder: Path, texts: Mapping[str, str]) -> Iterator[Document]:
    """Read a folder of .tsv files; their names, or those of their folders, tell the articles.

    Raises:
        AnnotationError: A file has another form.
    """
    for article_id, text, path in article_files(folder, ".tsv", texts):
        content = path.read_bytes().decode("utf-8")
        if f"#T_SP={_LAYER}|label|who" not in content:
            raise AnnotationError(
                f"{path} lacks the layer {_LAYER} with label and who.",
                advice="Export as WebAnno TSV 3.3, with no other layer before this one.",
            )
        yield document(article_id, text, placed(_spans(content), article_id, text, utf16=True))


def _lines(one: Document) -> Iterator[str]:
    yield f"#FORMAT=WebAnno TSV 3.3\n#T_SP={_LAYER}|label|who\n\n\n"
    places = tokens(one.text, (at for mark in one.marks for at in (mark.start, mark.end)))
    sentence = one.text[places[0][0] : places[-1][1]] if places else ""
    for line in sentence.split("\n"):
        yield f"#Text={_CONTROL.sub(lambda match: _CONTROLS[match[0]], line)}\n"
    yield from _words(one, places)


def _words(one: Document, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield a line per word; what is marked there is looked up only where a mark begins or ends."""
    text, count = one.text, Utf16(one.text)
    opening = sorted(enumerate(one.marks, start=1), key=lambda pair: pair[1].start, reverse=True)
    opened: list[tuple[int, Mark]] = []
    cells, until = _NOTHING, len(text)
    for number, (start, end) in enumerate(places, start=1):
        if start >= until or (opening and opening[-1][1].start <= start):
            opened = [pair for pair in opened if pair[1].end > start]
            while opening and opening[-1][1].start <= start:
                opened.append(opening.pop())
            cells, until = _cells(opened), min((mark.end for _, mark in opened), default=len(text))
        word = text[start:end]
        shown = word if word.isalnum() else _escape(word)
        yield f"1-{number}\t{count.units(start)}-{count.units(end)}\t{shown}\t{cells}\t\n"


def _cells(opened: Sequence[tuple[int, Mark]]) -> str:
    """Return the two cells of a word: labels and values of its marks, each with the number of the mark."""
    if not opened:
        return _NOTHING
    labels = "|".join(f"{mark.label}[{key}]" for key, mark in opened)
    values = "|".join(f"{_escape(mark.value or '') or '*'}[{key}]" for key, mark in opened)
    return f"{labels}\t{values}"


def _spans(content: str) -> Iterator[tuple[int, int, str, str, None]]:
    """Yield the marks of a file: words with one number belong together, a word without one stands alone."""
    found: dict[tuple[str, int], tuple[int, int, str, str]] = {}
    for match in _WORD.finditer(content):
        start, end = int(match[1]), int(match[2])
        if match[3] == "_" and match[4] == "_":
            continue
        pairs = zip(_STACKED.findall(match[3]), _STACKED.findall(match[4]), strict=True)
        for position, (label, who) in enumerate(pairs):
            (name, number), (value, _) = _numbered(label), _numbered(who)
            key = (number, 0) if number else (f"at {start}", position)
            first = found[key][0] if key in found else start
            found[key] = first, end, _unescape(name), "" if value in "*_" else _unescape(value)
    yield from ((*one, None) for one in found.values())


def _numbered(cell: str) -> tuple[str, str]:
    match = _NUMBERED.fullmatch(cell)
    return (match[1], match[2] or "") if match else (cell, "")


def _escape(words: str) -> str:
    return _RESERVED.sub(lambda match: f"\\{match[0]}", words)


def _unescape(words: str) -> str:
    return _ESCAPED.sub(lambda match: match[1], words)
