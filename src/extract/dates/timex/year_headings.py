"""Years that apply to the text after them: `2003: ...` for its line, `In 2014, ...` for its sentence."""

import re
from itertools import islice

from extract.dates.cues import SENTENCE_OPENING, ContextCues

_OPENS = re.compile(rf"{SENTENCE_OPENING}\Z")
_LINE_OPENS = re.compile(r"(?:\A|\n)[^\S\n]{0,8}[=#*•–-]{0,4}[^\S\n]{0,8}\Z")
_LINE_CLOSES = re.compile(r"[^\S\n]{0,8}(?:[=:.]{0,4}[^\S\n]{0,8}(?:\n|\Z)|[:–—])")
_LONGEST_OPENING = 40
_HEADING_MARK = re.compile(r"\s?[:–—]\s|\s-\s")
# A full stop after a short title (`Gen.`, `Dr.`) or an initial does not end a sentence.
_SENTENCE_END = re.compile(
    r"(?<=\w\w)(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?][\"”’')\]]*\s+(?=[A-Z\"“‘(])|\n"
)
_LONGEST_SENTENCE = 1000
# No story goes on for this many characters without restating its day or year.
_FAR = 3000
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n|[.!?:\"”]\s?\n")


def frame_end(text: str, start: int, end: int, cues: ContextCues) -> int | None:
    """Return the end of the text that the year at `start:end` applies to; None if it frames nothing.

    The year in `In 2014, the town fell. It was retaken.` applies to the first sentence.
    """
    if _ends_here(_OPENS, text, start) and _HEADING_MARK.match(text, end):
        line_end = text.find("\n", end)
        return len(text) if line_end < 0 else line_end
    if _ends_here(cues.opens_frame, text, start):
        sentence_end = _SENTENCE_END.search(text, end, end + _LONGEST_SENTENCE)
        return min(len(text), end + _LONGEST_SENTENCE) if sentence_end is None else sentence_end.start()
    return None


def is_heading(text: str, start: int, end: int) -> bool:
    """Return whether `start:end` is a whole line, or begins a line and is followed by a colon or dash.

    >>> is_heading("== 2005 ==", 3, 7)
    True
    """
    return _ends_here(_LINE_OPENS, text, start) and _LINE_CLOSES.match(text, end) is not None


def is_near(text: str, start: int, end: int, *, paragraphs: int) -> bool:
    """Return whether at most `paragraphs` paragraphs end between two offsets.

    A line break ends a paragraph only after the end of a sentence: elsewhere the line may be wrapped.
    """
    if end - start > _FAR:
        return False
    ends = islice(_PARAGRAPH_BREAK.finditer(text, start, end), paragraphs + 1)
    return sum(1 for _ in ends) <= paragraphs


def _ends_here(pattern: re.Pattern[str], text: str, offset: int) -> bool:
    return pattern.search(text, max(0, offset - _LONGEST_OPENING), offset) is not None
