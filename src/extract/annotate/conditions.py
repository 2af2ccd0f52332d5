"""Whether a name may stand for its entity at one place of one text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.lexicon import ALWAYS, INTRODUCED, Lexicon, Name
from extract.lexicon.keys import Word

# Bodies that every state has: after another country's name they are that country's.
NATIONAL_KINDS = frozenset({"government_body", "state_security_force", "political_party"})


class Surroundings:
    """A text with what decides about the names in it.

    Attributes:
        text: The text.
        words: All its words.
        lexicon: The known names.
        introduced: Ids of the entities that the text has named so far; their short names count.

    Args:
        sentence_starts: Where the sentences start, ascending.
    """

    def __init__(self, text: str, sentence_starts: Sequence[int], lexicon: Lexicon) -> None:
        self.text = text
        self.words = lexicon.spelling.split(text)
        self.lexicon = lexicon
        self.introduced: set[str] = set()
        self._starts = sentence_starts
        self._article: str | None = None
        self._known: dict[tuple[str, int], bool] = {}

    def allow(self, name: Name, index: int, country: str | None) -> bool:
        """Tell whether `name` may stand for its entity at one place.

        Args:
            name: The name that was matched.
            index: Index of its first word.
            country: The country named directly before it ("Iran's Foreign Ministry"), None for none.
        """
        entity = self.lexicon.entities[name.entity_id]
        foreign = country is not None and entity.country is not None and country != entity.country
        if foreign and (entity.kind in NATIONAL_KINDS or name.when != ALWAYS):
            return False
        if name.method == "short_name" and self._is_anothers(name, index):
            return False
        if name.when == ALWAYS:
            return True
        if name.when == INTRODUCED:
            return name.entity_id in self.introduced
        if self._follows(index, self.lexicon.contexts[name.when].not_after):
            return False
        return self._in_context(name.when, bisect_right(self._starts, self.words[index].start) - 1)

    def _is_anothers(self, name: Name, index: int) -> bool:
        is_person = name.label == "PERSON"
        return is_person and self.lexicon.is_anothers_surname(self.text, self.words[index].start)

    def _follows(self, index: int, keys: frozenset[str]) -> bool:
        before = [word.key for word in self.words[max(0, index - 2) : index]]
        return bool(keys) and (" ".join(before) in keys or " ".join(before[-1:]) in keys)

    def _in_context(self, context: str, sentence: int) -> bool:
        known = (context, sentence)
        if known not in self._known:
            wanted = self.lexicon.contexts[context]
            near = not wanted.sentence or _holds(self._sentence(sentence), wanted.sentence)
            self._known[known] = near and (not wanted.article or _holds(self._all(), wanted.article))
        return self._known[known]

    def _all(self) -> str:
        if self._article is None:
            self._article = _join(self.words)
        return self._article

    def _sentence(self, index: int) -> str:
        start = self._starts[index] if index >= 0 else 0
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end, key=lambda word: word.start)
        return _join(self.words[first:last])


def _join(words: Sequence[Word]) -> str:
    return f" {' '.join(word.key for word in words)} "


def _holds(keys: str, wanted: frozenset[str]) -> bool:
    return any(f" {key} " in keys for key in wanted)
