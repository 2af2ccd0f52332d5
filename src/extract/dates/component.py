"""Dates as a spaCy component: `nlp.add_pipe("extract_dates", config={"anchor": "2021-07-28"})`.

It writes `doc._.timexes` and the span group `doc.spans["timexes"]`; `span._.timex` is the expression of a
span. `doc._.anchor` is the day that a Doc was published; where it is None, the anchor of the config holds.

All is kept as plain values in `doc.user_data`, so that Docs can be saved and sent between processes.
"""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.dates import find, load_rules
from extract.dates.tense import tense_of
from extract.errors import SettingsError
from extract.model import Timex

COMPONENT = "extract_dates"
SPAN_GROUP = "timexes"
_ANCHOR = "extract.anchor"
_TIMEXES = "extract.timexes"
_DAYS = ("earliest", "latest", "anchor")


class DateComponent:
    """Finds the temporal expressions of Docs; the tense of verbs comes from the parse, if there is one.

    Args:
        anchor: The day of publication as `2021-07-28`, for Docs that have none of their own.
        models_dir: A models/ folder with date rules; by default the one that comes with the package.

    Raises:
        SettingsError: The anchor is no day.
        LexiconError: The rules are missing or broken.
    """

    def __init__(self, anchor: str | None = None, models_dir: str | None = None) -> None:
        register()
        self.anchor = None if anchor is None else _day(anchor)
        self.rules = load_rules(None if models_dir is None else Path(models_dir))

    def __call__(self, doc: Doc) -> Doc:
        """Find the temporal expressions of one Doc."""
        anchor = doc._.anchor or self.anchor
        timexes = find(doc.text, anchor, rules=self.rules, tense=tense_of(doc))
        doc._.timexes = timexes
        doc.spans[SPAN_GROUP] = [_span_of(doc, timex) for timex in timexes]
        return doc


@Language.factory(COMPONENT, assigns=["doc._.timexes", "doc.spans", "span._.timex"])
def make_date_component(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    anchor: str | None = None,
    models_dir: str | None = None,
) -> DateComponent:
    """Make the component; the arguments are those of `DateComponent`."""
    return DateComponent(anchor, models_dir)


def register() -> None:
    """Make the extensions known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("timexes"):
        Doc.set_extension("timexes", getter=_timexes, setter=_keep_timexes)
    if not Doc.has_extension("anchor"):
        Doc.set_extension("anchor", getter=_anchor, setter=_keep_anchor)
    if not Span.has_extension("timex"):
        Span.set_extension("timex", getter=_timex_at)


def _anchor(doc: Doc) -> date | None:
    value = doc.user_data.get(_ANCHOR)
    return None if value is None else date.fromisoformat(value)


def _keep_anchor(doc: Doc, anchor: date | str | None) -> None:
    doc.user_data[_ANCHOR] = None if anchor is None else _day(anchor).isoformat()


def _day(anchor: date | str) -> date:
    """Return the day that is meant.

    Raises:
        SettingsError: It is no day.
    """
    if isinstance(anchor, datetime):
        return anchor.date()
    if isinstance(anchor, date):
        return anchor
    try:
        return date.fromisoformat(anchor)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"Anchor {anchor!r} is no day.", advice="Write it as 2021-07-28.") from error


def _timexes(doc: Doc) -> tuple[Timex, ...]:
    return tuple(_timex(values) for values in doc.user_data.get(_TIMEXES, ()))


def _keep_timexes(doc: Doc, timexes: tuple[Timex, ...]) -> None:
    doc.user_data[_TIMEXES] = [_values(timex) for timex in timexes]


def _values(timex: Timex) -> dict[str, Any]:
    """Return what the expression holds, days as text."""
    values = asdict(timex)
    return values | {name: values[name] and values[name].isoformat() for name in _DAYS}


def _timex(values: dict[str, Any]) -> Timex:
    return Timex(**values | {name: values[name] and date.fromisoformat(values[name]) for name in _DAYS})


def _span_of(doc: Doc, timex: Timex) -> Span:
    """Return the tokens that hold the expression, with its type as label and its value as `kb_id_`."""
    span = doc.char_span(timex.start, timex.end, label=timex.type, kb_id=timex.value, alignment_mode="expand")
    assert span is not None  # noqa: S101 - offsets are the Doc's own; None is for those outside of it
    return span


def _timex_at(span: Span) -> Timex | None:
    """Return the expression that the span's tokens just hold."""
    if not len(span):
        return None
    first, last = span[0], span[-1]
    for timex in _timexes(span.doc):
        starts = first.idx <= timex.start < first.idx + len(first)
        if starts and last.idx < timex.end <= last.idx + len(last):
            return timex
    return None


register()
