"""The title of a page, and the deck and names below it."""

from collections.abc import Iterable, Mapping, Sequence

from extract.model import SectionKind
from extract.reading.page.boilerplate import PROSE_LENGTH, is_tagline
from extract.reading.page.bylines import (
    is_role,
    is_surely_person,
    leads_to_account,
    names_outlet,
    reporter_alone,
    reporter_in_place,
)
from extract.reading.page.credits import opens_with_day
from extract.reading.page.datelines import find_lead_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, fold, outlet_key

# The head of a page ends before its third paragraph of prose.
_HEAD_LINES = 15
_HEAD_PROSE = 2
_LONGEST_TITLE = 160
_MOST_TITLE_WORDS = 28
_FEWEST_TITLE_WORDS = 3
_SHORTEST_PROSE = 80
_BELOW_TITLE = 4
_BELOW_DECK = 3
_CREDITS = frozenset({"byline", "dateline"})
_FREE_OR_BYLINE = frozenset({None, "byline"})


def head_end(lines: Sequence[Line]) -> int:
    """Return the index after the page's head: the first lines, before the third paragraph of prose."""
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
    own_names: Mapping[str, str],
    forms: Forms,
    *,
    may_guess: bool = True,
) -> None:
    """Mark the title's lines in `roles`, and the short lines above them as page furniture.

    A line that is only an outlet's name becomes furniture above the title or, without a title, as the first
    line of the page; elsewhere it stays a byline.
    """
    found = _find_title(lines, roles, title, own_names, forms, may_guess=may_guess)
    for index in found:
        roles[index] = "title"
    top = found[0] if found else min(1, len(lines))
    for index in range(top):
        text = lines[index].text
        is_short = bool(found) and roles[index] is None and len(text) < PROSE_LENGTH
        if is_short or (roles[index] in _FREE_OR_BYLINE and _is_outlet(text, own_names, forms)):
            roles[index] = "boilerplate"


def _find_title(
    lines: Sequence[Line],
    roles: Sequence[SectionKind | None],
    title: str | None,
    own_names: Mapping[str, str],
    forms: Forms,
    *,
    may_guess: bool,
) -> list[int]:
    """Return the indices of the title's lines: those of the given title, else of a doubled or guessed one."""
    head = range(head_end(lines))
    if title:
        return _given_title(lines, [index for index in head if roles[index] in _FREE_OR_BYLINE], title)
    free = [index for index in head if roles[index] is None]
    guessed = _guessed_title(lines, roles, free, own_names, forms) if may_guess else []
    return _doubled_title(lines, free) or guessed


def _is_outlet(text: str, own_names: Mapping[str, str], forms: Forms) -> bool:
    return outlet_key(text) in own_names or forms.outlet_named(text) is not None


def mark_below_title(lines: Sequence[Line], roles: list[SectionKind | None], forms: Forms) -> None:
    """Mark a reporter's name below the title as byline, and a deck as part of the title.

    A reporter's name is `NAME in PLACE`, or a name alone above a date line. A deck is a line directly below
    the title, as short as a title, with a byline or date line soon after it.
    """
    if "title" not in roles:
        return
    below = roles.index("title") + 1
    while below < len(roles) and roles[below] == "title":
        below += 1
    _mark_reporters(lines, roles, below, forms)
    if _is_deck(lines, roles, below, forms):
        roles[below] = "title"


def _mark_reporters(lines: Sequence[Line], roles: list[SectionKind | None], start: int, forms: Forms) -> None:
    """Mark the reporters' names and the days between the title and the first paragraph.

    Below a long paragraph, which may be a deck, only a name above a date line counts.
    """
    is_below_prose = False
    for index in range(start, min(start + _BELOW_TITLE, len(lines))):
        text = lines[index].text
        if roles[index] is not None:
            continue
        if len(text) >= PROSE_LENGTH:
            if is_below_prose:
                return
            is_below_prose = True
        elif _is_reporter(lines, roles, index, forms, is_below_prose=is_below_prose):
            roles[index] = "byline"
        elif not is_below_prose and opens_with_day(text, forms):
            roles[index] = "dateline"


