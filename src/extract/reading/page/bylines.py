"""Who wrote and who published: bylines, desks and outlets named in them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, is_capitalised

_LONGEST = 120
_BAR = re.compile(r" ?[|•·] ?")
_PIECES = re.compile(r" ?[|•·/] ?")
# Between names and an outlet: `NAME, OUTLET`, `NAME/OUTLET`, `NAME (OUTLET)`.
_AFTER_NAMES = re.compile(r", | ?/ ?| \(|\)$")
_BRACKETS = re.compile(r" ?\([^()]*\)$")
_TRAILING = " ,;|-–—·•\t\xa0"
# `rana@news.example`, and the handle that some pages glue to a name: `Rana Odeh@ranaodeh`.
_ADDRESS = re.compile(r"\(?(?:[\w.+-]+@[\w-]+\.[\w.-]+|@\w+)\)?")
_CRAFT = re.compile(r"(?P<name>[^()]+?) *\((?P<craft>[^()]+)\)(?: +(?:and|&) +|, *)?")
# Where the day was cut out of a line: `Rana Odeh   Tags`.
_BESIDE_DAY = re.compile(r" {2,}")
_MOST_NAMES = 10
_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 4
_MOST_OUTLET_WORDS = 5


def author_of(line: str, forms: Forms) -> str | None:
    """Return the names in a byline, None if the line is not a byline.

    A day in the line is left out, and so is anything beside the names: a place, a role, the outlet.
    """
    return _author_of(line, forms) if len(line) <= _LONGEST else None


@lru_cache(maxsize=1_024)  # many rules look at the same line of a page
def _author_of(line: str, forms: Forms) -> str | None:
    line = line.replace("\xa0", " ").replace(" ,", ",")
    undated = _without_day(line, forms)
    if forms.bylines.by.match(undated):
        line = undated  # `Posted on 28 July 2021 by NAME`
    before, _, by = _split_at_byline(line, forms)
    match = forms.bylines.by.match(by) or forms.bylines.contributors.match(line)
    if match is None or not all(_is_name(piece, forms) or forms.dates.parse_line(piece) for piece in before):
        return None
    return _names(_without_day(match["names"], forms), forms)


def _without_day(line: str, forms: Forms) -> str:
    """Return what stands before the day in a line, else what stands behind it; the line if it has no day."""
    parsed = forms.dates.parse_line(line)
    return _BESIDE_DAY.split(parsed.rest.strip())[0] if parsed else line


def reporter_in_place(line: str, forms: Forms) -> str | None:
    """Return the names in `NAME in PLACE`, None if the line has another form.

    Only its position on the page, below the title, distinguishes such a line from a heading.
    """
    match = forms.bylines.in_place.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None or not _is_name(match["place"], forms):
        return None
    names = forms.bylines.joining.split(match["names"])
    if not all(_is_name(name, forms) and len(name.split()) >= _FEWEST_NAME_WORDS for name in names):
        return None
    return _names(line, forms)


def names_alone(line: str, forms: Forms) -> str | None:
    """Return the names in a line of names only, as below a bare `By`; None if it has other words."""
    return _names(line, forms) if len(line) <= _LONGEST and len(line.split()) <= _MOST_NAMES else None


def reporter_alone(line: str, forms: Forms) -> str | None:
    """Return the name in a line that is a person's name, alone or beside an outlet or a role.

    Such are `NAME | OUTLET` and `NAME and NAME, AP Political Writer`. Only its position on the page, between
    title and date line, distinguishes such a line from a heading.

    Returns:
        None if the line has another form.
    """
    pieces = [piece for piece in _BAR.split(line) if not _is_only_outlet(piece, forms)]
    if len(pieces) != 1 or len(line) > _LONGEST:
        return None
    before_role, _, role = pieces[0].rpartition(", ")
    person = before_role if before_role and _is_affiliation(role, forms) else None
    names = _names(person or _before_role(pieces[0], forms) or pieces[0], forms)
    each = forms.bylines.joining.split(names) if names else []
    return names if each and all(_is_person(name, forms) for name in each) else None


def is_surely_person(line: str, forms: Forms) -> bool:
    """Return whether the line is a person's name alone, without words of pages as in `Weather Stories`."""
    words = frozenset(fold(line).split())
    if len(words) > _MOST_NAME_WORDS or line.isupper() or forms.credits.search(fold(line)):
        return False
    of_page = (
        forms.function_words,
        forms.reader_words,
        forms.kickers,
        forms.alone,
        forms.bylines.outlet_words,
    )
    plain = words.difference(forms.bylines.small_words)
    return all(map(plain.isdisjoint, of_page)) and reporter_alone(line, forms) is not None


