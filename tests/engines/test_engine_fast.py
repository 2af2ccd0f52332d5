"""Fast inference gives spaCy's Docs: the same attributes of every token, vectors within rounding."""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.engines.fast import Inference, inference, library
from extract.engines.fast.encoder import EmbeddingTable
from extract.engines.fast.inference import differences
from extract.engines.fast.table import BLOCK
from extract.engines.spacy import find_model, load_model

ROOT = Path(__file__).parents[2]
ODD_TEXTS = (
    *("a", ".", " ", "\n", "\n\n  \n", "\u200f\u202b", "x\u0301", "\U0001f600"),
    "\U0001f600 \U0001f44d\U0001f3fd he said \U0001f600\U0001f600!",
    "قال الوزير إن بغداد تنتظر القرار، ولم يضف شيئاً.",
    "Said وزير النفط on Sunday: 石油 is «нефть».",
    "x" * 50_000,
    "https://example.org/" + "a/b?c=" * 500,
    "?" * 900,
    "“ " * 900,
    "Ali and Omar, " * 900,
    "Huda Rahim said. " * 3000,
    "\n".join(f"{number}. Item\t{number}%" for number in range(500)),
    "U.S.-led 5km² £3m... 'tis said;it is\u00a0so\u2028next\x0bline\x00end",
    "won't can't y'all gonna ain't I'd've",
)


@pytest.fixture(scope="module", autouse=True)
def kernels() -> library.Kernels:
    """The kernels; where there is no C compiler, there is nothing to test."""
    if not library.LIBRARY.is_file() and shutil.which("cc") is None:
        pytest.skip("no C compiler")
    return library.load_kernels()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model(find_model())


@pytest.fixture(scope="module")
def fast(nlp: Language) -> Inference:
    chosen = Inference(nlp, fast=True)
    assert chosen.problem is None
    return chosen


def assert_same(nlp: Language, fast: Inference, texts: Sequence[str]) -> int:
    """Compare the Docs of texts, and return their number of tokens."""
    docs = list(nlp.pipe(texts, batch_size=25))
    for doc, other in zip(docs, fast.pipe(map(nlp.make_doc, texts)), strict=True):
        assert differences(doc, other) == [], doc.text[:100]
        assert shape(doc) == shape(other), doc.text[:100]
    return sum(map(len, docs))


def shape(doc: Doc) -> tuple[list[object], ...]:
    """What spaCy derives from the attributes."""
    spans = [[(span.start, span.end, span.label_) for span in found] for found in (doc.ents, doc.sents)]
    trees = [(token.left_edge.i, token.right_edge.i, token.n_lefts, token.n_rights) for token in doc]
    return (*spans, trees)


def test_the_projects_own_texts_become_the_same_docs(nlp: Language, fast: Inference) -> None:
    patterns = ("seeds/*.txt", "tests/**/*.txt", "models/*.md", "*.md")
    files = sorted(file for pattern in patterns for file in ROOT.glob(pattern))
    n_tokens = assert_same(nlp, fast, [file.read_text(encoding="utf-8") for file in files])
    assert n_tokens >= 60_000


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_become_the_same_docs(nlp: Language, fast: Inference, text: str) -> None:
    assert_same(nlp, fast, [text])


def test_a_text_without_tokens_stays_empty(nlp: Language, fast: Inference) -> None:
    [doc] = fast.pipe([nlp.make_doc("")])
    assert (len(doc), doc.ents, list(doc.sents)) == (0, (), [])


_WORDS = ("Ali", "said", "the", "U.S.", "oil", "ministry", "of", "Basra", ",", ".", "“", "”", "\n")


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=8)), max_size=60))
def test_random_words_become_the_same_docs(nlp: Language, fast: Inference, words: list[str]) -> None:
    assert_same(nlp, fast, [" ".join(words)])


