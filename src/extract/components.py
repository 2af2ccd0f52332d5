"""The three spaCy components: entities, dates and quotes; they work in any English pipeline.

    nlp.add_pipe("extract_entities")
    nlp.add_pipe("extract_dates", config={"anchor": "2021-07-28"})
    nlp.add_pipe("extract_quotes")

`extract_entities` writes `doc._.mentions` and sets `doc.ents` to spans with the entity's id as `kb_id_`. It
needs sentences and uses the names that the model has found.

`extract_dates` writes `doc._.timexes` and the span group `doc.spans["timexes"]`; `span._.timex` is the
expression of a span. It needs nothing, and uses tags and the parse.

`extract_quotes` writes `doc._.quotes` and the span group `doc.spans["quotes"]`, whose spans have the quote's
type as label and the speaker's entity id as `kb_id_`. It needs sentences, tags, a parse and
`extract_entities` before it. Without a parse it warns and adds an issue to `doc._.engine_issues`, because
reported speech and most speakers cannot be found.

`doc._.anchor` is the day that a Doc was published. It decides what `Tuesday` is and who held an office.
"""

import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path

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
from extract.errors import SettingsError
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Article, Issue, Mention, Quote, Timex
from extract.quotes.cues import Cues, load_cues
from extract.quotes.finder import find_quotes
from extract.quotes.speakers.resolver import resolve_speakers
from extract.settings import default_models_dir

ENTITIES, DATES, QUOTES = "extract_entities", "extract_dates", "extract_quotes"


class EntityComponent:
    """Finds the mentions of entities in Docs and links them to the lexicon.

    Args:
        lexicon: The known names.
        engine: Name of the engine that made the Docs, for the `engine` of names that only its model saw.
    """

    def __init__(self, lexicon: Lexicon, engine: str = "spacy") -> None:
        self.lexicon = lexicon
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """Find and link the mentions of one Doc.

        Raises:
            SettingsError: The Doc has no sentences.
        """
        _check_sentences(doc, ENTITIES)
        found = find_mentions(doc, self.lexicon, self.engine)
        mentions = link_mentions(found, self.lexicon, article_of(doc).text, doc._.anchor)
        doc._.mentions = mentions
        set_entities(doc, mentions)
        return doc


class DateComponent:
    """Finds the temporal expressions of Docs; the tense of verbs comes from the parse, if there is one.

    Args:
        rules: From `extract.dates.load_rules`.
        anchor: The day of publication, for Docs that have none of their own.
    """

    def __init__(self, rules: DateRules, anchor: date | None = None) -> None:
        self.rules = rules
        self.anchor = anchor

    def __call__(self, doc: Doc) -> Doc:
        """Find the temporal expressions of one Doc."""
        inferred = doc._.article is not None and doc._.article.published_source == "inferred"
        doc._.timexes = find(
            doc.text,
            doc._.anchor or self.anchor,
            rules=self.rules,
            tense=tense_of(doc),
            anchor_source="inferred" if inferred else "published",
        )
        doc.spans["timexes"] = [
            _span(doc, timex.start, timex.end, timex.type, timex.value) for timex in doc._.timexes
        ]
        return doc


class QuoteComponent:
    """Finds the quotes of Docs and who speaks them.

    Args:
        cues: The words that introduce speech.
        lexicon: For who held an office on a day.
    """

    def __init__(self, cues: Cues, lexicon: Lexicon) -> None:
        self.cues = cues
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of one Doc.

        Raises:
            SettingsError: The Doc has no sentences.
        """
        _check_sentences(doc, QUOTES)
        article = article_of(doc)
        if len(doc) and not doc.has_annotation("DEP"):
            doc._.engine_issues = (*doc._.engine_issues, _no_parse(article))
            warnings.warn("The Docs have no parse: most quotes stay without a speaker.", stacklevel=2)
        doc._.quotes = self._quotes(doc, article.text)
        doc.spans["quotes"] = [
            _span(doc, quote.start, quote.end, quote.type, quote.speaker_entity_id or "")
            for quote in doc._.quotes
        ]
        return doc

    def _quotes(self, doc: Doc, text: str) -> tuple[Quote, ...]:
        sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
        mentions: tuple[Mention, ...] = doc._.mentions
        holders = OfficeHolders(mentions, self.lexicon, text, doc._.anchor)
        found = find_quotes(doc, self.cues)
        return resolve_speakers(found, mentions, text, sentences, self.cues, holders=holders)


def set_entities(doc: Doc, mentions: Sequence[Mention]) -> None:
    """Make the mentions the entities of a Doc; of spans that overlap, the longer stays."""
    spans = (_span(doc, one.start, one.end, one.label, one.entity_id or "") for one in mentions)
    doc.set_ents(filter_spans(spans))


def _span(doc: Doc, start: int, end: int, label: str, kb_id: str) -> Span:
    """Return the tokens that hold a stretch of the Doc's text."""
    span = doc.char_span(start, end, label=label, kb_id=kb_id, alignment_mode="expand")
    assert span is not None  # noqa: S101 - offsets are the Doc's own; None is for those outside of it
    return span


def _check_sentences(doc: Doc, component: str) -> None:
    if not doc.has_annotation("SENT_START"):
        raise SettingsError(
            f"The component {component!r} needs sentences, and the Doc has none.",
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


# The factories; `models_dir` is a models/ folder, by default the one that comes with the package.


@Language.factory(
    ENTITIES,
    default_config={"engine": "spacy", "models_dir": None},
    assigns=["doc._.mentions", "doc.ents"],
    requires=["doc.sents"],
)
def make_entities(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    engine: str,
    models_dir: str | None,
) -> EntityComponent:
    """Make the component for entities.

    Raises:
        LexiconError: A knowledge file is missing or breaks its rules.
    """
    return EntityComponent(load_lexicon(_folder(models_dir)), engine)


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
    """Make the component for dates; `anchor` is the day of publication, such as `2021-07-28`.

    Raises:
        SettingsError: The anchor is no day.
        LexiconError: The rules are missing or broken.
    """
    return DateComponent(load_rules(_folder(models_dir)), None if anchor is None else day(anchor))


@Language.factory(
    QUOTES,
    default_config={"models_dir": None},
    assigns=["doc._.quotes", "doc.spans"],
    requires=["doc._.mentions", "doc.sents"],
)
def make_quotes(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    models_dir: str | None,
) -> QuoteComponent:
    """Make the component for quotes.

    Raises:
        LexiconError: A knowledge file is missing or breaks its rules.
    """
    folder = _folder(models_dir)
    return QuoteComponent(load_cues(folder), load_lexicon(folder))


def _folder(models_dir: str | None) -> Path:
    return default_models_dir() if models_dir is None else Path(models_dir)


def register() -> None:
    """Make `span._.timex` known to spaCy; calling it again changes nothing."""
    if not Span.has_extension("timex"):
        Span.set_extension("timex", getter=_timex_at)


def _timex_at(span: Span) -> Timex | None:
    """Return the expression that the span's tokens exactly hold."""
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
