"""What the meaning of an expression may depend on, and what a meaning is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from extract.model import TimexType
from extract.resolve.timex.calendar import FINENESS
from extract.resolve.timex.ranges import Days, days_of

#: Anchor source of an article that is only known to be published no earlier than its anchor.
INFERRED = "inferred"
REFERENCE = "reference"

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
    """

    text: str
    anchor: date | None
    anchor_source: str | None
    tense: Callable[[int], str | None]
    reference: Reference | None = None
    reference_day: Reference | None = None
    reference_quarter: Reference | None = None

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

    def told_in_sentence(self, offset: int) -> date | None:
        """Return a day of the date mentioned before, if it stands in the same sentence."""
        if self.reference is None:
            return None
        between = self.text[self.reference.end : offset]
        return None if "\n" in between or ". " in between else self.reference.day

    def after(self, meaning: Meaning, end: int) -> "Context":
        """Return the context of what follows an expression with that meaning."""
        days = meaning.range()
        if days is None:
            return self
        reference = Reference(days[0], _unit_of(meaning.value), end)
        changed = replace(self, reference=reference)
        if reference.unit == "D":
            changed = replace(changed, reference_day=reference)
        if reference.unit == "Q" and (meaning.base is None or meaning.base.source != REFERENCE):
            changed = replace(changed, reference_quarter=reference)
        return changed


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
