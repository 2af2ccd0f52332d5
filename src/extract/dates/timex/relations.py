"""How a text places what it tells against a date: `since 2014`, `until June`, `from May to July`.

The words before an expression give its relation; `since` and its like leave one side open. The ends of a
range are linked. References without a date (`recently`, `now`) are open from the day they are counted from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from extract.dates.cues import ContextCues
from extract.dates.timex.calendar import shift
from extract.dates.timex.range_ends import are_joined
from extract.model import Timex, TimexRelation

_LONGEST_WORDS = len("up until         ")
_POINTS = ("DATE", "TIME")
_REFERENCES = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")
_OF_MOD: dict[str | None, TimexRelation] = {"AFTER": "after", "BEFORE": "before"}
_POSSESSIVE = ("'s", "’s", "' ", "’ ")
# `after the 7 July bombings`: the word after the day is a noun.
_DAY_OF_A_NOUN = re.compile(r"the \d{1,2}(?:st|nd|rd|th)? [A-Z]\w+", re.IGNORECASE)
# Times of day that lie within the day they are counted from.
_HOURS = ("clock.", "daypart.", "today.clock")

_Side = date | None
_Sides = tuple[_Side, _Side]


def relate(timexes: Sequence[Timex], text: str, cues: ContextCues) -> tuple[Timex, ...]:
    """Return the expressions with their relations, ranges and open sides.

    Args:
        timexes: All expressions of the text, in order.
        text: The text.
        cues: The words around dates.
    """
    ends = dict(_ranges(timexes, text, cues))
    return tuple(_related(timex, ends.get((timex.start, timex.end)), text, cues) for timex in timexes)


def _related(timex: Timex, first: tuple[int, int] | None, text: str, cues: ContextCues) -> Timex:
    relation = _relation(timex, text, cues)
    if relation is None and first not in (None, (timex.start, timex.end)):
        relation = _relation_of_end(timex, text, cues)
    if first is None and relation is None and timex.value not in _REFERENCES:
        return timex
    earliest, latest = open_sides(timex, relation)
    return replace(timex, relation=relation, range_of=first, earliest=earliest, latest=latest)


def _ranges(
    timexes: Sequence[Timex], text: str, cues: ContextCues
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each end of each range with the first end of its range."""
    for first, second in pairwise(timexes):
        if second.start - first.end > _LONGEST_WORDS or text.startswith(_POSSESSIVE, second.end):
            continue
        if _can_be_range(first, second) and are_joined(text, first.start, first.end, second.start, cues):
            begin = (first.start, first.end)
            yield begin, begin
            yield (second.start, second.end), begin


def _can_be_range(first: Timex, second: Timex) -> bool:
    if first.type != second.type and not (first.type in _POINTS and second.type in _POINTS):
        return False
    if first.type == "SET" or (first.earliest is None) != (second.earliest is None):
        return False
    if first.earliest is None or second.earliest is None:
        return len(first.value) == len(second.value)
    return first.earliest <= second.earliest


def _relation(timex: Timex, text: str, cues: ContextCues) -> TimexRelation | None:
    """Return the relation that the words before an expression give it, or its own words: `post-2003`."""
    if timex.mod in _OF_MOD:
        return _OF_MOD[timex.mod]
    if timex.type not in _POINTS:
        return None
    begin = max(0, timex.start - _LONGEST_WORDS)
    if text[begin : timex.start].rstrip().rpartition(" ")[2].lower() not in cues.relation_ends:
        return None
    if _describes_a_noun(timex, text):
        return None
    found = cues.relation.search(text, begin, timex.start)
    if found is None or found.lastgroup is None:
        return None
    return next(name for name in _NAMES if name == found.lastgroup)


def _relation_of_end(timex: Timex, text: str, cues: ContextCues) -> TimexRelation | None:
    """Return the relation of the last end of a range: `to` after one of the words for it."""
    mark = text[max(0, timex.start - _LONGEST_WORDS) : timex.start]
    return "to" if timex.type in _POINTS and cues.range_to.search(mark) else None


def _describes_a_noun(timex: Timex, text: str) -> bool:
    """Return whether the expression describes a noun: `Monday's attack`, `the 7 July attacks`."""
    if text.startswith(_POSSESSIVE, timex.end):
        return True
    is_day_of_noun = _DAY_OF_A_NOUN.fullmatch(timex.text) is not None
    return is_day_of_noun and text[timex.end : timex.end + 2].strip().islower()


def open_sides(timex: Timex, relation: TimexRelation | None) -> _Sides:
    """Return the first and the last day, None for an open side."""
    first, last = _reference_sides(timex) or (timex.earliest, timex.latest)
    if relation not in _OPEN or timex.rule.startswith(_HOURS):
        return first, last
    away = 0 if timex.type == "TIME" else 1
    if relation == "since":
        return first, None
    if relation == "until":
        return None, last or first
    if relation == "after":
        return (None if last is None else shift(last, "D", away)), None
    return None, (None if first is None else shift(first, "D", -away))


def _reference_sides(timex: Timex) -> _Sides | None:
    """Return the sides of `recently`, `now` and `the future`; None for all else or without a day."""
    if timex.anchor is None:
        return None
    if timex.value == "PAST_REF":
        return None, timex.anchor
    return (timex.anchor, None) if timex.value in ("PRESENT_REF", "FUTURE_REF") else None


_OPEN: frozenset[TimexRelation | None] = frozenset({"since", "until", "after", "before"})
_NAMES: tuple[TimexRelation, ...] = ("since", "by", "until", "after", "before", "from", "to")

__all__ = ["relate"]
