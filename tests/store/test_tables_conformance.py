"""What every table of the registry keeps: a new one is tested by being listed."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandera.errors import SchemaErrors
from store_samples import article

from extract.model import Issue
from extract.pipeline.annotator import Annotator
from extract.schema import Surface, Table, validate
from extract.schema.explanation import as_frame, pandera_schema
from extract.schema.validation import keeps_rules
from extract.store import open_snapshot
from extract.tables import TABLES, to_tables

TEXT = "Kata'ib Hezbollah denied on Tuesday that it had fired rockets. “No,” Rana Odeh said in May 2021."
UNREAD = Issue("b.txt", None, "error", "not_text", "It cannot be read.", "Mend it.")


@pytest.fixture(params=list(TABLES))
def table(request: pytest.FixtureRequest) -> Table:
    return TABLES[request.param]


def test_it_is_described(table: Table) -> None:
    assert TABLES.lines[table.name].help
    assert table.description.startswith("One row per ")
    assert table.description.endswith(".")
    for name, column in table.columns.items():
        assert column.description, name
        assert column.description.endswith((".", "...")), name


def test_its_parts_name_its_columns(table: Table) -> None:
    key = table.key if table.rows is not None else ()
    assert {*table.order, *table.guarded, *key} <= table.columns.keys()


def test_it_says_where_its_words_stand(table: Table) -> None:
    assert ("start_char" in table.columns) == (Surface() in table.surfaces)
    for surface in table.surfaces:
        assert {surface.text, surface.start, surface.end} <= table.columns.keys()


def test_it_names_rows_that_there_are(table: Table) -> None:
    for reference in table.references:
        assert reference.key in TABLES[reference.table].columns
        # Only within its table has a row that names a dropped one an heir to name instead.
        assert reference.table == table.name or table.columns[reference.column].nullable


def test_no_rows_are_valid_rows(table: Table) -> None:
    empty = table.arrow_schema.empty_table()
    assert validate(table, empty).schema == table.arrow_schema


def spoilt(rows: pa.Table) -> Iterator[pa.Table]:
    """Yield the rows, twice the rows, and the rows with another value in one cell of the first."""
    yield rows
    yield pa.concat_tables([rows, rows])
    for number, field in enumerate(rows.schema):
        for value in (None, "", "no such value", -1, 0, 10**6, 1.5, float("nan")):
            try:
                cells = pa.array([value, *rows[field.name].to_pylist()[1:]], field.type)
            except (pa.ArrowException, TypeError, ValueError):
                continue
            yield rows.set_column(number, field, cells)


def pandera_accepts(table: Table, rows: pa.Table) -> bool:
    try:
        pandera_schema(table).validate(as_frame(rows), lazy=True)
    except SchemaErrors:
        return False
    return True


def test_arrow_judges_rows_as_pandera_does(table: Table, annotator: Annotator) -> None:
    if table.rows is None:
        pytest.skip("made at publication")
    rows = to_tables(annotator.annotate([article("a", TEXT)]), [UNREAD])[table.name]
    judged = [(keeps_rules(table, one), pandera_accepts(table, one)) for one in spoilt(rows)]
    assert [by_arrow for by_arrow, _ in judged] == [by_pandera for _, by_pandera in judged]
    assert (False, False) in judged
    assert judged[0] == (True, True)


def test_rows_of_an_article_are_sorted_and_name_it(table: Table, annotator: Annotator) -> None:
    if table.rows is None:
        pytest.skip("made at publication")
    rows = to_tables(annotator.annotate([article("a", TEXT), article("b", TEXT)]))[table.name]
    assert rows == rows.sort_by(table.sort_keys)
    if table.belongs_to_articles:
        assert set(rows["article_id"].to_pylist()) <= {"a", "b"}


def test_it_is_published(table: Table, sample_tables: Path) -> None:
    schema = pq.read_table(open_snapshot(sample_tables) / table.name).schema
    assert schema == table.arrow_schema


def test_it_stands_in_the_data_dictionary(table: Table) -> None:
    text = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")
    assert f"## {table.name}\n" in text
