"""Indirect speech: the clause or phrase that a cue reports, without the cue and its conjunction."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extract.annotate.indirect_borders import CIRCUMSTANCES, clause_tokens, phrase_tokens, trim
from extract.annotate.quotes_layout import Layout, Tokens
from extract.annotate.speakers_cues import AUTHOR, CueUse, can_speak
from extract.lexicon.cues import Cues

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$", "WRB"})
_DASHES = frozenset({"-", "—", "–", "--"})
_NOT_REPORTED = frozenset({"not", "n't", "n’t", "never"})
_SURE = 0.8  # below this reliability a verb needs a subject that can speak
_FEWEST_TOKENS = 3  # of a piece of a clause that the cue cuts in two


@dataclass(frozen=True, slots=True)
class ReportedClause:
    """What a cue reports; one that the cue cuts in two gives two of them."""

    tokens: Tokens
    use: CueUse
    rule: str


def find_reported_clauses(
    layout: Layout, uses: list[CueUse], cues: Cues, taken: Collection[int] = ()
) -> Iterator[ReportedClause]:
    """Find the reported clause of every cue that has a speaker, in order of the cues.

    Args:
        layout: The Doc with its marked regions.
        uses: Its cues.
        cues: The words that introduce speech.
        taken: Tokens of the cues that belong to a whole quotation and report nothing besides.
    """
    speech = {use.token.i for use in uses if use.kind == "speech"}
    for use in uses:
        if use.speaker is None or use.head is None or use.head.lower_ in AUTHOR or use.token.i in taken:
            continue
        if use.kind == "preposition":
            yield from _by_source(layout, use, use.speaker, speech)
        elif use.reliability < _SURE and not can_speak(use.head, cues.descriptions):
            continue
        elif use.kind in ("speech", "thought") and not _is_unreal(use, cues):
            yield from _by_verb(layout, use, cues)
        elif use.lemma in cues.infinitives:
            yield from _by_infinitive(layout, use, cues)


def _is_unreal(use: CueUse, cues: Cues) -> bool:
    """Tell whether the cue says that nothing was said: `did not say that ...`, `if he says ...`."""
    verb = use.token
    negated = any(child.lower_ in _NOT_REPORTED for child in verb.lefts)
    conditional = any(
        child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in verb.lefts
    )
    return conditional or (negated and use.lemma not in cues.negatable)


def _by_verb(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    clause = _clause(use.token)
    if use.closing and (clause is None or clause.i < use.token.i):
        yield from _before(layout, use)
        return
    if clause is not None:
        yield from _pieces(layout, use, clause_tokens(clause, use.token, cues), "clause")
        return
    if _is_parenthesis(layout, use):
        yield from _pieces(layout, use, _around(use.token), "clause")
        return
    topic = _topic(use.token, _topic_frame(use, cues))
    if topic is not None:
        yield from _pieces(layout, use, phrase_tokens(topic, use.token), "topic")
    elif use.lemma in cues.infinitives or use.lemma in cues.gerunds:
        yield from _by_infinitive(layout, use, cues)


def _is_parenthesis(layout: Layout, use: CueUse) -> bool:
    """Tell whether cue and speaker cut what they report in two: `The road, he says, is closed`."""
    if use.speaker is None or use.kind != "speech" or use.token.dep_ != "parataxis":
        return False
    first, last = min(use.tokens[0], use.speaker[0]), max(use.tokens[1], use.speaker[1])
    if not 0 < first < last < len(layout.doc):
        return False
    return all(layout.doc[i].text == "," or layout.doc[i].text in _DASHES for i in (first - 1, last))


def _around(verb: Token) -> Tokens:
    """Return the range of the clause round a parenthesis, without those that a conjunction adds after it."""
    clause = verb.head.head if verb.head.dep_ in ("aux", "auxpass") else verb.head
    end = clause.right_edge.i + 1
    for child in clause.rights:
        subject = any(inner.dep_ in ("nsubj", "nsubjpass", "expl") for inner in child.lefts)
        if child.dep_ == "conj" and child.i > verb.i and subject:
            end = min(end, child.left_edge.i)
    return clause.left_edge.i, end


def _before(layout: Layout, use: CueUse) -> Iterator[ReportedClause]:
    """`..., two officials said.`: all of the sentence before the speaker."""
    if use.speaker is not None:
        before = layout.sentence(use.token.i)[0], min(use.speaker[0], use.token.i)
        tokens = trim(layout, (_after_semicolon(layout, before), before[1]))
        if tokens is not None:
            yield ReportedClause(tokens, use, "clause")


def _by_infinitive(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    tags = {tag for tag, verbs in (("VB", cues.infinitives), ("VBG", cues.gerunds)) if use.lemma in verbs}
    clause = next((child for child in use.token.rights if child.dep_ == "xcomp" and child.tag_ in tags), None)
    if clause is None:
        return
    start, end = clause_tokens(clause, use.token, cues)
    asked = next((noun for noun in _asked(use) if noun.i < start), None)
    start = start if asked is None else asked.left_edge.i
    yield from _pieces(layout, use, (start, end), "infinitive")


def _asked(use: CueUse) -> Iterator[Token]:
    """Yield whom a cue asks: its object, also that of its particle (`called on the council to ...`)."""
    for child in use.token.rights:
        if child.dep_ == "dobj":
            yield child
        elif child.dep_ == "prep" and child.i < use.tokens[1]:
            yield from (noun for noun in child.rights if noun.dep_ == "pobj")


def _clause(verb: Token) -> Token | None:
    """Return the head of the clause that the verb reports."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
            if child.i < verb.i and any(token.text == ";" for token in verb.doc[child.i : verb.i]):
                continue  # a sentence of its own
            marks = [mark.lower_ for mark in child.lefts if mark.dep_ == "mark"]
            return None if any(mark in CIRCUMSTANCES for mark in marks) else child
    return None


