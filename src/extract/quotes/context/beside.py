"""The words around a quote that are not quoted: the cue's sentence without what is said in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.model import Quote
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.people import span_at


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a quote.

    Attributes:
        cue: The cue; None if no word introduces the quote.
        speaker: Indexes of the speaker's tokens.
        tokens: The unquoted words of the cue's sentence; of the speaker's if there is no cue. Quotes in whose
            words the cue stands itself count as unquoted.
    """

    cue: CueReading | None
    speaker: range
    tokens: tuple[Token, ...]


def read_beside(doc: Doc, quote: Quote, cue: CueReading | None, quoted: Sequence[tuple[int, int]]) -> Beside:
    """Return what stands beside a quote.

    Args:
        doc: The Doc.
        quote: The quote.
        cue: Its cue.
        quoted: The spans of all quotes, in text order.
    """
    phrase = quote.speaker and span_at(doc, quote.speaker.start, quote.speaker.end)
    speaker = range(phrase.start, phrase.end) if phrase else range(0)
    anchor = cue.token if cue is not None else (phrase.root if phrase else None)
    if anchor is None:
        return Beside(cue, speaker, ())
    sentence = anchor.sent
    inside = [
        (start, end)
        for start, end in quoted
        if start < sentence.end_char and end > sentence.start_char and not start <= anchor.idx < end
    ]
    tokens = (one for one in sentence if not any(start <= one.idx < end for start, end in inside))
    return Beside(cue, speaker, tuple(tokens))
