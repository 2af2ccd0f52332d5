"""Paragraphs of plain text; no sentence, quotation or date crosses their boundaries."""

import re

_PARAGRAPH = re.compile(r"[^\n]+")


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Return the offsets of the paragraphs, one a line: `extract.text.joining` joins wrapped lines before.

    >>> find_paragraphs("One.\n\nTwo.")
    [(0, 4), (6, 10)]
    """
    return [match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip()]