def leads_to_account(line: str, forms: Forms) -> bool:
    """Return whether the line, below a name, is an account's name or a button such as `Follow`."""
    return fold(line) in forms.bylines.follow or _ADDRESS.fullmatch(line) is not None


def is_role(words: str, forms: Forms) -> bool:
    """Return whether the words are what a person is to an outlet: `Political Editor`, `AP Sports Writer`."""
    tokens = words.split()
    few = 1 < len(tokens) <= _MOST_OUTLET_WORDS
    return few and _is_name(words, forms) and fold(tokens[-1]) in forms.bylines.staff_words


def _before_role(words: str, forms: Forms) -> str | None:
    """Return the name in `NAME Diplomatic editor` and `NAME Senior Contributor`; None without such a role."""
    tokens = words.split()
    for start in range(_FEWEST_NAME_WORDS, min(len(tokens), _MOST_NAME_WORDS + 1)):
        *kinds, staff = map(fold, tokens[start:])
        if staff in forms.bylines.staff_words and kinds and forms.bylines.role_words.issuperset(kinds):
            return " ".join(tokens[:start])
    return None


def _is_affiliation(words: str, forms: Forms) -> bool:
    return is_role(words, forms) or fold(words) in forms.agencies or names_outlet(words, forms) is not None


def _is_only_outlet(words: str, forms: Forms) -> bool:
    """Return whether the words are an outlet's name and not a person's before it."""
    if forms.bylines.after_names.search(words):
        return False
    return names_outlet(words, forms) is not None and _person_before_outlet(words, forms) is None


def _is_person(words: str, forms: Forms) -> bool:
    """Return whether the words can be a person's name and nothing else."""
    plain = all(char.isalpha() or char in " .'’-" for char in words)
    few = _FEWEST_NAME_WORDS <= len(words.split()) <= _MOST_NAME_WORDS
    return plain and few and _is_name(words, forms) and not _is_of_page(words, forms)


def outlet_beside_author(line: str, forms: Forms) -> str | None:
    """Return the outlet in `OUTLET | By NAME` or `By NAME | OUTLET`.

    As a place or role may also follow the names, only a known outlet or a name with an outlet word (`Post`)
    counts there.
    """
    if author_of(line, forms) is None:
        return None
    before, after, by = _split_at_byline(line, forms)
    for piece in before:
        known = forms.outlet_in(piece)
        if known or (_is_outlet_name(piece, forms) and not forms.dates.parse_line(piece)):
            return known or piece
    match = forms.bylines.by.match(by)
    named = (match["names"] if match else by).partition(" | ")[0]
    _, *after_names = filter(None, _AFTER_NAMES.split(named))
    return next(
        (outlet for piece in (*after_names[::-1], *after) if (outlet := names_outlet(piece, forms))), None
    )


def names_outlet(words: str, forms: Forms) -> str | None:
    """Return the outlet that the words name: a known one, or a name that ends in a word such as `Post`."""
    key = fold(words)
    looks_like_outlet = _is_outlet_name(words, forms) and key.split()[-1] in forms.bylines.outlet_words
    return forms.outlet_named(words) or (
        words if looks_like_outlet and not _is_of_page(words, forms) else None
    )


def _is_of_page(words: str, forms: Forms) -> bool:
    """Return whether the words are a section, heading or button of a page: `Recent Posts`."""
    key = fold(words)
    return key in forms.kickers or key in forms.headings or key in forms.alone


def is_bare_by(line: str, forms: Forms) -> bool:
    """Return whether the line is only `By` or the like; the names are on the line below."""
    return fold(line) in forms.bylines.bare_by


def is_helper_credit(line: str, forms: Forms) -> bool:
    """Return whether the line credits those who helped the authors: `Editing by NAME`."""
    match = forms.bylines.helpers.match(line) if len(line) <= _LONGEST else None
    return match is not None and _names(match["names"], forms) is not None


def is_team(names: str, forms: Forms) -> bool:
    """Return whether a byline's names are no person's: a desk, a team, an outlet, `The State Patrol`."""
    known = is_desk(names, forms) or names_outlet(names, forms) is not None
    words = fold(names).split()
    return known or words[0] in forms.bylines.no_name_openers or words[-1] in forms.bylines.staff_words


