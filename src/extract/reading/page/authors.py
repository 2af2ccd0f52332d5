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
from extract.reading.page.lines import fold, outlet_key

# How far from the end of the body the note on the author may stand, and within how many words it says what
# they are.
_NOTE_LINES_ABOVE, _NOTE_LINES, _NOTE_WORDS = 8, 30, 12


def author_in(anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the names in the first byline that credits a person by first and last name, else in a note."""
    for line in anatomy.of_kind("byline"):
        author = _author(line.text, anatomy, forms)
        if author and " " in author and not is_team(author, forms):
            return author
    return _author_in_note(anatomy, forms)


def _author_in_note(anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the name in the note on the author at the end of the body or below: `NAME is a staff writer`.

    It counts if there is one such note, and if the article does not speak of the person.
    """
    body = [index for index, kind in enumerate(anatomy.kinds) if kind == "body"]
    if not body:
        return None
    below = range(body[-1] + 1, min(body[-1] + 1 + _NOTE_LINES, len(anatomy.lines)))
    near = (*body[-_NOTE_LINES_ABOVE:], *below)
    noted = {index: name for index in near if (name := _noted(anatomy.lines[index].text, forms))}
    names = set(noted.values())
    article = " ".join(anatomy.lines[index].text for index in body if index not in noted)
    return names.pop() if len(names) == 1 and not any(name in article for name in names) else None


def _noted(text: str, forms: Forms) -> str | None:
    """Return the person whom a text describes as one who writes."""
    match = forms.describing.match(text)
    described = fold(text[match.end() :]).split()[:_NOTE_WORDS] if match else []
    writes = not forms.bylines.staff_words.isdisjoint(described)
    name = reporter_alone(match["name"], forms) if match and writes else None
    return None if name and is_team(name, forms) else name


def _author(line: str, anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the names in a byline; None if it credits a desk, a source, the outlet or those who helped."""
    known = is_desk(line, forms) or is_source(line, forms) or is_helper_credit(line, forms)
    if known or is_bare_by(line, forms) or outlet_key(line) in anatomy.own_names:
        return None
    author = author_of(line, forms) or reporter_alone(line, forms) or names_alone(line, forms)
    return None if author is None or outlet_key(author) in anatomy.own_names else author
