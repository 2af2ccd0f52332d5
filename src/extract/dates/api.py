"""Dates in plain text with TIMEX3 values, for use without the pipeline; no language model is needed.

>>> from datetime import date
>>> from extract.dates import find
>>> [(timex.text, timex.value) for timex in find("He left on Tuesday.", date(2021, 7, 28))]
[('Tuesday', '2021-07-27')]
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

from extract.dates.finder import find_timexes
from extract.dates.probability import with_probabilities
from extract.dates.rules import DateRules, load_date_rules
from extract.dates.timex.context import INFERRED
from extract.dates.timex.resolver import resolve_timexes
from extract.model import Timex, TimexSpan, Unit
from extract.settings import default_models_dir


def find(
    text: str,
    anchor: date | None = None,
    *,
    rules: DateRules | None = None,
    tense: Callable[[int], str | None] | None = None,
    anchor_source: str = "published",
    units: Sequence[Unit] = (),
) -> tuple[Timex, ...]:
    """Find the temporal expressions of a text and give them values.

    Args:
        text: Any text; offsets count its code points.
        anchor: Day on which the text was published or written. Without it, dates relative to that day stay
            open: `Tuesday` is `XXXX-WXX-2`, with `earliest` and `latest` None.
        rules: From `load_rules`; by default those shipped with the package, read once.
        tense: Tense of the clause at an offset: `FUT`, `PAST` or None (cannot tell). By default the
            surrounding words decide.
        anchor_source: What the `anchor_source` of dates counted from the anchor says.
        units: Parts of the text that were written on days of their own, such as the posts of a live blog.

    Returns:
        The expressions in text order, without overlap.

    Raises:
        LexiconError: The rules are missing or broken.
    """
    day = anchor.date() if isinstance(anchor, datetime) else anchor
    used = rules or load_rules()
    spans = find_timexes(text, used)
    resolved = [
        timex
        for part, written, source in _by_unit(spans, day, anchor_source, units)
        for timex in resolve_timexes(part, text, used.cues, anchor=written, anchor_source=source, tense=tense)
    ]
    return with_probabilities(resolved, used.probability)


def _by_unit(
    spans: Sequence[TimexSpan], anchor: date | None, source: str, units: Sequence[Unit]
) -> Iterator[tuple[Sequence[TimexSpan], date | None, str]]:
    """Yield the expressions of each part of a text, with the day on which it was written and its source."""
    starts = [bisect_left(spans, unit.start, key=attrgetter("start")) for unit in units]
    yield spans[: starts[0] if starts else None], anchor, source
    for unit, (first, last) in zip(units, pairwise([*starts, len(spans)]), strict=True):
        inferred = unit.published_source == INFERRED
        day = unit.published_at.date() if unit.published_at else None
        yield spans[first:last], day, INFERRED if inferred else "published"


@cache
def load_rules(models_dir: Path | None = None) -> DateRules:
    """Return the rules of a models/ folder, read and compiled on the first call (a third of a second).

    Args:
        models_dir: A folder with the files of `models/dates`; by default the one shipped with the package.

    Raises:
        LexiconError: The rules are missing or broken.
    """
    return load_date_rules(models_dir or default_models_dir())


__all__ = ["DateRules", "Timex", "find", "load_rules"]
