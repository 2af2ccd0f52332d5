"""Builds spellings, contexts and words about names from the word files of the lexicon."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from extract.knowledge import Finding, line_at
from extract.lexicon.confidence import Confidence
from extract.lexicon.entries import Context, NameWords, as_written, shapes_of
from extract.lexicon.keys import Spelling, match_key
from extract.lexicon.offices import RoleWords
from extract.lexicon.surnames import SurnameWords
from extract.lexicon.transliteration import OpenLetters, Rewriting, Transliteration
from extract.lexicon.word_shapes import (
    ConfidenceFile,
    ContextLists,
    ContextsFile,
    EnglishFile,
    NamesFile,
    Reading,
    Roles,
    SpellingsFile,
    Surnames,
    TransliterationFile,
    WrittenForm,
)

KINDS = "kinds.toml"
SPELLINGS = "spellings.toml"
ENGLISH = "english.toml"
TRANSLITERATION = "transliteration.toml"
CONTEXTS = "contexts.toml"
NAMES = "names.toml"
PHRASES = "phrases.toml"
CONFIDENCE = "confidence.toml"
_CONSONANT = "<consonant>"


def spelling_faults(path: Path, file: SpellingsFile) -> Iterator[Finding]:
    """Yield an error for each spelling that is listed twice, is not a match key or has spellings itself."""
    listed: set[str] = set()
    for table, word, variant in _listed_spellings(file):
        if variant in listed or match_key(variant) != variant:
            yield Finding(
                path, line_at(path, (table, word), variant), "error",
                f"{variant!r} is listed twice, or is not a match key.",
                "List each spelling once, in lower case and without apostrophes.",
            )  # fmt: skip
        listed.add(variant)
        if variant in file.words or variant in file.apart:
            own = "words" if variant in file.words else "apart"
            yield Finding(
                path, line_at(path, (own, variant)), "error",
                f"{variant!r} has spellings, but is itself a spelling of {word!r}.",
                f"List its spellings under {word!r}.",
            )  # fmt: skip


def _listed_spellings(file: SpellingsFile) -> Iterator[tuple[str, str, str]]:
    """Yield table, word and spelling of each line that lists spellings."""
    for table, words in (("words", file.words), ("apart", file.apart)):
        for word, variants in words.items():
            for variant in variants:
                yield table, word, variant


def spelling_of(file: SpellingsFile, english: EnglishFile, rules: TransliterationFile) -> Spelling:
    """Return the spellings that count as one word, without the sounds of names."""
    return Spelling(
        {variant: word for _, word, variant in _listed_spellings(file)},
        transliteration_of(rules),
        fixed=frozenset((*file.fixed, *file.apart, *english.words)),
        countries=frozenset(file.transliterated_countries),
    )


def transliteration_of(file: TransliterationFile) -> Transliteration:
    """Return the rules of transliteration.toml, compiled."""
    alike: dict[str, str | None] = dict(file.alike)
    return Transliteration(
        rules=tuple(
            (re.compile(rule.pattern.replace(_CONSONANT, file.consonant)), rule.sound) for rule in file.rules
        ),
        open_letters=_open_letters(file.readings),
        rarely_open=_open_letters(file.rare_readings),
        english=re.compile(file.english),
        free=str.maketrans({**dict.fromkeys(file.free), **alike}),
        joined=_rewritings(file.joined),
        parted=_rewritings(file.parted),
    )


def _open_letters(readings: Sequence[Reading]) -> OpenLetters:
    patterns: list[str] = []
    for one in readings:
        last = "(?!$)" if one.not_last else ""
        before = f"(?!{re.escape(one.not_before)})" if one.not_before else ""
        patterns.append(f"{re.escape(one.letters)}{last}{before}")
    return OpenLetters({one.letters: tuple(one.sounds) for one in readings}, re.compile("|".join(patterns)))


def _rewritings(forms: Iterable[WrittenForm]) -> tuple[Rewriting, ...]:
    return tuple(Rewriting(re.compile(form.pattern), form.written) for form in forms)


def contexts_of(file: ContextsFile, spelling: Spelling) -> dict[str, Context]:
    """Return the contexts by name."""
    return {name: _context(lists, spelling) for name, lists in file.root.items()}


def _context(lists: ContextLists, spelling: Spelling) -> Context:
    return Context(
        sentence=spelling.keys(lists.sentence),
        article=spelling.keys(lists.article),
        not_after=spelling.keys(lists.not_after),
        countries=frozenset(lists.countries),
        before=_written(lists.before, spelling),
        not_before=_written(lists.not_before, spelling),
    )


def _written(words: Iterable[str], spelling: Spelling) -> frozenset[str]:
    return frozenset(as_written(spelling.split(word), word) for word in words)


def words_of(file: NamesFile, spelling: Spelling) -> NameWords:
    """Return the words in and around names."""
    keys = spelling.keys
    nouns = (file.organisations, file.bodies, file.facilities, file.parties, file.landforms, file.matters)
    titles = frozenset(word.key for title in file.titles for word in spelling.split(title))
    return NameWords(
        titles=titles,
        person_titles=keys(file.person_titles),
        branches=keys(file.branches),
        articles=keys(file.articles),
        particles=keys(file.particles),
        heads=keys(file.heads),
        own_heads=keys(file.own_heads),
        describers=keys(file.describers),
        people=keys(file.people),
        trades=keys(file.trades),
        professions=keys(file.professions),
        given_names=keys((*file.given_names, *file.western_names)),
        faction_words=keys(file.faction_words),
        numbered_units=frozenset(file.numbered_units),
        epithets=keys(file.epithets),
        no_names=keys(file.no_names),
        group_heads=keys(file.group_heads),
        militant_words=keys(file.militant_words),
        plural_bodies=keys(file.plural_bodies),
        facility_starts=keys(file.facility_starts),
        landform_starts=keys(file.landform_starts),
        headline_verbs=keys(file.headline_verbs),
        headline_prepositions=keys(file.headline_prepositions),
        question_verbs=keys(file.question_verbs),
        furniture=keys(file.furniture),
        ordinary=titles | keys((*file.describers, *file.no_names)),
        organisations=keys(file.organisations),
        bodies=keys(file.bodies),
        bodies_of=keys(file.bodies_of),
        short_bodies=frozenset(file.short_bodies),
        facilities=keys(file.facilities),
        parties=keys(file.parties),
        worldwide=keys(file.worldwide),
        landforms=keys(file.landforms),
        towns=keys(file.towns),
        town_starts=keys(file.town_starts),
        matters=keys(file.matters),
        matter_starts=keys(file.matter_starts),
        nouns=keys(chain.from_iterable(nouns)),
        alone=keys(file.alone),
        institutions={
            spelling.key(noun): (label, shapes_of(noun))
            for label, nouns in file.institutions.items()
            for noun in sorted(nouns)
        },
        surnames=_surnames(file.surnames, spelling),
        roles=_roles(file.roles, spelling),
    )


def _surnames(file: Surnames, spelling: Spelling) -> SurnameWords:
    suffixes = (*file.abbreviations, *file.numbers)
    return SurnameWords(
        bound=frozenset(map(match_key, file.bound)),
        ignored=frozenset(map(match_key, (*suffixes, *file.monarchs))),
        suffixes=spelling.keys(suffixes),
        abbreviations=spelling.keys(file.abbreviations),
        honours=spelling.keys(file.honours),
    )


def _roles(file: Roles, spelling: Spelling) -> RoleWords:
    words = file.model_dump(exclude={"home", "without"})
    return RoleWords(
        **{name: spelling.keys(listed) for name, listed in words.items()},
        home=file.home,
        without={spelling.key(title): frozenset(codes) for title, codes in file.without.items()},
    )


def confidence_of(file: ConfidenceFile) -> Confidence:
    """Return the confidence of each way to find or link a mention."""
    return Confidence(**file.found.model_dump(), **file.linked.model_dump())
