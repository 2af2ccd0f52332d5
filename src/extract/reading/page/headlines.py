"""The title of an article and the outlet behind it: `TITLE | OUTLET`."""

import re

from extract.reading.page.anatomy import Anatomy
from extract.reading.page.bylines import names_outlet
from extract.reading.page.forms import Forms
from extract.reading.page.lines import outlet_key

_BEFORE_OUTLET = re.compile(r" (?:[|•·»-]|[–—]) ")
_FEWEST_WORDS = 3


def title_in(anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the first title line, without the outlet behind it."""
    titles = anatomy.of_kind("title")
    return _split(titles[0].text, anatomy, forms)[0] if titles else None


def outlet_behind_title(anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the outlet behind the title."""
    titles = anatomy.of_kind("title")
    return _split(titles[0].text, anatomy, forms)[1] if titles else None


def _split(title: str, anatomy: Anatomy, forms: Forms) -> tuple[str, str | None]:
    """Return the title and the outlet behind a bar or dash: a known one, or one named like an outlet."""
    for match in reversed(list(_BEFORE_OUTLET.finditer(title))):
        words, head = title[match.end() :], title[: match.start()]
        outlet = anatomy.own_names.get(outlet_key(words)) or names_outlet(words, forms)
        if outlet and len(head.split()) >= _FEWEST_WORDS:
            return head.strip(), outlet
    return title, None
