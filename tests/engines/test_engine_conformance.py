"""What every engine of the registry keeps: a new one is tested by being listed."""

import importlib.util
from collections.abc import Iterator

import pytest

from extract.engines import ENGINES, INGREDIENTS, ingredients
from extract.engines.docs import doc_from_bytes, doc_to_bytes
from extract.engines.engine import Engine, Layer
from extract.errors import ModelError
from extract.model import Article
from extract.pipeline.annotator import Annotator
from extract.settings import Settings
from extract.tables import to_tables

TEXTS = (
    "Kata'ib Hezbollah denied on Tuesday that it had fired rockets at Ain al-Asad.\n\n“No,” Rana Odeh said.",
    "",
    " \n\n ",
    "One line\nand another, joined.\u200f İstanbul \U0001f600 naïve.",
    "Q: Who are you?\nA: Nobody's fool…",
)
# How a layer shows on a Doc; names may be missing where there are none.
ATTRIBUTES: dict[Layer, str] = {"sentences": "SENT_START", "tags": "TAG", "lemmas": "LEMMA", "parse": "DEP"}


@pytest.fixture(scope="module", params=list(ENGINES))
def annotator(request: pytest.FixtureRequest) -> Annotator:
    settings = Settings(engine=request.param)
    try:
        ENGINES[request.param].check(settings)
    except ModelError as error:
        pytest.skip(error.message)
    return Annotator(settings)


@pytest.fixture(scope="module")
def engine(annotator: Annotator) -> Engine:
    return annotator.engine


def articles() -> Iterator[Article]:
    for number, text in enumerate(TEXTS):
        yield Article(f"a{number}", f"a{number}.txt", "txt", text, f"hash {number}")


def test_the_name_is_that_of_the_registry(annotator: Annotator, engine: Engine) -> None:
    assert engine.name == annotator.settings.engine


def test_docs_come_in_order_and_hold_the_whole_text(engine: Engine) -> None:
    assert [doc.text for doc in engine.pipe(articles())] == list(TEXTS)


def test_docs_have_what_the_engine_gives(engine: Engine) -> None:
    doc = next(iter(engine.pipe(articles())))
    for layer, attribute in ATTRIBUTES.items():
        assert doc.has_annotation(attribute) is (layer in engine.gives), layer
    assert bool(doc.ents) <= ("names" in engine.gives)


def test_neighbours_do_not_change_a_doc(engine: Engine) -> None:
    together = [doc.to_json() for doc in engine.pipe(articles())]
    assert [doc.to_json() for article in articles() for doc in engine.pipe([article])] == together


def test_docs_can_be_kept(engine: Engine) -> None:
    for article, doc in zip(articles(), engine.pipe(articles()), strict=True):
        again = doc_from_bytes(doc_to_bytes(doc), engine.nlp.vocab, article)
        assert (again.text, [str(ent) for ent in again.ents]) == (doc.text, [str(ent) for ent in doc.ents])


def test_rows_keep_the_contract_and_say_who_made_them(annotator: Annotator, engine: Engine) -> None:
    tables = to_tables(annotator.annotate(list(articles())))
    assert set(tables["articles"]["engine"].to_pylist()) == {engine.name}
    codes = set(tables["issues"]["code"].to_pylist())
    assert ("no_parse" in codes) is ("parse" not in engine.gives)


def test_its_files_below_models_exist(engine: Engine, annotator: Annotator) -> None:
    made_of = ingredients(engine.name)
    for pattern in made_of.weights:
        assert list(annotator.settings.models_dir.glob(pattern)), pattern
    assert set(made_of.options) <= set(Settings.model_fields)
    assert INGREDIENTS.keys() == set(ENGINES)


@pytest.mark.parametrize("name", ["stanza", "consensus"])
def test_an_engine_that_is_not_installed_names_the_command(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda package: None if package == "torch" else known(package)
    )
    with pytest.raises(ModelError, match=r"torch is not installed.*make stanza"):
        ENGINES[name].check(Settings(engine=name))
