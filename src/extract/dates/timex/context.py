"""The context that the meaning of an expression may depend on, and the meaning itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extract.dates.cues import ContextCues
from extract.dates.timex.calendar import FINENESS
from extract.dates.timex.narrative import choose_in_story, is_aside, is_retrospect
from extract.dates.timex.ranges import Days, days_of
from extract.dates.timex.reports import Reported, reported_after
from extract.dates.timex.year_headings import frame_end, is_heading, is_near
from extract.model import TimexSpan, TimexType

#: Anchor source of an article only known to be published no earlier than its anchor.
INFERRED = "inferred"
REFERENCE = "reference"
_SENTENCE_END = re.compile(r"\n|[.!?][\"”’)]{0,2} ")
#: Prefix of values before Christ: `BC0480`.
BEFORE_CHRIST = "BC"

# A time of day belongs to the last day mentioned, at most this many (short) paragraphs earlier.
_NEARBY_PARAGRAPHS = 2
_LONGEST_SENTENCE = 1000
_COARSE = FINENESS[FINENESS.index("M") :]
# Unit for the story's date when it is a part of a year: `late 1942`, `the spring`.
_PART_OF_YEAR = "Q"
_LONGEST_RANGE_MARK = len(", through the ")


@dataclass(frozen=True, slots=True)
class Base:
    """The day that an expression is counted from, and its source."""

    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A date mentioned before: a day in it and its unit.

    Attributes:
        end: Offset where the mention ends.
        is_of_text: Whether the text alone tells the date: it was not counted from publication.
    """

    day: date
    unit: str
    end: int
    is_of_text: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """A year that opens a line or a sentence; months and days in it belong to that year.

    Attributes:
        end: Offset where the line or sentence ends.
        hijri_year: The year in the Islamic calendar, if stated in it.
    """

    year: Reference
    end: int
    hijri_year: int | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """The TIMEX3 reading of one expression.

    Attributes:
        base: The day it was counted from, None for an absolute expression.
        edge: The mod comes from `the end of` rather than `late`.
        days: First and last day, where value and mod do not determine them.
    """

    type: TimexType
    value: str
    mod: str | None = None
    base: Base | None = None
    edge: bool = False
    days: Days | None = None

    def range(self) -> Days | None:
        """Return the first and last day that the expression can mean, None if open.

        A DURATION has days only if it says where it lies in time: `the past three weeks`.
        """
        if self.days is None and self.type in ("DATE", "TIME"):
            return days_of(self.value, self.mod, edge=self.edge)
        return self.days


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression occurs.

    Attributes:
        anchor: Day of publication, None if unknown.
        tense: Tense of the clause at an offset: `FUT`, `PAST` or None.
        cues: The words around dates.
        reference: The last date mentioned before the expression.
        reference_day: The last single day mentioned.
        reported: The last quarter that the text gives figures of.
        frame: The last year that opened a line or a sentence.
        narrative: Whether the text is a chronicle or backgrounder, whose dates depend on earlier ones.
        section: The year in the heading of the section.
        story: In a narrative, the date that the story has reached; dates mentioned in passing do not move it.
        story_day: The last single day of the story, None once the story has moved on to a later period.
    """

    text: str
    anchor: date | None
    anchor_source: str | None
    tense: Callable[[int], str | None]
    cues: ContextCues
    reference: Reference | None = None
    reference_day: Reference | None = None
    reported: Reported | None = None
    frame: Frame | None = None
    narrative: bool = False
    section: int | None = None
    story: Reference | None = None
    story_day: Reference | None = None

    def published(self, unit: str) -> Base | None:
        """Return the day of publication, if it is known exactly enough to count in that unit."""
        if self.anchor is None or (self.anchor_source == INFERRED and unit not in _COARSE):
            return None
        return Base(self.anchor, self.anchor_source or "")

    def now(self, unit: str) -> Base | None:
        """Return the day that `next month` is counted from: publication or, in a narrative, the story."""
        if not self.narrative or self.story is None:
            return self.published(unit)
        return _base_in(self.story, unit)

    def mentioned(self, unit: str, offset: int | None = None) -> Base | None:
        """Return the date mentioned before, if it is exact enough to count from in that unit.

        Args:
            unit: Unit to count in.
            offset: Where the expression starts; a narrative counts from its story unless the same sentence
                mentions another date.
        """
        if not self.narrative or self.story is None:
            return _base_in(self.reference_day if unit == "D" else self.reference, unit)
        beside = None if offset is None else _base_in(self.mentioned_in_sentence(offset), unit)
        return beside or _base_in(self.story_day if unit == "D" else self.story, unit)

    def mentioned_in_sentence(self, offset: int) -> Reference | None:
        """Return the date mentioned before, if it is in the same sentence."""
        if self.reference is None or offset - self.reference.end > _LONGEST_SENTENCE:
            return None
        ends = _SENTENCE_END.search(self.text, self.reference.end, offset)
        return None if ends else self.reference

    def can_compare(self, offset: int) -> bool:
        """Return whether what was mentioned before can be a year later than an expression at `offset`.

        In news without a date the present is unknown, and a year of another sentence may be no part of the
        comparison.
        """
        is_known = self.anchor is not None or self.narrative
        return is_known or self.mentioned_in_sentence(offset) is not None

    def is_far_above(self, offset: int) -> bool:
        """Return whether the last date, which is no quarter, was mentioned before the last paragraph.

        `Since 1948 they have lived there` is no part of `He was shot a year earlier` farther down.
        """
        last = self.reference
        if self.narrative or self.reported is not None or last is None:
            return False
        return not is_near(self.text, last.end, offset, paragraphs=1)

    def day_mentioned_nearby(self, offset: int) -> Base | None:
        """Return the last single day mentioned that a time of day at `offset` can belong to.

        A report keeps to its day over a few paragraphs; a clause about the future names its day in the same
        paragraph, and that day is not before publication.
        """
        mentioned, is_ahead = self.reference_day, self.tense(offset) == "FUT"
        paragraphs = 0 if is_ahead else _NEARBY_PARAGRAPHS
        if mentioned is None or not is_near(self.text, mentioned.end, offset, paragraphs=paragraphs):
            return None
        if is_ahead and self.anchor and mentioned.day < self.anchor:
            return None
        return Base(mentioned.day, REFERENCE)

    def framing_year(self, offset: int) -> Reference | None:
        """Return the year that applies to the line or sentence: `2003: ...`, `In 2014, ...`."""
        return self.frame.year if self.frame is not None and offset <= self.frame.end else None

    def framing_hijri_year(self, offset: int) -> int | None:
        """Return the Islamic year that applies to the line or sentence: `In 1443 AH, ...`."""
        return self.frame.hijri_year if self.frame is not None and offset <= self.frame.end else None

    def story_year(self, offset: int) -> Reference | None:
        """Return the year that opened a sentence of the paragraph, if no date of another year followed."""
        if self.frame is None or self.reference is None:
            return None
        year = self.frame.year
        is_last = self.reference.day.year == year.day.year
        return year if is_last and is_near(self.text, year.end, offset, paragraphs=0) else None

    def in_retrospect(self, offset: int) -> bool:
        """Return whether the clause before an offset is in the past perfect: `had landed on`."""
        return is_retrospect(self.text, offset, self.cues)

    def choose_in_story(self, days: Sequence[date], offset: int, reached: date) -> date:
        """Choose the year of a day or month at an offset, by the day that the story has reached."""
        in_section = self.section == reached.year
        return choose_in_story(days, self.text, offset, reached, self.cues, in_section=in_section)

    def after(self, meaning: Meaning, span: TimexSpan) -> "Context":
        """Return the context of the text after an expression with that meaning."""
        if meaning.value.startswith(BEFORE_CHRIST):  # no date is counted from it
            return replace(
                self, reference=None, reference_day=None, frame=None, section=None, story=None, story_day=None
            )
        days = meaning.range()
        if days is None or meaning.type == "DURATION":
            return replace(self, reported=self._reported_after(None, meaning, span))
        is_of_text = meaning.base is None or _is_counted_from_mention(meaning)
        reference = Reference(days[0], _unit_of(meaning.value), span.end, is_of_text)
        story, story_day = self._story_after(reference, meaning, span)
        frame, section = self._frame_after(reference, meaning, days, span)
        own_day = None if _is_counted_from_mention(meaning) else days[0]
        return replace(
            self,
            reference=reference,
            reference_day=reference if reference.unit == "D" else self.reference_day,
            reported=self._reported_after(own_day, meaning, span),
            frame=frame,
            section=section,
            story=story,
            story_day=story_day,
        )

    def _reported_after(self, day: date | None, meaning: Meaning, span: TimexSpan) -> Reported | None:
        return reported_after(
            self.reported, meaning.value, day, span, text=self.text, published=self.anchor, cues=self.cues
        )

    def _story_after(
        self, reference: Reference, meaning: Meaning, span: TimexSpan
    ) -> tuple[Reference | None, Reference | None]:
        """Return the story's date and its last single day after a date, which may move it."""
        if not self.narrative or not self._moves_story(reference, span, meaning.base):
            return self.story, self.story_day
        unit = _PART_OF_YEAR if reference.unit == "Y" and meaning.mod else reference.unit
        return replace(reference, unit=unit), self._day_after(reference)

    def _frame_after(
        self, reference: Reference, meaning: Meaning, days: Days, span: TimexSpan
    ) -> tuple[Frame | None, int | None]:
        """Return frame and section after a date; a year may open another."""
        if not meaning.value.isdigit() or reference.unit != "Y":
            return self.frame, self.section
        section = days[0].year if is_heading(self.text, span.start, span.end) else self.section
        return self._frame_from(reference, days, span), section

    def _day_after(self, mentioned: Reference) -> Reference | None:
        """Return the last single day of the story after it has moved to a date."""
        if mentioned.unit == "D":
            return mentioned
        is_left = self.story_day is not None and mentioned.day > self.story_day.day
        return None if is_left else self.story_day

    def _moves_story(self, mentioned: Reference, span: TimexSpan, base: Base | None) -> bool:
        """Return whether a date moves the story on: not a decade, an aside or the end of a range of years."""
        is_counted_from_publication = base is not None and base.source != REFERENCE
        if is_counted_from_publication or FINENESS.index(mentioned.unit) > FINENESS.index("Y"):
            return False
        if self.story is None:
            return True
        if mentioned.unit == "Y" and self.ends_range(span, "Y"):
            return False
        story = self.story
        return not is_aside(
            self.text, span, mentioned.day, reached=story.day, mentioned_until=story.end, cues=self.cues
        )

    def ends_range(self, span: TimexSpan, unit: str) -> bool:
        """Return whether the expression ends a range that begins with a date of that unit: `1914 to 1918`."""
        first = self.reference
        if first is None or first.unit != unit or span.start - first.end > _LONGEST_RANGE_MARK:
            return False
        return self.cues.range_mark.fullmatch(self.text, first.end, span.start) is not None

    def _frame_from(self, year: Reference, days: Days, span: TimexSpan) -> Frame | None:
        """Return the frame that the year opens, or the previous frame if it opens none."""
        end = frame_end(self.text, span.start, span.end, self.cues)
        if end is None:
            return self.frame
        if "hijri_year" not in span.parts:
            return Frame(year, end)
        middle = days[0] + (days[1] - days[0]) / 2  # dates without a year lie near it
        return Frame(replace(year, day=middle, unit="M"), end, int(span.parts["hijri_year"]))


def _is_counted_from_mention(meaning: Meaning) -> bool:
    return meaning.base is not None and meaning.base.source == REFERENCE


def _base_in(mentioned: Reference | None, unit: str) -> Base | None:
    """Return the day of a date mentioned before, None if the date is too coarse for the unit."""
    if mentioned is None or FINENESS.index(mentioned.unit) > FINENESS.index(unit):
        return None
    return Base(mentioned.day, REFERENCE)


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
