"""Noun phrases as text: their head word and its singular."""

import re
from collections.abc import Container, Iterator

from extract.quotes.grammar import PhraseWords

_WORD = re.compile(r"\w[\w.’'-]*")


def head_span(surface: str, words: PhraseWords) -> tuple[int, int]:
    """Return the offsets of a noun phrase's head: a name after a comma, else the word before `of`, `in`...

    Args:
        surface: The phrase.
        words: Function words.
    """
    first, comma, rest = surface.partition(",")
    offset = 0
    core = _core_words(first, words)
    describes = bool(core) and (_bare(core[-1].group()).islower() or core[0].group().lower() in words.openers)
    is_list = " and " in rest  # the ministers of France, Germany and Iraq
    if rest.strip()[:1].isupper() and describes and not is_list:
        offset, first = len(first) + len(comma), rest
        core = _core_words(first, words)
    if core and core[-1].group().lower() in words.quantities and " of " in first:
        inner = first.index(" of ") + len(" of ")
        shifted = _core_words(first[inner:], words)
        core, offset = (shifted, offset + inner) if shifted else (core, offset)
    body = words.bodies.search(first)
    if body:
        inner = body.end()
        core, offset = _core_words(first[inner:], words), offset + inner
    if not core:
        return 0, len(surface)
    word = _bare(core[-1].group())
    start = offset + core[-1].start()
    return start, start + len(word)


def head_word(surface: str, words: PhraseWords) -> str:
    """Return the head word of a noun phrase.

    >>> from extract.quotes.grammar import load_grammar
    >>> from extract.settings import default_models_dir
    >>> words = load_grammar(default_models_dir()).phrases
    >>> [head_word(phrase, words) for phrase in ("The spokesman, Karl Brandt", "one of the officials")]
    ['Brandt', 'officials']
    """
    start, end = head_span(surface, words)
    return surface[start:end]


def _core_words(phrase: str, words: PhraseWords) -> list[re.Match[str]]:
    """Return the words of a phrase up to the first preposition, bracket or comma that follows a word."""
    indent = len(phrase) - len(phrase.lstrip())
    after = words.after_head.search(phrase, indent + 1)
    return list(_WORD.finditer(phrase, 0, after.start() if after else len(phrase)))


def singular(noun: str, *known: Container[str]) -> str:
    """Return the form of a noun that is in one of `known`: itself or its singular; the noun if none is."""
    for form in _forms(noun):
        for words in known:
            if form in words:
                return form
    return noun


def is_listed(noun: str, *known: Container[str]) -> bool:
    """Return whether a noun or its singular is in one of `known`."""
    return any(form in words for form in _forms(noun) for words in known)


def _forms(noun: str) -> Iterator[str]:
    yield noun
    yield noun.removesuffix("s")
    yield noun.removesuffix("es")
    yield noun.removesuffix("ies") + "y"
    yield _man(noun)


def _man(noun: str) -> str:
    return noun.removesuffix("men") + "man" if noun.endswith("men") else noun


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").rstrip("'’.-")
