"""Three spaCy components for entities, dates and quotes; they work in any English pipeline.

    nlp.add_pipe("extract_entities")
    nlp.add_pipe("extract_dates", config={"anchor": "2021-07-28"})
    nlp.add_pipe("extract_quotes")

`extract_entities` writes `doc._.mentions` and sets `doc.ents` to spans with the entity id as `kb_id_`. It
requires sentences and uses the entities found by the model.

`extract_dates` writes `doc._.timexes` and the span group `doc.spans["timexes"]`; `span._.timex` is the
temporal expression of a span. It requires nothing, and uses tags and the parse if there are any.

`extract_quotes` writes `doc._.quotes` and the span group `doc.spans["quotes"]`, whose spans have the quote
type as label and the speaker's entity id as `kb_id_`. It requires sentences, tags, a parse and
`extract_entities` before it. Without a parse it warns and adds an issue to `doc._.engine_issues`, because
reported speech and most speakers cannot be found.

`doc._.anchor` is the day on which a Doc was published. It decides what `Tuesday` means and who held an
office.
"""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extract.dates.api import find, load_rules
from extract.dates.rules import DateRules
from extract.dates.tense import tense_of
from extract.engines.extensions import article_of, day
from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.entities.offices.holders import OfficeHolders
from extract.entities.probability import with_probabilities as entity_probabilities
from extract.errors import SettingsError
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Article, Issue, Mention, Quote, Timex
from extract.quotes.context.loading import load_context_words
from extract.quotes.context.reader import read_context
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.context.words import ContextWords
from extract.quotes.cues import Cues, load_cues
from extract.quotes.finder import find_quotes
from extract.quotes.probability import with_probabilities as quote_probabilities
from extract.quotes.speakers.description_ids import DescriptionIds
from extract.quotes.speakers.resolver import Resolver
from extract.quotes.speakers.subjects import find_subjects
from extract.settings import default_models_dir

Found = TypeVar("Found", Mention, Timex)

ENTITIES, DATES, QUOTES = "extract_entities", "extract_dates", "extract_quotes"


@dataclass(frozen=True, eq=False)
class EntityComponent:
    """Finds the mentions of entities in Docs and links them to the lexicon.

    Args:
        lexicon: The known names.
        engine: Name of the engine that made the Docs: the `engine` of names that only its model found.
        anchor: The day of publication for Docs without an anchor of their own.
    """

    lexicon: Lexicon
    engine: str = "spacy"
    anchor: date | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Find and link the mentions in one Doc.

        Raises:
            SettingsError: The Doc has no sentences.
        """
        _check_sentences(doc, ENTITIES)
        found = self.find(doc)
        set_mentions(doc, entity_probabilities(found, article_of(doc), self.lexicon.probability))
        return doc

    def find(self, doc: Doc) -> tuple[Mention, ...]:
        """Return the linked mentions of a Doc, with the confidence of their rules."""
        article = article_of(doc)
        found = _in_english(find_mentions(doc, self.lexicon, self.engine), article)
        return link_mentions(found, self.lexicon, article.text, doc._.anchor or self.anchor)


@dataclass(frozen=True, eq=False)
class DateComponent:
    """Finds the temporal expressions in Docs; the tense of verbs comes from the parse, if there is one.

    Args:
        rules: From `extract.dates.load_rules`.
        anchor: The day of publication for Docs without an anchor of their own.
    """

    rules: DateRules
    anchor: date | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Find the temporal expressions in one Doc."""
        article = article_of(doc)
        found = find(
            doc.text,
            doc._.anchor or self.anchor,
            rules=self.rules,
            tense=tense_of(doc, self.rules.cues.tense),
            anchor_source="inferred" if article.published_source == "inferred" else "published",
            units=article.units,
        )
        doc._.timexes = _in_english(found, article)
        doc.spans["timexes"] = _spans(doc, ((timex, timex.type, timex.value) for timex in doc._.timexes))
        return doc


