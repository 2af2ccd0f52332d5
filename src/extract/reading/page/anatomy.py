"""The role of every line of an article: title, byline, date line, caption, page furniture or body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.model import SectionKind
from extract.reading.page.boilerplate import (
    PROSE_LENGTH,
    is_furniture,
    is_notice,
    tail_start,
    widget_end,
)
from extract.reading.page.bylines import (
    author_of,
    is_bare_by,
    is_desk,
    is_source,
    names_alone,
)
from extract.reading.page.captions import ends_in_day, is_bracketed, is_caption
from extract.reading.page.datelines import LeadIn, find_lead_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, is_capitalised, outlet_key, split_lines
from extract.reading.page.masthead import own_names
from extract.reading.page.titles import head_end, mark_below_title, mark_title, may_be_title

# The foot of a page is its last lines.
_FOOT_LINES = 4
_NOTICE_LINES = 8
_LEAD_IN_LINES = 3
_PLACE_WORDS = 2
_BARRED_WORDS = 6
_PAIR = 2
_BARS = ("|", "•", "·", " - ", " – ", " — ")


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The lines of a text and their roles.

    Attributes:
        kinds: One kind a line.
        own_names: The names of the page's outlet, by key.
        lead_in: The city lead-in that the line `lead_in_line` begins with.
    """

    lines: tuple[Line, ...]
    kinds: tuple[SectionKind, ...]
    own_names: Mapping[str, str] = field(default_factory=dict)
    lead_in: LeadIn | None = None
    lead_in_line: int | None = None

    def of_kind(self, *kinds: SectionKind) -> list[Line]:
        """Return the lines of these kinds, in order."""
        return [line for line, kind in zip(self.lines, self.kinds, strict=True) if kind in kinds]


def find_anatomy(text: str, *, title: str | None, outlet: str | None, forms: Forms) -> Anatomy:
    """Give every line its role.

    Args:
        text: The article's text.
        title: The title where metadata give it; its line is then looked for, else a title is guessed.
        outlet: The outlet where metadata give it.
        forms: The words of page layouts.
    """
    lines = split_lines(text)
    names = own_names(lines, outlet, forms)
    roles = _roles_by_form(lines, names, forms)
    _join_captions(lines, roles, names, forms)
    mark_title(lines, roles, title, names, forms)
    mark_below_title(lines, roles, forms)
    kinds = tuple(role or "body" for role in roles)
    body = [index for index, kind in enumerate(kinds) if kind == "body"][:_LEAD_IN_LINES]
    for index in body:
        lead_in = find_lead_in(lines[index].text, forms)
        if lead_in and not (lead_in.plain and index != body[0]):
            return Anatomy(tuple(lines), kinds, names, lead_in, index)
    return Anatomy(tuple(lines), kinds, names)


def _roles_by_form(lines: Sequence[Line], names: Mapping[str, str], forms: Forms) -> list[SectionKind | None]:
    """Give the lines whose form and place tell their role; the others stay None."""
    tail = tail_start(lines, forms)
    article = lines[:tail]
    head = head_end(article)
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
        after_date = bool(roles) and roles[-1] == "dateline"
        if index < head and _is_byline_of_two(lines, index, forms):
            roles.append("byline")
        elif index < head and (
            forms.dates.is_label(line.text) or (after_date and forms.dates.is_clock(line.text))
        ):
            roles.append("dateline")
        else:
            roles.append(_role_by_form(line, names, forms, in_head=index < head, foot=foot))
    return roles


def _role_by_form(
    line: Line, names: Mapping[str, str], forms: Forms, *, in_head: bool, foot: int
) -> SectionKind | None:
    """Give the role that the line's form tells; `foot` is 1 for the last line, 2 above it, 0 far above."""
    if in_head or foot:
        credits_none = in_head and (is_desk(line.text, forms) or outlet_key(line.text) in names)
        if author_of(line.text, forms) or is_source(line.text) or credits_none:
            return "byline"
        if is_date_line(line.text, forms):
            return "dateline"
    # A last paragraph of prose that ends in `(AFP)` is signed, not a caption.
    if is_caption(line, forms, names) and not (foot == 1 and len(line.text) >= PROSE_LENGTH):
        return "caption"
    return "boilerplate" if is_furniture(line, forms) else None


def _is_byline_of_two(lines: Sequence[Line], index: int, forms: Forms) -> bool:
    """Return whether the line is `By` alone with the names below, or those names."""
    for above in (index, index - 1):
        pair = lines[max(above, 0) : above + 2]
        if len(pair) == _PAIR and is_bare_by(pair[0].text) and names_alone(pair[1].text, forms):
            return True
    return False


def _join_captions(
    lines: Sequence[Line], roles: list[SectionKind | None], names: Mapping[str, str], forms: Forms
) -> None:
    """Mark the captions of the head that go over several lines, of which the last has the credit.

    A page's first line is a caption without credit if it is a sentence that ends in a day and the title
    follows.
    """
    opened = len(lines) > _PAIR and roles[0] is None and ends_sentence(lines[0].text)
    if opened and roles[2] in {"byline", "dateline"} and may_be_title(lines, roles, 1, forms):
        roles[0] = "caption" if ends_in_day(lines[0].text, forms) else None
    for index in range(head_end(lines) - 1, 0, -1):
        above, line = lines[index - 1], lines[index]
        if roles[index - 1] or roles[index] not in {None, "caption"} or line.number != above.number + 1:
            continue
        credit = is_bracketed(line.text) and (index == 1 or ends_in_day(above.text, forms))
        if credit or _runs_on(above.text, line.text, forms):
            joined = Line(above.start, line.end, f"{above.text} {line.text}", above.number)
            if roles[index] == "caption" or is_caption(joined, forms, names):
                roles[index - 1] = roles[index] = "caption"


def _runs_on(above: str, below: str, forms: Forms) -> bool:
    """Return whether a line goes on in the one below: after a comma or function word, or in lower case."""
    return above.endswith(",") or below[0].islower() or above.rsplit(maxsplit=1)[-1] in forms.function_words


def is_date_line(text: str, forms: Forms) -> bool:
    """Return whether the line gives a date and little else: a place, or names set off by bars or dashes.

    A line with an account's name (`@name`) is the head or signature of a post.
    """
    read = forms.dates.parse_line(text)
    if read is None or "@" in text or text.endswith(("?", "!", '"', "”")):
        return False
    words = read.rest.split()
    most = _BARRED_WORDS if any(bar in text for bar in _BARS) else _PLACE_WORDS
    names = all(is_capitalised(word) or not word[0].isalpha() for word in words)
    return names and (len(words) <= most or forms.outlet_named(read.rest) is not None)
