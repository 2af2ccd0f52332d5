"""CoNLL-U Plus: a word per line, with its offsets and a BIO label per layer.

Marks of a layer that overlap take further columns. A mark's value stands behind its label:
`B-PERSON=qais-al-khazali`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extract.errors import AnnotationError
from extract.export.annotation.documents import LAYERS, Document, Layer, Mark, documents, tracks
from extract.export.annotation.offsets import document, placed, text_of
from extract.export.annotation.tokens import tokens
from extract.export.selection import Selection

_HEAD, _ARTICLE = "# global.columns = ", "# newdoc id = "
_WORDS = ("ID", "FORM", "START", "END")


def write_conll(selection: Selection, path: Path) -> None:
    """Write all articles to one file; offsets count code points."""
    widths = _widths(selection)
    names = [f"{layer.upper()}{number or ''}" for layer in LAYERS for number in range(widths[layer])]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{_HEAD}{' '.join((*_WORDS, *names))}\n")
        for one in documents(selection):
            file.writelines(_lines(one, widths))


def read_conll(path: Path, texts: Mapping[str, str]) -> Iterator[Document]:
    """Read a file as `write_conll` writes it.

    Raises:
        AnnotationError: A line has no offsets, or an article is not published.
    """
    article_id, lines = "", list[list[str]]()
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if line.startswith(_ARTICLE):
                if article_id:
                    yield _document(article_id, lines, path, texts)
                article_id, lines = line.removeprefix(_ARTICLE).rstrip("\n"), []
            elif line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                if len(cells) <= len(_WORDS) or not (cells[2].isdecimal() and cells[3].isdecimal()):
                    raise AnnotationError(
                        f"{path}:{number} has no offsets.", advice=f"Keep the columns {', '.join(_WORDS)}."
                    )
                lines.append(cells)
    if article_id:
        yield _document(article_id, lines, path, texts)


def _widths(selection: Selection) -> Mapping[Layer, int]:
    """Return how many columns each layer needs: so many as its marks overlap at most."""
    widths = dict.fromkeys(LAYERS, 1)
    for one in documents(selection):
        for layer in LAYERS:
            widths[layer] = max(widths[layer], len(tracks(one.of(layer))))
    return widths


def _lines(one: Document, widths: Mapping[Layer, int]) -> Iterator[str]:
    places = tokens(one.text, (at for mark in one.marks for at in (mark.start, mark.end)))
    columns: list[Sequence[str]] = []
    for layer in LAYERS:
        rows = tracks(one.of(layer))
        rows += [[] for _ in range(widths[layer] - len(rows))]
        columns += [_labels(row, places) for row in rows]
    yield f"{_ARTICLE}{one.article_id}\n"
    for number, (start, end) in enumerate(places, start=1):
        cells = (str(number), one.text[start:end], str(start), str(end))
        yield "\t".join((*cells, *(column[number - 1] for column in columns))) + "\n"
    yield "\n"


def _labels(marks: Sequence[Mark], places: Sequence[tuple[int, int]]) -> list[str]:
    """Return the label of each word in a column."""
    labels = ["O"] * len(places)
    at = 0
    for mark in marks:
        told = f"{mark.label}={mark.value}" if mark.value else mark.label
        while at < len(places) and places[at][0] < mark.start:
            at += 1
        begin = "B"
        while at < len(places) and places[at][1] <= mark.end:
            labels[at] = f"{begin}-{told}"
            begin, at = "I", at + 1
    return labels


def _document(article_id: str, lines: list[list[str]], path: Path, texts: Mapping[str, str]) -> Document:
    text = text_of(article_id, texts, path)
    width = max((len(cells) for cells in lines), default=0)
    spans = [span for column in range(len(_WORDS), width) for span in _spans(lines, column)]
    for cells in lines:
        if text[int(cells[2]) : int(cells[3])] != cells[1]:
            raise AnnotationError(
                f"{path}: the word {cells[1]!r} of {article_id} does not stand at {cells[2]}.",
                advice="The article was edited since it was exported: export it again.",
            )
    return document(article_id, text, placed(spans, article_id, text, utf16=False))


def _spans(lines: list[list[str]], column: int) -> Iterator[tuple[int, int, str, str, None]]:
    """Yield the marks of a column."""
    opened: tuple[int, int, str] | None = None
    for cells in lines:
        label = cells[column] if column < len(cells) else "O"
        start, end = int(cells[2]), int(cells[3])
        if opened and label == f"I-{opened[2]}":
            opened = opened[0], end, opened[2]
            continue
        if opened:
            yield _span(opened)
        opened = None if label in {"O", "_", ""} else (start, end, label[2:])
    if opened:
        yield _span(opened)


def _span(opened: tuple[int, int, str]) -> tuple[int, int, str, str, None]:
    start, end, told = opened
    label, _, value = told.partition("=")
    return start, end, label, value, None
