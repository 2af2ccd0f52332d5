"""Manners of news, one example a phenomenon: turns, parentheses, second cues, missing marks, headlines.

Tags as in `test_quotes_examples.py`. Speakers are invented.
"""

from collections.abc import Callable

import pytest
from quotes_markup import found_rows, marked_rows
from spacy.tokens import Doc

from extract.model import Article, Mention, Section, SectionKind
from extract.quotes.cues import Cues
from extract.quotes.finder import find_quotes
from markup import parse_markup

TURNS = {
    "follow-up paragraph": (
        "<speaker>Hartwig</speaker><cue>:</cue> “<quote type='direct'>Nobody knows.</quote>”\n\n“<quote "
        "type='direct'>My father crossed it with a donkey.</quote>”"
    ),
    "question and answer": (
        "<speaker id='1'>Q</speaker><cue id='1'>:</cue> “<quote type='direct' by='1' cue='1'>How "
        "old is the bridge?</quote>”\n\n"
        "<speaker id='2'>A</speaker><cue id='2'>:</cue> “<quote type='direct' by='2' cue='2'>Nobody "
        "knows.</quote>”"
    ),
    "short turn without a verb": (
        "<speaker>Brandt</speaker><cue>:</cue> “<quote type='direct'>And the second bridge?</quote>”"
    ),
    "two turns in a line": (
        "<speaker id='1'>Brandt</speaker><cue id='1'>:</cue> “<quote type='direct' by='1' "
        "cue='1'>Yes.</quote>” <speaker "
        "id='2'>Hartwig</speaker><cue id='2'>:</cue> “<quote type='direct' by='2' cue='2'>No.</quote>”"
    ),
    "office in brackets": (
        "<speaker>Salma Hartwig</speaker> (mayor of the town)<cue>:</cue> “<quote type='direct'>It "
        "is closed.</quote>”"
    ),
    "office after a comma": (
        "<speaker>Salma Hartwig</speaker>, mayor of the town<cue>:</cue> “<quote type='direct'>It "
        "is closed.</quote>”"
    ),
    "signature with an initial": (
        "“<quote type='direct'>You have counted nothing at all.</quote>” <cue>—</cue> "
        "<speaker>Karim P. Brandt</speaker>"
    ),
    "no-break space before the second sentence": (
        "“<quote type='direct'>You have to mend it,</quote>” <speaker>he</speaker> <cue>said</cue>.\xa0“"
        "<quote type='direct'>Don’t wait for the spring.</quote>”"
    ),
    "two blanks, one of them no-break": (
        "“<quote type='direct'>Compare it to the old bridge,</quote>” <speaker>Brandt</speaker> "
        "<cue>urged</cue>. \xa0“<quote type='direct'>This is a bridge that should be closed.</quote>”"
    ),
    "no-break spaces round the cue": (
        "“<quote type='direct'>The bridge is closed to all of us,</quote>”\xa0<cue>said</cue>\xa0"
        "<speaker>Karl Brandt</speaker>."
    ),
    "second sentence after a verb that no list holds": (
        "The radio repeats the news. “<quote type='direct'>It is a circus,</quote>” <cue>grumbled</cue> "
        "<speaker>Karim Brandt</speaker>. “<quote type='direct'>Nobody laughs.</quote>”"
    ),
    "sentence after a verb of stance": (
        "<speaker>Hartwig</speaker> <cue>called</cue> <quote type='indirect'>the engineer a "
        "master</quote>. “<quote type='direct'>He built the bridge in nine weeks.</quote>”"
    ),
}