def test_sentence_starts_known_before_are_kept(nlp: Language) -> None:
    """Stanza's sentences: spaCy may start sentences neither more nor elsewhere."""
    parser = load_model(find_model(), names=False, lines=False)
    fast = Inference(parser, fast=True)
    text = (ROOT / "seeds" / "sample-briefing.txt").read_text(encoding="utf-8")
    words = [token.text for token in nlp.make_doc(text)]
    dice = random.Random(7)  # noqa: S311 - dice
    for share in (0.0, 0.05, 0.5, 1.0):
        starts = [dice.random() < share for _ in words]
        doc, other = (Doc(parser.vocab, words=words, sent_starts=starts) for _ in range(2))
        [done] = fast.pipe([other])
        assert differences(parser(doc), done) == []
        assert shape(doc) == shape(done)


def test_a_full_table_is_emptied_and_gives_the_same_vectors(nlp: Language, kernels: library.Kernels) -> None:
    model = nlp.get_pipe("tok2vec").model
    small, large = (EmbeddingTable(model, kernels, size) for size in (BLOCK, 4 * BLOCK))
    docs = [
        nlp.make_doc(" ".join(f"word{number}" for number in range(start, start + 3000))) for start in (0, 500)
    ]
    for doc in [*docs, *docs]:
        few, many = (np.empty((len(doc), kernels.shapes.width), np.float32) for _ in range(2))
        small.look_up(doc, few)
        large.look_up(doc, many)
        np.testing.assert_allclose(few, many, rtol=0, atol=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_random_moves_become_the_same_docs(seed: int) -> None:
    """Weights that were never trained make moves that a trained parser seldom makes."""
    wild = load_model(find_model())
    random_weights = np.random.default_rng(seed)
    for name in ("parser", "ner"):
        upper = wild.get_pipe(name).model.get_ref("upper")
        weights = upper.get_param("W")
        upper.set_param("W", random_weights.normal(scale=0.5, size=weights.shape).astype("f"))
    chosen = Inference(wild, fast=True)
    assert chosen.problem is None
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "seeds").glob("*.txt"))]
    assert_same(wild, chosen, texts)


def test_a_model_built_otherwise_is_left_to_spacy() -> None:
    narrow = spacy.blank("en")
    narrow.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.HashEmbedCNN.v2", "width": 64}})
    narrow.initialize()
    chosen = Inference(narrow, fast=True)
    assert chosen.problem is not None
    assert "convolutions of the shape (64, 3, 192)" in chosen.problem.message


def test_a_difference_on_the_first_sentence_is_told_and_leaves_the_work_to_spacy(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Names set before the names are sought: spaCy keeps them, the kernels would not."""
    preset = load_model(find_model())
    ruler = preset.add_pipe("entity_ruler", before="ner")
    ruler.add_patterns([{"label": "FAC", "pattern": "Basra council"}])
    chosen = Inference(preset, fast=True)
    assert chosen.problem is not None
    assert "differs from spaCy's in ENT_IOB, ENT_TYPE" in caplog.text
    [doc] = chosen.pipe([preset.make_doc(inference.SENTENCE)])
    assert "FAC" in [ent.label_ for ent in doc.ents]


def test_without_the_kernels_spacys_own_components_run(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(library, "LIBRARY", tmp_path / "kernels.so")
    library.load_kernels.cache_clear()
    chosen = Inference(nlp, fast=True)
    library.load_kernels.cache_clear()
    assert chosen.problem is not None
    assert "not compiled" in chosen.problem.message
    [doc] = chosen.pipe([nlp.make_doc(inference.SENTENCE)])
    assert doc.to_json() == nlp(inference.SENTENCE).to_json()


def test_kernels_of_another_version_are_not_used(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    newer = tmp_path / "kernels.c"
    newer.write_bytes(library.SOURCE.read_bytes() + b"\n")
    monkeypatch.setattr(library, "SOURCE", newer)
    library.load_kernels.cache_clear()
    chosen = Inference(nlp, fast=True)
    library.load_kernels.cache_clear()
    assert chosen.problem is not None
    assert "another version" in chosen.problem.message


def test_fast_inference_can_be_turned_off(nlp: Language) -> None:
    chosen = Inference(nlp, fast=False)
    assert chosen.problem is None
    [doc] = chosen.pipe([nlp.make_doc(inference.SENTENCE)])
    assert doc.to_json() == nlp(inference.SENTENCE).to_json()
