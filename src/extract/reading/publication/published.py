"""When an article was published, and which evidence says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from operator import attrgetter

from extract.model import SectionKind
from extract.reading.page.anatomy import Anatomy
from extract.reading.page.lines import Line
from extract.reading.page.written_dates import DateForms, DateLine, FoundDate
from extract.reading.problems import Problem
from extract.reading.publication.inference import infer_day, years_of_months

_CREDITS: tuple[SectionKind, ...] = ("byline", "dateline")
# How far below the first line of the body, a deck maybe, and below its last one its dates may stand.
_BELOW_TOP, _NEAR_BODY = 5, 3
_DAYS_OF_LIST = 3
_GIVE_DATE = "Give the date: `published` in the record, or a line in articles.csv beside the file."


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication time.

    Attributes:
        moment: In UTC; None if unknown.
        source: `metadata`, `byline`, `dateline`, `inferred`, or `unknown: <reason>`.
        problems: What went wrong or had to be inferred.
    """

    moment: datetime | None
    source: str
    problems: tuple[Problem, ...] = ()


def find_publication(
    anatomy: Anatomy, given: str | None, forms: DateForms, *, in_lines: bool = True
) -> Publication:
    """Find the publication time in metadata, date lines or lead-in, else infer it from the reported dates.

    A time without zone is taken as UTC; a day without time means midnight UTC.

    Args:
        anatomy: The lines of the article and their roles.
        given: The publication time in the metadata, as written there.
        forms: The vocabulary of dates.
        in_lines: Whether to look for date lines; the reader of a format may have done so before.
    """
    problems: tuple[Problem, ...] = ()
    if given:
        moment = forms.parse_moment(given)
        if moment:
            return Publication(moment, "metadata")
        message = f"The publication date {given[:60]!r} is not understood."
        problems = (
            Problem("warning", "bad_published", message, "Write it as 2021-07-28 or 2021-07-28T08:30:00Z."),
        )
    found = (
        (_from_lines(anatomy, forms) if in_lines else None)
        or _from_lead_in(anatomy, forms)
        or _inferred(anatomy, forms)
    )
    return Publication(found.moment, found.source, problems + found.problems)


def _from_lines(anatomy: Anatomy, forms: DateForms) -> Publication | None:
    """Read the date lines; the day of an update counts only if there is no other."""
    texts: list[str] = []
    for line in _credits(anatomy):
        if texts and (forms.is_label(texts[-1]) or forms.is_clock(line.text)):
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
    found = [line for line in map(forms.parse_line, texts) if line and not line.revised]
    first = min(found, key=attrgetter("updated"), default=None)
    return Publication(first.moment, "byline") if first and not _is_list(found) else None


def _credits(anatomy: Anatomy) -> Sequence[Line]:
    """Return the bylines and date lines; in a pasted page those beside the ends of its body.

    Further down are those of comments and of other articles.
    """
    body = [index for index, kind in enumerate(anatomy.kinds) if kind == "body"]
    if anatomy.first_line is None or not body:
        return anatomy.of_kind(*_CREDITS)
    near = (*range(body[0] + _BELOW_TOP), *range(body[-1], body[-1] + 1 + _NEAR_BODY))
    wanted = [
        index for index in near if anatomy.kinds[index : index + 1] and anatomy.kinds[index] in _CREDITS
    ]
    return [anatomy.lines[index] for index in dict.fromkeys(wanted)]


def _is_list(lines: Sequence[DateLine]) -> bool:
    """Return whether the lines are the days of several articles, which stand in a list beside this one."""
    return len({line.moment.date() for line in lines if not line.updated}) >= _DAYS_OF_LIST


def _from_lead_in(anatomy: Anatomy, forms: DateForms) -> Publication | None:
    """Read `BAGHDAD, July 28 (Reuters) -`; a missing year is taken from the same month in the text."""
    if anatomy.lead_in is None or anatomy.lead_in_line is None:
        return None
    head = anatomy.lines[anatomy.lead_in_line].text[: anatomy.lead_in.length]
    days: Sequence[FoundDate] = list(forms.find_days(head))
    if not days:
        return None
    text = "\n".join(line.text for line in anatomy.lines)
    years = years_of_months(text, forms.find_days(text), forms)
    day = days[0].in_year(years.get(days[0].month))
    return Publication(datetime.combine(day, time(), UTC), "dateline") if day else None


def _inferred(anatomy: Anatomy, forms: DateForms) -> Publication:
    """Infer the day from what the article reports as past; page furniture is ignored."""
    written = anatomy.of_kind("body", "title", "caption")
    day = infer_day("\n".join(line.text for line in written), forms)
    if day is None:
        reason = "no date line in the text"
        problem = Problem("info", "no_date", f"The publication date is unknown: {reason}.", _GIVE_DATE)
        return Publication(None, f"unknown: {reason}", (problem,))
    message = (
        f"No date line; published no earlier than {day.isoformat()}, the latest day that the text reports."
    )
    problem = Problem("info", "inferred_date", message, _GIVE_DATE)
    return Publication(datetime.combine(day, time(), UTC), "inferred", (problem,))
