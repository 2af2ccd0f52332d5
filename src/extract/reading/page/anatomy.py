"""The role of every line of an article: title, byline, date line, caption, page furniture or body."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.model import Section, SectionKind
from extract.reading.page.boilerplate import (
    PROSE_LENGTH,
    is_banner,
    is_furniture,
    is_notice,
    tail_start,
    widget_end,
)
from extract.reading.page.bylines import is_bare_by, is_surely_person, names_alone
from extract.reading.page.captions import ends_in_day, is_bracketed, is_caption
from extract.reading.page.credits import credit_role, dates_article
from extract.reading.page.datelines import LeadIn, find_lead_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, fold, split_lines
from extract.reading.page.masthead import find_own_names
from extract.reading.page.pasted.excerpts import Excerpt, find_excerpt
from extract.reading.page.titles import head_end, mark_below_title, mark_title, may_be_title
from extract.reading.units.posts import find_post_times

# The foot of an article: its last lines before the page furniture.
_FOOT_LINES = 4
_NOTICE_LINES = 8
_LEAD_IN_LINES = 3
# What belongs to an article stands so close to its title or to its body in a pasted page.
_HEAD_LINES = 10
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The lines of a text and their roles.

    Attributes:
        kinds: The kind of each line.
        own_names: The names of the page's outlet, by key.
        lead_in: The city lead-in at the start of the line `lead_in_line`.
        first_line: In a pasted page, the line with which the article begins; above it are menus.
    """

    lines: tuple[Line, ...]
    kinds: tuple[SectionKind, ...]
    own_names: Mapping[str, str] = field(default_factory=dict)
    lead_in: LeadIn | None = None
    lead_in_line: int | None = None
    first_line: int | None = None

    def of_kind(self, *kinds: SectionKind) -> list[Line]:
        """Return the lines of these kinds, in order."""
        return [line for line, kind in zip(self.lines, self.kinds, strict=True) if kind in kinds]


def find_anatomy(
    text: str, *, title: str | None, outlet: str | None, forms: Forms, known: Sequence[Section] = ()
) -> Anatomy:
    """Assign a role to every line.

    Args:
        text: The article's text.
        title: The title given by the metadata, to be located in the text; if None, the title is guessed.
        outlet: The outlet given by the metadata.
        forms: The vocabulary of page layouts.
        known: Parts whose role the file format tells; it takes precedence over what a line looks like.
    """
    lines = split_lines(text, forms.line_words)
    excerpt = None if known else find_excerpt(lines, title, forms)
    start = excerpt.start if excerpt else None
    own_names = find_own_names(lines[start or 0 :], outlet, forms)
    if excerpt is None:
        roles = _roles(lines, title, own_names, forms)
    else:
        roles = _roles_of_page(lines, excerpt, title, own_names, forms)
    _mark_known(lines, roles, known)
    kinds = tuple(role or "body" for role in roles)
    body = [index for index, kind in enumerate(kinds) if kind == "body"][:_LEAD_IN_LINES]
    for index in body:
        lead_in = find_lead_in(lines[index].text, forms)
        if lead_in and not (lead_in.plain and index != body[0]):
            return Anatomy(tuple(lines), kinds, own_names, lead_in, index, start)
    return Anatomy(tuple(lines), kinds, own_names, first_line=start)


def _roles_of_page(
    lines: Sequence[Line],
    excerpt: Excerpt,
    title: str | None,
    own_names: Mapping[str, str],
    forms: Forms,
) -> list[SectionKind | None]:
    """Assign the roles of the lines of a pasted page: all is page furniture but the article within it."""
    roles: list[SectionKind | None] = ["boilerplate"] * len(lines)
    inner = [index for index in _near_article(excerpt) if not _is_above_body(lines, index, excerpt, forms)]
    article = [lines[index] for index in inner]
    found = _roles(article, excerpt.title or title, own_names, forms, may_guess=excerpt.start == 0)
    for index, role in zip(inner, found, strict=True):
        roles[index] = role
    if excerpt.title is not None:
        _mark_credits_above_body(lines, roles, excerpt, forms)
    for index in excerpt.outside:
        roles[index] = roles[index] or "boilerplate"
    if not excerpt.is_sure:
        return ["boilerplate" if role == "title" else role for role in roles]
    return roles


