"""Odd texts cost what others of their length cost: no work grows with the square of a word or a sentence.

Counted are steps (characters searched, tokens of a sentence), not seconds.
"""

import re
from typing import Any

import pytest
import spacy
from spacy.language import Language

from extract.engines.engine import Engine
from extract.engines.spacy import LONGEST_SUFFIX, bound_affixes, find_model, split_at_marks
from extract.engines.stanza import make_doc
from extract.text.doc_lines import LONGEST_SENTENCE, mark_line_starts

COMPONENTS = ["tok2vec", "tagger", "parser", "ner", "attribute_ruler", "lemmatizer"]


class CountedPattern:
    """A pattern that counts the characters that it looks through."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.characters = 0

    def search(self, word: str, start: int = 0) -> re.Match[str] | None:
        """Find the pattern, as a compiled one does."""
        self.characters += len(word) - start
        return self.pattern.search(word, start)


@pytest.fixture
def plain() -> Language:
    """The model's tokenizer, which searches all of a word."""
    nlp = spacy.load(find_model(), exclude=COMPONENTS)
    split_at_marks(nlp)
    return nlp


def test_marks_are_taken_off_words_as_spacy_does(plain: Language, engine: Engine) -> None:
    words = [
        *(
            "?" * 200,
            "'" * 200,
            "a" + "." * 200,
            "." * 200 + "a",
            "(a" * 50 + ")" * 90,
            "$" * 60 + "5km²" * 20,
        ),
        *("“‘Wait,’ she said…”!?", "https://example.org/a?b=(c)", "U.S.-led 5km² £3m... 'tis'"),
        "a" * 100 + "." * 100 + "'s" + "." * 60 + "”" * 70,
    ]
    for word in words:
        expected = [(token.idx, token.text) for token in plain.tokenizer(word)]
        assert [(token.idx, token.text) for token in engine.nlp.tokenizer(word)] == expected, word


def test_a_row_of_marks_is_searched_at_its_end_alone(plain: Language) -> None:
    tokenizer: Any = plain.tokenizer
    counted = CountedPattern(tokenizer.suffix_search.__self__)
    tokenizer.suffix_search = counted.search
    bound_affixes(plain)
    counted.characters = 0
    assert len(tokenizer("?" * 2000)) == 2000
    assert 2000 <= counted.characters <= 2000 * LONGEST_SUFFIX


@pytest.mark.parametrize("piece", ["he said ", "? ", "“ ", "in 2021-2020 ", "Ali and Omar, "])
def test_words_without_an_end_are_cut_into_sentences(engine: Engine, piece: str) -> None:
    text = piece * 800
    doc = mark_line_starts(engine.nlp.make_doc(text))
    starts = [token.i for token in doc if token.is_sent_start] + [len(doc)]
    assert doc.text == text
    lengths = [end - start for start, end in zip([0, *starts], starts, strict=False)]
    assert LONGEST_SENTENCE <= max(lengths) <= LONGEST_SENTENCE + 1


@pytest.mark.parametrize("text", ["The road is closed. " * 300, "Who came? Nobody did! " * 300])
def test_sentences_with_an_end_are_left_to_the_parser(engine: Engine, text: str) -> None:
    doc = mark_line_starts(engine.nlp.make_doc(text))
    assert len(doc) > 2 * LONGEST_SENTENCE
    assert not any(token.is_sent_start for token in doc[1:])


def test_a_sentence_of_stanza_is_cut_too(engine: Engine) -> None:
    words = [(2 * number, 2 * number + 1) for number in range(LONGEST_SENTENCE + 10)]
    doc = make_doc(engine.nlp.vocab, "a " * len(words), [words])
    assert [len(sentence) for sentence in doc.sents] == [LONGEST_SENTENCE, 10]
