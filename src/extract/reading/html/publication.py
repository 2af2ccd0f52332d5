"""When a page was published: never the day of an update."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from htmldate import find_date

from extract.reading.html.document import Tree
from extract.reading.html.lines import ShownLine, ancestors, attribute_words
from extract.reading.page.forms import Forms
from extract.reading.page.written_dates import DateForms

_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/._-]?(\d\d?)[/._-](\d\d?)(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)"
)
_UPDATED = frozenset({"modified", "updated", "datemodified", "dateupdated", "update"})
# Of the web: an earlier day below a title is one that the article tells of, unless tags state it.
_FIRST_YEAR = 1991
_LEVELS = 2
_FARTHEST_ZONE = timedelta(hours=15)
_LONGEST_BLOCK = 200


def find_published(
    stated: Iterable[str | None],
    doubtful: Sequence[str],
    *,
    head: Sequence[ShownLine],
    title_tag: str,
    url: str | None,
    tree: Tree,
    forms: Forms,
) -> str | None:
    """Return the publication time in ISO form, with hour and zone as far as the page tells them.

    In this order: JSON-LD and tags; <time> and date lines in the head of the article; the day in the address,
    or at the end of <title>; a tag that may mean an update, if htmldate takes its day for that of the first
    publication.

    Args:
        stated: The values in JSON-LD and in tags of the first publication, the most reliable first.
        doubtful: The values of tags that may mean an update.
        head: The lines around the title.
        title_tag: The content of <title>.
        url: The address of the page.
        tree: The page.
        forms: The vocabulary of page layouts.
    """
    told = _stated_moment(filter(None, stated), forms.dates)
    if told:
        return told
    shown = next(_shown_moments(head, forms.dates), None)
    if shown:
        return shown
    in_url = url_day(url) or _day_in_title(title_tag, forms)
    days = [moment for moment in (parse_moment(value, forms.dates) for value in doubtful) if moment]
    if in_url:
        return next((moment for moment in days if moment[:10] == in_url), in_url)
    guess = _guess(tree, url) if days else None
    return next((moment for moment in days if moment[:10] == guess), None)


def _stated_moment(values: Iterable[str], dates: DateForms) -> str | None:
    """Return the first value that is a time; of one without zone, another that tells the zone."""
    moments = [moment for moment in (parse_moment(value, dates) for value in values) if moment]
    first = datetime.fromisoformat(moments[0]) if moments else None
    if first is None or first.tzinfo:
        return moments[0] if moments else None
    for moment in moments[1:]:
        other = datetime.fromisoformat(moment)
        if other.tzinfo and abs(other.replace(tzinfo=None) - first) < _FARTHEST_ZONE:
            return moment
    return moments[0]


def parse_moment(value: str, dates: DateForms) -> str | None:
    """Return a time in ISO form; None if it cannot be parsed or lies in the future."""
    text = value.strip()
    moment = _iso_moment(text) or _mail_moment(text) or dates.parse_moment(text)
    if moment is None or dates.parse_moment(moment.isoformat()) is None:
        return None
    has_time = ":" in text or "T" in text
    return moment.isoformat() if has_time else moment.date().isoformat()


def _iso_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail_moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _shown_moments(head: Iterable[ShownLine], dates: DateForms) -> Iterator[str]:
    """Yield the times of <time> elements and of date lines that are not those of an update."""
    for line in head:
        parsed = dates.parse_line(line.text)
        if (parsed and parsed.updated) or _is_updated(line.element):
            continue
        yield from _time_elements(line, dates)
        if parsed and parsed.moment.year >= _FIRST_YEAR:
            yield (
                parsed.moment.isoformat()
                if dates.clock.search(line.text)
                else parsed.moment.date().isoformat()
            )


def _time_elements(line: ShownLine, dates: DateForms) -> Iterator[str]:
    if len(line.text) > _LONGEST_BLOCK:
        return
    near = line.element if len(line.element.text_content()) <= _LONGEST_BLOCK else None
    for element in near.iter("time") if near is not None else ():
        moment = None if _is_updated(element) else parse_moment(element.get("datetime", ""), dates)
        if moment:
            yield moment


def _is_updated(element: Tree) -> bool:
    return any(not _UPDATED.isdisjoint(attribute_words(around)) for around in ancestors(element, _LEVELS))


def url_day(url: str | None) -> str | None:
    """Return the day in an address: `/2021/07/28/talks`."""
    match = _URL_DAY.search(url or "")
    if match is None:
        return None
    year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _day_in_title(title_tag: str, forms: Forms) -> str | None:
    """Return the day that stands alone behind the last separator: `HEADLINE | OUTLET | 10.06.2013`."""
    parsed = forms.dates.parse_line(forms.markup.separator.split(title_tag)[-1])
    return parsed.moment.date().isoformat() if parsed and not parsed.rest else None


def _guess(tree: Tree, url: str | None) -> str | None:
    """Return the day that htmldate believes to be that of the first publication."""
    try:
        return find_date(tree, url=url, original_date=True, extensive_search=True, max_date=datetime.now(UTC))
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
