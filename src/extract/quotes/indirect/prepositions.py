"""What a named source vouches for: `According to X, ...` and `..., in the words of X`."""

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.indirect.boundaries import trim
from extract.quotes.indirect.clauses import DASHES, FEWEST_TOKENS, ReportedClause, pieces
from extract.quotes.layout import Layout, Tokens

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$", "WRB"})


def find_sourced(
    layout: Layout, use: CueUse, speaker: Tokens, speech: Collection[int]
) -> Iterator[ReportedClause]:
    """`According to X, ...` and `..., according to X`: the rest of the clause or sentence."""
    start, end = layout.sentence(use.token.i)
    clause = _clause_after_source(use, speaker[1])
    if clause is not None:
        tokens = clause.left_edge.i, clause.right_edge.i + 1
        yield from pieces(layout, use, tokens, "source", use.reliability)
        return
    own = range(speaker[0], speaker[1] if use.head is None else use.head.right_edge.i + 1)
    if any(index in speech and index not in own for index in range(start, end)):
        return
    before = (_scope_start(use.token, start), use.token.i)
    after = (_comma_after(layout, _phrase_end(use, speaker[1]), end), end)
    for piece in (before, after) if _goes_on(layout, before, after) else (before,):
        trimmed = trim(layout, piece) if piece[1] - piece[0] >= FEWEST_TOKENS else None
        if trimmed is not None:
            yield ReportedClause(trimmed, use, "source", use.reliability)


def _clause_after_source(use: CueUse, start: int) -> Token | None:
    """Return the clause in `the problem is, according to X, that ...`."""
    doc = use.token.doc
    if start + 1 >= len(doc) or not (doc[start].text == "," or doc[start].text in DASHES):
        return None
    conjunction = doc[start + 1]
    reported = (
        conjunction.lower_ == "that" and conjunction.dep_ == "mark" and conjunction.head.dep_ == "ccomp"
    )
    return conjunction.head if reported else None


def _phrase_end(use: CueUse, start: int) -> int:
    """Return where the relative clause after a source ends: `according to a paper that he wrote, ...`."""
    follows = [] if use.head is None else [c for c in use.head.rights if c.dep_ == "relcl" and c.i > start]
    return max((child.right_edge.i + 1 for child in follows), default=start)


def _scope_start(source: Token, start: int) -> int:
    """Return where the clause starts that a source closes: the last of several conjoined clauses."""
    head = source.head
    if head.dep_ == "conj" and any(child.dep_ in ("nsubj", "nsubjpass") for child in head.lefts):
        return head.left_edge.i
    return start


def _goes_on(layout: Layout, before: Tokens, after: Tokens) -> bool:
    """Return whether the statement follows the source's phrase, or goes on after it.

    What stands after `X is bad, according to Y,` is about Y; what stands after a dash, or after a piece
    without a verb (`The plan, according to Y, is bad`), is not.
    """
    doc = layout.doc
    words = [token for token in doc[after[0] : after[1]] if not token.is_punct and not token.is_space]
    if not words or words[0].tag_ in _RELATIVE_TAGS or not any(word.tag_ in _FINITE for word in words):
        return doc[after[0] - 1].text in DASHES and len(words) >= FEWEST_TOKENS
    complete = any(token.tag_ in _FINITE for token in doc[before[0] : before[1]])
    return not complete or doc[after[0] - 1].text in DASHES


def _comma_after(layout: Layout, start: int, end: int) -> int:
    """Return the token after the comma or dash that ends the source's phrase, `start` if there is none."""
    for index in range(start, end):
        if layout.doc[index].text == "," or layout.doc[index].text in DASHES:
            return index + 1
        if layout.doc[index].tag_ in _FINITE:
            break
    return start
