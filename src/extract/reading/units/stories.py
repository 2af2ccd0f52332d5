"""The stories of a newsletter or digest: each begins with a heading."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from extract.model import Unit
from extract.reading.page.anatomy import Anatomy
from extract.reading.page.datelines import LeadIn, find_lead_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold
from extract.reading.publication.published import Publication
from extract.reading.units.headings import heading_lines

_FEWEST = 3
_NUMBER = re.compile(r"(?P<number>[0-9]{1,2})[.)] ")


def stories(anatomy: Anatomy, publication: Publication, title: str | None, forms: Forms) -> tuple[Unit, ...]:
    """Return the stories of a digest, none if the article is one story.

    The headings of one story look the same. Those of a digest are numbered, or have the place of a report
    below each of them, or the article calls itself a digest.

    Args:
        anatomy: The lines and their roles.
        publication: When the article was published.
        title: The title given by the metadata.
        forms: The vocabulary of page layouts.
    """
    headings = heading_lines(anatomy)
    if len(headings) < _FEWEST:
        return ()
    if not (
        _is_called_digest(anatomy, headings[0], title, forms)
        or _are_numbered([anatomy.lines[heading].text for heading in headings])
        or all(_lead_in_below(anatomy, heading, forms) for heading in headings)
    ):
        return ()
    return tuple(_units(anatomy, headings, publication, forms))


def _is_called_digest(anatomy: Anatomy, first: int, title: str | None, forms: Forms) -> bool:
    above = (
        line.text for line, kind in zip(anatomy.lines[:first], anatomy.kinds, strict=False) if kind != "body"
    )
    return any(forms.digests.search(fold(text)) for text in [title or "", *above])


def _are_numbered(headings: Sequence[str]) -> bool:
    numbers = [int(match["number"]) for heading in headings if (match := _NUMBER.match(heading))]
    return len(numbers) >= _FEWEST and numbers == list(range(1, len(numbers) + 1))


def _lead_in_below(anatomy: Anatomy, heading: int, forms: Forms) -> LeadIn | None:
    """Return the place of a report below a heading, if it is more than a place and a dash."""
    found = find_lead_in(anatomy.lines[heading + 1].text, forms)
    return found if found and not found.plain else None


def _units(
    anatomy: Anatomy, headings: Sequence[int], publication: Publication, forms: Forms
) -> Iterator[Unit]:
    for heading in headings:
        own = _own_day(anatomy, heading, publication, forms)
        moment, source = (own, "dateline") if own else (publication.moment, publication.source)
        yield Unit(anatomy.lines[heading].start, moment, source)


def _own_day(anatomy: Anatomy, heading: int, publication: Publication, forms: Forms) -> datetime | None:
    """Return the day in the story's first line: `BAGHDAD, Sept. 4 (Reuters) -`."""
    lead_in = _lead_in_below(anatomy, heading, forms)
    head = anatomy.lines[heading + 1].text[: lead_in.length] if lead_in else ""
    if not any(forms.dates.find_days(head)):
        return None
    found = forms.dates.moment_on(head, publication.moment.date() if publication.moment else None)
    return datetime.combine(found.date(), time(), UTC) if found else None
