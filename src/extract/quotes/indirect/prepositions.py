"""What a prepositional cue attributes to its source: `According to X, ...` and `..., in the words of X`."""

from collections.abc import Iterator

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.indirect.boundaries import trim
from extract.quotes.indirect.clauses import DASHES, FEWEST_TOKENS, ReportedClause, around_cue
from extract.quotes.layout import Layout, TokenRange
from extract.quotes.syntax import FINITE_TAGS, has_finite_verb, subject_of, words_among

_ABOUT_BEFORE = frozenset({"this", "that"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$", "WRB"})


def find_sourced(layout: Layout, use: CueUse, speaker: TokenRange, cues: Cues) -> Iterator[ReportedClause]:
    """Yield the rest of the clause or sentence in `According to X, ...` and `..., according to X`.

    Args:
        layout: The Doc with its regions.
        use: The prepositional cue.
        speaker: Range of its speaker's phrase.
        cues: The words that introduce speech.
    """
    start, end = layout.sentence(use.token.i)
    clause = _clause_after_source(use, speaker[1])
    if clause is not None:
        tokens = clause.left_edge.i, clause.right_edge.i + 1
        yield from around_cue(layout, use, tokens, "source", use.reliability, cues=cues)
        return
    before = (_scope_start(use.token, start), use.token.i)
    after = (_comma_after(layout, _phrase_end(use, speaker[1]), end), end)
    pieces = (before, after) if _continues_after(layout, before, after) else (before,)
    if _is_after_conjunction(use.token):
        pieces = (after,)
    for piece in pieces:
        trimmed = trim(layout, piece, cues) if piece[1] - piece[0] >= FEWEST_TOKENS else None
        if trimmed is not None:
            yield ReportedClause(trimmed, use, "source", use.reliability)


def _is_after_conjunction(source: Token) -> bool:
    """Return whether a source says only what is joined on: `It is old and, |according to X|, dangerous`."""
    before = source.i - 1
    if before > 0 and source.doc[before].text == ",":
        before -= 1
    return before >= source.sent.start + FEWEST_TOKENS and source.doc[before].pos_ == "CCONJ"


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
    following = () if use.head is None else use.head.rights
    clauses = (child for child in following if child.dep_ == "relcl" and child.i > start)
    return max((clause.right_edge.i + 1 for clause in clauses), default=start)


def _scope_start(source: Token, start: int) -> int:
    """Return where the statement that a source closes starts: at a last clause about the ones before it.

    `The men fled, and the town fell, according to X` is all X's; in `They fight only if attacked, and this is
    their right, according to X`, what comes before is what X judges.
    """
    clause = source.head
    subject = subject_of(clause) if clause.dep_ == "conj" else None
    return start if subject is None or subject.lower_ not in _ABOUT_BEFORE else clause.left_edge.i


def _continues_after(layout: Layout, before: TokenRange, after: TokenRange) -> bool:
    """Return whether the statement, or a part of it, follows the source's phrase.

    After a comma it does unless it is complete already: what follows `X is bad, according to Y,` is about Y,
    but `The plan, according to Y, is bad` continues. After a dash it always does.
    """
    after_dash = layout.doc[after[0] - 1].text in DASHES
    words = words_among(layout.doc[slice(*after)])
    if not _is_statement(words):
        return after_dash and len(words) >= FEWEST_TOKENS
    return after_dash or not has_finite_verb(layout.doc[slice(*before)])


def _is_statement(words: list[Token]) -> bool:
    """Return whether words have a finite verb and start no relative clause."""
    return bool(words) and words[0].tag_ not in _RELATIVE_TAGS and has_finite_verb(words)


def _comma_after(layout: Layout, start: int, end: int) -> int:
    """Return the token after the comma or dash that ends the source's phrase, `start` if none does."""
    for index in range(start, end):
        if layout.doc[index].text == "," or layout.doc[index].text in DASHES:
            return index + 1
        if layout.doc[index].tag_ in FINITE_TAGS:
            break
    return start
