"""Noun phrases as text: their head word, its singular, and pronouns."""

import re
from collections.abc import Mapping

# Kinds: male, female, neuter, plural, first and second person, relative; quantifiers (q) have no antecedent.
PRONOUNS: Mapping[str, str] = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n",
    "they": "p", "them": "p", "their": "p", "both": "q", "some": "q", "others": "q", "many": "q",
    "those": "q",
    "i": "1", "me": "1", "my": "1", "we": "1", "us": "1", "our": "1", "you": "2", "who": "r", "that": "r",
    "which": "r",
}  # fmt: skip
_AFTER_HEAD = re.compile(r"\s(?:of|for|from|in|at|on|with|to|close|who|which|inside|near|by|familiar)\s|[,(]")
_QUANTITIES = frozenset(
    {"one", "number", "some", "many", "most", "several", "two", "three", "couple", "none", "both"}
)
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her"})
_WORD = re.compile(r"\w[\w.’'-]*")


def head_span(surface: str) -> tuple[int, int]:
    """Return the offsets of a noun phrase's head: a name after a comma, else the word before `of`, `in`...

    >>> def head(phrase): start, end = head_span(phrase); return phrase[start:end]
    >>> head("The spokesman, Karl Brandt"), head("a leader of the bloc"), head("one of the officials")
    ('Brandt', 'leader', 'officials')
    """
    first, comma, rest = surface.partition(",")
    offset = 0
    core = _core_words(first)
    describes = bool(core) and (_bare(core[-1].group()).islower() or core[0].group().lower() in _ARTICLES)
    if rest.strip()[:1].isupper() and describes:
        offset, first = len(first) + len(comma), rest
        core = _core_words(first)
    if core and core[-1].group().lower() in _QUANTITIES and " of " in first:
        inner = first.index(" of ") + len(" of ")
        shifted = _core_words(first[inner:])
        core, offset = (shifted, offset + inner) if shifted else (core, offset)
    if not core:
        return 0, len(surface)
    word = _bare(core[-1].group())
    start = offset + core[-1].start()
    return start, start + len(word)


def head_word(surface: str) -> str:
    """Return the head word of a noun phrase.

    >>> head_word("Pentagon spokesman Karl Brandt")
    'Brandt'
    """
    start, end = head_span(surface)
    return surface[start:end]


def _core_words(phrase: str) -> list[re.Match[str]]:
    """Return the words of a phrase up to the first preposition, bracket or comma that follows a word."""
    indent = len(phrase) - len(phrase.lstrip())
    after = _AFTER_HEAD.search(phrase, indent + 1)
    return list(_WORD.finditer(phrase, 0, after.start() if after else len(phrase)))


def singular(noun: str, known: frozenset[str]) -> str:
    """Return the form of a noun that is in `known`: itself or its singular; the noun if neither is."""
    forms = (
        noun,
        noun.removesuffix("s"),
        noun.removesuffix("es"),
        noun.removesuffix("ies") + "y",
        _man(noun),
    )
    return next((form for form in forms if form in known), noun)


def _man(noun: str) -> str:
    return noun.removesuffix("men") + "man" if noun.endswith("men") else noun


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").rstrip("'’.-")
