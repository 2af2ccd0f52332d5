"""What verbs report by their frames: `condemned the raid`, `vowed to stay`, `was accused of fraud`."""

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse, is_quoting
from extract.quotes.cues import Cues, Frames
from extract.quotes.indirect.clauses import ReportedClause, around_cue
from extract.quotes.indirect.frames import (
    Complement,
    find_complements,
    find_passive_subject,
    first_in_frames,
    is_embedded,
)
from extract.quotes.indirect.nouns import find_after_noun, is_result
from extract.quotes.layout import Layout
from extract.quotes.phrases import singular
from extract.quotes.speaker_heads import can_speak, speaker_phrase
from extract.quotes.syntax import find_speaker, first_with_dep, is_attributive, verb_range


def find_frame_uses(layout: Layout, cues: Cues, known: Collection[int]) -> Iterator[CueUse]:
    """Yield the uses of verbs that are cues only by their frames (`refused to ...`), in order.

    Args:
        layout: The Doc.
        cues: The words that introduce speech.
        known: Indexes of the tokens that are cues already.
    """
    lemmas = {verb.partition(" ")[0] for verb in cues.frames}
    for index, lemma in enumerate(layout.lemmas):
        if lemma not in lemmas or index in known or not layout.is_unquoted(index):
            continue
        token = layout.doc[index]
        if token.pos_ != "VERB" or is_attributive(token):
            continue
        head = find_speaker(token, cues)
        yield CueUse(
            token=token,
            lemma=token.lemma_,
            kind="complement",
            tokens=verb_range(token, cues.particles.get(token.lemma_, frozenset())),
            reliability=0.0,
            speaker=speaker_phrase(layout, head, token, cues),
            head=head,
        )


def find_by_frame(layout: Layout, use: CueUse, cues: Cues) -> Iterator[ReportedClause]:
    """Yield what a verb reports by its frames: its longest such complement, and the subject of a passive."""
    frames = _frames(use, cues)
    if not frames or not _has_source(use) or _is_hypothetical(use.token, cues):
        return
    found = first_in_frames(find_complements(use.token, cues), frames)
    if found is not None and _is_reported(found, use, cues):
        yield from around_cue(layout, use, found.tokens, found.frame, frames[found.frame], cues=cues)
    subject = find_passive_subject(use.token) if "passive" in frames else None
    if subject is not None:
        yield from around_cue(layout, use, subject, "passive", frames["passive"], cues=cues)


def _frames(use: CueUse, cues: Cues) -> Frames:
    """Return the frames of the cue; a particle makes it another verb (`rule out`)."""
    if is_quoting(use, cues):
        return {}
    words = use.token.doc[use.token.i + 1 : use.tokens[1]]
    phrasal = " ".join([use.lemma, *(word.lower_ for word in words)])
    return cues.frames.get(phrasal, cues.frames.get(use.lemma, {}))


def _has_source(use: CueUse) -> bool:
    """Return whether the cue has a speaker; that of a passive is its agent."""
    return use.speaker is not None and use.head is not None


def _is_hypothetical(verb: Token, cues: Cues) -> bool:
    """Return whether the speech is only possible, or itself part of a report."""
    words = cues.grammar.unreal
    modals = words.modals | words.futures
    return is_embedded(verb, cues) or any(child.lower_ in modals for child in verb.lefts)


def _is_reported(complement: Complement, use: CueUse, cues: Cues) -> bool:
    """Return whether a complement is reported speech, given the speaker and the object of its verb."""
    if complement.frame == "object" and _has_cue_noun(use.token, cues):
        return False
    if use.lemma in cues.topical and (not _is_topic(use.token, cues) or is_result(use.token, cues)):
        return False
    if use.lemma in cues.evidence and not has_words(use.head, cues):
        return False
    return complement.frame not in cues.personal or may_speak(use.head, cues)


def _has_cue_noun(verb: Token, cues: Cues) -> bool:
    """Return whether the object is a cue itself, which reports what follows: `expressed fears that ...`."""
    if verb.lemma_ not in cues.light:
        return False
    noun = first_with_dep(verb.rights, "dobj")
    if noun is None:
        return False
    return first_in_frames(find_after_noun(noun), cues.nouns.get(noun.lemma_, {})) is not None


def _is_topic(verb: Token, cues: Cues) -> bool:
    """Return whether the object of a verb is something to speak of: `raised the |case of the drivers`."""
    noun = first_with_dep(verb.rights, "dobj")
    return noun is not None and noun.lemma_.lower() in cues.topics


def has_words(head: Token | None, cues: Cues) -> bool:
    """Return whether a subject says what its verb tells: a person, a group or a document, but no evidence."""
    if head is None or not can_speak(head, cues.descriptions):
        known = cues.descriptions.people
        return head is not None and singular(head.lower_, known) in known
    return head.pos_ != "NOUN" or singular(head.lower_, cues.mute) not in cues.mute


def may_speak(head: Token | None, cues: Cues) -> bool:
    """Return whether a noun can be a speaker: any person, or a plural that is in no list (`brokers`)."""
    if head is None:
        return False
    people = cues.descriptions.people
    known = head.tag_ == "NNS" or singular(head.lower_, people) in people
    return known or can_speak(head, cues.descriptions)
