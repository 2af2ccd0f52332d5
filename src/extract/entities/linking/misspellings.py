"""Misspelt names: one letter away from a name that the same article spells right."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from extract.lexicon import Lexicon, surname_of
from extract.model import Mention

_CONFIDENCE = 0.6
_SHORTEST_NAME = 6  # letters; among shorter names many lie one letter apart
_SHORTEST_WORD = 5


def link_misspelled(mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Link guessed names to the one name of the article that differs in one letter.

    A letter may be wrong, missing, too much, or two may be swapped (optimal string alignment), but not the
    first of a word, nor in a word that is a name of its own. Right are the names of the lexicon, what the
    article says more than once, and the surnames of its persons.

    Args:
        mentions: Linked, in order.
        lexicon: For spellings, and for the names that are right as they stand.
    """
    keys = [lexicon.spelling.key(mention.text) for mention in mentions]
    counts = Counter(keys)
    doubtful = [_is_doubtful(m, key, counts, lexicon) for m, key in zip(mentions, keys, strict=True)]
    if not any(doubtful):
        return tuple(mentions)
    right: dict[str, dict[str, Mention]] = defaultdict(dict)
    for key, mention in _right_names(mentions, keys, counts, lexicon):
        right[_initials(key)][key] = mention
    return tuple(
        _mended(mention, key, right, lexicon) if is_doubtful else mention
        for mention, key, is_doubtful in zip(mentions, keys, doubtful, strict=True)
    )


def _is_doubtful(mention: Mention, key: str, counts: Counter[str], lexicon: Lexicon) -> bool:
    """Return whether a name may be misspelt: guessed, unknown, long, said once."""
    if mention.engine == "lexicon" or mention.entity_id or mention.candidates or mention.method != "ner":
        return False
    is_long_word = len(key) >= _SHORTEST_NAME and key.replace(" ", "").isalpha()
    return is_long_word and counts[key] == 1 and not mention.text.isupper() and key not in lexicon.names


def _right_names(
    mentions: Sequence[Mention], keys: Sequence[str], counts: Counter[str], lexicon: Lexicon
) -> Iterator[tuple[str, Mention]]:
    for mention, key in zip(mentions, keys, strict=True):
        if mention.name_id is None:
            continue
        if mention.engine == "lexicon" or counts[key] > 1:
            yield key, mention
        if mention.label == "PERSON":
            yield from ((lexicon.spelling.key(surname), mention) for surname in surname_of(mention.text))


def _initials(key: str) -> str:
    """Return what a misspelt name has in common with the right one: the first letters of its words."""
    return "".join(word[0] for word in key.split())


def _mended(
    mention: Mention, key: str, right: Mapping[str, Mapping[str, Mention]], lexicon: Lexicon
) -> Mention:
    alike = right.get(_initials(key), {})
    near = [found for other, found in alike.items() if _is_slip(key, other, lexicon)]
    meant = {found.name_id: found for found in near}
    if len(meant) != 1:
        return mention
    [one] = meant.values()
    return replace(
        mention,
        entity_id=one.entity_id,
        entity_name=one.entity_name,
        entity_kind=one.entity_kind,
        name_id=one.name_id,
        candidates=one.candidates,
        method="misspelling",
        rule=f"one letter from {one.text}",
        confidence=_CONFIDENCE,
    )


def _is_slip(key: str, right: str, lexicon: Lexicon) -> bool:
    """Return whether two keys differ in one letter, inside a long word that is no name of its own."""
    if abs(len(key) - len(right)) > 1:
        return False
    words, others = key.split(), right.split()
    if len(words) != len(others):
        return False
    pairs = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    return len(pairs) == 1 and all(_is_one_off(*pair, lexicon) for pair in pairs)


def _is_one_off(word: str, right: str, lexicon: Lexicon) -> bool:
    if min(len(word), len(right)) < _SHORTEST_WORD or word[0] != right[0]:
        return False
    if word in lexicon.words.given_names or word in lexicon.names:
        return False
    return OSA.distance(word, right, score_cutoff=1) == 1
