"""Regular expressions for the names in dates: of months, days, units, numbers."""

import re
from collections.abc import Iterable, Iterator

from extract.text.alternations import NOTHING, PrefixTree

# Gaps have a maximum length, so no run of spaces can make a search slow.
GAP = r"[\s\u00a0\u2009\u202f]{1,8}"
_OPTIONAL_DOT = r"\.?"
# ` al-` is also written ` Al-` and ` al `; there are several apostrophes.
_ARTICLE = re.compile(r" (al|AL)-")
APOSTROPHES = "'’‘`"


def any_name(names: Iterable[str]) -> str:
    """Return a pattern for any of the names, preferring the longest.

    A name with a capital matches as written or in capitals only, a name in lower case in any case; a full
    stop at its end is optional. Only ASCII letters match: otherwise ſ would match s, and the table has no
    name spelled that way.

    >>> any_name(["May", "june"]), any_name([])
    ('(?a-i:M(?:ay|AY))|(?a:june)', '(?!)')
    """
    exact, loose = PrefixTree(), PrefixTree()
    for name in sorted(names, key=len, reverse=True):
        stem = name.removesuffix(".")
        dot = [_OPTIONAL_DOT] if name != stem else []
        if stem == stem.lower():
            loose.add([*_symbols(stem), *dot])
        else:
            for form in (stem, stem.upper()):
                exact.add([*_symbols(form), *dot])
    flagged = ((exact, "(?a-i:"), (loose, "(?a:"))
    return "|".join(f"{flags}{tree.pattern()})" for tree, flags in flagged if tree.next) or NOTHING


def _symbols(form: str) -> Iterator[str]:
    """Yield the patterns of a name's characters."""
    end = 0
    for article in _ARTICLE.finditer(form):
        yield from map(_symbol, form[end : article.start()])
        yield from (GAP, *(("A", "L") if article[1] == "AL" else ("[aA]", "l")), "[- ]")
        end = article.end()
    yield from map(_symbol, form[end:])


def _symbol(character: str) -> str:
    if character == " ":
        return GAP
    return f"[{APOSTROPHES}]" if character == "'" else re.escape(character)
