"""What both kinds of turns share: how spoken text is recognised and how paragraphs become quotes."""

import re
from collections.abc import Iterator, Sequence

from extract.model import Quote, TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.marks import MARKED, skip_space

OPENING_MARKS = '"“„«‘'
_MAX_GAP = 2  # consecutive paragraphs of the last turn that neither ask nor say `I` or `you`

Span = tuple[int, int]


def share_matching(texts: Sequence[str], pattern: re.Pattern[str]) -> float:
    """Return the share of texts in which a pattern is found."""
    return sum(pattern.search(words) is not None for words in texts) / len(texts)


def while_conversing(text: str, paragraphs: Sequence[Span], cues: Cues) -> Sequence[Span]:
    """Return the first paragraphs, up to the last one that asks or says `I` or `you` before a longer gap."""
    kept = 0
    for number, (start, end) in enumerate(paragraphs, start=1):
        if cues.conversations.conversing.search(MARKED.sub("", text[start:end])):
            kept = number
        elif number - kept > _MAX_GAP:
            break
    return paragraphs[:kept]


def paragraph_quotes(
    text: str,
    spans: Sequence[Span],
    speaker: TextSpan | None,
    confidence: float,
    descriptions: Descriptions,
) -> Iterator[Quote]:
    """Yield a quote for each paragraph of one turn; `group` is the offset of the first for now."""
    for first, last in spans:
        start, end = skip_space(text, first, last), first + len(text[first:last].rstrip())
        yield Quote(
            start=start,
            end=end,
            text=text[start:end],
            type="direct",
            rule="turn",
            confidence=confidence,
            group=spans[0][0],
            speaker=speaker,
            speaker_kind=None if speaker is None else descriptions.kind(speaker.text),
        )
