"""Cues with which nothing was said: questions, conditions, futures, refusals."""

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.indirect.clauses import find_clause
from extract.quotes.indirect.frames import clause_frame, is_infinitive
from extract.quotes.syntax import has_dep, subject_of

_NEAR = 3  # tokens from a verb to its infinitive


def is_unreal(use: CueUse, cues: Cues) -> bool:
    """Return whether the cue implies that nothing was said: `did not say`, `if he says`, `did he say?`."""
    if _is_asked(use.token):
        return True
    if any(_is_condition(verb, cues) for verb in (use.token, _decision(use.token))):
        return True
    if _is_subjunctive(use.token) or _is_only_intended(use.token, cues):
        return True
    if _is_kept_back(use.token, cues) or _is_purpose(use, cues):
        return True
    if _has_no_speaker(use, cues):
        return True
    is_denied = use.kind == "speech" and use.lemma not in cues.negatable and is_negated(use, cues)
    return is_denied and not _has_content(use, cues)


def _is_condition(verb: Token, cues: Cues) -> bool:
    conditions = cues.grammar.unreal.conditions
    return any(child.dep_ == "mark" and child.lower_ in conditions for child in verb.lefts)


def _decision(verb: Token) -> Token:
    """Return the verb whose infinitive this one is (`if he |decides| to declare`), else the verb itself."""
    return verb.head if verb.dep_ == "xcomp" and is_infinitive(verb) else verb


def _has_no_speaker(use: CueUse, cues: Cues) -> bool:
    """Return whether the subject says that nobody spoke: `|neither| side commented`, `|no| official did`."""
    if use.head is None:
        return False
    first = use.head.left_edge
    if first.lower_ not in cues.grammar.unreal.nobody:
        return False
    return first.i == use.head.i or (first.dep_ in ("det", "preconj") and not _starts_number(first.nbor()))


def _starts_number(token: Token) -> bool:
    """Return whether a word after `no` makes it part of a number: `No |10|`, `no |fewer| than 12 people`."""
    return token.like_num or token.tag_ in ("JJR", "RBR")


def _is_subjunctive(verb: Token) -> bool:
    """Return whether others want the speech: `demands that he |announce| his plans`, not `announces`."""
    subject = subject_of(verb)
    if subject is None or subject.tag_ not in ("NN", "NNP") or has_dep(subject.rights, "conj"):
        return False
    is_bare = verb.tag_ in ("VB", "VBP") and not has_dep(verb.lefts, "aux")
    return is_bare and any(child.lower_ == "that" for child in verb.lefts)


def _is_only_intended(verb: Token, cues: Cues) -> bool:
    """Return whether the speech is still to come or did not come: `will say`, `refused to say`."""
    words = cues.grammar.unreal
    if any(child.lower_ in words.modals or child.lower_ in words.futures for child in verb.lefts):
        return True
    # `needed to admit`: a parse may take what follows for a purpose.
    follows = verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and 0 < verb.i - verb.head.i <= _NEAR)
    return follows and is_infinitive(verb) and verb.head.lemma_ in words.intentions


def _is_purpose(use: CueUse, cues: Cues) -> bool:
    """Return whether the speech is the purpose of an act: `met to discuss it`, not `rose to say that ...`."""
    return use.token.dep_ == "advcl" and is_infinitive(use.token) and not _has_content(use, cues)


def _is_kept_back(verb: Token, cues: Cues) -> bool:
    """Return whether the act is not done, or only others say so: `without saying`, `accused of ordering`."""
    words = cues.grammar.unreal
    if verb.dep_ != "pcomp":
        return False
    return verb.head.lower_ in words.prepositions or verb.head.head.lemma_ in words.accusations


def _has_content(use: CueUse, cues: Cues) -> bool:
    """Return whether a negated cue says what was not said: `did not say that ...`, not `... whether ...`."""
    clause = find_clause(use, cues)
    return clause is not None and clause.i > use.token.i and clause_frame(clause) == "that"


def _is_asked(verb: Token) -> bool:
    """Return whether the verb is a question, with an auxiliary before its subject."""
    subject = subject_of(verb)
    before = 0 if subject is None else subject.left_edge.i
    inverted = any(child.dep_ in ("aux", "auxpass") and child.i < before for child in verb.lefts)
    return inverted and any(token.text == "?" for token in verb.sent)


def is_negated(use: CueUse, cues: Cues) -> bool:
    """Return whether a negation stands before the cue."""
    negations = cues.grammar.unreal.negations
    return any(child.lower_ in negations for child in use.token.lefts)
