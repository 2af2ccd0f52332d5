"""Finds the quotes of a Doc, direct and indirect: who said what."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from extract.engines.extensions import article_of
from extract.model import Article, Quote, QuoteType
from extract.quotes.carriers import carried_by, find_carriers
from extract.quotes.cue_uses import CueUse, find_cue_uses
from extract.quotes.cues import Cues
from extract.quotes.direct.attribution import Attributor
from extract.quotes.direct.placed_cues import Attribution
from extract.quotes.direct.standalone import find_pull_quotes, find_tweets
from extract.quotes.direct.types import classify
from extract.quotes.indirect.boundaries import trim
from extract.quotes.indirect.headlines import find_attributed_lines
from extract.quotes.indirect.reported_speech import find_reported_clauses
from extract.quotes.layout import Layout, TokenRange, lay_out
from extract.quotes.turns.labelled import find_turns
from extract.quotes.turns.unlabelled import find_unlabelled_turns

_LIST_GAP = 4  # tokens between the fragments of a list
_MOSTLY_MARKED = 0.75  # a reported clause with a larger share in marks yields only its marked pieces


def find_quotes(doc: Doc, cues: Cues) -> tuple[Quote, ...]:
    """Find the quotes of a parsed Doc.

    Args:
        doc: With sentences, tags and parse; `doc._.article` has the sections.
        cues: The words that introduce speech.

    Returns:
        Quotes in order of their start; `group` and `duplicate_of` are indexes into the result.
    """
    layout = lay_out(doc, cues)
    uses = find_cue_uses(layout, cues)
    carriers = find_carriers(layout, uses, cues)
    attributions = Attributor(layout, [use for use in uses if use not in carriers], cues).attribute()
    turns = find_turns(layout, cues) or find_unlabelled_turns(layout, cues)
    unmarked = [*find_tweets(layout, cues), *turns]  # direct speech that needs no marks
    lines = list(find_attributed_lines(layout, cues))
    closed = [quote for quote in lines if quote.speaker is not None and quote.end < quote.speaker.start]
    clauses = _reported_quotes(layout, uses, cues, _trailing_cues(attributions), carriers)
    reported = [*lines, *(quote for quote in clauses if not _overlaps(quote.start, quote.end, closed))]
    quotes = [
        *unmarked,
        *_marked_quotes(layout, attributions, unmarked, cues),
        *(quote for quote in reported if not _overlaps(quote.start, quote.end, unmarked)),
    ]
    article = article_of(doc)
    quotes = [quote for quote in quotes if _is_wanted(article, quote)]
    return find_pull_quotes(layout, _number(deduplicate_by_span(quotes)), cues.descriptions)


def deduplicate_by_span(quotes: list[Quote]) -> list[Quote]:
    """Keep one quote per span: the most reliable if all are reported, else the first."""
    best: dict[tuple[int, int], Quote] = {}
    for quote in quotes:
        known = best.setdefault((quote.start, quote.end), quote)
        if known.type == quote.type == "indirect" and quote.confidence > known.confidence:
            best[quote.start, quote.end] = quote
    return list(best.values())


def _trailing_cues(attributions: list[Attribution | None]) -> set[int]:
    """Return the token indexes of cues after their quotation, as in `"...," he said, and left`."""
    return {found.use.token.i for found in attributions if found and found.use and found.rule == "trailing"}


def _marked_quotes(
    layout: Layout, attributions: list[Attribution | None], unmarked: list[Quote], cues: Cues
) -> Iterator[Quote]:
    """Yield a quote for each region outside tweets and turns; `group` is its cue's offset for now."""
    kind: QuoteType = "scare"
    for number, (region, attribution) in enumerate(zip(layout.regions, attributions, strict=True)):
        if _overlaps(region.start, region.end, unmarked):
            continue
        listed = _is_listed(layout, number, attributions, kind)
        kind = classify(layout, number, attribution, cues, listed=listed)
        source = None if kind == "scare" else attribution
        speaker = None if source is None else source.speaker
        cue = None if source is None else source.cue
        yield Quote(
            start=region.start,
            end=region.end,
            text=layout.text[region.start : region.end],
            type=kind,
            rule="marks" if source is None else source.rule,
            confidence=cues.confidences.unattributed if source is None else source.confidence,
            group=layout.regions[region.group].start if cue is None else cue.start,
            speaker=speaker,
            cue=cue,
            speaker_kind=None if speaker is None else cues.descriptions.kind(speaker.text),
        )


def _is_listed(
    layout: Layout, number: int, attributions: list[Attribution | None], previous: QuoteType
) -> bool:
    """Return whether a region closely follows a quoted one with the same cue."""
    if number == 0 or previous == "scare":
        return False
    earlier, later = attributions[number - 1], attributions[number]
    if earlier is None or later is None or earlier.use is None or earlier.use is not later.use:
        return False
    return layout.outer[number][0] - layout.outer[number - 1][1] <= _LIST_GAP


def _reported_quotes(
    layout: Layout, uses: list[CueUse], cues: Cues, ignored: set[int], carriers: list[CueUse]
) -> Iterator[Quote]:
    """Yield a quote for each reported clause that is not mostly in marks."""
    ignored = ignored | {use.token.i for use in carriers}
    for clause in find_reported_clauses(layout, uses, cues, ignored):
        tokens = _before_carrier(layout, clause.tokens, carriers, cues)
        span, cue = layout.words(tokens), layout.span(clause.use.tokens)
        if tokens is None or span is None or _marked_share(layout, tokens) > _MOSTLY_MARKED:
            continue
        speaker = layout.words(clause.use.speaker)
        yield Quote(
            start=span.start,
            end=span.end,
            text=span.text,
            type="indirect",
            rule=clause.rule,
            confidence=clause.reliability,
            group=cue.start,
            speaker=speaker,
            cue=cue,
            speaker_kind=None if speaker is None else cues.descriptions.kind(speaker.text),
        )


def _overlaps(start: int, end: int, quotes: list[Quote]) -> bool:
    return any(quote.start < end and start < quote.end for quote in quotes)


def _before_carrier(
    layout: Layout, tokens: TokenRange, carriers: list[CueUse], cues: Cues
) -> TokenRange | None:
    """Return a reported clause without the words after it that only say who passed it on."""
    start, end = tokens
    starts = (first for first, last in map(carried_by, carriers) if start < first and last <= end)
    cut = min(starts, default=end)
    return tokens if cut == end else trim(layout, (start, cut), cues)


def _marked_share(layout: Layout, tokens: TokenRange) -> float:
    start, end = tokens
    marked = sum(not layout.is_unquoted(index) for index in range(start, end))
    return marked / (end - start)


def _is_wanted(article: Article, quote: Quote) -> bool:
    """Return whether a quote's section may hold it: a caption only direct quotes and attributed lines."""
    if article.is_foreign(quote.start, quote.end):
        return False
    section = article.section_at(quote.start)
    return section in ("title", "body") or (
        section == "caption" and (quote.type == "direct" or quote.rule == "line")
    )


def _number(quotes: list[Quote]) -> tuple[Quote, ...]:
    """Sort the quotes and replace their group keys by the index of the first quote with that key."""
    ordered = sorted(quotes, key=lambda quote: (quote.start, -quote.end, quote.type))
    first: dict[tuple[bool, int], int] = {}
    numbered = []
    for index, quote in enumerate(ordered):
        key = (quote.cue is None, quote.group)
        numbered.append(replace(quote, group=first.setdefault(key, index)))
    return tuple(numbered)
