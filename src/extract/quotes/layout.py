"""Positions in a Doc: its tokens, sentences, paragraphs and quoted regions, and the offsets of each."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.engines.extensions import article_of
from extract.model import TextSpan
from extract.quotes.cues import Cues
from extract.quotes.marks import MarkedRegion, find_marked_regions
from extract.quotes.unclosed_marks import close_before_cues
from extract.text.paragraphs import find_paragraphs

NO_REGION = -1
BLANKS = " \t\xa0\u2002\u2003\u2009\u200a\u202f"  # white space within a line, as it occurs on web pages
TokenRange = tuple[int, int]  # half-open range of token indexes


@dataclass(frozen=True, slots=True)
class Layout:
    """A Doc with its quoted regions; read-only.

    Attributes:
        text: The Doc's text, kept because `doc.text` joins the tokens anew at every use.
        regions: The regions between quotation marks, in order.
        paragraphs: Start and end offset of each paragraph.
        offsets: Start offset of each token.
        lemmas: Lemma of each token; with `lowers`, kept because each access to a token makes a new object.
        lowers: Each token in lower case.
        region_of: Index of the region that holds each token (marks included), or `NO_REGION`.
        paragraph_of: Index of each token's paragraph.
        sentences: Token range of each sentence.
        sentence_of: Index of each token's sentence.
        names: Start and end offset of each entity mention, in order.
        inner: Token range of each region without its marks.
        outer: Token range of each region with its marks and the blanks beside them.
        datelines: Indexes of the tokens in datelines, which are part of no sentence.
    """

    doc: Doc
    text: str
    regions: tuple[MarkedRegion, ...]
    paragraphs: list[tuple[int, int]]
    offsets: list[int]
    lemmas: list[str]
    lowers: list[str]
    region_of: list[int]
    paragraph_of: list[int]
    sentences: list[TokenRange]
    sentence_of: list[int]
    names: list[tuple[int, int]]
    inner: list[TokenRange]
    outer: list[TokenRange]
    datelines: frozenset[int]

    def last_mark(self, index: int) -> TextSpan:
        """Return the last character of a token, such as the colon of `):`."""
        end = self.offsets[index] + len(self.doc[index])
        return TextSpan(end - 1, end, self.text[end - 1])

    def span(self, tokens: TokenRange) -> TextSpan:
        """Return the text span of a token range that is not empty."""
        start, end = self.offsets[tokens[0]], self.offsets[tokens[1] - 1] + len(self.doc[tokens[1] - 1])
        return TextSpan(start, end, self.text[start:end])

    def words(self, tokens: TokenRange | None) -> TextSpan | None:
        """Return the text span of a token range without white space at its ends, None if nothing is left.

        A parse may join any words: a range that was read from it may be empty or blank.
        """
        if tokens is None:
            return None
        start, end = tokens
        while start < end and self.doc[start].is_space:
            start += 1
        while start < end and self.doc[end - 1].is_space:
            end -= 1
        return self.span((start, end)) if start < end else None

    def is_unquoted(self, token: int) -> bool:
        """Return whether the token is outside all quotation marks."""
        return self.region_of[token] == NO_REGION

    def follows(self, token: int, word: str) -> bool:
        """Return whether a word, in lower case, stands right after a token."""
        return token + 1 < len(self.lowers) and self.lowers[token + 1] == word

    def sentence(self, token: int) -> TokenRange:
        """Return the token range of a token's sentence."""
        return self.sentences[self.sentence_of[token]]

    def is_name(self, start: int, end: int) -> bool:
        """Return whether one entity mention covers the text, except at most one character at either end."""
        number = bisect_right(self.names, start + 1, key=lambda name: name[0]) - 1
        return number >= 0 and end - 1 <= self.names[number][1]

    def end_of_name(self, offset: int) -> int:
        """Return the end of the entity mention around the character before an offset, else the offset."""
        number = bisect_left(self.names, offset, key=lambda name: name[0]) - 1
        return max(offset, self.names[number][1]) if number >= 0 else offset

    def tokens_between(self, start: int, end: int) -> TokenRange:
        """Return the range of the tokens that start in the offsets `[start, end)`."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)

    def paragraph_tokens(self, paragraph: int) -> TokenRange:
        """Return the token range of a paragraph."""
        return self.tokens_between(*self.paragraphs[paragraph])

    def first_region_after(self, offset: int) -> int:
        """Return the index of the first region whose opening mark is at or after `offset`."""
        return bisect_left(self.regions, offset, key=lambda region: region.outer_start)


def lay_out(doc: Doc, cues: Cues) -> Layout:
    """Find the quoted regions of a Doc and map them to its tokens."""
    text = doc.text
    paragraphs = find_paragraphs(text)
    regions = close_before_cues(doc, text, find_marked_regions(text, cues.grammar.clipped, paragraphs), cues)
    tokens = list(doc)
    offsets = [token.idx for token in tokens]
    datelines = _dateline_tokens(doc, offsets)
    spans = list(doc.sents)
    sentences = [_without_dateline(sentence.start, sentence.end, datelines) for sentence in spans]
    region_of = [NO_REGION] * len(offsets)
    inner: list[TokenRange] = []
    outer: list[TokenRange] = []
    for number, region in enumerate(regions):
        first, last = _cover(offsets, region.outer_start, region.outer_end)
        region_of[first:last] = [number] * (last - first)
        outer.append(_with_blanks(doc, first, last))
        inner.append(_cover(offsets, region.start, region.end))
    return Layout(
        doc=doc,
        text=text,
        regions=regions,
        paragraphs=paragraphs,
        offsets=offsets,
        lemmas=[token.lemma_ for token in tokens],
        lowers=[token.lower_ for token in tokens],
        region_of=region_of,
        sentences=sentences,
        sentence_of=[number for number, sentence in enumerate(spans) for _ in range(len(sentence))],
        names=[(mention.start, mention.end) for mention in doc._.mentions],
        paragraph_of=_paragraph_numbers(offsets, paragraphs),
        inner=inner,
        outer=outer,
        datelines=datelines,
    )


def _dateline_tokens(doc: Doc, offsets: list[int]) -> frozenset[int]:
    sections = (section for section in article_of(doc).sections if section.kind == "dateline")
    return frozenset(
        index
        for section in sections
        for index in range(bisect_left(offsets, section.start), bisect_left(offsets, section.end))
    )


def _without_dateline(start: int, end: int, datelines: frozenset[int]) -> TokenRange:
    """Return the range of a sentence without the dateline before it; one that is all dateline stays."""
    first = start
    while first < end and first in datelines:
        first += 1
    return (first, end) if first < end else (start, end)


def _cover(offsets: list[int], start: int, end: int) -> TokenRange:
    """Return the smallest token range that covers the offsets `start` to `end`."""
    return max(bisect_right(offsets, start) - 1, 0), bisect_left(offsets, end)


def _with_blanks(doc: Doc, first: int, last: int) -> TokenRange:
    """Extend a token range over the blank tokens beside it; a line break is not blank."""
    while first > 0 and _is_blank(doc[first - 1].text):
        first -= 1
    while last < len(doc) and _is_blank(doc[last].text):
        last += 1
    return first, last


def _is_blank(text: str) -> bool:
    return not text.strip(BLANKS)


def _paragraph_numbers(offsets: list[int], paragraphs: list[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    for number, (start, _) in enumerate(paragraphs):
        before = bisect_left(offsets, start)
        numbers += [max(number - 1, 0)] * (before - len(numbers))
    return numbers + [max(len(paragraphs) - 1, 0)] * (len(offsets) - len(numbers))


def is_within(token: Token, tokens: TokenRange) -> bool:
    """Return whether a token lies in a range."""
    return tokens[0] <= token.i < tokens[1]


def group_span(match: re.Match[str], group: str) -> TextSpan:
    """Return the text span of a group; the match must be of the article's text."""
    return TextSpan(*match.span(group), match[group])
