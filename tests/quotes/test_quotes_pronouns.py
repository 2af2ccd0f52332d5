"""Whom a pronoun as a speaker means, from the text to the row. The last pronoun of each text is judged."""

import pytest

from extract.model import Article, Quote
from extract.pipeline.annotator import Annotator

PERSONS = {
    "the subject of the paragraph before, who did not speak": (
        "Karim Brandt said the road was closed.\n\nOmar Odeh left.\n\nHe said that the bridge was old.",
        "Omar Odeh",
    ),
    "the subject of the paragraph before, although it has an object": (
        "Karim Brandt said the road was closed.\n\nHe called Omar Odeh.\n\nHe said that the bridge was old.",
        "Karim Brandt",
    ),
    "the new subject": (
        "Karim Brandt came first. He said the list was old. Then Omar Odeh rose. He said the list was new.",
        "Omar Odeh",
    ),
    "the subject of the sentence, not the owner of a claim in it": (
        (
            "Quoting from his long speech at the spring fair in Basra, Karim Brandt rubbished Omar Odeh’s "
            "claim to understand the poor.\n\n“It is a farce,” he said."
        ),
        "Karim Brandt",
    ),
    "a new person without a name": (
        "Karim Brandt came. A farmer opened the gate. He said that the road was closed.",
        "A farmer",
    ),
    "a person without a name is no woman": (
        "Noa Hartwig came. A waiter opened the gate. She said that the road was closed.",
        "Noa Hartwig",
    ),
    "a speaker rather than a person without a name": (
        "Karim Brandt said the road was closed, and the herder left. He added that the bridge was old.",
        "Karim Brandt",
    ),
}
GROUPS = {
    "the subject of the sentence before": (
        "The River Council met in Basra. It said that the road was closed.",
        "River Council",
    ),
    "the subject of the clause before": (
        "Although the River Council had met in Basra, it said that the road was closed.",
        "River Council",
    ),
    "several persons described by a noun": (
        "The tenants of the house met. They said that the roof was wet.",
        "The tenants of the house",
    ),
    "those who were counted": (
        "Thousands of brewers met. They said that beer was dear.",
        "Thousands of brewers",
    ),
    "several joined by and": (
        "Karim Brandt and Noa Hartwig met in Basra. They said that the road was closed.",
        "Karim Brandt and Noa Hartwig",
    ),
    "a pronoun that is one of two subjects": (
        "Where was Karim and them then? If you were to ask them, they know that the road is closed.",
        "Karim and them",
    ),
    "a group whose members speak": ("Police said they believe that the road is closed.", "Police"),
    "a source is a subject": (
        "The road is closed, according to shepherds. They said that it was wet.",
        "shepherds",
    ),
    "a person in between is neither it nor they": (
        "The tenants met. Karim Brandt left the house. They said that the roof was wet.",
        "The tenants",
    ),
    "rain in between is nobody": (
        "The River Council met. It rained in Basra. It said that the road was closed.",
        "River Council",
    ),
    "the owner of a document is a group": (
        "The River Council met in Basra. Its statement said that the road was closed.",
        "River Council",
    ),
    "a document, whoever wrote it": (
        "Karim Brandt sent a letter. The letter said that the roof was old. It added that the house was wet.",
        "Karim Brandt",
    ),
    "an outlet that tells of nobody else": (
        "Reuters reported that the road was closed. It said that the bridge was old.",
        "Reuters",
    ),
    "a document shows what it says": (
        "The report says that the roof is old. It shows that the house is wet.",
        "The report",
    ),
}
NOBODY = {
    "a thing cannot speak": "The River Council met. The telescope is old. It said that the roof was wet.",
    "things cannot speak": "The brewers met. The images were old. They said that the roof was wet.",
    "the film may show it, and not the council": (
        "The River Council released a film. It shows that the roof is wet."
    ),
    "they are rather those in the plural than the council": (
        "The River Council met the brewers. They said that beer was dear."
    ),
    "they may be those named in their own sentence": (
        "The brewers met. After a talk with farmers, they said that beer was dear."
    ),
    "a thing in the clause before": (
        "The River Council met. The goal was not revenue; it suggested that the roof was wet."
    ),
    "somebody far off": (
        "The River Council met. The roof was wet. The road was closed. It said that beer was dear."
    ),
    "a dateline is no subject": "BASRA (Valley News) - Karim Brandt left, and it said that beer was dear.",
    "an outlet or the council of which it tells": (
        "Reuters reported that the River Council had issued a plan. It said that the road was closed."
    ),
    "one of those in whose words it stands": (
        "The River Council said the union brings the message that it believes the end is near."
    ),
    "no outlet in whose report they speak": (
        "The shops were open, according to a report from BBC News in which they said that beer was dear."
    ),
    "one of two": "The roof, or the house, was old. They said that beer was dear.",
}


@pytest.mark.parametrize(("text", "name"), [pytest.param(*value, id=key) for key, value in PERSONS.items()])
def test_he_and_she_mean_the_person_in_focus(text: str, name: str, annotator: Annotator) -> None:
    quote = last_quote(text, annotator)
    assert (quote.speaker_name, quote.speaker_kind, quote.speaker_method) == (name, "pronoun", "coreference")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Karim Brandt thanked Omar Odeh after he said that the road was open.", "he"),
        ("Karim Brandt said that he believed Omar Odeh when he said that the road was open.", "he"),
        ("Karim Brandt criticised Omar Odeh because he said that the road was closed.", "he"),
        ("Karim Brandt met Omar Odeh after he said that the road was open.", "Karim Brandt"),
        ("Karim Brandt criticised the law because he said that the road was closed.", "Karim Brandt"),
        ("Karim Brandt thanked Omar Odeh. He said that the road was open.", "Karim Brandt"),
    ],
)
def test_he_may_be_the_one_judged_in_the_clause_before(text: str, speaker: str, annotator: Annotator) -> None:
    assert last_quote(text, annotator).speaker_name == speaker


@pytest.mark.parametrize(("text", "name"), [pytest.param(*value, id=key) for key, value in GROUPS.items()])
def test_it_and_they_mean_a_subject_that_agrees_and_can_speak(
    text: str, name: str, annotator: Annotator
) -> None:
    quote = last_quote(text, annotator)
    assert (quote.speaker_name, quote.speaker_method) == (name, "coreference")


@pytest.mark.parametrize("text", [pytest.param(value, id=key) for key, value in NOBODY.items()])
def test_it_and_they_stay_open_without_one(text: str, annotator: Annotator) -> None:
    quote = last_quote(text, annotator)
    assert quote.speaker is not None
    assert (quote.speaker_name, quote.speaker_kind, quote.speaker_method) == (
        quote.speaker.text,
        "pronoun",
        None,
    )


def last_quote(text: str, annotator: Annotator) -> Quote:
    article = Article(article_id="a", source="a.txt", format="txt", text=text, content_hash="")
    [annotation] = annotator.annotate([article])
    return max(annotation.quotes, key=lambda quote: quote.speaker.start if quote.speaker else -1)
