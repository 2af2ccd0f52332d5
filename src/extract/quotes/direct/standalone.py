"""Quotes set apart from the running text: embedded tweets and pull quotes."""

import re
from dataclasses import replace

from extract.model import Quote, TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.direct.attribution import SIGNATURE
from extract.quotes.layout import Layout
from extract.quotes.marks import MARKED

_MOST_TWEET_PARAGRAPHS = 4
_LONGEST_TWEET_PARAGRAPH = 600
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 4  # a shorter quote counts as a repetition only if it is the same word for word
_FILLS = 0.9  # least share of a paragraph that a quotation must cover to fill it
_SHORTEST_PROSE = 60  # fewest characters of a paragraph of running text
_MARKS = "\"'“”‘’«„"
_CLOSED = (".", "?", "!", ".”", '."', ".’")


def find_tweets(layout: Layout, cues: Cues) -> list[Quote]:
    """Find embedded tweets: one quote per paragraph before a tweet's signature, all in one group."""
    tweets: list[Quote] = []
    text = layout.text
    for number, (start, end) in enumerate(layout.paragraphs):
        match = cues.conversations.post_line.search(text, start, end)
        if match is None:
            continue
        speaker = TextSpan(*match.span("name"), match["name"])
        spans = _tweet_spans(layout, number, start, match.start(), cues)
        confidence = cues.confidences.post
        worded = (span for span in spans if span[0] < span[1])
        tweets += [_tweet(text, span, speaker, confidence, group=spans[0][0]) for span in worded]
    return tweets


def _tweet_spans(
    layout: Layout, number: int, start: int, signature: int, cues: Cues
) -> list[tuple[int, int]]:
    """Return the tweet's paragraphs: the text before the signature and those above it that belong to it.

    The last paragraph needs no sign of it; those before it say `I` or `we`, or hold a handle or a link.
    """
    text = layout.text
    spans = [_strip(text, start, signature)] if text[start:signature].strip() else []
    for above in range(number - 1, max(number - 1 - _MOST_TWEET_PARAGRAPHS, -1), -1):
        first, last = layout.paragraphs[above]
        paragraph = text[first:last]
        if spans and not _is_posted(paragraph, cues):
            break
        if last - first > _LONGEST_TWEET_PARAGRAPH:
            break
        spans.insert(0, _strip(text, first, last))
    return spans


