"""The byline that a page shows around its title: by its form, or by the names of its elements."""

from collections.abc import Collection, Iterator
from itertools import zip_longest

from extract.reading.html.authors import GLUED_BY, Names, names_in
from extract.reading.html.document import Tree
from extract.reading.html.lines import Head, ShownLine, ancestors, is_named
from extract.reading.page.bylines import author_of, is_bare_by, is_desk
from extract.reading.page.forms import Forms

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
    texts = [*_by_form(head, forms), *_by_element(head, tree, forms)]
    return next(filter(None, (names_in(text, forms, outlets) for text in texts)), ())


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


def _by_element(head: Head, tree: Tree, forms: Forms) -> Iterator[str]:
    """Yield the lines, and parts of lines, whose elements are named as bylines; an agency's ends the search.

    A name with a slash is the credit of a picture.
    """
    parts = _named_parts(tree, forms)
    for line in head.lines:
        if len(line.text) > _LONGEST or "/" in line.text:
            continue
        if _is_in_byline(line, forms):
            if is_desk(line.text, forms):
                return
            yield line.text
        yield from (part for part in parts if part in line.text)


def _is_in_byline(line: ShownLine, forms: Forms) -> bool:
    return any(_is_byline(element, forms) for element in ancestors(line.element, _LEVELS))


def _named_parts(tree: Tree, forms: Forms) -> list[str]:
    """Return the texts of the inline elements that are named as bylines."""
    named = (element for element in tree.iter(*_INLINE) if _is_byline(element, forms))
    return list(filter(None, (" ".join(element.text_content().split()) for element in named)))


def _is_byline(element: Tree, forms: Forms) -> bool:
    is_short = is_named(element, forms.markup.byline, forms.markup)
    return is_short and len(element.text_content()) <= _LONGEST_BLOCK
