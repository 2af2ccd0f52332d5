"""Function words from models/quotes/grammar.toml, as sets and as patterns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import read_shaped
from extract.quotes.grammar_shapes import GrammarFile
from extract.text.alternations import any_of

GRAMMAR_FILE = Path("quotes", "grammar.toml")
# The kind of a pronoun: `m`, `f`, `n` for its gender, `p` for a plural, `1`, `2` for its person, `r` for a
# relative pronoun, `q` for a quantifier, which has no antecedent.
_KINDS: Mapping[str, str] = {
    "male": "m",
    "female": "f",
    "neuter": "n",
    "plural": "p",
    "quantifiers": "q",
    "first_person": "1",
    "second_person": "2",
    "relative": "r",
}


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """Function words in the phrases that name speakers, read as text without a parse.

    Attributes:
        pronouns: Pronoun -> its kind, one letter (`m`, `f`, `n`, `p`, `q`, `1`, `2`, `r`).
        determiners: Articles, demonstratives and possessives (`the`, `this`, `its`).
        openers: Those of them that open a description before a name: articles and possessives.
        definite: Matches the start of a definite phrase: `the c...`, `Brandt's c...`.
        apposed: Finds a description and a comma before a name: `The envoy, |Brandt`.
        after_head: Finds what follows the head of a phrase: `| of `, `|,`.
        quantities: Words that pass the head on to what follows `of` (`one of the officials`).
        links: Finds a word that separates a title from a name which is not its bearer's.
        authors: Finds a preposition before the author of a document.
        plurals: Finds the ending of a plural.
        oblique: Finds a preposition, and titles, before a name: `under President |Brandt`.
        subordinating: Finds a conjunction before a subordinate clause.
    """

    pronouns: Mapping[str, str]
    determiners: frozenset[str]
    openers: frozenset[str]
    definite: re.Pattern[str]
    apposed: re.Pattern[str]
    after_head: re.Pattern[str]
    quantities: frozenset[str]
    links: re.Pattern[str]
    authors: re.Pattern[str]
    plurals: re.Pattern[str]
    oblique: re.Pattern[str]
    subordinating: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words for the rules that look at tokens and marks.

    Attributes:
        never_quoted: Pronouns for the writer, the reader or nobody: they are not among the quoted.
        empty_subjects: Subjects that name nobody (`there`).
        inner_subjects: Subjects that speak within a quotation, or refer to what is in it.
        phrase_prepositions: Prepositions that continue the phrase of a speaker.
        source_prepositions: Prepositions before the source of a noun that reports.
        small_in_marks: Words of names in quotation marks that need no capital.
        small_in_labels: The same for labels of turns.
        clipped: Matches a mark that is the apostrophe at the start of a word or a year.
        conjunctions: Conjunctions at the ends of a reported clause, which do not belong to it.
        circumstances: Words that start a clause which says when or why something was said, not what.
        situations: The same for prepositions.
        occasions: Prepositions that do so before an occasion or a time (`in a speech`).
        deadlines: Prepositions of a deadline, which belongs to a demand.
        conditions: Conjunctions of a condition (`if he says that ...`).
        modals: Verbs after which a cue says what may happen, not what somebody said.
        negations: Words that negate a cue.
        negated_starts: Negations and the auxiliaries before them.
        phrases: Words in the phrases that name speakers.
    """

    never_quoted: frozenset[str]
    empty_subjects: frozenset[str]
    inner_subjects: frozenset[str]
    phrase_prepositions: frozenset[str]
    source_prepositions: frozenset[str]
    small_in_marks: frozenset[str]
    small_in_labels: frozenset[str]
    clipped: re.Pattern[str]
    conjunctions: frozenset[str]
    circumstances: frozenset[str]
    situations: frozenset[str]
    occasions: frozenset[str]
    deadlines: frozenset[str]
    conditions: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    negated_starts: frozenset[str]
    phrases: PhraseWords


def load_grammar(models_dir: Path) -> Grammar:
    """Read models/quotes/grammar.toml.

    Raises:
        LexiconError: The file is missing, is not TOML, or holds what its shape does not allow.
    """
    file = read_shaped(models_dir / GRAMMAR_FILE, GrammarFile)
    clauses, unreal = file.clauses, file.unreal
    return Grammar(
        never_quoted=frozenset(file.subjects.never_quoted),
        empty_subjects=frozenset(file.subjects.empty),
        inner_subjects=frozenset(file.subjects.inside_marks),
        phrase_prepositions=frozenset(file.phrases.prepositions),
        source_prepositions=frozenset(file.phrases.sources),
        small_in_marks=frozenset(file.names.in_marks),
        small_in_labels=frozenset(file.names.in_labels),
        clipped=re.compile(rf".(?:\d|{any_of(file.apostrophes.clipped)}\b)", re.IGNORECASE),
        conjunctions=frozenset(clauses.conjunctions),
        circumstances=frozenset(clauses.circumstances),
        situations=frozenset(clauses.situations),
        occasions=frozenset(clauses.occasions),
        deadlines=frozenset(clauses.deadlines),
        conditions=frozenset(unreal.conditions),
        modals=frozenset(unreal.modals),
        negations=frozenset(unreal.negations),
        negated_starts=frozenset((*unreal.negations, *unreal.auxiliaries)),
        phrases=_phrase_words(file),
    )


def _phrase_words(file: GrammarFile) -> PhraseWords:
    determiners, phrases = file.determiners, file.phrases
    openers = (*determiners.definite, *determiners.indefinite, *determiners.possessives)
    definite = (*determiners.definite, *determiners.demonstratives, *determiners.possessives)
    return PhraseWords(
        pronouns={word: kind for name, kind in _KINDS.items() for word in getattr(file.pronouns, name)},
        determiners=frozenset((*openers, *determiners.demonstratives)),
        openers=frozenset(openers),
        definite=re.compile(rf"{any_of(definite, any_first=True)}\s+\w|[A-Z][\w.-]{{0,40}}['’]s? [a-z]"),
        apposed=re.compile(
            r"(?:\A|[.;:,“”\"\n]\s?)"
            rf"(?P<description>{any_of(openers, any_first=True)}\s[^.;:,“”\"\n]{{2,70}}), $"
        ),
        after_head=re.compile(rf"\s{any_of(phrases.after_head)}\s|[,(]"),
        quantities=frozenset(phrases.quantities),
        links=re.compile(rf"\b{any_of(phrases.links)}\s(?:the\s)?$"),
        authors=re.compile(rf"\s{any_of(phrases.authors)}\s+(?:the\s+)?$"),
        plurals=re.compile(rf"(?:[^s]s|{any_of(phrases.plurals)})$"),
        oblique=_oblique(file.oblique.prepositions, file.oblique.sources),
        subordinating=re.compile(rf"\b{any_of(file.clauses.subordinating)}\s$"),
    )


def _oblique(prepositions: Iterable[str], sources: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a preposition before a name and its titles, except the end of `according to`."""
    guards: dict[str, str] = dict.fromkeys(prepositions, "")
    for source in sources:
        words, _, last = source.rpartition(" ")
        guards[last] += f"(?<!{re.escape(words[1:])} )"  # without the first letter, which may be a capital
    guarded = "|".join(f"{guard}{re.escape(preposition)}" for preposition, guard in guards.items())
    return re.compile(rf"\b(?:{guarded})\s(?:[A-Z][\w.]{{0,20}}\s){{0,3}}$")
