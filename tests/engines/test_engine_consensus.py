"""The consensus: spaCy's Doc, names settled between spaCy and Stanza by counted weights."""

from pathlib import Path

import pytest

from extract.engines import load_engine
from extract.engines.consensus import merge_names, situations
from extract.engines.engine import Engine
from extract.engines.names import SeenName, trimmed
from extract.engines.weights import WEIGHTS, Weights, load_weights
from extract.errors import ModelError
from extract.model import Article
from extract.pipeline.annotator import Annotator
from extract.settings import Settings
from extract.tables import to_tables

TEXT = "Samir Qattan of the Harvest Party met envoys of the United Nations in Basra on Tuesday."
SHARES = {"both": 0.9, "spacy_alone": 0.6, "spacy_against": 0.3, "stanza_alone": 0.5, "stanza_against": 0.8}
WEIGHTS_OF_ALL: Weights = dict.fromkeys(("PERSON", "ORG", "GPE"), SHARES)


def spacy(start: int, end: int, label: str = "PERSON") -> SeenName:
    return SeenName(start, end, label, "spacy")


def stanza(start: int, end: int, label: str = "PERSON") -> SeenName:
    return SeenName(start, end, label, "stanza")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([spacy(0, 5)], [stanza(0, 5)], [(0, 5, "PERSON", "spacy+stanza", 0.9)]),
        ([spacy(0, 5)], [], [(0, 5, "PERSON", "spacy", 0.6)]),
        ([], [stanza(0, 5)], [(0, 5, "PERSON", "stanza", 0.5)]),
        ([spacy(0, 5)], [stanza(0, 12)], [(0, 12, "PERSON", "stanza", 0.8)]),
        ([spacy(0, 5, "ORG")], [stanza(0, 5, "GPE")], [(0, 5, "GPE", "stanza", 0.8)]),
        ([spacy(0, 5, "WORK_OF_ART")], [], []),
        ([spacy(8, 9), spacy(0, 5)], [], [(0, 5, "PERSON", "spacy", 0.6), (8, 9, "PERSON", "spacy", 0.6)]),
    ],
)
def test_the_surer_name_stays(
    first: list[SeenName], second: list[SeenName], expected: list[tuple[object, ...]]
) -> None:
    found = merge_names(first, second, WEIGHTS_OF_ALL, 0.4)
    assert [(name.start, name.end, name.label, name.engine, name.confidence) for name in found] == expected


def test_a_name_that_is_seldom_right_is_dropped() -> None:
    assert merge_names([spacy(0, 5)], [], WEIGHTS_OF_ALL, 0.7) == []


def test_every_name_is_judged_once() -> None:
    first, second = [spacy(0, 5), spacy(8, 12)], [stanza(0, 5), stanza(10, 14), stanza(20, 24)]
    assert [situation for _, situation in situations(first, second)] == [
        "both",
        "spacy_against",
        "stanza_against",
        "stanza_alone",
    ]


@pytest.mark.parametrize(
    ("surface", "kept"),
    [
        ("the Harvest Party", "Harvest Party"),
        ("Iraq's", "Iraq"),
        ("The Hague", "Hague"),
        ("the", "the"),
        ("A’s", "A"),
    ],
)
def test_articles_and_possessives_are_cut_off(surface: str, kept: str) -> None:
    name = trimmed(SeenName(2, 2 + len(surface), "ORG", "spacy"), f"“ {surface} ”")
    assert f"“ {surface} ”"[name.start : name.end] == kept


@pytest.fixture(scope="module")
def consensus(stanza_models: Path) -> Engine:
    return load_engine(Settings(engine="consensus", models_dir=stanza_models))


def test_names_say_who_saw_them_and_how_sure_that_is(consensus: Engine) -> None:
    article = Article("a", "a.txt", "txt", TEXT, "")
    [doc] = consensus.pipe([article])
    names = {ent.text: ent for ent in doc.ents}
    assert names["Samir Qattan"]._.engine == "spacy+stanza"
    assert names["Samir Qattan"]._.confidence > 0.9
    assert all(0 < ent._.confidence <= 1 for ent in doc.ents)
    assert {token.dep_ for token in doc} >= {"nsubj", "ROOT"}


def test_the_tables_say_which_engines_saw_a_name(
    consensus: Engine, stanza_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.pipeline.annotator.load_engine", lambda _settings: consensus)
    made = Annotator(Settings(engine="consensus", models_dir=stanza_models))
    tables = to_tables(made.annotate([Article("a", "a.txt", "txt", TEXT, "")]))
    entities = tables["entities"].to_pandas().set_index("text")
    assert entities.loc["Samir Qattan", "engine"] == "spacy+stanza"
    assert entities.loc["Basra", "engine"] == "lexicon"
    assert tables["articles"]["engine"].to_pylist() == ["consensus"]


def test_the_shipped_weights_are_shares(models_dir: Path) -> None:
    weights, least = load_weights(models_dir / WEIGHTS)
    assert 0 < least < 1
    assert set(weights) == {"FACTION", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}
    assert all(0 <= share <= 1 for shares in weights.values() for share in shares.values())


@pytest.mark.parametrize(
    "content",
    [
        None,
        "least = 0.5",
        "least =",
        "least = 0.5\n[weights.PERSON]\nboth = 'high'",
        "least = 0.5\nweights = 3",
    ],
)
def test_broken_weights_are_refused_by_name(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "weights.toml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights\.toml.*fit_consensus"):
        load_weights(file)
