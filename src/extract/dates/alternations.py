"""Regular expressions for lists of names, with common prefixes written once.

Python takes a tenth of a second to compile two hundred alternatives, a fraction of that for a prefix tree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Gaps have a maximum length, so no run of spaces can make a search slow.
GAP = r"[\s\u00a0\u2009\u202f]{1,8}"
_OPTIONAL_DOT = r"\.?"
# ` al-` is also written ` Al-` and ` al `; there are several apostrophes.
_ARTICLE = re.compile(r" (al|AL)-")
APOSTROPHES = "'’‘`"


@dataclass(slots=True)
class _Node:
    """A node in a prefix tree of names: what may follow, and whether a name may end here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    is_end: bool = False

    def add(self, symbols: Iterable[str]) -> None:
        """Add a name, symbol by symbol; a symbol is a pattern for one character or a gap."""
        node = self
        for symbol in symbols:
            node = node.next.setdefault(symbol, _Node())
        node.is_end = True

    def pattern(self) -> str:
        """Return the pattern for what follows; longer names come first."""
        if not self.next:
            return ""
        branches = [symbol + node.pattern() for symbol, node in self.next.items()]
        choice = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
        if not self.is_end:
            return choice
        return f"{choice}?" if len(branches) > 1 else f"(?:{choice})?"


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for any of the names, preferring the longest.

    A name with a capital matches as written or in capitals only, a name in lower case in any case; a full
    stop at its end is optional. Only ASCII letters match: otherwise ſ would match s, and the table has no
    name spelled that way.
    """
    exact, loose = _Node(), _Node()
    for name in sorted(names, key=len, reverse=True):
        stem = name.removesuffix(".")
        dot = [_OPTIONAL_DOT] if name != stem else []
        if stem == stem.lower():
            loose.add([*_symbols(stem), *dot])
        else:
            for form in (stem, stem.upper()):
                exact.add([*_symbols(form), *dot])
    flagged = ((exact, "(?a-i:"), (loose, "(?a:"))
    return "|".join(f"{flags}{tree.pattern()})" for tree, flags in flagged if tree.next)


def choice(words: Iterable[str]) -> str:
    """Return a group that matches any of the words exactly as written, preferring the longest.

    >>> choice(["till", "to", "today"])
    '(?:t(?:ill|o(?:day)?))'
    """
    tree = _Node()
    for word in words:
        tree.add(map(re.escape, word))
    return f"(?:{tree.pattern()})"


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
