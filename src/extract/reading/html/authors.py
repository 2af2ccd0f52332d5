"""The persons who wrote an article: names in several places of a page are compared before one is believed."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, is_capitalised, outlet_key

_COMMA = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|^\s*(?:and|&)\s+", re.IGNORECASE)
# `By` in an element of its own, without a blank before the name, or before another `by`.
GLUED_BY = re.compile(r"^By(?=[A-Z][a-z.]|by )")
# `Rana OdehRana Odeh`: the name for small and the one for large screens.
_DOUBLED = re.compile(r"(?P<name>\S.{3,}?) ?(?P=name)")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_BRACKETS = re.compile(r"\s*\([^()]{12,}\)")
_OTHER = re.compile(r"[^\w\s.'’‘()-]|[\d_]")
_LONGEST = 200
_LONGEST_NAME = 50
_FEWEST_WORDS, _MOST_WORDS = 2, 5
_MOST_NAMES = 8
_ABBREVIATION = 3
_PARTICLES = frozenset(
    {"la", "del", "der", "den", "di", "da", "dos", "du", "le", "ibn", "abu", "ter", "y", "e"}
)

Names = tuple[str, ...]


def names_in(text: str, forms: Forms, outlets: Collection[str] = ()) -> Names:
    """Return the persons in a byline or a tag; desks, outlets, roles and handles are left out.

    Args:
        text: Such as `By A. Name and B. Name, Riverbend News`.
        forms: The vocabulary of page layouts.
        outlets: The keys of the page's own outlet.
    """
    if len(text) > _LONGEST or text.startswith(("http", "/")):
        return ()
    text = GLUED_BY.sub("", _BRACKETS.sub("", _ADDRESS.sub(" ", text)))
    text = forms.markup.glued_role.sub(" ", text)
    text = forms.markup.by.sub("", f" {text.strip()}", count=1)
    found: dict[str, str] = {}
    for part in _COMMA.split(text):
        for piece in forms.markup.joining.split(part):
            bare = forms.markup.after_name.sub("", " ".join(piece.split())).strip(" -–—:|")
            doubled = _DOUBLED.fullmatch(bare)
            name = _in_capitals(_without_stop(doubled["name"] if doubled else bare))
            if is_person(name, forms, outlets):
                found.setdefault(fold(name), name)
    return tuple(found.values()) if len(found) <= _MOST_NAMES else ()


def _without_stop(name: str) -> str:
    """Return a name without a full stop that ends a sentence; `Jr.` keeps it."""
    last = name.rpartition(" ")[2]
    return name if len(last) <= _ABBREVIATION else name.rstrip(".")


def _in_capitals(name: str) -> str:
    """Return a name in capitals without the programme or outlet that follows it.

    >>> _in_capitals("RANA ODEH Good Morning Riverbend"), _in_capitals("A. B. Odeh")
    ('RANA ODEH', 'A. B. Odeh')
    """
    capitals = [*takewhile(str.isupper, name.split())]
    is_name = sum(len(word) >= _ABBREVIATION for word in capitals) >= _FEWEST_WORDS
    return " ".join(capitals) if is_name else name


def is_person(name: str, forms: Forms, outlets: Collection[str] = ()) -> bool:
    """Return whether the words can be the name of a person, and of nothing else that signs articles."""
    words = name.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or len(name) > _LONGEST_NAME or _OTHER.search(name):
        return False
    folded = fold(name).split()
    if (
        not folded
        or folded[0] in forms.bylines.no_name_openers
        or not forms.markup.organisations.isdisjoint(folded)
    ):
        return False
    small = forms.bylines.small_words | _PARTICLES
    capitalised = [word for word in words if is_capitalised(word)]
    if len(capitalised) < _FEWEST_WORDS or not all(is_capitalised(word) or word in small for word in words):
        return False
    return (
        outlet_key(name) not in outlets
        and forms.outlet_named(name) is None
        and not forms.dates.parse_line(name)
    )


def agreed(shown: Names, stated: Sequence[Names]) -> Names:
    """Return the names on which the page agrees with itself; nothing if its places contradict each other.

    1. Of the places that share a name with another one, the one with most agreement, then with most names.
    2. The only place that has names.
    3. The byline below the title, against tags that agree on nothing.

    Args:
        shown: The names in the visible byline.
        stated: The names in JSON-LD and in each kind of tag.
    """
    places = [names for names in (shown, *stated) if names]
    if len(places) <= 1:
        return places[0] if places else ()
    support = [_support(names, places) for names in places]
    best = max(support)
    if not best:
        return shown
    fitting = [names for names, count in zip(places, support, strict=True) if count == best]
    longest = max(map(len, fitting))
    fitting = [names for names in fitting if len(names) == longest]
    return next((names for names in fitting if not "".join(names).isupper()), fitting[0])


def join_names(names: Sequence[str]) -> str | None:
    """Return the names as a byline writes them.

    >>> join_names(["Rana Odeh", "Karl Brandt", "Laith Sader"])
    'Rana Odeh, Karl Brandt and Laith Sader'
    """
    if not names:
        return None
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _support(names: Names, places: Iterable[Names]) -> int:
    keys = _keys(names)
    return sum(not keys.isdisjoint(_keys(other)) for other in places if other is not names)


def _keys(names: Names) -> set[str]:
    return set(map(fold, names))
