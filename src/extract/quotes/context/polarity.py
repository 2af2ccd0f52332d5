"""Whether an attribution is negated: by its cue (`denied`) or by what stands before it (`did not say`)."""

from spacy.tokens import Token

from extract.model import Polarity, QuoteType
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.words import PolarityWords


def polarity_of(
    cue: CueReading, quoted: QuoteType, negations: frozenset[str], words: PolarityWords
) -> Polarity:
    """Return the polarity of an attribution; two negatives make it affirmed.

    Args:
        cue: The cue, with the frame of the quote.
        quoted: How the words are quoted.
        negations: `not` and its like.
        words: Words that deny.
    """
    is_negated = _denies(cue, quoted, words) != _is_negated(cue, negations, words)
    return "negated" if is_negated else "affirmed"


def _denies(cue: CueReading, quoted: QuoteType, words: PolarityWords) -> bool:
    """Return whether the cue carries a negation; words in marks after `rejected` are the speaker's own."""
    name = cue.name if (cue.kind, cue.name) in words.denying else cue.lemma
    if (cue.kind, name) not in words.denying:
        return _is_claim_denied(cue.token, words)
    is_own = name in words.claims and quoted in ("mixed", "direct")
    return not is_own and cue.frame not in words.judging


def _is_claim_denied(cue: Token, words: PolarityWords) -> bool:
    """Return whether a noun is the claim that somebody denies: `dismissed the |claim that ...`."""
    denied = ("verb", cue.head.lemma_) in words.denying
    return cue.pos_ == "NOUN" and cue.dep_ == "dobj" and denied


def _is_negated(cue: CueReading, negations: frozenset[str], words: PolarityWords) -> bool:
    """Return whether a negation stands before the cue, or a verb of refusing governs it."""
    token = cue.token if cue.kind == "verb" else cue.token.head
    if any(child.lower_ in negations for child in token.children if child.i < cue.token.i):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_ in words.refusing
