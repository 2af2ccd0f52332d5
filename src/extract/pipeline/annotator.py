"""One article in, its annotation out: the order in which the rooms are visited."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.dates.pipe import DateFinder, tense_of
from extract.dates.rules import DateRules, load_date_rules
from extract.dates.timex.resolver import resolve_timexes
from extract.engines import Engine, engine_class, load_engine
from extract.engines.docs import doc_from_bytes, doc_to_bytes
from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import EntityFinder
from extract.entities.offices.holders import OfficeHolders
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Annotation, Article
from extract.quotes.cues import Cues, load_cues
from extract.quotes.finder import QuoteFinder
from extract.quotes.speakers.resolver import resolve_speakers
from extract.settings import Settings


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What stands under models/, loaded and checked."""

    lexicon: Lexicon
    cues: Cues
    date_rules: DateRules


def load_knowledge(models_dir: Path) -> Knowledge:
    """Load the knowledge that annotation needs.

    Raises:
        LexiconError: A knowledge file breaks its rules.
    """
    return Knowledge(load_lexicon(models_dir), load_cues(models_dir), load_date_rules(models_dir))


@dataclass(frozen=True, slots=True)
class Annotated:
    """Annotations of some articles, in order, and the Docs that had to be made for them.

    Attributes:
        docs: By content hash, as `doc_from_bytes` reads them.
    """

    annotations: list[Annotation] = field(default_factory=list)
    docs: dict[str, bytes] = field(default_factory=dict)


class Annotator:
    """Holds what is dear to load: the engine's model (when it is needed), the lexicon and the rules.

    Args:
        settings: Name the engine and the project's models/ folder.

    Raises:
        ModelError: There is no such engine.
        LexiconError: A knowledge file breaks its rules.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine_name = engine_class(settings.engine).name
        self.knowledge = load_knowledge(settings.models_dir)
        self.components = (
            EntityFinder(self.knowledge.lexicon, self.engine_name),
            DateFinder(self.knowledge.date_rules),
            QuoteFinder(self.knowledge.cues),
        )

    @cached_property
    def engine(self) -> Engine:
        """The engine; loading it takes seconds, and Docs that are known already do without.

        Raises:
            ModelError: The engine's weights are missing or altered.
        """
        return load_engine(self.settings)

    @cached_property
    def vocab(self) -> Vocab:
        """The vocabulary of Docs that are known already."""
        return spacy.blank("en").vocab

    def annotate(self, articles: Sequence[Article]) -> list[Annotation]:
        """Return one annotation an article, in order; memory taken for the Docs is given back."""
        return self._parsed(articles, keep=False).annotations

    def annotate_known(self, articles: Sequence[Article], known: Mapping[str, bytes]) -> Annotated:
        """Annotate articles whose Docs may be known, by content hash; what is not, or is damaged, is made."""
        done: dict[str, Annotation] = {}
        for article in articles:
            data = known.get(article.content_hash)
            if data is not None:
                with suppress(ValueError), self.vocab.memory_zone():
                    done[article.article_id] = self._annotate(article, _read(data, self.vocab, article))
        unknown = [article for article in articles if article.article_id not in done]
        fresh = self._parsed(unknown, keep=self.settings.cache_mb > 0)
        done |= {annotation.article.article_id: annotation for annotation in fresh.annotations}
        return Annotated([done[article.article_id] for article in articles], fresh.docs)

    def _parsed(self, articles: Sequence[Article], *, keep: bool) -> Annotated:
        """Annotate articles with the engine; the Docs are returned too if they are to be kept."""
        result = Annotated()
        if not articles:
            return result
        with self.engine.nlp.memory_zone():
            for article, doc in zip(articles, self.engine.pipe(articles), strict=True):
                if keep:
                    result.docs[article.content_hash] = doc_to_bytes(doc)
                result.annotations.append(self._annotate(article, doc))
        return result

    def _annotate(self, article: Article, doc: Doc) -> Annotation:
        doc._.article = article
        for component in self.components:
            component(doc)
        published = article.published_at
        day = published.date() if published else None
        lexicon = self.knowledge.lexicon
        mentions = link_mentions(doc._.mentions, lexicon, article.text, day)
        holders = OfficeHolders(mentions, lexicon, article.text, day)
        anchor_source = "inferred" if article.published_source == "inferred" else "published"
        sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
        return Annotation(
            article=article,
            sentences=sentences,
            n_tokens=sum(not token.is_space for token in doc),
            engine=self.engine_name,
            issues=doc._.engine_issues,
            mentions=mentions,
            quotes=resolve_speakers(
                doc._.quotes, mentions, article.text, sentences, self.knowledge.cues, holders=holders
            ),
            timexes=resolve_timexes(
                doc._.timex_spans,
                article.text,
                anchor=day,
                anchor_source=anchor_source if published else None,
                tense=tense_of(doc),
            ),
        )


def _read(data: bytes, vocab: Vocab, article: Article) -> Doc:
    """Return a known Doc of an article.

    Raises:
        ValueError: It is damaged, or of another text.
    """
    doc = doc_from_bytes(data, vocab, article)
    if doc.text != article.text:
        raise ValueError(f"The Doc of {article.article_id} has another text.")
    return doc
