"""Cues known by where they stand (after single marks, inverted, phrasal, negated); headings and epigraphs.

Tags as in `test_quotes_examples.py`. Speakers are invented.
"""

from collections.abc import Callable

import pytest
from quotes_markup import found_rows, marked_rows
from spacy.tokens import Doc

from extract.quotes.cues import Cues
from extract.quotes.finder import find_quotes
from markup import parse_markup

EXAMPLES = {
    "verb read as a noun after single marks": (
        "‘<quote type='direct'>The bridge was closed in May,</quote>’ <speaker>Karim Brandt</speaker> "
        "<cue>fumes</cue>."
    ),
    "view of somebody": (
        "<cue>In the view of</cue> <speaker>a baker in the port</speaker>, it was ‘<quote "
        "type='mixed'>the least useful bridge since 1998</quote>’."
    ),
    "phrasal cue before a colon": (
        "<speaker>Karim Brandt</speaker> <cue>shot back</cue>: "
        "\"<quote type='direct'>Which bridge? Nobody showed me a plan.</quote>\""
    ),
    "inverted cue read as a second verb": (
        "<quote type='indirect'>A flood on the scale of 1998 was unlikely before winter</quote>, "
        "<cue>reckoned</cue> <speaker>Brandt</speaker>."
    ),
    "object of a second verb": (
        "<speaker>The mayor</speaker> toured the town, <cue>lamented</cue> <quote type='indirect'>the "
        "silence</quote>."
    ),
    "object of a phrasal cue with its deadline": (
        "<speaker>A former deputy</speaker>, reached in Rosport, <cue>ruled out</cue> <quote "
        "type='indirect'>a vote on the plan before spring</quote>."
    ),
    "negated refusal": (
        "<speaker>The party</speaker> has never <cue>accepted</cue> that <quote type='indirect'>the vote "
        "was fair</quote>."
    ),
    "participle conjoined with that of the clause": (
        "<speaker>Karim Brandt</speaker>, a father of three who was on the bridge, <cue>recounted</cue> "
        "<quote type='indirect'>how a captain had wept and gone on giving orders</quote>."
    ),
    "participle after a quotation with a cue before": (
        "When the council sued, <speaker>Brandt</speaker> <cue>fired back</cue> forcefully: “<quote "
        "type='direct'>If they sue us in a court, they will lose,</quote>” looking at the large number of "
        "farmers in the hall."
    ),
    "participle after a quotation without a cue before": (
        "<speaker id='1'>Hartwig</speaker> delivered a long defence of “<quote type='mixed' by='1' cue='1'>"
        "valley values</quote>”, <cue id='1'>saying</cue> <quote type='indirect' by='1' cue='1'>the valley "
        "feeds the port</quote>."
    ),
    "quotation within what the subject does before it speaks": (
        "<speaker id='1'>Mr. Brandt</speaker>, <cue id='0'>citing</cue> “<quote type='mixed' by='1' "
        "cue='0'>the quiet magic of the valley,</quote>” <cue id='1'>said</cue> <quote type='indirect' "
        "by='1' cue='1'>the party could win in the port</quote>."
    ),
    "question before an answer with a cue of its own": (
        "<speaker id='1'>Hartwig</speaker> wrote to the envoy and <cue id='1'>asked</cue>, “<quote "
        "type='direct' by='1' cue='1'>Was that on the way to the harbour?</quote>” <speaker "
        "id='2'>Brandt</speaker> then <cue id='2'>replied</cue>, “<quote type='direct' by='2' cue='2'>You "
        "should know it.</quote>”"
    ),
    "dateline before the subject": (
        "ROSPORT, July 25 (VNA) — <speaker>The Harbour Committee</speaker> released a paper on Monday, "
        "<cue>offering</cue> “<quote type='mixed'>a deep and sincere apology</quote>” to the fishermen."
    ),
    "addressed by a participle": (
        "<speaker>The senator</speaker> emailed supporters <cue>saying</cue>: “<quote type='direct'>The "
        "struggle goes on</quote>” and left."
    ),
    "name between commas that the parse hangs elsewhere": (
        "In a statement to the Observer, her senior policy adviser, <speaker>Karim Brandt</speaker>, "
        "<cue>said</cue>: “<quote type='direct'>The council believes that help is essential. She knows "
        "it.</quote>”"
    ),
    "inverted verb without a list before a colon": (
        "Continued <speaker>Brandt</speaker><cue>:</cue> “<quote type='direct'>So I think it is a real "
        "problem. And nobody mends it.</quote>”"
    ),
    "no blank after the marks": (
        "“<quote type='direct'>It has been most surprising to me,</quote>”<speaker>Brandt</speaker> "
        "<cue>said</cue>."
    ),
    "no blank before the marks": (
        "<speaker>Brandt</speaker> <cue>said</cue>,“<quote type='direct'>Look, the road is closed. It will "
        "stay so.</quote>”"
    ),
    "a shout, then another sentence": (
        "“<quote type='scare' by='none'>Mr. Brandt?</quote>” I had prepared a paper."
    ),
}


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_example(source: str, parse: Callable[[str], Doc], cues: Cues) -> None:
    text, _ = parse_markup(source)
    assert found_rows(find_quotes(parse(text), cues)) == marked_rows(source)


def test_marks_above_the_running_text_are_pull_quotes(parse: Callable[[str], Doc], cues: Cues) -> None:
    text = (
        "“They Knew Our Street”: findings on the flood\n\n“I stopped counting at nine.”\n– Ghita Brandt\n\n"
        "The flood was the largest since 1998 and many houses in the town were lost.\n\n"
        "“They came at dawn. They knew our street,” Salma Hartwig said."
    )
    heading, epigraph, original = find_quotes(parse(text), cues)
    assert [quote.type for quote in (heading, epigraph, original)] == ["pull", "pull", "direct"]
    assert heading.duplicate_of == 2
    assert epigraph.speaker is not None
    assert epigraph.speaker.text == "Ghita Brandt"
