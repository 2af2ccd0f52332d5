"""What verbs report by their frames: `condemned the raid`, `vowed to stay`, `was accused of fraud`."""

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse, can_speak, speaker_phrase
from extract.quotes.cues import Cues, Frames
from extract.quotes.indirect.clauses import ReportedClause, pieces
from extract.quotes.indirect.frames import find_complements, find_passive_subject, is_embedded, is_passive
from extract.quotes.indirect.nouns import find_after_noun
from extract.quotes.layout import Layout
from extract.quotes.phrases import singular
from extract.quotes.syntax import find_speaker, verb_tokens

# A verb after one of these tells what may be, not what somebody said.
_MODALS = frozenset({"can", "ca", "could", "may", "might", "must", "should"})
_OF_PERSONS = frozenset({"object", "for", "on", "to", "of"})  # what things have too: `the tent offers shade`
_ATTRIBUTIVE = frozenset({"amod", "compound"})


def find_frame_uses(layout: Layout, cues: Cues, known: Collection[int]) -> Iterator[CueUse]:
    """Yield the uses of verbs that are cues by their frames alone (`refused to ...`), in order.

    Args:
        layout: The Doc.
        cues: The words that introduce speech.
        known: Tokens that are cues already.
    """
    lemmas = {layout.doc.vocab.strings[verb.split()[0]] for verb in cues.frames}
    for token in layout.doc:
        if token.lemma not in lemmas or token.pos_ != "VERB" or token.i in known:
            continue
        if token.dep_ in _ATTRIBUTIVE or not layout.is_bare(token.i):
            continue
        head = find_speaker(token)
        yield CueUse(
            token=token,
            lemma=token.lemma_,
            kind="complement",
            tokens=verb_tokens(token, cues.particles.get(token.lemma_, frozenset())),
            reliability=0.0,
            speaker=speaker_phrase(layout, head, token),
            head=head,
        )


def find_by_frame(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    """Yield what a verb reports by its frames; the longest complement that it takes counts."""
    frames = _frames(use, cues)
    if not frames or _is_hypothetical(use.token, cues):
        return
    passive = is_passive(use.token)
    if not passive and (use.speaker is None or use.head is None):
        return
    found = next((c for c in find_complements(use.token, cues) if c.frame in frames), None)
    if found is not None and found.frame == "object" and _is_reporting_noun(use.token, cues):
        return
    if found is not None and (found.frame not in _OF_PERSONS or may_speak(use.head, cues)):
        yield from pieces(layout, use, found.tokens, found.frame, frames[found.frame])
    subject = find_passive_subject(use.token) if passive and "passive" in frames else None
    if subject is not None:
        yield from pieces(layout, use, subject, "passive", frames["passive"])


def _is_reporting_noun(verb: Token, cues: Cues) -> bool:
    """Return whether the object is a cue itself, and what follows it counts: `expressed fears that ...`."""
    if verb.lemma_ not in cues.light:
        return False
    noun = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    return noun is not None and any(c.frame in cues.nouns.get(noun.lemma_, {}) for c in find_after_noun(noun))


def may_speak(head: Token | None, cues: Cues) -> bool:
    """Return whether a noun can be a speaker: any person, or a plural that no list holds (`brokers`)."""
    if head is None:
        return False
    people = cues.descriptions.people
    known = head.tag_ == "NNS" or singular(head.lower_, people) in people
    return known or can_speak(head, cues.descriptions)


def _frames(use: CueUse, cues: Cues) -> Frames:
    """Return the frames of the cue; a particle makes another verb (`rule out`)."""
    words = use.token.doc[use.token.i + 1 : use.tokens[1]]
    phrasal = " ".join([use.lemma, *(word.lower_ for word in words)])
    return cues.frames.get(phrasal, cues.frames.get(use.lemma, {}))


def _is_hypothetical(verb: Token, cues: Cues) -> bool:
    """Return whether somebody only might say it, or is reported to have said it."""
    return is_embedded(verb, cues) or any(child.lower_ in _MODALS for child in verb.lefts)
