"""What the meaning of an expression may depend on, and what a meaning is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from extract.model import TimexSpan, TimexType
from extract.resolve.timex.calendar import FINENESS
from extract.resolve.timex.frames import frame_end, is_near
from extract.resolve.timex.ranges import Days, days_of

#: Anchor source of an article that is only known to be published no earlier than its anchor.
INFERRED = "inferred"
REFERENCE = "reference"

# A time of day in a report belongs to the last day mentioned, at most so many of its short paragraphs before.
_NEARBY_PARAGRAPHS = 2
_COARSE = FINENESS[FINENESS.index("M") :]


@dataclass(frozen=True, slots=True)
class Base:
    """The day that an expression is counted from, and where it was found."""

    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A date mentioned before: a day in it and its unit.

    Attributes:
        end: Offset where the mention ended.
    """

    day: date
    unit: str
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A year that opens a line or a sentence: the months and days there are of that year.

    Attributes:
        end: Offset where the line or sentence ends.
    """

    year: Reference
    end: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """The TIMEX3 reading of one expression.

    Attributes:
        base: What it was counted from, None for an absolute expression.
        edge: The mod comes from `the end of` rather than `late`.
        days: First and last day where the value and mod do not say them.
    """

    type: TimexType
    value: str
    mod: str | None = None
    base: Base | None = None
    edge: bool = False
    days: Days | None = None

    def range(self) -> Days | None:
        """Return the first and last day that the expression can mean, None if open."""
        if self.type not in ("DATE", "TIME"):
            return None
        return self.days or days_of(self.value, self.mod, edge=self.edge)


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands.

    Attributes:
        anchor: Day of publication, None if unknown.
        tense: Tense of the clause at an offset: `FUT`, `PAST` or None.
        reference: The last date mentioned before the expression.
        reference_day: The last one of a single day.
        reference_quarter: The last one of a quarter.
        frame: The last year that opened a line or a sentence.
    """

    text: str
    anchor: date | None
    anchor_source: str | None
    tense: Callable[[int], str | None]
    reference: Reference | None = None
    reference_day: Reference | None = None
    reference_quarter: Reference | None = None
    frame: Frame | None = None

    def published(self, unit: str) -> Base | None:
        """Return the day of publication, if it is known well enough to count in that unit."""
        if self.anchor is None or (self.anchor_source == INFERRED and unit not in _COARSE):
            return None
        return Base(self.anchor, self.anchor_source or "")

    def told(self, unit: str) -> Base | None:
        """Return the date mentioned before, if it is exact enough to count from in that unit."""
        reference = self.reference
        if unit == "D":
            reference = self.reference_day
        if reference is None or FINENESS.index(reference.unit) > FINENESS.index(unit):
            return None
        return Base(reference.day, REFERENCE)

    def told_in_sentence(self, offset: int) -> Reference | None:
        """Return the date mentioned before, if it stands in the same sentence."""
        if self.reference is None:
            return None
        between = self.text[self.reference.end : offset]
        return None if "\n" in between or ". " in between else self.reference

    def day_told_nearby(self, offset: int) -> Base | None:
        """Return the last single day mentioned that a time of day at `offset` can belong to.

        A report keeps to its day over a few paragraphs; a clause of the future names its day in the same
        paragraph, and that day does not lie before publication.
        """
        told, is_ahead = self.reference_day, self.tense(offset) == "FUT"
        paragraphs = 0 if is_ahead else _NEARBY_PARAGRAPHS
        if told is None or not is_near(self.text, told.end, offset, paragraphs=paragraphs):
            return None
        if is_ahead and self.anchor and told.day < self.anchor:
            return None
        return Base(told.day, REFERENCE)

    def framing_year(self, offset: int) -> Reference | None:
        """Return the year that holds for the line or sentence: `2003: ...`, `In 2014, ...`."""
        return self.frame.year if self.frame is not None and offset <= self.frame.end else None

    def story_year(self, offset: int) -> Reference | None:
        """Return the year that opened a sentence of the paragraph, if no date of another year came since."""
        if self.frame is None or self.reference is None:
            return None
        year = self.frame.year
        is_last = self.reference.day.year == year.day.year
        return year if is_last and is_near(self.text, year.end, offset, paragraphs=0) else None

    def after(self, meaning: Meaning, span: TimexSpan) -> "Context":
        """Return the context of what follows an expression with that meaning."""
        days = meaning.range()
        if days is None:
            return self
        reference = Reference(days[0], _unit_of(meaning.value), span.end)
        changed = replace(self, reference=reference)
        if meaning.value.isdigit() and reference.unit == "Y":
            changed = replace(changed, frame=self._frame_from(reference, span))
        if reference.unit == "D":
            changed = replace(changed, reference_day=reference)
        if reference.unit == "Q" and (meaning.base is None or meaning.base.source != REFERENCE):
            changed = replace(changed, reference_quarter=reference)
        return changed

    def _frame_from(self, year: Reference, span: TimexSpan) -> Frame | None:
        """Return the frame that the year opens, the one before where it opens none."""
        end = frame_end(self.text, span.start, span.end)
        return self.frame if end is None else Frame(year, end)


def _unit_of(value: str) -> str:
    """Return the unit of a TIMEX3 date that is not open."""
    if "-" not in value:
        return {4: "Y", 3: "E", 2: "C"}[len(value)]
    tail = value.split("-", 1)[1]
    if tail[0] == "Q":
        return "Q"
    if tail[0] in "HSF" or tail == "WI":
        return "Y"
    if tail[0] == "W":
        return "W"
    return "M" if len(tail) == len("07") else "D"
