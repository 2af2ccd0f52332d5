"""The posts of a live blog: each has the time at which it was written on a line of its own."""

from collections.abc import Sequence

from extract.reading.page.credits import is_date_line
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence

# Fewer times may be the hours of a programme. A heading may stand between a time and its post.
_FEWEST = 3
_HEADING_LINES = 2


def find_post_times(lines: Sequence[Line], forms: Forms) -> Sequence[int]:
    """Return the indices of the lines that give the times of posts, none if the text is no live blog."""
    times = [
        index
        for index, line in enumerate(lines)
        if (forms.dates.is_clock(line.text) or is_date_line(line.text, forms)) and _opens_post(lines, index)
    ]
    return times if len(times) >= _FEWEST else []


def _opens_post(lines: Sequence[Line], index: int) -> bool:
    """Return whether a sentence follows the line, below a heading or none."""
    return any(ends_sentence(line.text) for line in lines[index + 1 : index + 1 + _HEADING_LINES])
