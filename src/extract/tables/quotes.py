"""The `quotes` table."""

from collections.abc import Iterator, Sequence
from typing import get_args

from extract.model import Act, Annotation, Medium, Polarity, QuoteType, SpeakerKind, SpeakerMethod
from extract.schema import Reference, Row, Surface, Table
from extract.schema.columns import (
    BOOL,
    BY_LOCATION,
    DAY,
    OFFSET,
    STRING,
    STRINGS,
    article_id,
    at_least,
    column,
    confidence,
    context,
    in_order,
    is_first_of,
    one_of,
    row_id,
    span,
    together,
)
from extract.tables.location import id_at, location, part


def quote_rows(annotation: Annotation) -> Iterator[Row]:
    """Yield one row per quote."""
    ids = [id_at(annotation, "quotes", quote) for quote in annotation.quotes]
    for quote_id, quote in zip(ids, annotation.quotes, strict=True):
        speaker, cue = part(quote.speaker), part(quote.cue)
        yield {
            "quote_id": quote_id,
            **location(annotation, quote),
            "type": quote.type,
            "speaker_text": speaker["text"],
            "speaker_start": speaker["start"],
            "speaker_end": speaker["end"],
            "speaker_entity_id": quote.speaker_entity_id,
            "speaker_entity_ids": list(quote.speaker_entity_ids or filter(None, [quote.speaker_entity_id])),
            "speaker_name_id": quote.speaker_name_id,
            "speaker_name": quote.speaker_name,
            "speaker_kind": quote.speaker_kind,
            "speaker_method": quote.speaker_method,
            "speaker_candidates": list(quote.speaker_candidates),
            "speaker_confidence": quote.speaker_confidence,
            "cue": cue["text"],
            "cue_start": cue["start"],
            "cue_end": cue["end"],
            "act": quote.context.act,
            "polarity": quote.context.polarity,
            "medium": quote.context.medium,
            "anonymous": quote.context.anonymous,
            "addressee": quote.context.addressee.text if quote.context.addressee else None,
            "addressee_id": quote.context.addressee_id,
            **_said_on(annotation, quote.context.said_on),
            "affiliation": list(quote.context.affiliation) or None,
            "about": list(quote.context.about),
            "group_id": _id_of(ids, quote.group),
            "duplicate_of": _id_of(ids, quote.duplicate_of),
            "confidence": quote.confidence,
            "rule": quote.rule,
        }


def _said_on(annotation: Annotation, index: int | None) -> Row:
    """Return the columns for the day of the utterance, by the index of its temporal expression."""
    timex = None if index is None else annotation.timexes[index]
    return {
        "said_on_earliest": timex and timex.earliest,
        "said_on_latest": timex and timex.latest,
        "said_on_date_id": timex and id_at(annotation, "dates", timex),
    }


def _id_of(ids: Sequence[str], index: int | None) -> str | None:
    """Return the id of another quote of the article; for an index without a quote, one that no row has."""
    if index is None:
        return None
    return ids[index] if 0 <= index < len(ids) else f"quote {index}"