def _is_reporter(
    lines: Sequence[Line],
    roles: Sequence[SectionKind | None],
    index: int,
    forms: Forms,
    *,
    is_below_prose: bool,
) -> bool:
    """Return whether the line is the reporter's name: with a place, or above a date line or a role."""
    text = lines[index].text
    if not is_below_prose and reporter_in_place(text, forms):
        return True
    at = index + 1 + any(leads_to_account(line.text, forms) for line in lines[index + 1 : index + 2])
    below = [line.text for line in lines[at : at + 1]]
    above_date = roles[at : at + 1] == ["dateline"]
    above_role = not is_below_prose and any(is_role(text, forms) for text in below)
    if any(opens_with_day(text, forms) for text in below) and is_surely_person(text, forms):
        return True
    return (above_date or above_role) and reporter_alone(text, forms) is not None


def _is_deck(lines: Sequence[Line], roles: Sequence[SectionKind | None], index: int, forms: Forms) -> bool:
    """Return whether the line below the title is a deck."""
    if index >= len(lines) or roles[index] is not None or not may_be_title(lines[index].text, forms):
        return False
    below = roles[index + 1 : index + 1 + _BELOW_DECK]
    return next((role for role in below if role not in {"caption", "boilerplate"}), None) in _CREDITS


def _given_title(lines: Sequence[Line], head: Iterable[int], title: str) -> list[int]:
    wanted = fold(title)
    return [index for index in head if wanted and fold(lines[index].text) == wanted]


def _doubled_title(lines: Sequence[Line], head: Sequence[int]) -> list[int]:
    """Return the indices of a title that occurs twice, as in a copied page."""
    keys = [(index, fold(lines[index].text)) for index in head if len(lines[index].text) <= _LONGEST_TITLE]
    for index, key in keys:
        same = [other for other, other_key in keys if other_key == key and key]
        if len(same) > 1 and len(key.split()) > 1 and not ends_sentence(lines[index].text):
            return same
    return []


def _guessed_title(
    lines: Sequence[Line],
    roles: Sequence[SectionKind | None],
    free: Sequence[int],
    own_names: Mapping[str, str],
    forms: Forms,
) -> list[int]:
    """Return the index of the first line without a role, below the outlet's taglines, if it is a title."""
    while len(free) > 1 and may_be_title(lines[free[1]].text, forms):
        if not _is_above_title(lines[free[0]], lines[free[1]], own_names, forms):
            break
        free = free[1:]
    if free and may_be_title(lines[free[0]].text, forms) and _has_body(lines, roles, free[0] + 1):
        return [free[0]]
    return []


def _is_above_title(line: Line, below: Line, own_names: Mapping[str, str], forms: Forms) -> bool:
    """Return whether the line, above a possible title, is a tagline, its path or names an outlet."""
    if fold(line.text).endswith(f" {fold(below.text)}") and len(below.text.split()) >= _FEWEST_TITLE_WORDS:
        return True
    is_longer = len(below.text.split()) > len(line.text.split())
    return is_tagline(line, forms, own_names) or (is_longer and names_outlet(line.text, forms) is not None)


def may_be_title(text: str, forms: Forms) -> bool:
    """Return whether a line has the form of a title: short, of letters, no sentence, no section's name."""
    if not any(map(str.isalpha, text)):
        return False
    if len(text) > _LONGEST_TITLE or len(text.split()) > _MOST_TITLE_WORDS:
        return False
    if fold(text) in forms.kickers or ends_sentence(text) or text.endswith((",", ";", ":")):
        return False
    lead_in = find_lead_in(text, forms)
    opens_story = lead_in is not None and not lead_in.plain and lead_in.credit is not None
    return not opens_story


def _has_body(lines: Sequence[Line], roles: Sequence[SectionKind | None], start: int) -> bool:
    below = (lines[index].text for index in range(start, len(lines)) if roles[index] is None)
    return any(len(text) >= _SHORTEST_PROSE or ends_sentence(text) for text in below)
