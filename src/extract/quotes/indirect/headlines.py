"""Reported speech on a line of its own, such as a headline or caption: `Karl Brandt: The road is closed`."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from extract.engines.extensions import article_of
from extract.model import Mention, Quote, TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.headlines import Closing, find_headline_closing
from extract.quotes.indirect.boundaries import trim
from extract.quotes.layout import Layout, TokenRange
from extract.quotes.phrases import singular
from extract.quotes.syntax import has_finite_verb

_COLON = re.compile(r" ?: {1,2}(?=\S)")
_CREDIT = re.compile(r" ?\([^()\n]{1,60}\)$")
_SENTENCE_ENDS = ".?!…:;\"”’'"  # last characters of a turn in an interview, but not of a headline
_SPEAKING = frozenset({"PERSON", "ORG", "FACTION"})
_LONGEST_LABEL = 60  # characters of a headline before its colon
_TITLE_WORDS = 5  # words before a name: `Deputy Prime Minister`
_PREDICATES = frozenset({"VBD", "VBZ", "VBP", "MD", "VB", "VBN", "VBG"})  # in headlines: `Bridge to reopen`
_LONGEST = 35  # tokens of the statement
_SHORTEST = 3


def find_attributed_lines(layout: Layout, cues: Cues) -> Iterator[Quote]:
    """Yield an indirect quote for each line of a person's name, a colon and a clause without a full stop.

    In the title the speaker may also be an organisation or a description (`Officials: ...`) and may come last
    (`Dam will hold, says Brandt`), some words may be in quotation marks, and a full stop makes no difference.

    Args:
        layout: Of a Doc with `doc._.mentions`: a name must be an entity mention.
        cues: For the titles that may precede a name, and the nouns for speakers.
    """
    article, descriptions = article_of(layout.doc), cues.descriptions
    names = [mention for mention in layout.doc._.mentions if mention.label in _SPEAKING]
    untitled = article.title is None  # its first line may be a headline all the same
    for start, end in layout.paragraphs:
        headline = article.section_at(start) == "title" or (
            untitled and start == layout.paragraphs[0][0] and not _is_closed(layout.text, start, end)
        )
        closing = find_headline_closing(layout, start, end, cues)
        if closing is not None:
            yield from _before_closing(layout, start, closing, cues)
            continue
        index = bisect_left(names, start, key=lambda name: name.start)
        name = names[index] if index < len(names) else None
        colon = _colon_after(name, start, end, layout.text, descriptions, headline=headline)
        if colon is None and headline:
            colon = _colon_after_noun(start, end, layout.text, descriptions)
        statement = None if colon is None else _statement(layout, colon.end(), end, cues, headline=headline)
        if colon is not None and statement is not None:
            speaker = TextSpan(start, colon.start(), layout.text[start : colon.start()])
            mark = layout.text.index(":", colon.start())
            yield _quote(layout, statement, speaker, TextSpan(mark, mark + 1, ":"), cues)


def _before_closing(layout: Layout, start: int, closing: Closing, cues: Cues) -> Iterator[Quote]:
    """Yield the statement of a headline that ends with its speaker, unless it is in marks."""
    first, last = layout.tokens_between(start, closing.start)
    says = last - first >= _SHORTEST and any(token.tag_ in _PREDICATES for token in layout.doc[first:last])
    tokens = trim(layout, (first, last), cues) if says and layout.is_unquoted(first) else None
    if tokens is not None:
        yield _quote(layout, tokens, closing.speaker, closing.cue, cues)


def _quote(layout: Layout, statement: TokenRange, speaker: TextSpan, cue: TextSpan, cues: Cues) -> Quote:
    span = layout.span(statement)
    return Quote(
        start=span.start,
        end=span.end,
        text=span.text,
        type="indirect",
        rule="line",
        confidence=cues.confidences.line,
        group=span.start,
        speaker=speaker,
        cue=cue,
        speaker_kind=cues.descriptions.kind(speaker.text),
    )


def _colon_after(
    name: Mention | None, start: int, end: int, text: str, descriptions: Descriptions, *, headline: bool
) -> re.Match[str] | None:
    """Return the colon after a name at the start of the line; a title may precede the name."""
    if name is None or name.end > end or not (headline or name.label == "PERSON"):
        return None
    return _COLON.match(text, name.end, end) if _is_title(text[start : name.start], descriptions) else None


def _colon_after_noun(start: int, end: int, text: str, descriptions: Descriptions) -> re.Match[str] | None:
    """Return the colon after a noun for a speaker at the start of the line: `Iraqi officials: ...`."""
    colon = _COLON.search(text, start, min(end, start + _LONGEST_LABEL))
    words = text[start : colon.start()].lower().split() if colon else []
    nouns = descriptions.persons | descriptions.organisations | descriptions.documents
    return colon if words and singular(words[-1], nouns) in nouns and len(words) <= _TITLE_WORDS else None


def _is_title(words: str, descriptions: Descriptions) -> bool:
    """Return whether nothing but a capitalised title precedes a name: `Prime Minister`."""
    titles = words.split()
    if not titles:
        return True
    last = singular(titles[-1].lower(), descriptions.persons)
    known = last in descriptions.persons or last in descriptions.genders
    return known and len(titles) <= _TITLE_WORDS and all(title[0].isupper() for title in titles)


def _statement(layout: Layout, start: int, end: int, cues: Cues, *, headline: bool) -> TokenRange | None:
    """Return the token range of a line's clause, without a credit in brackets; None if it has no clause."""
    end = _without_credit(layout.text, start, end)
    if layout.text[start].islower() or (_is_closed(layout.text, start, end) and not headline):
        return None
    first, last = tokens = layout.tokens_between(start, end)
    if not _SHORTEST <= last - first <= _LONGEST:
        return None
    if headline and any(token.tag_ in _PREDICATES for token in layout.doc[first:last]):
        return trim(layout, tokens, cues) if layout.is_unquoted(first) else None
    clause = has_finite_verb(layout.doc[first:last])
    return tokens if clause and all(layout.is_unquoted(index) for index in range(first, last)) else None


def _is_closed(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip()[-1:] in _SENTENCE_ENDS


def _without_credit(text: str, start: int, end: int) -> int:
    credit = _CREDIT.search(text, start, end)
    return end if credit is None else credit.start()
