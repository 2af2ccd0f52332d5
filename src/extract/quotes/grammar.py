"""Function words from models/quotes/grammar.toml, as sets and as patterns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import read_shaped
from extract.quotes.grammar_shapes import Clauses, GrammarFile, Names, Subjects, Unreal
from extract.text.alternations import any_of

GRAMMAR_FILE = Path("quotes", "grammar.toml")
_TITLES = r"(?:the )?(?:[A-Z][\w.’'-]{0,20} ){0,4}"  # before the next name of a list: `and |Mayor |Brandt`
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
        openers: Determiners that open a description before a name: articles and possessives.
        indefinite: Indefinite articles.
        definite: Matches the start of a definite phrase: `the c...`, `Brandt's c...`.
        apposed: Finds a description and a comma before a name: `The envoy, |Brandt`.
        after_head: Finds what follows the head of a phrase: `| of `, `|,`.
        prepositions: Prepositions that continue the phrase: `the envoy |for Iraq`.
        sources: Prepositions before the source of a noun that reports: `the claim |by the ministry`.
        bodies: Finds the name of a body before a noun: `a |Ministry of Water |official`.
        quantities: Words that pass the head on to what follows `of` (`one of the officials`).
        selecting: Words before the name of a people or party that mean only some of it (`other Sunnis`).
        equals: Finds, after a name, one with the same office elsewhere: `| met his counterpart, Calder`.
        joining: Finds what stands between joint speakers: `Brandt| and |Odeh`.
        pairing: Matches what stands before two of them: `both `.
        next_joint: Matches what stands before the last name of a list: `, the mayor, and `.
        next_listed: Matches what stands before another name of it: `, the `.
        next_apposed: Matches the start of an apposition up to a name in it: `, the mayor of `.
        others: Words for further speakers whom nobody knows (`others`).
        links: Finds a word between a title and a name that does not bear it.
        authors: Matches what stands between a document and its author: `on Monday by the envoy `.
        plurals: Finds the ending of a plural.
        oblique: Finds a preposition, and titles, before a name: `under President |Brandt`.
        subordinating: Finds a conjunction before a subordinate clause.
    """

    pronouns: Mapping[str, str]
    determiners: frozenset[str]
    openers: frozenset[str]
    indefinite: frozenset[str]
    definite: re.Pattern[str]
    apposed: re.Pattern[str]
    after_head: re.Pattern[str]
    prepositions: frozenset[str]
    sources: frozenset[str]
    bodies: re.Pattern[str]
    quantities: frozenset[str]
    selecting: frozenset[str]
    equals: re.Pattern[str]
    joining: re.Pattern[str]
    pairing: re.Pattern[str]
    next_joint: re.Pattern[str]
    next_listed: re.Pattern[str]
    next_apposed: re.Pattern[str]
    others: frozenset[str]
    links: re.Pattern[str]
    authors: re.Pattern[str]
    plurals: re.Pattern[str]
    oblique: re.Pattern[str]
    subordinating: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words for the rules that look at tokens and marks.

    Attributes:
        subjects: Subjects that are not speakers.
        names: Words of names that need no capital.
        clauses: Words at the borders of a reported clause.
        unreal: Words that make a cue report nothing, or the opposite.
        clipped: Matches a mark that is the apostrophe at the start of a word or a year.
        phrases: Words in the phrases that name speakers.
    """

    subjects: Subjects
    names: Names
    clauses: Clauses
    unreal: Unreal
    clipped: re.Pattern[str]
    caption: re.Pattern[str]
    phrases: PhraseWords


def load_grammar(models_dir: Path) -> Grammar:
    """Read models/quotes/grammar.toml.

    Raises:
        LexiconError: The file is missing, is not TOML, or holds what its shape does not allow.
    """
    file = read_shaped(models_dir / GRAMMAR_FILE, GrammarFile)
    return Grammar(
        subjects=file.subjects,
        names=file.names,
        clauses=file.clauses,
        unreal=file.unreal,
        clipped=re.compile(rf".(?:\d|{any_of(file.apostrophes.clipped)}\b)", re.IGNORECASE),
        caption=re.compile(rf"\b{any_of(file.captions.labels, any_first=True)}\b[:,]?\s"),
        phrases=_phrase_words(file),
    )


def _phrase_words(file: GrammarFile) -> PhraseWords:
    determiners, phrases = file.determiners, file.phrases
    openers = (*determiners.definite, *determiners.indefinite, *determiners.possessives)
    definite = (*determiners.definite, *determiners.demonstratives, *determiners.possessives)
    joining, apposed = any_of(phrases.joining), rf", {any_of(openers)} [^.,;:“”\"\n]{{2,70}}?"
    return PhraseWords(
        pronouns={word: kind for name, kind in _KINDS.items() for word in getattr(file.pronouns, name)},
        determiners=frozenset((*openers, *determiners.demonstratives)),
        openers=frozenset(openers),
        indefinite=frozenset(determiners.indefinite),
        definite=re.compile(rf"{any_of(definite, any_first=True)}\s+\w|[A-Z][\w.-]{{0,40}}['’]s? [a-z]"),
        apposed=re.compile(
            r"(?:\A|[.;:,“”\"\n]\s?)"
            rf"(?P<description>{any_of(openers, any_first=True)}\s[^.;:,“”\"\n]{{2,70}}), $"
        ),
        after_head=re.compile(rf"\s{any_of(phrases.after_head)}\s|[,(]"),
        prepositions=frozenset(phrases.prepositions),
        sources=frozenset(phrases.sources),
        bodies=re.compile(
            rf"\b{any_of(phrases.bodies)} (?:of|for) (?:the )?(?:[A-Z][\w’'-]{{0,30}}(?: and)? ){{1,6}}"
            rf"(?!{any_of(phrases.after_head)}\b)(?=[a-z])"
        ),
        quantities=frozenset(phrases.quantities),
        selecting=phrases.selecting,
        equals=re.compile(rf"[^.!?\n]{{0,80}}\b{any_of(phrases.equals)},? [A-Z]"),
        joining=re.compile(rf",?\s+{joining}\s+"),
        pairing=re.compile(rf"{any_of(phrases.pairing, any_first=True)}\s+"),
        next_joint=re.compile(rf"(?:{apposed})?,?\s{joining}\s{_TITLES}"),
        next_listed=re.compile(rf",\s{_TITLES}"),
        next_apposed=re.compile(rf"{apposed} ?"),
        others=phrases.others,
        links=re.compile(rf"\b{any_of(phrases.links)}\s(?:the\s)?$"),
        authors=re.compile(
            rf"(?:\son\s\w+)?\s(?P<preposition>{any_of(phrases.authors)})\s(?:the\s)?(?P<title>(?:[\w.'’-]+\s){{0,6}})"
        ),
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
    # A full stop ends a sentence, except after a short title (Gen.) or initials.
    title = r"(?:[A-Z]\w{0,20}|[A-Z][a-z]{0,2}\.|(?:[A-Z]\.){2,})"
    return re.compile(rf"\b(?:{guarded})\s(?:{title}\s){{0,3}}$")
