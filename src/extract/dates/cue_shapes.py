"""What models/dates/tense.toml and context.toml may hold.

The code looks at few characters next to a date, which limits the length of some words.
"""

from typing import Annotated

from pydantic import Field

from extract.knowledge import KnowledgeFile, SmallWords, SomeWords, Word
from extract.model import TimexRelation

RangeWords = Annotated[list[Annotated[Word, Field(max_length=len("through"))]], Field(min_length=1)]
NearWords = Annotated[list[Annotated[Word, Field(max_length=7)]], Field(min_length=1)]
Openers = Annotated[list[Annotated[Word, Field(max_length=9)]], Field(min_length=1)]
Relations = Annotated[dict[TimexRelation, SomeWords], Field(min_length=1)]
Phrases = Annotated[list[Annotated[Word, Field(max_length=14)]], Field(min_length=1)]


class BeforeDate(KnowledgeFile):
    """Words directly before a date."""

    ahead: Phrases
    then: NearWords
    by: NearWords
    said: SomeWords
    lightly: Phrases
    coming: SomeWords
    subjects: SomeWords


class Auxiliaries(KnowledgeFile):
    """Auxiliaries by the tense that they show."""

    future: SmallWords
    past: SmallWords
    present: SmallWords
    past_perfect: SmallWords


class Plans(KnowledgeFile):
    """Words for plans and prospects."""

    planning: SmallWords
    acts: SmallWords
    prospects: SmallWords
    prepositions: SmallWords


class Postponing(KnowledgeFile):
    """Verbs that move an event, and the prepositions of its new day."""

    verbs: SmallWords
    prepositions: SmallWords


class Deciding(KnowledgeFile):
    """Words before an infinitive that is still to be done."""

    words: SmallWords


class Calendar(KnowledgeFile):
    """Verbs of scheduled events."""

    verbs: SmallWords


class Unparsed(KnowledgeFile):
    """Words of sentences without a parse."""

    auxiliaries: SomeWords
    contractions: SomeWords
    be: SomeWords
    adverbs: SomeWords
    states: SomeWords
    future: SomeWords
    plans: SomeWords
    articles: SomeWords
    by: SomeWords
    postponed: SomeWords
    plural: SomeWords
    present: SomeWords
    deciding: SomeWords
    determiners: SomeWords
    not_past: SomeWords
    past: SomeWords
    past_perfect: SomeWords


class TenseFile(KnowledgeFile):
    """models/dates/tense.toml."""

    before_date: BeforeDate
    auxiliaries: Auxiliaries
    plans: Plans
    postponing: Postponing
    deciding: Deciding
    calendar: Calendar
    unparsed: Unparsed


class Ranges(KnowledgeFile):
    """Words between the ends of a range."""

    to: RangeWords
    joining: RangeWords
    between: NearWords


class Weekdays(KnowledgeFile):
    """Words before a weekday that lies ahead."""

    arranged: NearWords


class Figures(KnowledgeFile):
    """Words before a period with whose figures others are compared."""

    compared: NearWords


class Durations(KnowledgeFile):
    """Words after a duration that is part of an event."""

    part: SomeWords


class Yearless(KnowledgeFile):
    """Words before a month or day without a year."""

    until: NearWords
    perfect: SomeWords
    contractions: SomeWords
    since: SomeWords


class Frames(KnowledgeFile):
    """Words before a year that holds for its sentence."""

    openers: Phrases


class Narrative(KnowledgeFile):
    """Words that tell the dates of a story from asides."""

    past_perfect: SomeWords
    relative_pronouns: SomeWords
    prospects: SomeWords
    since: NearWords
    until: NearWords
    by: NearWords
    determiners: NearWords
    openers: Openers


class Speech(KnowledgeFile):
    """Verbs that attribute a quotation."""

    verbs: SomeWords


class ContextFile(KnowledgeFile):
    """models/dates/context.toml."""

    ranges: Ranges
    relations: Relations
    weekdays: Weekdays
    figures: Figures
    durations: Durations
    yearless: Yearless
    frames: Frames
    narrative: Narrative
    speech: Speech
