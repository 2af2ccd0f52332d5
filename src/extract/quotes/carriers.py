"""Those who only pass words on: `Brandt said the road was closed, the news agency reported`."""

from collections.abc import Sequence

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.layout import Layout, TokenRange

_OUTLET = "outlet"  # the method of mentions of news outlets
_SPEAKING = frozenset({"speech", "thought", "stance"})
_EMBEDDED = frozenset({"relcl", "acl", "advcl"})


def find_carriers(layout: Layout, uses: Sequence[CueUse], cues: Cues) -> list[CueUse]:
    """Find the last cues of sentences whose speaker passes on what another cue before it reports."""
    return [use for use in uses if _is_carrier(layout, use, cues) and _reports_report(layout, use, uses)]


def carried_by(use: CueUse) -> TokenRange:
    """Return the range of a carrier's cue and speaker."""
    speaker = use.speaker or use.tokens
    return min(use.tokens[0], speaker[0]), max(use.tokens[1], speaker[1])


def _is_carrier(layout: Layout, use: CueUse, cues: Cues) -> bool:
    """Return whether a cue's speaker is an agency, a paper or a station."""
    if use.head is None or use.speaker is None or use.kind not in ("speech", "preposition"):
        return False
    nouns = (use.head, *(child for child in use.head.lefts if child.dep_ == "compound"))
    if any(noun.lower_ in cues.descriptions.carriers for noun in nouns):
        return True
    start, end = layout.offsets[use.head.i], layout.offsets[use.head.i] + len(use.head)
    outlets = (mention for mention in layout.doc._.mentions if mention.method == _OUTLET)
    named = any(mention.start < end and start < mention.end for mention in outlets)
    return named or (use.lemma == "report" and _is_unknown_name(use.head))


def _is_unknown_name(head: Token) -> bool:
    return head.pos_ == "PROPN" and head.ent_type_ not in ("PERSON", "GPE", "NORP")


def _reports_report(layout: Layout, use: CueUse, uses: Sequence[CueUse]) -> bool:
    """Return whether the cue ends its sentence and another one before it has a speaker of its own."""
    first, last = layout.sentence(use.token.i)
    start, end = carried_by(use)
    if any(token.pos_ in ("VERB", "AUX") for token in layout.doc[end:last]):
        return False
    return any(
        other.kind in _SPEAKING and other.speaker is not None and other.head is not use.head
        for other in uses
        if first <= other.token.i < start and other.token.dep_ not in _EMBEDDED
    )
