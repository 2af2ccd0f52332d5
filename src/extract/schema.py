"""The published tables: columns, types, rules and meaning, written once.

The Arrow schemas, the checks before publication and docs/tables.md are all derived from `TABLES`. After a
change here write the data dictionary anew: `python -m extract.schema > docs/tables.md`.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
from pandera.errors import SchemaErrors

from extract.errors import SchemaError
from extract.ids import digest
from extract.model import Label, QuoteType, SectionKind, Severity, SpeakerKind, SpeakerMethod, TimexType

_STRING = pa.string()
_OFFSET = pa.int32()
_COUNT = pa.int64()
_DAY = pa.date32()
_INSTANT = pa.timestamp("us", tz="UTC")
_STRINGS = pa.list_(pa.string())

_SHOWN_ROWS = 3


def _column(
    dtype: pa.DataType, description: str, *checks: pandera.Check, nullable: bool = False, unique: bool = False
) -> pandera.Column:
    return pandera.Column(
        pd.ArrowDtype(dtype), list(checks), nullable=nullable, unique=unique, description=description
    )


def _one_of(values: Collection[str]) -> pandera.Check:
    return pandera.Check.isin(list(values), error="one of " + ", ".join(f"`{value}`" for value in values))


def _known_or(prefix: str, values: Collection[str]) -> pandera.Check:
    def holds(column: pd.Series) -> pd.Series:
        return column.isin(list(values)) | column.str.startswith(prefix)

    named = ", ".join(f"`{value}`" for value in values)
    return pandera.Check(holds, error=f"{named}, or `{prefix}` and the reason")


def _not_empty() -> pandera.Check:
    return pandera.Check(lambda column: column != "", error="not empty")


def _at_least(minimum: int) -> pandera.Check:
    return pandera.Check.ge(minimum, error=f"at least {minimum}")


def _in_order(low: str, high: str, *, strictly: bool = True) -> pandera.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        return (frame[low].lt(frame[high]) if strictly else frame[low].le(frame[high])).fillna(value=True)

    return pandera.Check(holds, error=f"`{low}` {'before' if strictly else 'not after'} `{high}`")


def _together(*columns: str) -> pandera.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[list(columns)].isna().sum(axis="columns").isin([0, len(columns)])

    return pandera.Check(holds, error=f"{', '.join(f'`{c}`' for c in columns)} all given or all null")


def _refers_to(column: str, key: str) -> pandera.Check:
    def holds(frame: pd.DataFrame) -> pd.Series:
        return frame[column].isna() | frame[column].isin(frame[key])

    return pandera.Check(holds, error=f"`{column}` is a `{key}` of the table")


def _span(what: str) -> dict[str, pandera.Column]:
    return {
        "start_char": _column(_OFFSET, f"Where {what} starts: code points into articles.text.", _at_least(0)),
        "end_char": _column(_OFFSET, f"Where {what} ends (exclusive).", _at_least(1)),
        "text": _column(
            _STRING, "The words as they stand in the article: text[start_char:end_char].", _not_empty()
        ),
    }


def _context() -> dict[str, pandera.Column]:
    return {
        "sentence": _column(_STRING, "The sentence that holds start_char.", nullable=True),
        "section": _column(
            _STRING, "The part of the article that holds start_char.", _one_of(get_args(SectionKind))
        ),
    }


def _row_id(what: str) -> pandera.Column:
    return _column(_STRING, f"Id of the {what}; the same from run to run.", _not_empty(), unique=True)


def _article_id() -> pandera.Column:
    return _column(_STRING, "The article: articles.article_id.", _not_empty())


def _confidence() -> pandera.Column:
    return _column(pa.float64(), "How sure.", pandera.Check.in_range(0, 1, error="between 0 and 1"))


def _table(
    title: str, columns: Mapping[str, pandera.Column], order: tuple[str, ...], *checks: pandera.Check
) -> pandera.DataFrameSchema:
    return pandera.DataFrameSchema(
        dict(columns), list(checks), strict=True, ordered=True, title=title, metadata={"order": order}
    )


_BY_PLACE = ("article_id", "start_char", "end_char")

_ARTICLES = _table(
    "One row an article.",
    {
        "article_id": _column(_STRING, "Its `id`, else its path below the input.", _not_empty(), unique=True),
        "source": _column(_STRING, "The file that it was read from."),
        "format": _column(_STRING, "The file format that it was read from, such as `txt`, `html`, `jsonl`."),
        "title": _column(_STRING, "Headline.", nullable=True),
        "outlet": _column(_STRING, "Newspaper, agency or site.", nullable=True),
        "author": _column(_STRING, "Author as given.", nullable=True),
        "url": _column(_STRING, "Web address.", nullable=True),
        "language": _column(_STRING, "Language code, such as `en`.", nullable=True),
        "published_at": _column(_INSTANT, "Time of publication; null if unknown.", nullable=True),
        "published_source": _column(
            _STRING,
            "Where published_at was found, or why it is null.",
            _known_or("unknown: ", ("metadata", "byline", "dateline", "inferred")),
            nullable=True,
        ),
        "text": _column(_STRING, "The article's text, unaltered; all offsets count code points of it."),
        "n_tokens": _column(_COUNT, "Number of tokens, white space not counted.", _at_least(0)),
        "n_sentences": _column(_COUNT, "Number of sentences.", _at_least(0)),
        "content_hash": _column(_STRING, "Hash of text and metadata; another one means an edited article."),
        "duplicate_of": _column(_STRING, "Smallest article_id with its text_hash; else null.", nullable=True),
        "text_hash": _column(_STRING, "Hash of the text with white space folded: equal for copies."),
        "engine": _column(_STRING, "The language engine that analysed it."),
    },
    ("article_id",),
)

_ENTITIES = _table(
    "One row a mention of a faction, person, organisation or place.",
    {
        "article_id": _article_id(),
        "mention_id": _row_id("mention"),
        **_span("the mention"),
        "label": _column(_STRING, "What is named.", _one_of(get_args(Label))),
        "entity_id": _column(_STRING, "An actors.entity_id or a place; null = not linked.", nullable=True),
        "name_id": _column(
            _STRING,
            "What is named, known or not, the same in all articles: the lexicon's id, or label and full name "
            "(`person:samir-qattan`). Null where several are possible.",
            nullable=True,
        ),
        "entity_name": _column(_STRING, "Canonical name; else the fullest in the article.", nullable=True),
        "entity_kind": _column(_STRING, "The entity's kind, as in actors.kind.", nullable=True),
        "candidates": _column(_STRINGS, "The name_ids that it may mean; empty where that is settled."),
        "method": _column(_STRING, "How found: alias, short_name, acronym, office, misspelling, ner..."),
        "engine": _column(_STRING, "Who saw it: `lexicon`, `pattern`, an engine, or `spacy+stanza`."),
        "rule": _column(_STRING, "The pattern or lexicon line that matched."),
        "confidence": _confidence(),
        **_context(),
    },
    _BY_PLACE,
    _in_order("start_char", "end_char"),
)

_ACTORS = _table(
    "One row an actor of the lexicon, named in the articles or not.",
    {
        "entity_id": _column(_STRING, "Stable id, such as `kataib-hezbollah`.", _not_empty(), unique=True),
        "name": _column(_STRING, "Canonical English name.", _not_empty()),
        "kind": _column(_STRING, "Kind of actor: armed_faction, party, person..."),
        "arabic_name": _column(_STRING, "Name in Arabic script.", nullable=True),
        "aliases": _column(_STRINGS, "Other spellings and names."),
        "part_of": _column(_STRINGS, "entity_id of the bodies that it belongs or belonged to."),
        "leaders": _column(_STRINGS, "entity_id of its leaders, past ones too."),
        "country": _column(_STRING, "Country code (ISO 3166).", nullable=True),
        "wikidata_id": _column(_STRING, "Wikidata id, such as `Q123`.", nullable=True),
        "n_mentions": _column(_COUNT, "Mentions in all articles.", _at_least(0)),
        "n_articles": _column(_COUNT, "Articles that mention it.", _at_least(0)),
        "first_seen": _column(_INSTANT, "Earliest published_at of these articles.", nullable=True),
        "last_seen": _column(_INSTANT, "Latest published_at of these articles.", nullable=True),
    },
    ("entity_id",),
    _in_order("first_seen", "last_seen", strictly=False),
)

_QUOTES = _table(
    "One row a quoted or reported piece of speech.",
    {
        "article_id": _article_id(),
        "quote_id": _row_id("quote"),
        **_span("the quote, without its marks,"),
        "type": _column(_STRING, "How it is quoted.", _one_of(get_args(QuoteType))),
        "speaker_text": _column(_STRING, "The words that name the speaker, such as `he`.", nullable=True),
        "speaker_start": _column(_OFFSET, "Where speaker_text starts.", _at_least(0), nullable=True),
        "speaker_end": _column(_OFFSET, "Where speaker_text ends (exclusive).", nullable=True),
        "speaker_entity_id": _column(_STRING, "Speaker: actors.entity_id; null = not linked.", nullable=True),
        "speaker_name_id": _column(_STRING, "Speaker, known or not: as entities.name_id.", nullable=True),
        "speaker_name": _column(_STRING, "The speaker's name, from the lexicon where linked.", nullable=True),
        "speaker_kind": _column(
            _STRING, "How the speaker is given.", _one_of(get_args(SpeakerKind)), nullable=True
        ),
        "speaker_method": _column(
            _STRING,
            "How the speaker was told: named in the phrase, named earlier, or by the office held that day.",
            _one_of(get_args(SpeakerMethod)),
            nullable=True,
        ),
        "cue": _column(
            _STRING,
            "What announces the speech: words such as `told`, a colon, the dash of a signature.",
            nullable=True,
        ),
        "cue_start": _column(_OFFSET, "Where cue starts.", _at_least(0), nullable=True),
        "cue_end": _column(_OFFSET, "Where cue ends (exclusive).", nullable=True),
        "group_id": _column(_STRING, "quote_id of the first piece of the same utterance."),
        "duplicate_of": _column(_STRING, "quote_id of the quote that this one repeats.", nullable=True),
        "confidence": _confidence(),
        "rule": _column(_STRING, "The rule that found it."),
        **_context(),
    },
    _BY_PLACE,
    _in_order("start_char", "end_char"),
    _together("speaker_text", "speaker_start", "speaker_end"),
    _in_order("speaker_start", "speaker_end"),
    _together("cue", "cue_start", "cue_end"),
    _in_order("cue_start", "cue_end"),
    _refers_to("group_id", "quote_id"),
    _refers_to("duplicate_of", "quote_id"),
)

_DATES = _table(
    "One row a temporal expression.",
    {
        "article_id": _article_id(),
        "date_id": _row_id("expression"),
        **_span("the expression"),
        "type": _column(_STRING, "TIMEX3 type.", _one_of(get_args(TimexType))),
        "value": _column(_STRING, "TIMEX3 value, such as `2021-07`, `P3Y`, `PRESENT_REF`.", _not_empty()),
        "mod": _column(_STRING, "TIMEX3 mod, such as `END`.", nullable=True),
        "earliest": _column(
            _DAY,
            "First day that it can mean; null if open. Of a duration: where it lies, if told.",
            nullable=True,
        ),
        "latest": _column(
            _DAY,
            "Last day that it can mean; null if open. Of a duration: where it lies, if told.",
            nullable=True,
        ),
        "anchor": _column(_DAY, "The day that it was counted from; null for absolute ones.", nullable=True),
        "anchor_source": _column(
            _STRING,
            "Where from: published, inferred, or reference: a date of the text, the day of speech.",
            nullable=True,
        ),
        "rule": _column(_STRING, "The rule that found it."),
        **_context(),
    },
    _BY_PLACE,
    _in_order("start_char", "end_char"),
    _in_order("earliest", "latest", strictly=False),
)

_ISSUES = _table(
    "One row a problem met.",
    {
        "source": _column(_STRING, "The file, or `file:line` for a line that is no record."),
        "article_id": _column(_STRING, "The article; null where none could be made.", nullable=True),
        "severity": _column(_STRING, "How bad.", _one_of(get_args(Severity))),
        "code": _column(_STRING, "Stable short name, such as `empty_text`, for filtering.", _not_empty()),
        "message": _column(_STRING, "What failed and what was seen."),
        "advice": _column(_STRING, "What to do about it."),
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
        pa.field(name, _arrow_type(column), nullable=column.nullable)
        for name, column in TABLES[table].columns.items()
    )


def _arrow_type(column: pandera.Column) -> pa.DataType:
    dtype: pd.ArrowDtype = column.dtype.type
    return dtype.pyarrow_dtype


def sort_order(table: str) -> tuple[str, ...]:
    """Return the columns that the rows of a table are sorted by, nulls last."""
    return tuple(TABLES[table].metadata["order"])


@cache
def schema_version() -> str:
    """Return a hash of all tables' columns, types and orders; a new one has all rows rewritten."""
    return digest("\n".join(f"{name} {arrow_schema(name)} {sort_order(name)}" for name in TABLES).encode())


