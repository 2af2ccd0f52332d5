"""The byline that a page shows around its title: by its form, or by the names of its elements."""

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from extract.reading.html.authors import GLUED_BY, Names, names_in
from extract.reading.html.document import Tree
from extract.reading.html.lines import Head, ShownLine, ancestors, is_named
from extract.reading.page.bylines import author_of, is_bare_by, is_desk
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold

_LONGEST = 150
_LONGEST_BLOCK = 300
_LEVELS = 3
_INLINE = ("a", "span", "b", "strong", "em", "address")


def shown_names(head: Head, tree: Tree, forms: Forms, outlets: Collection[str]) -> Names:
    """Return the names in the first byline that has any.

    Args:
        head: The lines around the title.
        tree: The page.
        forms: The vocabulary of page layouts.
        outlets: The keys of the page's outlet.
    """
    bylines = (*([text] for text in _by_form(head, forms)), *_by_element(head, tree, forms))
    return next(filter(None, (_fullest(texts, forms, outlets) for texts in bylines)), ())


def _fullest(texts: Sequence[str], forms: Forms, outlets: Collection[str]) -> Names:
    """Return the names in the parts of a byline and, where these are among them, the others in the whole.

    A whole without its parts among its names is one whose elements touch: `Rana OdehFollow`.
    """
    whole, *parts = (names_in(text, forms, outlets) for text in texts)
    inner = tuple(dict.fromkeys(name for part in parts for name in part))
    return whole if set(inner) <= set(whole) else inner


def _by_form(head: Head, forms: Forms) -> Iterator[str]:
    """Yield what has the form of a byline below the title; above it stand the headlines of other articles."""
    for line, following in zip_longest(head.below, head.below[1:]):
        names = author_of(line.text, forms)
        if names:
            yield names
        elif GLUED_BY.match(line.text):
            yield line.text
        elif is_bare_by(line.text, forms) and following is not None:
            yield following.text


def _by_element(head: Head, tree: Tree, forms: Forms) -> Iterator[Sequence[str]]:
    """Yield the lines, and parts of lines, whose elements are named as bylines: a whole, then its parts.

    An agency's byline ends the search. A name with a slash is the credit of a picture.
    """
    parts = _named_parts(tree, forms)
    for line in head.lines:
        if len(line.text) > _LONGEST or "/" in line.text:
            continue
        within = [part for part in parts if part in line.text]
        if _is_in_byline(line, forms):
            if is_desk(line.text, forms):
                return
            yield line.text, *within
        elif within:
            yield ", ".join(within), *within


def _is_in_byline(line: ShownLine, forms: Forms) -> bool:
    return any(_is_byline(element, forms) for element in ancestors(line.element, _LEVELS))


def _named_parts(tree: Tree, forms: Forms) -> list[str]:
    """Return the texts of the innermost inline elements named as bylines or leading to an author's page."""
    named = [element for element in tree.iter(*_INLINE) if _is_byline_part(element, forms)]
    around = {outer for element in named for outer in element.iterancestors(*_INLINE)}
    texts = (" ".join(element.text_content().split()) for element in named if element not in around)
    return list(dict.fromkeys(filter(None, texts)))


def _is_byline_part(element: Tree, forms: Forms) -> bool:
    return _is_byline(element, forms) or _leads_to_author(element, forms)


def _leads_to_author(element: Tree, forms: Forms) -> bool:
    """Return whether the element is a link such as `/staff/rana-odeh` whose words are that name."""
    address = element.get("href", "").partition("?")[0].lower().strip("/")
    *folders, page = address.split("/")
    is_author_page = not forms.markup.author_pages.isdisjoint(folders)
    return is_author_page and page == "-".join(fold(element.text_content()).split())


def _is_byline(element: Tree, forms: Forms) -> bool:
    is_short = is_named(element, forms.markup.byline, forms.markup)
    return is_short and len(element.text_content()) <= _LONGEST_BLOCK
