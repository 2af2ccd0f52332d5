"""Lines of plain text."""

_LINE_REACH = 300


def line_of(text: str, start: int, end: int, *, reach: int = _LINE_REACH) -> str:
    r"""Return the line of a span, cut to `reach` characters on each side.

    >>> line_of("KARL BRANDT\nHe left Basra.", 15, 19)
    'He left Basra.'
    """
    first, last = max(0, start - reach), end + reach
    line_end = text.find("\n", end, last)
    return text[text.rfind("\n", first, start) + 1 or first : line_end if line_end >= 0 else last]
