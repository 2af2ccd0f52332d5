"""No quote, speaker or cue is empty, whatever the parse says: found where it stands, and never blank."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_parses import parsed, patterns, seeds
from spacy.tokens import Doc

from extract.components import QuoteComponent
from extract.engines.extensions import register
from extract.model import Quote, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.layout import lay_out
from extract.quotes.noun_phrases import noun_phrase

register()


def spans_of(quote: Quote) -> Iterator[Quote | TextSpan]:
    yield quote
    if quote.speaker is not None:
        yield quote.speaker
    if quote.cue is not None:
        yield quote.cue


def are_whole(doc: Doc) -> None:
    for quote in doc._.quotes:
        for span in spans_of(quote):
            assert 0 <= span.start < span.end, quote
            assert doc.text[span.start : span.end] == span.text, quote
            assert span.text.strip(), quote


@settings(max_examples=400, deadline=None)
@given(patterns=patterns, seed=seeds)
def test_no_parse_makes_a_span_empty(patterns: list[str], seed: int, quote_component: QuoteComponent) -> None:
    are_whole(quote_component(parsed(patterns, seed)))


@settings(max_examples=200, deadline=None)
@given(patterns=patterns, seed=seeds, data=st.data())
def test_a_phrase_holds_its_head_and_stays_in_its_bounds(
    patterns: list[str], seed: int, data: st.DataObject, cues: Cues
) -> None:
    doc = parsed(patterns, seed)
    places = st.integers(0, len(doc))
    lowest, highest = data.draw(places), data.draw(places)
    for head in doc:
        phrase = noun_phrase(head, lowest, highest, cues)
        assert (phrase is not None) == (lowest <= head.i < highest)
        if phrase is not None:
            assert lowest <= phrase[0] <= head.i < phrase[1] <= highest


@settings(max_examples=200, deadline=None)
@given(patterns=patterns, seed=seeds, data=st.data())
def test_words_of_a_range_are_never_blank(
    patterns: list[str], seed: int, data: st.DataObject, cues: Cues
) -> None:
    doc = parsed(patterns, seed)
    layout = lay_out(doc, cues)
    places = st.integers(0, len(doc))
    start, end = data.draw(places), data.draw(places)
    found = layout.words((start, end))
    assert (found is None) == (not doc[start : max(start, end)].text.strip())
    assert found is None or found.text.strip() == found.text


# The texts are read with their real parse.
ODD = {
    "a paragraph about the sentence before": (
        "Talks ended on Monday.\n\nWhich brings us back to one of the oldest rules: “We will never leave "
        "this place again.”\n\nThe minister left."
    ),
    "a colon that opens its sentence": "The mayor left.\n\n: “Brandt will stay here for a long time.”",
    "a post without words": "””\n\n— Salma Hartwig (@hartwig) July 29, 2021\n\nThe town has two bridges.",
    "a post without a name": "The bridges are open. —  (@hartwig) July 29, 2021",
    "a label without a name": "(envoy): “We will never leave this place again.”",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ODD.items()])
def test_odd_text(text: str, parse: Callable[[str], Doc], quote_component: QuoteComponent) -> None:
    doc = parse(text)
    are_whole(quote_component(doc))


def test_a_paragraph_about_the_sentence_before_has_no_speaker(
    parse: Callable[[str], Doc], quote_component: QuoteComponent
) -> None:
    [quote] = quote_component(parse(ODD["a paragraph about the sentence before"]))._.quotes
    assert quote.text == "We will never leave this place again."
    assert (quote.speaker, quote.speaker_name) == (None, None)