PARENTHESES = {
    "according to, between dashes": (
        "The problem is - <cue>according to</cue> <speaker>Hartwig</speaker> - that <quote "
        "type='indirect'>nobody knows the owner of the land</quote>."
    ),
    "according to, whose relative clause has a cue": (
        "<quote type='indirect' by='1' cue='1'>The mayor will resign in spring</quote>, <cue "
        "id='1'>according to</cue> <speaker id='1'>two aides</speaker>, who <cue id='2'>asked</cue> "
        "<quote type='indirect' by='1' cue='2'>not to be named</quote>, but <speaker id='2'>the "
        "party</speaker> <cue id='3'>wants</cue> <quote type='indirect' by='2' cue='3'>her to "
        "stay</quote>."
    ),
    "according to, before a relative clause": (
        "<cue>According to</cue> <speaker>a paper</speaker> that the engineers wrote in May, <quote "
        "type='indirect'>the repairs would take nine weeks</quote>."
    ),
    "cue that cuts a clause in two": (
        "<quote type='indirect'>The bridge</quote>, <speaker>he</speaker> <cue>says</cue>, <quote "
        "type='indirect'>is closed</quote>."
    ),
    "inverted cue that cuts a clause in two": (
        "<quote type='indirect'>Most of the wells in the district</quote>, <cue>says</cue> "
        "<speaker>Hartwig</speaker>, <quote type='indirect'>were drilled without a licence</quote>."
    ),
    "the reporter goes on with but": (
        "<quote type='indirect'>The harvest is not a problem by itself</quote>, <speaker>he</speaker> "
        "<cue>says</cue>, but the problem is the road."
    ),
    "the reporter goes on with and": (
        "<quote type='indirect'>The harvest was lost</quote>, <speaker>he</speaker> <cue>recalls</cue>, "
        "and the bank took the house."
    ),
    "cue that cuts the last of several clauses in two": (
        "The prices will not fall; <quote type='indirect'>the council</quote>, <speaker>Hartwig</speaker> "
        "<cue>says</cue>, <quote type='indirect'>will not help</quote>."
    ),
    "name between commas after a semicolon": (
        "Some of them like the old road; others, one driver, <speaker>Salma Hartwig</speaker>, "
        "<cue>explains</cue>, “<quote type='mixed'>trust nothing that has a bend.</quote>”"
    ),
}

SECOND_CUES = {
    "participle": (
        "<speaker>Brandt</speaker> <cue id='1'>said</cue> that <quote type='indirect' cue='1'>the road was "
        "closed</quote>, <cue id='2'>adding</cue> that <quote type='indirect' cue='2'>the bridge would "
        "follow in May</quote>."
    ),
    "two participles": (
        "<speaker>He</speaker> <cue id='1'>added</cue> that <quote type='indirect' cue='1'>the road is "
        "closed</quote>, <cue id='2'>explaining</cue> that <quote type='indirect' cue='2'>the engineers "
        "found nothing</quote>, and <cue id='3'>indicating</cue> that <quote type='indirect' cue='3'>the "
        "bridge will follow</quote>."
    ),
    "participle with a particle": (
        "<speaker>The ministry</speaker> <cue id='1'>announced</cue> that <quote type='indirect' "
        "cue='1'>the pumps had stopped</quote>, <cue id='2'>pointing out</cue> that <quote type='indirect' "
        "cue='2'>the fuel had run out</quote>."
    ),
    "verb of stance": (
        "<speaker>Brandt</speaker> <cue id='1'>said</cue> that <quote type='indirect' cue='1'>the road "
        "was closed</quote> and <cue id='2'>called</cue> <quote type='indirect' cue='2'>the plan a "
        "mistake</quote>."
    ),
    "participle after a topic": (
        "<speaker>Hartwig</speaker> <cue id='1'>stressed</cue> <quote type='indirect' cue='1'>the need to "
        "mend the road</quote>, <cue id='2'>describing</cue> <quote type='indirect' cue='2'>the bridge as "
        "“<quote type='mixed' cue='2'>the last thing that still stands.</quote>”</quote>"
    ),
    "call on somebody": (
        "<speaker>Hartwig</speaker> <cue id='1'>said</cue> <quote type='indirect' cue='1'>the road was "
        "closed</quote> and <cue id='2'>called on</cue> <quote type='indirect' cue='2'>the council to mend "
        "it</quote>."
    ),
    "participle as complement": (
        "<speaker>Hartwig</speaker> <cue>suggests</cue> <quote type='indirect'>waiting for the "
        "spring</quote>."
    ),
    "expectation": (
        "<speaker>Hartwig</speaker> <cue>expects</cue> to <quote type='indirect'>win one of the nine "
        "seats</quote>."
    ),
    "cue after an unknown name": (
        "<speaker>Al-Turfi</speaker> <cue>predicts</cue> that <quote type='indirect'>the next quarrel will "
        "be about salaries and not about seats</quote>."
    ),
    "clause before a semicolon is a sentence of its own": (
        "The farmers would rather see the road stay; many drivers would accept a smaller one."
    ),
}