def validate(table: str, rows: pd.DataFrame | pa.Table) -> pa.Table:
    """Check rows against the contract of their table.

    Args:
        table: Name of the table, a key of `TABLES`.
        rows: The rows; a frame needs `pd.ArrowDtype` columns.

    Returns:
        The same rows with the table's Arrow schema.

    Raises:
        SchemaError: A column is missing, unknown or of another type, or rows break a rule; the message
            names the table, the column, the rule and the first offending rows.
    """
    if isinstance(rows, pd.DataFrame):
        rows = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()
    frame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    try:
        TABLES[table].validate(frame, lazy=True)
    except SchemaErrors as errors:
        raise SchemaError(
            f"Table `{table}`: {'; '.join(_violations(frame, errors))}.",
            advice="The step that made these rows broke the contract in docs/tables.md: please report it.",
        ) from None
    return rows.cast(arrow_schema(table))


def _violations(frame: pd.DataFrame, errors: SchemaErrors) -> Iterator[str]:
    for error in errors.schema_errors:
        positions = _positions(error.failure_cases, len(frame))
        column = getattr(error.schema, "name", None)
        where = f"column `{column}`: " if column else ""
        rule = getattr(error.check, "error", None) or error.check or error
        if positions:
            key = [name for name in frame if str(name).endswith("_id")][:2] or list(frame)[:1]
            shown = [*dict.fromkeys([*key, *([column] if column else [])])]
            first = frame.iloc[positions[:_SHOWN_ROWS]][shown].to_dict("index")
            yield f"{where}rule '{rule}' broken by {len(positions)} row(s), first: {first}"
        else:
            yield f"{where}{error}"


