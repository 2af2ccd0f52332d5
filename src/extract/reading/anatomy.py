"""The role of every line of an article: title, byline, date line, caption, page furniture or body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.model import SectionKind
from extract.reading.boilerplate import (
    PROSE_LENGTH,
    is_furniture,
    is_notice,
    is_tagline,
    tail_start,
    widget_end,
)
from extract.reading.bylines import author_of, is_desk
from extract.reading.captions import is_caption
from extract.reading.forms import Forms
from extract.reading.lead_in import LeadIn, find_lead_in
from extract.reading.lines import Line, ends_sentence, fold, is_capitalised, split_lines

# The head of a page ends with its third paragraph of prose; the foot is its last lines.
_HEAD_LINES = 15
_HEAD_PROSE = 2
_FOOT_LINES = 4
_NOTICE_LINES = 8
_LONGEST_TITLE = 160
_MOST_TITLE_WORDS = 28
_LEAD_IN_LINES = 3
_WRAP_LINES = 3
_SHORTEST_WRAPPED = 20
_SHORTEST_PROSE = 80
_PLACE_WORDS = 2
_BARRED_WORDS = 6
_BARS = ("|", "•", "·", " - ", " – ", " — ")


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The lines of a text and their roles.

    Attributes:
        kinds: One kind a line.
        lead_in: The city lead-in that the line `lead_in_line` begins with.
    """

    lines: tuple[Line, ...]
    kinds: tuple[SectionKind, ...]
    lead_in: LeadIn | None = None
    lead_in_line: int | None = None

    def of_kind(self, *kinds: SectionKind) -> list[Line]:
        """Return the lines of these kinds, in order."""
        return [line for line, kind in zip(self.lines, self.kinds, strict=True) if kind in kinds]


def find_anatomy(text: str, *, title: str | None, forms: Forms) -> Anatomy:
    """Give every line its role.

    Args:
        text: The article's text.
        title: The title where metadata give it; its line is then looked for, else a title is guessed.
        forms: The words of page layouts.
    """
    lines = split_lines(text)
    roles = _roles_by_form(lines, forms)
    _mark_title(lines, roles, title, forms)
    kinds = tuple(role or "body" for role in roles)
    body = [index for index, kind in enumerate(kinds) if kind == "body"][:_LEAD_IN_LINES]
    for index in body:
        lead_in = find_lead_in(lines[index].text, forms)
        if lead_in and not (lead_in.plain and index != body[0]):
            return Anatomy(tuple(lines), kinds, lead_in, index)
    return Anatomy(tuple(lines), kinds)


def _roles_by_form(lines: Sequence[Line], forms: Forms) -> list[SectionKind | None]:
    """Give the lines whose form and place tell their role; the others stay None."""
    tail = tail_start(lines, forms)
    article = lines[:tail]
    head = _head_end(article)
    roles: list[SectionKind | None] = []
    for index, line in enumerate(lines):
        if index < len(roles):
            continue
        if index >= tail or (index >= tail - _NOTICE_LINES and is_notice(line, forms)):
            roles.append("boilerplate")
            continue
        box = widget_end(article, index, forms)
        if box > index:
            roles.extend(["boilerplate"] * (box - index))
            continue
        foot = tail - index if tail - index <= _FOOT_LINES else 0
        roles.append(_role_by_form(line, forms, in_head=index < head, foot=foot))
    return roles


def _role_by_form(line: Line, forms: Forms, *, in_head: bool, foot: int) -> SectionKind | None:
    """Give the role that the line's form tells; `foot` is 1 for the last line, 2 above it, 0 far above."""
    if in_head or foot:
        if author_of(line.text, forms) or (in_head and is_desk(line.text, forms)):
            return "byline"
        if is_date_line(line.text, forms):
            return "dateline"
    # A last paragraph of prose that ends in `(AFP)` is signed, not a caption.
    if is_caption(line, forms) and not (foot == 1 and len(line.text) >= PROSE_LENGTH):
        return "caption"
    return "boilerplate" if is_furniture(line, forms) else None


def is_date_line(text: str, forms: Forms) -> bool:
    """Tell whether the line gives a date and little else: a place, or names set off by bars or dashes.

    A line with an account's name (`@name`) is the head or signature of a post.
    """
    read = forms.dates.parse_line(text)
    if read is None or "@" in text or text.endswith(("?", "!", '"', "”")):
        return False
    words = read.rest.split()
    most = _BARRED_WORDS if any(bar in text for bar in _BARS) else _PLACE_WORDS
    names = all(is_capitalised(word) or not word[0].isalpha() for word in words)
    return names and (len(words) <= most or forms.outlet_named(read.rest) is not None)


def _head_end(lines: Sequence[Line]) -> int:
    prose = 0
    for index, line in enumerate(lines[:_HEAD_LINES]):
        prose += len(line.text) >= PROSE_LENGTH
        if prose > _HEAD_PROSE:
            return index
    return min(len(lines), _HEAD_LINES)


def _mark_title(
    lines: Sequence[Line], roles: list[SectionKind | None], title: str | None, forms: Forms
) -> None:
    """Mark the title's lines in `roles`, and what stands above them as page furniture."""
    head = [index for index in range(_head_end(lines)) if roles[index] in {None, "byline"}]
    found = _given_title(lines, head, title) if title else _doubled_title(lines, head)
    if not found and not title:
        found = _guessed_title(lines, roles, forms)
    for index in found:
        roles[index] = "title"
    for index in head:
        if found and index < found[0] and len(lines[index].text) < PROSE_LENGTH and roles[index] is None:
            roles[index] = "boilerplate"


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


def _guessed_title(lines: Sequence[Line], roles: Sequence[SectionKind | None], forms: Forms) -> list[int]:
    """Return the place of the first line of text if it is a title, passing over the outlet's taglines."""
    free = [index for index in range(_head_end(lines)) if roles[index] is None]
    while len(free) > 1 and is_tagline(lines[free[0]], forms) and _may_be_title(lines, free[1], forms):
        free = free[1:]
    if free and _may_be_title(lines, free[0], forms) and _has_body(lines, roles, free[0] + 1):
        return free[:1]
    return []


def _may_be_title(lines: Sequence[Line], index: int, forms: Forms) -> bool:
    text = lines[index].text
    if len(text) > _LONGEST_TITLE or len(text.split()) > _MOST_TITLE_WORDS:
        return False
    lead_in = find_lead_in(text, forms)
    if fold(text) in forms.kickers:
        return False
    story = lead_in is not None and not lead_in.plain and lead_in.credit is not None
    return not (story or ends_sentence(text) or text.endswith((",", ";", ":")) or _is_wrapped(lines, index))


def _is_wrapped(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line opens a paragraph wrapped by hand: a line below goes on in lower case."""
    for step, below in enumerate(lines[index + 1 : index + 1 + _WRAP_LINES], start=1):
        if below.number != lines[index].number + step:
            return False
        if below.text[0].islower() and len(below.text) >= _SHORTEST_WRAPPED:
            return True
    return False


def _has_body(lines: Sequence[Line], roles: Sequence[SectionKind | None], start: int) -> bool:
    below = (lines[index].text for index in range(start, len(lines)) if roles[index] is None)
    return any(len(text) >= _SHORTEST_PROSE or ends_sentence(text) for text in below)