def _is_posted(paragraph: str, cues: Cues) -> bool:
    """Return whether a paragraph has the signs of a post outside marks, and no post is signed in it."""
    words = cues.conversations
    signed = SIGNATURE.match(paragraph) or words.post_line.search(paragraph)
    return not signed and words.posting.search(MARKED.sub("", paragraph)) is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip white space and quotation marks from a tweet."""
    while start < end and (text[start].isspace() or text[start] in '"“”'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"“”'):
        end -= 1
    return start, end


def _tweet(text: str, span: tuple[int, int], speaker: TextSpan, confidence: float, group: int) -> Quote:
    start, end = span
    return Quote(
        start=start,
        end=end,
        text=text[start:end],
        type="tweet",
        rule="tweet",
        confidence=confidence,
        group=group,
        speaker=speaker,
        speaker_kind="named",
    )


def find_pull_quotes(
    layout: Layout, quotes: tuple[Quote, ...], descriptions: Descriptions
) -> tuple[Quote, ...]:
    """Mark the pull quotes: those on a line of their own that repeat or advertise words of the body.

    These are
    - a line in single marks (a pull quote or a heading);
    - a line in double marks whose words another quote of the article has in the same order;
    - a signed line above the first paragraph of prose;
    - the part of a heading there that repeats a quote.
    A line below that starts with a dash names the speaker.

    Args:
        layout: The Doc with its regions.
        quotes: Its quotes, in order.
        descriptions: The words that show the kind of speaker.

    Returns:
        The quotes, in the same order.
    """
    return _PullQuotes(layout, quotes, descriptions).mark()


class _PullQuotes:
    """Marks the pull quotes of one Doc."""

    def __init__(self, layout: Layout, quotes: tuple[Quote, ...], descriptions: Descriptions) -> None:
        self.layout = layout
        self.quotes = quotes
        self.descriptions = descriptions
        self.repetitions = Repetitions(quotes)
        self.prose = _start_of_prose(layout)
        self.marked = list(quotes)

    def mark(self) -> tuple[Quote, ...]:
        """Return the quotes with the pull quotes marked."""
        for index, quote in enumerate(self.quotes):
            region = _filling_region(self.layout, quote)
            if region is not None:
                self.marked[index] = self._as_line(index, region)
            elif _is_in_heading(quote, self.prose):
                self.marked[index] = self._as_heading(index)
        return tuple(self.marked)

    def _as_heading(self, index: int) -> Quote:
        """Return a quote in a heading, marked as a pull quote if it repeats another one."""
        original = self.repetitions.original(index)
        return self.quotes[index] if original is None else self._pull(index, original, None)

    def _as_line(self, index: int, region: int) -> Quote:
        """Return a quote that fills its paragraph, with the speaker who signed it."""
        quote = self.quotes[index]
        signature = _signature_below(self.layout, self.layout.paragraph_of[self.layout.inner[region][0]])
        original = self._original(index)
        epigraph = signature is not None and quote.start < self.prose
        if self.layout.regions[region].kind == "single" or original is not None or epigraph:
            return self._pull(index, original, signature)
        if signature is None:
            return quote
        kind = self.descriptions.kind(signature.text)
        return replace(quote, type="direct", rule="signature", speaker=signature, cue=None, speaker_kind=kind)

    def _original(self, index: int) -> int | None:
        """Return the index of the quote that a line repeats, unless that is itself a pull quote."""
        original = self.repetitions.original(index)
        return None if original is not None and self.marked[original].type == "pull" else original

    def _pull(self, index: int, original: int | None, signature: TextSpan | None) -> Quote:
        """Return a pull quote whose speaker signed it or is that of the original."""
        speaker = signature or (None if original is None else self.quotes[original].speaker)
        return replace(
            self.quotes[index],
            type="pull",
            rule="pull",
            speaker=speaker,
            cue=None,
            speaker_kind=None if speaker is None else self.descriptions.kind(speaker.text),
            duplicate_of=original,
            group=index,
        )


def _start_of_prose(layout: Layout) -> int:
    """Return the offset of the first paragraph of running text, which is long and ends in a full stop."""
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


def _filling_region(layout: Layout, quote: Quote) -> int | None:
    """Return the index of the region of a quote that fills its paragraph, None for other quotes."""
    number = layout.first_region_after(quote.start) - 1
    if quote.type in ("tweet", "indirect") or number < 0:
        return None
    region = layout.regions[number]
    if (region.start, region.end) != (quote.start, quote.end):
        return None
    start, end = layout.paragraphs[layout.paragraph_of[layout.inner[number][0]]]
    return number if region.outer_end - region.outer_start >= _FILLS * (end - start) else None


def _signature_below(layout: Layout, paragraph: int) -> TextSpan | None:
    """Return the speaker who signs on the line below a paragraph."""
    if paragraph + 1 >= len(layout.paragraphs):
        return None
    start, end = layout.paragraphs[paragraph + 1]
    match = SIGNATURE.fullmatch(layout.text[start:end].rstrip())
    if match is None:
        return None
    return TextSpan(start + match.start("name"), start + match.end("name"), match["name"])


class Repetitions:
    """Finds the quote that another one repeats, in full or shortened.

    Args:
        quotes: The quotes of one article.

    Attributes:
        words: The words of each quote, in lower case.
        quotes_with: Word -> indexes of the direct, mixed and pull quotes that have it.
    """

    def __init__(self, quotes: tuple[Quote, ...]) -> None:
        self.words = [_WORDS.findall(quote.text.lower()) for quote in quotes]
        self.quotes_with: dict[str, list[int]] = {}
        for index, quote in enumerate(quotes):
            if quote.type in ("direct", "mixed", "pull"):
                for word in set(self.words[index]):
                    self.quotes_with.setdefault(word, []).append(index)

    def original(self, index: int) -> int | None:
        """Return the index of the first other quote that has the same words in the same order."""
        short = self.words[index]
        if not short:
            return None
        holders = min((self.quotes_with.get(word, []) for word in short), key=len)
        return next(
            (other for other in holders if other != index and _repeats(short, self.words[other])), None
        )


def _repeats(short: list[str], full: list[str]) -> bool:
    """Return whether all words of one quote occur in another in the same order."""
    if len(short) < _FEWEST_WORDS:
        return short == full
    remaining = iter(full)
    return all(word in remaining for word in short)