def is_source(line: str, forms: Forms) -> bool:
    """Return whether the line names the source of a story: `Source: NAME`."""
    match = forms.bylines.source.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None or line.endswith((".", "?", "!")):
        return False
    words = match["names"].split()
    names = _all_names(words, forms)
    return len(words) == 1 or (names and len(words) <= _MOST_NAMES)


def is_desk(line: str, forms: Forms) -> bool:
    """Return whether the line credits a desk or outlet: `Staff Writer`, `Reuters`."""
    words = fold(line)
    return words in forms.bylines.desks or words in forms.outlet_names


def _split_at_byline(line: str, forms: Forms) -> tuple[list[str], list[str], str]:
    """Split a line at its bars: the pieces before the byline, those after it, and the line from it on."""
    pieces = _BAR.split(line)
    start = next((index for index, piece in enumerate(pieces) if forms.bylines.by.match(piece)), 0)
    return pieces[:start], pieces[start + 1 :], " | ".join(pieces[start:])


def _is_name(words: str, forms: Forms) -> bool:
    tokens = words.split()
    return bool(tokens) and _all_names(tokens, forms)


def _all_names(words: Iterable[str], forms: Forms) -> bool:
    return all(is_capitalised(word) or word in forms.bylines.small_words for word in words)


def _is_outlet_name(words: str, forms: Forms) -> bool:
    return _FEWEST_NAME_WORDS <= len(words.split()) <= _MOST_OUTLET_WORDS and _is_name(words, forms)


def _names(words: str, forms: Forms) -> str | None:
    """Return the names without the place, role or outlet after them; None if these are not names."""
    words = _of_writers(_ADDRESS.sub(" ", _PIECES.split(words)[0]).strip(_TRAILING), forms)
    words = _without_lower_role(_BRACKETS.sub("", words), forms)
    if not _begins_with_name(words, forms):
        return None
    author = _without_role(forms.bylines.after_names.sub("", words).strip(_TRAILING), forms)
    return (_person_before_outlet(author, forms) or author) or None


def _of_writers(words: str, forms: Forms) -> str:
    """Return the names of those who wrote, if the names are followed by what each did in brackets."""
    crafts = list(_CRAFT.finditer(words))
    writers = [match["name"] for match in crafts if fold(match["craft"]) in forms.bylines.crafts]
    return " and ".join(writers) if writers and crafts[-1].end() == len(words) else words


def _without_lower_role(words: str, forms: Forms) -> str:
    """Return the names without a role in small letters after a comma: `NAME, our correspondent`."""
    head, comma, role = words.rpartition(", ")
    return head if comma and fold(role).rpartition(" ")[2] in forms.bylines.staff_words else words


def _without_role(names: str, forms: Forms) -> str:
    """Return the names without the place, role or outlet after a comma: `NAME, PLACE`.

    Between commas stand several names only if the last two are joined: `NAME, NAME and NAME`.
    """
    pieces = names.split(", ")
    joined = [number for number, piece in enumerate(pieces) if forms.bylines.joining.search(piece)]
    return ", ".join(pieces[: joined[-1] + 1] if joined else pieces[:1])


def _person_before_outlet(words: str, forms: Forms) -> str | None:
    """Return the name in `NAME OUTLET`: an outlet is known, or both have two words."""
    tokens = words.split()
    for start in range(_FEWEST_NAME_WORDS, len(tokens)):
        if forms.outlet_named(" ".join(tokens[start:])):
            return " ".join(tokens[:start])
    by_word = len(tokens) == 2 * _FEWEST_NAME_WORDS and fold(tokens[-1]) in forms.bylines.outlet_words
    whole = forms.outlet_named(words) is not None
    person = " ".join(tokens[:_FEWEST_NAME_WORDS])
    plain = not any(token in forms.bylines.small_words for token in tokens)
    return person if by_word and plain and not whole else None


def _begins_with_name(words: str, forms: Forms) -> bool:
    """Return whether the words are capitalised, are not a sentence and begin with neither a day nor `and`."""
    if not _is_name(words, forms) or words.endswith((".", "?", "!")):
        return False
    first, *others = words.split()
    is_month = first in forms.dates.months and not (others and others[0][0].isalpha())  # `April Odeh`
    is_day = first[0].isdigit() or is_month or forms.dates.words.fullmatch(first)
    return not is_day and first not in forms.bylines.small_words
