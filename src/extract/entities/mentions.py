"""Mentions of entities: the lexicon's names and the language model's, merged by longest span."""

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from extract.engines.extensions import article_of, register
from extract.entities.compounds import join, short_bodies
from extract.entities.conditions import NameContext
from extract.entities.merging import merge
from extract.entities.model_names import model_mentions
from extract.entities.patterns import pattern_mentions
from extract.entities.ruler import NameMatch, find_names
from extract.entities.short_names import agree, doubled_mentions, repeated_mentions, short_mentions
from extract.lexicon import ALWAYS, INTRODUCED, Lexicon, load_lexicon
from extract.model import Mention

_CONFIDENCE = {ALWAYS: 0.98, INTRODUCED: 0.9}
_CONTEXT_CONFIDENCE = 0.85
_INSTITUTION_CONFIDENCE = 0.9


def find_mentions(doc: Doc, lexicon: Lexicon, engine: str = "spacy") -> tuple[Mention, ...]:
    """Find the named entities of a parsed text; `resolve.entities.link_mentions` says which they are.

    Args:
        doc: A Doc with sentences and the model's entities.
        lexicon: The known names.
        engine: Name of the engine that made the Doc.

    Returns:
        Mentions in order of their start, without overlaps. Spans are without leading article, possessive,
        quote marks and titles. `candidates` holds the entities that the name may stand for here.
    """
    article = article_of(doc)
    text = article.text  # doc.text would join the tokens again
    context = NameContext(text, [sentence.start_char for sentence in doc.sents], lexicon)
    known = [_mention(text, match) for match in find_names(context)]
    guessed = [*model_mentions(doc, context, engine), *pattern_mentions(context)]
    found = merge(known, guessed, lexicon)
    repeated = [*repeated_mentions(text, found), *doubled_mentions(text, found)]
    mentions = agree(merge(known, [*guessed, *repeated], lexicon), article)
    short = [*short_mentions(context, mentions), *short_bodies(context, mentions)]
    return tuple(join(text, _with_short(mentions, short), lexicon))


def _with_short(mentions: Sequence[Mention], short: Sequence[Mention]) -> list[Mention]:
    """Add the short names; they replace what the model thought of the same words."""
    starts = {mention.start for mention in short}
    kept = [mention for mention in mentions if mention.start not in starts]
    return sorted([*kept, *short], key=lambda mention: mention.start)


def _mention(text: str, match: NameMatch) -> Mention:
    if match.names:
        first = match.names[0]
        method, rule = first.method, f"{first.surface} ({first.when})" if first.when else first.surface
        confidence = _CONFIDENCE.get(first.when, _CONTEXT_CONFIDENCE)
    else:
        method, rule, confidence = "institution", "country + institution", _INSTITUTION_CONFIDENCE
    return Mention(
        start=match.start,
        end=match.end,
        text=text[match.start : match.end],
        label=match.label,
        method=method,
        rule=rule,
        engine="lexicon",
        confidence=confidence,
        candidates=tuple(name.entity_id for name in match.names),
    )


class EntityFinder:
    """spaCy component: writes `doc._.mentions` and sets `doc.ents` from them.

    Args:
        lexicon: The known names.
        engine: Name of the engine that makes the Docs.
    """

    def __init__(self, lexicon: Lexicon, engine: str = "spacy") -> None:
        register()
        self.lexicon = lexicon
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of one Doc."""
        mentions = find_mentions(doc, self.lexicon, self.engine)
        doc._.mentions = mentions
        spans = (
            doc.char_span(mention.start, mention.end, label=mention.label, alignment_mode="expand")
            for mention in mentions
        )
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        return doc


@Language.factory(
    "extract_entities",
    default_config={"engine": "spacy"},
    assigns=["doc._.mentions", "doc.ents"],
    requires=["doc.sents"],
)
def make_entity_finder(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    models_dir: str,
    engine: str,
) -> EntityFinder:
    """Make the component; `models_dir` is the project's models/ folder."""
    return EntityFinder(load_lexicon(Path(models_dir)), engine)
