"""Links misspelt names that differ by one letter from a correct name in the same article."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from extract.lexicon import Lexicon
from extract.model import Mention

_SHORTEST_NAME = 6  # letters; many shorter names are only one letter apart
_SHORTEST_WORD = 5


def link_misspelled(mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Link guessed names to the one name of the article that differs by one letter, with its label.

    One letter may be wrong, missing or extra, or two may be swapped (optimal string alignment); not the first
    letter of a word, and not in a word that is itself a name. Correct names are those of the lexicon, those
    that occur more than once, and the surnames of the article's persons.

    Args:
        mentions: The linked mentions, in order.
        lexicon: For spellings and known names.
    """
    keys = [lexicon.spelling.key(mention.text) for mention in mentions]
    counts = Counter(keys)
    doubtful = [_is_doubtful(m, key, counts, lexicon) for m, key in zip(mentions, keys, strict=True)]
    if not any(doubtful):
        return tuple(mentions)
    correct: dict[str, dict[str, Mention]] = defaultdict(dict)
    for key, mention in _correct_names(mentions, keys, counts, lexicon):
        correct[_initials(key)][key] = mention
    return tuple(
        _corrected(mention, key, correct, lexicon) if is_doubtful else mention
        for mention, key, is_doubtful in zip(mentions, keys, doubtful, strict=True)
    )


def _is_doubtful(mention: Mention, key: str, counts: Counter[str], lexicon: Lexicon) -> bool:
    """Return whether a name may be misspelt: guessed, unknown, long, not repeated."""
    if mention.engine == "lexicon" or mention.entity_id or mention.candidates or mention.method != "ner":
        return False
    is_long_word = len(key) >= _SHORTEST_NAME and key.replace(" ", "").isalpha()
    return is_long_word and counts[key] == 1 and not mention.text.isupper() and key not in lexicon.names


def _correct_names(
    mentions: Sequence[Mention], keys: Sequence[str], counts: Counter[str], lexicon: Lexicon
) -> Iterator[tuple[str, Mention]]:
    for mention, key in zip(mentions, keys, strict=True):
        if mention.name_id is None:
            continue
        if mention.engine == "lexicon" or counts[key] > 1:
            yield key, mention
        if mention.label == "PERSON":
            surnames = lexicon.surname_of(mention.text)
            yield from ((lexicon.spelling.key(surname), mention) for surname in surnames)


def _initials(key: str) -> str:
    """Return the first letters of a name's words, which a misspelling shares with the correct name."""
    return "".join(word[0] for word in key.split())


def _corrected(
    mention: Mention, key: str, correct: Mapping[str, Mapping[str, Mention]], lexicon: Lexicon
) -> Mention:
    similar = correct.get(_initials(key), {})
    near = [
        found
        for other, found in similar.items()
        if _may_be_one(found, mention) and _is_misspelling(key, other, lexicon)
    ]
    meant = {found.name_id: found for found in near}
    if len(meant) != 1:
        return mention
    [one] = meant.values()
    return replace(
        mention,
        label=one.label,
        entity_id=one.entity_id,
        entity_name=one.entity_name,
        entity_kind=one.entity_kind,
        name_id=one.name_id,
        candidates=one.candidates,
        method="misspelling",
        rule=f"one letter from {one.text}",
        confidence=lexicon.confidence.misspelling,
    )


def _may_be_one(found: Mention, mention: Mention) -> bool:
    """Return whether two names may be one by their labels: a person is no body, whatever a model says."""
    return (found.label == "PERSON") == (mention.label == "PERSON")


def _is_misspelling(key: str, correct: str, lexicon: Lexicon) -> bool:
    """Return whether two keys differ by one letter, in a long word that is not itself a name."""
    if abs(len(key) - len(correct)) > 1:
        return False
    words, others = key.split(), correct.split()
    if len(words) != len(others):
        return False
    pairs = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    return len(pairs) == 1 and all(_differs_by_one(*pair, lexicon) for pair in pairs)


def _differs_by_one(word: str, correct: str, lexicon: Lexicon) -> bool:
    if min(len(word), len(correct)) < _SHORTEST_WORD or word[0] != correct[0]:
        return False
    if word == correct + "s":  # the family: the Barzanis
        return False
    if word in lexicon.words.given_names or word in lexicon.names:
        return False
    return OSA.distance(word, correct, score_cutoff=1) == 1
