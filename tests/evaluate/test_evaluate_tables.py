from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from evaluate_frames import TEXT, small_gold, tables_of
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import EvaluationError
from extract.evaluate import (
    DateRow,
    EntityRow,
    Gold,
    check_floors,
    evaluate_tables,
    format_errors,
    format_scores,
    raise_floors,
)


def test_tables_that_agree_with_gold_score_one_in_everything() -> None:
    gold = small_gold()
    scores = evaluate_tables(tables_of(gold), gold)
    measures = scores.as_dict()
    assert {
        "entities.FACTION.f1",
        "entities.PERSON.link_recall",
        "entities.all.f1",
        "entities.link_precision",
        "quotes.marked_e2e",
        "quotes.scare_kept",
        "dates.value_f1",
        "dates.range_accuracy",
    } <= set(measures)
    assert set(measures.values()) == {1.0}
    assert scores.disagreements() == ()
    assert format_errors(scores, tables_of(gold)["articles"]) == "No differences."


def test_measures_that_gold_cannot_give_are_left_out() -> None:
    gold = Gold(entities=small_gold().entities)
    measures = evaluate_tables(tables_of(gold), gold).as_dict()
    assert not [name for name in measures if name.startswith(("quotes", "dates", "entities.LOC"))]


@pytest.mark.parametrize("name", ["port", "port.txt", "wire-17"])
def test_gold_may_name_an_article_by_id_or_by_its_file(name: str) -> None:
    gold = small_gold()
    tables = tables_of(gold)
    tables["articles"]["article_id"] = "wire-17"
    for table in ("entities", "quotes", "dates"):
        tables[table]["article_id"] = "wire-17"
    named = Gold(entities=tuple(replace(row, article=name) for row in gold.entities))
    assert evaluate_tables(tables, named).as_dict()["entities.all.f1"] == 1


def test_articles_without_gold_rows_of_a_table_are_not_scored_in_it() -> None:
    gold = small_gold()
    tables = tables_of(gold, {"port": TEXT, "other": TEXT})
    stray = tables["entities"].assign(article_id="other")
    tables["entities"] = pd.concat([tables["entities"], stray], ignore_index=True)
    assert evaluate_tables(tables, gold).as_dict()["entities.all.precision"] == 1


def test_null_entity_ids_are_not_linked() -> None:
    gold = small_gold()
    tables = tables_of(gold)
    tables["entities"].loc[2, "entity_id"] = None
    scores = evaluate_tables(tables, gold)
    assert scores.entities is not None
    assert (scores.entities.linked.linked, scores.entities.linked.right) == (2, 2)
    assert scores.as_dict()["entities.PERSON.link_recall"] == 1 / 2


def test_days_compare_whether_stored_as_dates_or_timestamps() -> None:
    gold = small_gold()
    tables = tables_of(gold)
    days = tables["dates"]["earliest"]
    tables["dates"]["earliest"] = pd.to_datetime(days).dt.date
    tables["dates"]["latest"] = pd.to_datetime(days)
    assert evaluate_tables(tables, gold).as_dict()["dates.range_accuracy"] == 1


def test_gold_of_an_article_that_was_not_evaluated_is_refused() -> None:
    gold = small_gold()
    strange = replace(gold, dates=(replace(gold.dates[0], article="lost.txt"), *gold.dates))
    with pytest.raises(EvaluationError, match=r"lost\.txt.*Give their source files"):
        evaluate_tables(tables_of(gold), strange)


def test_gold_made_on_another_text_is_refused() -> None:
    gold = small_gold()
    tables = tables_of(gold, {"port": "Updated: " + TEXT})
    with pytest.raises(
        EvaluationError, match=r"does not fit the text of port: at 0-7 .*'Baghdad'.*'Updated'"
    ):
        evaluate_tables(tables, gold)


def test_optional_rows_of_unknown_articles_do_no_harm() -> None:
    gold = replace(small_gold(), optional_dates=(DateRow("lost.txt", 0, 3, "now", "DATE", "PRESENT_REF"),))
    assert evaluate_tables(tables_of(gold), gold).as_dict()["dates.strict_f1"] == 1


def test_floors_name_what_is_low_and_what_was_not_measured() -> None:
    gold = small_gold()
    tables = tables_of(gold)
    tables["dates"] = tables["dates"].iloc[:1]
    scores = evaluate_tables(tables, gold)
    floors = {"dates.value_recall": 0.5, "dates.value_f1": 0.9, "entities.LOC.f1": 0.1, "no.such": 0.0}
    assert check_floors(scores, floors) == [
        "dates.value_f1 is 0.6667, below its floor 0.9000.",
        "entities.LOC.f1 has the floor 0.1000 but was not measured.",
        "no.such has the floor 0.0000 but was not measured.",
    ]
    assert check_floors(scores, {}) == []


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["entities.all.f1", "dates.value_f1", "no.such"]), st.floats(0, 1)))
def test_floors_rise_to_what_was_measured_and_never_fall(floors: dict[str, float]) -> None:
    gold = small_gold()
    tables = tables_of(gold)
    tables["dates"] = tables["dates"].iloc[:1]
    scores = evaluate_tables(tables, gold)
    raised = raise_floors(scores, floors)
    assert list(raised) == list(floors)
    assert all(raised[name] >= floor for name, floor in floors.items())
    assert check_floors(scores, raised) == check_floors(scores, floors)
    assert raise_floors(scores, raised) == raised


