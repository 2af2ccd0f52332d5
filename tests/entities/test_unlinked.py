"""Names without an entity: frames made by hand, and the tables of the sample articles."""

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import Lexicon
from extract.unlinked import (
    COLUMNS,
    NEW_ENTRIES,
    ambiguous_names,
    suggest_actors,
    unlinked_names,
    with_advice,
)


def mention(article: str, text: str, name: str | None, **fields: object) -> dict[str, Any]:
    return {
        "article_id": article,
        "text": text,
        "label": "PERSON",
        "entity_id": None,
        "name_id": f"person:{name.lower().replace(' ', '-')}" if name else None,
        "entity_name": name,
        "candidates": [],
        "sentence": f"{text} was there.",
        **fields,
    }


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


@pytest.fixture(scope="module")
def samples(sample_tables: Path) -> pd.DataFrame:
    return pd.read_parquet(sample_tables / "entities")


def test_mentions_of_one_name_are_one_row_and_the_most_frequent_come_first(lexicon: Lexicon) -> None:
    entities = table(
        mention("a", "Rana Odeh", "Rana Odeh"),
        mention("a", "Salim Tarek", "Salim Tarek"),
        mention("a", "Tarek", "Salim Tarek"),
        mention("b", "Tarek", "Salim Tarek", sentence="Tarek was there."),
        mention("b", "Salim\nTarek", "Salim Tarek", sentence=None),
    )
    rows = unlinked_names(entities, lexicon)
    assert rows.columns.tolist() == [
        "name_id", "name", "label", "mentions", "articles", "variants", "sentences",
    ]  # fmt: skip
    assert rows.to_dict(orient="records")[0] == {
        "name_id": "person:salim-tarek",
        "name": "Salim Tarek",
        "label": "PERSON",
        "mentions": 4,
        "articles": 2,
        "variants": ["Salim Tarek", "Tarek"],
        "sentences": ["Salim Tarek was there.", "Tarek was there."],
    }
    assert rows["name"].tolist() == ["Salim Tarek", "Rana Odeh"]


def test_what_has_an_id_or_stands_in_the_lexicon_is_not_unlinked(lexicon: Lexicon) -> None:
    entities = table(
        mention("a", "Badr", "Badr Organization", entity_id="badr-organization", name_id="badr-organization"),
        mention("a", "Reuters", "Reuters", label="ORG", name_id="reuters"),
    )
    assert lexicon.entities["reuters"].published_id is None
    assert unlinked_names(entities, lexicon).empty
    assert ambiguous_names(entities, lexicon).empty


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["Salim Tarek", "Port Union", "Rana Odeh"]),
        ({"min_articles": 2}, ["Salim Tarek"]),
        ({"labels": ["ORG"]}, ["Port Union"]),
        ({"labels": ["ORG", "PERSON"], "min_articles": 3}, []),
    ],
)
def test_labels_and_articles_may_be_asked_for(
    options: dict[str, Any], names: list[str], lexicon: Lexicon
) -> None:
    entities = table(
        mention("a", "Salim Tarek", "Salim Tarek"),
        mention("b", "Salim Tarek", "Salim Tarek"),
        mention("a", "Rana Odeh", "Rana Odeh"),
        mention("a", "Port Union", "Port Union", label="ORG"),
    )
    assert unlinked_names(entities, lexicon, **options)["name"].tolist() == names


def test_ambiguous_names_are_grouped_by_what_they_may_mean(lexicon: Lexicon) -> None:
    entities = table(
        mention("a", "Tarek", None, candidates=["person:salim-tarek", "person:rana-tarek"]),
        mention("b", "al-Tarek", None, candidates=["person:salim-tarek", "person:rana-tarek"]),
        mention("b", "Tarek", None, candidates=["hadi-al-amiri", "person:rana-tarek"]),
        mention("b", "Odeh", "Rana Odeh"),
    )
    rows = ambiguous_names(entities, lexicon)
    assert rows[["name", "mentions", "articles"]].to_numpy().tolist() == [["Tarek", 2, 2], ["Tarek", 1, 1]]
    assert rows["candidates"].tolist() == [
        ["person:salim-tarek", "person:rana-tarek"],
        ["hadi-al-amiri", "person:rana-tarek"],
    ]
    assert rows["variants"][0] == ["Tarek", "al-Tarek"]


