"""Indirect speech: the clause or phrase that a cue reports, without the cue and its conjunction."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse, is_author
from extract.quotes.cues import Cues
from extract.quotes.indirect.boundaries import clause_tokens
from extract.quotes.indirect.clauses import (
    ReportedClause,
    before_closing,
    cut_in_two,
    find_clause,
    find_commented,
    find_parenthesis,
    pieces,
)
from extract.quotes.indirect.complements import find_by_frame, find_frame_uses, may_speak
from extract.quotes.indirect.nouns import find_adjective_uses, find_noun_uses
from extract.quotes.indirect.prepositions import find_sourced
from extract.quotes.layout import Layout

_NOT_REPORTED = frozenset({"not", "n't", "n’t", "never"})
_AUXILIARIES = frozenset({"did", "do", "does", "had", "has", "have", "was", "were"})
_SURE = 0.8  # below this reliability a verb needs a subject that can speak


def find_reported_clauses(
    layout: Layout, uses: list[CueUse], cues: Cues, taken: Collection[int] = ()
) -> Iterator[ReportedClause]:
    """Find what every cue reports: of verbs and prepositions in order, then of nouns and adjectives.

    Args:
        layout: The Doc with its marked regions.
        uses: Its cues.
        cues: The words that introduce speech.
        taken: Tokens of the cues that belong to a whole quotation and report nothing besides.
    """
    speech = {use.token.i for use in uses if use.kind == "speech"}
    known = {use.token.i for use in uses}
    for use in [*uses, *find_frame_uses(layout, cues, known)]:
        if is_author(use.head) or use.token.i in taken:
            continue
        if use.kind == "preposition" and use.speaker is not None:
            yield from find_sourced(layout, use, use.speaker, speech)
        elif not _is_unreal(use, cues):
            negated = _with_negation(use, cues)
            clauses = list(_by_clause(layout, negated, cues))
            yield from clauses or find_by_frame(layout, negated, cues)
    for rule, found in (
        ("noun", find_noun_uses(layout, cues)),
        ("adjective", find_adjective_uses(layout, cues)),
    ):
        for use, complement in found:
            if not is_author(use.head):
                yield from pieces(layout, use, complement.tokens, rule, use.reliability)


def _is_unreal(use: CueUse, cues: Cues) -> bool:
    """Return whether the cue says that nothing was said: `did not say that ...`, `if he says ...`."""
    conditional = any(
        child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in use.token.lefts
    )
    return conditional or (use.kind == "speech" and use.lemma not in cues.negatable and _is_negated(use))


def _is_negated(use: CueUse) -> bool:
    return any(child.lower_ in _NOT_REPORTED for child in use.token.lefts)


def _with_negation(use: CueUse, cues: Cues) -> CueUse:
    """Return a negated cue of opinion or will with its negation: `did not want to ...` reports no wish."""
    if use.lemma in cues.negatable or not _is_negated(use):
        return use
    words = (*_NOT_REPORTED, *_AUXILIARIES)
    start = min(child.i for child in use.token.lefts if child.lower_ in words)
    return replace(use, tokens=(start, use.tokens[1]))


def _by_clause(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    """Yield the reported clause of a verb of speech or thought."""
    if use.kind not in ("speech", "thought") or use.speaker is None or use.head is None:
        return
    clause = find_clause(use.token)
    if not (use.reliability >= _SURE or may_speak(use.head, cues) or _is_told(use, clause, cues)):
        return
    commented = find_commented(use.token) if clause is None and use.kind == "speech" else None
    parenthesis = None if commented is not None else find_parenthesis(layout, use)
    if use.closing and (clause is None or clause.i < use.token.i):
        yield from before_closing(layout, use)
    elif parenthesis is not None:
        yield from cut_in_two(layout, use, parenthesis)
    elif clause is not None:
        tokens = clause_tokens(clause, use.token, cues)
        yield from pieces(layout, use, tokens, "clause", use.reliability)
    elif commented is not None:
        yield from pieces(layout, use, commented, "clause", use.reliability)


def _is_told(use: CueUse, clause: Token | None, cues: Cues) -> bool:
    """Return whether a clause is reported whatever the subject is: after `that`, or as what figures show."""
    marks = () if clause is None else clause.lefts
    return use.lemma in cues.evidence or any(mark.lower_ == "that" and mark.dep_ == "mark" for mark in marks)
