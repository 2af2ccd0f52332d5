"""Names in marks: of persons, of works, of groups."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from extract.quotes.cues import Cues
from extract.quotes.layout import Layout

_NAME_MARKS = frozenset("'’-–&.")  # what joins the words of a name
_LINKS = frozenset({"from", "in", "like", "of"})  # between a work and its title: `a game like "..."`
_WORD_CHARACTER = re.compile(r"\w")
_NICKNAME_REACH = 4  # tokens before `as` in which a word says that a name follows


def words_of(layout: Layout, number: int) -> list[Token]:
    """Return the words of a region, without punctuation."""
    start, end = layout.inner[number]
    return [token for token in layout.doc[start:end] if _WORD_CHARACTER.search(token.text)]


def is_capitalised(tokens: Sequence[Token], cues: Cues) -> bool:
    """Return whether every word has a capital, as in a name; small connecting words need none."""
    words = _without_small(tokens, cues)
    return _have_capitals(words) and not any(token.pos_ in ("VERB", "AUX", "PRON", "INTJ") for token in words)


def is_introduced_as_name(layout: Layout, number: int, words: Sequence[Token], cues: Cues) -> bool:
    """Return whether the words before a region present a name: `so-called "..."`, `known as "..."`.

    Args:
        layout: The Doc with its regions.
        number: Index of the region.
        words: Its words.
        cues: For the words that give or present names.
    """
    before = layout.outer[number][0] - 1
    if before < 0:
        return False
    word = layout.doc[before]
    presented = layout.doc[max(before - 1, 0)] if word.text == "," else word  # `his nickname, "the Fox"`
    if presented.lower_ in cues.presenting and presented.tag_ != "VBD":
        return True
    if not _have_capitals(_without_small(words, cues)):
        return False
    names = word.lemma_ in cues.naming or (word.pos_ == "PRON" and _follows_naming(word, cues))
    return names or _is_nickname(word, cues) or _is_title(word, words, cues)


def _follows_naming(word: Token, cues: Cues) -> bool:
    """Return whether a pronoun is the object of a verb that gives a name: `call her "..."`."""
    return word.i > 0 and word.nbor(-1).lemma_ in cues.naming


def _is_nickname(word: Token, cues: Cues) -> bool:
    """Return whether a name follows: `known as "..."`, `goes by "..."`, `gave his name as "..."`."""
    if word.lower_ not in ("as", "by", "of"):
        return False
    near = word.doc[max(word.i - _NICKNAME_REACH, 0) : word.i]
    return any(token.lower_ in cues.aliasing for token in near)


def _is_title(word: Token, words: Sequence[Token], cues: Cues) -> bool:
    """Return whether a title follows: `the film "..."`, `a scene from "..."`, `his novel, "A Dry Year,"`."""
    if word.lemma_.lower() in cues.works:
        return True
    linked = word.lower_ in _LINKS or (word.text == "," and len(words) > 1)
    return linked and word.i > 0 and word.nbor(-1).lemma_.lower() in cues.works


def _without_small(tokens: Sequence[Token], cues: Cues) -> list[Token]:
    small = cues.grammar.names.in_marks
    return [token for token in tokens if token.lower_ not in small and token.text not in _NAME_MARKS]


def _have_capitals(words: Sequence[Token]) -> bool:
    return bool(words) and all(token.text[0].isupper() or token.text[0].isdigit() for token in words)
