"""What is made of the language model's names, and which names a text gives away without it."""

import pytest
from spacy.language import Language

from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from markup import parse_markup
from model_names import with_model_names

# Texts in which the model sees nothing.
UNSEEN = [
    # Titles and ranks.
    "Gen. <person>Oren Tallis</person> spoke to the troops on the hill.",
    "Lt. Col. <person>Dalia R. Quist</person> had said the road was open.",
    "He handed the paper to Ambassador <person>Tallis</person> before noon.",
    "MS. <person>QUISTGAARD</person>: Thank you all for coming.",
    "LIEUTENANT GENERAL <person>TALLIS</person>: And then, on that first part.",
    "Thank you, General. But please go on with the story.",
    "They carried him into <fac>King Tallis Hospital</fac> yesterday evening.",
    "<person>Oscar Quist Jr.</person> came, and Prof. <person>S D Murn</person> wrote about it.",
    # Given names.
    "The letter was signed by <person>Jamila Orfali</person> and her neighbours.",
    "They asked why <person>Nadia Karim Quist</person> had left the meeting.",
    "Thanks, <person>Heather</person>. Good morning from here.",
    "A report (Reporting by <person>Orla Tamsin</person>; editing by <person>Dirk Vane</person>)",
    "<person>Cecily Brandt</person> in Basra\nThe river rose again.".replace("Basra", "<gpe>Basra</gpe>"),
    # Bodies.
    "It was raised in the <org>Ministry of Marshes and Canal Works</org> last spring.",
    "She told the <org>House Committee on Inland Waters</org> what she had seen.",
    "The men of the <org>14th Reed Division</org> had left the camp by then.",
    "The <org>14th Iraqi Army Division</org> had left the camp by then.",
    "Members of the <org>3rd Orchard Brigade Combat Team</org> were seen there.",
    "Lawyers of the <org>Orchard Union of Tallis</org> and Quist asked for more.",
    "The <org>Reed Observatory</org> had asked them. The <org>Observatory</org> wants to know more.",
    # Parties.
    "Voters of the <faction>Orchard Reform Party</faction> had come from afar.",
    "The US-led Coalition and the Global Coalition were there.".replace("US", "<gpe>US</gpe>", 1),
    # Buildings and places.
    "They had been held at <fac>Tallis Air Base</fac> since the winter.",
    "The men were taken to <fac>Tallis prison</fac> and later released.",
    "<fac>Al-Tallis Palace</fac>\n\nThe meeting began late in the evening.",
    "Soldiers went into the village of <gpe>Tallisan</gpe> early that morning.",
    "A bomb went off in <gpe>al-Tallisan</gpe> district as people were leaving.",
]

