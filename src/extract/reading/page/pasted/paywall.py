"""Whether a paywall cuts the text."""

from collections.abc import Iterator

from extract.reading.page.anatomy import Anatomy
from extract.reading.page.boilerplate import is_paywall
from extract.reading.page.forms import Forms
from extract.reading.problems import Problem

# How far below the body the paywall may be: further down it is only an offer of the page.
_LINES = 4
_LONGEST = 80


def cut_problems(anatomy: Anatomy, forms: Forms) -> Iterator[Problem]:
    """Yield a problem if a paywall follows the body."""
    kinds = anatomy.kinds
    last = max((index for index, kind in enumerate(kinds) if kind == "body"), default=len(kinds))
    for line in anatomy.lines[last + 1 : last + 1 + _LINES]:
        if is_paywall(line, forms):
            yield Problem(
                "warning",
                "cut_by_paywall",
                f"The text ends at a paywall: {line.text[:_LONGEST]!r}.",
                "Copy the page again after logging in, or take the article from another source.",
            )
            return
