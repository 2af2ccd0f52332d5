from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.evaluate import EntityRow, score_entities
from extract.evaluate.entities import LABELS, NO_SPAN, Confusion, trim_span


def mention(start: int, label: str, link: str | None = None, article: str = "a") -> EntityRow:
    return EntityRow(article, start, start + 5, f"N{start:04}", label, link)


mentions = st.lists(
    st.builds(
        mention,
        st.integers(0, 300).map(lambda n: 10 * n),
        st.sampled_from(LABELS),
        st.sampled_from(["x", "y", None]),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda row: row.start,
)


@settings(max_examples=60)
@given(mentions)
def test_a_perfect_prediction_scores_one(gold: list[EntityRow]) -> None:
    scores = score_entities(gold, gold)
    assert scores.all.f1 == scores.span.f1 == 1
    assert all(row.f1 in (None, 1) for row in scores.labels.values())
    assert scores.linked.right == scores.linked.linked
    assert not scores.confusions
    assert not scores.disagreements


@settings(max_examples=60)
@given(mentions, st.data())
def test_a_dropped_row_lowers_recall_alone(gold: list[EntityRow], data: st.DataObject) -> None:
    dropped = data.draw(st.sampled_from(gold))
    scores = score_entities(gold, [row for row in gold if row != dropped])
    assert scores.all.recall == (len(gold) - 1) / len(gold)
    assert scores.all.precision in (None, 1)
    assert [(row.problem, row.start) for row in scores.disagreements] == [("missed", dropped.start)]
    assert scores.confusions == (Confusion(dropped.label, NO_SPAN, 1, (dropped.text,)),)


@settings(max_examples=60)
@given(mentions)
def test_a_spurious_row_lowers_precision_alone(gold: list[EntityRow]) -> None:
    scores = score_entities(gold, [*gold, mention(5000, "GPE")])
    assert scores.all.recall == 1
    assert scores.all.precision == len(gold) / (len(gold) + 1)
    assert [(row.problem, row.start) for row in scores.disagreements] == [("spurious", 5000)]


@pytest.mark.parametrize(
    ("gold", "predicted", "found"),
    [
        ("FACTION", "ORG", 1),
        ("FACTION", "NORP", 1),
        ("FACTION", "FAC", 1),
        ("FACTION", "PERSON", 0),
        ("ORG", "FACTION", 0),
        ("GPE", "LOC", 0),
    ],
)
def test_only_a_faction_may_be_found_under_another_label(gold: str, predicted: str, found: int) -> None:
    scores = score_entities([mention(0, gold)], [mention(0, predicted)])
    assert scores.all.found == found
    assert scores.span.found == 1
    assert [row.problem for row in scores.disagreements] == (["label"] if not found else [])


def test_a_faction_found_as_an_org_is_a_good_org_and_a_found_faction() -> None:
    scores = score_entities([mention(0, "FACTION")], [mention(0, "ORG")])
    assert scores.labels["FACTION"].recall == scores.labels["ORG"].precision == 1
    assert scores.labels["FACTION"].precision is scores.labels["ORG"].recall is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the Harbour Council", "Harbour Council"),
        ("An Accord", "Accord"),
        ("Salim Tarek's", "Salim Tarek"),
        ("Salim Tarek’s ", "Salim Tarek"),
        ("the Odehs'", "Odehs"),
        ("Theodora", "Theodora"),
        ("the", "the"),
    ],
)
def test_predicted_spans_lose_article_and_possessive(text: str, kept: str) -> None:
    row = trim_span(EntityRow("a", 100, 100 + len(text), text, "ORG"))
    assert row.text == kept
    assert text[row.start - 100 : row.end - 100] == kept


def test_links_count_right_of_linked_and_right_of_gold() -> None:
    gold = [mention(start, "FACTION", "x") for start in (0, 10, 20, 30)]
    predicted = [gold[0], replace(gold[1], link="y"), replace(gold[2], link=None)]
    links = score_entities(gold, predicted).links["FACTION"]
    assert (links.gold, links.found, links.linked, links.right) == (4, 3, 2, 1)
    assert links.measures() == {"link_precision": 1 / 2, "link_recall": 1 / 4}


