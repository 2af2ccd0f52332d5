"""Tweets, pull quotes and headings; sections; groups and repetitions."""

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from extract.model import Article, Quote, Section
from extract.quotes.cues import Cues
from extract.quotes.finder import find_quotes

Find = Callable[[str], tuple[Quote, ...]]


@pytest.fixture
def find(parse: Callable[[str], Doc], cues: Cues) -> Find:
    return lambda text: find_quotes(parse(text), cues)


def test_a_tweet_is_the_paragraphs_of_its_author(find: Find) -> None:
    text = (
        "The mayor was back on Sunday.\n\n"
        "We left the conference with three new bridges.\n\n"
        "We thank our friends for their patience.\n\n"
        "— Salma Hartwig (@salmahartwig) July 29, 2021\n\n"
        "The town has two bridges."
    )
    first, second = find(text)
    assert {quote.type for quote in (first, second)} == {"tweet"}
    assert first.text == "We left the conference with three new bridges."
    assert second.text == "We thank our friends for their patience."
    assert first.speaker is not None
    assert first.speaker.text == "Salma Hartwig"
    assert (first.group, second.group) == (0, 0)


def test_a_tweet_on_one_line(find: Find) -> None:
    [quote] = find("The bridges are open. — Salma Hartwig (@salmahartwig) March 2, 2021")
    assert (quote.type, quote.text) == ("tweet", "The bridges are open.")


def test_a_pull_quote_repeats_a_quote_of_the_body(find: Find) -> None:
    text = (
        "'We knew that the bridge would fall'\n- Town engineer\n"
        "“We knew that the bridge would fall one day,” the first engineer said.\n"
    )
    pull, body = find(text)
    assert (pull.type, body.type) == ("pull", "direct")
    assert pull.duplicate_of == 1
    assert body.duplicate_of is None
    assert pull.speaker is not None
    assert pull.speaker.text == "Town engineer"


def test_a_pull_quote_may_be_shortened(find: Find) -> None:
    text = (
        "“There is a bridge that needs a river, and this is the best excuse,” an adviser told the radio.\n"
        "'A bridge needs a river'\n"
        "The river was dry.\n"
    )
    body, pull = find(text)
    assert (pull.type, pull.duplicate_of) == ("pull", 0)
    assert pull.speaker == body.speaker


def test_a_heading_in_single_marks_is_nobodys_quote(find: Find) -> None:
    [heading] = find("The town waits.\n'All bets are off'\nThe river was dry.\n")
    assert (heading.type, heading.speaker, heading.duplicate_of) == ("pull", None, None)


def test_a_signature_on_the_next_line(find: Find) -> None:
    [quote] = find(
        "The town waits.\n“Nobody counted the lorries on the bridge that night.”\n— Salma Hartwig\n"
    )
    assert quote.type == "direct"
    assert quote.speaker is not None
    assert quote.speaker.text == "Salma Hartwig"


def test_pieces_of_an_utterance_share_a_group(find: Find) -> None:
    quotes = find(
        "“One road is closed,” Brandt said. “The other one never opened.” “Go home,” Hartwig replied."
    )
    assert [quote.group for quote in quotes] == [0, 0, 2]


def test_boilerplate_holds_no_quotes_and_a_caption_only_direct_ones(
    parse: Callable[[str], Doc], cues: Cues
) -> None:
    parts = [
        ("body", "Brandt said that the road was closed."),
        ("caption", "“We wait for the bus,” Brandt said. Officials said that the road was closed."),
        ("boilerplate", "“We deliver news,” our editor said."),
    ]
    text = "\n".join(part for _, part in parts)
    sections = []
    for kind, part in parts:
        start = text.index(part)
        sections.append(Section(kind, start, start + len(part)))  # type: ignore[arg-type] # literals above
    doc = parse(text)
    doc._.article = Article("a", "a.txt", "txt", text, "", sections=tuple(sections))
    assert [(quote.type, quote.text) for quote in find_quotes(doc, cues)] == [
        ("indirect", "the road was closed"),
        ("direct", "We wait for the bus,"),
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", '"', "“", "”", "''", "— ", '"\n"\n"', "said", "“said”", ": “"]
)
def test_odd_texts_do_not_raise(find: Find, text: str) -> None:
    assert isinstance(find(text), tuple)


def test_marks_without_words_do_not_hang(find: Find) -> None:
    assert find("\" “ ” ' ’ « » " * 300) is not None


def test_the_component_writes_the_quotes_on_the_doc(parse: Callable[[str], Doc], models_dir: Path) -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("extract_quotes", config={"models_dir": str(models_dir)})
    [quote] = component(parse("Brandt said that the road was closed."))._.quotes
    assert quote.text == "the road was closed"


def test_every_offset_points_at_its_text(find: Find) -> None:
    text = "“One road\u200f is closed \U0001f6a7,” Brandt said; the mayor, he added, called it “a scandal”."
    for quote in find(text):
        for span in (quote, quote.speaker, quote.cue):
            assert span is None or text[span.start : span.end] == span.text
