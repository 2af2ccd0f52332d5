"""What models/dates/names.toml, calendars.toml and rules.toml may hold.

The pattern for an empty table or list would match anywhere, so none may be empty.
"""

import math
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from extract.knowledge import KnowledgeFile, SomeWords

T = TypeVar("T")
# As `any_name` reads a name: a blank stands for any gap, `'` for any apostrophe.
Name = Annotated[str, Field(pattern=r"^[^\s’‘`]+(?: [^\s’‘`]+)*$")]
Names = Annotated[list[Name], Field(min_length=1)]
Table = Annotated[dict[Name, T], Field(min_length=1)]
Tables = Annotated[dict[Name, Table[T]], Field(min_length=1)]
Pattern = Annotated[str, Field(min_length=1)]


def _is_day(value: str) -> str:
    """Refuse what is no day such as 2003-04-09."""
    date.fromisoformat(value)
    return value


def _not_zero(value: int) -> int:
    """Refuse 0, which counts nothing."""
    if not value:
        raise ValueError("0 counts nothing")
    return value


def _is_number(value: object) -> object:
    """Refuse what is neither a number above 0 nor `X`; a union would report each of its members."""
    if value == "X" or (isinstance(value, int | float) and value is not True and 0 < value < math.inf):
        return value
    raise ValueError("it is neither a number above 0 nor 'X'")


def _as_list(value: object) -> object:
    """Return a single word as a list of one."""
    return [value] if isinstance(value, str) else value


Number = Annotated[int | float | Literal["X"], PlainValidator(_is_number)]
Month = Annotated[int, Field(ge=1, le=12)]
Weekday = Annotated[int, Field(ge=1, le=7)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
Quarter = Annotated[int, Field(ge=1, le=4)]
Half = Annotated[int, Field(ge=1, le=2)]
Step = Annotated[int, Field(ge=-2, le=2)]
# The nth weekday of a month or day of a period; the resolver knows of those before the last only the last.
Nth = Annotated[int, Field(ge=-1, le=10), AfterValidator(_not_zero)]
# TIMEX3 codes (TimeML 1.2.1); FN is a fortnight, WE a weekend, those with T are units of time.
Period = Literal["E", "C", "Y", "Q", "M", "W", "WE", "FN", "D"]
Unit = Literal[Period, "TH", "TM", "TS"]
# What `relative.year_ago` counts back; `period` is the quarter or month mentioned before.
SameUnit = Literal["Q", "M", "W", "D", "period"]
PartOfPeriod = Literal["START", "MID", "END"]
Mod = Literal["APPROX", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "LESS_THAN", "MORE_THAN"]
Reference = Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]
PartOfDay = Literal["TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00"]
Day = Annotated[str, AfterValidator(_is_day)]
# `12-25`, `11-4#4`, `H12-10/4`, `E-2`: as [named_day] in calendars.toml explains.
_IN_YEAR = r"H?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]|[1-7]#(?:[1-5]|-1))(?:/[1-9])?|[EO][+-]\d{1,2}"
DayOfYear = Annotated[str, Field(pattern=rf"^(?:{_IN_YEAR})(?: (?:{_IN_YEAR}))*$")]


class NamesFile(KnowledgeFile):
    """models/dates/names.toml: every table with the values that the resolver knows."""

    month: Tables[Month]
    weekday: Tables[Weekday]
    unit: Tables[Unit]
    period: Table[Period]
    bare_period: Table[Period]
    nth_period: Table[Period]
    event_period: Table[Period | PartOfDay]
    spent_day: Table[Period]
    number: Table[Number]
    uncounted: Table[Literal["X"]]
    teens: Table[Annotated[int, Field(ge=10, le=19)]]
    fraction: Table[Annotated[float, Field(gt=0, lt=1)]]
    tens: Table[Annotated[int, Field(ge=20, le=90, multiple_of=10)]]
    ones: Table[Annotated[int, Field(ge=1, le=9)]]
    ordinal: Table[Quarter]
    spoken_day: Table[DayOfMonth]
    nth: Table[Nth]
    quarter_short: Table[Quarter]
    half_short: Table[Half]
    half_part: Table[PartOfPeriod]
    half: Table[Half]
    part: Table[PartOfPeriod]
    since: Table[PartOfPeriod]
    edge: Table[PartOfPeriod]
    bare_edge: Table[PartOfPeriod]
    extreme: Table[PartOfPeriod]
    last_quarter: Table[Quarter]
    measure: Tables[Mod]
    step: Table[Step]
    beyond: Table[Step]
    anaphoric: Tables[Step]
    around: Table[Step]
    direction: Table[Step]
    anaphoric_direction: Table[Step]
    stretch: Table[Step]
    latest: Table[Step]
    same_unit: Table[SameUnit]
    relation: Table[Literal["AFTER", "BEFORE"]]
    about: Table[Mod]
    someday: Table[Reference]
    approx: Table[Mod]
    today: Table[Step]
    tonight: Table[Step]
    spoken_decade: Table[Annotated[str, Field(pattern=r"^\d{3}$")]]
    daypart: Table[PartOfDay]
    overnight: Table[PartOfDay]
    noon: Table[PartOfDay]
    season: Table[Literal["SP", "SU", "FA", "WI"]]
    event: Table[Day]
    frequency: Table[Annotated[str, Field(pattern=r"^(P\d+[DWMY]|PT\d+[HMS]|XXXX-XX-XXT(MO|AF|EV|NI))$")]]
    reference: Table[Reference]


class CalendarsFile(KnowledgeFile):
    """models/dates/calendars.toml: every table with the values that the resolver knows."""

    hijri_month: Tables[Month]
    day_word: Table[Annotated[int, Field(ge=1, le=30)]]
    last_day: Table[Literal[0]]
    dekad: Table[PartOfPeriod]
    named_day: Tables[DayOfYear]
    feast_shift: Table[Step]
    eve: Table[Step]
    feast_period: Table[Literal["W", "WE"]]
    side: Table[Step]
    feast_unit: Table[Literal[1, 7]]
    feast_day: Table[Annotated[int, Field(ge=0, le=4)]]
    occasion: Table[Day]
    slain: Table[Day]
    commemoration: Table[DayOfYear]


class Growth(KnowledgeFile):
    """Words that any expression takes in."""

    left: Pattern
    right: Pattern


class Rule(KnowledgeFile):
    """One rule; the head of rules.toml explains its keys."""

    pattern: Pattern
    needs: Annotated[SomeWords, BeforeValidator(_as_list)]
    example: str
    before: Pattern | None = None
    not_before: Pattern | None = None
    not_after: Pattern | None = None
    attached: bool = False
    fallback: bool = False


class RulesFile(KnowledgeFile):
    """models/dates/rules.toml."""

    triggers: Table[Pattern]
    growth: Growth
    fragments: Table[Pattern]
    words: Table[Names]
    pieces: Table[Pattern]
    rules: Tables[Rule]
