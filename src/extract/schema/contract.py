"""The tables, written once: columns, types, rules and meaning."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from extract.ids import digest
from extract.model import Label, QuoteType, Severity, SpeakerKind, SpeakerMethod, TimexType
from extract.schema.columns import (
    COUNT,
    DAY,
    INSTANT,
    OFFSET,
    STRING,
    STRINGS,
    article_id,
    at_least,
    column,
    confidence,
    context,
    in_order,
    known_or,
    not_empty,
    one_of,
    refers_to,
    row_id,
    span,
    table,
    together,
)

_BY_PLACE = ("article_id", "start_char", "end_char")

_ARTICLES = table(
    "One row an article.",
    {
        "article_id": column(STRING, "Its `id`, else its path below the input.", not_empty(), unique=True),
        "source": column(STRING, "The file that it was read from."),
        "format": column(STRING, "The file format that it was read from, such as `txt`, `html`, `jsonl`."),
        "title": column(STRING, "Headline.", nullable=True),
        "outlet": column(STRING, "Newspaper, agency or site.", nullable=True),
        "author": column(STRING, "Author as given.", nullable=True),
        "url": column(STRING, "Web address.", nullable=True),
        "language": column(STRING, "Language code, such as `en`.", nullable=True),
        "published_at": column(INSTANT, "Time of publication; null if unknown.", nullable=True),
        "published_source": column(
            STRING,
            "Where published_at was found, or why it is null.",
            known_or("unknown: ", ("metadata", "byline", "dateline", "inferred")),
            nullable=True,
        ),
        "text": column(STRING, "The article's text, unaltered; all offsets count code points of it."),
        "n_tokens": column(COUNT, "Number of tokens, white space not counted.", at_least(0)),
        "n_sentences": column(COUNT, "Number of sentences.", at_least(0)),
        "content_hash": column(STRING, "Hash of text and metadata; another one means an edited article."),
        "duplicate_of": column(STRING, "Smallest article_id with its text_hash; else null.", nullable=True),
        "text_hash": column(STRING, "Hash of the text with white space folded: equal for copies."),
        "engine": column(STRING, "The language engine that analysed it."),
    },
    ("article_id",),
)

_ENTITIES = table(
    "One row a mention of a faction, person, organisation or place.",
    {
        "article_id": article_id(),
        "mention_id": row_id("mention"),
        **span("the mention"),
        "label": column(STRING, "What is named.", one_of(get_args(Label))),
        "entity_id": column(STRING, "An actors.entity_id or a place; null = not linked.", nullable=True),
        "name_id": column(
            STRING,
            "What is named, known or not, the same in all articles: the lexicon's id, or label and full name "
            "(`person:samir-qattan`). Null where several are possible.",
            nullable=True,
        ),
        "entity_name": column(STRING, "Canonical name; else the fullest in the article.", nullable=True),
        "entity_kind": column(STRING, "The entity's kind, as in actors.kind.", nullable=True),
        "candidates": column(STRINGS, "The name_ids that it may mean; empty where that is settled."),
        "method": column(STRING, "How found: alias, short_name, acronym, office, misspelling, ner..."),
        "engine": column(STRING, "Who saw it: `lexicon`, `pattern`, an engine, or `spacy+stanza`."),
        "rule": column(STRING, "The pattern or lexicon line that matched."),
        "confidence": confidence(),
        **context(),
    },
    _BY_PLACE,
    in_order("start_char", "end_char"),
)

_ACTORS = table(
    "One row an actor of the lexicon, named in the articles or not.",
    {
        "entity_id": column(STRING, "Stable id, such as `kataib-hezbollah`.", not_empty(), unique=True),
        "name": column(STRING, "Canonical English name.", not_empty()),
        "kind": column(STRING, "Kind of actor: armed_faction, party, person..."),
        "arabic_name": column(STRING, "Name in Arabic script.", nullable=True),
        "aliases": column(STRINGS, "Other spellings and names."),
        "part_of": column(STRINGS, "entity_id of the bodies that it belongs or belonged to."),
        "leaders": column(STRINGS, "entity_id of its leaders, past ones too."),
        "country": column(STRING, "Country code (ISO 3166).", nullable=True),
        "wikidata_id": column(STRING, "Wikidata id, such as `Q123`.", nullable=True),
        "n_mentions": column(COUNT, "Mentions in all articles.", at_least(0)),
        "n_articles": column(COUNT, "Articles that mention it.", at_least(0)),
        "first_seen": column(INSTANT, "Earliest published_at of these articles.", nullable=True),
        "last_seen": column(INSTANT, "Latest published_at of these articles.", nullable=True),
    },
    ("entity_id",),
    in_order("first_seen", "last_seen", strictly=False),
)

_QUOTES = table(
    "One row a quoted or reported piece of speech.",
    {
        "article_id": article_id(),
        "quote_id": row_id("quote"),
        **span("the quote, without its marks,"),
        "type": column(STRING, "How it is quoted.", one_of(get_args(QuoteType))),
        "speaker_text": column(STRING, "The words that name the speaker, such as `he`.", nullable=True),
        "speaker_start": column(OFFSET, "Where speaker_text starts.", at_least(0), nullable=True),
        "speaker_end": column(OFFSET, "Where speaker_text ends (exclusive).", nullable=True),
        "speaker_entity_id": column(STRING, "Speaker: actors.entity_id; null = not linked.", nullable=True),
        "speaker_name_id": column(STRING, "Speaker, known or not: as entities.name_id.", nullable=True),
        "speaker_name": column(STRING, "The speaker's name, from the lexicon where linked.", nullable=True),
        "speaker_kind": column(
            STRING, "How the speaker is given.", one_of(get_args(SpeakerKind)), nullable=True
        ),
        "speaker_method": column(
            STRING,
            "How the speaker was told: named in the phrase, named earlier, or by the office held that day.",
            one_of(get_args(SpeakerMethod)),
            nullable=True,
        ),
        "cue": column(
            STRING,
            "What announces the speech: words such as `told`, a colon, the dash of a signature.",
            nullable=True,
        ),
        "cue_start": column(OFFSET, "Where cue starts.", at_least(0), nullable=True),
        "cue_end": column(OFFSET, "Where cue ends (exclusive).", nullable=True),
        "group_id": column(STRING, "quote_id of the first piece of the same utterance."),
        "duplicate_of": column(STRING, "quote_id of the quote that this one repeats.", nullable=True),
        "confidence": confidence(),
        "rule": column(STRING, "The rule that found it."),
        **context(),
    },
    _BY_PLACE,
    in_order("start_char", "end_char"),
    together("speaker_text", "speaker_start", "speaker_end"),
    in_order("speaker_start", "speaker_end"),
    together("cue", "cue_start", "cue_end"),
    in_order("cue_start", "cue_end"),
    refers_to("group_id", "quote_id"),
    refers_to("duplicate_of", "quote_id"),
)

_DATES = table(
    "One row a temporal expression.",
    {
        "article_id": article_id(),
        "date_id": row_id("expression"),
        **span("the expression"),
        "type": column(STRING, "TIMEX3 type.", one_of(get_args(TimexType))),
        "value": column(STRING, "TIMEX3 value, such as `2021-07`, `P3Y`, `PRESENT_REF`.", not_empty()),
        "mod": column(STRING, "TIMEX3 mod, such as `END`.", nullable=True),
        "earliest": column(
            DAY,
            "First day that it can mean; null if open. Of a duration: where it lies, if told.",
            nullable=True,
        ),
        "latest": column(
            DAY,
            "Last day that it can mean; null if open. Of a duration: where it lies, if told.",
            nullable=True,
        ),
        "anchor": column(DAY, "The day that it was counted from; null for absolute ones.", nullable=True),
        "anchor_source": column(
            STRING,
            "Where from: published, inferred, or reference: a date of the text, the day of speech.",
            nullable=True,
        ),
        "rule": column(STRING, "The rule that found it."),
        **context(),
    },
    _BY_PLACE,
    in_order("start_char", "end_char"),
    in_order("earliest", "latest", strictly=False),
)

_ISSUES = table(
    "One row a problem met.",
    {
        "source": column(STRING, "The file, or `file:line` for a line that is no record."),
        "article_id": column(STRING, "The article; null where none could be made.", nullable=True),
        "severity": column(STRING, "How bad.", one_of(get_args(Severity))),
        "code": column(STRING, "Stable short name, such as `empty_text`, for filtering.", not_empty()),
        "message": column(STRING, "What failed and what was seen."),
        "advice": column(STRING, "What to do about it."),
    },
    ("article_id", "source", "code", "severity", "message", "advice"),
)

TABLES: Mapping[str, pandera.DataFrameSchema] = MappingProxyType(
    {
        "articles": _ARTICLES,
        "entities": _ENTITIES,
        "actors": _ACTORS,
        "quotes": _QUOTES,
        "dates": _DATES,
        "issues": _ISSUES,
    }
)
# The columns of `actors` that the lexicon gives; the others are counted at publication.
LEXICON_COLUMNS = tuple(_ACTORS.columns)[:9]


def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table, in the order of its columns."""
    return pa.schema(
        pa.field(name, arrow_type(column), nullable=column.nullable)
        for name, column in TABLES[table].columns.items()
    )


def arrow_type(column: pandera.Column) -> pa.DataType:
    """Return the Arrow type of a column."""
    dtype: pd.ArrowDtype = column.dtype.type
    return dtype.pyarrow_dtype


def sort_order(table: str) -> tuple[str, ...]:
    """Return the columns that the rows of a table are sorted by, nulls last."""
    return tuple(TABLES[table].metadata["order"])


@cache
def schema_version() -> str:
    """Return a hash of all tables' columns, types and orders; a new one has all rows rewritten."""
    return digest("\n".join(f"{name} {arrow_schema(name)} {sort_order(name)}" for name in TABLES).encode())
