"""What is known of a quote that decides how probable it is that its words and its speaker are right."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from extract.ids import is_description_id
from extract.model import Mention, Quote
from extract.probability import Features, Probability, step

_NEAR = 400  # characters before a quote in which other names are rivals
_PERSONAL = frozenset({"he", "she", "him", "her"})


def with_probabilities(
    quotes: Sequence[Quote], mentions: Sequence[Mention], words: Probability, speaker: Probability
) -> tuple[Quote, ...]:
    """Return the quotes with probabilities: `confidence` of the words, `speaker_confidence` of the speaker.

    Args:
        quotes: Quotes with their speakers, whose confidence is that of the rule.
        mentions: The article's linked mentions, in order.
        words: The fitted weights for words and border.
        speaker: The fitted weights for speakers. A quote without a speaker has no speaker_confidence.
    """
    return tuple(
        replace(
            quote,
            confidence=words.of(quote_features(quote)),
            speaker_confidence=speaker.of(speaker_features(quote, mentions)) if quote.speaker_name else None,
        )
        for quote in quotes
    )


def quote_features(quote: Quote) -> Features:
    """Return the features that tell whether the words are speech or thought with the right border.

    Args:
        quote: A quote whose confidence is that of the rule.
    """
    length = quote.text.count(" ") + 1
    return {
        "type": quote.type,
        "rule": quote.rule,
        "strength": f"{quote.rule} {quote.confidence:.1f}",
        "cue": (quote.cue.text.lower().split() or ["none"])[0] if quote.cue else "none",
        "words": f"{quote.type} {step(length, 2, 4, 8, 16, 32, 64)}",
        "speaker": f"{quote.type} {quote.speaker_kind or 'none'}",
        "piece": "own" if quote.duplicate_of is None else "repeated",
    }


def speaker_features(quote: Quote, mentions: Sequence[Mention]) -> Features:
    """Return the features that tell whether the speaker is right.

    Args:
        quote: A quote with a speaker, whose confidence is that of the rule.
        mentions: The article's linked mentions, in order.
    """
    how = f"{quote.speaker_method} {quote.speaker_kind}"
    form = quote.speaker.text.lower() if quote.speaker and quote.speaker_kind == "pronoun" else "phrase"
    return {
        "how": how,
        "form": "he or she" if form in _PERSONAL else form,
        "place": _place(quote),
        "rivals": f"{quote.speaker_method} {step(_rivals(quote, mentions), 0, 1, 2, 4)}",
        "distance": f"{quote.speaker_method} {_distance(quote, mentions)}",
        "length": step(len(quote.speaker.text.split()) if quote.speaker else 0, 0, 1, 3, 6),
    }


def _place(quote: Quote) -> str:
    """Return where the speaker's words stand."""
    if quote.speaker is None:
        return "nowhere"
    side = "before" if quote.speaker.start < quote.start else "after"
    gap = quote.start - quote.speaker.end if side == "before" else quote.speaker.start - quote.end
    return f"{side} {step(gap, 20, 80, 300)}"


def _rivals(quote: Quote, mentions: Sequence[Mention]) -> int:
    """Return how many others who might speak are named shortly before the quote."""
    end = bisect_left(mentions, quote.end, key=lambda one: one.start)
    start = bisect_left(mentions, quote.start - _NEAR, key=lambda one: one.start)
    near = {one.name_id for one in mentions[start:end] if one.label in {"PERSON", "ORG", "FACTION"}}
    return len(near - {quote.speaker_name_id, None})


def _distance(quote: Quote, mentions: Sequence[Mention]) -> str:
    """Return how far the speaker's words are from the last name of the speaker before them."""
    name_id = quote.speaker_name_id
    if quote.speaker is None or name_id is None or is_description_id(name_id):
        return "unknown"
    before = mentions[: bisect_left(mentions, quote.speaker.end, key=lambda one: one.start)]
    last = next((one for one in reversed(before) if one.name_id == name_id), None)
    return step(quote.speaker.end - last.start, 50, 200, 600, 1500) if last else "not before"
