"""A faster attribute ruler with the same result as the model's own.

en_core_web_sm maps tags to parts of speech with 179 patterns, which spaCy tries at every token: 12 % of the
whole pipeline's time. Nearly all of them look only at the tag, dependency and word of one token, so their
result can be cached; the few others are sought in the whole Doc at once (`phrases`), or, where they ask
for more, by spaCy's matcher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, MorphAnalysis, Token
from spacy.vocab import Vocab

from extract.engines.phrases import Phrase, columns_of, is_phrase

NAME = "extract_attributes"
_CACHE_KEYS = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})

Pattern = dict[str, Any]  # an item of spaCy's AttributeRuler.patterns
# The string attributes are as fast to set as the integer ones: spaCy looks up a hash.
_ATTRIBUTES = {"POS": "pos_", "LEMMA": "lemma_", "TAG": "tag_", "DEP": "dep_", "MORPH": "morph"}
Wanted = str | bool | dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class TokenRule:
    """A pattern for a single token: the attributes it requires, and those it sets."""

    wants: Mapping[str, Wanted]
    sets: Mapping[str, str]

    def fits(self, seen: Mapping[str, str | bool]) -> bool:
        """Return whether a token with these attributes matches."""
        return all(_is_wanted(seen[name], wanted) for name, wanted in self.wants.items())


class CachedAttributeRuler:
    """A spaCy component equivalent to an attribute ruler.

    Args:
        vocab: The pipeline's vocabulary.
        patterns: The `patterns` of the attribute ruler.
    """

    def __init__(self, vocab: Vocab, patterns: Sequence[Pattern]) -> None:
        self._vocab = vocab
        self._rules = [rule for pattern in patterns if _is_single(pattern) for rule in _rules_of(pattern)]
        self._words = {vocab.strings.add(word) for rule in self._rules for word in _words_of(rule)}
        self._cache: dict[tuple[int, int, int, bool], list[tuple[str, object]]] = {}
        self._phrases: list[tuple[Phrase, int, list[tuple[str, object]]]] = []
        self._ruler: AttributeRuler | None = None
        self._add_others([pattern for pattern in patterns if not _is_single(pattern)])

    def _add_others(self, patterns: Sequence[Pattern]) -> None:
        """Add the patterns of several tokens; spaCy's matcher takes them all if it has to take one."""
        specs = [tokens for pattern in patterns for tokens in pattern["patterns"]]
        if not all(map(is_phrase, specs)):
            self._ruler = AttributeRuler(self._vocab)
            self._ruler.add_patterns(patterns)
            return
        self._phrases = [
            (Phrase(self._vocab, tokens), pattern["index"] % len(tokens), self._values(pattern["attrs"]))
            for pattern in patterns
            for tokens in pattern["patterns"]
        ]

    def __call__(self, doc: Doc) -> Doc:
        """Set the tokens' parts of speech, morphology and exceptional lemmas."""
        for token in doc:
            word = token.lower if token.lower in self._words else 0
            key = (token.tag, token.dep, word, token.is_space)
            found = self._cache.get(key)
            if found is None:
                found = self._cache[key] = self._look_up(token)
            for name, value in found:
                setattr(token, name, value)
        if self._ruler is not None:
            return self._ruler(doc)
        columns = columns_of(doc)
        for phrase, index, sets in self._phrases:
            for start in phrase.starts(columns):
                for name, value in sets:
                    setattr(doc[start + index], name, value)
        return doc

    def _look_up(self, token: Token) -> list[tuple[str, object]]:
        """Return what the rules set on a token; later rules override earlier ones."""
        seen: dict[str, str | bool] = {
            "TAG": token.tag_,
            "DEP": token.dep_,
            "LOWER": token.lower_,
            "IS_SPACE": token.is_space,
        }
        merged: dict[str, str] = {}
        for rule in self._rules:
            if rule.fits(seen):
                merged.update(rule.sets)
        return self._values(merged)

    def _values(self, sets: Mapping[str, str]) -> list[tuple[str, object]]:
        """Return the attributes of a token to set, and their values."""
        return [
            (_ATTRIBUTES[name], MorphAnalysis(self._vocab, value) if name == "MORPH" else value)
            for name, value in sets.items()
        ]


def cache_attribute_ruler(nlp: Language) -> None:
    """Replace the pipeline's attribute ruler by an equivalent `CachedAttributeRuler`."""
    ruler = nlp.get_pipe("attribute_ruler")
    if isinstance(ruler, AttributeRuler):
        nlp.replace_pipe("attribute_ruler", NAME, config={"patterns": ruler.patterns})


@Language.factory(NAME)
def make_attributes(
    nlp: Language,
    name: str,  # noqa: ARG001 - spaCy passes it
    patterns: list[Pattern],
) -> CachedAttributeRuler:
    """Create the component."""
    return CachedAttributeRuler(nlp.vocab, patterns)


def _is_single(pattern: Pattern) -> bool:
    """Return whether a pattern matches one token, by nothing but the attributes in the cache key."""
    return all(
        len(tokens) == 1
        and tokens[0].keys() <= _CACHE_KEYS
        and not any(isinstance(wanted, dict) and "REGEX" in wanted for wanted in tokens[0].values())
        for tokens in pattern["patterns"]
    )


def _rules_of(pattern: Pattern) -> list[TokenRule]:
    return [TokenRule(tokens[0], pattern["attrs"]) for tokens in pattern["patterns"]]


def _words_of(rule: TokenRule) -> list[str]:
    wanted = rule.wants.get("LOWER")
    if isinstance(wanted, dict):
        return wanted.get("IN", [])
    return [wanted] if isinstance(wanted, str) else []


def _is_wanted(value: str | bool, wanted: Wanted) -> bool:
    if isinstance(wanted, dict):
        return value in wanted.get("IN", [value]) and value not in wanted.get("NOT_IN", [])
    return bool(value == wanted)
