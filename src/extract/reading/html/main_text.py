"""The main text of a page, found by trafilatura."""

import logging

from lxml import etree
from trafilatura import bare_extraction

from extract.reading.html.document import Tree

# A page with less text than this is tried again in ways that find more.
_SHORT = 200
_BLOCKS = frozenset({"body", "code", "head", "item", "lb", "list", "p", "quote", "row", "table"})
_CELL = "\x1f"

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what becomes an issue here


def main_lines(tree: Tree) -> list[str]:
    """Return the paragraphs, headings, list items and table rows of the main text; cells are joined by tabs.

    The setting for precision keeps teasers and comments out; it may find nothing in a short page.
    """
    found: list[str] = []
    for precision, recall in ((True, False), (False, False), (False, True)):
        lines = _extract(tree, precision=precision, recall=recall)
        if sum(map(len, lines)) > sum(map(len, found)):
            found = lines
        if sum(map(len, found)) >= _SHORT:
            break
    return found


def _extract(tree: Tree, *, precision: bool, recall: bool) -> list[str]:
    document = bare_extraction(tree, include_comments=False, favor_precision=precision, favor_recall=recall)
    body = getattr(document, "body", None)
    return _lines(body) if body is not None else []


def _lines(body: etree._Element) -> list[str]:
    lines: list[str] = []
    pieces: list[str] = []

    def end_line() -> None:
        cells = (" ".join(cell.split()) for cell in "".join(pieces).split(_CELL))
        pieces.clear()
        text = "\t".join(filter(None, cells))
        if text:
            lines.append(text)

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            end_line()
        if event == "start":
            pieces.append(element.text or "")
        else:
            pieces.append(_CELL if element.tag == "cell" else element.tail or "")
    end_line()
    return lines