def test_every_mention_without_an_entity_is_counted_once(samples: pd.DataFrame, lexicon: Lexicon) -> None:
    without = samples[samples["entity_id"].isna()]
    named = without["name_id"].isin(lexicon.entities.keys()).sum()
    unlinked, ambiguous = unlinked_names(samples, lexicon), ambiguous_names(samples, lexicon)
    assert len(unlinked) > 20
    assert unlinked["name_id"].is_unique
    assert named + unlinked["mentions"].sum() + ambiguous["mentions"].sum() == len(without)
    assert unlinked["mentions"].is_monotonic_decreasing
    assert (unlinked["articles"] <= unlinked["mentions"]).all()
    assert unlinked["sentences"].map(len).between(1, 2).all()


def test_every_suggestion_is_an_actor_and_says_where_to_add_what(
    samples: pd.DataFrame, lexicon: Lexicon
) -> None:
    names = unlinked_names(samples, lexicon)
    rows = with_advice(names, lexicon, Path("models"), lambda entity_id: f"{entity_id}.toml:7")
    assert len(rows) == len(names)
    for row in rows.to_dict(orient="records"):
        for actor in row["suggestions"]:
            assert lexicon.entities[actor["entity_id"]].role == "actor"
            assert actor["advice"] == (
                f'add "{row["name"]}" to aliases of {actor["entity_id"]} in {actor["entity_id"]}.toml:7'
            )
        assert [fields["name"] for fields in tomllib.loads(row["new_entry"]).values()] == [row["name"]]


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Kataeb Hizbolah", "kataib-hezbollah"),
        ("Asaib Ahl Alhaq", "asaib-ahl-al-haq"),
        ("Hady al-Ameri", "hadi-al-amiri"),
        ("Popular Mobilisation Foces", "popular-mobilization-forces"),
    ],
)
def test_a_misspelt_actor_is_suggested(name: str, entity_id: str, lexicon: Lexicon) -> None:
    suggestions = suggest_actors(name, lexicon)
    assert suggestions[0]["entity_id"] == entity_id
    assert 70 <= suggestions[0]["score"] <= 100


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_suggestions_are_few_different_known_and_in_order(lexicon: Lexicon, name: str) -> None:
    suggestions = suggest_actors(name, lexicon)
    ids = [actor["entity_id"] for actor in suggestions]
    assert len(set(ids)) == len(ids) <= 3
    assert set(ids) <= {actor.id for actor in lexicon.actors()}
    scores = [actor["score"] for actor in suggestions]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=50)
@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_a_new_entry_is_a_line_of_toml_whatever_the_name(lexicon: Lexicon, name: str) -> None:
    names = unlinked_names(table(mention("a", name, name)), lexicon)
    rows = with_advice(names, lexicon, Path("models"), str)
    assert [list(fields) for line in rows["new_entry"] for fields in tomllib.loads(line).values()] == [
        ["name", "sources"]
    ]


@pytest.mark.parametrize("label", NEW_ENTRIES)
def test_new_entries_go_into_a_table_that_gives_them_their_label(label: str, models_dir: Path) -> None:
    file, kind = NEW_ENTRIES[label]
    assert kind in tomllib.loads((models_dir / "lexicon" / file).read_text(encoding="utf-8"))
    kinds = tomllib.loads((models_dir / "lexicon" / "kinds.toml").read_text(encoding="utf-8"))
    assert kinds["labels"][kind] == label