MISSING_MARKS = {
    "pronoun and cue": (
        "\"<quote type='direct'>We laughed, because we could hear the boxes rattle,</quote> "
        "<speaker>he</speaker> <cue>says</cue>."
    ),
    "inverted": (
        "“<quote type='direct'>We laughed, because we could hear the boxes rattle,</quote> <cue>says</cue> "
        "<speaker>the driver</speaker>. Nobody else was on the road."
    ),
    "addressee and day": (
        "\"<quote type='direct'>We had nothing left to sell,</quote> <speaker>the farmer</speaker> "
        "<cue>told</cue> the radio on Monday."
    ),
    "before a heading in single marks": (
        "\"<quote type='direct'>We could hear the boxes rattle,</quote> <speaker>he</speaker> "
        "<cue>says</cue>.\n‘<quote type='pull' by='none'>Let the lorry speak</quote>’\nThe road was long."
    ),
    "goes on in the next paragraph": (
        "“<quote type='direct' by='1' cue='1'>My cousin never asked for money, he says.</quote>\n“<quote "
        "type='direct' by='1' cue='1'>We all believed him,</quote>” <speaker id='1'>the driver</speaker> "
        "<cue id='1'>recalled</cue>."
    ),
    "cue that cuts a sentence in two": (
        "“<quote type='direct' by='none'>We were already, she says, three days late.</quote>”"
    ),
    "no cue at the end": (
        "“<quote type='direct' by='none'>We said that we would come back, he says, and left.</quote>"
    ),
}

EXAMPLES = {**TURNS, **PARENTHESES, **SECOND_CUES, **MISSING_MARKS}

LINES = {
    "name and clause": (
        "<speaker>Hartwig</speaker>: <quote type='indirect'>The road needs a second lane</quote>"
    ),
    "title": (
        "Prime Minister <speaker>Karim Brandt</speaker>: <quote type='indirect'>The bridge will be "
        "closed until spring</quote>"
    ),
    "credit in brackets": (
        "<speaker>Hartwig</speaker>: <quote type='indirect'>The road is closed</quote> (Valley Radio)"
    ),
    "turn of an interview": "<speaker>Hartwig</speaker>: The road is closed.",
    "question": "<speaker>Hartwig</speaker>: Is the road closed?",
    "no verb": "<speaker>Hartwig</speaker>: a life in the valley",
    "description": "<speaker>Hartwig</speaker>: the woman who built the bridge dies at 80",
    "words before the name": "Interview with <speaker>Hartwig</speaker>: The road that nobody wanted",
    "no line of its own": "It rained. <speaker>Hartwig</speaker>: The road is closed",
}


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_example(source: str, parse: Callable[[str], Doc], cues: Cues) -> None:
    text, _ = parse_markup(source)
    assert found_rows(find_quotes(parse(text), cues)) == marked_rows(source)


@pytest.mark.parametrize("section", ["body", "caption"])
@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in LINES.items()])
def test_a_line_of_a_person_and_a_clause_reports(
    source: str, section: SectionKind, parse: Callable[[str], Doc], cues: Cues
) -> None:
    text, marked = parse_markup(source)
    doc = parse(text)
    doc._.article = Article(
        article_id="a",
        source="a.txt",
        format="txt",
        text=text,
        content_hash="",
        sections=(Section(section, 0, len(text)),),
    )
    doc._.mentions = tuple(_person(tag.start, tag.end, tag.text) for tag in marked if tag.tag == "speaker")
    found = find_quotes(doc, cues)
    assert [quote.text for quote in found] == [tag.text for tag in marked if tag.tag == "quote"]
    for quote in found:
        assert quote.type == "indirect"
        assert quote.cue is not None
        assert quote.cue.text == ":"
        assert quote.speaker is not None
        assert quote.speaker.text.endswith(doc._.mentions[0].text)


def test_a_line_of_anything_but_a_person_reports_nothing(parse: Callable[[str], Doc], cues: Cues) -> None:
    assert find_quotes(parse("Valley Radio: The road is closed"), cues) == ()


def _person(start: int, end: int, text: str) -> Mention:
    return Mention(start, end, text, "PERSON", "ner", "test", "pattern", 0.9)
