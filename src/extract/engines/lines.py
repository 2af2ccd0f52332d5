"""Lines and paragraphs: where sentences, quotations and dates end."""

import re

from spacy.tokens import Doc

# Text wrapped by hand or by a mail program has many lines of about the same, limited length.
_WRAP_WIDTH = range(50, 100)
_WRAPPED_SHARE = 0.6
_FEWEST_LINES = 8
_PARAGRAPH = re.compile(r"[^\n]+")
_WRAPPED_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def mark_line_starts(doc: Doc) -> Doc:
    """Mark the first token after each paragraph break as the start of a sentence.

    In hard-wrapped text only blank lines break paragraphs; elsewhere every line break does.
    """
    wrapped = is_hard_wrapped(doc.text)
    starts = False
    for token in doc:
        if token.is_space:
            starts = starts or bool(_BLANK_LINE.search(token.text) if wrapped else "\n" in token.text)
        elif starts:
            token.is_sent_start = True
            starts = False
    return doc


def is_hard_wrapped(text: str) -> bool:
    """Tell whether lines of the text end where the column ended, not where a paragraph did.

    >>> is_hard_wrapped("One paragraph a line, however long it may become in the end.")
    False
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return False
    full = [line for line in lines if len(line) in _WRAP_WIDTH and line.rstrip()[-1] not in '.!?"”:']
    return len(full) >= _WRAPPED_SHARE * len(lines)


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs' offsets: a line each, but blank lines divide hard-wrapped text."""
    pattern = _WRAPPED_PARAGRAPH if is_hard_wrapped(text) else _PARAGRAPH
    return [match.span() for match in pattern.finditer(text) if match.group().strip()]
