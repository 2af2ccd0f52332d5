"""The timeline: the days and months that articles name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from extract.report.corpus import Event
from extract.report.figures import charts
from extract.report.site import Site

_MOST_YEARS = 45  # of the chart: a lone old year must not flatten the rest
_MOST_AHEAD = 40
_MOST_A_DAY = 12
_SHOWN_A_DAY = 3
_MOST_A_PAGE = 400  # sentences; the months of a year with more have pages of their own
_MONTHS = range(1, 13)

Days = Mapping[date, Sequence[Event]]


def write_timeline(site: Site) -> None:
    """Write the overview, and a page for each year; the months of a long one have pages of their own."""
    days = _by_day(site.corpus.events)
    counts = Counter(event.earliest.year for event in site.corpus.events)
    years = sorted(counts, reverse=True)
    for year in years:
        _write_year(site, year, years, {day: found for day, found in days.items() if day.year == year})
    shown = list(range(years[-1], years[0] + 1))[-_MOST_YEARS:] if years else []
    chart = charts.columns(
        [counts[year] for year in shown],
        [str(year) for year in shown],
        "Dates named in the articles, by year; each column leads to its year",
        links=[f"timeline-{year}.html" for year in shown],
    )
    ahead = announced(site)[:_MOST_AHEAD]
    site.page(
        "timeline.html",
        "timeline.html",
        year=None,
        month=None,
        years=years,
        chart=chart,
        ahead=ahead,
        n=counts.total(),
        months=[],
    )


def _write_year(site: Site, year: int, years: Sequence[int], days: Days) -> None:
    counts = Counter(day.month for day, found in days.items() for _ in found)
    months = {
        month: [(day, _once(found)) for day, found in days.items() if day.month == month]
        for month in reversed(_MONTHS)
        if counts[month]
    }
    is_long = (
        sum(min(len(found), _MOST_A_DAY) for month in months.values() for _, found in month) > _MOST_A_PAGE
    )
    shared = {"year": year, "years": years, "ahead": [], "most": _MOST_A_DAY, "month_page": month_page}
    site.page(
        f"timeline-{year}.html",
        "timeline.html",
        **shared,
        month=None,
        chart=charts.columns(
            [counts[month] for month in _MONTHS],
            [f"{date(year, month, 1):%b %Y}" for month in _MONTHS],
            f"Dates of {year} by month; each column leads to its month",
            links=[f"#m{month}" for month in _MONTHS],
        ),
        n=counts.total(),
        months=[(date(year, month, 1), found, counts[month]) for month, found in months.items()],
        shown=_SHOWN_A_DAY,
        is_long=is_long,
    )
    if is_long:
        for month, found in months.items():
            first = date(year, month, 1)
            site.page(
                month_page(first),
                "timeline.html",
                **shared,
                month=first,
                chart="",
                n=counts[month],
                months=[(first, found, counts[month])],
                shown=_MOST_A_DAY,
                is_long=False,
            )


def month_page(month: date) -> str:
    """Return the address of a month of a year with many dates.

    >>> month_page(date(2021, 7, 1))
    'timeline-2021-07.html'
    """
    return f"timeline-{month:%Y-%m}.html"


def _by_day(events: Iterable[Event]) -> Days:
    """Return the events of each first day, the latest day first."""
    days: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        days[event.earliest].append(event)
    return dict(sorted(days.items(), reverse=True))


def _once(events: Iterable[Event]) -> list[Event]:
    """Leave out repeated sentences; days stand before months."""
    order = sorted(events, key=lambda one: (one.earliest != one.latest, one.article_id, one.date_id))
    found: dict[str, Event] = {}
    for event in order:
        found.setdefault(event.sentence, event)
    return list(found.values())


def announced(site: Site) -> list[tuple[date, list[Event]]]:
    """Return what articles announced for after their own publication, by day, the latest first."""
    return [
        (day, _once(later))
        for day, events in _by_day(site.corpus.events).items()
        if (later := [one for one in events if _is_later(site, one)])
    ]


def _is_later(site: Site, event: Event) -> bool:
    published = site.head(event.article_id).day
    return published is not None and event.earliest > published
