"""To whom words were said: the hearer in the frame of the cue, or of a letter or an answer beside it."""

from collections.abc import Iterator

from spacy.tokens import Token

from extract.quotes.context.beside import Beside
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.words import AddresseeWords
from extract.quotes.syntax import first_with_dep, has_dep, is_passive, is_time

_CLAUSES = frozenset(
    {"", "that", "wh", "infinitive", "about", "against"}
)  # frames in which a hearer is asked
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def find_addressee(beside: Beside, words: AddresseeWords) -> Token | None:
    """Return the head of the phrase for the hearer, None if none is told.

    Args:
        beside: The cue and the unquoted words of its sentence.
        words: Words that tell to whom something was said.
    """
    cue = beside.cue
    if cue is None or cue.kind == "preposition":
        return None
    hearers = (*_hearers(cue, words), *_beside_nouns(beside, words), *_beside_participles(beside, words))
    return next((one for one in hearers if one.pos_ in _NOUNS and not is_time(one)), None)


def _hearers(cue: CueReading, words: AddresseeWords) -> Iterator[Token]:
    """Yield what may be the hearer in the frame of a verb."""
    verb = cue.token
    asks = cue.lemma in words.asking and cue.frame in _CLAUSES
    if (cue.lemma in words.telling or asks) and not is_passive(verb):
        found = first_with_dep(verb.rights, "dobj", "dative") or _subject_of_demand(cue)
        if found is not None and found.dep_ == "dative" and found.pos_ == "ADP":
            found = first_with_dep(found.rights, "pobj")
        if found is not None:
            yield found
    yield from _after_preposition(verb, cue.lemma, words)


def _subject_of_demand(cue: CueReading) -> Token | None:
    """Return the hearer whom a parse gives to what is demanded: `urged |voters to stay`."""
    clause = first_with_dep(cue.token.rights, "ccomp", "xcomp") if cue.frame == "infinitive" else None
    return first_with_dep(clause.lefts, "nsubj") if clause is not None else None


def _beside_nouns(beside: Beside, words: AddresseeWords) -> Iterator[Token]:
    """Yield the hearers of letters and answers beside the cue: `in a letter to the |court`."""
    for token in beside.tokens:
        noun = token.nbor(-1) if token.i else token
        if (
            token.dep_ in ("prep", "dative")
            and (noun.lemma_.lower(), token.lower_) in words.nouns
            and _is_beside(noun)
        ):
            yield from (one for one in token.rights if one.dep_ == "pobj")


def _beside_participles(beside: Beside, words: AddresseeWords) -> Iterator[Token]:
    """Yield the hearers of participles beside the cue: `speaking to |reporters, he said`."""
    for token in beside.tokens:
        if token.tag_ == "VBG" and not has_dep(token.lefts, "aux"):
            yield from _after_preposition(token, token.lemma_, words)
            if token.lemma_ in words.addressing:
                yield from (one for one in token.rights if one.dep_ == "dobj")


def _after_preposition(verb: Token, lemma: str, words: AddresseeWords) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ in ("prep", "dative") and (lemma, child.lower_) in words.prepositions:
            yield from (one for one in child.rights if one.dep_ == "pobj")


def _is_beside(noun: Token) -> bool:
    return noun.dep_ in ("pobj", "dobj", "nsubj")
