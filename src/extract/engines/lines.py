"""Lines and paragraphs of a Doc: where its sentences end."""

import re

from spacy.tokens import Doc

from extract.paragraphs import find_paragraphs, is_hard_wrapped

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


__all__ = ["find_paragraphs", "is_hard_wrapped", "mark_line_starts"]
