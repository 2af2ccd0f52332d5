"""Indirect speech: the clauses and phrases that cues report, without the cue and its conjunction."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.indirect.boundaries import clause_tokens
from extract.quotes.indirect.clauses import (
    ReportedClause,
    around_cue,
    around_parenthesis,
    before_closing,
    find_clause,
    find_commented,
    find_parenthesis,
)
from extract.quotes.indirect.complements import find_by_frame, find_frame_uses, has_words, may_speak
from extract.quotes.indirect.frames import Complement
from extract.quotes.indirect.nouns import find_adjective_uses, find_noun_uses
from extract.quotes.indirect.prepositions import find_sourced
from extract.quotes.indirect.unreal import is_negated, is_unreal
from extract.quotes.layout import Layout
from extract.quotes.phrases import singular
from extract.quotes.speaker_heads import is_author
from extract.quotes.syntax import FINITE_TAGS, finite_tag, has_that

_COUNTRIES = frozenset({"GPE", "NORP"})  # labels of spaCy


def find_reported_clauses(
    layout: Layout, uses: list[CueUse], cues: Cues, ignored: Collection[int] = ()
) -> Iterator[ReportedClause]:
    """Find what every cue reports: of verbs and prepositions in order, then of nouns and adjectives.

    Args:
        layout: The Doc with its quoted regions.
        uses: Its cues.
        cues: The words that introduce speech.
        ignored: Token indexes of the cues that belong to a whole quotation and report nothing else.
    """
    known = {use.token.i for use in uses}
    for use in [*uses, *find_frame_uses(layout, cues, known)]:
        if use.token.i not in ignored and not is_author(use.head, cues):
            yield from _reported_by(layout, use, cues)
    yield from _complements_of(layout, find_noun_uses(layout, cues), "noun", cues)
    yield from _complements_of(layout, find_adjective_uses(layout, cues), "adjective", cues)


def _complements_of(
    layout: Layout, found: Iterable[tuple[CueUse, Complement]], rule: str, cues: Cues
) -> Iterator[ReportedClause]:
    """Yield what nouns or adjectives report."""
    for use, complement in found:
        if not is_author(use.head, cues):
            yield from around_cue(layout, use, complement.tokens, rule, use.reliability, cues=cues)


def _reported_by(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    """Yield what a verb or preposition reports."""
    if use.kind == "preposition" and use.speaker is not None:
        yield from find_sourced(layout, use, use.speaker, cues)
    elif not is_unreal(use, cues):
        negated = _with_negation(use, cues)
        yield from list(_clauses_of(layout, negated, cues)) or find_by_frame(layout, negated, cues)


def _with_negation(use: CueUse, cues: Cues) -> CueUse:
    """Return a negated cue of opinion or will together with its negation: `did not want to ...`."""
    if use.lemma in cues.negatable or not is_negated(use, cues):
        return use
    words = cues.grammar.unreal.negations | cues.grammar.unreal.auxiliaries
    start = min(child.i for child in use.token.lefts if child.lower_ in words)
    return replace(use, tokens=(start, use.tokens[1]))


def _clauses_of(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    """Yield the reported clause of a verb of speech or thought, in two pieces if the verb interrupts it."""
    if use.kind not in ("speech", "thought") or use.speaker is None or use.head is None:
        return
    clause = find_clause(use, cues)
    if not _is_reporting(use, use.head, clause, cues):
        return
    if use.closing and (clause is None or clause.i < use.token.i):
        yield from before_closing(layout, use, cues)
    else:
        yield from _clause_around(layout, use, clause, cues)


def _clause_around(layout: Layout, use: CueUse, clause: Token | None, cues: Cues) -> Iterator[ReportedClause]:
    """Yield the clause that a verb interrupts in a parenthesis, introduces, or comments on after `as`."""
    commented = find_commented(use.token) if clause is None and use.kind == "speech" else None
    parenthesis = find_parenthesis(layout, use) if commented is None else None
    if parenthesis is not None:
        yield from around_parenthesis(layout, use, parenthesis, cues)
        return
    tokens = commented if clause is None else clause_tokens(clause, use.token, cues)
    if tokens is not None:
        yield from around_cue(layout, use, tokens, "clause", use.reliability, cues=cues)


def _is_come_upon(use: CueUse, speaker: Token, clause: Token, cues: Cues) -> bool:
    """Return whether somebody comes upon a thing: `found her son dead`, not `a poll found him ahead`."""
    if use.lemma not in cues.perceiving or finite_tag(clause) in FINITE_TAGS:
        return False
    telling = cues.descriptions.documents - cues.descriptions.depicting
    return singular(speaker.lower_, telling) not in telling


def _is_reporting(use: CueUse, speaker: Token, clause: Token | None, cues: Cues) -> bool:
    """Return whether a verb reports: a reliable one, one whose subject can speak, or one with `that`."""
    if clause is not None and _is_come_upon(use, speaker, clause, cues):
        return False
    if use.lemma in cues.evidence:
        is_deed = use.lemma in cues.shown and speaker.ent_type_ in _COUNTRIES
        return has_words(speaker, cues) and not is_deed
    if use.reliability >= cues.confidences.sure or may_speak(speaker, cues):
        return True
    return clause is not None and has_that(clause)
