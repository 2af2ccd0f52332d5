"""Words around a date that decide its value: tense.toml and context.toml in models/dates/ -> patterns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.dates.cue_shapes import ContextFile, Narrative, TenseFile, Unparsed
from extract.knowledge import read_shaped
from extract.model import TimexRelation
from extract.text.alternations import any_of

TENSE_FILE = Path("dates", "tense.toml")
CONTEXT_FILE = Path("dates", "context.toml")

#: Start of a sentence or list item, up to its first word.
SENTENCE_OPENING = r"(?:\A|\n|[.!?][\"”’')\]]*\s)\s{0,8}(?:[-•*–—·]\s{1,8})?[\"“‘'(]?"
_WORD = r"\b(?=[^\W\d])"  # start of a word; no cue starts inside a word or at a number
_DATE_FOLLOWS = r"(?=\s{1,8}\Z)"
_REST_OF_CLAUSE = r"[^,;.:()\n]{0,160}\Z"


@dataclass(frozen=True, slots=True)
class TenseCues:
    """Words that show whether an event lies ahead: lemmas, auxiliaries and patterns.

    Attributes:
        future: Auxiliaries of the future (`will`).
        past: Auxiliaries of the past (`was`).
        present: Auxiliaries that need an -ing form or `to` for the future (`is meeting`).
        past_perfect: Auxiliaries by which a plan is over (`had been scheduled`).
        planning: Verbs of planning; a day after their object is that of the event.
        prospects: All words for plans and prospects (`due`, `promise`).
        event_prepositions: Those that lead from a plan to the day of the event (`scheduled for`).
        postponing: Verbs that move an event to another day.
        until: Prepositions before that day.
        deciding: Words before an infinitive that is still to be done (`agreed to`).
        calendar: Verbs of scheduled events (`the fair opens`).
        ahead: Matches words right before a date that put it in the future.
        by: Matches those that do so where no verb shows a tense.
        said: Matches a verb of speech right before a day, which is then that of speech.
        subject: Matches the words after a day that is a subject (`said Monday will be`).
        coming: Matches a day and the word after it that puts its event in the future (`Saturday's expected`).
        cue: Matches the cues of text without a parse; those of the past are its group `past`,
            and `decided` is what was decided (`agreed to buy`).
    """

    future: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    past_perfect: frozenset[str]
    planning: frozenset[str]
    prospects: frozenset[str]
    event_prepositions: frozenset[str]
    postponing: frozenset[str]
    until: frozenset[str]
    deciding: frozenset[str]
    calendar: frozenset[str]
    ahead: re.Pattern[str]
    by: re.Pattern[str]
    said: re.Pattern[str]
    subject: re.Pattern[str]
    coming: re.Pattern[str]
    cue: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ContextCues:
    """Patterns of the words around a date that decide what it is counted from, or its year.

    Attributes:
        range_mark: All that may stand between the ends of a range.
        range_to: Words for `to` at the end of the text before the last end of a range.
        range_opens: `between`, before the first end of a range.
        range_joins: What may stand between two ends after `between`.
        relation: A word that places what is told against a date; its groups are the relations.
        relation_ends: The last words of `relation`: a quick look that settles most cases.
        weekday_range: The end of a weekday and the words that make it the start of a range (`Monday to`).
        arranged: `for` before a weekday (`a strike called for Thursday`).
        compared: Words before a period with whose figures others are compared (`after a flat`).
        part: What follows a duration that is part of an event (` of `).
        until: `until` before a month or day without a year.
        until_now: A perfect tense and `since` before one (`has not met since`).
        opens_frame: The start of a sentence and a preposition, before a year that holds for the sentence.
        retrospect: A clause in the past perfect.
        aside: A relative clause, or one with `would`.
        since_year: Words that make an earlier year an aside (`the treaty of`).
        until_year: Words that make a later year an aside (`ruled until`).
        by: Words before a date that the story has yet to reach.
        determiner: Words before a year that is an adjective (`the 1919 treaty`).
        opens_sentence: The start of a sentence, and perhaps a preposition.
        said: Verbs that attribute a quotation.
    """

    range_mark: re.Pattern[str]
    range_to: re.Pattern[str]
    range_opens: re.Pattern[str]
    range_joins: re.Pattern[str]
    relation: re.Pattern[str]
    relation_ends: frozenset[str]
    weekday_range: re.Pattern[str]
    arranged: re.Pattern[str]
    compared: re.Pattern[str]
    part: tuple[str, ...]
    until: re.Pattern[str]
    until_now: re.Pattern[str]
    opens_frame: re.Pattern[str]
    retrospect: re.Pattern[str]
    aside: re.Pattern[str]
    since_year: re.Pattern[str]
    until_year: re.Pattern[str]
    by: re.Pattern[str]
    determiner: re.Pattern[str]
    opens_sentence: re.Pattern[str]
    said: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DateCues:
    """The words around dates."""

    tense: TenseCues
    context: ContextCues


def load_date_cues(models_dir: Path) -> DateCues:
    """Read tense.toml and context.toml.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing, is not TOML, or holds what its shape does not allow.
    """
    tense = read_shaped(models_dir / TENSE_FILE, TenseFile)
    context = read_shaped(models_dir / CONTEXT_FILE, ContextFile)
    return DateCues(_tense_cues(tense), _context_cues(context))


def _tense_cues(file: TenseFile) -> TenseCues:
    auxiliaries, plans, until = file.auxiliaries, file.plans, file.postponing.prepositions
    ahead, then = any_of(file.before_date.ahead), any_of(file.before_date.then)
    return TenseCues(
        future=frozenset(auxiliaries.future),
        past=frozenset(auxiliaries.past),
        present=frozenset(auxiliaries.present),
        past_perfect=frozenset(auxiliaries.past_perfect),
        planning=frozenset(plans.planning),
        prospects=frozenset([*plans.planning, *plans.acts, *plans.prospects]),
        event_prepositions=frozenset([*plans.prepositions, *until]),
        postponing=frozenset(file.postponing.verbs),
        until=frozenset(until),
        deciding=frozenset(file.deciding.words),
        calendar=frozenset(file.calendar.verbs),
        ahead=_any_case(rf"\b{ahead}(?: {then})?\s+(?:the\s+)?\Z"),
        by=_any_case(rf"\b{any_of(file.before_date.by)}\s+\Z"),
        said=_any_case(rf"\b{any_of(file.before_date.said)}\s(?:{any_of(file.before_date.lightly)}\s)?\Z"),
        subject=_any_case(rf"\w{{1,20}}\s?{any_of(file.before_date.subjects)}\b"),
        coming=_any_case(rf"\w{{1,20}}['’]s\s{any_of(file.before_date.coming)}\b"),
        cue=_cue(file.unparsed, until),
    )


def _cue(words: Unparsed, until: Iterable[str]) -> re.Pattern[str]:
    """Compile the cues of text without a parse."""
    future = "|".join(
        (
            _infinitive(words),
            rf"(?P<decided>{any_of(words.deciding)} to (?!{any_of(words.determiners)}\b)\w{{1,20}})",
            any_of([*words.auxiliaries, *words.future]),
            rf"(?<!to )(?<!not ){any_of(words.present)}(?: \w{{1,15}}ly)?(?: on)?{_DATE_FOLLOWS}",
            "".join(rf"(?<!{re.escape(article)} )" for article in words.articles) + any_of(words.plans),
            any_of(words.by) + _DATE_FOLLOWS,
            rf"{any_of(words.postponed)}\b.{{0,60}}\b{any_of(until)}{_DATE_FOLLOWS}",
        )
    )
    opening = rf"\A\s{{0,3}}(?:the\s)?(?:\w{{1,20}}\s){{0,2}}\w{{1,20}}s\s{any_of(words.plural)}"
    regular = rf"(?!{any_of(words.not_past)}\b)\w{{3,20}}ed"
    past = rf"{any_of(words.past_perfect)} \w{{1,20}}|{any_of(words.past)}|{regular}"
    contraction = any_of(words.contractions)
    return _any_case(rf"{_WORD}(?:{future})\b|{contraction}\b|{opening}\b|{_WORD}(?P<past>{past})\b")


def _infinitive(words: Unparsed) -> str:
    """Return the pattern of a verb of state and its participle: `should be completed`, `to remain closed`."""
    before = rf"(?:{any_of(words.auxiliaries)}|(?:{any_of(words.be)}\s)?to)\s(?:{any_of(words.adverbs)}\s)?"
    return rf"{before}{any_of(words.states)}\s(?:\w{{1,15}}ly\s)?\w{{1,20}}"


def _context_cues(file: ContextFile) -> ContextCues:
    between, yearless, story = file.ranges, file.yearless, file.narrative
    perfect, joined = any_of(yearless.perfect), any_of(yearless.contractions)
    return ContextCues(
        range_mark=re.compile(rf"\s?[-–—]\s?|,?\s{any_of([*between.to, *between.joining])}\s(?:the\s)?"),
        range_to=_any_case(rf"\b{any_of(between.to)}\s(?:the\s)?\Z"),
        range_opens=_any_case(rf"\b{any_of(between.between)}\s(?:the\s)?\Z"),
        range_joins=re.compile(rf",?\s{any_of(between.joining)}\s(?:the\s)?"),
        relation=_relation(file.relations),
        relation_ends=frozenset(phrase.split()[-1] for words in file.relations.values() for phrase in words),
        weekday_range=_any_case(rf"day(?:\s?[-–—]\s?|,?\s{any_of(between.to)}\s)\Z"),
        arranged=re.compile(rf"\b{any_of(file.weekdays.arranged)}\s\Z"),
        compared=_any_case(rf"\b{any_of(file.figures.compared)}\s(?:(?:the|an?|its|their)\s)?(?:\w+\s)?\Z"),
        part=tuple(f" {word} " for word in file.durations.part),
        until=_any_case(rf"\b{any_of(yearless.until)}\s+\Z"),
        until_now=_any_case(rf"(?:\b{perfect}|{joined})\b[^.;:\n]{{1,100}}\b{any_of(yearless.since)}\s\Z"),
        opens_frame=re.compile(rf"{SENTENCE_OPENING}{any_of(file.frames.openers)}\s{{1,8}}\Z"),
        retrospect=_any_case(rf"\b{any_of(story.past_perfect)}\b{_REST_OF_CLAUSE}"),
        aside=_aside(story),
        since_year=_any_case(rf"\b{any_of(story.since)}\s\Z"),
        until_year=_any_case(rf"\b{any_of(story.until)}\s\Z"),
        by=_any_case(rf"\b{any_of(story.by)}\s(?:the\s)?\Z"),
        determiner=_any_case(rf"\b{any_of(story.determiners)}\s\Z"),
        opens_sentence=re.compile(rf"(?:\A|\n|[.!?]\s)(?:{any_of(story.openers)}\s)?\Z"),
        said=re.compile(rf"\b{any_of(file.speech.verbs)}\b"),
    )


def _relation(words: Mapping[TimexRelation, Sequence[str]]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{any_of(listed)})" for name, listed in words.items())
    return _any_case(rf"\b(?:{groups})\s{{1,8}}\Z")


def _aside(story: Narrative) -> re.Pattern[str]:
    relative, prospect = any_of(story.relative_pronouns), any_of(story.prospects)
    return _any_case(rf"(?:,\s{relative}|\b{prospect})\b{_REST_OF_CLAUSE}")


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
