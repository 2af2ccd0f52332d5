"""Words that the vocabulary keeps: the same tokens, a bounded number, outside memory zones alone."""

import pytest
import spacy
from spacy.language import Language

from extract.engines.engine import Engine
from extract.engines.spacy import find_model
from extract.engines.words import LONGEST_WORD, KnownWords

TEXT = "Huda Rahim (Basra's governor) didn't say \u201cno\u201d: U.S.-led talks,\nhe said, cost $4m..."


@pytest.fixture
def plain() -> Language:
    return spacy.blank("en")


def tokens(nlp: Language, text: str) -> list[tuple[int, str, str]]:
    with nlp.memory_zone():
        return [(token.idx, token.text, token.shape_) for token in nlp.make_doc(text)]


def test_known_words_have_the_same_tokens(plain: Language) -> None:
    expected = tokens(plain, TEXT)
    KnownWords(plain).learn([TEXT])
    assert tokens(plain, TEXT) == expected


def test_known_words_outlive_a_memory_zone(plain: Language) -> None:
    tokens(plain, TEXT)
    assert "governor" not in plain.vocab.strings
    KnownWords(plain).learn([TEXT])
    tokens(plain, TEXT)
    assert "governor" in plain.vocab.strings


def test_the_number_of_words_is_bounded(plain: Language) -> None:
    words = KnownWords(plain, most=50)
    words.learn(" ".join(f"w{start + number}x" for number in range(30)) for start in (0, 30, 60))
    kept = [number for number in range(90) if f"w{number}x" in plain.vocab.strings]
    assert len(kept) == 50
    assert set(range(30)) <= set(kept)


def test_long_words_are_not_kept(plain: Language) -> None:
    KnownWords(plain).learn(["short " + "x" * (LONGEST_WORD + 1)])
    assert "short" in plain.vocab.strings
    assert "x" * (LONGEST_WORD + 1) not in plain.vocab.strings


def test_the_index_of_lemmas_is_the_models_and_can_be_saved(engine: Engine) -> None:
    lists = spacy.load(find_model()).get_pipe("lemmatizer").lookups.get_table("lemma_index")
    lookups = engine.nlp.get_pipe("lemmatizer").lookups
    again = lookups.from_bytes(lookups.to_bytes()).get_table("lemma_index")
    assert {key: set(words) for key, words in again.items()} == {key: set(lists[key]) for key in lists}
    assert all(isinstance(words, dict) for words in again.values())