@dataclass(frozen=True, eq=False)
class QuoteComponent:
    """Finds the quotes in Docs and their speakers.

    Args:
        cues: The words that introduce speech.
        context: The words that tell its context.
        lexicon: Knows who held an office on a given day.
        anchor: The day of publication for Docs without an anchor of their own.
    """

    cues: Cues
    context: ContextWords
    lexicon: Lexicon
    anchor: date | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes in one Doc.

        Raises:
            SettingsError: The Doc has no sentences.
        """
        _check_sentences(doc, QUOTES)
        article = article_of(doc)
        if len(doc) and not doc.has_annotation("DEP"):
            doc._.engine_issues = (*doc._.engine_issues, _no_parse(article))
            warnings.warn("The Docs have no parse: most quotes will have no speaker.", stacklevel=2)
        known = self.cues.probabilities
        doc._.quotes = quote_probabilities(self.find(doc), doc._.mentions, known.words, known.speaker)
        doc.spans["quotes"] = _spans(
            doc, ((quote, quote.type, quote.speaker_entity_id or "") for quote in doc._.quotes)
        )
        return doc

    def find(self, doc: Doc) -> tuple[Quote, ...]:
        """Return the quotes of a Doc with their speakers and context, and the confidence of their rules."""
        text = article_of(doc).text
        sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
        mentions: tuple[Mention, ...] = doc._.mentions
        holders = OfficeHolders(mentions, self.lexicon, text, doc._.anchor or self.anchor)
        found = find_quotes(doc, self.cues)
        subjects = find_subjects(doc, found, self.cues)
        resolver = Resolver(
            found,
            mentions,
            text,
            sentences,
            self.cues,
            holders=holders,
            subjects=subjects,
            posts=[unit.start for unit in article_of(doc).units],
        )
        around = Surroundings(doc, text, mentions, doc._.timexes, self.cues, self.context, resolver, holders)
        told = read_context(resolver.resolve_all(found), around)
        ids = DescriptionIds(
            article_of(doc).article_id, resolver.layout, self.cues.descriptions, resolver.meaning
        )
        return ids.give(told)


def _in_english(found: Iterable[Found], article: Article) -> tuple[Found, ...]:
    """Return what does not reach into paragraphs in another language: the rules are those of English."""
    return tuple(one for one in found if not article.is_foreign(one.start, one.end))


def set_mentions(doc: Doc, mentions: Sequence[Mention]) -> None:
    """Set the mentions of a Doc, and its entities: of overlapping mentions, the longer one is kept."""
    doc._.mentions = tuple(mentions)
    doc.set_ents(filter_spans(_spans(doc, ((one, one.label, one.entity_id or "") for one in mentions))))


def _spans(doc: Doc, found: Iterable[tuple[Mention | Quote | Timex, str, str]]) -> list[Span]:
    """Return the tokens that cover what was found, each with a label and an id.

    What stands nowhere in the text has none: it must not cost the article, and the tables tell of it.
    """
    spans = (
        doc.char_span(one.start, one.end, label=label, kb_id=kb_id, alignment_mode="expand")
        for one, label, kb_id in found
        if one.start < one.end
    )
    return [span for span in spans if span is not None]


def _check_sentences(doc: Doc, component: str) -> None:
    if not doc.has_annotation("SENT_START"):
        raise SettingsError(
            f"The component {component!r} requires sentences, but the Doc has none.",
            advice="Add a parser or a sentencizer before it: nlp.add_pipe('sentencizer', first=True).",
        )


def _no_parse(article: Article) -> Issue:
    return Issue(
        source=article.source,
        article_id=article.article_id,
        severity="warning",
        code="no_parse",
        message="The language engine gives no parse: reported speech and most speakers are missing.",
        advice="Use an engine that gives a parse.",
    )


# The factories. `models_dir` is a models/ folder; the default is the one shipped with the package.


@Language.factory(
    ENTITIES,
    default_config={"engine": "spacy", "anchor": None, "models_dir": None},
    assigns=["doc._.mentions", "doc.ents"],
    requires=["doc.sents"],
)
def make_entities(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    engine: str,
    anchor: str | None,
    models_dir: str | None,
) -> EntityComponent:
    """Create the entity component.

    Raises:
        SettingsError: The anchor is not a valid date.
        LexiconError: A knowledge file is missing or invalid.
    """
    return EntityComponent(load_lexicon(_folder(models_dir)), engine, _day(anchor))


@Language.factory(
    DATES,
    default_config={"anchor": None, "models_dir": None},
    assigns=["doc._.timexes", "doc.spans", "span._.timex"],
)
def make_dates(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    anchor: str | None,
    models_dir: str | None,
) -> DateComponent:
    """Create the date component.

    Raises:
        SettingsError: The anchor is not a valid date.
        LexiconError: The rules are missing or invalid.
    """
    return DateComponent(load_rules(_folder(models_dir)), _day(anchor))


@Language.factory(
    QUOTES,
    default_config={"anchor": None, "models_dir": None},
    assigns=["doc._.quotes", "doc.spans"],
    requires=["doc._.mentions", "doc.sents"],
)
def make_quotes(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    anchor: str | None,
    models_dir: str | None,
) -> QuoteComponent:
    """Create the quote component.

    Raises:
        SettingsError: The anchor is not a valid date.
        LexiconError: A knowledge file is missing or invalid.
    """
    folder = _folder(models_dir)
    return QuoteComponent(load_cues(folder), load_context_words(folder), load_lexicon(folder), _day(anchor))


def _day(anchor: str | None) -> date | None:
    return None if anchor is None else day(anchor)


def _folder(models_dir: str | None) -> Path:
    return default_models_dir() if models_dir is None else Path(models_dir)


def register() -> None:
    """Register `span._.timex` with spaCy; safe to call again."""
    if not Span.has_extension("timex"):
        Span.set_extension("timex", getter=_timex_at)


def _timex_at(span: Span) -> Timex | None:
    """Return the temporal expression that starts in the span's first token and ends in its last."""
    if not len(span):
        return None
    first, last = span[0], span[-1]
    timexes: tuple[Timex, ...] = span.doc._.timexes
    for timex in timexes:
        starts = first.idx <= timex.start < first.idx + len(first)
        if starts and last.idx < timex.end <= last.idx + len(last):
            return timex
    return None


register()
