"""Dates in the formats of news pages: `July 28, 2021`, `Saturday, 24 July, 2021 - 08:30`, `2021-07-28`."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Self

from extract.reading.page.form_shapes import DatesFile
from extract.text.alternations import any_of

_YEAR = r"(?:19|20)[0-9]{2}"
_AFTER = r"(?![0-9a-z_])"  # pages glue the next label to a year: `Nov. 20, 2019Updated`
_ORDINAL = r"(?:st|nd|rd|th)?"
_NUMERIC = (
    rf"(?P<y1>{_YEAR})[-/.](?P<n1>[0-9]{{1,2}})[-/.](?P<d1>[0-9]{{1,2}})(?![0-9])",
    rf"(?P<a>[0-9]{{1,2}})[/.-](?P<b>[0-9]{{1,2}})[/.-](?P<y4>{_YEAR})(?![0-9])",
)
# In a date line, whose zone may tell the order of day and month; the year may have two digits.
_SLASHED = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])")
# Times that are left out: `9 a.m.`, `0339 GMT`.
_HOUR = re.compile(r"\b[0-9]{1,2} ?[ap]\.?m\b\.?|\(?\b[0-2][0-9][0-5][0-9] [A-Z]{3,4}\b\)?", re.IGNORECASE)
# Arabic and Persian digits, and the blank that does not break.
_PLAIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\xa0", "01234567890123456789 ")
_CENTURY = 100
_CLOCK = r"T?(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?![0-9])(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
_OFFSET = r"(?:(?:UTC|GMT) ?)?(?P<sign>[+-])(?P<oh>[0-9]{1,2})(?::?(?P<om>[0-9]{2}))?"
_BETWEEN = " \t\xa0,.:;|/-–—•·()[]"
_NOON = 12
_MONTHS = 12
_LONGEST = 120
_YEARS = range(1900, 2100)  # as in _YEAR
_MINUTES = 60
_FARTHEST = timedelta(hours=14)  # no zone is farther from UTC


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day in a text; `year` is None if the text does not give it."""

    start: int
    end: int
    month: int
    day: int
    year: int | None

    def in_year(self, year: int | None) -> date | None:
        """Return the day in its own year, else in the given one; None if there is no year or no such day."""
        chosen = self.year or year
        try:
            return date(chosen, self.month, self.day) if chosen else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that gives a date and little else.

    Attributes:
        updated: The line gives the date of an update.
        revised: It gives the day of a revision without a clock, maybe years after the publication.
        rest: The other words of the line.
    """

    moment: datetime
    updated: bool
    rest: str
    revised: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DateForms:
    """The patterns and words of models/reading/dates.toml."""

    months: Mapping[str, int]
    zones: Mapping[str, int]
    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    day: re.Pattern[str]
    month_year: re.Pattern[str]
    bare_year: re.Pattern[str]
    clock: re.Pattern[str]
    age: re.Pattern[str]
    words: re.Pattern[str]
    updated: re.Pattern[str]
    revised: re.Pattern[str]
    published: re.Pattern[str]
    future_near: frozenset[str]
    future_far: frozenset[str]
    future_following: frozenset[str]
    past_near: frozenset[str]

    @classmethod
    def from_data(cls, file: DatesFile) -> Self:
        """Compile the content of models/reading/dates.toml."""
        lines = file.date_lines
        months = {
            form: number for name, number in file.months.items() for form in _written_forms(name, lines.verbs)
        }
        zones = {name.casefold(): minutes for name, minutes in file.zones.items()}
        words = [*lines.published, *lines.updated, *lines.fillers, *lines.weekdays]
        return cls(
            months=months,
            zones=zones,
            month_first=re.compile(rf"\b{any_of(lines.month_first)}\b"),
            day_first=re.compile(rf"\b{any_of(lines.day_first)}\b"),
            day=_day_pattern(any_of(months)),
            month_year=re.compile(rf"\b(?P<month>{any_of(months)})\.?,? (?:of )?(?P<year>{_YEAR})\b"),
            bare_year=_bare_year_pattern(file.bare_years.before),
            clock=_clock_pattern(any_of(file.zones)),
            age=re.compile(rf"\b[0-9]{{1,2}} ?{any_of(lines.age_units)} ago\b", re.IGNORECASE),
            words=re.compile(rf"\b{any_of(words)}\b", re.IGNORECASE),
            updated=re.compile(rf"\b{any_of(lines.updated)}\b", re.IGNORECASE),
            revised=re.compile(rf"\b{any_of(lines.revised)}\b", re.IGNORECASE),
            published=re.compile(rf"\b{any_of(lines.published)}\b", re.IGNORECASE),
            future_near=frozenset(file.future.near),
            future_far=frozenset(file.future.far),
            future_following=frozenset(file.future.following),
            past_near=frozenset(file.past.near),
        )

    def find_days(self, text: str) -> Iterator[FoundDate]:
        """Yield the days in the text, in order; the ambiguous `03/04/2021` is left out."""
        for match in self.day.finditer(text.translate(_PLAIN)):
            found = self._found(match)
            if found is not None:
                yield found

    def _found(self, match: re.Match[str]) -> FoundDate | None:
        groups = match.groupdict()
        if groups["a"]:
            return _unambiguous_date(match)
        kind = next(number for number in "123" if groups[f"d{number}"])
        name = groups.get(f"m{kind}")
        year = groups[f"y{kind}"]
        month = self.months[name] if name else int(groups["n1"])
        return _valid_date(match, int(year) if year else None, month, int(groups[f"d{kind}"]))

    def parse_line(self, line: str) -> DateLine | None:
        """Parse a line that gives a full date; a time without zone is taken as UTC.

        Returns:
            None if the line is too long or has no full date.
        """
        return _parse_line(self, line) if len(line) <= _LONGEST else None

    def _read_line(self, line: str) -> DateLine | None:
        line = self._with_evident_order(line.translate(_PLAIN))
        days = [found for found in self.find_days(line) if found.year]
        first, updated = self._labelled(line, days)
        day = first.in_year(None) if first else None
        if first is None or day is None:
            return None
        clock = self.clock.search(line, first.end) or self.clock.search(_without(line, days))
        rest = _HOUR.sub(" ", self.clock.sub(" ", _without(line, days)))
        rest = self.words.sub(" ", rest)
        moment = _moment_at(day, clock, self.zones)
        revised = updated and clock is None and self.revised.search(line) is not None
        return DateLine(moment, updated, rest.strip(_BETWEEN), revised) if moment else None

    def _labelled(self, line: str, days: Sequence[FoundDate]) -> tuple[FoundDate | None, bool]:
        """Return the day of publication, else the first day, and whether it is that of an update."""
        published = self.published.search(line)
        after = [found for found in days if published and found.start >= published.end()]
        first = next(iter(after or days), None)
        updated = first is not None and self.updated.search(line, 0, first.start) is not None
        return first, updated and not published

    def _with_evident_order(self, line: str) -> str:
        """Return the line with its dates such as `9/5/21` written as 2021-09-05 where their order is evident.

        It is so by the zone: `9/5/21 4:53 PM EDT`. A year of two digits is read only if no other reading is
        possible.
        """
        month_first = self.month_first.search(line) is not None
        if month_first == (self.day_first.search(line) is not None):
            return _SLASHED.sub(lambda match: _as_iso(match, None), line)
        return _SLASHED.sub(lambda match: _as_iso(match, month_first), line)

    def is_label(self, line: str) -> bool:
        """Return whether the line is only a label, with the day on the line below: `Published date:`."""
        words = line.strip(" \t\xa0:")
        return bool(self.published.fullmatch(words) or self.updated.fullmatch(words))

    def is_clock(self, line: str) -> bool:
        """Return whether the line is only a time, maybe labelled: of the day on the line above."""
        if len(line) > _LONGEST:
            return False
        time = self.updated.sub("", self.published.sub("", line)).strip(" \t\xa0:")
        return self.clock.fullmatch(time) is not None

    def is_time(self, line: str) -> bool:
        """Return whether the line is only a time, maybe with its day or age: `14:05, 5 September`."""
        has_time = len(line) <= _LONGEST and self.clock.search(line) is not None
        return has_time and not self._other_words(line)

    def is_day(self, line: str) -> bool:
        """Return whether the line is only a day, with or without its year: `Sunday 5 September`."""
        return len(line) <= _LONGEST and any(self.find_days(line)) and not self._other_words(line)

    def _other_words(self, line: str) -> str:
        line = self.age.sub(" ", _without(line.translate(_PLAIN), self.find_days(line)))
        line = _HOUR.sub(" ", self.clock.sub(" ", line))
        return self.words.sub(" ", line).strip(_BETWEEN)

    def moment_on(self, line: str, day: date | None) -> datetime | None:
        """Return the time of a line in UTC, None if it is not known.

        Args:
            line: One for which `is_time` or `is_day` holds.
            day: Its day if the line gives none; its year is taken from there too, if the line gives none.
        """
        line = line.translate(_PLAIN)
        found = next(self.find_days(line), None)
        stated = _nearest(found, day) if found else day
        clock = self.clock.search(_without(line, [found] if found else []))
        return _moment_at(stated, clock, self.zones) if stated else None

    def parse_moment(self, value: str) -> datetime | None:
        """Parse a publication time in metadata: ISO 8601, or a date line without other words.

        A time without zone is taken as UTC.

        Returns:
            The time in UTC; None if the value cannot be parsed, or has a year or zone that no article has.
        """
        stripped = value.strip()
        try:
            moment = _in_utc(datetime.fromisoformat(stripped))
        except ValueError:
            line = self.parse_line(stripped)
            moment = line.moment if line and not line.rest else None
        return moment if moment and moment.year in _YEARS else None


@lru_cache(maxsize=1_024)  # many rules look at the same line of a page
def _parse_line(forms: DateForms, line: str) -> DateLine | None:
    return forms._read_line(line)  # noqa: SLF001 - its cached form


def _written_forms(month: str, verbs: Container[str]) -> Iterator[str]:
    """Yield a month's name as written, in capitals and, unless this is a verb, in small letters."""
    yield from (month, month.upper())
    if month.lower() not in verbs:
        yield month.lower()