def test_floors_are_cut_to_two_digits() -> None:
    gold = small_gold()
    tables = tables_of(gold)
    tables["dates"] = tables["dates"].iloc[:1]
    floors = {"dates.value_f1": 0.5, "dates.value_precision": 0.995, "dates.strict_f1": 0.7}
    assert raise_floors(evaluate_tables(tables, gold), floors) == {
        "dates.value_f1": 0.66,
        "dates.value_precision": 1.0,
        "dates.strict_f1": 0.7,
    }


def test_gold_of_one_table_alone_is_enough() -> None:
    gold = Gold(entities=small_gold().entities)
    scores = evaluate_tables(tables_of(small_gold()), gold)
    assert (scores.quotes, scores.dates) == (None, None)
    assert scores.as_dict()["entities.all.f1"] == 1


def test_the_report_shows_every_table_with_its_counts() -> None:
    gold = small_gold()
    tables = tables_of(gold)
    tables["entities"].loc[0, "label"] = "LOC"
    report = format_scores(evaluate_tables(tables, gold))
    lines = [" ".join(line.split()) for line in report.splitlines()]
    assert "FACTION 1 1 1 1 100.0 100.0 100.0" in lines
    assert "GPE 1 0 0 0 - 0.0 -" in lines
    assert "PERSON 2 2 2 2 100.0 100.0" in lines
    assert "GPE LOC 1 Baghdad" in lines
    assert "mixed 1 1 1 1 100.0" in lines
    assert "scare quotes taken for speech: 0 of 1" in lines
    assert "value 2 100.0 100.0 100.0" in lines
    assert "mod right: 1 of 1; range of days right: 1 of 1" in lines


def test_a_report_holds_only_the_tables_that_were_scored() -> None:
    gold = Gold(dates=small_gold().dates)
    report = format_scores(evaluate_tables(tables_of(gold), gold))
    assert report.startswith("dates: gold 2, predicted 2")
    assert "entities" not in report


def drop_date(tables: dict[str, pd.DataFrame]) -> None:
    tables["dates"] = tables["dates"].iloc[1:]


def move_link(tables: dict[str, pd.DataFrame]) -> None:
    tables["entities"].loc[1, "entity_id"] = "dock-union"


def rename_speaker(tables: dict[str, pd.DataFrame]) -> None:
    tables["quotes"].loc[0, ["speaker_name", "speaker_start", "speaker_end"]] = ["Rana Odeh", 0, 7]


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (drop_date, "dates missed port:9 2021-05-03 - Baghdad, [3 May 2021] - The Harbour Council's"),
        (move_link, "entities link port:26 harbour-council dock-union"),
    ],
)
def test_errors_are_listed_with_the_words_around_them(
    spoil: Callable[[dict[str, pd.DataFrame]], None], line: str
) -> None:
    gold = small_gold()
    tables = tables_of(gold)
    spoil(tables)
    listed = format_errors(evaluate_tables(tables, gold), tables["articles"]).splitlines()
    assert len(listed) == 3
    assert " ".join(listed[2].split()).startswith(line)


def test_the_error_of_a_quote_shows_its_sentence_gold_and_row() -> None:
    gold = small_gold()
    tables = tables_of(gold)
    rename_speaker(tables)
    tables["quotes"]["rule"] = "leading"
    place, sentence, wanted, got = format_errors(
        evaluate_tables(tables, gold), tables["articles"]
    ).splitlines()
    assert place == "quotes speaker: port:84"
    assert "Salim Tarek said on Monday" in sentence
    assert wanted == "  gold      mixed, Salim Tarek: [the port stays open]"
    assert got == "  got       mixed, Rana Odeh, rule leading: [the port stays open]"


def test_errors_come_in_the_order_of_tables_and_text() -> None:
    gold = small_gold()
    extra = EntityRow("port.txt", 51, 56, TEXT[51:56], "ORG")
    tables = tables_of(replace(gold, entities=(*gold.entities[1:], extra), dates=()))
    places = [(row.table, row.start) for row in evaluate_tables(tables, gold).disagreements()]
    assert places == sorted(
        places, key=lambda place: (place[0] != "entities", place[0] != "quotes", place[1])
    )
    assert len(places) == 4
