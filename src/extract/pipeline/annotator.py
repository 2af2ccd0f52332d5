"""One article in, its annotation out: the order in which the rooms are visited."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from extract.annotate.dates import DateFinder, tense_of
from extract.annotate.entities import EntityFinder
from extract.annotate.quotes import QuoteFinder
from extract.engines import load_engine
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.cues import Cues, load_cues
from extract.lexicon.date_names import DateRules, load_date_rules
from extract.model import Annotation, Article
from extract.resolve.entities import link_mentions
from extract.resolve.roles_holders import OfficeHolders
from extract.resolve.speakers import resolve_speakers
from extract.resolve.timex import resolve_timexes
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


class Annotator:
    """Holds what is dear to load: the engine's model, the lexicon and the rules.

    Args:
        settings: Name the engine and the project's models/ folder.

    Raises:
        ModelError: The engine's weights are missing or altered.
        LexiconError: A knowledge file breaks its rules.
    """

    def __init__(self, settings: Settings) -> None:
        self.engine = load_engine(settings)
        self.knowledge = load_knowledge(settings.models_dir)
        self.components = (
            EntityFinder(self.knowledge.lexicon, self.engine.name),
            DateFinder(self.knowledge.date_rules),
            QuoteFinder(self.knowledge.cues),
        )

    def annotate(self, articles: Sequence[Article]) -> list[Annotation]:
        """Return one annotation an article, in order; memory taken for the Docs is given back."""
        with self.engine.nlp.memory_zone():
            docs = self.engine.pipe(articles)
            return [self._annotate(article, doc) for article, doc in zip(articles, docs, strict=True)]

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
            engine=self.engine.name,
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
