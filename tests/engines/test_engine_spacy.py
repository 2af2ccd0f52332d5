"""The spaCy engine: the text stays, lines end sentences, the weights are the measured ones."""

import shutil
from pathlib import Path

import pytest
import spacy

from extract.engines import engine_class, load_engine
from extract.engines.attributes import CachedAttributeRuler
from extract.engines.engine import Engine
from extract.engines.spacy import CHECKSUMS, check_model, find_model
from extract.errors import ModelError
from extract.model import Article
from extract.settings import Settings

ROOT = Path(__file__).parents[2]


def article(text: str) -> Article:
    return Article("a", "a.txt", "txt", text, "")


def sentences(engine: Engine, text: str) -> list[str]:
    [doc] = engine.pipe([article(text)])
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize(
    "text", ["", " ", "a\n\n\nb", "“Yes,”\u00a0he said\u2026", "\U0001f600 said", "x\u0301 \u200f\u202b"]
)
def test_the_text_is_never_altered(engine: Engine, text: str) -> None:
    [doc] = engine.pipe([article(text)])
    assert doc.text == text


def test_a_line_without_a_full_stop_is_a_sentence_of_its_own(engine: Engine) -> None:
    text = "Talks resume\nBy Tara Sample\nThe talks resumed on Sunday and the\ndelegates met."
    assert sentences(engine, text)[:2] == ["Talks resume", "By Tara Sample"]


def test_remembered_attributes_are_those_of_the_model() -> None:
    plain = spacy.load(find_model())
    ruler = plain.get_pipe("attribute_ruler")
    fast = CachedAttributeRuler(plain.vocab, ruler.patterns)
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    texts.append(
        "Ain't it so? There's nothin' left; y'all gonna go. It was hers, and let's not do that."
        " You gotta go, c'mon; nuthin' ain't there: there are two."
    )
    with plain.select_pipes(disable=["attribute_ruler", "lemmatizer", "ner"]):
        for expected, got in zip(plain.pipe(texts), plain.pipe(texts), strict=True):
            ruler(expected)
            fast(got)
            for token, other in zip(expected, got, strict=True):
                attributes = ("text", "pos_", "tag_", "dep_", "lemma_")
                assert [getattr(token, name) for name in attributes] == [
                    getattr(other, name) for name in attributes
                ]
                assert str(token.morph) == str(other.morph)


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_model(), tmp_path / "model"))


def test_an_altered_weight_file_is_named_with_the_mending_command(model_copy: Path, models_dir: Path) -> None:
    check_model(model_copy, models_dir / CHECKSUMS)
    weights = model_copy / "ner" / "model"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    with pytest.raises(ModelError, match=r"ner/model.*pip install --require-hashes"):
        check_model(model_copy, models_dir / CHECKSUMS)


def test_a_missing_weight_file_is_named(model_copy: Path, models_dir: Path) -> None:
    (model_copy / "parser" / "cfg").unlink()
    with pytest.raises(ModelError, match=r"lacks the file .*parser/cfg"):
        check_model(model_copy, models_dir / CHECKSUMS)


def test_an_unknown_engine_is_refused_with_the_known_ones(models_dir: Path) -> None:
    with pytest.raises(ModelError, match=r"'oracle' is not known.*spacy"):
        load_engine(Settings(engine="oracle", models_dir=models_dir))
    assert engine_class("spacy").name == "spacy"


@pytest.mark.parametrize(
    ("text", "name", "head"),
    [
        ("Haider al-Abadi said that Masoud Barzani had ignored the court.", "Haider al-Abadi", "said"),
        ("Hadi al-Amiri said Qais al-Khazali had visited Basra.", "Hadi al-Amiri", "said"),
        ("Hadi al-Amiri said Qais al-Khazali had visited Basra.", "Qais al-Khazali", "visited"),
        ("Mr. Nouri al-Maliki said on Monday that Turkey had left.", "Mr. Nouri al-Maliki", "said"),
        ("A commander of Saraya al-Salam said the road was closed.", "Saraya al-Salam", "of"),
        ("The blaze reached the Shatt al-Arab river on Monday.", "al-Arab", "river"),
    ],
)
def test_a_name_with_a_hyphen_has_one_head(engine: Engine, text: str, name: str, head: str) -> None:
    [doc] = engine.pipe([article(text)])
    start = text.index(name)
    span = doc.char_span(start, start + len(name))
    outside = [token for token in span if token.head not in list(span)]
    assert [(token.text, token.head.text) for token in outside] == [(name.rpartition("-")[2], head)]


def test_other_words_with_a_hyphen_keep_their_parse(engine: Engine) -> None:
    text = "The US-led force - 300 men - left the so-called zone - it had no choice."
    [doc] = engine.pipe([article(text)])
    assert [token.head.i for token in doc] == [token.head.i for token in engine.nlp(text)]


@pytest.mark.parametrize(
    "text", ["-", "a-", "-a", "al-", "--", "Al-Abadi", "al-Abadi-", "Haider al-Abadi-al-Amiri"]
)
def test_hyphens_at_the_edges_of_a_text_are_no_names(engine: Engine, text: str) -> None:
    [doc] = engine.pipe([article(text)])
    assert doc.text == text
    assert all(token.head.sent == token.sent for token in doc)
