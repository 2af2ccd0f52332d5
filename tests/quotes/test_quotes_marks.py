"""Quotation marks -> regions, by shape; and what must hold for any text."""

import time

import pytest
from benchmarks.quotes import fuzz
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.quotes.grammar import load_grammar
from extract.quotes.marks import MarkedRegion, find_marked_regions
from extract.settings import default_models_dir
from markup import parse_markup

CLIPPED = load_grammar(default_models_dir()).clipped


def regions_of(text: str) -> tuple[MarkedRegion, ...]:
    return find_marked_regions(text, CLIPPED)


EXAMPLES = {
    "straight": '"<r>one</r>" and "<r>two</r>"',
    "curly": "“<r>one</r>” and “<r>two</r>”",
    "straight opens, curly closes": '"<r>one</r>” and “<r>two</r>"',
    "low opens": "„<r>one</r>“ and „<r>two</r>“",
    "guillemets": "«<r>one</r>» and « <r>two</r> »",
    "guillemets turned round": "»<r>one</r>« and",
    "two single marks": "``<r>one</r>'' and ''<r>two</r>''",
    "closing mark used to open": "”<r>One two</r>” he said",
    "white space inside": '" <r>one</r> " and',
    "empty": '"" and " " and “”',
    "dash before": "He spoke—“<r>one</r>”—and left",
    "brackets": '("<r>one</r>") and [“<r>two</r>”]',
    "comma inside": '"<r>one,</r>" he said, "<r>two.</r>"',
    "nested single": "“<r>He said ‘go’ and left</r>” to me",
    "nested double": '"<r>He called it "a joke" and left</r>" to me',
    "nested curly": "“<r>He called it “a joke” and left</r>” to me",
    "mark left open": 'He said "<r>one two three</r>',
    "mark never opened": 'one two," he said, and "<r>three</r>" too',
    "opening mark left alone": "“one two, he said “<r>three</r>” too",
    "opened again in its paragraph": "“<r>One two.</r> “<r>Three?</r> “<r>Four</r>” too",
    "guillemets with blanks before a comma": "« <r>one</r> », he said, « <r>two</r> »",
    "left open, next paragraph not": "He said “<r>one</r>\nand “<r>two</r>” too",
    "inches": 'a 5" pipe and a 7" pipe and "<r>one</r>"',
    "feet and inches": "he is 6'2\" tall",
    "apostrophes": "the farmers' pumps, Brandt's car and the '90s don't 'em",
    "curly apostrophes": "the farmers’ pumps, Brandt’s car and the ’90s don’t",
    "single marks": "the ‘<r>temporary</r>’ tents and the '<r>old</r>' ones",
    "single marks round a plural": "the ‘<r>workers</r>’ went home",
    "single marks with a possessive inside": "‘<r>The farmers’ pumps stopped</r>’, he said",
    "a line in single marks": "One.\n'<r>A bridge needs a river</r>'\nTwo.",
}


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_regions(source: str) -> None:
    text, marked = parse_markup(source)
    assert [(r.start, r.end) for r in regions_of(text)] == [(m.start, m.end) for m in marked]


def test_paragraphs_that_open_again_are_one_group() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said. “Four.”\n\n“Five.”"
    assert [region.group for region in regions_of(text)] == [0, 0, 0, 3, 4]


def test_a_nested_quotation_in_a_paragraph_that_opens_again() -> None:
    text = "“One “two” three.\n“Four.”"
    assert [text[r.start : r.end] for r in regions_of(text)] == ["One “two” three.", "Four."]


MARKS = "\"“”‘’'«»„`"
texts = st.text(alphabet=f"ab. ,\n—s5{MARKS}", max_size=80)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_regions_are_ordered_apart_and_inside_their_marks(text: str) -> None:
    position = 0
    for region in regions_of(text):
        assert position <= region.outer_start < region.start < region.end <= region.outer_end <= len(text)
        assert text[region.start : region.end].strip() == text[region.start : region.end]
        assert "\n" not in text[region.start : region.end]
        position = region.outer_end


@given(texts)
@settings(max_examples=300, deadline=None)
def test_a_group_is_named_by_its_first_region(text: str) -> None:
    regions = regions_of(text)
    for index, region in enumerate(regions):
        assert region.group <= index
        assert regions[region.group].group == region.group


words = st.sampled_from(["one", "two's", "three.", "four,", "the towns'"])
sentence = st.lists(words, min_size=1, max_size=4).map(" ".join)
families = st.sampled_from(["“{}”", '"{}"', "‘{}’", "'{}'", "«{}»", "„{}“", "``{}''", '"{}”'])
quoted = st.builds(str.format, families, sentence)
nested = st.builds("“{} ‘{}’ {}”".format, sentence, sentence, sentence)
left_open = st.builds(str.format, st.sampled_from(["“{}", '"{}', "«{}"]), sentence)
paragraph = st.builds(
    lambda pieces, last: " ".join([*pieces, *last]),
    st.lists(st.one_of(sentence, quoted, nested), min_size=1, max_size=4),
    st.lists(left_open, max_size=1),
)


@given(st.lists(st.one_of(paragraph, left_open), min_size=1, max_size=6), st.data())
@settings(max_examples=300, deadline=None)
def test_a_lost_mark_changes_only_its_own_paragraph_group(paragraphs: list[str], data: st.DataObject) -> None:
    """The group: its paragraph, and those that go on one utterance with it, before the loss or after it."""
    text = "\n".join(paragraphs)
    positions = [index for index, char in enumerate(text) if char in MARKS]
    if not positions:
        return
    lost = data.draw(st.sampled_from(positions))
    versions = (text, text[:lost] + text[lost + 1 :])
    number = text.count("\n", 0, lost)
    group = {number}.union(*(_group_of(number, version) for version in versions))
    before, after = (_by_paragraph(version) for version in versions)
    assert {index for index in range(len(paragraphs)) if before.get(index) != after.get(index)} <= group


def _group_of(number: int, text: str) -> set[int]:
    """Return the paragraphs that share an utterance with a paragraph."""
    regions = regions_of(text)
    place = [text.count("\n", 0, region.start) for region in regions]
    own = {region.group for region, paragraph in zip(regions, place, strict=True) if paragraph == number}
    return {paragraph for region, paragraph in zip(regions, place, strict=True) if region.group in own}


def _by_paragraph(text: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for region in regions_of(text):
        found.setdefault(text.count("\n", 0, region.start), []).append(text[region.start : region.end])
    return found


@pytest.mark.parametrize(
    "unit", ['"', "“", "”", "'", "‘ ’", "\"'", "“a ", "a” ", "' a", "``''", "“\n", '" a "', "s' "]
)
def test_time_is_linear_in_the_number_of_marks(unit: str) -> None:
    text = unit * 20_000
    started = time.perf_counter()
    regions_of(text)
    assert time.perf_counter() - started < 5


def test_no_text_makes_a_pattern_of_the_quote_rooms_hang() -> None:
    seconds, step, text = fuzz.fuzz(500, seed=1)
    assert seconds < fuzz.LIMIT, (step, text)