def _as_iso(match: re.Match[str], month_first: bool | None) -> str:
    """Return a numeric date in ISO form; as it is written if its order is not known."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    if month_first is None:
        if (first > _MONTHS) == (second > _MONTHS):
            return match[0]
        month_first = second > _MONTHS
    if year < _CENTURY:
        year += 2000 if year <= _CENTURY // 2 else 1900
    month, day = (first, second) if month_first else (second, first)
    return f"{year}-{month:02}-{day:02}"


def _bare_year_pattern(before: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a year without month and day: `in 2014`, `Mid-2019`."""
    forms = {form for word in before for form in (word, word.capitalize())}
    return re.compile(rf"\b{any_of(forms)}[ -](?P<year>20[0-9]{{2}})\b")


def _day_pattern(month: str) -> re.Pattern[str]:
    """Return the pattern of a day: ISO, numeric, day first, or month first."""
    iso, numbers = _NUMERIC
    day_first = (
        rf"(?P<d2>[0-9]{{1,2}}){_ORDINAL}(?: of)?[ -](?P<m2>{month})\b\.?"
        rf"(?:,?[ -](?:of )?(?P<y2>{_YEAR}){_AFTER})?"
    )
    month_first = (
        rf"\b(?P<m3>{month})\.? (?P<d3>[0-9]{{1,2}}){_ORDINAL}(?![\w:])(?:,? (?P<y3>{_YEAR}){_AFTER})?"
    )
    return re.compile(rf"(?<![\w/.:-])(?:{iso}|{numbers}|{day_first})|(?<![\w.:-]){month_first}")


