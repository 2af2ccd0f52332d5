"""Which line breaks of a text are soft: white space within a paragraph that was wrapped at some width.

Lines that were wrapped are as long as a width allows: the first word of the next line would not have fitted.
That alone is chance for any two lines, so the words must also show it: somewhere a sentence goes on in lower
case, after a hyphen or after `the`. Titles, bylines, lists, verse and tables lack one or the other.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.text.line_breaks import (
    INDENT,
    PROSE,
    LineBreak,
    Width,
    common_width,
    read_break,
    within_sentences,
)
from extract.text.line_words import LineWords
from extract.text.physical_lines import find_blocks

_EXPLAINED = 0.5  # the share of a block's breaks within sentences that the width of the document explains
_NO_MARGIN = 1_000
# A line below a title that may be no part of it: a day, an account, several things between bars, a byline.
_CREDITED = re.compile(r"\d|@|[|•·]|^[Bb][Yy]\b")
_FEWEST_WORDS = 4
_OPEN = 2  # breaks after which the sentence that runs over them certainly goes on


@dataclass(frozen=True, slots=True)
class Block:
    """The line breaks of a block, and what they tell together.

    Attributes:
        width: The width at which it is wrapped, if it is.
        is_certain: A break within a sentence is where that width has it.
        margin: The usual indent of the lines with which sentences go on.
        last_end: The index of the last break below which a line ends a sentence, so that all above are prose.
    """

    breaks: Sequence[LineBreak]
    width: Width | None
    is_certain: bool
    margin: int
    last_end: int


def find_soft_breaks(text: str, words: LineWords) -> list[LineBreak]:
    """Return the soft breaks of a text, in order."""
    blocks = [
        [read_break(above, below, words) for above, below in pairwise(lines)] for lines in find_blocks(text)
    ]
    width = common_width(found for block in blocks for found in block)
    return [found for block in blocks for found in _soft_breaks(_read_block(block, width))]


def _read_block(breaks: Sequence[LineBreak], document: Width | None) -> Block:
    """Read a block; the width at which the document is wrapped is known or not."""
    width = _width(breaks, document)
    return Block(
        breaks,
        width,
        is_certain=width is not None and any(map(width.explains, within_sentences(breaks))),
        margin=_margin(breaks),
        last_end=max((index for index, found in enumerate(breaks) if found.below.ends_sentence), default=-1),
    )


def _soft_breaks(block: Block) -> Iterator[LineBreak]:
    running = 0  # breaks over which the current sentence is known to run
    for index, found in enumerate(block.breaks):
        if _is_soft(block, index, running):
            yield found
            running = 0 if found.above.ends_sentence else running + found.runs_on
        else:
            running = 0


def _is_soft(block: Block, index: int, running: int) -> bool:
    """Return whether a break is soft, after a sentence that is known to run over some breaks above."""
    found = block.breaks[index]
    if found.is_hard or _opens_paragraph(found, block.margin):
        return False
    if block.width is not None and block.width.explains(found):
        return True
    if index > block.last_end:
        return False
    if found.runs_on:
        return block.is_certain or found.above.width >= PROSE
    return running >= _OPEN and not found.above.ends_phrase


def _opens_paragraph(found: LineBreak, margin: int) -> bool:
    """Return whether the line below is indented as the first line of a paragraph is."""
    indent = found.below.indent
    return indent - margin >= INDENT and not (found.above.opens_item and indent > found.above.indent)


def _margin(breaks: Sequence[LineBreak]) -> int:
    """Return the usual indent of the lines with which sentences go on."""
    indents = Counter(found.below.indent for found in breaks if found.runs_on)
    return max(indents, key=lambda indent: (indents[indent], -indent), default=_NO_MARGIN)


def _width(breaks: Sequence[LineBreak], document: Width | None) -> Width | None:
    """Return the width at which a block is wrapped, None if it does not seem to be."""
    evidence = within_sentences(breaks)
    is_prose = breaks[-1].below.ends_sentence
    if document is not None and (is_prose or evidence or _is_heading(breaks)):
        explained = sum(map(document.explains, evidence))
        if explained >= _EXPLAINED * len(evidence):
            return document
    return common_width(breaks) if is_prose else None


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
