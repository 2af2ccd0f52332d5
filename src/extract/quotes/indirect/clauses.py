"""Reported clauses: where the statement stands that a cue and its speaker follow, introduce or cut in two."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.indirect.boundaries import CIRCUMSTANCES, trim
from extract.quotes.layout import Layout, Tokens

DASHES = frozenset({"-", "—", "–", "--"})
_TELLING = frozenset({"assure", "inform", "remind", "tell", "warn"})
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN"})
FEWEST_TOKENS = 3  # of a piece of a clause that the cue cuts in two
_PARENTHESIS_TAIL = 6  # words after a cue in a parenthesis: `he told the paper on Friday`


@dataclass(frozen=True, slots=True)
class ReportedClause:
    """What a cue reports; one that the cue cuts in two gives two of them.

    Attributes:
        reliability: How surely the cue with this kind of complement is an attribution.
    """

    tokens: Tokens
    use: CueUse
    rule: str
    reliability: float


def find_clause(verb: Token) -> Token | None:
    """Return the head of the clause that the verb reports: the one after it, else the one before it."""
    clauses = [child for child in verb.children if child.dep_ == "ccomp" and child.pos_ in _PREDICATES]
    clauses += _hung_on_addressee(verb) if verb.lemma_ in _TELLING and not clauses else []
    for clause in sorted(clauses, key=lambda child: child.i < verb.i):
        if clause.i < verb.i and any(token.text == ";" for token in verb.doc[clause.i : verb.i]):
            continue  # a sentence of its own
        marks = [mark.lower_ for mark in clause.lefts if mark.dep_ == "mark"]
        return None if any(mark in CIRCUMSTANCES for mark in marks) else clause
    return None


def _hung_on_addressee(verb: Token) -> list[Token]:
    """Return the clause that a parse hangs on those who were told: `told leaders of the bloc that ...`."""
    addressee = next((child for child in verb.rights if child.dep_ in ("dobj", "dative")), None)
    if addressee is None:
        return []
    return [
        token
        for token in verb.doc[addressee.i + 1 : addressee.right_edge.i + 1]
        if token.dep_ in ("acl", "relcl", "ccomp")
        and any(child.lower_ == "that" and child.dep_ == "mark" for child in token.lefts)
    ][:1]


def find_commented(verb: Token) -> Tokens | None:
    """Return the range of the statement that `as X pointed out, ...` comments on, None for other verbs."""
    as_ = verb.left_edge
    bare = not any(child.dep_ in ("dobj", "ccomp", "xcomp") for child in verb.rights)
    if verb.dep_ != "advcl" or as_.lower_ != "as" or as_.head.i != verb.i or not bare:
        return None
    start, end = verb.head.left_edge.i, verb.head.right_edge.i + 1
    if as_.i == start:
        return verb.right_edge.i + 1, end
    return (start, as_.i) if verb.right_edge.i + 2 >= end else None


def find_parenthesis(layout: Layout, use: CueUse) -> Tokens | None:
    """Return the range of cue and speaker between two commas or dashes, None where they stand otherwise.

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
        if not layout.is_bare(index) or layout.doc[index].pos_ in ("VERB", "AUX", "SCONJ"):
            break
    return None


def cut_in_two(layout: Layout, use: CueUse, parenthesis: Tokens) -> Iterator[ReportedClause]:
    """Yield what stands before a parenthesis and what goes on after it."""
    start, end = layout.sentence(use.token.i)
    clause = around(use.token) if use.token.dep_ == "parataxis" else (start, end)
    if clause[1] > parenthesis[1]:
        start, end = clause
    before, after = (start, parenthesis[0]), (parenthesis[1], end)
    before = _after_semicolon(layout, before), before[1]
    if not layout.is_bare(after[0]):  # `others, he says, "trust nothing"`: the marks tell it
        return
    goes_on = layout.doc[after[0]]
    if goes_on.tag_ == "VBG" and goes_on.dep_ in ("acl", "advcl"):  # `..., he said, citing a report`
        after = after[0], after[0]
    for piece in (before, after):
        trimmed = trim(layout, piece) if piece[1] - piece[0] >= FEWEST_TOKENS else None
        if trimmed is not None:
            yield ReportedClause(trimmed, use, "clause", use.reliability)


def _is_break(layout: Layout, index: int) -> bool:
    text = layout.doc[index].text
    return layout.is_bare(index) and (text == "," or text in DASHES)


def around(verb: Token) -> Tokens:
    """Return the range of the clause round a parenthesis, without those that a conjunction adds after it."""
    clause = verb.head.head if verb.head.dep_ in ("aux", "auxpass") else verb.head
    end = clause.right_edge.i + 1
    for child in clause.rights:
        subject = any(inner.dep_ in ("nsubj", "nsubjpass", "expl") for inner in child.lefts)
        if child.dep_ == "conj" and child.i > verb.i and subject:
            end = min(end, child.left_edge.i)
    return clause.left_edge.i, end


def before_closing(layout: Layout, use: CueUse) -> Iterator[ReportedClause]:
    """`..., two officials said.`: all of the sentence before the speaker."""
    if use.speaker is not None:
        before = layout.sentence(use.token.i)[0], min(use.speaker[0], use.token.i)
        tokens = trim(layout, (_after_semicolon(layout, before), before[1]))
        if tokens is not None:
            yield ReportedClause(tokens, use, "clause", use.reliability)


def pieces(
    layout: Layout, use: CueUse, tokens: Tokens, rule: str, reliability: float
) -> Iterator[ReportedClause]:
    """Yield a clause without the cue and the speaker: what stands before them and what stands after them."""
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
        trimmed = trim(layout, piece)
        if trimmed is not None:
            yield ReportedClause(trimmed, use, rule, reliability)


def _after_semicolon(layout: Layout, tokens: Tokens) -> int:
    """Return where the last statement of several starts: `It will rain; the road, he says, is closed`."""
    marks = (
        i for i in range(tokens[1] - 1, tokens[0], -1) if layout.doc[i].text == ";" and layout.is_bare(i)
    )
    return next(marks, tokens[0] - 1) + 1
