"""Mentions of entities: the lexicon's names and the language model's, merged by longest span."""

from collections.abc import Sequence

from spacy.tokens import Doc

from extract.engines.extensions import article_of
from extract.entities.compounds import join_mentions, short_bodies
from extract.entities.conditions import NameContext
from extract.entities.merging import merge
from extract.entities.model_names import model_mentions
from extract.entities.patterns import pattern_mentions
from extract.entities.ruler import NameMatch, find_names
from extract.entities.short_names import (
    doubled_mentions,
    repeated_mentions,
    short_mentions,
    unify_labels,
    without_fused,
    without_swallowing,
)
from extract.lexicon import Lexicon
from extract.lexicon.confidence import Confidence
from extract.model import Mention


def find_mentions(doc: Doc, lexicon: Lexicon, engine: str = "spacy") -> tuple[Mention, ...]:
    """Find the mentions in a parsed text; `linking.linker.link_mentions` links them to entities.

    Args:
        doc: A Doc with sentences and the model's entities.
        lexicon: The known names.
        engine: Name of the engine that made the Doc.

    Returns:
        Mentions in text order, without overlaps. Spans exclude leading articles, possessives, quotation marks
        and titles. `candidates` are the ids of the entities that the name may mean here.
    """
    article = article_of(doc)
    text = article.text  # doc.text would join all tokens
    context = NameContext(text, [sentence.start_char for sentence in doc.sents], lexicon)
    known = [_mention(text, match, lexicon.confidence) for match in find_names(context)]
    guessed = [*model_mentions(doc, context, engine), *pattern_mentions(context)]
    found = merge(known, guessed, lexicon)
    repeated = [*repeated_mentions(context, found), *doubled_mentions(text, found)]
    guessed = without_swallowing(context, guessed, repeated)
    mentions = unify_labels(merge(known, [*guessed, *repeated], lexicon), context, article)
    mentions = without_fused(context, mentions)
    short = [*short_mentions(context, mentions), *short_bodies(context, mentions)]
    names = _without_words(text, _with_short(mentions, short), lexicon)
    return tuple(join_mentions(text, names, lexicon))


def _without_words(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Drop acronyms that are words here: five soldiers KIA."""
    ends = {match.end() for match in lexicon.phrases.acronym_words.finditer(text)}
    return [mention for mention in mentions if mention.end not in ends or not mention.text.isupper()]


def _with_short(mentions: Sequence[Mention], short: Sequence[Mention]) -> list[Mention]:
    """Add the short names; they replace guesses that start at the same word."""
    starts = {mention.start for mention in short}
    kept = [mention for mention in mentions if mention.start not in starts]
    return sorted([*kept, *short], key=lambda mention: mention.start)


def _mention(text: str, match: NameMatch, known: Confidence) -> Mention:
    if match.names:
        first = match.names[0]
        method, rule = first.method, f"{first.surface} ({first.when})" if first.when else first.surface
        confidence = known.of_condition(first.when)
    else:
        method, rule, confidence = "institution", "country + institution", known.institution
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
