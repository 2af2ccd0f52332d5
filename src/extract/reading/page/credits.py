"""Lines that say who wrote the article and when: bylines and date lines."""

import re
from collections.abc import Mapping

from extract.model import SectionKind
from extract.reading.page.bylines import author_of, is_desk, is_helper_credit, is_source
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, is_capitalised, outlet_key

_HANDLE = re.compile(r"@\w")
_LONGEST_BELOW_TITLE = 80
# Words beside the day in a date line, and in one with bars or dashes.
_PLACE_WORDS = 2
_BARRED_WORDS = 6
_BARS = ("|", "•", "·", " - ", " – ", " — ", " / ")


def credit_role(
    line: Line, own_names: Mapping[str, str], forms: Forms, *, in_head: bool
) -> SectionKind | None:
    """Return whether the line, in the head or foot, is a byline or a date line."""
    if author_of(line.text, forms) or is_source(line.text, forms) or is_helper_credit(line.text, forms):
        return "byline"
    if in_head and (is_desk(line.text, forms) or outlet_key(line.text) in own_names):
        return "byline"
    return "dateline" if is_date_line(line.text, forms) else None


def is_date_line(text: str, forms: Forms) -> bool:
    """Return whether the line gives a date and little else: a place, or names separated by bars or dashes.

    A line with an account's name (`@name`) is not one: it is the head or signature of a post.
    """
    parsed = forms.dates.parse_line(text)
    if parsed is None or "@" in text or text.endswith(("?", "!", '"', "”")):
        return False
    words = parsed.rest.split()
    most = _BARRED_WORDS if any(bar in text for bar in _BARS) else _PLACE_WORDS
    names = all(is_capitalised(word) or not word[0].isalpha() for word in words)
    return names and (len(words) <= most or forms.outlet_named(parsed.rest) is not None)


def opens_with_day(text: str, forms: Forms) -> bool:
    """Return whether a line below a title begins with a day and is no sentence: `May 3, 2019 by admin`."""
    if len(text) > _LONGEST_BELOW_TITLE or "@" in text or ends_sentence(text):
        return False
    days = forms.dates.find_days(text)
    return any(found.start == 0 and found.year for found in days)


def dates_article(text: str, forms: Forms) -> bool:
    """Return whether a short line between title and body gives the day of the article, and is no sentence."""
    short = len(text) <= _LONGEST_BELOW_TITLE and not _HANDLE.search(text) and not ends_sentence(text)
    return short and forms.dates.parse_line(text) is not None