def _clock_pattern(zone: str) -> re.Pattern[str]:
    half = r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
    return re.compile(
        rf"(?<![0-9]){_CLOCK}{half}(?: ?\(?(?:{_OFFSET}|(?P<zone>{zone})\b)\)?)?", re.IGNORECASE
    )


def _unambiguous_date(match: re.Match[str]) -> FoundDate | None:
    """Parse `28/07/2021` or `07/28/2021`; None if both numbers can be months.

    With hyphens or full stops (`12-11-2024`) the day comes first: only slashes are used in both orders.
    """
    first, second, year = int(match["a"]), int(match["b"]), int(match["y4"])
    day_first = first > _MONTHS or (second <= _MONTHS and "/" not in match[0])
    if not day_first and first != second and second <= _MONTHS:
        return None
    day, month = (first, second) if day_first else (second, first)
    return _valid_date(match, year, month, day)


def _valid_date(match: re.Match[str], year: int | None, month: int, day: int) -> FoundDate | None:
    leap_year = 2000
    found = FoundDate(match.start(), match.end(), month, day, year)
    return found if found.in_year(leap_year) else None


def _without(line: str, days: Iterable[FoundDate]) -> str:
    for found in reversed(list(days)):
        line = f"{line[: found.start]} {line[found.end :]}"
    return line


def _nearest(found: FoundDate, day: date | None) -> date | None:
    """Return the day that was found, without a year that next to another day."""
    if found.year or day is None:
        return found.in_year(None)
    days = filter(None, (found.in_year(day.year + step) for step in (-1, 0, 1)))
    return min(days, key=lambda one: abs(one - day), default=None)


def _moment_at(day: date, clock: re.Match[str] | None, zones: Mapping[str, int]) -> datetime | None:
    """Combine a day and a time in UTC: midnight if there is no time, None if time or zone is impossible."""
    if clock is None:
        return datetime.combine(day, time(), UTC)
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % _NOON + (_NOON if clock["half"] in "pP" else 0)
    try:
        local = datetime.combine(day, time(hour, int(clock["minute"]), int(clock["second"] or 0)), UTC)
    except ValueError:
        return None
    offset = timedelta(minutes=zones[clock["zone"].casefold()]) if clock["zone"] else _offset(clock)
    return local - offset if offset is not None else None


def _offset(clock: re.Match[str]) -> timedelta | None:
    """Return the distance from UTC, zero if none is given; None if no zone has it: `+99:99`, `+24:00`."""
    hours, minutes = int(clock["oh"] or 0), int(clock["om"] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes >= _MINUTES or offset > _FARTHEST:
        return None
    return -offset if clock["sign"] == "-" else offset


def _in_utc(moment: datetime) -> datetime | None:
    offset = moment.utcoffset() or timedelta()
    try:
        return moment.replace(tzinfo=UTC) - offset if abs(offset) <= _FARTHEST else None
    except OverflowError:  # beyond the years 1 and 9999
        return None
