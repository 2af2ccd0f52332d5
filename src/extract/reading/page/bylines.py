"""Who wrote and who published: bylines, desks and the outlet's own lines."""

import re

from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, is_capitalised

_LONGEST = 120
_BY = re.compile(r"(?:By:?|BY:?|Written by:?|Author:|Authors:|Words by|Posted by) +(?P<names>\S.*)")
_BARE_BY = frozenset({"by", "written by", "author", "authors", "words by", "posted by"})
_REPORTING = re.compile(r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by (?P<names>[^;.()]+)")
_SOURCE = re.compile(r"(?:Source|SOURCE|Sources|Via): *(?P<names>\S.*)")
_CONNECTORS = frozenset(
    {"and", "&", "in", "for", "of", "at", "the", "de", "van", "von", "bin", "al", "el", "|", "-", "–", "—"}
)
_BAR = re.compile(r" ?[|•·] ?")
_AFTER_NAMES = re.compile(r"(?: [-–—] |, (?=[A-Z]{2,}\b)| (?:in|for|at) ).*")
_IN_PLACE = re.compile(r"(?P<names>[^,;:.?!|]{4,80}) in (?P<place>[^;:?!|]{3,40})")
_TRAILING = " ,;|-–—·•\t\xa0"
_MOST_NAMES = 10
_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 4
_MOST_OUTLET_WORDS = 5


def author_of(line: str, forms: Forms) -> str | None:
    """Return the names in a byline; None where the line is none.

    A day in the line is left out, and so is what stands beside the names: a place, a role, the outlet.
    """
    if len(line) > _LONGEST:
        return None
    before, _, by = _at_by(line)
    match = _BY.match(by) or _REPORTING.match(line)
    if match is None or not all(_is_name(piece) or forms.dates.parse_line(piece) for piece in before):
        return None
    read = forms.dates.parse_line(match["names"])
    return _names(read.rest if read else match["names"], forms)


def reporter_in_place(line: str, forms: Forms) -> str | None:
    """Return the names in `NAME in PLACE`; None where the line is none.

    Only its place on the page, under the title, tells such a line from a heading.
    """
    match = _IN_PLACE.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None or not _is_name(match["place"]):
        return None
    names = re.split(r" (?:and|&) ", match["names"])
    if not all(_is_name(name) and len(name.split()) >= _FEWEST_NAME_WORDS for name in names):
        return None
    return _names(line, forms)


def names_alone(line: str, forms: Forms) -> str | None:
    """Return the names where a line holds names only, as the one below a `By` does."""
    return _names(line, forms) if len(line) <= _LONGEST and len(line.split()) <= _MOST_NAMES else None


def reporter_alone(line: str, forms: Forms) -> str | None:
    """Return the name in a line that is a person's name only; None where it is none.

    Only its place on the page, between title and date line, tells such a line from a heading.
    """
    plain = all(char.isalpha() or char in " .'’-" for char in line)
    few = _FEWEST_NAME_WORDS <= len(line.split()) <= _MOST_NAME_WORDS
    if not plain or not few or not _is_name(line) or fold(line) in forms.kickers:
        return None
    return _names(line, forms)


def outlet_beside_author(line: str, forms: Forms) -> str | None:
    """Return the outlet in `OUTLET | By NAME` or `By NAME | OUTLET`.

    Behind the names may stand a place or role too: there a word that outlets' names hold must tell it.
    """
    if author_of(line, forms) is None:
        return None
    before, after, by = _at_by(line)
    for piece in before:
        known = forms.outlet_in(piece)
        if known or (_is_outlet_name(piece) and not forms.dates.parse_line(piece)):
            return known or piece
    last = by.partition(" | ")[0].rpartition(", ")[2]
    return next((outlet for piece in (last, *after) if (outlet := names_outlet(piece, forms))), None)


def names_outlet(words: str, forms: Forms) -> str | None:
    """Return the outlet that the words name: a known one, or names that end in a word such as `Post`."""
    key = fold(words)
    told = _is_outlet_name(words) and key.split()[-1] in forms.outlet_words
    standing = key in forms.kickers or key in forms.headings or key in forms.alone
    return forms.outlet_named(words) or (words if told and not standing else None)


def is_bare_by(line: str) -> bool:
    """Return whether the line is the word `By` alone, with the names on the line below."""
    return fold(line) in _BARE_BY


def is_source(line: str) -> bool:
    """Return whether the line names where a story comes from: `Source: NAME`."""
    match = _SOURCE.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None or line.endswith((".", "?", "!")):
        return False
    words = match["names"].split()
    names = all(is_capitalised(word) or word in _CONNECTORS for word in words)
    return len(words) == 1 or (names and len(words) <= _MOST_NAMES)


def is_desk(line: str, forms: Forms) -> bool:
    """Return whether the line credits a desk or outlet: `Staff Writer`, `Reuters`."""
    words = fold(line)
    return words in forms.desks or words in forms.outlet_names


def _at_by(line: str) -> tuple[list[str], list[str], str]:
    """Divide a line at its bars: the pieces before the one with the names, those after it, and from it on."""
    pieces = _BAR.split(line)
    place = next((index for index, piece in enumerate(pieces) if _BY.match(piece)), 0)
    return pieces[:place], pieces[place + 1 :], " | ".join(pieces[place:])


def _is_name(words: str) -> bool:
    tokens = words.split()
    return bool(tokens) and all(is_capitalised(token) or token in _CONNECTORS for token in tokens)


def _is_outlet_name(words: str) -> bool:
    return _FEWEST_NAME_WORDS <= len(words.split()) <= _MOST_OUTLET_WORDS and _is_name(words)


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
    if comma and names_outlet(last, forms):
        author = head
    return author or None
