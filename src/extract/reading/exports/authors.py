"""The author in a field of a document: `From RANA ODEH in Basra`, `Odeh, Rana; Qattan, Salim`."""

import re

from extract.reading.page.bylines import author_of, is_desk, is_helper_credit, is_team
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold

_LABEL = re.compile(r"^[A-Z-]{4,20}: *")  # some documents repeat it: `BYLINE: BYLINE: By NAME`
_INVERTED = re.compile(r"(?P<last>[^\W\d_][\w'’-]+), (?P<first>[^\W\d_][\w'’-]*(?: [A-Z]\.?)?)\.?")
_BRACKETS = re.compile(r" *\(.*")


def author_in_field(value: str, forms: Forms) -> str | None:
    """Return the names in a field for the author; None for a desk, an outlet or those who helped.

    Only a name of several words counts, as on pages.
    """
    value = _LABEL.sub("", value.strip())
    names = [name for piece in value.split(";") if (name := _name(piece.strip(), forms))]
    return "; ".join(names) or None


def without_outlet(author: str, outlet: str) -> str | None:
    """Return the author without the outlet behind the name; None if the name is the outlet's.

    >>> without_outlet("Rana Odeh Riverbend Times", "Riverbend Times (Basra)")
    'Rana Odeh'
    """
    own = fold(_BRACKETS.sub("", outlet))
    if not own or fold(author) in fold(outlet):
        return None if own else author
    words = author.split()
    start = next((i for i in range(len(words)) if fold(" ".join(words[i:])) == own), None)
    if start is None:
        return author
    left = words[:start]
    return " ".join(left[:-1] if left[-1:] == ["The"] else left) or None


def _name(words: str, forms: Forms) -> str | None:
    """Return the names in the words."""
    words = forms.exports.before_author.sub("", words)
    inverted = _INVERTED.fullmatch(words)
    if inverted:
        words = f"{inverted['first']} {inverted['last']}"
    if not words or is_desk(words, forms) or is_helper_credit(words, forms):
        return None
    author = author_of(words, forms) or author_of(f"By {words}", forms)
    return author if author and " " in author and not is_team(author, forms) else None