TABLE = Table(
    name="quotes",
    description="One row per piece of quoted or reported speech.",
    columns={
        "article_id": article_id(),
        "quote_id": row_id("quote"),
        **span("the quote (without its marks)"),
        "type": column(STRING, "How the speech is quoted.", one_of(get_args(QuoteType))),
        "speaker_text": column(STRING, "The words that refer to the speaker, such as `he`.", nullable=True),
        "speaker_start": column(OFFSET, "Start of speaker_text.", at_least(0), nullable=True),
        "speaker_end": column(OFFSET, "End of speaker_text, exclusive.", nullable=True),
        "speaker_entity_id": column(
            STRING,
            "The speaker: an actors.entity_id or a places.entity_id; null if not linked.",
            nullable=True,
        ),
        "speaker_entity_ids": column(
            STRINGS,
            "All who speak jointly and are linked, in text order; of one speaker that id alone, else empty.",
        ),
        "speaker_name_id": column(
            STRING,
            "The speaker, known or not: as in entities.name_id; of one whom the article only describes an id"
            " within it (`2021/a#us-official`). Null if ambiguous.",
            nullable=True,
        ),
        "speaker_name": column(
            STRING, "The speaker's name; if linked, the name in the lexicon.", nullable=True
        ),
        "speaker_kind": column(
            STRING, "How the text refers to the speaker.", one_of(get_args(SpeakerKind)), nullable=True
        ),
        "speaker_method": column(
            STRING,
            "How the speaker was resolved: named in the phrase, named earlier, or by office on that day.",
            one_of(get_args(SpeakerMethod)),
            nullable=True,
        ),
        "speaker_candidates": column(
            STRINGS, "The possible speakers where a name or an office may mean several; else empty."
        ),
        "speaker_confidence": confidence(
            "Probability that the speaker is right; null without a speaker.", nullable=True
        ),
        "cue": column(
            STRING,
            "What introduces the speech: words such as `told`, a colon, the dash of a signature.",
            nullable=True,
        ),
        "cue_start": column(OFFSET, "Start of cue.", at_least(0), nullable=True),
        "cue_end": column(OFFSET, "End of cue, exclusive.", nullable=True),
        "act": column(
            STRING,
            "What the speaker did: said something, thought, demanded or knew it, or only named a topic.",
            one_of(get_args(Act)),
        ),
        "polarity": column(
            STRING, "Whether it was said or denied: `denied that ...` is negated.", one_of(get_args(Polarity))
        ),
        "medium": column(
            STRING, "How the words were made public, if told.", one_of(get_args(Medium)), nullable=True
        ),
        "anonymous": column(
            BOOL,
            "Whether the article does not name the persons who speak; null without a speaker.",
            nullable=True,
        ),
        "addressee": column(STRING, "To whom the words were said, as written.", nullable=True),
        "addressee_id": column(
            STRING, "The addressee: an entity_id, else a name_id, as in entities.", nullable=True
        ),
        "said_on_earliest": column(DAY, "First day on which it may have been said, if told.", nullable=True),
        "said_on_latest": column(DAY, "Last day on which it may have been said, if told.", nullable=True),
        "said_on_date_id": column(STRING, "What dates the utterance: a dates.date_id.", nullable=True),
        "affiliation": column(
            STRINGS,
            "On whose behalf the speaker speaks: ids as in about; null if the article does not tell.",
            nullable=True,
        ),
        "about": column(
            STRINGS, "The actors of whom the words speak: entity_ids, else name_ids, as in entities."
        ),
        "group_id": column(STRING, "quote_id of the first piece of the same utterance."),
        "duplicate_of": column(
            STRING,
            "quote_id of the quote that this one repeats: of another one of its article (a pull quote), or of"
            " the first one with the same words in an earlier article of the story.",
            nullable=True,
        ),
        "confidence": confidence("Probability that it is speech or thought with the right border."),
        "rule": column(STRING, "The rule that found it."),
        **context(),
    },
    order=BY_LOCATION,
    rows=quote_rows,
    checks=(
        in_order("start_char", "end_char"),
        together("speaker_text", "speaker_start", "speaker_end"),
        in_order("speaker_start", "speaker_end"),
        together("cue", "cue_start", "cue_end"),
        in_order("cue_start", "cue_end"),
        in_order("said_on_earliest", "said_on_latest", strictly=False),
        is_first_of("speaker_entity_id", "speaker_entity_ids"),
    ),
    surfaces=(
        Surface(),
        Surface("speaker_text", "speaker_start", "speaker_end"),
        Surface("cue", "cue_start", "cue_end"),
    ),
    references=(
        Reference("said_on_date_id", "dates", "date_id"),
        Reference("group_id", "quotes", "quote_id"),
        Reference("duplicate_of", "quotes", "quote_id"),
    ),
    guarded=("speaker_text",),
)
