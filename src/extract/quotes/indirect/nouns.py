"""Nouns and adjectives that report: `the claim that ...`, `his promise to ...`, `is confident that ...`."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues, Frames
from extract.quotes.indirect.frames import (
    Complement,
    clause_frame,
    first_in_frames,
    is_embedded,
    is_infinitive,
)
from extract.quotes.layout import Layout
from extract.quotes.speaker_heads import speaker_phrase
from extract.quotes.syntax import clause_after_that, find_speaker, first_with_dep, has_dep, subject_of

_PREDICATIVE = frozenset({"acomp", "oprd", "conj", "advcl"})


def find_noun_uses(layout: Layout, cues: Cues) -> Iterator[tuple[CueUse, Complement]]:
    """Yield each cue noun that has a source, with what it reports.

    The source is its owner (`the ministry's claim`), the phrase after `by` or `from`, or the subject of the
    verb whose object it is (`the ministry made the claim that ...`, `dismissed the claim that ...`).
    """
    for noun, frames in _unquoted_uses(layout, cues.nouns):
        if noun.pos_ != "NOUN" or is_embedded(noun, cues) or _is_deed(noun, cues):
            continue
        found = first_in_frames(find_after_noun(noun), frames)
        if found is None:
            continue
        head = _source(noun, cues)
        if found.frame != "that" and noun.lemma_ in cues.attitudes and not _is_voiced_by_owner(noun, cues):
            continue
        if head is not None and not (found.frame != "that" and _is_lacking(noun)):
            yield _use(layout, noun, head, frames[found.frame], cues), found


def find_adjective_uses(layout: Layout, cues: Cues) -> Iterator[tuple[CueUse, Complement]]:
    """Yield each predicative cue adjective that has a subject, with what it reports."""
    for adjective, frames in _unquoted_adjectives(layout, cues):
        is_predicate = adjective.dep_ in _PREDICATIVE or has_dep(adjective.lefts, "auxpass")
        if not is_predicate or is_embedded(adjective, cues):
            continue
        found = first_in_frames(_after_adjective(adjective), frames)
        if found is None or adjective.pos_ not in ("ADJ", "VERB"):
            continue
        is_passive = has_dep(adjective.lefts, "auxpass")
        head = subject_of(adjective) if is_passive else find_speaker(adjective.head, cues)
        if head is not None and not _is_expletive(head, adjective, cues):
            yield _use(layout, adjective, head, frames[found.frame], cues), found


def _is_expletive(head: Token, adjective: Token, cues: Cues) -> bool:
    """Return whether a subject stands for the clause: `it is certain that ...`."""
    return head.lower_ == "it" and adjective.lemma_ in cues.grammar.subjects.impersonal


def _unquoted_adjectives(layout: Layout, cues: Cues) -> Iterator[tuple[Token, Frames]]:
    """Yield each use of the adjectives, also those that a parse takes for a passive: `is convinced`."""
    yield from _unquoted_uses(layout, cues.adjectives)
    for token in layout.doc:
        is_participle = (
            token.tag_ == "VBN" and token.lemma_ != token.lower_ and has_dep(token.lefts, "auxpass")
        )
        if is_participle and token.lower_ in cues.adjectives and layout.is_unquoted(token.i):
            yield token, cues.adjectives[token.lower_]


def _unquoted_uses(layout: Layout, words: Mapping[str, Frames]) -> Iterator[tuple[Token, Frames]]:
    """Yield each use of the words outside quotation marks, with its frames."""
    for index, lemma in enumerate(layout.lemmas):
        if lemma in words and layout.is_unquoted(index):
            yield layout.doc[index], words[lemma]


def _use(layout: Layout, token: Token, head: Token | None, reliability: float, cues: Cues) -> CueUse:
    return CueUse(
        token=token,
        lemma=token.lemma_.lower(),
        kind="complement",
        tokens=(token.i, token.i + 1),
        reliability=reliability,
        speaker=speaker_phrase(layout, head, token, cues),
        head=head,
    )


def _is_lacking(noun: Token) -> bool:
    """Return whether there is nothing that the noun names: `has no position on ...`."""
    return any(child.lower_ == "no" for child in noun.lefts)


def _is_deed(noun: Token, cues: Cues) -> bool:
    """Return whether somebody does something with what the noun means: `cut its support for the group`."""
    is_object = noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in cues.deeds
    return is_object and has_dep(noun.lefts, "poss")


def _source(noun: Token, cues: Cues) -> Token | None:
    owner = first_with_dep(noun.lefts, "poss")
    if owner is not None:
        return owner
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in cues.grammar.phrases.sources:
            return first_with_dep(child.rights, "pobj")
    if noun.tag_ == "NNS" and noun.dep_ == "ROOT":  # a verb tagged as a noun: `The bloc plans to ...`
        return first_with_dep(noun.lefts, "compound")
    is_told = (_is_voiced(noun, cues) or _is_judged(noun, cues)) and not is_result(noun.head, cues)
    return find_speaker(noun.head, cues) if is_told else None


def is_result(verb: Token, cues: Cues) -> bool:
    """Return whether a participle tells the effect of an act: `shelled the town, raising doubts about it`."""
    bare = verb.tag_ == "VBG" and verb.dep_ == "advcl"
    return bare and verb.lemma_ in cues.topical and not cues.reliability(verb.head.lemma_)


def _is_judged(noun: Token, cues: Cues) -> bool:
    """Return whether somebody speaks of what a noun says: `dismissed the claim that ...`."""
    return noun.dep_ == "dobj" and "object" in cues.frames.get(noun.head.lemma_, {})


def _is_voiced_by_owner(noun: Token, cues: Cues) -> bool:
    """Return whether those with an attitude voice it: `voiced its support`, not `showed Iran's support`."""
    owner = first_with_dep(noun.lefts, "poss")
    return _is_voiced(noun, cues) and (owner is None or owner.pos_ == "PRON")


def _is_voiced(noun: Token, cues: Cues) -> bool:
    """Return whether a noun is the object of a verb that gives it its source: `expressed fears of ...`."""
    return noun.dep_ == "dobj" and noun.head.lemma_ in cues.light


def find_after_noun(noun: Token) -> Iterator[Complement]:
    """Yield the complements after a noun that may be what it reports."""
    for child in noun.rights:
        tokens = child.left_edge.i, child.right_edge.i + 1
        if child.dep_ in ("acl", "ccomp", "relcl") and _is_that_clause(child):
            yield Complement("that", tokens)
        elif child.dep_ == "acl" and child.tag_ == "VB" and is_infinitive(child):
            yield Complement("infinitive", tokens)
        elif child.dep_ == "prep":
            yield from _objects(child)
    yield from _after_copula(noun)


def _is_that_clause(clause: Token) -> bool:
    """Return whether a clause is the noun's content: `the claim that ...`, not `claims that he made`."""
    first = clause.left_edge
    return first.lower_ == "that" and first.dep_ == "mark"


def _after_copula(noun: Token) -> Iterator[Complement]:
    """Yield the clause of `his view is that ...`."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        for child in noun.head.rights:
            if child.dep_ == "ccomp" and clause_frame(child) == "that":
                yield Complement("that", (child.left_edge.i, child.right_edge.i + 1))


def _after_adjective(adjective: Token) -> Iterator[Complement]:
    """Yield the complements of an adjective, first a clause with `that` directly after it."""
    clause = clause_after_that(adjective.doc, adjective.i + 1)
    if clause is not None:
        yield Complement("that", (clause.left_edge.i, clause.right_edge.i + 1))
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
