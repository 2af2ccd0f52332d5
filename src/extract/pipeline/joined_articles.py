"""Articles as they are analysed: with the lines of their paragraphs joined, and what is found put back.

Engines and components see each paragraph as one line; every offset that is published counts in the text as it
was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.model import Annotation, Article, Mention, Quote, Section, TextSpan, Timex
from extract.text.joining import JoinedText, join_lines
from extract.text.line_words import LineWords


@dataclass(frozen=True, slots=True)
class JoinedArticle:
    """An article and its joined form.

    Attributes:
        article: As it was read.
        joined: The same with joined text, its sections and units there; the very same object if nothing is
            joined.
    """

    article: Article
    joined: Article
    lines: JoinedText

    def of(self, article: Article) -> "JoinedArticle":
        """Return the same for the article with other sections."""
        if article is self.article:
            return self
        if self.lines.is_unchanged:
            return JoinedArticle(article, article, self.lines)
        sections = _joined_sections(article.sections, self.lines)
        return JoinedArticle(article, replace(self.joined, sections=sections), self.lines)

    def put_back(self, annotation: Annotation) -> Annotation:
        """Return the annotation of the joined article with the offsets and words of the article as read."""
        if self.lines.is_unchanged:
            return annotation
        return replace(
            annotation,
            article=self.article,
            sentences=tuple(self.lines.original_span(*sentence) for sentence in annotation.sentences),
            mentions=tuple(map(self._mention, annotation.mentions)),
            quotes=tuple(map(self._quote, annotation.quotes)),
            timexes=tuple(map(self._timex, annotation.timexes)),
        )

    def _mention(self, found: Mention) -> Mention:
        start, end = self.lines.original_span(found.start, found.end)
        return replace(found, start=start, end=end, text=self.article.text[start:end])

    def _timex(self, found: Timex) -> Timex:
        start, end = self.lines.original_span(found.start, found.end)
        first = found.range_of and self.lines.original_span(*found.range_of)
        return replace(found, start=start, end=end, text=self.article.text[start:end], range_of=first)

    def _quote(self, found: Quote) -> Quote:
        start, end = self.lines.original_span(found.start, found.end)
        return replace(
            found,
            start=start,
            end=end,
            text=self.article.text[start:end],
            speaker=self._part(found.speaker),
            cue=self._part(found.cue),
            context=replace(found.context, addressee=self._part(found.context.addressee)),
        )

    def _part(self, found: TextSpan | None) -> TextSpan | None:
        if found is None:
            return None
        start, end = self.lines.original_span(found.start, found.end)
        return TextSpan(start, end, self.article.text[start:end])


def join_article(article: Article, words: LineWords) -> JoinedArticle:
    """Return an article with its joined form.

    Args:
        article: As it was read.
        words: From `load_line_words`.
    """
    lines = join_lines(article.text, words)
    if lines.is_unchanged:
        return JoinedArticle(article, article, lines)
    units = tuple(replace(unit, start=lines.joined(unit.start)) for unit in article.units)
    joined = replace(
        article, text=lines.text, sections=_joined_sections(article.sections, lines), units=units
    )
    return JoinedArticle(article, joined, lines)


def _joined_sections(sections: Sequence[Section], lines: JoinedText) -> tuple[Section, ...]:
    """Return sections with the offsets of the joined text."""
    placed = []
    for section in sections:
        start, end = lines.joined_span(section.start, section.end)
        placed.append(replace(section, start=start, end=end))
    return tuple(placed)
