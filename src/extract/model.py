"""The plain data that travels between the rooms of the pipeline.

All offsets are Unicode code points into `Article.text`, half-open: `text[start:end]` is the surface.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SectionKind = Literal["title", "byline", "dateline", "caption", "body", "boilerplate"]
Label = Literal["FACTION", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"]
QuoteType = Literal["direct", "mixed", "indirect", "tweet", "pull", "scare"]
SpeakerKind = Literal["named", "described", "pronoun", "organisation", "document"]
SpeakerMethod = Literal["mention", "coreference", "role"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of the article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the article with one role; sections never overlap and come in text order."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem met on the way; a row of the `issues` table.

    Attributes:
        source: The file, or `file:line` for a line that is no record.
        article_id: The article concerned, None where none could be made.
        code: A stable short name such as `empty_text`, for filtering.
        message: What failed and what was seen.
        advice: What to do about it.
    """

    source: str
    article_id: str | None
    severity: Severity
    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read from its source.

    Attributes:
        text: The decoded source text, unaltered but for line ends and a byte-order mark in `.txt`.
        published_at: Publication time in UTC, None if unknown.
        published_source: Where it was found (`metadata`, `byline`, `dateline`, `inferred`), or
            `unknown: <reason>`.
        content_hash: Hash of the text and all metadata; another hash means an edited article.
        sections: Cover all of the text that is not white space.
        issues: Problems met while reading it that did not stop it.
    """

    article_id: str
    source: str
    format: str
    text: str
    content_hash: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_source: str | None = None
    sections: tuple[Section, ...] = ()
    issues: tuple[Issue, ...] = ()

    def section_at(self, offset: int) -> SectionKind:
        """Return the kind of the section that holds `offset`; `body` where none does."""
        for section in self.sections:
            if section.start <= offset < section.end:
                return section.kind
        return "body"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text; the entity fields stay None until `resolve` has linked it.

    Attributes:
        method: How the entity was found: `alias`, `short_name`, `acronym`, `place`, `demonym`, `group`,
            `outlet`, `institution`, `office` (surname with an office), `misspelling`, `ner`.
        rule: The pattern or lexicon line that matched, for the reader who asks why.
        engine: Who saw the name: `lexicon`, `pattern`, or the engine's name.
        confidence: 0 to 1.
        candidates: Ids that the surface may stand for: of entities before linking; after it, where more
            than one is left, the name ids of all.
        name_id: The same for all mentions of one named thing, known or not: the id of its entry in the
            lexicon, else one made of label and full name (`person:samir-qattan`). None where several are
            possible.
    """

    start: int
    end: int
    text: str
    label: Label
    method: str
    rule: str
    engine: str
    confidence: float
    candidates: tuple[str, ...] = ()
    entity_id: str | None = None
    entity_name: str | None = None
    entity_kind: str | None = None
    name_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted or reported piece of speech, without its quotation marks.

    Attributes:
        speaker: The words in the text that name the speaker (`he`, `the second official`).
        speaker_name: The resolved speaker's name; for a linked entity its canonical name.
        speaker_name_id: As `Mention.name_id`; None for speakers without a name.
        speaker_method: How the speaker was told from the phrase; None where only the phrase is known.
        group: Index (in the article's quotes) of the first piece of the same utterance.
        duplicate_of: Index of the quote that this one repeats (a pull quote), None for most.
    """

    start: int
    end: int
    text: str
    type: QuoteType
    rule: str
    confidence: float
    group: int
    speaker: TextSpan | None = None
    cue: TextSpan | None = None
    speaker_kind: SpeakerKind | None = None
    speaker_entity_id: str | None = None
    speaker_name: str | None = None
    speaker_name_id: str | None = None
    speaker_method: SpeakerMethod | None = None
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class TimexSpan:
    """A temporal expression as found by a rule, before it has a value.

    Attributes:
        parts: What the rule captured, names as their values: `{"month": "7", "day": "28"}`.
    """

    start: int
    end: int
    text: str
    rule: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression with its TIMEX3 value.

    Attributes:
        value: TIMEX3 value, such as `2021-07`, `P3Y`, `PRESENT_REF`.
        mod: TIMEX3 mod, such as `END`, `MORE_THAN`.
        earliest: First day that the expression can mean, None if open; of a duration where it lies, if told.
        latest: Last day that the expression can mean, None if open.
        anchor: The day that a relative expression was counted from, None for absolute ones.
        anchor_source: `published`, `inferred`, `reference` (a date of the text, the day of speech), None.
    """

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    rule: str
    mod: str | None = None
    earliest: date | None = None
    latest: date | None = None
    anchor: date | None = None
    anchor_source: str | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that was found in one article: what `tables` turns into rows.

    Attributes:
        sentences: Offsets of the sentences, in order.
        engine: Name of the engine that made the Doc.
    """

    article: Article
    sentences: tuple[tuple[int, int], ...]
    n_tokens: int
    engine: str
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    timexes: tuple[Timex, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
