"""Surnames with an office: who held it on the article's day."""

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import ALWAYS, Lexicon
from extract.model import Mention
from invented import invented
from markup import Marked, parse_markup

Link = Callable[[str, str], list[tuple[Marked, Mention]]]

# Article's day (empty: not known), and a text whose <p> are persons; id is whom they mean, if anybody known.
EXAMPLES = [
    ("2020-02-03", "Prime Minister <p id='otto-brandt'>Brandt</p> left."),
    ("2020-02-03", "President <p id='lena-brandt'>Brandt</p> left."),
    ("2020-02-03", "PM <p id='otto-brandt'>Brandt</p> met President <p id='lena-brandt'>Brandt</p>."),
    ("2020-02-03", "The Qarnasi premier, <p id='otto-brandt'>Brandt</p>, left."),
    ("2020-02-03", "On Monday <p id='lena-brandt'>Brandt</p>, the president of Qarnas, left."),
    ("2020-02-03", "The leader of the Rain Movement, <p id='otto-brandt'>Brandt</p>, left."),
    ("2020-02-03", "Rain Movement leader <p id='otto-brandt'>Brandt</p> left."),
    ("2020-02-03", "Qarnas's President Dr. <p id='lena-brandt'>Brandt</p> left."),
    ("2020-02-03", "Ambassador <p id='rana-zaytuni'>Zaytuni</p> left."),
    ("2020-02-03", "Deputy Prime Minister <p>Brandt</p> left."),
    ("2020-02-03", "Mr. <p>Brandt</p> left."),
    ("", "President <p id='lena-brandt'>Brandt</p> left."),
    ("2017-02-03", "Prime Minister <p id='salma-hartwig'>Hartwig</p> left."),
    ("2020-02-03", "Former Prime Minister <p id='salma-hartwig'>Hartwig</p> left."),
    ("2019-02-03", "Speaker <p id='noor-zaytuni'>Zaytuni</p> left."),
    ("2021-02-03", "Speaker <p id='rana-zaytuni'>Zaytuni</p> left."),
    ("2021-02-03", "Former Speaker <p>Zaytuni</p> left."),
    ("2020-05-20", "Speaker <p>Zaytuni</p> left."),
    (
        "2020-02-03",
        "Prime Minister <p id='otto-brandt'>Brandt</p> left. <p id='otto-brandt'>Brandt</p> came back.",
    ),
    (
        "2020-02-03",
        (
            "<p id='lena-brandt'>Lena Brandt</p> and <p id='otto-brandt'>Otto Brandt</p> met. "
            "The prime minister, Mr. Brandt, left; President <p id='lena-brandt'>Brandt</p> stayed."
        ),
    ),
    (
        "2020-02-03",
        (
            "Prime Minister <p name='Karl Brandt'>Karl Brandt</p> rose. "
            "Prime Minister <p name='Karl Brandt'>Brandt</p> left."
        ),
    ),
    (
        "2020-02-03",
        (
            "The baker <p name='Karl Brandt'>Karl Brandt</p> rose. "
            "Prime Minister <p id='otto-brandt'>Brandt</p> left."
        ),
    ),
]


@pytest.fixture(scope="module")
def link_persons(parse: Callable[[str], Doc], lexicon: Lexicon) -> Link:
    known = invented(lexicon)

    def link_text(source: str, day: str) -> list[tuple[Marked, Mention]]:
        text, persons = parse_markup(source)
        spans = [person for person in persons if person.tag == "p"]
        others = [
            mention
            for mention in find_mentions(parse(text), known)
            if not any(mention.start < span.end and span.start < mention.end for span in spans)
        ]
        marked = [
            Mention(
                span.start, span.end, span.text, "PERSON", "ner", "test", "test", 0.6, _known(span, known)
            )
            for span in spans
        ]
        mentions = sorted([*others, *marked], key=lambda mention: mention.start)
        published = date.fromisoformat(day) if day else None
        linked = {mention.start: mention for mention in link_mentions(mentions, known, text, published)}
        return [(span, linked[span.start]) for span in spans]

    return link_text


def _known(span: Marked, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the entity of a full name, as the ruler would."""
    return tuple(name.entity_id for name in lexicon.named(span.text) if name.when == ALWAYS)


@pytest.mark.parametrize(("day", "source"), EXAMPLES)
def test_a_surname_with_an_office(day: str, source: str, link_persons: Link) -> None:
    for person, mention in link_persons(source, day):
        assert mention.entity_id == person.attrs.get("id")
        assert mention.entity_name == person.attrs.get("name", mention.entity_name)


def test_the_rule_tells_the_office(link_persons: Link) -> None:
    [(_, mention)] = link_persons("President <p>Brandt</p> left.", "2020-02-03")
    assert (mention.method, mention.rule, mention.name_id) == ("office", "president + surname", "lena-brandt")


def test_an_open_surname_keeps_its_candidates(link_persons: Link) -> None:
    [(_, mention)] = link_persons("Deputy Prime Minister <p>Brandt</p> left.", "2020-02-03")
    assert mention.name_id is None
    assert set(mention.candidates) == {"otto-brandt", "lena-brandt"}
