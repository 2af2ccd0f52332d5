"""`extract.open`: frames of one publication, and searches in its statements."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import extract
from extract.errors import QueryError, StoreError
from extract.query import Search, Tables, connection
from extract.tables import TABLES
from report.report_samples import annotation, publish

TEXT = (
    "“Rain falls on Bahr’s embassy” said Jund al-Matar. “No strikes in Réna’s street” said Salim al-Ghaim. "
    "“Snow” said Tarek"
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(
        tmp_path_factory.mktemp("o"),
        [annotation("a", TEXT, outlet="Qasr Wire"), annotation("b", "“Hail” said Tarek", day=None)],
    )


@pytest.fixture(scope="module")
def tables(outputs: Path) -> Tables:
    return extract.open(outputs)


def test_the_public_names() -> None:
    assert extract.__all__ == ["load", "open"]
    names = {name for name in dir(Tables) if not name.startswith("_")}
    assert names == {
        *("about", "arrow", "duckdb", "find", "names", "publication", "said_by", "search"),
        *("statement_batches", "statements"),
    }


def test_every_table_is_an_attribute(tables: Tables) -> None:
    for name, table in TABLES.items():
        frame = getattr(tables, name)
        assert list(frame.columns) == table.arrow_schema.names
        assert all(isinstance(dtype, pd.ArrowDtype) for dtype in frame.dtypes)
        assert name in dir(tables)
    with pytest.raises(AttributeError, match="There is no table 'quote'; the tables are articles, entities"):
        tables.quote  # noqa: B018


def test_a_changed_frame_is_not_the_table(tables: Tables) -> None:
    frame = tables.articles
    frame["outlet"] = "another"
    assert "another" not in set(tables.articles.outlet)


def test_it_stays_the_same_whatever_is_published(tmp_path: Path) -> None:
    publish(tmp_path, [annotation("a", "“Rain” said Bahr")])
    before = extract.open(tmp_path)
    publish(tmp_path, [annotation("b", "“Snow” said Bahr")])
    assert before.statements().words.tolist() == ["Rain"]
    assert extract.open(tmp_path).statements().words.tolist() == ["Snow"]
    assert (before.publication, extract.open(tmp_path).publication) == (1, 2)


def test_a_publication_that_is_gone_is_told(tmp_path: Path) -> None:
    publish(tmp_path, [annotation("0", "“Rain” said Bahr")])
    before = extract.open(tmp_path)
    for number in range(1, 4):
        publish(tmp_path, [annotation(str(number), "“Snow” said Bahr")])
    with pytest.raises(StoreError, match="Publication 1 is no longer on disk"):
        before.statements()


def test_nothing_published_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no published tables"):
        extract.open(tmp_path)


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({}, ["Rain", "No", "Snow", "Hail"]),
        ({"words": "rain EMBASSY"}, ["Rain"]),
        ({"words": "strike"}, ["No"]),
        ({"words": "renas street"}, ["No"]),
        ({"words": ["falls on bahrs"]}, ["Rain"]),
        ({"words": "ain"}, []),
        ({"words": "100%"}, []),
        ({"speaker": "jund-al-matar"}, ["Rain"]),
        ({"speaker": "Jund al-Matar"}, ["Rain"]),
        ({"speaker": "tarek"}, ["Snow", "Hail"]),
        ({"faction": "jund-al-matar"}, ["Rain", "No"]),
        ({"outlet": "qasr"}, ["Rain", "No", "Snow"]),
        ({"since": "2021-07", "until": "2021-07"}, ["Rain", "No", "Snow"]),
        ({"since": "2021-07-28", "until": date(2021, 7, 28)}, ["Rain", "No", "Snow"]),
        ({"since": "2021-07-29"}, []),
        ({"until": "2020"}, []),
        ({"speaker": "tarek", "words": "snow"}, ["Snow"]),
    ],
)
def test_a_search(tables: Tables, conditions: dict[str, object], found: list[str]) -> None:
    assert [words.split()[0] for words in tables.search(**conditions).words] == found  # type: ignore[arg-type]


def test_said_by_and_about(tables: Tables) -> None:
    assert len(tables.said_by("Salim al-Ghaim")) == 1
    assert tables.about("jund-al-matar").empty


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Sadr", r"'Sadr' may mean \d actors. Give the id of one: muqtada-al-sadr"),
        ("Qais al-Khazalli-Xyz", r"Nobody is known as .* Did you mean qais-al-khazali"),
        ("0xzq", "Nobody is known as '0xzq'. All actors: extract query"),
    ],
)
def test_a_name_that_means_nobody_or_several(tables: Tables, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        tables.said_by(name)


@pytest.mark.parametrize("name", ["Kata’ib Hizballah", "kataeb hezbollah", "kataib-hezbollah"])
def test_any_spelling_of_an_actor_will_do(sample_tables: Path, name: str) -> None:
    assert extract.open(sample_tables).names.id_of(name) == "kataib-hezbollah"


@pytest.mark.parametrize("day", ["July", "2021-13", "2021-07-28-1", "28.7.2021", ""])
def test_no_day(tables: Tables, day: str) -> None:
    with pytest.raises(QueryError, match=r"is no day. Write it as 2021-07-28"):
        tables.search(since=day)


def test_the_package_itself_imports_little() -> None:
    code = (
        "import sys, extract; print({'pandas', 'duckdb', 'spacy', 'pydantic', 'pyarrow'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_statements_come_in_batches_too(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_AT_ONCE", 1)
    whole = tables.find(Search())
    assert pa.concat_tables(tables.statement_batches(["b", "a"])).equals(whole)
    assert [batch.num_rows for batch in tables.statement_batches([])] == [0]
    [one] = tables.statement_batches(["b"])
    assert set(one["article_id"].to_pylist()) == {"b"}
