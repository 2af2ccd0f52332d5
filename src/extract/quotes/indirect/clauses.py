"""Reported clauses: the statement that a cue and its speaker follow, introduce or interrupt."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.indirect.boundaries import trim
from extract.quotes.layout import Layout, TokenRange
from extract.quotes.phrases import is_listed
from extract.quotes.speaker_heads import can_speak
from extract.quotes.syntax import (
    clause_after_that,
    first_with_dep,
    has_dep,
    has_subject,
    has_that,
    is_time,
    subject_of,
)

DASHES = frozenset({"-", "—", "–", "--"})
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN"})
FEWEST_TOKENS = 3  # of each piece of a clause that the cue interrupts
_PARENTHESIS_TAIL = 6  # words after a cue in a parenthesis: `he told the paper on Friday`


@dataclass(frozen=True, slots=True)
class ReportedClause:
    """What a cue reports; a clause that the cue interrupts is two of them.

    Attributes:
        rule: How the clause was found: the kind of cue or the frame of its complement.
        reliability: How likely the cue with this kind of complement is an attribution.
    """

    tokens: TokenRange
    use: CueUse
    rule: str
    reliability: float


def find_clause(use: CueUse, cues: Cues) -> Token | None:
    """Return the head of the clause that a verb reports: the one after it, else the one before it.

    A clause with `that` directly after the cue is its own, whatever the parse attaches it to.
    """
    verb = use.token
    introduced = clause_after_that(verb.doc, use.tokens[1])
    if introduced is not None:
        return introduced
    for clause in sorted(_complement_clauses(verb, cues), key=lambda child: child.i < verb.i):
        if not _is_separate_sentence(clause, verb) and not _reports_else(clause, verb, cues):
            return None if _is_circumstance(clause, cues) else clause
    return None


def _complement_clauses(verb: Token, cues: Cues) -> list[Token]:
    clauses = [child for child in verb.children if child.dep_ == "ccomp" and child.pos_ in _PREDICATES]
    if not clauses and verb.lemma_ in cues.telling:
        clauses = _clauses_of_noun(first_with_dep(verb.rights, "dobj", "dative"))
    return clauses or [clause for noun in _occasions(verb, cues) for clause in _clauses_of_noun(noun)]


def _clauses_of_noun(noun: Token | None) -> list[Token]:
    """Return the clause that the parse attaches to the addressee or the occasion of a report.

    `told leaders of the bloc that ...`, `said in a statement that ...`.
    """
    if noun is None:
        return []
    following = noun.doc[noun.i + 1 : noun.right_edge.i + 1]
    return [token for token in following if token.dep_ in ("acl", "relcl", "ccomp") and has_that(token)][:1]


def _occasions(verb: Token, cues: Cues) -> Iterator[Token]:
    """Yield the nouns after a verb that name an occasion of speech or a document: `in a |statement`."""
    for child in verb.rights:
        noun = first_with_dep(child.rights, "pobj") if child.dep_ == "prep" else None
        if noun is not None and is_listed(noun.lower_, cues.occasions, cues.descriptions.documents):
            yield noun


def _is_separate_sentence(clause: Token, verb: Token) -> bool:
    """Return whether a semicolon separates the clause from the verb after it."""
    return clause.i < verb.i and any(token.text == ";" for token in verb.doc[clause.i : verb.i])


def _reports_else(clause: Token, verb: Token, cues: Cues) -> bool:
    """Return whether a verb after a dash has an object of its own: `It is late - the bloc urged a delay`."""
    what = first_with_dep(verb.rights, "dobj")
    if clause.i > verb.i or what is None or "object" not in cues.frames.get(verb.lemma_, {}):
        return False
    if is_time(what) or what.pos_ != "NOUN" or can_speak(what, cues.descriptions):
        return False
    subject = subject_of(verb)
    first = verb if subject is None else subject.left_edge
    return first.i > 0 and verb.doc[first.i - 1].text in DASHES


def _is_circumstance(clause: Token, cues: Cues) -> bool:
    circumstances = cues.grammar.clauses.circumstances
    return any(child.dep_ == "mark" and child.lower_ in circumstances for child in clause.lefts)


def find_commented(verb: Token) -> TokenRange | None:
    """Return the range of the statement that `as X pointed out, ...` comments on, None for other verbs."""
    as_ = verb.left_edge
    has_complement = has_dep(verb.rights, "dobj", "ccomp", "xcomp")
    if verb.dep_ != "advcl" or as_.lower_ != "as" or as_.head.i != verb.i or has_complement:
        return None
    start, end = verb.head.left_edge.i, verb.head.right_edge.i + 1
    if as_.i == start:
        return verb.right_edge.i + 1, end
    return (start, as_.i) if verb.right_edge.i + 2 >= end else None


def find_parenthesis(layout: Layout, use: CueUse) -> TokenRange | None:
    """Return the range of a cue and its speaker if they are between two commas or dashes, else None.

    `The road, he says, is closed`; a few words may follow the cue: `he told us on Friday`.
    """
    if use.speaker is None or use.kind != "speech":
        return None
    first, last = min(use.tokens[0], use.speaker[0]), max(use.tokens[1], use.speaker[1])
    start, end = layout.sentence(use.token.i)
    if first <= start or not _is_break(layout, first - 1):
        return None
    for index in range(last, min(last + _PARENTHESIS_TAIL, end - 1)):
        if _is_break(layout, index):
            return first, index + 1
        token = layout.doc[index]
        is_clause = token.pos_ in ("VERB", "AUX", "SCONJ") or token.dep_ in ("nsubj", "nsubjpass")
        if is_clause or not layout.is_unquoted(index):
            break
    return None


def _is_break(layout: Layout, index: int) -> bool:
    text = layout.doc[index].text
    return layout.is_unquoted(index) and (text == "," or text in DASHES)


def around_parenthesis(
    layout: Layout, use: CueUse, parenthesis: TokenRange, cues: Cues
) -> Iterator[ReportedClause]:
    """Yield the piece of a clause before a parenthesis and the piece after it."""
    start, end = layout.sentence(use.token.i)
    clause = _interrupted_clause(use.token) if use.token.dep_ == "parataxis" else (start, end)
    if clause[1] > parenthesis[1]:
        start, end = clause
    before, after = (start, parenthesis[0]), (parenthesis[1], end)
    before = _after_semicolon(layout, before), before[1]
    if not layout.is_unquoted(after[0]):  # `others, he says, "trust nothing"`: a quotation in marks
        return
    following = layout.doc[after[0]]
    if following.tag_ == "VBG" and following.dep_ in ("acl", "advcl"):  # `..., he said, citing a report`
        after = after[0], after[0]
    for piece in (before, after):
        trimmed = trim(layout, piece, cues) if piece[1] - piece[0] >= FEWEST_TOKENS else None
        if trimmed is not None:
            yield ReportedClause(trimmed, use, "clause", use.reliability)


def _interrupted_clause(verb: Token) -> TokenRange:
    """Return the range of the clause that a parenthesis interrupts, without clauses conjoined after it."""
    clause = verb.head.head if verb.head.dep_ in ("aux", "auxpass") else verb.head
    end = clause.right_edge.i + 1
    for child in clause.rights:
        if child.dep_ == "conj" and child.i > verb.i and has_subject(child):
            end = min(end, child.left_edge.i)
    return clause.left_edge.i, end


def before_closing(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    """Yield the sentence before the speaker of a closing cue: `..., two officials said`."""
    if use.speaker is not None:
        before = layout.sentence(use.token.i)[0], min(use.speaker[0], use.token.i)
        if _is_occasion(use.token, before):
            return
        tokens = trim(layout, (_after_semicolon(layout, before), before[1]), cues)
        if tokens is not None:
            yield ReportedClause(tokens, use, "clause", use.reliability)


def _is_occasion(cue: Token, before: TokenRange) -> bool:
    """Return whether only a participle precedes cue and speaker: `Asked whether ..., he said no`."""
    return any(
        clause.dep_ == "advcl"
        and clause.tag_ in ("VBN", "VBG")
        and not has_subject(clause)
        and not has_dep(clause.lefts, "aux", "auxpass")
        and clause.left_edge.i == before[0]
        and clause.right_edge.i + 1 >= before[1] - 1  # a comma may follow
        for clause in cue.lefts
    )


def around_cue(
    layout: Layout, use: CueUse, tokens: TokenRange, rule: str, reliability: float, *, cues: Cues
) -> Iterator[ReportedClause]:
    """Yield a clause without cue and speaker: the pieces before and after them, or only the longer one."""
    speaker = use.speaker or use.tokens
    cut_start, cut_end = min(use.tokens[0], speaker[0]), max(use.tokens[1], speaker[1])
    if tokens[0] >= use.tokens[1]:
        cut_start, cut_end = use.tokens  # the clause follows; a speaker named in it is part of it
    before, after = (tokens[0], min(tokens[1], cut_start)), (max(tokens[0], cut_end), tokens[1])
    both = before[1] - before[0] >= FEWEST_TOKENS and after[1] - after[0] >= FEWEST_TOKENS
    if both:
        before = (_after_semicolon(layout, before), before[1])
    longest = max(before, after, key=lambda piece: piece[1] - piece[0])
    for piece in (before, after) if both else (longest,):
        trimmed = trim(layout, piece, cues)
        if trimmed is not None:
            yield ReportedClause(trimmed, use, rule, reliability)


def _after_semicolon(layout: Layout, tokens: TokenRange) -> int:
    """Return where the last of several statements starts: `It will rain; the road, he says, is closed`."""
    marks = (
        i for i in range(tokens[1] - 1, tokens[0], -1) if layout.doc[i].text == ";" and layout.is_unquoted(i)
    )
    return next(marks, tokens[0] - 1) + 1
