"""The type of an attribution: what its cue, in its sense here, says that the speaker did."""

from extract.model import Act
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.words import ActWords
from extract.quotes.syntax import first_with_dep


def act_of(cue: CueReading, head: str, words: ActWords) -> Act:
    """Return the act of a cue.

    Args:
        cue: The cue, with the frame of the quote.
        head: The noun at the head of what follows, in the singular; empty for clauses.
        words: What acts cues are.
    """
    act = _listed(cue, words)
    is_uttered = act == "belief" and cue.kind == "noun" and cue.token.head.lemma_ in words.voicing
    is_proposition = act == "topic" and head in words.propositions
    return "statement" if is_uttered or is_proposition else act


def _listed(cue: CueReading, words: ActWords) -> Act:
    """Return the act of a cue in its frame, else in any; of a verb with a particle before the verb alone."""
    voiced = _voiced(cue, words)
    if voiced == "demand":
        return voiced
    for name in (cue.name, cue.lemma):
        for frame in (cue.frame, "any"):
            act = words.by_cue.get((cue.kind, name, frame))
            if act is not None:
                return act
    return "statement"


def _voiced(cue: CueReading, words: ActWords) -> Act | None:
    """Return the act of the noun that a verb utters: `repeated his |call to stop`."""
    noun = first_with_dep(cue.token.rights, "dobj") if cue.kind == "verb" else None
    if noun is None or cue.lemma not in words.voicing:
        return None
    frames = (words.by_cue.get(("noun", noun.lemma_, frame)) for frame in ("infinitive", "any"))
    return next(filter(None, frames), None)
