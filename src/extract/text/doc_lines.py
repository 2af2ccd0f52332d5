"""Lines and paragraphs of a Doc: where its sentences end."""

import re
from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc

from extract.text.paragraphs import find_paragraphs, is_hard_wrapped

# Tokens after which a sentence ends even without a mark, as the work on a sentence grows faster than its
# length. The longest stretch without a mark in 1,000 news articles, a list of names, has 222.
LONGEST_SENTENCE = 500
_SENTENCE_ENDS = frozenset({".", "?", "!", "…", "..."})
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def mark_line_starts(doc: Doc) -> Doc:
    """Mark the first token after each paragraph break as the start of a sentence.

    In hard-wrapped text only blank lines break paragraphs; elsewhere every line break does. Where no mark
    ends a sentence for `LONGEST_SENTENCE` tokens, another one starts.
    """
    # All at once: to mark a token alone, spaCy looks through the whole Doc. It types the array wrongly.
    starts: Any = doc.to_array("SENT_START")
    for index in _sentence_starts(doc):
        starts[index] = 1
    return doc.from_array("SENT_START", starts)


def _sentence_starts(doc: Doc) -> Iterator[int]:
    wrapped = is_hard_wrapped(doc.text)
    breaks = ended = False
    length = 0
    for token in doc:
        length += 1
        if token.is_space:
            breaks = breaks or bool(_BLANK_LINE.search(token.text) if wrapped else "\n" in token.text)
            continue
        if breaks or length > LONGEST_SENTENCE:
            yield token.i
        if breaks or length > LONGEST_SENTENCE or (ended and token.is_alpha):
            breaks, length = False, 1
        ended = token.text in _SENTENCE_ENDS or (ended and not token.is_alpha)


__all__ = ["LONGEST_SENTENCE", "find_paragraphs", "is_hard_wrapped", "mark_line_starts"]
