"""The names that a page gives its own outlet."""

from collections.abc import Mapping, Sequence

from extract.reading.page.boilerplate import about_name, tail_start
from extract.reading.page.bylines import author_of, outlet_beside_author
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, is_capitalised, outlet_key

_HEAD_LINES = 12
_MOST_WORDS = 5
_FEWEST_WORDS = 2


def find_own_names(lines: Sequence[Line], given: str | None, forms: Forms) -> Mapping[str, str]:
    """Return the names of the page's outlet, by key, the most reliable first.

    They come from the metadata, from `About NAME` and the copyright notice at the page's end, from
    `NAME | By ...`, and from beside the day in a date line (which may also be a place of several words).

    Args:
        lines: The lines of the page.
        given: The outlet given by the metadata.
        forms: The vocabulary of page layouts.
    """
    head = lines[:_HEAD_LINES]
    found = [given, *names_at_end(lines, forms)]
    found += [outlet_beside_author(line.text, forms) for line in head]
    found += [_beside_day(line.text, forms) for line in head]
    names: dict[str, str] = {}
    for name in found:
        if name and outlet_key(name):
            names.setdefault(outlet_key(name), name)
    return names


def names_at_end(lines: Sequence[Line], forms: Forms) -> Sequence[str]:
    """Return the names in `About NAME` and in the copyright notice."""
    found = [about_name(line, forms) for line in lines[tail_start(lines, forms) :]]
    found += [_copyright_holder(line.text, forms) for line in lines[-_HEAD_LINES:]]
    return [name for name in found if name]


def named_by_notice(text: str, forms: Forms) -> str | None:
    """Return the outlet that a notice describes: `NAME is a ...`, `NAME delivers ...`."""
    match = forms.describing.match(text)
    name = match["name"] if match else ""
    return name if len(name.split()) >= _FEWEST_WORDS and _is_name(name, forms) else None


def _copyright_holder(text: str, forms: Forms) -> str | None:
    match = forms.rights.fullmatch(text)
    return match["name"].strip() if match and _is_name(match["name"], forms) else None


def _beside_day(text: str, forms: Forms) -> str | None:
    parsed = None if author_of(text, forms) else forms.dates.parse_line(text)
    words = parsed.rest if parsed else ""
    return words if len(words.split()) >= _FEWEST_WORDS and _is_name(words, forms) else None


def _is_name(words: str, forms: Forms) -> bool:
    tokens = words.split()
    return 1 <= len(tokens) <= _MOST_WORDS and all(
        is_capitalised(token) or token in forms.outlet_small_words for token in tokens
    )
