"""Regular expressions for the names in dates: of months, days, units, numbers."""

import re
from collections.abc import Iterable, Iterator

from extract.text.alternations import NOTHING, PrefixTree

# Gaps have a maximum length, so no run of spaces can make a search slow.
GAP = r"[\s\u00a0\u2009\u202f]{1,8}"
_OPTIONAL_DOT = r"\.?"
# ` al-` is also written ` Al-` and ` al `; there are several apostrophes.
_ARTICLE = re.compile(r" al-")
APOSTROPHES = "'’‘`"


def any_name(names: Iterable[str]) -> str:
    """Return a pattern for any of the names, preferring the longest.

    The capitals of a name must be capitals, and its other letters may be (MAY, Jumada al-Thani, JUMADA
    AL-THANI); a name in lower case has the case of the pattern around it. A full stop at the end is optional.
    Only ASCII letters match: otherwise ſ would match s, and the table has no name spelled that way.

    >>> any_name(["May", "june"]), any_name([])
    ('(?ai:(?-i:M)ay)|(?a:june)', '(?!)')
    """
    proper, common = PrefixTree(), PrefixTree()
    for name in sorted(names, key=len, reverse=True):
        stem = name.removesuffix(".")
        tree = common if stem == stem.lower() else proper
        tree.add([*_symbols(stem), *([_OPTIONAL_DOT] if name != stem else [])])
    flagged = ((proper, "(?ai:"), (common, "(?a:"))
    return "|".join(f"{flags}{tree.pattern()})" for tree, flags in flagged if tree.next) or NOTHING


def _symbols(name: str) -> Iterator[str]:
    """Yield the patterns of a name's characters, which are compiled to ignore the case of ASCII letters."""
    end = 0
    for article in _ARTICLE.finditer(name):
        yield from map(_symbol, name[end : article.start()])
        yield from (GAP, "a", "l", "[- ]")
        end = article.end()
    yield from map(_symbol, name[end:])


def _symbol(character: str) -> str:
    if character == " ":
        return GAP
    if character == "'":
        return f"[{APOSTROPHES}]"
    if character.isupper():
        return f"(?-i:{character})"
    return re.escape(character) if character.isascii() else f"[{character}{character.upper()}]"
