"""Sentence boundaries of a Doc at its lines and paragraphs."""

from collections.abc import Iterator
from typing import Any

from spacy.tokens import Doc, Token

from extract.model import Article

# A sentence is cut after this many tokens even without a full stop, as the time to process a sentence is
# superlinear in its length. The longest stretch without one in 1,000 news articles, a list of names, has 222.
LONGEST_SENTENCE = 500
_SENTENCE_ENDS = frozenset({".", "?", "!", "…", "..."})


def mark_line_starts(doc: Doc) -> Doc:
    """Mark the first token after each line break as the start of a sentence.

    A stretch of `LONGEST_SENTENCE` tokens without sentence-final punctuation is also cut.
    """
    # All at once: for each single token marked, spaCy scans the whole Doc. Its type for the array is wrong.
    starts: Any = doc.to_array("SENT_START")
    for index in _sentence_starts(doc):
        starts[index] = 1
    return doc.from_array("SENT_START", starts)


def start_after_datelines(doc: Doc, article: Article) -> Doc:
    """Mark the first token after each dateline as the start of a sentence: `BASRA, May 3 — |It rained`.

    So are the first tokens of paragraphs in another language, and those after them.

    Args:
        doc: A Doc without sentences.
        article: Its article, with sections.
    """
    ends = {section.end for section in article.sections if section.kind in {"dateline", "foreign"}}
    ends |= {section.start for section in article.sections if section.kind == "foreign"}
    starts: Any = doc.to_array("SENT_START")
    for token in doc if ends else ():
        if not token.is_space and any(end <= token.idx for end in ends):
            starts[token.i] = 1
            ends = {end for end in ends if end > token.idx}
    return doc.from_array("SENT_START", starts)


def _sentence_starts(doc: Doc) -> Iterator[int]:
    start, ended = 0, False
    for token, opens_paragraph in _visible_tokens(doc):
        must_start = opens_paragraph or token.i - start >= LONGEST_SENTENCE
        if must_start:
            yield token.i
        if must_start or (ended and token.is_alpha):
            start = token.i
        ended = token.text in _SENTENCE_ENDS or (ended and not token.is_alpha)


def _visible_tokens(doc: Doc) -> Iterator[tuple[Token, bool]]:
    """Yield the tokens that are not white space, each with whether it opens a paragraph."""
    opens_paragraph = False
    for token in doc:
        if token.is_space:
            opens_paragraph = opens_paragraph or "\n" in token.text
        else:
            yield token, opens_paragraph
            opens_paragraph = False
