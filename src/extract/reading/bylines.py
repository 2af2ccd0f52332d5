"""Who wrote and who published: bylines, desks and the outlet's own lines."""

import re

from extract.reading.forms import Forms
from extract.reading.lines import fold, is_capitalised

_LONGEST = 120
_BY = re.compile(r"(?:By|BY|Written by|Author:|Authors:|Words by|Posted by) +(?P<names>\S.*)")
_REPORTING = re.compile(r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by (?P<names>[^;.()]+)")
_CONNECTORS = frozenset(
    {"and", "&", "in", "for", "of", "at", "the", "de", "van", "von", "bin", "al", "el", "|", "-", "–", "—"}
)
_BAR = re.compile(r" ?[|•·]")
_AFTER_NAMES = re.compile(r"(?: [-–—] |, (?=[A-Z]{2,}\b)| (?:in|for|at) ).*")
_TRAILING = " ,;|-–—·•\t\xa0"


def author_of(line: str, forms: Forms) -> str | None:
    """Return the names in a byline; None where the line is none.

    A day in the line is left out, and so is what follows the names: a place, a role, the outlet.
    """
    if len(line) > _LONGEST:
        return None
    match = _BY.match(line) or _REPORTING.match(line)
    if match is None:
        return None
    read = forms.dates.parse_line(match["names"])
    words = read.rest if read else match["names"]
    return _names(words, forms)


def is_desk(line: str, forms: Forms) -> bool:
    """Tell whether the line credits a desk or outlet: `Staff Writer`, `Reuters`."""
    words = fold(line)
    return words in forms.desks or words in forms.outlet_names


def _names(words: str, forms: Forms) -> str | None:
    words = _BAR.split(words)[0].strip(_TRAILING)
    tokens = words.split()
    first = tokens[0] if tokens else ""
    names = all(is_capitalised(token) or token in _CONNECTORS for token in tokens)
    day = first[:1].isdigit() or first in forms.dates.months or forms.dates.words.fullmatch(first)
    if not names or day or words.endswith((".", "?", "!")) or first in _CONNECTORS:
        return None
    author = _AFTER_NAMES.sub("", words).strip(_TRAILING)
    head, comma, last = author.rpartition(", ")
    if comma and forms.outlet_named(last):
        author = head
    return author or None
