import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from store_samples import annotation, article

from extract.errors import SchemaError
from extract.schema import validate
from extract.tables import TABLES, to_tables
from extract.tables.dictionary import data_dictionary

DICTIONARY = Path(__file__).parents[2] / "docs" / "tables.md"

# The columns that analysts rely on; more may stand beside them.
CONTRACT = {
    "articles": (
        "article_id source format title outlet author url language published_at published_source "
        "text n_tokens n_sentences content_hash duplicate_of"
    ),
    "entities": (
        "article_id mention_id start_char end_char text label entity_id entity_name entity_kind "
        "method engine rule confidence sentence section"
    ),
    "actors": (
        "entity_id name kind arabic_name aliases part_of leaders part_of_terms leader_terms "
        "country wikidata_id n_mentions "
        "n_articles first_seen last_seen"
    ),
    "places": (
        "entity_id name kind arabic_name aliases country admin1 latitude longitude geonames_id n_mentions "
        "n_articles"
    ),
    "quotes": (
        "article_id quote_id start_char end_char text type speaker_text speaker_start speaker_end "
        "speaker_entity_id speaker_entity_ids speaker_name_id speaker_name speaker_kind cue cue_start "
        "cue_end group_id duplicate_of confidence rule sentence section"
    ),
    "dates": (
        "article_id date_id start_char end_char text type value mod earliest latest anchor "
        "anchor_source rule sentence section"
    ),
    "issues": "source article_id severity code message advice",
}


@pytest.fixture
def tables() -> dict[str, pa.Table]:
    return to_tables([annotation(article("a", "Bahr said yes in May, Bahr said no."))])


def test_the_tables_hold_the_columns_of_the_contract() -> None:
    assert list(TABLES) == list(CONTRACT)
    for name, columns in CONTRACT.items():
        assert [
            column for column in TABLES[name].arrow_schema.names if column in columns.split()
        ] == columns.split()


def test_every_table_and_column_is_described() -> None:
    for table in TABLES.values():
        assert table.description
        assert all(column.description for column in table.columns.values())


def test_the_data_dictionary_is_up_to_date() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == data_dictionary(), (
        "run: python -m extract.tables > docs/tables.md"
    )


def _set(column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        values = frame[column].tolist()
        values[-1] = value
        return frame.assign(**{column: pd.array(values, dtype=frame[column].dtype)})

    return change


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("articles", lambda frame: frame.drop(columns="title"), "title"),
        ("articles", lambda frame: frame.assign(colour="red"), "colour"),
        ("articles", _set("text", None), "`text`"),
        ("articles", _set("published_source", "a hunch"), "`unknown: ` and the reason"),
        ("articles", lambda frame: pd.concat([frame, frame], ignore_index=True), "`article_id`"),
        (
            "entities",
            lambda frame: frame.assign(start_char=frame["start_char"].astype("float64[pyarrow]")),
            "int32",
        ),
        ("entities", _set("label", "DRAGON"), "one of `FACTION`"),
        ("entities", _set("start_char", -1), "at least 0"),
        ("entities", _set("end_char", 1), "`start_char` before `end_char`"),
        ("entities", _set("mention_id", "a:e0-4"), "`mention_id`"),
        ("entities", _set("confidence", 1.5), "between 0 and 1"),
        ("entities", _set("section", "footnote"), "`boilerplate`"),
        ("quotes", _set("type", "loud"), "one of `direct`"),
        ("quotes", _set("speaker_start", 3), "all given or all null"),
        ("quotes", _set("speaker_entity_ids", ["badr"]), "is the first of `speaker_entity_ids`"),
        ("quotes", _set("speaker_entity_id", "badr"), "is the first of `speaker_entity_ids`"),
        ("quotes", _set("cue_end", 0), "`cue_start` before `cue_end`"),
        ("quotes", _set("group_id", "b:q1-2"), "`group_id` is a `quote_id`"),
        ("quotes", _set("duplicate_of", "b:q1-2"), "`duplicate_of` is a `quote_id`"),
        ("dates", _set("value", ""), "not empty"),
        ("dates", _set("type", "ERA"), "one of `DATE`"),
    ],
)
def test_a_broken_rule_is_named_with_table_column_and_rows(
    tables: dict[str, pa.Table], table: str, change: Callable[[pd.DataFrame], pd.DataFrame], said: str
) -> None:
    frame = tables[table].to_pandas(types_mapper=pd.ArrowDtype)
    with pytest.raises(SchemaError) as error:
        validate(TABLES[table], change(frame))
    assert f"`{table}`" in str(error.value)
    assert said in str(error.value)


def test_the_first_offending_rows_are_shown(tables: dict[str, pa.Table]) -> None:
    frame = tables["entities"].to_pandas(types_mapper=pd.ArrowDtype)
    with pytest.raises(
        SchemaError, match=r"column `label`.*1 row.*'mention_id': 'a:e22-26', 'label': 'DRAGON'"
    ):
        validate(TABLES["entities"], _set("label", "DRAGON")(frame))


@pytest.mark.parametrize("source", [None, "metadata", "inferred", "unknown: two dates stand in the byline"])
def test_an_unknown_publication_date_has_a_reason(tables: dict[str, pa.Table], source: str | None) -> None:
    frame = tables["articles"].to_pandas(types_mapper=pd.ArrowDtype)
    assert validate(TABLES["articles"], _set("published_source", source)(frame)).num_rows == 1


def test_order_of_dates_and_sight_is_checked() -> None:
    row = {"entity_id": "x", "name": "X", "kind": "party", "aliases": [], "part_of": [], "leaders": []}
    row |= {"part_of_terms": [], "leader_terms": []}
    times = {
        "first_seen": pd.Timestamp("2021-02-01", tz="UTC"),
        "last_seen": pd.Timestamp("2021-01-01", tz="UTC"),
    }
    rows = [row | {"n_mentions": 2, "n_articles": 2} | times]
    with pytest.raises(SchemaError, match="`first_seen` not after `last_seen`"):
        validate(TABLES["actors"], pa.Table.from_pylist(rows, schema=TABLES["actors"].arrow_schema))


@pytest.mark.parametrize("table", TABLES)
def test_empty_tables_are_valid_and_frames_keep_their_types(table: str) -> None:
    empty = TABLES[table].arrow_schema.empty_table()
    assert validate(TABLES[table], empty).schema == TABLES[table].arrow_schema
    assert (
        validate(TABLES[table], empty.to_pandas(types_mapper=pd.ArrowDtype)).schema
        == TABLES[table].arrow_schema
    )


def test_a_batch_is_checked_in_milliseconds() -> None:
    text = "Bahr said yes in May.\n" * 40
    tables = to_tables([annotation(article(f"a{number}", text)) for number in range(25)])
    assert sum(len(rows) for rows in tables.values()) > 3000
    seconds = []
    for _ in range(5):
        started = time.process_time()
        for name, rows in tables.items():
            validate(TABLES[name], rows)
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.15, "0.03 on an idle machine"
