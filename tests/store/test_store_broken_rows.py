"""A row that breaks the contract of its table costs only itself, and a row of `issues` tells of it."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import annotation, article

from extract.errors import SchemaError
from extract.model import Annotation, Mention, Quote, TextSpan, Timex
from extract.schema import Reference, Row, Surface, Table
from extract.schema.columns import STRING, article_id, column, row_id, span
from extract.tables import TABLES, to_tables
from extract.tables.contract import without_broken_rows

TEXT = "Bahr said yes in May.\nBahr said no in May.\nBahr said maybe in May."
FIELDS = {"entities": "mentions", "quotes": "quotes", "dates": "timexes"}
Found = Mention | Quote | Timex
Break = Callable[[Any], Found]


def changed(**values: object) -> Break:
    return lambda found: replace(found, **values)


def shifted(found: Found) -> Found:
    return replace(found, start=found.start + 1, end=found.end + 1)


def emptied(found: Found) -> Found:
    return replace(found, end=found.start, text="")


# How a row can break its contract, and what the issue says is broken.
BREAKS: dict[str, dict[str, tuple[Break, str]]] = {
    "entities": {
        "its words stand elsewhere": (shifted, "'Bahr', but the text there reads 'ahr '"),
        "it has no words": (emptied, "`start_char` before `end_char` (start_char 0, end_char 0)"),
        "it begins before the text": (changed(start=-4), "at least 0 (start_char -4)"),
        "it ends after the text": (changed(end=999), "but the text there reads"),
        "an unknown label": (changed(label="DRAGON"), "`FACTION`"),
        "a confidence above one": (changed(confidence=1.5), "between 0 and 1 (confidence 1.5)"),
        "a confidence that is no number": (changed(confidence=math.nan), "(confidence nan)"),
        "a value of another type": (changed(confidence="high"), "does not fit its column"),
        "an offset that no column holds": (changed(end=2**40), "does not fit its column"),
        "no method": (changed(method=None), "not null (method None)"),
    },
    "quotes": {
        "its words stand elsewhere": (shifted, "'yes', but the text there reads"),
        "it has no words": (emptied, "`start_char` before `end_char`"),
        "a speaker of no words": (
            changed(speaker=TextSpan(5, 5, "")),
            "`speaker_start` before `speaker_end`",
        ),
        "a speaker that ends before it begins": (
            changed(speaker=TextSpan(8, 5, "")),
            "(speaker_start 8, speaker_end 5)",
        ),
        "a speaker who stands elsewhere": (
            changed(speaker=TextSpan(0, 3, "who")),
            "the text there reads 'Bah'",
        ),
        "a cue of no words": (changed(cue=TextSpan(5, 5, "")), "`cue_start` before `cue_end`"),
        "an unknown type": (changed(type="loud"), "`direct`"),
        "a group without a first piece": (changed(group=99), "`group_id` is a `quote_id` of this table"),
        "the repetition of no quote": (
            changed(duplicate_of=99),
            "`duplicate_of` is a `quote_id` of this table",
        ),
    },
    "dates": {
        "its words stand elsewhere": (shifted, "'May', but the text there reads"),
        "it has no words": (emptied, "`start_char` before `end_char`"),
        "it ends before it begins": (
            changed(earliest=date(2026, 1, 1), latest=date(2025, 12, 31)),
            "`earliest` not after `latest`",
        ),
        "no value": (changed(value=""), "not empty (value '')"),
        "an unknown type": (changed(type="ERA"), "`DURATION`"),
    },
}
CASES = [
    pytest.param(table, wrong, said, id=f"{table}: {name}")
    for table, breaks in BREAKS.items()
    for name, (wrong, said) in breaks.items()
]


def done(article_id: str = "a", text: str = TEXT) -> Annotation:
    return annotation(article(article_id, text))


def breaking(one: Annotation, table: str, wrong: Break, numbers: Iterable[int] = (0,)) -> Annotation:
    """Break the rows of a table with these numbers."""
    found: tuple[Found, ...] = getattr(one, FIELDS[table])
    broken = (wrong(row) if number in numbers else row for number, row in enumerate(found))
    return replace(one, **{FIELDS[table]: tuple(broken)})


def rows(tables: Mapping[str, pa.Table], name: str) -> list[Row]:
    return cast("list[Row]", tables[name].to_pylist())


@pytest.mark.parametrize(("table", "wrong", "said"), CASES)
def test_a_broken_row_is_dropped_with_an_issue(table: str, wrong: Break, said: str) -> None:
    tables = to_tables([breaking(done(), table, wrong)], drop_broken=True)
    [issue] = rows(tables, "issues")
    assert (issue["article_id"], issue["source"], issue["code"]) == ("a", "a.txt", "row_dropped")
    assert issue["message"].startswith(f"Table `{table}`, rule `")
    assert said in issue["message"]
    assert issue["advice"]
    whole = to_tables([done()])
    assert rows(tables, "articles") == rows(whole, "articles")
    for name in FIELDS:
        assert len(rows(tables, name)) == len(rows(whole, name)) - (name == table)


@pytest.mark.parametrize(("table", "wrong", "said"), CASES)
def test_unless_rows_are_to_be_dropped_a_broken_one_is_refused(table: str, wrong: Break, said: str) -> None:
    assert said
    with pytest.raises(SchemaError, match=f"`{table}`"):
        to_tables([breaking(done(), table, wrong)])


def test_an_issue_says_where_the_row_was_and_which_rule_made_it() -> None:
    tables = to_tables([breaking(done(), "dates", changed(value=""))], drop_broken=True)
    [issue] = rows(tables, "issues")
    assert issue["severity"] == "warning"
    assert issue["message"] == (
        "Table `dates`, rule `month`, characters 17-20 ('May'): the row breaks the contract and is left out: "
        "not empty (value '')."
    )


def test_of_two_rows_at_one_place_the_first_stays() -> None:
    one = done()
    again = replace(one, mentions=(*one.mentions, replace(one.mentions[0], entity_id=None)))
    tables = to_tables([again], drop_broken=True)
    assert tables["entities"] == to_tables([one])["entities"]
    [issue] = rows(tables, "issues")
    assert "unique (mention_id 'a:e0-4')" in issue["message"]


def test_the_pieces_of_an_utterance_get_a_new_first_piece() -> None:
    """All three are pieces of one utterance, and the second and third repeat the first."""
    tables = to_tables([breaking(done(), "quotes", emptied)], drop_broken=True)
    second, third = rows(tables, "quotes")
    assert second["group_id"] == third["group_id"] == second["quote_id"]
    assert (second["duplicate_of"], third["duplicate_of"]) == (None, None)


def test_a_range_without_its_first_day_is_none() -> None:
    first, second, third = done().timexes
    ends = [replace(one, range_of=(first.start, first.end)) for one in (first, second)]
    found = breaking(replace(done(), timexes=(*ends, third)), "dates", changed(value=""))
    left = rows(to_tables([found], drop_broken=True), "dates")
    assert [(row["text"], row["range_id"]) for row in left] == [(second.text, None), (third.text, None)]


def test_other_articles_of_the_batch_are_as_they_are_alone() -> None:
    others = [done("b"), done("c", "Bahr said no.")]
    tables = to_tables([breaking(done(), "quotes", emptied), *others], drop_broken=True)
    alone = to_tables(others)
    for name in FIELDS:
        assert [row for row in rows(tables, name) if row["article_id"] != "a"] == rows(alone, name)


def test_a_broken_article_is_no_row_to_drop() -> None:
    broken = replace(done(), n_tokens=-1)
    with pytest.raises(SchemaError, match="`articles`"):
        to_tables([broken], drop_broken=True)


def test_without_a_broken_row_nothing_changes() -> None:
    assert to_tables([done()], drop_broken=True) == to_tables([done()])


# Which row of which table breaks, and how.
breaks = st.sampled_from([(table, wrong) for table in BREAKS for wrong, _ in BREAKS[table].values()])
broken_rows = st.lists(
    st.tuples(breaks, st.integers(0, 2)), max_size=6, unique_by=lambda one: (one[0][0], one[1])
)


@settings(max_examples=25, deadline=None)
@given(broken_rows)
def test_whatever_breaks_the_rest_keeps_the_contract(broken: list[tuple[tuple[str, Break], int]]) -> None:
    """What is left is validated once more before it is returned: ids, groups and repetitions included."""
    one = done()
    for (table, wrong), number in broken:
        one = breaking(one, table, wrong, (number,))
    tables = to_tables([one, done("b")], drop_broken=True)
    for name in FIELDS:
        wrong_ones = sum(table == name for (table, _), _ in broken)
        own = [row for row in rows(tables, name) if row["article_id"] == "a"]
        told = [row for row in rows(tables, "issues") if row["message"].startswith(f"Table `{name}`")]
        assert (len(own), len(told)) == (3 - wrong_ones, wrong_ones)


# A table whose rows name rows of another, as the day of a quote would name a date.
NOTES = Table(
    name="notes",
    description="One row per note.",
    columns={
        "article_id": article_id(),
        "note_id": row_id("note"),
        **span("the note"),
        "date_id": column(STRING, "dates.date_id.", nullable=True),
    },
    order=("article_id",),
    rows=lambda _: (),
    surfaces=(Surface(),),
    references=(Reference("date_id", "dates", "date_id"),),
)


def test_a_row_that_names_a_dropped_row_of_another_table_no_longer_does() -> None:
    found = breaking(done(), "dates", changed(value=""))
    dates = TABLES["dates"]
    assert dates.rows is not None
    date_rows = list(dates.rows(found))
    notes = [
        {"article_id": "a", "note_id": f"n{number}", "start_char": 0, "end_char": 4, "text": "Bahr"}
        | {"date_id": row["date_id"]}
        for number, row in enumerate(date_rows)
    ]
    kept, dropped = without_broken_rows(
        {"dates": dates, "notes": NOTES}, {"notes": notes, "dates": date_rows}, {"a": TEXT}
    )
    assert [one.table.name for one in dropped] == ["dates"]
    assert [row["date_id"] for row in kept["notes"]] == [None, *(row["date_id"] for row in kept["dates"])]


def test_a_broken_row_in_each_article_of_a_batch_has_its_issue() -> None:
    many = [breaking(done(str(number)), "quotes", emptied) for number in range(25)]
    issues = rows(to_tables(many, drop_broken=True), "issues")
    assert {issue["article_id"] for issue in issues} == {str(number) for number in range(25)}
    assert {issue["code"] for issue in issues} == {"row_dropped"}
