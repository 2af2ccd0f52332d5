"""The author as named by the page."""

from extract.reading.page.anatomy import Anatomy
from extract.reading.page.bylines import (
    author_of,
    is_bare_by,
    is_desk,
    is_helper_credit,
    is_source,
    is_team,
    names_alone,
    reporter_alone,
)
from extract.reading.page.forms import Forms
from extract.reading.page.lines import outlet_key


def author_in(anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the names in the first byline that credits a person by first and last name."""
    for line in anatomy.of_kind("byline"):
        author = _author(line.text, anatomy, forms)
        if author and " " in author and not is_team(author, forms):
            return author
    return None


def _author(line: str, anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the names in a byline; None if it credits a desk, a source, the outlet or those who helped."""
    known = is_desk(line, forms) or is_source(line, forms) or is_helper_credit(line, forms)
    if known or is_bare_by(line, forms) or outlet_key(line) in anatomy.own_names:
        return None
    author = author_of(line, forms) or reporter_alone(line, forms) or names_alone(line, forms)
    return None if author is None or outlet_key(author) in anatomy.own_names else author
