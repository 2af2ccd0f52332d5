"""Which line breaks of a text are soft: white space within a paragraph that was wrapped at some width.

Lines that were wrapped are as long as a width allows: the first word of the next line would not have fitted.
That alone is chance for any two lines, so the words must also show it: somewhere a sentence goes on in lower
case, after a hyphen or after `the`. Titles, bylines, lists, verse and tables lack one or the other.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.text.line_breaks import (
    INDENT,
    PROSE,
    LineBreak,
    Width,
    document_width,
    narrowest_width,
    read_break,
    within_sentences,
)
from extract.text.line_words import LineWords
from extract.text.physical_lines import find_blocks

_FEWEST, _FEWEST_NARROW = 2, 3  # breaks within sentences that tell the width of one paragraph
_NO_MARGIN = 1_000
# A line below a title that may be no part of it: a day, an account, several things between bars, a byline.
_CREDITED = re.compile(r"\d|@|[|•·]|^[Bb][Yy]\b")
_FEWEST_WORDS = 4
_OPEN = 2  # breaks after which the sentence that runs over them certainly goes on


def find_soft_breaks(text: str, words: LineWords) -> list[LineBreak]:
    """Return the soft breaks of a text, in order."""
    blocks = [
        [read_break(above, below, words) for above, below in pairwise(lines)] for lines in find_blocks(text)
    ]
    width = document_width(found for block in blocks for found in block)
    return [found for block in blocks for found in _soft_breaks(block, width)]


def _soft_breaks(block: Sequence[LineBreak], document: Width | None) -> list[LineBreak]:
    """Return the soft breaks of a block.

    Args:
        block: The breaks between its lines.
        document: The width at which the text is wrapped, if it is known.
    """
    width = _width(block, document)
    margin = _margin(block)
    last_end = max((index for index, found in enumerate(block) if found.below.ends_sentence), default=-1)
    soft = []
    running = 0  # breaks over which the current sentence is known to run
    for index, found in enumerate(block):
        if not _opens_paragraph(found, margin) and _is_soft(
            found, width, running=running, ends_below=index <= last_end
        ):
            soft.append(found)
            running = 0 if found.above.ends_sentence else running + found.runs_on
        else:
            running = 0
    return soft


def _opens_paragraph(found: LineBreak, margin: int) -> bool:
    """Return whether the line below is indented as the first line of a paragraph is."""
    indent = found.below.indent
    return indent - margin >= INDENT and not (found.above.opens_item and indent > found.above.indent)


def _is_soft(found: LineBreak, width: Width | None, *, running: int, ends_below: bool) -> bool:
    """Return whether a break is soft.

    Args:
        found: The break.
        width: The width at which its block is wrapped, if it is.
        running: The number of breaks over which the sentence above is known to run.
        ends_below: A sentence ends at the end of a line below in the block, so the lines are prose.
    """
    if found.is_hard:
        return False
    if width is not None and width.explains(found):
        return True
    if found.runs_on and ends_below:
        return width is not None or found.above.width >= PROSE
    return running >= _OPEN and ends_below and not found.above.ends_phrase


def _margin(block: Sequence[LineBreak]) -> int:
    """Return the usual indent of the lines with which sentences go on; lines with more open a paragraph."""
    indents = Counter(found.below.indent for found in block if found.runs_on)
    return max(indents, key=lambda indent: (indents[indent], -indent), default=_NO_MARGIN)


def _width(block: Sequence[LineBreak], document: Width | None) -> Width | None:
    """Return the width at which a block is wrapped, None if it does not seem to be."""
    evidence = within_sentences(block)
    is_prose = block[-1].below.ends_sentence
    if document is not None and (any(map(document.explains, evidence)) or (is_prose and not evidence)):
        return document
    if document is not None and not evidence and _is_heading(block):
        return document
    if len(evidence) < _FEWEST or not is_prose:
        return None
    own, explained = narrowest_width(evidence)
    fewest = _FEWEST if own.low >= PROSE else _FEWEST_NARROW
    return own if explained == len(evidence) >= fewest else None


def _is_heading(block: Sequence[LineBreak]) -> bool:
    """Return whether a block is two lines, of which the second has no form of a byline or date line.

    A caption or a signature may end in a day and a credit: `... on Sunday.` above, `— NAME, July` above.
    """
    above, below = block[0].above, block[0].below.text
    if len(block) > 1 or above.has_label:
        return False
    if above.ends_sentence or above.has_marker or below.startswith("("):
        return True
    return len(below.split()) >= _FEWEST_WORDS and not _CREDITED.search(below)
