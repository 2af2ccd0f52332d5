"""The article within a page that was pasted with its menus, links and notices."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading.page.boilerplate import is_furniture, is_notice, tail_start
from extract.reading.page.captions import is_caption
from extract.reading.page.credits import credit_role
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold
from extract.reading.page.pasted.article_lines import ArticleLines, find_article

# A page has at least so many lines around the article that no rule explains, or so many with the known ones.
_FEWEST_AROUND, _MANY_AROUND = 4, 8
# And so many that are known to be furniture: an article may end in a list, but not in `Share`.
_FEWEST_FURNITURE = 2
# How far from the title and from the body bylines and dates may stand.
_CREDIT_LINES = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of an article within its page.

    Attributes:
        start: The index of its first line.
        body: The index of the first line of its body.
        end: The index after its last line.
        title: The text of its title; None if it is not known.
        outside: The indices of its lines that are not of the body; some have another role.
        is_sure: Whether the title may be told.
    """

    start: int
    body: int
    end: int
    title: str | None
    outside: Sequence[int]
    is_sure: bool = True


def find_excerpt(lines: Sequence[Line], title: str | None, forms: Forms) -> Excerpt | None:
    """Find the article in a page; None if the page is nothing but an article.

    Args:
        lines: The lines of the page.
        title: The title given by the metadata.
        forms: The vocabulary of page layouts.
    """
    found = find_article(lines, forms, forms.pasted) if len(lines) > _FEWEST_AROUND else None
    if found is None:
        return None
    given = _given_title(lines, title, found.body[0])
    top = found.title if given is None else given
    start = _first_line(lines, found, top, forms)
    end = _end(lines, found, forms)
    above = [index for index in range(found.body[0]) if index != top]
    around = [*above, *range(end, tail_start(lines, forms))]
    furniture = sum(_is_furniture(lines[index], forms) for index in (*above, *range(end, len(lines))))
    unexplained = sum(_is_unexplained(lines[index], forms) for index in around)
    is_enclosed = unexplained >= _FEWEST_AROUND or unexplained + furniture >= _MANY_AROUND
    if furniture < _FEWEST_FURNITURE or not is_enclosed:
        return None
    outside = sorted(set(range(start, end)).difference(found.body))
    shown = None if top is None else lines[top].text
    return Excerpt(start, found.body[0], end, shown, outside, is_sure=given is not None or found.is_sure)


def _given_title(lines: Sequence[Line], title: str | None, body: int) -> int | None:
    """Return the index of the last line above the body that is the given title."""
    wanted = fold(title) if title else ""
    same = [index for index in range(body) if wanted and fold(lines[index].text) == wanted]
    return same[-1] if same else None


def _first_line(lines: Sequence[Line], found: ArticleLines, title: int | None, forms: Forms) -> int:
    """Return the index of the title, or of the first credit a few lines above it or above the body."""
    top = found.body[0] if title is None else title
    near = range(max(0, top - _CREDIT_LINES), top)
    return next((index for index in near if _is_credit(lines[index], forms)), top)


def _end(lines: Sequence[Line], found: ArticleLines, forms: Forms) -> int:
    """Return the index after the body and the credits a few lines below it."""
    end = found.body[-1] + 1
    near = range(min(len(lines), end + _CREDIT_LINES) - 1, end - 1, -1)
    return next((index + 1 for index in near if _is_credit(lines[index], forms)), end)


def _is_credit(line: Line, forms: Forms) -> bool:
    return credit_role(line, {}, forms, in_head=True) is not None


def _is_furniture(line: Line, forms: Forms) -> bool:
    words = fold(line.text)
    return (
        is_furniture(line, forms)
        or is_notice(line, forms)
        or words in forms.headings
        or words in forms.kickers
    )


def _is_unexplained(line: Line, forms: Forms) -> bool:
    """Return whether the line has no form by which it is known not to be of the body."""
    known = is_furniture(line, forms) or is_notice(line, forms) or is_caption(line, forms)
    return not known and not _is_credit(line, forms)
