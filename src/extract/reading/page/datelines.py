"""The city lead-in of a story's first paragraph: `BAGHDAD, July 28 (Reuters) - `, `Erbil - `."""

import re
from dataclasses import dataclass

from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, is_capitalised

_LONGEST = 110
_MOST_WORDS = 3
# A place, optionally a day and a credit in brackets, then a dash or colon and the text itself.
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
        length: Number of characters before the text itself.
        credit: The agency or outlet in it.
        plain: It is only a place and a dash, so an ordinary sentence may also begin this way.
    """

    length: int
    credit: str | None
    plain: bool


def find_lead_in(line: str, forms: Forms) -> LeadIn | None:
    """Find the lead-in at the start of a line."""
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
    """Read `BAGHDAD, July 28 (Reuters) - ` and `Erbil - `."""
    match = _CITY.match(head)
    if match is None:
        return None
    words, credit = match["words"], match["credit"]
    days = list(forms.dates.find_days(words))
    place = forms.dates.words.sub(" ", words[: days[0].start]) if days else words
    if not _is_place(place, forms):
        return None
    has_evidence = bool(days) or forms.credits.search(fold(credit or "")) is not None
    if not has_evidence and not _may_stand_alone(place, match):
        return None
    return LeadIn(match.end(), credit, plain=not days and not credit and not _in_capitals(place))


def _is_place(words: str, forms: Forms) -> bool:
    """Return whether the words are one to three place names, each of one to three capitalised words."""
    places = [place.split() for place in re.split(r"[,/]", words) if place.strip()]
    return 1 <= len(places) <= _MOST_WORDS and all(
        len(place) <= _MOST_WORDS
        and place[0] not in forms.sentence_openers
        and all(is_capitalised(word) or word in forms.place_small_words for word in place)
        for place in places
    )


def _in_capitals(place: str) -> bool:
    """Return whether the city is in capitals, as agencies write it: `ERBIL, Kurdistan Region`."""
    return place.partition(",")[0].isupper()


def _may_stand_alone(place: str, match: re.Match[str]) -> bool:
    """Return whether a place and a dash suffice: the city is in capitals, or a sentence follows the dash."""
    if _in_capitals(place):
        return True
    spaced = match["dash"].startswith(" ") and match["dash"].endswith(" ")
    return spaced and (match["next"].isupper() or match["next"] in _OPENING_MARKS)
