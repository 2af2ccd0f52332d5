"""To whom words were said: the hearer in the frame of the cue, or of a letter or an answer beside it."""

from collections.abc import Iterator

from spacy.tokens import Token

from extract.quotes.context.beside import Beside
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.words import AddresseeWords
from extract.quotes.syntax import FINITE_TAGS, first_with_dep, has_dep, is_passive, is_time, subject_of

_CLAUSES = frozenset(
    {"", "that", "wh", "infinitive", "about", "against"}
)  # frames in which a hearer is asked
_BESIDE = frozenset({"ROOT", "acl", "advcl", "ccomp", "conj", "dep", "pcomp"})  # how participles depend
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
    hearers = (
        *_hearers(beside, cue, words),
        *_of_verb_above(cue.token, words),
        *_beside_nouns(beside, words),
        *_beside_participles(beside, words),
    )
    return next((one for one in hearers if one.pos_ in _NOUNS and not is_time(one)), None)


def _hearers(beside: Beside, cue: CueReading, words: AddresseeWords) -> Iterator[Token]:
    """Yield what may be the hearer in the frame of a verb."""
    verb = cue.token
    found = _subject_of_passive(verb) if is_passive(verb) else _object(verb) or _subject_of_demand(cue)
    if found is not None:
        is_outside = any(one.i == found.i for one in beside.tokens)
        is_asked = cue.frame in _CLAUSES or is_outside or _is_told_of(verb, found, words)
        asks = cue.lemma in words.asking and is_asked and not _opens_clause(found)
        if cue.lemma in words.telling or asks:
            yield found
    yield from _after_preposition(verb, cue.lemma, words)


def _is_told_of(verb: Token, found: Token, words: AddresseeWords) -> bool:
    """Return whether what somebody is asked or warned about follows: `warned |Brandt of floods`."""
    return any(one.dep_ == "prep" and one.i > found.i and one.lower_ in words.topics for one in verb.rights)


def _object(verb: Token) -> Token | None:
    """Return the object for a person: `told |Reuters`, `said to |Reuters`."""
    found = first_with_dep(verb.rights, "dobj", "dative")
    is_preposition = found is not None and found.dep_ == "dative" and found.pos_ == "ADP"
    return first_with_dep(found.rights, "pobj") if found is not None and is_preposition else found


def _subject_of_passive(verb: Token) -> Token | None:
    """Return who is told something: `|the press was told that ...`."""
    return first_with_dep(verb.lefts, "nsubjpass")


def _opens_clause(noun: Token) -> bool:
    """Return whether a parse takes a subject for the object: `warned |a coup would mean war`."""
    after = noun.right_edge.i + 1
    return after < len(noun.doc) and noun.doc[after].tag_ in FINITE_TAGS


def _subject_of_demand(cue: CueReading) -> Token | None:
    """Return the hearer whom a parse gives to what is demanded: `urged |voters to stay`."""
    clause = first_with_dep(cue.token.rights, "ccomp", "xcomp") if cue.frame == "infinitive" else None
    return first_with_dep(clause.lefts, "nsubj") if clause is not None else None


def _of_verb_above(cue: Token, words: AddresseeWords) -> Iterator[Token]:
    """Yield the hearer of the verb whose participle the cue is: `spoke to |reporters, saying`."""
    verb = cue.head
    if (
        cue.tag_ != "VBG"
        or cue.dep_ not in ("advcl", "xcomp")
        or verb.i > cue.i
        or subject_of(cue) is not None
    ):
        return
    told = (one for one in verb.rights if one.dep_ in ("dobj", "dative") and one.pos_ != "ADP")
    yield from told if verb.lemma_ in words.telling else ()
    yield from (one for one in _after_preposition(verb, verb.lemma_, words) if one.i < cue.i)


def _beside_nouns(beside: Beside, words: AddresseeWords) -> Iterator[Token]:
    """Yield the hearers of letters and answers beside the cue: `in a letter to the |court`."""
    for token in beside.tokens:
        if token.dep_ in ("prep", "dative") and any(
            (noun.lemma_.lower(), token.lower_) in words.nouns and _is_beside(noun, words)
            for noun in _nouns_before(token)
        ):
            yield from (one for one in token.rights if one.dep_ == "pobj")


def _nouns_before(preposition: Token) -> Iterator[Token]:
    """Yield the nouns to which a preposition may belong: `|memo to`, `|memo from us to`, `|memo sent to`."""
    if preposition.i > 0:
        yield preposition.nbor(-1)
    above = preposition.head
    yield above
    if above.dep_ in ("pobj", "acl"):
        yield above.head if above.dep_ == "acl" else above.head.head


def _beside_participles(beside: Beside, words: AddresseeWords) -> Iterator[Token]:
    """Yield the hearers of participles beside the cue: `speaking to |reporters`, `asked by |reporters`."""
    for token in beside.tokens:
        if beside.cue is None or has_dep(token.lefts, "aux") or not _belongs_to(token, beside.cue.token):
            continue
        if token.tag_ == "VBG":
            yield from _after_preposition(token, token.lemma_, words)
            if token.lemma_ in words.addressing:
                yield from (one for one in token.rights if one.dep_ == "dobj")
        elif token.tag_ == "VBN" and token.lemma_ in words.questioning:
            agent = first_with_dep(token.rights, "agent")
            yield from (one for one in agent.rights if one.dep_ == "pobj") if agent is not None else ()


def _belongs_to(participle: Token, cue: Token) -> bool:
    """Return whether a participle may tell of the speech itself: not `his fear of |telling them`."""
    if participle.i == cue.i or participle.dep_ not in _BESIDE:
        return False
    if participle.dep_ == "acl":
        return participle.head.dep_ in ("nsubj", "nsubjpass")
    return participle.dep_ != "pcomp" or participle.head.head.i == cue.i


def _after_preposition(verb: Token, lemma: str, words: AddresseeWords) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ in ("prep", "dative") and (lemma, child.lower_) in words.prepositions:
            yield from (one for one in child.rights if one.dep_ == "pobj")


def _is_beside(noun: Token, words: AddresseeWords) -> bool:
    """Return whether a noun is what is said or where: `in a |letter`, `the |letter says`."""
    return noun.dep_ in ("dobj", "nsubj") or (noun.dep_ == "pobj" and noun.head.lower_ in words.within)
