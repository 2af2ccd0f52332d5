"""The lines of a text as they stand in it, in blocks without a blank line, and what they look like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Blanks, and the marks before the lines of a mail that is quoted: `> > `.
_MARGIN = re.compile(r"[^\S\n]*(?:>[>\s]*)?")
_TABULAR = re.compile(r"\S(?:\t| {3,})[^\S\n]*\S|\|.*\||^[-=_*~#]{2,}")
# What a line of a list begins with. A dash, number or letter may also begin any line of a paragraph.
_BULLET = re.compile(r"[*•·▪●◦‣○■□➢✓]\s")
_MARKER = re.compile(r"(?:[-–—+]|\(?\d{1,2}[.)]|\(?[A-Za-z][.)])\s")
_LABEL = re.compile(r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,4}:(?=\s|$)")
_FIELD = re.compile(r"[A-Z][\w-]{0,20}:\s")
_CLOSING_MARKS = "\"'”’)]»"
_OPENING_MARKS = "\"'“‘([«"
_SENTENCE_ENDS = (".", "!", "?", "…")
_NO_WORD = re.compile(r"https?:|www\.|\S*@")


@dataclass(frozen=True)
class PhysicalLine:
    """A line that is not blank.

    Attributes:
        start: Offset of its first character after the margin.
        end: Offset after its last character that is not white space.
        margin: The blanks before it, and the marks of a quoted mail.
        text: The line from `start` to `end`.
    """

    start: int
    end: int
    margin: str
    text: str

    @cached_property
    def indent(self) -> int:
        """The columns before it."""
        return len(self.margin.expandtabs())

    @property
    def width(self) -> int:
        """The columns that it takes, with its margin."""
        return self.indent + len(self.text)

    @property
    def depth(self) -> int:
        """How many times it is quoted in a mail."""
        return self.margin.count(">")

    @cached_property
    def first_word(self) -> str:
        """The characters before the first white space."""
        return self.text.split(maxsplit=1)[0]

    @property
    def is_one_word(self) -> bool:
        """Whether it has no blank, as an address of the web that is longer than any line."""
        return len(self.first_word) == len(self.text)

    @property
    def is_tabular(self) -> bool:
        """Whether it has columns, or is a rule."""
        return _TABULAR.search(self.text) is not None

    @property
    def has_bullet(self) -> bool:
        """Whether it certainly begins an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def has_marker(self) -> bool:
        """Whether it may begin an item of a list."""
        return _MARKER.match(self.text) is not None

    @property
    def has_label(self) -> bool:
        """Whether it begins as a turn or field does: `Q:`, `From:`."""
        return _LABEL.match(self.text) is not None

    @property
    def opens_item(self) -> bool:
        """Whether it may begin an item or field, whose other lines may be indented."""
        return self.has_bullet or self.has_marker or _FIELD.match(self.text) is not None

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends in a full stop or the like, perhaps before closing marks."""
        return self.text.rstrip(_CLOSING_MARKS).endswith(_SENTENCE_ENDS)

    @property
    def ends_phrase(self) -> bool:
        """Whether it ends a sentence, or in a colon."""
        return self.ends_sentence or self.text.endswith(":")

    @property
    def ends_in_comma(self) -> bool:
        """Whether it ends in a comma, perhaps before closing marks: `but the police,"`."""
        return self.text.rstrip(_CLOSING_MARKS).endswith(",")

    @property
    def begins_in_lower_case(self) -> bool:
        """Whether its first word has no capital; an address has no words."""
        bare = self.text.lstrip(_OPENING_MARKS)
        return bare[:1].islower() and not _NO_WORD.match(bare)


def find_blocks(text: str) -> Iterator[list[PhysicalLine]]:
    """Yield the blocks of two or more lines without a blank line between them."""
    block: list[tuple[int, str]] = []
    offset = 0
    for line in text.split("\n"):
        if _is_blank(line):
            if len(block) > 1:
                yield [_read(start, raw) for start, raw in block]
            block = []
        else:
            block.append((offset, line))
        offset += len(line) + 1
    if len(block) > 1:
        yield [_read(start, raw) for start, raw in block]


def _is_blank(line: str) -> bool:
    return not line.strip() or (line.lstrip().startswith(">") and not line.strip("> \t\xa0"))


def _read(start: int, raw: str) -> PhysicalLine:
    match = _MARGIN.match(raw)
    margin = match[0] if match else ""
    text = raw[len(margin) :].rstrip()
    return PhysicalLine(start + len(margin), start + len(margin) + len(text), margin, text)
