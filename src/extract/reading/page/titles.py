"""The title of a page, and the deck and names below it."""

from collections.abc import Iterable, Mapping, Sequence

from extract.model import SectionKind
from extract.reading.page.boilerplate import PROSE_LENGTH, is_tagline
from extract.reading.page.bylines import names_outlet, reporter_alone, reporter_in_place
from extract.reading.page.datelines import find_lead_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, fold, outlet_key

# The head of a page ends with its third paragraph of prose.
_HEAD_LINES = 15
_HEAD_PROSE = 2
_LONGEST_TITLE = 160
_MOST_TITLE_WORDS = 28
_WRAP_LINES = 3
_SHORTEST_WRAPPED = 20
_SHORTEST_PROSE = 80
_BELOW_TITLE = 4
_BELOW_DECK = 3
_CREDITS = frozenset({"byline", "dateline"})


def head_end(lines: Sequence[Line]) -> int:
    """Return the index after the page's head: its first lines, up to the third paragraph of prose."""
    prose = 0
    for index, line in enumerate(lines[:_HEAD_LINES]):
        prose += len(line.text) >= PROSE_LENGTH
        if prose > _HEAD_PROSE:
            return index
    return min(len(lines), _HEAD_LINES)


def mark_title(
    lines: Sequence[Line],
    roles: list[SectionKind | None],
    title: str | None,
    names: Mapping[str, str],
    forms: Forms,
) -> None:
    """Mark the title's lines in `roles`, and what stands above them as page furniture.

    The outlet's name alone is furniture above the title or at the page's top, else a byline.
    """
    head = [index for index in range(head_end(lines)) if roles[index] in {None, "byline"}]
    free = [index for index in head if roles[index] is None]
    found = _given_title(lines, head, title) if title else _doubled_title(lines, free)
    if not found and not title:
        found = _guessed_title(lines, roles, names, forms)
    for index in found:
        roles[index] = "title"
    top = found[0] if found else 1
    for index in head:
        words = outlet_key(lines[index].text)
        named = words in names or forms.outlet_named(lines[index].text) is not None
        short = bool(found) and len(lines[index].text) < PROSE_LENGTH and roles[index] is None
        if index < top and index not in found and (named or short):
            roles[index] = "boilerplate"


def mark_below_title(lines: Sequence[Line], roles: list[SectionKind | None], forms: Forms) -> None:
    """Mark, between the title and the first paragraph, a reporter's name as byline and a deck as title.

    Names are `NAME in PLACE`, and a name alone above a date line.
    A deck is a line as short as a title right below it, with a byline or date line soon after.
    """
    titles = [index for index, role in enumerate(roles) if role == "title"]
    if not titles:
        return
    first = titles[0] + 1
    while first in titles:
        first += 1
    for index in range(first, min(first + _BELOW_TITLE, len(lines))):
        if roles[index] is not None:
            continue
        if len(lines[index].text) >= PROSE_LENGTH:
            break
        dated = index + 1 < len(lines) and roles[index + 1] == "dateline"
        if reporter_in_place(lines[index].text, forms) or (
            dated and reporter_alone(lines[index].text, forms)
        ):
            roles[index] = "byline"
    if first < len(lines) and roles[first] is None and may_be_title(lines, roles, first, forms):
        below = roles[first + 1 : first + 1 + _BELOW_DECK]
        if next((role for role in below if role not in {"caption", "boilerplate"}), None) in _CREDITS:
            roles[first] = "title"


def _given_title(lines: Sequence[Line], head: Iterable[int], title: str) -> list[int]:
    wanted = fold(title)
    return [index for index in head if wanted and fold(lines[index].text) == wanted]


def _doubled_title(lines: Sequence[Line], head: Sequence[int]) -> list[int]:
    """Return the places of a title that copying has doubled."""
    keys = [(index, fold(lines[index].text)) for index in head if len(lines[index].text) <= _LONGEST_TITLE]
    for index, key in keys:
        same = [other for other, other_key in keys if other_key == key and key]
        if len(same) > 1 and len(key.split()) > 1 and not ends_sentence(lines[index].text):
            return same
    return []


def _guessed_title(
    lines: Sequence[Line],
    roles: Sequence[SectionKind | None],
    names: Mapping[str, str],
    forms: Forms,
) -> list[int]:
    """Return the place of the first line of text if it is a title, passing over the outlet's taglines."""
    free = [index for index in range(head_end(lines)) if roles[index] is None]
    while len(free) > 1 and may_be_title(lines, roles, free[1], forms):
        line, below = lines[free[0]], lines[free[1]]
        longer = len(below.text.split()) > len(line.text.split())
        if not is_tagline(line, forms, names) and not (longer and names_outlet(line.text, forms)):
            break
        free = free[1:]
    if free and may_be_title(lines, roles, free[0], forms) and _has_body(lines, roles, free[0] + 1):
        return free[:1]
    return []


def may_be_title(
    lines: Sequence[Line], roles: Sequence[SectionKind | None], index: int, forms: Forms
) -> bool:
    """Return whether the line has the form of a title: short, no sentence, no section's name."""
    text = lines[index].text
    if len(text) > _LONGEST_TITLE or len(text.split()) > _MOST_TITLE_WORDS:
        return False
    lead_in = find_lead_in(text, forms)
    if fold(text) in forms.kickers:
        return False
    story = lead_in is not None and not lead_in.plain and lead_in.credit is not None
    return not (
        story or ends_sentence(text) or text.endswith((",", ";", ":")) or _is_wrapped(lines, roles, index)
    )


def _is_wrapped(lines: Sequence[Line], roles: Sequence[SectionKind | None], index: int) -> bool:
    """Return whether the line opens a paragraph wrapped by hand: a line below goes on in lower case."""
    for step, below in enumerate(lines[index + 1 : index + 1 + _WRAP_LINES], start=1):
        if below.number != lines[index].number + step or roles[index + step]:
            return False
        if below.text[0].islower() and len(below.text) >= _SHORTEST_WRAPPED:
            return True
    return False


def _has_body(lines: Sequence[Line], roles: Sequence[SectionKind | None], start: int) -> bool:
    below = (lines[index].text for index in range(start, len(lines)) if roles[index] is None)
    return any(len(text) >= _SHORTEST_PROSE or ends_sentence(text) for text in below)
