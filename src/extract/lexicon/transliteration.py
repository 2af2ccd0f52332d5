"""The sound of a word in an Arabic, Kurdish or Persian name: one form for all its English spellings.

English has no standard way to write these names, but writers vary by rule, and the rules are in
models/lexicon/transliteration.toml. A sound folds what writers vary freely without making two names one. Some
letters stand for several sounds: e for a, i or ai (Mehdi, Khaled, Suleman), dh for d or z (Fayyadh). A sound
keeps them, and `readings` returns the alternatives: Ahmed may be Ahmad, but Hamad is never Hamid.

A sound alone decides nothing. `keys.Spelling` only uses it to map a word to one that the lexicon has, and
never for an English word; a name of one word takes other spellings only if it is long.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, product

_MOST_OPEN = 3
_REMEMBERED = 50_000
_CASED_GROUP = re.compile(r"\\([lu])\\(\d)")
_CASES: Mapping[str, Callable[[str], str]] = {"l": str.lower, "u": str.upper}


@dataclass(frozen=True, slots=True)
class Rewriting:
    r"""A pattern in a name and how else it is written.

    Attributes:
        written: Replacement as in `re.sub`; `\l` or `\u` before a group changes its case, as in sed.
    """

    pattern: re.Pattern[str]
    written: str

    def apply(self, name: str) -> str:
        r"""Return the name as it is written otherwise.

        >>> Rewriting(re.compile(r"Abdul (\w)"), r"Abdul\l\1").apply("Abdul Latif Rashid")
        'Abdullatif Rashid'
        """
        return self.pattern.sub(self._expand, name)

    def _expand(self, match: re.Match[str]) -> str:
        template = _CASED_GROUP.sub(lambda cased: _CASES[cased[1]](match[int(cased[2])] or ""), self.written)
        return match.expand(template)


def without_cases(written: str) -> str:
    r"""Return the replacement of a `Rewriting` without its changes of case: `\1` for `\l\1`."""
    return _CASED_GROUP.sub(r"\\\2", written)


@dataclass(frozen=True, slots=True)
class OpenLetters:
    """Letters of sounds that stand for several sounds.

    Attributes:
        read_as: The letters -> these sounds.
        pattern: Matches the letters where they have several sounds.
    """

    read_as: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]

    def readings(self, sound: str) -> frozenset[str]:
        """Return every sound that a sound may stand for, including itself."""
        found = self.pattern.findall(sound)
        if not found or len(found) > _MOST_OPEN:
            return frozenset({sound})
        pieces = self.pattern.split(sound)
        choices = product(*(self.read_as[letters] for letters in found))
        read = ("".join(chain(*zip(pieces, (*chosen, ""), strict=True))) for chosen in choices)
        # A reading may end with -ah where the word had -eh; -ah sounds like -a.
        return frozenset(one[:-1] if one.endswith("ah") else one for one in read) | {sound}


@dataclass(frozen=True)
class Transliteration:
    """The rules by which English writes Arabic, Kurdish and Persian names.

    Attributes:
        rules: Patterns in folded words (see `keys.fold`) and their sounds, applied in order.
        open_letters: Letters with several sounds.
        rarely_open: Letters that have another sound only if no known word has the usual one.
        english: Matches what only English words contain.
        free: `str.translate` table that removes the letters that the rules may change.
        joined: Ways to join the words of a name.
        parted: Ways to part them.
    """

    rules: tuple[tuple[re.Pattern[str], str], ...]
    open_letters: OpenLetters
    rarely_open: OpenLetters
    english: re.Pattern[str]
    free: Mapping[int, str | None]
    joined: tuple[Rewriting, ...]
    parted: tuple[Rewriting, ...]

    def may_be_transliterated(self, word: str) -> bool:
        """Return whether a folded word contains only letters that transliterations use."""
        return word.isascii() and self.english.search(word) is None

    def sound(self, word: str) -> str:
        """Return the sound of a folded word: `katAb` for `kataeb` and `kataib`."""
        for pattern, written in self.rules:
            word = pattern.sub(written, word)
        return word

    def consonants(self, word: str) -> str:
        """Return the consonants that all spellings of a word and its sound share, without repetitions.

        Comparing them is cheap and makes the rules unnecessary for most words of a text.
        """
        return "".join(dict.fromkeys(word.translate(self.free)))

    def readings(self, sound: str) -> frozenset[str]:
        """Return every sound that a sound with open letters may stand for, including itself.

        For `mehdi`: `mAhdi`, `mahdi`, `mehdi` and `mihdi`.
        """
        return self.open_letters.readings(sound)

    def rare_readings(self, sound: str) -> frozenset[str]:
        """Return the readings of a sound, each also with the rarely open letters read otherwise."""
        return frozenset(chain.from_iterable(map(self.rarely_open.readings, self.readings(sound))))

    def words_by_sound(self, words: Iterable[str]) -> dict[str, str]:
        """Return sound -> word; words that are spellings of each other share one word.

        Words without open letters come first, because they decide how the others are read. A reading that two
        words share stands for neither.
        """
        found: dict[str, str] = {}
        for _, word, sound in sorted(self._with_sounds(words)):
            if sound not in found:
                known = _words_of(self.readings(sound), found)
                found[sound] = known.pop() if len(known) == 1 else word
        read = found | _unshared_readings(found, self.readings, found)
        return read | _unshared_readings(found, self.rarely_open.readings, read)

    def known_word(self, sound: str, by_sound: Mapping[str, str]) -> str | None:
        """Return the only word that a sound may stand for, None if there are none or several.

        Rare readings count only where no word has one of the others.
        """
        if sound in by_sound:
            return by_sound[sound]
        words = _words_of(self.readings(sound), by_sound) or _words_of(self.rare_readings(sound), by_sound)
        return words.pop() if len(words) == 1 else None

    def written_forms(self, name: str) -> tuple[str, ...]:
        """Return a name, and the name with its joined words parted and its parted words joined.

        For `Abdul Latif Rashid` also `Abdullatif Rashid`, for `Hizballah` also `Hizb Allah`.
        """
        return self._written_forms(name)

    @cached_property
    def _written_forms(self) -> Callable[[str], tuple[str, ...]]:
        """Cached, because the spellings and the name index each need the forms of every name."""

        @lru_cache(maxsize=_REMEMBERED)
        def forms(name: str) -> tuple[str, ...]:
            found = {name: None}
            for rewriting in (*self.joined, *self.parted):
                found |= dict.fromkeys([rewriting.apply(form) for form in found])
            return tuple(found)

        return forms

    def _with_sounds(self, words: Iterable[str]) -> Iterator[tuple[bool, str, str]]:
        for word in set(words):
            sound = self.sound(word)
            yield self.open_letters.pattern.search(sound) is not None, word, sound


def _words_of(readings: Iterable[str], by_sound: Mapping[str, str]) -> set[str]:
    return {by_sound[reading] for reading in readings if reading in by_sound}


def _unshared_readings(
    by_sound: Mapping[str, str], readings_of: Callable[[str], frozenset[str]], known: Container[str]
) -> dict[str, str]:
    """Return the readings of sounds that are not known and belong to one word."""
    read: dict[str, set[str]] = defaultdict(set)
    for sound, word in by_sound.items():
        for reading in readings_of(sound):
            if reading not in known:
                read[reading].add(word)
    return {sound: min(words) for sound, words in read.items() if len(words) == 1}
