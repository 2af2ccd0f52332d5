"""Words and phrases around names, compiled into patterns (models/lexicon/phrases.toml)."""

import re
from dataclasses import dataclass

from extract.lexicon.keys import Spelling
from extract.lexicon.word_shapes import (
    AcronymWords,
    Bodies,
    Buildings,
    Definitions,
    Groups,
    Persons,
    PhrasesFile,
    Places,
)
from extract.text.alternations import NOTHING, any_of

_CAPITALISED = r"(?:[Aa]l-)?[A-Z][\w-]+"
_NAME_IN_LIST = r"(?:[Aa][a-z][- ])?[A-Z][\w'’-]+"
_LISTED = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?"
_PERSON = r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,3}"
_ACRONYM = r"[A-Z][A-Za-z]{0,6}[A-Z]s?"
_ALIAS = r"[A-Z][\w'’-]{1,25}(?: (?:al-|el-)?[A-Z][\w'’-]{1,25}){0,3}"
_MARK = "[\"“‘'”’]?"


@dataclass(frozen=True, slots=True)
class PlacePhrases:
    """Words around the names of places and peoples.

    Attributes:
        prepositions: A name after one of these is a place; in lower case.
        list_before: Matches the beginning of a list of places at the end of a text: `districts such as X, `.
        pair_before: Matches the first of two joined names after a preposition: `in X and `.
        town: Matches a town by the noun beside it, or in a list of places; the name is in its only group that
            matches.
        parts: Nouns that only places have: in `residents of X`, X is one; in lower case.
        after: Matches what follows only a place: `'s population`, `, a town north of Kut`.
        peoples: A name before one of these is that of a people.
    """

    prepositions: frozenset[str]
    list_before: re.Pattern[str]
    pair_before: re.Pattern[str]
    town: re.Pattern[str]
    parts: frozenset[str]
    after: re.Pattern[str]
    peoples: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonPhrases:
    """Words around the names of persons.

    Attributes:
        after: Matches what follows only a person's name: an age, a clause with `who`.
        byline: Matches the byline of one author, in one of its groups.
        credit: Matches a credit with one author or two, each in a group.
        addressed: Matches a word and the name of somebody spoken to, which is in the group `name`.
    """

    after: re.Pattern[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    addressed: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class BodyPhrases:
    """Words in and around the names of organisations and buildings.

    Attributes:
        field_prepositions: They begin the field of a body: Committee on Dams. These five are match keys.
        field_words: They may be inside a field, in lower case.
        two_field_words: They may be inside the fields of a body that may have two.
        of_two_fields: Bodies that may have two fields.
        conjunctions: Words between two fields or bodies; match keys too.
        outlets: A name right after one of these nouns is that of an outlet: `news agency X`.
        unit: Matches a military unit by its noun and number: Task Force 17.
        office_after: Matches an office after a word: Home Secretary.
        building_after: Matches a noun after a word that names a building with it: Reed prison. One in the
            group `own` does not after the name of a place.
        building_after_person: Matches a noun after a person's name that makes it a building.
    """

    field_prepositions: frozenset[str]
    field_words: frozenset[str]
    two_field_words: frozenset[str]
    of_two_fields: frozenset[str]
    conjunctions: frozenset[str]
    outlets: frozenset[str]
    unit: re.Pattern[str]
    office_after: re.Pattern[str]
    building_after: re.Pattern[str]
    building_after_person: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class GroupPhrases:
    """Words around the names of armed groups.

    Attributes:
        before: Matches, at the end of a text, a noun before a name of a group: `the militia called `.
        after: Matches a noun after a name of a group: `, a Syrian militia`.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ListPhrases:
    """Words around the names of parties and lists in quotation marks.

    Attributes:
        before: Matches, at the end of a text, a noun before a name in marks: `a coalition called `.
        after: Matches the noun after a name: ` party`.
        after_all: Matches the noun after the last of several names: ` parties`.
        between: Matches what is between two of several names: ` and `.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    after_all: re.Pattern[str]
    between: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DefinitionPhrases:
    """Phrases by which an article defines a short name.

    Attributes:
        bracketed: Matches an acronym in brackets after its full name, in the group `acronym`.
        before_name: Matches an acronym and a phrase that end where the full name begins: `X, short for the`.
        after_name: Matches a phrase after a full name with the `acronym` or `alias` that it defines. Other
            groups: the phrase if it is a `conjunction`, and the marks before (`apart`) and after it (`end`).
        kunya: Matches the other name of a person in brackets, in the group `alias`: ` ("Abu Reed")`.
        governed: Matches a preposition after which the name may be only part of what is defined.
    """

    bracketed: re.Pattern[str]
    before_name: re.Pattern[str]
    after_name: re.Pattern[str]
    kunya: re.Pattern[str]
    governed: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All words and phrases around names.

    Attributes:
        acronym_words: Matches up to the end of a word that may also be an acronym: `five soldiers KIA`.
    """

    places: PlacePhrases
    persons: PersonPhrases
    bodies: BodyPhrases
    groups: GroupPhrases
    lists: ListPhrases
    definitions: DefinitionPhrases
    acronym_words: re.Pattern[str]


def phrases_of(file: PhrasesFile, spelling: Spelling) -> Phrases:
    """Return the phrases of a file, compiled."""
    return Phrases(
        _places(file.places),
        _persons(file.persons),
        _bodies(file.bodies, file.buildings, spelling),
        _groups(file.groups),
        _lists(file.groups),
        _definitions(file.definitions),
        re.compile("|".join(map(_acronym_words, file.acronym_words)) or NOTHING),
    )


def _places(words: Places) -> PlacePhrases:
    conjunction = any_of(words.list_conjunctions)
    return PlacePhrases(
        prepositions=frozenset(map(str.lower, words.prepositions)),
        list_before=re.compile(
            rf"\b{any_of(words.list_nouns)} {any_of(words.list_openers)}"
            rf" (?:{_LISTED}(?:, (?:{conjunction} )?| {conjunction} ))*$"
        ),
        pair_before=re.compile(
            rf"\b{any_of(words.pair_prepositions, any_first=True)} [A-Z][\w'’-]+,?"
            rf" {any_of(words.pair_conjunctions)} $"
        ),
        town=re.compile(
            rf"{any_of(words.nouns_before)} of (?P<of>{_CAPITALISED}(?: {_CAPITALISED})?)"
            rf"|(?<=[a-z,] )(?P<before>{_CAPITALISED}(?: {_CAPITALISED})?) {any_of(words.nouns_after)}\b"
            rf"|(?:^|[.•*·–-] ?){any_of(words.line_starts)}"
            rf" (?P<line>{_NAME_IN_LIST}(?: {_NAME_IN_LIST}){{0,2}})(?=,)",
            re.MULTILINE,
        ),
        parts=frozenset(words.parts),
        after=re.compile(
            rf"[’']s? {any_of(words.owned)}\b|, (?:an?|the) (?:[\w-]+ ){{0,3}}{any_of(words.kinds)}\b(?! of)"
            rf"| (?:and (?:[Aa]l-)?[A-Z][\w'’-]+ )?"
            rf"(?:{any_of(words.area_adjectives)} )?{any_of(words.areas)}\b"
        ),
        peoples=frozenset(words.peoples),
    )


def _persons(words: Persons) -> PersonPhrases:
    place, conjunction = any_of(words.place_prepositions), any_of(words.conjunctions)
    return PersonPhrases(
        after=re.compile(rf",? {any_of(words.pronouns)}\b|, \d\d,"),
        byline=re.compile(
            rf"(?:^|[|•] ?){any_of(words.bylines)} (?P<name>{_PERSON})(?=,| {place} | {conjunction} |\n|$)"
            rf"|^(?P<alone>{_PERSON}) {place} [A-Z][a-z]+$",
            re.MULTILINE,
        ),
        credit=re.compile(
            rf"\b{any_of(words.credits, any_first=True)} by (?P<name>{_PERSON})"
            rf"(?: {place} \w+)?(?: {conjunction} (?P<second>{_PERSON}))?"
        ),
        addressed=re.compile(rf"(?:,|{any_of(words.greetings)}) (?P<name>[A-Z][a-z]+)(?=[.,?!:;])"),
    )


def _bodies(words: Bodies, buildings: Buildings, spelling: Spelling) -> BodyPhrases:
    field_words = spelling.keys(words.field_words)
    return BodyPhrases(
        field_prepositions=spelling.keys(words.field_prepositions),
        field_words=field_words,
        two_field_words=field_words | spelling.keys(words.field_conjunctions),
        of_two_fields=spelling.keys(words.of_two_fields),
        conjunctions=spelling.keys(words.field_conjunctions),
        outlets=frozenset(words.outlets),
        unit=re.compile(rf"\b{any_of(words.units)} (?:\d+|[A-Z][\w-]+)"),
        office_after=re.compile(rf" {any_of(words.offices)}\b"),
        building_after=re.compile(
            rf" (?:{any_of(buildings.nouns)}|(?P<own>{any_of(buildings.own_nouns)}))\b"
        ),
        building_after_person=re.compile(rf" {any_of(buildings.after_persons)}\b"),
    )


def _groups(words: Groups) -> GroupPhrases:
    nouns = any_of(words.nouns)
    return GroupPhrases(
        before=re.compile(rf"\b{nouns}(?:,? {any_of(words.naming)})?(?: the)? $"),
        after=re.compile(rf",? (?:(?:is|are|was|were) )?(?:an?|the|both) (?:[\w’'-]+ ){{0,4}}{nouns}\b"),
    )


def _lists(words: Groups) -> ListPhrases:
    one, several = any_of(words.lists), any_of(words.several_lists)
    not_judged = "".join(f"(?<!{verb} the )" for verb in words.judging)
    return ListPhrases(
        before=re.compile(rf"{not_judged}\b{one},?(?: {any_of(words.naming)})? $"),
        after=re.compile(rf" {one}\b"),
        after_all=re.compile(rf" {several}\b"),
        between=re.compile(r",? (?:and |or )?(?:the )?"),
    )


def _definitions(words: Definitions) -> DefinitionPhrases:
    abbreviation = "|".join(map(_abbreviation, words.abbreviations)) or NOTHING
    known_as = (
        rf"(?:{any_of(words.adverbs)} )?{any_of(words.verbs)}(?: {any_of(words.later_adverbs)})?"
        rf"(?: as| by {any_of(words.possessives)}(?: [A-Z][a-z]+)? {any_of(words.nouns)}(?: of| as|,)?)?"
    )
    return DefinitionPhrases(
        bracketed=re.compile(rf"\s{{0,2}}\(\s?{_MARK}(?P<acronym>{_ACRONYM}){_MARK}\s?\)"),
        before_name=re.compile(
            rf"\b(?P<acronym>{_ACRONYM})(?: ?\(|, {any_of(words.acronym_of)} )(?:the )?{_MARK}$"
        ),
        after_name=re.compile(
            rf"(?:(?P<apart>,? ?\(|, )| )"
            rf"(?:{known_as}|{abbreviation}|(?P<conjunction>{any_of(words.conjunctions)})),? (?:the )?{_MARK}"
            rf"(?:(?P<acronym>{_ACRONYM})(?![\w-])|(?P<alias>{_ALIAS}))(?P<end>{_MARK}[,.;:)])?"
        ),
        kunya=re.compile(
            rf" \((?:[\"“‘](?P<marked>{_ALIAS})[\"”’]|(?P<kunya>{any_of(words.kunyas)} {_ALIAS}))\)"
        ),
        governed=re.compile(rf"\b{any_of(words.prepositions)} (?:the )?\Z"),
    )


def _acronym_words(words: AcronymWords) -> str:
    counts = r"\d[\d,]*|[a-z]{2,}s|" if words.counts else ""
    return rf"\b(?:{counts}{any_of(words.after)})[^\S\n]{any_of(words.acronyms)}\b"


def _abbreviation(letters: str) -> str:
    """Return a pattern for letters that may each have a full stop after them."""
    return "".join(rf"{re.escape(letter)}\.?" for letter in letters)
