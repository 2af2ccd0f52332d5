"""The outlet as named by the page itself."""

from collections.abc import Iterator

from extract.reading.page.anatomy import Anatomy
from extract.reading.page.boilerplate import about_name, is_notice, self_named
from extract.reading.page.bylines import author_of, is_source, names_outlet, outlet_beside_author
from extract.reading.page.captions import credits_own
from extract.reading.page.forms import Forms
from extract.reading.page.headlines import outlet_behind_title
from extract.reading.page.lines import fold, is_capitalised, outlet_key
from extract.reading.page.masthead import named_by_notice, names_at_end

_FEWEST_WORDS = 2
_FEWEST_LINES = 2


def outlet_in(anatomy: Anatomy, forms: Forms) -> str | None:
    """Return the outlet named by the page, from its most reliable line.

    Sources, in this order: bylines and date lines; lines above the body, `About NAME` and notices; the city
    lead-in; captions; a line `Source: NAME`. The credit of a caption counts only if it is one of the page's
    own names. A page of another outlet may have the story of an agency, which is not the outlet there: of a
    page pasted whole, or whose end names another.
    """
    found = _outlets(anatomy, forms)
    first = next(found, None)
    if first is None or fold(first) not in forms.agencies:
        return first
    ends = names_at_end(anatomy.lines, forms)
    if anatomy.first_line is None and all(fold(name) in forms.agencies for name in ends):
        return first
    return next((name for name in found if fold(name) not in forms.agencies), None)


def _outlets(anatomy: Anatomy, forms: Forms) -> Iterator[str]:
    credited = [line.text for line in anatomy.of_kind("byline", "dateline")]
    own = [text for text in credited if not is_source(text, forms) and not _is_by_agency(text, forms)]
    yield from filter(None, (outlet_beside_author(text, forms) or forms.outlet_in(text) for text in own))
    yield from _in_furniture(anatomy, forms)
    yield from filter(None, (anatomy.own_names.get(outlet_key(text)) for text in own))
    yield from _in_lead_in(anatomy, forms)
    yield from filter(None, [outlet_behind_title(anatomy, forms)])
    yield from _in_captions(anatomy)
    yield from filter(None, (forms.outlet_in(text) for text in credited if not _is_by_agency(text, forms)))


def _is_by_agency(text: str, forms: Forms) -> bool:
    """Return whether a byline credits an agency as the author, as those who take its stories do."""
    return fold(author_of(text, forms) or "") in forms.agencies


def _in_furniture(anatomy: Anatomy, forms: Forms) -> Iterator[str]:
    body = anatomy.of_kind("body")
    top = body[0].start if body else 0
    first = anatomy.lines[anatomy.first_line].start if anatomy.first_line is not None else None
    for index, line in enumerate(anatomy.lines):
        if anatomy.kinds[index] != "boilerplate" or (first is not None and line.start < max(first, top)):
            continue  # a menu names many outlets
        known, named = forms.outlet_at_start(line.text), _about(anatomy, index, forms)
        if line.start < top:
            named = _own_at_start(line.text, anatomy) or self_named(line.text)
            named = named or names_outlet(line.text, forms)
        elif is_notice(line, forms):
            named = named_by_notice(line.text, forms) or named
        else:
            known = None
        outlet = known or named
        if outlet:
            yield outlet


def _about(anatomy: Anatomy, index: int, forms: Forms) -> str | None:
    """Return the outlet in a heading `About NAME`; in a pasted page, other lines must name it as well.

    A foot has links of the same form: `About our ads`.
    """
    name = about_name(anatomy.lines[index], forms)
    if name is None or anatomy.first_line is None:
        return name
    elsewhere = (f" {fold(line.text)} " for line in anatomy.lines if about_name(line, forms) != name)
    named = sum(f" {fold(name)} " in words for words in elsewhere)
    return name if named >= _FEWEST_LINES else None


def _own_at_start(text: str, anatomy: Anatomy) -> str | None:
    """Return the page's own name at the start of the line."""
    key = outlet_key(text)
    return next((name for own, name in anatomy.own_names.items() if f"{key} ".startswith(f"{own} ")), None)


def _in_lead_in(anatomy: Anatomy, forms: Forms) -> Iterator[str]:
    """Yield the credit in `CITY (NAME) - `: a known outlet, or a name of several words."""
    credit = anatomy.lead_in.credit if anatomy.lead_in else None
    if credit:
        words = credit.split()
        several = len(words) >= _FEWEST_WORDS and all(map(is_capitalised, words))
        outlet = forms.outlet_named(credit) or (credit if several else None)
        if outlet:
            yield outlet


def _in_captions(anatomy: Anatomy) -> Iterator[str]:
    for line in anatomy.of_kind("caption"):
        yield from (name for key, name in anatomy.own_names.items() if credits_own(line.text, key))
