"""Quotes that stand apart from the running text: embedded tweets and pull quotes."""

import re
from dataclasses import replace

from extract.model import Quote, SpeakerKind, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.direct.attribution import SIGNATURE
from extract.quotes.layout import Layout

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# The line that web pages leave below an embedded tweet: `— Name (@handle) July 29, 2021`.
_TWEET_LINE = re.compile(
    rf"[—–―-]{{1,2}} ?(?P<name>[^\n()]{{1,80}}?) ?\(@\w{{1,20}}\),? ?(?:(?:{_MONTHS})\.? \d{{1,2}}, \d{{4}})"
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My|us)\b|[@#]\w|https?://|t\.co/")
_MOST_TWEET_PARAGRAPHS = 4
_LONGEST_TWEET_PARAGRAPH = 600
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 4  # a shorter quotation repeats another one only word for word
_TWEET_CONFIDENCE = 0.95
_FILLS = 0.9
_SHORTEST_PROSE = 60  # characters of a paragraph of running text
_MARKS = "\"'“”‘’«„"
_CLOSED = (".", "?", "!", ".”", '."', ".’")


def find_tweets(layout: Layout) -> list[Quote]:
    """Find embedded tweets: the paragraphs before a tweet's signature, one quote each, in one group."""
    tweets: list[Quote] = []
    text = layout.text
    for number, (start, end) in enumerate(layout.paragraphs):
        match = _TWEET_LINE.search(text, start, end)
        if match is None:
            continue
        speaker = TextSpan(*match.span("name"), match["name"])
        spans = _tweet_spans(layout, number, start, match.start())
        tweets += [_tweet(text, span, speaker, group=spans[0][0]) for span in spans]
    return tweets


def _tweet_spans(layout: Layout, number: int, start: int, signature: int) -> list[tuple[int, int]]:
    """Return the tweet's paragraphs: the text before the signature, else the paragraphs above it."""
    text = layout.text
    if text[start:signature].strip():
        return [_strip(text, start, signature)]
    spans: list[tuple[int, int]] = []
    for above in range(number - 1, max(number - 1 - _MOST_TWEET_PARAGRAPHS, -1), -1):
        first, last = layout.paragraphs[above]
        paragraph = text[first:last]
        if spans and (not _FIRST_PERSON.search(paragraph) or SIGNATURE.match(paragraph)):
            break
        if last - first > _LONGEST_TWEET_PARAGRAPH:
            break
        spans.insert(0, _strip(text, first, last))
    return spans


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop white space and quotation marks round a tweet."""
    while start < end and (text[start].isspace() or text[start] in '"“”'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”'):
        end -= 1
    return start, end


def _tweet(text: str, span: tuple[int, int], speaker: TextSpan, group: int) -> Quote:
    start, end = span
    return Quote(
        start=start,
        end=end,
        text=text[start:end],
        type="tweet",
        rule="tweet",
        confidence=_TWEET_CONFIDENCE,
        group=group,
        speaker=speaker,
        speaker_kind="named",
    )


def find_pull_quotes(
    layout: Layout, quotes: tuple[Quote, ...], descriptions: Descriptions
) -> tuple[Quote, ...]:
    """Mark the quotes that stand alone on a line and repeat, or advertise, one of the body.

    A line in single marks is one (a pull quote or a heading); a line in double marks, if another quote of the
    article holds its words in the same order. So is a signed line above the first paragraph of prose, and the
    part of a heading there that repeats a quote. A dash line below gives the speaker.
    """
    repeated = Repetitions(quotes)
    result = list(quotes)
    prose = _start_of_prose(layout)
    for index, quote in enumerate(quotes):
        region = _standing_alone(layout, quote)
        if region is None:
            original = repeated.original(index) if _is_in_heading(quote, prose) else None
            if original is not None:
                speaker, kind = quotes[original].speaker, quotes[original].speaker_kind
                result[index] = _pull(quote, speaker, kind, original, index)
            continue
        signature = _signature_below(layout, layout.paragraph_of[layout.inner[region][0]])
        original = repeated.original(index)
        if original is not None and result[original].type == "pull":
            original = None
        epigraph = signature is not None and quote.start < prose
        if layout.regions[region].kind == "single" or original is not None or epigraph:
            speaker = signature or (None if original is None else quotes[original].speaker)
            kind = None if speaker is None else descriptions.kind(speaker.text)
            result[index] = _pull(quote, speaker, kind, original, index)
        elif signature is not None:
            kind = descriptions.kind(signature.text)
            result[index] = replace(
                quote, type="direct", rule="signature", speaker=signature, cue=None, speaker_kind=kind
            )
    return tuple(result)


def _start_of_prose(layout: Layout) -> int:
    """Return the offset of the first paragraph of the running text: long, and closed by a full stop."""
    return next(
        (
            start
            for start, end in layout.paragraphs
            if end - start >= _SHORTEST_PROSE
            and layout.text[start:end].rstrip().endswith(_CLOSED)
            and layout.text[start:end].lstrip()[0] not in _MARKS
        ),
        0,
    )


def _is_in_heading(quote: Quote, prose: int) -> bool:
    """Return whether words in marks above the running text are too many for a term and have no speaker."""
    words = len(_WORDS.findall(quote.text))
    return (
        quote.start < prose and quote.type != "indirect" and quote.speaker is None and words >= _FEWEST_WORDS
    )


def _pull(
    quote: Quote, speaker: TextSpan | None, kind: SpeakerKind | None, original: int | None, index: int
) -> Quote:
    return replace(
        quote,
        type="pull",
        rule="pull",
        speaker=speaker,
        cue=None,
        speaker_kind=kind,
        duplicate_of=original,
        group=index,
    )


def _standing_alone(layout: Layout, quote: Quote) -> int | None:
    """Return the region of a marked quote that fills its paragraph, None for all other quotes."""
    number = layout.first_region_after(quote.start) - 1
    if quote.type in ("tweet", "indirect") or number < 0:
        return None
    region = layout.regions[number]
    if (region.start, region.end) != (quote.start, quote.end):
        return None
    start, end = layout.paragraphs[layout.paragraph_of[layout.inner[number][0]]]
    return number if region.outer_end - region.outer_start >= _FILLS * (end - start) else None


def _signature_below(layout: Layout, paragraph: int) -> TextSpan | None:
    if paragraph + 1 >= len(layout.paragraphs):
        return None
    start, end = layout.paragraphs[paragraph + 1]
    match = SIGNATURE.fullmatch(layout.text[start:end].rstrip())
    if match is None:
        return None
    return TextSpan(start + match.start("name"), start + match.end("name"), match["name"])


class Repetitions:
    """Finds the quote that another one repeats, whole or shortened."""

    def __init__(self, quotes: tuple[Quote, ...]) -> None:
        self.words = [_WORDS.findall(quote.text.lower()) for quote in quotes]
        self.quotes_with: dict[str, list[int]] = {}
        for index, quote in enumerate(quotes):
            if quote.type in ("direct", "mixed", "pull"):
                for word in set(self.words[index]):
                    self.quotes_with.setdefault(word, []).append(index)

    def original(self, index: int) -> int | None:
        """Return the first other quote that holds the same words in the same order."""
        short = self.words[index]
        if not short:
            return None
        holders = min((self.quotes_with.get(word, []) for word in short), key=len)
        return next(
            (other for other in holders if other != index and _repeats(short, self.words[other])), None
        )


def _repeats(short: list[str], full: list[str]) -> bool:
    if len(short) < _FEWEST_WORDS:
        return short == full
    remaining = iter(full)
    return all(word in remaining for word in short)
