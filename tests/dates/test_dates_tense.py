"""Future or past: from the parse, and from the words around where there is no parse."""

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from extract.dates.cues import load_date_cues
from extract.dates.tense import lexical_tense, tense_of

CUES = load_date_cues(Path(__file__).parents[2] / "models").tense
SENTENCES = [
    ("The blocs will meet on Monday.", "FUT"),
    ("The blocs met on Monday.", "PAST"),
    ("The envoy is due on Monday.", "FUT"),
    ("The vote is scheduled for Monday.", "FUT"),
    ("The blocs plan to vote on Monday.", "FUT"),
    ("The vote had been held on Monday.", "PAST"),
    ("The council announced on Monday that it will dissolve.", "PAST"),
    ("The fair opens on Monday.", "FUT"),
    ("It is a task that ends on Monday.", "FUT"),
    ("The committee votes on Monday.", "FUT"),
]


@pytest.mark.parametrize(("text", "tense"), SENTENCES)
def test_the_parse_tells_the_tense(text: str, tense: str, parse: Callable[[str], Doc]) -> None:
    assert tense_of(parse(text), CUES)(text.index("Monday")) == tense


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The premier promised on Monday to protect them.", "PAST"),
        ("Protesters set fire to the offices on Monday.", "PAST"),
        ("The speaker set a session for Monday.", "FUT"),
        ("The decision announced on Monday will hold.", "PAST"),
        ("Officials spoke of the possibility of talks at a summit on Monday.", "FUT"),
        ("The mayor said on Monday the fair opens soon.", "PAST"),
        ("The two sides are to sign it on Monday.", "FUT"),
        ("The session was postponed until Monday.", "FUT"),
        ("The court gave them until Monday to leave.", "FUT"),
        ("The curfew lasted until Monday.", "PAST"),
        ("It had been due to expire on Monday.", "PAST"),
        ("The bank agreed to buy the line on Monday.", "FUT"),
        ("The council named a new chairman, effective Monday.", "FUT"),
        ("Protesters planned a march in the port on Monday.", "FUT"),
        ("The cabinet approved the plan late Monday night.", "PAST"),
        ("They will appeal the decision, announced on Monday by the envoy.", "PAST"),
        ("They speak of it on Monday.", None),
        ("Monday's attack will not be forgotten.", None),
        ("Monday", None),
    ],
)
def test_plans_lie_ahead_of_the_day_they_were_made(
    text: str, tense: str | None, parse: Callable[[str], Doc]
) -> None:
    assert tense_of(parse(text), CUES)(text.index("Monday")) == tense


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        *SENTENCES,
        ("On Monday the blocs agreed to what will come.", "PAST"),
        ("On Monday the blocs agreed to build a bridge.", "PAST"),
        ("The blocs agreed to a truce on Monday.", "PAST"),
        ("They announced an agreement to buy the mill on Monday.", "FUT"),
        ("Loans were extended through Monday.", "FUT"),
        ("It will be paid on a still unspecified date after Monday.", "FUT"),
        ("The two leaders meet separately Monday with the envoy.", "FUT"),
        ("The two leaders did not meet Monday.", "PAST"),
        ("The line should be completed on Monday.", "FUT"),
        ("The roads are to remain closed until Monday.", "FUT"),
        ("The session was postponed until Monday.", "FUT"),
        ("The search had to be halted on Monday.", "PAST"),
        ("The session had been due to end on Monday.", "PAST"),
        ("They approved the plan late Monday.", "PAST"),
        ("Output rose by a tenth on Monday.", "PAST"),
        ("The envoy could come as early as Monday.", "FUT"),
        ("Voters go to the polls on Monday.", "FUT"),
        ("Talks resume on Monday.", "FUT"),
        ("They kept the shops open on Monday.", "PAST"),
        ("They will mourn Monday's dead.", None),
    ],
)
def test_the_words_around_tell_the_tense(text: str, tense: str | None) -> None:
    assert lexical_tense(text, CUES)(text.index("Monday")) == tense


def test_the_sentence_before_says_nothing() -> None:
    text = "They will vote. Monday was calm. Rain on Monday"
    assert lexical_tense(text, CUES)(text.rindex("Monday")) is None


def test_a_doc_without_parse_is_judged_by_its_words() -> None:
    doc = spacy.blank("en")("The blocs will meet on Monday.")
    assert tense_of(doc, CUES)(23) == "FUT"
