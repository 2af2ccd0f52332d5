"""Transcripts and interviews: a direct quote for each paragraph of a turn, with the turn's speaker."""

import textwrap
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.model import Mention, Quote
from extract.quotes.cues import Cues
from extract.quotes.finder import find_quotes
from extract.quotes.speakers.resolver import Resolver
from extract.text.joining import join_lines

Find = Callable[..., tuple[Quote, ...]]
Turn = tuple[str | None, str]


@pytest.fixture
def find(parse: Callable[[str], Doc], cues: Cues) -> Find:
    """Text, and the names of persons, bodies (ORG) and places (GPE) in it -> quotes."""

    def find_in(text: str, **names: list[str]) -> tuple[Quote, ...]:
        doc = parse(text)
        doc._.mentions = mentions(text, names)
        return find_quotes(doc, cues)

    return find_in


def mentions(text: str, names: dict[str, list[str]]) -> tuple[Mention, ...]:
    found = [
        Mention(start, start + len(name), name, label, "ner", "model", "spacy", 0.8)  # type: ignore[arg-type]  # a str
        for label, given in names.items()
        for name in given
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    longest_first = sorted(found, key=lambda one: (one.start, -one.end))
    kept: list[Mention] = []
    for one in longest_first:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def turns(quotes: tuple[Quote, ...]) -> list[Turn]:
    return [
        (quote.speaker.text if quote.speaker else None, quote.text)
        for quote in quotes
        if quote.rule == "turn"
    ]


BRIEFING = """Press briefing by the spokesman, Karl Brandt

11:30 A.M.

MR. BRANDT:  Good morning, everyone.  I have one thing at the top.

The bridge will be open on Monday.

Q    Thanks, Karl.  Who pays for it?

MR. BRANDT:  (Laughs.)  The town does.  The mayor said "every cent" of it.

(Cross-talk.)

Q    And the school?

MR. BRANDT:  We will come back to you on that.

MODERATOR:  Thank you, everybody.

END  11:52 A.M."""


def test_a_briefing_gives_a_direct_row_for_each_paragraph_of_a_turn(find: Find) -> None:
    quotes = find(BRIEFING, PERSON=["Karl Brandt"])
    assert turns(quotes) == [
        ("MR. BRANDT", "Good morning, everyone.  I have one thing at the top."),
        ("MR. BRANDT", "The bridge will be open on Monday."),
        ("Q", "Thanks, Karl.  Who pays for it?"),
        ("MR. BRANDT", 'The town does.  The mayor said "every cent" of it.'),
        ("Q", "And the school?"),
        ("MR. BRANDT", "We will come back to you on that."),
        ("MODERATOR", "Thank you, everybody."),
    ]
    assert {quote.type for quote in quotes} == {"direct"}
    assert [quote.group for quote in quotes] == [0, 0, 2, 3, 4, 5, 6]
    assert quotes[2].speaker_kind == "described"


def test_the_label_of_a_turn_means_the_person_that_the_text_names(find: Find, cues: Cues) -> None:
    names = {"PERSON": ["Karl Brandt", "BRANDT"]}
    found = find(BRIEFING, **names)
    quotes = Resolver(found, mentions(BRIEFING, names), BRIEFING, [], cues).resolve_all(found)
    assert (quotes[0].speaker_name, quotes[0].speaker_kind) == ("Karl Brandt", "named")
    assert quotes[2].speaker_kind == "described"


@pytest.mark.parametrize(
    ("labels", "persons"),
    [
        (("Q:", "MS. HARTWIG:"), []),
        (("QUESTION:", "SENIOR DEFENSE OFFICIAL:"), []),
        (("Q.", "A."), []),
        (("Q:", "A:"), []),
        (("Interviewer:", "Hartwig:"), ["Hartwig"]),
        (("Interviewer:", "Salma Hartwig:"), ["Salma Hartwig"]),
        (("HLN:", "Hartwig (through an interpreter):"), ["Hartwig"]),
        (("Q1:", "DR. HARTWIG:"), []),
        (("Interviewer\n", "Salma Hartwig\n"), ["Salma Hartwig"]),
        (("Reporter:\n", "Hartwig:\n"), ["Hartwig"]),
    ],
)
def test_labels(find: Find, labels: tuple[str, str], persons: list[str]) -> None:
    asks, answers = labels
    text = (
        "The mayor of the town met us at the bridge.\n\n"
        f"{asks} Why did you close the bridge?\n\n{answers} I had no choice.\n\n"
        f"{asks} When will you open it?\n\n{answers} In spring, I hope.\n"
    )
    names = [label.strip(" \n:.").split(" (")[0] for label in labels]
    assert turns(find(text, PERSON=persons)) == [
        (names[0], "Why did you close the bridge?"),
        (names[1], "I had no choice."),
        (names[0], "When will you open it?"),
        (names[1], "In spring, I hope."),
    ]


def test_a_label_whose_space_was_lost(find: Find) -> None:
    text = "QWhy did you go?\n\nA: I had to.\n\nQWho sent you?\n\nA: My uncle did."
    assert turns(find(text)) == [
        ("Q", "Why did you go?"),
        ("A", "I had to."),
        ("Q", "Who sent you?"),
        ("A", "My uncle did."),
    ]


def test_turns_on_hard_wrapped_lines(find: Find) -> None:
    words = "What did you see when you went back to the river and the road with the others? Who was there?"
    labels = ["Q", "MR. BRANDT", "Q", "MR. BRANDT"]
    text = "\n".join(textwrap.fill(f"{label}: {words}", 60) for label in labels)
    assert turns(find(join_lines(text).text)) == [(label, words) for label in labels]


def test_turns_in_marks_are_left_to_the_marks(find: Find) -> None:
    text = (
        "Lantern: How did you begin?\n\nHartwig: “By accident. I had the school holidays.”\n\n"
        "She pours the tea.\n\n"
        "Lantern: Would you do it again?\n\nHartwig: “I would. My uncle says ‘never’.”"
    )
    quotes = find(text, PERSON=["Hartwig"], ORG=["Lantern"])
    assert [(quote.text, quote.type, quote.speaker.text if quote.speaker else "") for quote in quotes] == [
        ("How did you begin?", "direct", "Lantern"),
        ("By accident. I had the school holidays.", "direct", "Hartwig"),
        ("Would you do it again?", "direct", "Lantern"),
        ("I would. My uncle says ‘never’.", "direct", "Hartwig"),
    ]


def test_a_turn_ends_where_the_narrator_speaks(find: Find) -> None:
    text = (
        "Lantern: How did you begin?\n\nHartwig: I had the holidays.\n\nHartwig laughs and pours the tea.\n\n"
        "Lantern: Would you do it again?\n\nHartwig: I would.\n\nWe all would.\n\n"
        "The bridge was built in 1950.\n\nIt carries two roads.\n\nIt is painted green."
    )
    quotes = find(text, PERSON=["Hartwig"], ORG=["Lantern"])
    assert [words for _, words in turns(quotes)] == [
        "How did you begin?",
        "I had the holidays.",
        "Would you do it again?",
        "I would.",
        "We all would.",
    ]


INTERVIEW = """A talk at the bridge

Salma Hartwig has mended bridges for years. The Lantern spoke with her. Hartwig had come by bicycle.

How did you become an engineer?

By accident. I had the school holidays.

My uncle gave me a hammer.

Do the towns listen to you?

They listen in turn, and I count the turns.

Where will you go next?

I will stay here.

This text has been shortened."""


def test_an_interview_whose_questions_stand_in_paragraphs_of_their_own(find: Find) -> None:
    quotes = find(INTERVIEW, PERSON=["Salma Hartwig", "Hartwig"])
    assert turns(quotes) == [
        (None, "How did you become an engineer?"),
        ("Salma Hartwig", "By accident. I had the school holidays."),
        ("Salma Hartwig", "My uncle gave me a hammer."),
        (None, "Do the towns listen to you?"),
        ("Salma Hartwig", "They listen in turn, and I count the turns."),
        (None, "Where will you go next?"),
        ("Salma Hartwig", "I will stay here."),
    ]
    assert quotes[1].group == quotes[2].group


# A slash for the end of a paragraph.
NO_CONVERSATION = {
    "notes": "Note: You may read this twice. / The town has a bridge. / Note: We were there.",
    "datelines": "BAGHDAD: We have rain. / BASRA: You have sun. / BAGHDAD: We have rain again.",
    "updates": "UPDATE: It is open. / Photo: Karl Brandt / UPDATE: I was wrong. / Photo: Salma Hartwig",
    "captions": "Photo: Karl Brandt at the bridge. / Photo: The bridge. / Video: Do you see it?",
    "list": "First: We need a bridge. / Second: We need a road. / Third: Do you need a boat?",
    "claims and facts": "CLAIM: We pay for it. / FACT: You do not. / CLAIM: We paid. / FACT: You did not.",
    "headlines": "Karl Brandt: The bridge is ours / Salma Hartwig: It is mine / The town has a bridge.",
    "an explainer": "Q: Who built the bridge? / A: The town did. / Q: Who paid? / A: The state.",
    "statements": "Karl Brandt: We are glad. / Salma Hartwig: I am glad. / Lena Voss: You should be glad.",
    "office holders": "Judge: Karl Brandt / Mayor: Salma Hartwig / Judge: Lena Voss / Mayor: Otto Klein",
    "repeated headings": "Karl Brandt / The bridge. / Salma Hartwig / The road. / Karl Brandt / The river.",
    "a column that asks": (
        "The Lantern spoke with Karl Brandt. / Who built the bridge? / The town did. / "
        "Do you know who paid? / The state did. / Will you use it? / Most do."
    ),
    "questions without an interview": (
        "Karl Brandt is an engineer. / What do you want? / I want a bridge. / What do you need? / "
        "I need a road. / What do you have? / I have a boat."
    ),
}


@pytest.mark.parametrize("text", NO_CONVERSATION.values(), ids=NO_CONVERSATION.keys())
def test_ordinary_texts_have_no_turns(find: Find, text: str) -> None:
    persons = ["Karl Brandt", "Salma Hartwig", "Lena Voss", "Otto Klein"]
    text = text.replace(" / ", "\n\n")
    assert turns(find(text, PERSON=persons, GPE=["BAGHDAD", "BASRA"])) == []
