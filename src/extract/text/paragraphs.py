"""Paragraphs of plain text; no sentence, quotation or date crosses their boundaries."""

import re

# Hard-wrapped text has many lines of similar, limited length.
_WRAP_WIDTH = range(50, 100)
_WRAPPED_SHARE = 0.6
_FEWEST_LINES = 8
_PARAGRAPH = re.compile(r"[^\n]+")
_WRAPPED_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")


def is_hard_wrapped(text: str) -> bool:
    """Return whether lines of the text break at a column limit, not only at the end of a paragraph.

    >>> is_hard_wrapped("One paragraph per line, however long it may become in the end.")
    False
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return False
    full = [line for line in lines if len(line) in _WRAP_WIDTH and line.rstrip()[-1] not in '.!?"”:']
    return len(full) >= _WRAPPED_SHARE * len(lines)


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the paragraphs: lines, or in hard-wrapped text blocks between blank lines."""
    pattern = _WRAPPED_PARAGRAPH if is_hard_wrapped(text) else _PARAGRAPH
    return [match.span() for match in pattern.finditer(text) if match.group().strip()]
