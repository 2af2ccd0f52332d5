"""The city lead-in of a story's first paragraph: `BAGHDAD, July 28 (Reuters) - `, `Erbil - `."""

import re
from dataclasses import dataclass

from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, is_capitalised

_LONGEST = 110
_MOST_WORDS = 3
_CONNECTORS = frozenset({"of", "and", "the", "near", "in"})
_ARTICLES = frozenset({"The", "A", "An", "In", "On", "At"})
# Words (a place and perhaps a day), perhaps a credit in brackets, a dash or colon, then the text proper.
_CITY = re.compile(
    r"(?P<words>[^()–—:]{2,70}?)(?: ?\((?P<credit>[^()]{2,40})\))?"
    r"(?P<dash>: | ?[–—] ?| ?--? )\s*(?=(?P<next>\S))"
)
_CREDIT = re.compile(r"\((?P<credit>[^()]{2,40})\) ?(?:[-–—]{1,2} *)?(?=[A-Z\"“‘'])")
_OUTLET = re.compile(r"(?P<credit>[^/:–—]{2,40}?)(?: ?/| ?[–—:]| -) *(?=\S)")
_OPENING_MARKS = "\"'“‘("


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A city lead-in at the start of a line.

    Attributes:
        length: Characters up to the text proper.
        credit: The agency or outlet named in it.
        plain: It is a place and a dash only, as an ordinary sentence may begin.
    """

    length: int
    credit: str | None
    plain: bool


def find_lead_in(line: str, forms: Forms) -> LeadIn | None:
    """Find the lead-in that a line begins with."""
    head = line[:_LONGEST]
    return _credit_lead_in(head, forms) or _city_lead_in(head, forms)


def _credit_lead_in(head: str, forms: Forms) -> LeadIn | None:
    """Read `(Reuters) - ` and `Shafaq News/ `."""
    bracketed = _CREDIT.match(head)
    if bracketed and forms.credits.search(fold(bracketed["credit"])):
        return LeadIn(bracketed.end(), bracketed["credit"], plain=False)
    outlet = _OUTLET.match(head)
    if outlet and forms.outlet_named(outlet["credit"]):
        return LeadIn(outlet.end(), outlet["credit"], plain=False)
    return None


def _city_lead_in(head: str, forms: Forms) -> LeadIn | None:
    match = _CITY.match(head)
    if match is None:
        return None
    days = list(forms.dates.find_days(match["words"]))
    place = match["words"][: days[0].start] if days else match["words"]
    place = forms.dates.words.sub(" ", place) if days else place
    if not _is_place(place):
        return None
    bare = not days and not match["credit"]
    known = bool(days) or forms.credits.search(fold(match["credit"] or "")) is not None
    if not known and not _may_stand_alone(place, match):
        return None
    return LeadIn(match.end(), match["credit"], plain=bare and not _in_capitals(place))


def _is_place(words: str) -> bool:
    """Return whether the words are one to three place names; their words are capitalised and few."""
    places = [place.split() for place in re.split(r"[,/]", words) if place.strip()]
    return 1 <= len(places) <= _MOST_WORDS and all(
        len(place) <= _MOST_WORDS
        and place[0] not in _ARTICLES
        and all(is_capitalised(word) or word in _CONNECTORS for word in place)
        for place in places
    )


def _in_capitals(place: str) -> bool:
    """Return whether the city is in capitals, as agencies write it: `ERBIL, Kurdistan Region`."""
    return place.partition(",")[0].isupper()


def _may_stand_alone(place: str, match: re.Match[str]) -> bool:
    """Return whether a place and a dash open a story without more: a new sentence follows the dash."""
    if _in_capitals(place):
        return True
    spaced = match["dash"].startswith(" ") and match["dash"].endswith(" ")
    return spaced and (match["next"].isupper() or match["next"] in _OPENING_MARKS)
