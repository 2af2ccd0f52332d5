"""Articles parsed up to the search for quotes, so that the steps after it can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from extract.entities.offices.holders import OfficeHolders
from extract.model import Article, Mention, Quote
from extract.pipeline.annotator import Annotator
from extract.quotes.cues import Cues
from extract.quotes.speakers.resolver import Resolver
from extract.quotes.speakers.subjects import find_subjects
from extract.reading import read_inputs


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its parse and its linked names."""

    article: Article
    doc: Doc
    mentions: tuple[Mention, ...]
    holders: OfficeHolders
    sentences: tuple[tuple[int, int], ...]

    def resolve(self, quotes: Sequence[Quote], cues: Cues) -> tuple[Quote, ...]:
        """Resolve the speakers of its quotes."""
        text = self.article.text
        subjects = find_subjects(self.doc, quotes, cues)
        resolver = Resolver(
            quotes, self.mentions, text, self.sentences, cues, holders=self.holders, subjects=subjects
        )
        return resolver.resolve_all(quotes)


def parse(annotator: Annotator, paths: Sequence[Path]) -> list[Parsed]:
    """Read and parse articles, and find and link their names."""
    settings = annotator.settings
    read = read_inputs(paths, max_chars=settings.max_chars, models_dir=settings.models_dir)
    articles = [article for article in read if isinstance(article, Article)]
    docs = annotator.engine.pipe(articles)
    return [prepare(annotator, article, doc) for article, doc in zip(articles, docs, strict=True)]


def prepare(annotator: Annotator, article: Article, doc: Doc) -> Parsed:
    """Run the component that finds names on a parsed Doc."""
    doc._.article = article
    find_names, *_ = annotator.components
    find_names(doc)
    mentions: tuple[Mention, ...] = doc._.mentions
    holders = OfficeHolders(mentions, annotator.knowledge.lexicon, article.text, doc._.anchor)
    sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
    return Parsed(article, doc, mentions, holders, sentences)
