"""The complements of a verb that may be reported speech: objects, infinitives, phrases with prepositions.

Frames have the names of models/quotes/cues.toml: `object`, `infinitive`, `for`, `object as`, `passive of`...
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.quotes.cues import Cues, Frames
from extract.quotes.indirect.boundaries import clause_tokens, end_of_phrase, phrase_tokens
from extract.quotes.layout import TokenRange
from extract.quotes.phrases import singular
from extract.quotes.speaker_heads import find_reporter
from extract.quotes.syntax import first_with_dep, is_finite_passive, is_time

_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_QUESTIONS = frozenset({"WP", "WP$", "WDT", "WRB"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A phrase that is reported speech if the cue takes its frame."""

    frame: str
    tokens: TokenRange


def first_in_frames(complements: Iterable[Complement], frames: Frames) -> Complement | None:
    """Return the first complement whose frame the cue takes, None if it takes none of them."""
    return next((complement for complement in complements if complement.frame in frames), None)


def find_complements(verb: Token, cues: Cues) -> Iterator[Complement]:
    """Yield the complements that follow a verb, the longest first."""
    if is_finite_passive(verb):
        for complement in _without_object(verb, cues):
            yield Complement(f"passive {complement.frame}", complement.tokens)
        return
    noun = first_with_dep(verb.rights, "dobj")
    if noun is None:
        yield from _without_object(verb, cues)
    elif noun.pos_ in _NOUNS or noun.tag_ == "DT":
        yield from _with_object(verb, noun, cues)
    else:
        yield from _after_pronoun(verb, noun)


def find_passive_subject(verb: Token) -> TokenRange | None:
    """Return the subject of a passive, which is what was said or judged (`The plan was criticised`)."""
    subject = first_with_dep(verb.lefts, "nsubjpass")
    if subject is None or subject.pos_ not in _NOUNS:
        return None
    return subject.left_edge.i, subject.right_edge.i + 1


def is_infinitive(verb: Token) -> bool:
    """Return whether `to` marks the verb as an infinitive."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)


def is_embedded(token: Token, cues: Cues) -> bool:
    """Return whether the token is within a clause that another cue reports."""
    token = find_reporter(token, cues)
    while token.dep_ != "ROOT":
        if token.dep_ == "ccomp" and (
            cues.reliability(token.head.lemma_) or token.head.lemma_ in cues.frames
        ):
            return True
        token = token.head
    return False


def clause_frame(clause: Token) -> str:
    """Return the frame of a clause: `object infinitive` (`want them to go`), `wh` (`ask why`) or `that`."""
    if clause.tag_ == "VB" and is_infinitive(clause):
        return "object infinitive"
    first = clause.left_edge
    return "wh" if first.tag_ in _QUESTIONS or first.lower_ in ("if", "whether") else "that"


def _with_object(verb: Token, noun: Token, cues: Cues) -> Iterator[Complement]:
    start, end = phrase_tokens(noun, verb, cues)
    if verb.lemma_ in cues.conversing:
        yield Complement("object", (start, _before_partner(verb.doc, start, end)))
        return
    for child in verb.rights:
        if child.i < noun.i:
            continue
        last = max(end, end_of_phrase(child))
        if child.dep_ == "xcomp" and is_infinitive(child):
            yield Complement("object infinitive", (start, last))
        elif child.dep_ == "oprd":
            yield Complement("object complement", (start, last))
        elif child.dep_ == "prep" and child.left_edge.i == end and not _is_circumstance(child, cues):
            yield Complement(f"object {child.lower_}", (start, last))
            yield Complement("object", (start, last))
    yield Complement("object", (start, end))


def _before_partner(doc: Doc, start: int, end: int) -> int:
    """Return the end of a topic without the partner in conversation: `the border | with the farmers`."""
    partners = (i for i in range(start + 1, end) if doc[i].lower_ == "with" and doc[i].dep_ == "prep")
    return next(partners, end)


def _after_pronoun(verb: Token, pronoun: Token) -> Iterator[Complement]:
    """Yield what is said about a pronoun, which is included: `accused them of ...`, `urged them to ...`."""
    for child in verb.rights:
        if child.i < pronoun.i or child.dep_ not in ("xcomp", "oprd", "prep"):
            continue
        word = {"xcomp": "infinitive", "oprd": "complement"}.get(child.dep_, child.lower_)
        yield Complement(f"object {word}", (pronoun.i, child.right_edge.i + 1))


def _without_object(verb: Token, cues: Cues) -> Iterator[Complement]:
    for child in verb.rights:
        if child.dep_ == "ccomp":
            yield Complement(clause_frame(child), clause_tokens(child, verb, cues))
        elif child.dep_ == "xcomp" and (is_infinitive(child) or child.tag_ == "VBG"):
            frame = "infinitive" if is_infinitive(child) else "gerund"
            yield Complement(frame, clause_tokens(child, verb, cues))
        elif child.dep_ in ("acomp", "oprd"):
            yield Complement("complement", (child.left_edge.i, child.right_edge.i + 1))
        elif child.dep_ == "prep" and not _is_circumstance(child, cues):
            yield from _after_preposition(verb, child, cues)


def _after_preposition(verb: Token, preposition: Token, cues: Cues) -> Iterator[Complement]:
    """Yield the object or gerund after a preposition, first with its infinitive: `on the council to go`."""
    for child in preposition.rights:
        if child.dep_ not in ("pobj", "pcomp"):
            continue
        start, end = child.left_edge.i, preposition.right_edge.i + 1
        if child.dep_ == "pobj":
            end = max(end, phrase_tokens(child, verb, cues)[1])
        asked = next((act for act in verb.rights if act.i >= end and act.dep_ in ("xcomp", "advcl")), None)
        if asked is not None and is_infinitive(asked):
            yield Complement(f"{preposition.lower_} infinitive", (start, asked.right_edge.i + 1))
        yield Complement(preposition.lower_, (start, end))


def _is_circumstance(preposition: Token, cues: Cues) -> bool:
    """Return whether a phrase names the time or occasion of the speech: `on Monday`, `in a speech`."""
    if preposition.lower_ in cues.grammar.clauses.situations:
        return True
    noun = first_with_dep(preposition.rights, "pobj")
    if noun is None or preposition.lower_ not in cues.grammar.clauses.occasions:
        return False
    return is_time(noun) or singular(noun.lower_, cues.occasions) in cues.occasions
