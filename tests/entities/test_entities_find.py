"""Spans and labels of mentions: names of the lexicon, corrected names of the model, and their merging."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import EntityComponent
from extract.entities.conditions import NameContext
from extract.entities.mentions import find_mentions
from extract.entities.ruler import find_names
from extract.lexicon import ALWAYS, Lexicon
from markup import parse_markup
from model_names import with_model_names

# Texts, and for each the names that the model is made to find: (surface, label).
MODEL = [
    ("<person>Rana Qabbani</person> spoke.", [("Rana Qabbani spoke", "PERSON")]),
    ("Dr. <person>Rana Qabbani</person> spoke.", [("Dr. Rana Qabbani", "PERSON")]),
    ("The <org>Blue Gate Institute</org>'s head", [("The Blue Gate Institute's", "ORG")]),
    ("A <org>Blue Gate Institute</org> report", [("Blue Gate Institute", "PERSON")]),
    ("In <person>Samir al-Qattan</person>'s house", [("Samir al-Qattan's", "GPE")]),
    ("<org>Blue Basin</org>\nRana spoke", [("Blue Basin\nRana", "ORG")]),
    ("<norp>Iraqi</norp> Prime Minister spoke.", [("Iraqi Prime Minister", "ORG")]),
    ("He wrote for the <org>University of Baghdad</org>.", [("the University of Baghdad", "ORG")]),
    ("<person>Naomi Jordan</person> left <gpe>Jordan</gpe>.", [("Naomi Jordan", "PERSON")]),
    ("A Katyusha hit it on Sunday.", [("Katyusha", "GPE"), ("Sunday", "ORG")]),
    ("It hit @newsroom and 2500 men.", [("newsroom", "ORG"), ("2500", "ORG")]),
    ("<faction>Asaib Ahl al-Haq</faction> left.", [("Asaib Ahl al-Haq left", "PERSON")]),
    ("<person>Rana Qabbani</person> sat. <person>Rana Qabbani</person> left.", [("Rana Qabbani", "PERSON")]),
    ("<org>Basin Watch</org>\n<org>Basin WatchBasin Watch</org> is new.", [("Basin Watch", "ORG")]),
    ("By <person>Rana Qabbani</person> in <gpe>Basra</gpe>\nShe left.", []),
    ("She had been leading the old <org>Middle Basin Monitoring Mission</org> from home.", []),
    ("Basin Towns Welcome New Mission", []),
    ("He met <faction>Liwa al-Zaytun</faction> men.", [("Liwa al-Zaytun men", "PERSON")]),
    (
        "<person>Rana Qabbani</person> and <person>Qabbani</person>",
        [("Rana Qabbani", "PERSON"), ("Qabbani", "GPE")],
    ),
]


@pytest.mark.parametrize(("source", "names"), MODEL)
def test_what_becomes_of_the_models_names(
    source: str, names: list[tuple[str, str]], blank: Language, lexicon: Lexicon
) -> None:
    text, marked = parse_markup(source)
    mentions = find_mentions(with_model_names(blank, text, names), lexicon)
    found = [(mention.text, mention.label.lower()) for mention in mentions]
    assert found == [(span.text, span.tag) for span in marked]


def test_every_name_is_found_in_a_sentence(lexicon: Lexicon) -> None:
    """Whatever the lexicon has without a condition is found as it stands there, and means its entity."""
    lost = []
    for names in lexicon.names.values():
        for name in names:
            text = f"Yesterday the {name.surface} came."
            found = find_names(NameContext(text, [0], lexicon))
            hits = [match for match in found if text[match.start : match.end] == name.surface]
            meant = {known.entity_id for match in hits for known in match.names}
            odd = (
                name.surface[-1] in ").,"
                or any(mark in name.surface for mark in "/(.,")
                or " '" in name.surface
            )
            if name.when == ALWAYS and not odd and name.entity_id not in meant:
                lost.append(name.surface)
    assert lost == []


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "al-", "“”", "The the THE", "U.S.", "É" * 50, "al-al-al-Sadr", "Kata'ib\n\nHezbollah " * 3],
)
def test_spans_are_in_order_and_hold_their_text(
    text: str, parse: Callable[[str], Doc], lexicon: Lexicon
) -> None:
    mentions = find_mentions(parse(text), lexicon)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))


def test_no_name_crosses_a_paragraph(parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    mentions = find_mentions(parse("Talks about Islamic\n\nState budgets."), lexicon)
    assert "FACTION" not in {mention.label for mention in mentions}


def test_the_component_writes_mentions_and_ents(parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    doc = EntityComponent(lexicon)(
        parse("The pro-Iran Kata'ib Hezbollah is older than the term of Joe Biden.")
    )
    assert [mention.text for mention in doc._.mentions] == ["Iran", "Kata'ib Hezbollah", "Joe Biden"]
    assert [ent.label_ for ent in doc.ents] == ["GPE", "FACTION", "PERSON"]


def test_the_component_is_made_from_its_config(models_dir: Path, blank: Language) -> None:
    finder = blank.add_pipe("extract_entities", config={"models_dir": str(models_dir)})
    assert finder.lexicon.entities["iraq"].country == "IQ"