@pytest.mark.parametrize(
    ("gold", "text", "entity_id", "name", "counts"),
    [
        ("dock-union", "Dock Union", "dock-union", "Dock Union", (1, 1)),
        ("dock-union", "Dock Union", None, "Dock Union", (0, 0)),
        ("Salim Tarek", "Tarek", None, "Salim Tarek", (1, 1)),
        ("Salim al-Tarek", "SALIM TAREK", None, "SALIM TAREK", (1, 1)),
        ("Salim Tarek", "Tarek", None, "Tarek", (0, 0)),
        ("Salim Tarek", "Tarek", None, "Rana Tarek", (1, 0)),
        ("Salim Tarek", "Salim Tarek", "salim-tarek", "Salim Tarek", (1, 1)),
        ("Salim Tarek", "Salim Tarek", "rana-tarek", "Rana Tarek", (1, 0)),
        ("Salim Tarek", "Tarek", None, None, (0, 0)),
    ],
)
def test_a_row_says_who_it_is_by_id_or_where_gold_has_only_a_name_by_name(
    gold: str, text: str, entity_id: str | None, name: str | None, counts: tuple[int, int]
) -> None:
    wanted = EntityRow("a", 0, len(text), text, "PERSON", gold)
    scores = score_entities([wanted], [replace(wanted, link=entity_id, name=name)])
    assert (scores.linked.linked, scores.linked.right) == counts
    assert [row.problem for row in scores.disagreements] == (["link"] if counts[1] == 0 else [])


@pytest.mark.parametrize(("entity_id", "linked"), [(None, 0), ("salim-tarek", 1)])
def test_where_gold_leaves_open_who_is_meant_only_an_id_is_wrong(entity_id: str | None, linked: int) -> None:
    wanted = EntityRow("a", 0, 5, "Tarek", "PERSON")
    scores = score_entities([wanted], [replace(wanted, link=entity_id, name="Tarek")])
    assert (scores.linked.gold, scores.linked.linked, scores.linked.right) == (0, linked, 0)
    assert len(scores.disagreements) == linked


def test_wrong_and_missing_links_are_listed() -> None:
    gold = [mention(0, "PERSON", "x"), mention(10, "PERSON", "x")]
    scores = score_entities(gold, [replace(gold[0], link="y"), replace(gold[1], link=None)])
    assert [(row.problem, row.expected, row.found) for row in scores.disagreements] == [
        ("link", "x", "y"),
        ("link", "x", "not linked"),
    ]


def test_places_are_not_asked_for_links() -> None:
    scores = score_entities([mention(0, "GPE", "Baghdad")], [mention(0, "GPE")])
    assert scores.linked.gold == 0
    assert not scores.disagreements


def test_optional_spans_excuse_only_what_is_not_in_gold() -> None:
    gold = [mention(0, "ORG")]
    optional = [mention(2, "ORG"), mention(50, "ORG")]
    scores = score_entities(gold, [mention(0, "ORG"), mention(52, "GPE"), mention(90, "GPE")], optional)
    assert (scores.all.good, scores.all.predicted) == (1, 2)


def test_other_labels_are_left_out() -> None:
    assert score_entities([mention(0, "ORG")], [mention(0, "ORG"), mention(9, "EVENT")]).all.precision == 1


def test_confusions_come_most_frequent_first() -> None:
    gold = [mention(start, "GPE") for start in (0, 10, 20)]
    predicted = [mention(0, "LOC"), mention(10, "LOC")]
    assert score_entities(gold, predicted).confusions == (
        Confusion("GPE", "LOC", 2, ("N0000", "N0010")),
        Confusion("GPE", NO_SPAN, 1, ("N0020",)),
    )


def test_a_confusion_shows_three_different_surfaces() -> None:
    gold = [replace(mention(10 * n, "GPE"), text=text) for n, text in enumerate("AABCD")]
    assert [row.examples for row in score_entities(gold, []).confusions] == [("A", "B", "C")]
