"""Checks of the word files in models/lexicon/: words in lists that exclude each other, useless rules."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.check.word_lists import words_in_two
from extract.knowledge import Finding, check_shape, line_at
from extract.lexicon.keys import match_key
from extract.lexicon.transliteration import Transliteration
from extract.lexicon.word_lists import (
    CONFIDENCE,
    CONTEXTS,
    ENGLISH,
    KINDS,
    NAMES,
    PHRASES,
    SPELLINGS,
    TRANSLITERATION,
    spelling_faults,
    transliteration_of,
)
from extract.lexicon.word_shapes import (
    ConfidenceFile,
    ContextsFile,
    EnglishFile,
    KindsFile,
    NamesFile,
    PhrasesFile,
    SpellingsFile,
    TransliterationFile,
)

_ONE = "Remove it from one of the two."


@dataclass(frozen=True, slots=True)
class WordFiles:
    """The word files of a lexicon; None where one cannot be read."""

    kinds: KindsFile | None
    spellings: SpellingsFile | None
    english: EnglishFile | None
    transliteration: TransliterationFile | None
    contexts: ContextsFile | None
    names: NamesFile | None
    phrases: PhrasesFile | None
    confidence: ConfidenceFile | None


def read_word_files(folder: Path) -> tuple[WordFiles, list[Finding]]:
    """Return the word files, and what keeps the others from being read."""
    kinds, of_kinds = check_shape(folder / KINDS, KindsFile)
    spellings, of_spellings = check_shape(folder / SPELLINGS, SpellingsFile)
    english, of_english = check_shape(folder / ENGLISH, EnglishFile)
    rules, of_rules = check_shape(folder / TRANSLITERATION, TransliterationFile)
    contexts, of_contexts = check_shape(folder / CONTEXTS, ContextsFile)
    names, of_names = check_shape(folder / NAMES, NamesFile)
    phrases, of_phrases = check_shape(folder / PHRASES, PhrasesFile)
    confidence, of_confidence = check_shape(folder / CONFIDENCE, ConfidenceFile)
    files = WordFiles(kinds, spellings, english, rules, contexts, names, phrases, confidence)
    findings = [
        of_kinds,
        of_spellings,
        of_english,
        of_rules,
        of_contexts,
        of_names,
        of_phrases,
        of_confidence,
    ]
    return files, [finding for found in findings for finding in found]


def word_findings(files: WordFiles, folder: Path) -> Iterator[Finding]:
    """Yield what contradicts itself in or between the word files that can be read."""
    if files.kinds is not None:
        yield from _kinds(folder / KINDS, files.kinds)
    if files.spellings is not None:
        yield from spelling_faults(folder / SPELLINGS, files.spellings)
        yield from _never_spellings(folder / SPELLINGS, files.spellings, files.english)
    if files.transliteration is not None:
        yield from _sound_rules(folder / TRANSLITERATION, files.transliteration)
    if files.names is not None:
        yield from _names(folder / NAMES, files.names)
    if files.names is not None and files.phrases is not None:
        yield from _phrases(folder / PHRASES, files.phrases, files.names)
    if files.confidence is not None:
        yield from _confidence(folder / CONFIDENCE, files.confidence)


def _kinds(path: Path, file: KindsFile) -> Iterator[Finding]:
    yield from _missing(path, ("national",), file.national, file.labels, "in [labels]")
    yield from _missing(path, ("abroad",), file.abroad, file.labels, "in [labels]")


def _never_spellings(path: Path, file: SpellingsFile, english: EnglishFile | None) -> Iterator[Finding]:
    """Yield an error for each spelling of a word that is never the spelling of another word."""
    fixed = dict.fromkeys(file.fixed, "`fixed`")
    fixed |= dict.fromkeys(english.words, ENGLISH) if english is not None else {}
    for word, variants in file.words.items():
        for variant in variants:
            if variant in fixed:
                message = (
                    f"{variant!r} is a spelling of {word!r} and is never a spelling in {fixed[variant]}."
                )
                yield _finding(path, ("words", word), message, "Remove one of the two.", variant)


def _sound_rules(path: Path, file: TransliterationFile) -> Iterator[Finding]:
    """Yield an error for each rule whose spellings sound different, or sound alike without it."""
    transliteration = transliteration_of(file)
    for number, rule in enumerate(file.rules):
        fault = _fault(rule.same, number, transliteration)
        if fault:
            message = f"the rule for {rule.pattern!r}: {fault}."
            yield _finding(path, ("rules",), message, "Correct the pattern or `same`.", rule.same[0])


def _fault(spellings: Sequence[str], number: int, transliteration: Transliteration) -> str:
    sounds = {transliteration.sound(word) for word in spellings}
    if len(sounds) > 1:
        return f"its spellings have the sounds {', '.join(sorted(sounds))}"
    if len({transliteration.consonants(word) for word in (*spellings, *sounds)}) > 1:
        return "its spellings differ in letters that are not under `free`"
    pattern = transliteration.rules[number][0]
    earlier = transliteration.rules[:number]
    if not any(pattern.search(_applied(earlier, word)) for word in spellings):
        return "it changes none of its spellings"
    return ""


def _applied(rules: Iterable[tuple[re.Pattern[str], str]], word: str) -> str:
    for pattern, sound in rules:
        word = pattern.sub(sound, word)
    return word


def _names(path: Path, file: NamesFile) -> Iterator[Finding]:
    roles, surnames = file.roles, file.surnames
    nouns = {
        "organisations": [*file.organisations, *file.bodies],
        "facilities": file.facilities,
        "parties": file.parties,
        "landforms": file.landforms,
        "matters": file.matters,
    }
    yield from words_in_two(path, nouns, _ONE, match_key)
    yield from words_in_two(
        path, {"given_names": file.given_names, "western_names": file.western_names}, _ONE, match_key
    )
    yield from words_in_two(
        path,
        {f"roles.{name}": getattr(roles, name) for name in ("current", "past", "others")},
        _ONE,
        match_key,
    )
    suffixes = ("abbreviations", "numbers", "monarchs")
    yield from words_in_two(
        path, {f"surnames.{name}": getattr(surnames, name) for name in suffixes}, _ONE, match_key
    )
    keys = set(map(match_key, file.titles))
    titles = keys | {word for key in keys for word in key.split()}
    yield from _missing(path, ("person_titles",), file.person_titles, titles, "in `titles`")
    yield from _missing(path, ("roles", "abbreviations"), roles.abbreviations, titles, "in `titles`")


def _phrases(path: Path, file: PhrasesFile, names: NamesFile) -> Iterator[Finding]:
    """Yield an error for each noun that labels and patterns know by different lists."""
    towns, bodies = set(map(match_key, names.towns)), set(map(match_key, names.bodies_of))
    for name in ("nouns_before", "nouns_after"):
        nouns = getattr(file.places, name)
        yield from _missing(path, ("places", name), nouns, towns, f"in `towns` of {NAMES}")
    fields = file.bodies.of_two_fields
    yield from _missing(path, ("bodies", "of_two_fields"), fields, bodies, f"in `bodies_of` of {NAMES}")


def _confidence(path: Path, file: ConfidenceFile) -> Iterator[Finding]:
    """Yield an error if the order of pattern, model and unknown surname is wrong; labels depend on it."""
    for lower, higher in (("unknown_surname", "model"), ("model", "pattern")):
        if getattr(file.found, lower) >= getattr(file.found, higher):
            message = f"`{lower}` is not lower than `{higher}`."
            yield _finding(path, ("found", lower), message, "Correct one of the two.")


def _missing(
    path: Path, keys: Sequence[str], words: Iterable[str], known: Collection[str], where: str
) -> Iterator[Finding]:
    """Yield an error for each word that is not among the known ones, as it is or as a match key."""
    for word in words:
        if word not in known and match_key(word) not in known:
            yield _finding(path, keys, f"{word!r} is not {where}.", "Add it there, or remove it here.", word)


def _finding(path: Path, keys: Sequence[str], message: str, advice: str, at: str = "") -> Finding:
    return Finding(path, line_at(path, keys, at), "error", message, advice)
