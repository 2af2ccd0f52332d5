"""Article -> Annotation: an engine makes the Doc, then entities, dates and quotes are found in it.

Engine and components see the lines of each paragraph joined.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab, create_vocab

from extract.components import DateComponent, EntityComponent, QuoteComponent, set_mentions
from extract.engines import engine_class, load_engine
from extract.engines.docs import doc_from_bytes, doc_to_bytes
from extract.engines.engine import Engine
from extract.engines.words import KnownWords
from extract.model import Annotation, Article
from extract.overrides import load_overrides, with_date
from extract.overrides.corrections import Corrections
from extract.overrides.mentions import correct_mentions
from extract.overrides.rows import correct_rows
from extract.overrides.sections import correct_sections
from extract.pipeline.joined_articles import JoinedArticle, join_article
from extract.pipeline.knowledge import load_knowledge
from extract.settings import Settings

MOST_WORDS = 50_000  # in the vocabulary for cached Docs: some 15 MB; 1,000 news articles have about 45,000


@dataclass(frozen=True, slots=True)
class Annotated:
    """Annotations of articles, in order, and the Docs parsed for them.

    Attributes:
        docs: Serialised Docs by content hash, for `doc_from_bytes`.
    """

    annotations: list[Annotation] = field(default_factory=list)
    docs: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article as engines see it, with its corrections."""

    article: JoinedArticle
    corrections: Corrections

    @property
    def key(self) -> str:
        return self.article.article.article_id

    @property
    def content_hash(self) -> str:
        return self.article.article.content_hash


class Annotator:
    """Loads lexicon and rules once per process, and the engine when the first article has to be parsed.

    Args:
        settings: Engine and models/ folder.

    Raises:
        ModelError: The engine is not known.
        LexiconError: A knowledge file is invalid.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine_name = engine_class(settings.engine).name
        self._vocab: Vocab | None = None
        self.knowledge = load_knowledge(settings.models_dir)
        self.components = (
            EntityComponent(self.knowledge.lexicon, self.engine_name),
            DateComponent(self.knowledge.date_rules),
            QuoteComponent(self.knowledge.cues, self.knowledge.context, self.knowledge.lexicon),
        )
        self.overrides = load_overrides(settings.overrides, self.knowledge.lexicon)

    @cached_property
    def engine(self) -> Engine:
        """The engine, loaded on first use: loading takes seconds, and cached Docs do not need it.

        Raises:
            ModelError: The engine's weights are missing or altered.
        """
        return load_engine(self.settings)

    @cached_property
    def words(self) -> KnownWords:
        """The words that the engine's vocabulary keeps from batch to batch."""
        return KnownWords(self.engine.nlp)

    @property
    def vocab(self) -> Vocab:
        """The vocabulary for cached Docs.

        It remembers the words that it has met, which halves the time to read a Doc. When it holds very many,
        a new one is begun.
        """
        if self._vocab is None or len(self._vocab.strings) > MOST_WORDS:
            self._vocab = create_vocab(English.lang, English.Defaults)
        return self._vocab

    def annotate(self, articles: Sequence[Article]) -> list[Annotation]:
        """Return one annotation per article, in order; frees the memory of the Docs."""
        return self._parsed(list(map(self._prepare, articles)), keep=False).annotations

    def annotate_known(self, articles: Sequence[Article], known: Mapping[str, bytes]) -> Annotated:
        """Annotate articles, using the Docs in `known` (by content hash); parse those missing or damaged."""
        done: dict[str, Annotation] = {}
        unknown: list[_Prepared] = []
        for one in map(self._prepare, articles):
            data = known.get(one.content_hash)
            if data is not None:
                with suppress(ValueError):
                    done[one.key] = self._annotate(one, _read(data, self.vocab, one.article.joined))
            if one.key not in done:
                unknown.append(one)
        fresh = self._parsed(unknown, keep=self.settings.cache_mb > 0)
        done |= {annotation.article.article_id: annotation for annotation in fresh.annotations}
        return Annotated([done[article.article_id] for article in articles], fresh.docs)

    def _prepare(self, article: Article) -> _Prepared:
        overrides = self.overrides.of(article)
        joined = join_article(with_date(article, overrides), self.knowledge.line_words)
        return _Prepared(joined, Corrections(overrides, self.knowledge.lexicon))

    def _parsed(self, articles: Sequence[_Prepared], *, keep: bool) -> Annotated:
        """Parse and annotate articles; with `keep`, also return the Docs."""
        result = Annotated()
        if not articles:
            return result
        self.words.learn(one.article.joined.text for one in articles)
        with self.engine.nlp.memory_zone():
            docs = self.engine.pipe(one.article.joined for one in articles)
            for one, doc in zip(articles, docs, strict=True):
                if keep:
                    result.docs[one.content_hash] = doc_to_bytes(doc)
                result.annotations.append(self._annotate(one, doc))
        return result

    def _annotate(self, prepared: _Prepared, doc: Doc) -> Annotation:
        """Annotate a Doc. Sections are corrected here: a cached Doc was parsed without these corrections."""
        corrections = prepared.corrections
        article = prepared.article.of(correct_sections(prepared.article.article, corrections))
        doc._.article = article.joined
        find_entities, find_dates, find_quotes = self.components
        find_entities(doc)
        if corrections.overrides:
            original = article.lines.original
            set_mentions(doc, correct_mentions(doc._.mentions, article.joined.text, corrections, original))
        find_dates(doc)
        find_quotes(doc)
        found = article.put_back(self._found(article.joined, doc))
        if not corrections.overrides:
            return found
        corrected = correct_rows(found, corrections)
        return replace(corrected, issues=(*corrected.issues, *corrections.issues(article.article)))

    def _found(self, article: Article, doc: Doc) -> Annotation:
        """Return what the components found in a Doc."""
        return Annotation(
            article=article,
            sentences=tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents),
            n_tokens=sum(not token.is_space for token in doc),
            engine=self.engine_name,
            mentions=doc._.mentions,
            quotes=doc._.quotes,
            timexes=doc._.timexes,
            issues=doc._.engine_issues,
        )


def _read(data: bytes, vocab: Vocab, article: Article) -> Doc:
    """Return the cached Doc of an article.

    Raises:
        ValueError: The Doc is damaged or belongs to another text.
    """
    doc = doc_from_bytes(data, vocab, article)
    if doc.text != article.text:
        raise ValueError(f"The Doc of {article.article_id} has another text.")
    return doc