def _topic_frame(use: CueUse, cues: Cues) -> frozenset[str]:
    """Return the prepositions before a phrase that the cue may report; a particle makes another cue."""
    words = use.token.doc[use.token.i + 1 : use.tokens[1]]
    phrasal = " ".join([use.lemma, *(word.lower_ for word in words)])
    return cues.topics.get(phrasal, cues.topics.get(use.lemma, frozenset()))


def _topic(verb: Token, prepositions: frozenset[str]) -> Token | None:
    for child in verb.rights:
        if child.dep_ == "dobj" and "" in prepositions and child.pos_ in ("NOUN", "PROPN"):
            return child
        if child.dep_ == "prep" and child.lower_ in prepositions:
            return next((obj for obj in child.rights if obj.dep_ in ("pobj", "pcomp")), None)
    return None


def _pieces(layout: Layout, use: CueUse, tokens: Tokens, rule: str) -> Iterator[ReportedClause]:
    """Yield a clause without the cue and the speaker: what stands before them and what stands after them."""
    speaker = use.speaker or use.tokens
    cut_start, cut_end = min(use.tokens[0], speaker[0]), max(use.tokens[1], speaker[1])
    if tokens[0] >= use.tokens[1]:
        cut_start, cut_end = use.tokens  # the clause follows; a speaker named in it is part of it
    before, after = (tokens[0], min(tokens[1], cut_start)), (max(tokens[0], cut_end), tokens[1])
    both = before[1] - before[0] >= _FEWEST_TOKENS and after[1] - after[0] >= _FEWEST_TOKENS
    if both:
        before = (_after_semicolon(layout, before), before[1])
    longest = max(before, after, key=lambda piece: piece[1] - piece[0])
    for piece in (before, after) if both else (longest,):
        trimmed = trim(layout, piece)
        if trimmed is not None:
            yield ReportedClause(trimmed, use, rule)


def _after_semicolon(layout: Layout, tokens: Tokens) -> int:
    """Return where the last statement of several starts: `It will rain; the road, he says, is closed`."""
    marks = (
        i for i in range(tokens[1] - 1, tokens[0], -1) if layout.doc[i].text == ";" and layout.is_bare(i)
    )
    return next(marks, tokens[0] - 1) + 1


def _by_source(
    layout: Layout, use: CueUse, speaker: Tokens, speech: Collection[int]
) -> Iterator[ReportedClause]:
    """`According to X, ...` and `..., according to X`: the rest of the clause or sentence."""
    start, end = layout.sentence(use.token.i)
    clause = _clause_after_source(use, speaker[1])
    if clause is not None:
        yield from _pieces(layout, use, (clause.left_edge.i, clause.right_edge.i + 1), "source")
        return
    own = range(speaker[0], speaker[1] if use.head is None else use.head.right_edge.i + 1)
    if any(index in speech and index not in own for index in range(start, end)):
        return
    before = (_scope_start(use.token, start), use.token.i)
    after = (_comma_after(layout, _phrase_end(use, speaker[1]), end), end)
    for piece in (before, after) if _goes_on(layout, before, after) else (before,):
        trimmed = trim(layout, piece) if piece[1] - piece[0] >= _FEWEST_TOKENS else None
        if trimmed is not None:
            yield ReportedClause(trimmed, use, "source")


def _clause_after_source(use: CueUse, start: int) -> Token | None:
    """Return the clause in `the problem is, according to X, that ...`."""
    doc = use.token.doc
    if start + 1 >= len(doc) or not (doc[start].text == "," or doc[start].text in _DASHES):
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
    """Tell whether the statement follows the source's phrase, or goes on after it.

    What stands after `X is bad, according to Y,` is about Y; what stands after a dash, or after a piece
    without a verb (`The plan, according to Y, is bad`), is not.
    """
    doc = layout.doc
    words = [token for token in doc[after[0] : after[1]] if not token.is_punct and not token.is_space]
    if not words or words[0].tag_ in _RELATIVE_TAGS or not any(word.tag_ in _FINITE for word in words):
        return doc[after[0] - 1].text in _DASHES and len(words) >= _FEWEST_TOKENS
    complete = any(token.tag_ in _FINITE for token in doc[before[0] : before[1]])
    return not complete or doc[after[0] - 1].text in _DASHES


def _comma_after(layout: Layout, start: int, end: int) -> int:
    """Return the token after the comma or dash that ends the source's phrase, `start` if there is none."""
    for index in range(start, end):
        if layout.doc[index].text == "," or layout.doc[index].text in _DASHES:
            return index + 1
        if layout.doc[index].tag_ in _FINITE:
            break
    return start
