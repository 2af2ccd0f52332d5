"""The plain data that packages pass to each other.

All offsets count Unicode code points of `Article.text` and are half-open: `text[start:end]` is the surface.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from extract.printable import printable

SectionKind = Literal["title", "byline", "dateline", "caption", "body", "boilerplate", "foreign"]
Label = Literal["FACTION", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"]
QuoteType = Literal["direct", "mixed", "indirect", "tweet", "pull", "scare"]
SpeakerKind = Literal["named", "described", "pronoun", "organisation", "document"]
SpeakerMethod = Literal["mention", "coreference", "role", "override"]
Act = Literal["statement", "belief", "demand", "fact", "topic"]
Polarity = Literal["affirmed", "negated"]
Medium = Literal[
    "tweet",
    "post",
    "statement",
    "interview",
    "press_conference",
    "speech",
    "broadcast",
    "testimony",
    "letter",
    "conversation",
    "report",
    "video",
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimexRelation = Literal["since", "by", "until", "after", "before", "from", "to"]
Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of the article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the article with one role; sections are in text order and never overlap."""

    kind: SectionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A post of a live blog or a story of a digest: an article of its own for dates and pronouns.

    Attributes:
        start: Where it begins; it ends where the next unit does, the last one with the text.
        published_at: When it was written, in UTC: by its own date line, else as the article; None if unknown.
        published_source: As `Article.published_source`.
    """

    start: int
    published_at: datetime | None
    published_source: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem found during a run; a row of the `issues` table.

    Attributes:
        source: The file, or `file:line` for a line that is not a valid record.
        article_id: The article concerned; None if none could be created.
        code: A stable short name such as `empty_text`, for filtering.
        message: What failed and what was found; control characters from texts and names are escaped.
        advice: What to do about it.
    """

    source: str
    article_id: str | None
    severity: Severity
    code: str
    message: str
    advice: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", printable(self.message))


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as read from its source.

    Attributes:
        text: The decoded source text; only line endings and a byte-order mark in `.txt` are changed.
        published_at: Publication time in UTC; None if unknown.
        published_source: Where `published_at` was found (`metadata`, `byline`, `dateline`, `inferred`), or
            `unknown: <reason>`.
        content_hash: Hash of the text and all metadata; a different hash means an edited article.
        sections: Together they cover the whole text except white space.
        units: The posts of a live blog or the stories of a digest, in text order; none if it is one story.
        issues: Problems found while reading the article that did not prevent it.
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
    units: tuple[Unit, ...] = ()
    issues: tuple[Issue, ...] = ()

    def is_foreign(self, start: int, end: int) -> bool:
        """Return whether a stretch of the text reaches into a part that is not English."""
        return any(
            section.kind == "foreign" and section.start < end and start < section.end
            for section in self.sections
        )

    def section_at(self, offset: int) -> SectionKind:
        """Return the kind of the section that contains `offset`; `body` if there is none."""
        for section in self.sections:
            if section.start <= offset < section.end:
                return section.kind
        return "body"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text; the entity fields stay None until it is linked.

    Attributes:
        method: How the entity was found: `alias`, `short_name`, `acronym`, `place`, `demonym`, `group`,
            `outlet`, `institution`, `office` (surname with an office), `misspelling`, `ner`.
        rule: The pattern or lexicon line that matched, to explain the result.
        engine: What found the name: `lexicon`, `pattern`, or the engine's name.
        confidence: While mentions are found, how sure the rule is; then the probability that label and link
            are right.
        candidates: What the surface may refer to: entity ids before linking; name ids after it, if more
            than one is left.
        name_id: Identifies the named thing, known or not, across all its mentions: the id of its lexicon
            entry, else one built from label and full name (`person:samir-qattan`). None if ambiguous.
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
class Context:
    """What the article tells about a quote: how, when, to whom and on whose behalf it was said.

    Attributes:
        act: The type of attribution, by the cue in its sense.
        polarity: Whether the attribution itself is negated: `denied that ...`.
        medium: How the words were made public; None if that is not told.
        anonymous: Whether the article does not name the persons who speak; None without a speaker.
        addressee: The words for whom the words were said to.
        addressee_id: As `speaker_entity_id`, else as `speaker_name_id`.
        said_on: Index of the article's temporal expression that dates the utterance.
        affiliation: Ids of those on whose behalf the speaker speaks; empty if that is not told.
        about: Ids of the actors of whom the words speak.
    """

    act: Act = "statement"
    polarity: Polarity = "affirmed"
    medium: Medium | None = None
    anonymous: bool | None = None
    addressee: TextSpan | None = None
    addressee_id: str | None = None
    said_on: int | None = None
    affiliation: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of quoted or reported speech, without its quotation marks.

    Attributes:
        speaker: The words in the text that refer to the speaker (`he`, `the second official`).
        speaker_entity_ids: The ids of all who speak jointly, in text order; the first is `speaker_entity_id`.
        speaker_name: Name of the resolved speaker; the canonical name of a linked entity.
        speaker_name_id: As `Mention.name_id`; of one who is only described, from `ids.description_id`.
        speaker_method: How the phrase was resolved to a speaker; None if it was not.
        speaker_candidates: Name ids of those who may be the speaker, where it is not certain who.
        group: Index (in the article's quotes) of the first piece of the same utterance.
        duplicate_of: Index of the quote that this one repeats (a pull quote); None for most.
        confidence: While quotes are found, how sure the rule is; then the probability that the words are
            speech or thought with the right border.
        speaker_confidence: The probability that the speaker is right; None without a speaker.
        context: What the article tells about how it was said.
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
    speaker_entity_ids: tuple[str, ...] = ()
    speaker_name: str | None = None
    speaker_name_id: str | None = None
    speaker_method: SpeakerMethod | None = None
    speaker_candidates: tuple[str, ...] = ()
    speaker_confidence: float | None = None
    duplicate_of: int | None = None
    context: Context = Context()


@dataclass(frozen=True, slots=True)
class TimexSpan:
    """A temporal expression found by a rule, before it has a value.

    Attributes:
        parts: What the rule captured, with names as numbers: `{"month": "7", "day": "28"}`.
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
        earliest: First day that it can mean (of a duration: its first day); None if open or unknown.
        latest: Last day that it can mean (of a duration: its last day); None if open or unknown.
        relation: How the text places what it tells against the expression: `since 2014`; None if it does not.
        range_of: Start and end of the first expression of its range; None outside a range.
        anchor: The day from which a relative expression is counted; None for absolute ones.
        anchor_source: `published`, `inferred`, `reference` (a date in the text, the day of speech), or None.
        confidence: The probability that span, type and value are right.
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
    relation: TimexRelation | None = None
    range_of: tuple[int, int] | None = None
    anchor: date | None = None
    anchor_source: str | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything found in one article; `tables` turns it into rows.

    Attributes:
        sentences: Offsets of the sentences, in order.
        engine: Name of the engine that produced the Doc.
    """

    article: Article
    sentences: tuple[tuple[int, int], ...]
    n_tokens: int
    engine: str
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    timexes: tuple[Timex, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