# Texts, and for each the names that the model is made to find: (surface, label).
MENDED = [
    # Spans.
    ("I defer to General <person>Tallis</person> on that.", [("General Tallis", "ORG")]),
    ("Q <person>Oren</person>, may we just go on here?", [("Q Oren", "PERSON")]),
    ("<person>Rana Tallis</person> (in blue) sat there.", [("Rana Tallis (in blue", "PERSON")]),
    ("They met in the <fac>Oren Tallis mosque</fac> then.", [("Oren Tallis", "PERSON")]),
    ("Army Gen. <person>Rana Tallis</person> sat there.", [("Army Gen. Rana Tallis", "PERSON")]),
    ("Senator <person>Rana Tallis</person> (D-<gpe>Quistland</gpe>) sat.", [("D-Quistland", "GPE")]),
    ("They are at <gpe>Tallis</gpe>, <gpe>Fla.</gpe> today.", [("Tallis", "GPE"), ("Fla.", "GPE")]),
    # Labels from the name's own words.
    ("The <faction>Tallis Militia</faction> is loyal to him.", [("Tallis Militia", "PERSON")]),
    ("It was <person>Hamid</person> who had been paid.", [("Hamid", "ORG")]),
    ("They crossed the <loc>Tallis River</loc> by night.", [("Tallis River", "ORG")]),
    ("They came from <gpe>Tal Quist</gpe> by night.", [("Tal Quist", "PERSON")]),
    # Labels from the words beside it.
    ("It happened in <gpe>al-Tallisan</gpe>, near a bridge.", [("al-Tallisan", "ORG")]),
    ("It fell on the neighborhood of <gpe>al-Tallis</gpe>.", [("al-Tallis", "PERSON")]),
    ("Men of the <norp>Tallis</norp> tribe came.", [("Tallis", "PERSON")]),
    ("<person>Oda Tallis</person>, 45, was there.", [("Oda Tallis", "ORG")]),
    (
        "In areas such as <gpe>Tallisan</gpe>, <gpe>Quistiya</gpe> and <gpe>Murn</gpe> they dug.",
        [("Tallisan", "ORG"), ("Quistiya", "PERSON"), ("Murn", "PERSON")],
    ),
    ("He is a member of the <org>Senate</org> and in Congress.".replace("Congress", "<org>Congress</org>"),
     [("Senate", "ORG"), ("Congress", "ORG")]),
    # No names.
    ("They agreed on the Tallis Waters Act then.", [("Tallis Waters Act", "ORG")]),
    ("It began with Operation Ready Reed then.", [("Operation Ready Reed", "ORG")]),
    ("An RQ-21 and two T-72s were destroyed.", [("RQ-21", "ORG"), ("T-72s", "ORG")]),
    ("Press Secretary <person>Tallis</person> smiled.", [("Press", "ORG"), ("Tallis", "PERSON")]),
    ("The Committee was not told.", [("Committee", "ORG")]),
    ("Rice is dear. He sold rice and bread.", [("Rice", "PERSON")]),
    ("FURTHER ORCHARDS BURN\n\nThe trees stood dry.", [("ORCHARDS", "ORG")]),
    ("The price was US$ 200 a head.", []),
]  # fmt: skip

# Names of the lexicon that are one with what stands beside them.
JOINED = [
    "The <org>Parliament of Iraq</org> voted on it.",
    "The <org>Foreign Ministry of Iraq</org> answered.",
    "The <org>U.S. Central Intelligence Agency</org> answered.",
    "The <org>Qatar Red Crescent</org> answered.",
    "<gpe>Iraq</gpe>'s <org>Foreign Ministry</org> answered.",
]


def found_by(nlp: Language, source: str, names: list[tuple[str, str]], lexicon: Lexicon) -> None:
    """Check that exactly the marked names are found where the model sees `names`."""
    text, marked = parse_markup(source)
    doc = with_model_names(nlp, text, names)
    found = [(mention.text, mention.label.lower()) for mention in find_mentions(doc, lexicon)]
    assert found == [(span.text, span.tag) for span in marked]


@pytest.mark.parametrize("source", UNSEEN)
def test_a_text_gives_away_names_that_the_model_misses(
    source: str, blank: Language, lexicon: Lexicon
) -> None:
    found_by(blank, source, [], lexicon)


@pytest.mark.parametrize(("source", "names"), MENDED)
def test_the_models_errors_are_mended(
    source: str, names: list[tuple[str, str]], blank: Language, lexicon: Lexicon
) -> None:
    found_by(blank, source, names, lexicon)


@pytest.mark.parametrize("source", JOINED)
def test_a_body_and_its_country_are_one_name(source: str, blank: Language, lexicon: Lexicon) -> None:
    found_by(blank, source, [], lexicon)


def test_a_body_of_another_country_is_not_iraqs(blank: Language, lexicon: Lexicon) -> None:
    doc = with_model_names(blank, "The Foreign Ministry of Iran answered.", [])
    [mention] = find_mentions(doc, lexicon)
    assert (mention.text, mention.label) == ("Foreign Ministry of Iran", "ORG")
    assert {lexicon.entities[one].country for one in mention.candidates} <= {"IR"}
