"""One article in, its annotation out: the order in which the rooms are visited."""

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate import dates, entities, quotes  # noqa: F401 - importing registers the components
from extract.annotate.dates import tense_of
from extract.engines import load_engine
from extract.lexicon import load_lexicon
from extract.lexicon.cues import load_cues
from extract.model import Annotation, Article
from extract.resolve.entities import link_mentions
from extract.resolve.speakers import resolve_speakers
from extract.resolve.timex import resolve_timexes


class Annotator:
    """Holds what is dear to load: the engine's model, the lexicon and the rules.

    Args:
        engine: Name of the engine.
        models_dir: The project's models/ folder.

    Raises:
        ModelError: The engine's weights are missing or altered.
        LexiconError: A knowledge file breaks its rules.
    """

    def __init__(self, engine: str, models_dir: Path) -> None:
        self.lexicon = load_lexicon(models_dir)
        self.cues = load_cues(models_dir)
        self.components = load_components(engine, models_dir)
        self.engine = load_engine(engine, models_dir)

    def annotate(self, articles: Sequence[Article]) -> list[Annotation]:
        """Return one annotation an article, in order; memory taken for the Docs is given back."""
        with self.engine.nlp.memory_zone():
            docs = self.engine.pipe(articles)
            return [self._annotate(article, doc) for article, doc in zip(articles, docs, strict=True)]

    def _annotate(self, article: Article, doc: Doc) -> Annotation:
        doc._.article = article
        self.components(doc)
        mentions = link_mentions(doc._.mentions, self.lexicon, doc.text)
        published = article.published_at
        anchor_source = "inferred" if article.published_source == "inferred" else "published"
        sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
        return Annotation(
            article=article,
            sentences=sentences,
            n_tokens=sum(not token.is_space for token in doc),
            engine=self.engine.name,
            mentions=mentions,
            quotes=resolve_speakers(doc._.quotes, mentions, doc.text, sentences, self.cues),
            timexes=resolve_timexes(
                doc._.timex_spans,
                doc.text,
                anchor=published.date() if published else None,
                anchor_source=anchor_source if published else None,
                tense=tense_of(doc),
            ),
        )


def load_components(engine: str, models_dir: Path) -> Language:
    """Return a spaCy pipeline of the components that find entities, dates and quotes in a parsed Doc."""
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_entities", config={"models_dir": str(models_dir), "engine": engine})
    nlp.add_pipe("extract_dates", config={"models_dir": str(models_dir)})
    nlp.add_pipe("extract_quotes", config={"models_dir": str(models_dir)})
    return nlp