def _is_above_body(lines: Sequence[Line], index: int, excerpt: Excerpt, forms: Forms) -> bool:
    """Return whether a line between title and body is a heading: `Related` ends no article there."""
    return excerpt.start < index < excerpt.body and fold(lines[index].text) in forms.headings


def _near_article(excerpt: Excerpt) -> Sequence[int]:
    """Return the lines of an excerpt without the menus between a title far above the body and the body."""
    top = range(excerpt.start, min(excerpt.start + _HEAD_LINES, excerpt.body))
    return [*top, *range(max(top.stop, excerpt.body - _HEAD_LINES), excerpt.end)]


def _mark_credits_above_body(
    lines: Sequence[Line], roles: list[SectionKind | None], excerpt: Excerpt, forms: Forms
) -> None:
    """Mark the date and the author's name between the title and the body of a pasted page.

    No other text stands there, so a line with a day is its date line whatever else it says, and a name alone
    is the author's if it stands alone again elsewhere on the page, as in the note on the author.
    """
    for index in range(excerpt.start, excerpt.body):
        text = lines[index].text
        if roles[index] is not None or "title" not in roles[:index]:
            continue
        if dates_article(text, forms):
            roles[index] = "dateline"
        elif is_surely_person(text, forms) and _stands_alone_twice(lines, index):
            roles[index] = "byline"


def _stands_alone_twice(lines: Sequence[Line], index: int) -> bool:
    key = fold(lines[index].text)
    return any(fold(line.text) == key for at, line in enumerate(lines) if at != index)


def _roles(
    lines: Sequence[Line],
    title: str | None,
    own_names: Mapping[str, str],
    forms: Forms,
    *,
    may_guess: bool = True,
) -> list[SectionKind | None]:
    """Assign the roles of the lines of an article; those of its body stay None.

    A title that is not known is guessed only if it `may_guess`: not where menus stand above the article.
    """
    roles = _roles_by_form(lines, own_names, forms)
    for index in find_post_times(lines, forms):
        roles[index] = "dateline"
    _mark_opening_caption(lines, roles, forms)
    _mark_split_captions(lines, roles, own_names, forms)
    mark_title(lines, roles, title, own_names, forms, may_guess=may_guess)
    mark_below_title(lines, roles, forms)
    return roles


def _roles_by_form(
    lines: Sequence[Line], own_names: Mapping[str, str], forms: Forms
) -> list[SectionKind | None]:
    """Assign the roles that follow from a line's form and position; the others stay None."""
    article = lines[: tail_start(lines, forms)]
    head = head_end(article)
    roles: list[SectionKind | None] = []
    while (index := len(roles)) < len(article):
        furniture = _furniture_length(article, index, forms)
        paired = _role_in_pair(lines, roles, forms) if index < head and not furniture else None
        if furniture:
            roles.extend(["boilerplate"] * furniture)
        elif paired:
            roles.append(paired)
        else:
            from_end = len(article) - index
            foot = from_end if from_end <= _FOOT_LINES else 0
            roles.append(_role_by_form(lines[index], own_names, forms, in_head=index < head, foot=foot))
    roles.extend(["boilerplate"] * (len(lines) - len(article)))
    return roles


def _mark_known(lines: Sequence[Line], roles: list[SectionKind | None], known: Sequence[Section]) -> None:
    """Give the lines that begin within a known section its role."""
    starts = [line.start for line in lines]
    for section in known:
        first, last = bisect_left(starts, section.start), bisect_left(starts, section.end)
        roles[first:last] = [section.kind] * (last - first)


