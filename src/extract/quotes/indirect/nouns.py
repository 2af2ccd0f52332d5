"""Nouns and adjectives that report: `the claim that ...`, `his promise to ...`, `is confident that ...`."""

from collections.abc import Iterator

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse, speaker_phrase
from extract.quotes.cues import Cues
from extract.quotes.indirect.frames import Complement, clause_frame, is_embedded, is_infinitive
from extract.quotes.layout import Layout
from extract.quotes.syntax import find_speaker

_PREDICATIVE = frozenset({"acomp", "oprd", "conj", "advcl"})


def find_noun_uses(layout: Layout, cues: Cues) -> Iterator[tuple[CueUse, Complement]]:
    """Yield each cue noun that has a source, with what it reports; a `that` clause also without one.

    The source is its owner (`the ministry's claim`), the phrase after `by` or `from`, or the subject of the
    verb whose object it is (`the ministry made the claim that ...`).
    """
    nouns = {layout.doc.vocab.strings[noun]: frames for noun, frames in cues.nouns.items()}
    for token in layout.doc:
        frames = nouns.get(token.lemma)
        if frames is None or token.pos_ != "NOUN" or not layout.is_bare(token.i) or is_embedded(token, cues):
            continue
        found = next((c for c in find_after_noun(token) if c.frame in frames), None)
        head = None if found is None else _source(token, cues)
        if found is not None and (head is not None or found.frame == "that"):
            yield _use(layout, token, head, frames[found.frame]), found


def find_adjective_uses(layout: Layout, cues: Cues) -> Iterator[tuple[CueUse, Complement]]:
    """Yield each cue adjective that is said of somebody, with what it reports."""
    adjectives = {layout.doc.vocab.strings[word]: frames for word, frames in cues.adjectives.items()}
    for token in layout.doc:
        frames = adjectives.get(token.lemma)
        if frames is None or token.dep_ not in _PREDICATIVE or not layout.is_bare(token.i):
            continue
        if is_embedded(token, cues):
            continue
        found = next((c for c in _after_adjective(token) if c.frame in frames), None)
        head = None if found is None else find_speaker(token.head)
        if found is not None and head is not None and token.pos_ in ("ADJ", "VERB"):
            yield _use(layout, token, head, frames[found.frame]), found


def _use(layout: Layout, token: Token, head: Token | None, reliability: float) -> CueUse:
    return CueUse(
        token=token,
        lemma=token.lemma_.lower(),
        kind="complement",
        tokens=(token.i, token.i + 1),
        reliability=reliability,
        speaker=speaker_phrase(layout, head, token),
        head=head,
    )


def _source(noun: Token, cues: Cues) -> Token | None:
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((obj for obj in child.rights if obj.dep_ == "pobj"), None)
    if (
        noun.tag_ == "NNS" and noun.dep_ == "ROOT"
    ):  # a verb that the parser takes for a noun: `The bloc plans to ...`
        return next((child for child in noun.lefts if child.dep_ == "compound"), None)
    light = noun.dep_ == "dobj" and noun.head.lemma_ in cues.light
    return find_speaker(noun.head) if light else None


def find_after_noun(noun: Token) -> Iterator[Complement]:
    """Yield what follows a noun and may be what it reports."""
    for child in noun.rights:
        tokens = child.left_edge.i, child.right_edge.i + 1
        if child.dep_ in ("acl", "ccomp", "relcl") and _is_that_clause(child):
            yield Complement("that", tokens)
        elif child.dep_ == "acl" and child.tag_ == "VB" and is_infinitive(child):
            yield Complement("infinitive", tokens)
        elif child.dep_ == "prep":
            yield from _objects(child)
    yield from _after_copula(noun)


def _after_copula(noun: Token) -> Iterator[Complement]:
    """Yield the clause of `his view is that ...`."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        for child in noun.head.rights:
            if child.dep_ == "ccomp" and clause_frame(child) == "that":
                yield Complement("that", (child.left_edge.i, child.right_edge.i + 1))


def _after_adjective(adjective: Token) -> Iterator[Complement]:
    for child in adjective.rights:
        if child.dep_ in ("ccomp", "xcomp", "advcl"):
            frame = "infinitive" if is_infinitive(child) else "that"
            if frame == "infinitive" or child.dep_ == "ccomp":
                yield Complement(frame, (child.left_edge.i, child.right_edge.i + 1))
        elif child.dep_ == "prep":
            yield from _objects(child)


def _objects(preposition: Token) -> Iterator[Complement]:
    for child in preposition.rights:
        if child.dep_ in ("pobj", "pcomp"):
            yield Complement(preposition.lower_, (child.left_edge.i, preposition.right_edge.i + 1))


def _is_that_clause(clause: Token) -> bool:
    """Tell a clause that says what the noun is (`the claim that ...`) from `claims that he made`."""
    first = clause.left_edge
    return first.lower_ == "that" and first.dep_ == "mark"
