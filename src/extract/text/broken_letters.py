"""Words with letters that were lost or decoded wrongly, and the names that they may belong to."""

import re
from collections.abc import Iterator, Sequence

_MOST_NEIGHBOURS = 8  # words of a name on one side

# A blank may be what is left of a letter.
_WORD = re.compile(r"\S+(?:\xa0[ªºΩæø]\S*)*")
# Each alternative begins with a rare character: the search is fast.
_LOST = re.compile(
    # U+FFFD, also decoded wrongly; control characters; letters of no script; what is left of ʿayn or hamza.
    r"\ufffd|ï¿½|ÔøΩ|[\x80-\x9f\ue000-\uf8ff]|\xa0(?<=[A-Za-z]\xa0)[ªºΩæø]"
    # A question mark in place of a letter.
    r"|\?(?<=[A-Za-z]\?)[a-z]"
    # An HTML entity, or what is left of one.
    r"|&#x?[0-9a-fA-F]{2,6}|&[a-z][A-Za-z0-9]{1,7};|&[A-Z][a-z]{2,7};"
    r"|&amp(?![A-Za-z])|&(?:apos|quot|nbsp|[lr][sd]quo)|#(?<=[A-Za-z]#)(?:x[0-9a-fA-F]{2,5}|[0-9]{2,5});"
    # A letter written in the way of JSON, web addresses or mail.
    r"|\\u[0-9a-fA-F]{4}|[=%][C-F][0-9A-F][=%][89AB][0-9A-F]"
)
# Letters and marks that mojibake consists of; most texts have none.
_SUSPECT = re.compile(r"[^\x00-\x7f‘’“”–—…•\xa0]")
_ADDRESS = re.compile(r"://|www\.|@|%20|\?\w+=|\.(?:com|net|org|iq)\b")
# A word that may belong to a name: a capital, an Arabic article, or no letter at all.
_NAME_WORD = re.compile(r"[^\w\s]*(?:[^\W\d_a-z]|\d|[ae][lnrszdt]h?[-‐‑]|[ae]l\Z|[\W_]*\Z)")
# Stands inside names, not at their ends.
_PARTICLES = frozenset({"of", "the", "bin", "ibn", "abu", "wa", "wal", "fi", "min", "ul"})
_ENDS_PHRASE = re.compile(r"[.,;:!?)\]”\"»…—–][^\w(]*\Z")
_STARTS_PHRASE = re.compile(r"[(\[“\"«—–]")
# ftfy takes a capital and a closing mark for broken: “AMANHÃ”.
_CLOSING = "”’»…–—,.®™"
_ACRONYM = re.compile(r"\([A-Z]{2,8}\)")


def find_broken_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the words with broken letters, in text order.

    >>> text = "Kata&rsquoib, Kata?ib left"
    >>> [text[start:end] for start, end in find_broken_words(text)]
    ['Kata&rsquoib,', 'Kata?ib']
    """
    if not _LOST.search(text) and not (_SUSPECT.search(text) and _is_bad(text)):
        return
    for match in _WORD.finditer(text):
        word = match[0]
        is_broken = _LOST.search(word) and not _ADDRESS.search(word)
        if is_broken or (_SUSPECT.search(word) and _is_bad(word.rstrip(_CLOSING))):
            yield match.span()


def _is_bad(text: str) -> bool:
    """Return whether letters stand together that no correct text has."""
    from ftfy.badness import is_bad  # noqa: PLC0415 - most texts do not need it, and it takes long to import

    return is_bad(text)


def find_broken_names(text: str) -> list[tuple[int, int]]:
    """Return stretches of text that may be names with broken letters: such a word and its neighbours.

    >>> text = "Police met Kata?ib Hezbollah (KH) in Basra."
    >>> [text[start:end] for start, end in find_broken_names(text)]
    ['Kata?ib Hezbollah (KH)']
    """
    broken = dict(find_broken_words(text))
    if not broken:
        return []
    words = [match.span() for match in _WORD.finditer(text)]
    spans: list[tuple[int, int]] = []
    for index, (start, _) in enumerate(words):
        if start in broken and not (spans and start < spans[-1][1]):
            first, last = _first_word(text, words, index), _last_word(text, words, index)
            spans.append((words[first][0], words[last][1]))
    return spans


def _last_word(text: str, words: Sequence[tuple[int, int]], index: int) -> int:
    """Return the index of the last word of the name that a word may belong to."""
    last = index
    for following in range(index + 1, min(index + _MOST_NEIGHBOURS, len(words))):
        word = text[slice(*words[following])]
        between = text[words[following - 1][1] : words[following][0]]
        if _ENDS_PHRASE.search(text[slice(*words[following - 1])]) or between.count("\n") > 1:
            break
        if _NAME_WORD.match(word) and (not _STARTS_PHRASE.match(word) or _ACRONYM.match(word)):
            last = following
        elif word not in _PARTICLES:
            break
    return last


def _first_word(text: str, words: Sequence[tuple[int, int]], index: int) -> int:
    """Return the index of the first word of the name that a word may belong to."""
    first = index
    for before in range(index - 1, max(index - _MOST_NEIGHBOURS, -1), -1):
        word = text[slice(*words[before])]
        between = text[words[before][1] : words[before + 1][0]]
        starts = _STARTS_PHRASE.match(text[slice(*words[before + 1])])
        if starts or _ENDS_PHRASE.search(word) or between.count("\n") > 1:
            break
        if _NAME_WORD.match(word):
            first = before
        elif word not in _PARTICLES:
            break
    return first
