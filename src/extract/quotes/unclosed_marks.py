"""Quotations without a closing mark: they end before the cue that closes a sentence (`..., he says.`)."""

from dataclasses import replace

from spacy.tokens import Doc, Token

from extract.quotes.cues import Cues
from extract.quotes.marks import MarkedRegion

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ENDS_SPEECH = frozenset(",?!…")
_CLOSING_WORDS = 8  # words after speaker and cue: `she told the radio in a statement on Monday`
_FARTHEST = 20  # tokens searched after speaker and cue
_SHORTEST = 5  # fewest characters of a quotation


def close_before_cues(
    doc: Doc, text: str, regions: tuple[MarkedRegion, ...], cues: Cues
) -> tuple[MarkedRegion, ...]:
    """End each unclosed region before the first cue that closes one of its sentences.

    Args:
        doc: With sentences and parse.
        text: Its text.
        regions: The quoted regions of the text.
        cues: For the verbs of speech.

    Returns:
        The regions; unchanged if the next paragraph continues them or if they have no such cue.
    """
    following = (*regions[1:], None)
    return tuple(
        region if region.closed or _continues(text, region, later) else _close(doc, region, cues)
        for region, later in zip(regions, following, strict=False)
    )


def _continues(text: str, region: MarkedRegion, later: MarkedRegion | None) -> bool:
    """Return whether the next paragraph continues an unclosed quotation."""
    if later is None or later.group != region.group:
        return False
    return "\n" in text[region.end : later.start]


def _close(doc: Doc, region: MarkedRegion, cues: Cues) -> MarkedRegion:
    inside = doc.char_span(region.start, region.end, alignment_mode="expand")
    for verb in () if inside is None else inside:
        if verb.lemma_.lower() not in cues.speech or verb.tag_ not in _FINITE:
            continue
        start = _closing_cue_start(verb, cues)
        if start is None or doc[start - 1].idx <= region.start + _SHORTEST:
            continue
        end = doc[start - 1].idx + len(doc[start - 1])
        return replace(region, end=end, outer_end=end, closed=True)
    return region


def _closing_cue_start(verb: Token, cues: Cues) -> int | None:
    """Return the first token of a final `he says` or `says the mayor`, None for other uses of the verb."""
    speaker = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if speaker is None or speaker.lower_ in cues.grammar.subjects.inside_marks:
        return None
    start, end = min(speaker.left_edge.i, verb.i), max(speaker.i, verb.i) + 1
    if _is_parenthetical(speaker, end) or verb.doc[start - 1].text not in _ENDS_SPEECH:
        return None
    return start if _ends_sentence(verb, end) else None


def _is_parenthetical(speaker: Token, end: int) -> bool:
    """Return whether speaker and cue interrupt a sentence, as in `"We were, she says, too late.`.

    Not if a description of the speaker follows: `"We were late, said Karl Brandt, the mayor.`.
    """
    doc = speaker.doc
    return end < len(doc) and doc[end].text == "," and all(child.dep_ != "appos" for child in speaker.rights)


def _ends_sentence(verb: Token, end: int) -> bool:
    """Return whether at most a few words, none of them a verb, follow speaker and cue in the sentence."""
    following = verb.doc[end : min(verb.sent.end, end + _FARTHEST)]
    rest = [token for token in following if not token.is_punct and not token.is_space]
    return len(rest) <= _CLOSING_WORDS and not any(token.pos_ in ("VERB", "AUX", "SCONJ") for token in rest)