def _furniture_length(article: Sequence[Line], index: int, forms: Forms) -> int:
    """Return the number of lines of a notice or box that starts at a line, 0 if none does."""
    if index >= len(article) - _NOTICE_LINES and is_notice(article[index], forms):
        return 1
    return widget_end(article, index, forms) - index


def _role_in_pair(
    lines: Sequence[Line], roles: Sequence[SectionKind | None], forms: Forms
) -> SectionKind | None:
    """Return the role of the line after `roles` if it forms a byline or date line with a neighbour."""
    index = len(roles)
    if _is_byline_of_two(lines, index, forms):
        return "byline"
    text = lines[index].text
    after_date = bool(roles) and roles[-1] == "dateline"
    if forms.dates.is_label(text) or (after_date and forms.dates.is_clock(text)):
        return "dateline"
    return None


def _role_by_form(
    line: Line, own_names: Mapping[str, str], forms: Forms, *, in_head: bool, foot: int
) -> SectionKind | None:
    """Return the role that follows from a line's form.

    Args:
        line: The line.
        own_names: The names of the page's outlet, by key.
        forms: The vocabulary of page layouts.
        in_head: The line is in the head of the page.
        foot: 1 for the last line of the article, 2 for the one above it, and so on; 0 far above the end.
    """
    credit = credit_role(line, own_names, forms, in_head=in_head) if in_head or foot else None
    if credit:
        return credit
    if in_head and is_banner(line, forms):
        return "boilerplate"
    # A last paragraph of prose that ends in `(AFP)` is signed; it is not a caption.
    is_signed = foot == 1 and len(line.text) >= PROSE_LENGTH
    if not is_signed and is_caption(line, forms, own_names):
        return "caption"
    return "boilerplate" if is_furniture(line, forms) else None


def _is_byline_of_two(lines: Sequence[Line], index: int, forms: Forms) -> bool:
    """Return whether the line is a bare `By` above a line of names, or that line of names."""
    for above in (index, index - 1):
        pair = lines[max(above, 0) : above + 2]
        if len(pair) == _PAIR and is_bare_by(pair[0].text, forms) and names_alone(pair[1].text, forms):
            return True
    return False


def _mark_opening_caption(lines: Sequence[Line], roles: list[SectionKind | None], forms: Forms) -> None:
    """Mark a first line without credit as a caption if it is a sentence ending in a day, above the title."""
    if len(lines) <= _PAIR or roles[0] is not None or roles[2] not in {"byline", "dateline"}:
        return
    text = lines[0].text
    if ends_sentence(text) and ends_in_day(text, forms) and may_be_title(lines[1].text, forms):
        roles[0] = "caption"


def _mark_split_captions(
    lines: Sequence[Line], roles: list[SectionKind | None], own_names: Mapping[str, str], forms: Forms
) -> None:
    """Mark the captions in the head that span several lines, the last of which has the credit."""
    for index in range(head_end(lines) - 1, 0, -1):
        free = roles[index - 1] is None and roles[index] in {None, "caption"}
        if free and _is_split(lines[index - 1], lines[index], forms, at_top=index == 1):
            joined = _join(lines[index - 1], lines[index])
            if roles[index] == "caption" or is_caption(joined, forms, own_names):
                roles[index - 1] = roles[index] = "caption"


def _is_split(above: Line, below: Line, forms: Forms, *, at_top: bool) -> bool:
    """Return whether two lines may be one: neighbours, the second a credit or a continuation."""
    if below.number != above.number + 1:
        return False
    credited = is_bracketed(below.text, forms) and (at_top or ends_in_day(above.text, forms))
    return credited or _runs_on(above.text, below.text, forms)


def _join(above: Line, below: Line) -> Line:
    return Line(above.start, below.end, f"{above.text} {below.text}", above.number)


def _runs_on(above: str, below: str, forms: Forms) -> bool:
    """Return whether a line continues below: it ends in a comma or function word, or lower case follows."""
    return above.endswith(",") or below[0].islower() or above.rsplit(maxsplit=1)[-1] in forms.function_words
