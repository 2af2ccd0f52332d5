"""The posts of a live blog: each has the time at which it was written on a line of its own."""

from collections.abc import Sequence

from extract.reading.page.credits import is_date_line
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence

#: Fewer times may be the hours of a programme.
FEWEST_POSTS = 3
# A heading may stand between a time and its post.
_HEADING_LINES = 2


def find_post_times(lines: Sequence[Line], forms: Forms) -> Sequence[int]:
    """Return the indices of the lines that give the times of posts, none if the text is no live blog.

    A line with only a day above such a time, which is that of the posts below, is among them.
    """
    times = [
        index
        for index, line in enumerate(lines)
        if is_post_time(line.text, forms) and _opens_post(lines, index)
    ]
    if len(times) < FEWEST_POSTS:
        return []
    above = {index - 1 for index in times if index and forms.dates.is_day(lines[index - 1].text)}
    return sorted(above.union(times))


def is_post_time(text: str, forms: Forms) -> bool:
    """Return whether a line gives a time, a full date, or both, and nothing else."""
    return forms.dates.is_time(text) or is_date_line(text, forms)


def _opens_post(lines: Sequence[Line], index: int) -> bool:
    """Return whether a sentence follows the line, below a heading or none."""
    return any(ends_sentence(line.text) for line in lines[index + 1 : index + 1 + _HEADING_LINES])
