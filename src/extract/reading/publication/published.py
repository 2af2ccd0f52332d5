"""When an article was published, and which evidence says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from extract.reading.page.anatomy import Anatomy
from extract.reading.page.written_dates import DateForms, FoundDate
from extract.reading.problems import Problem
from extract.reading.publication.inference import infer_day, years_of_months
from extract.text.joining import join_lines

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
    text: str, anatomy: Anatomy, given: str | None, forms: DateForms, *, in_lines: bool = True
) -> Publication:
    """Find the publication time in metadata, date lines or lead-in, else infer it from the reported dates.

    A time without zone is taken as UTC; a day without time means midnight UTC.

    Args:
        text: The article's text.
        anatomy: Its lines and their roles.
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
        or _from_lead_in(join_lines(text).text, anatomy, forms)
        or _inferred(anatomy, forms)
    )
    return Publication(found.moment, found.source, problems + found.problems)


def _from_lines(anatomy: Anatomy, forms: DateForms) -> Publication | None:
    """Read the date lines; the day of an update counts only if there is no other."""
    texts: list[str] = []
    for line in anatomy.of_kind("dateline", "byline"):
        if texts and (forms.is_label(texts[-1]) or forms.is_clock(line.text)):
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
    lines = map(forms.parse_line, texts)
    found = sorted((line for line in lines if line), key=lambda line: line.updated)
    return Publication(found[0].moment, "byline") if found else None


def _from_lead_in(text: str, anatomy: Anatomy, forms: DateForms) -> Publication | None:
    """Read `BAGHDAD, July 28 (Reuters) -`; a missing year is taken from the same month in the text."""
    if anatomy.lead_in is None or anatomy.lead_in_line is None:
        return None
    head = anatomy.lines[anatomy.lead_in_line].text[: anatomy.lead_in.length]
    days: Sequence[FoundDate] = list(forms.find_days(head))
    if not days:
        return None
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