def _positions(failures: Any, n_rows: int) -> list[int]:  # noqa: ANN401 - a frame, a scalar or None by kind of error
    if not isinstance(failures, pd.DataFrame) or "index" not in failures:
        return []
    return sorted({int(i) for i in failures["index"].dropna() if int(i) < n_rows})


def data_dictionary() -> str:
    """Return docs/tables.md: every table and column with type, rules and meaning."""
    return "\n".join([_PREAMBLE, *(_describe(name, table) for name, table in TABLES.items())])


_PREAMBLE = """\
# Tables

Written by `python -m extract.schema > docs/tables.md` from src/extract/schema.py: edit there, not here.

Every table is a folder of Parquet files that any reader takes as one: `pd.read_parquet("outputs/entities")`,
`duckdb: FROM 'outputs/entities/*.parquet'`. A read that meets a publication can mix files of the old and the
new one; the folder that `extract.store.open_snapshot("outputs")` returns never changes.

Offsets count Unicode code points into `articles.text`, half-open; times are UTC; an absent value is null.
"""


def _describe(name: str, table: pandera.DataFrameSchema) -> str:
    order = ", ".join(f"`{column}`" for column in sort_order(name))
    rules = [f"- {check.error}" for check in table.checks] + [""] * bool(table.checks)
    head = "| column | type | null | meaning | rule |\n|---|---|---|---|---|"
    rows = [_describe_column(column) for column in table.columns.values()]
    return "\n".join([f"## {name}", "", f"{table.title} Sorted by {order}.", "", head, *rows, "", *rules])


def _describe_column(column: pandera.Column) -> str:
    rules = ["unique"] * bool(column.unique) + [str(check.error) for check in column.checks]
    dtype = str(_arrow_type(column)).replace("list<item: string>", "list&lt;string&gt;")
    null = "yes" if column.nullable else ""
    return f"| `{column.name}` | {dtype} | {null} | {column.description} | {'; '.join(rules)} |"


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
