"""Indirect speech by phenomenon, in the markup of test_quotes_examples.py; speakers are invented.

`by='none'` marks what is reported without a speaker; of such a row only type and text are compared.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from quotes_markup import Row, found_rows, marked_rows
from spacy.tokens import Doc

from extract.model import Quote
from extract.quotes.cues import Cues
from extract.quotes.finder import deduplicate_by_span, find_quotes
from markup import parse_markup

OBJECTS = {
    "what is condemned": (
        "<speaker>Karim Brandt</speaker> <cue>condemned</cue> <quote type='indirect'>the closing of the "
        "bridge</quote>."
    ),
    "an object of one word": (
        "<speaker id='1'>The mayor</speaker> <cue id='1'>demanded</cue> <quote type='indirect' by='1' "
        "cue='1'>restraint from nobody</quote>, and <speaker id='2'>Hartwig</speaker> <cue "
        "id='2'>praised</cue> <quote type='indirect' by='2' cue='2'>bakers</quote>."
    ),
    "what is denied": (
        "<speaker>The ministry</speaker> <cue>denied</cue> <quote type='indirect'>any part in the "
        "theft</quote>."
    ),
    "object with for": (
        "<speaker>Hartwig</speaker> <cue>praised</cue> <quote type='indirect'>the engineers for their "
        "patience</quote>."
    ),
    "blame": (
        "<speaker>The governor</speaker> <cue>blamed</cue> <quote type='indirect'>the rain for the "
        "damage</quote>."
    ),
    "accusation": (
        "<speaker>The mayor</speaker> <cue>accused</cue> <quote type='indirect'>the bakers of hiding "
        "flour</quote>."
    ),
    "accusation of a pronoun": (
        "<speaker>The mayor</speaker> <cue>accused</cue> <quote type='indirect'>them of hiding flour</quote>."
    ),
    "object with as": (
        "<speaker>Hartwig</speaker> <cue>described</cue> <quote type='indirect'>the bridge as a danger to"
        " children</quote>."
    ),
    "view of a thing": (
        "<speaker>The union</speaker> <cue>sees</cue> <quote type='indirect'>the law as a threat to its "
        "members</quote>."
    ),
    "what something is called": (
        "<speaker>The paper</speaker> <cue>called</cue> <quote type='indirect'>the vote a farce</quote>."
    ),
    "verb with its particle": (
        "<speaker>Hartwig</speaker> <cue>laid out</cue> <quote type='indirect'>her plans</quote> on Monday."
    ),
    "ruled out": (
        "<speaker>The envoy</speaker> <cue>ruled out</cue> <quote type='indirect'>a second vote</quote>."
    ),
    "not the occasion": (
        "<speaker>The ministry</speaker> <cue>condemned</cue> <quote type='indirect'>the closing of the "
        "bridge</quote> in a statement."
    ),
    "not the day": (
        "<speaker>Brandt</speaker> <cue>condemned</cue> <quote type='indirect'>the closing of the "
        "bridge</quote> on Monday."
    ),
    "concern expressed": (
        "<speaker>Hartwig</speaker> expressed <cue>concern</cue> about <quote type='indirect'>the price "
        "of bread</quote>."
    ),
    "a rejected claim": (
        "<speaker>The council</speaker> <cue id='1'>rejected</cue> <quote type='indirect' cue='1'>the "
        "<cue id='2'>claim</cue> that <quote type='indirect' cue='2'>the dam was weak</quote></quote>."
    ),
}

INFINITIVES = {
    "refusal": "The envoy refused to sign the paper.",
    "agreement": "The two councils agreed to share the water.",
    "decision": "The council decided to close three wells.",
    "plan": "The envoy plans to sign the paper.",
    "readiness": "The envoy is ready to sign the paper.",
    "wish": (
        "<speaker>The farmers</speaker> <cue>want</cue> to <quote type='indirect'>sell their wheat "
        "abroad</quote>."
    ),
    "wish for others": (
        "<speaker>The farmers</speaker> <cue>want</cue> <quote type='indirect'>the council to open the "
        "gate</quote>."
    ),
    "threat": (
        "<speaker>The bloc</speaker> <cue>threatened</cue> to <quote type='indirect'>leave the "
        "cabinet</quote>."
    ),
    "plea": (
        "<speaker>The bishop</speaker> <cue>urged</cue> <quote type='indirect'>them to stay at home</quote>."
    ),
    "order": (
        "<speaker>Hartwig</speaker> <cue>told</cue> <quote type='indirect'>his drivers to wait at the "
        "gate</quote>."
    ),
    "two acts": (
        "<speaker>The council</speaker> <cue>promised</cue> to <quote type='indirect'>share the water and "
        "mend the road</quote>."
    ),
    "two infinitives": (
        "<speaker>The union</speaker> <cue>vowed</cue> to <quote type='indirect'>stay and to fight the "
        "law</quote>."
    ),
    "call on somebody": (
        "<speaker>Brandt</speaker> <cue>called on</cue> <quote type='indirect'>the council to mend the "
        "road</quote>."
    ),
    "gerund": (
        "<speaker>Brandt</speaker> <cue>denied</cue> <quote type='indirect'>taking the money</quote>."
    ),
    "negated wish": (
        "<speaker>Brandt</speaker> <cue>did not want</cue> to <quote type='indirect'>sell his land</quote>."
    ),
}

PREPOSITIONS = {
    "call for": (
        "<speaker>The council</speaker> <cue>called for</cue> <quote type='indirect'>an inquiry into the "
        "fire</quote>."
    ),
    "one word": (
        "<speaker>The mayor</speaker> <cue>called for</cue> <quote type='indirect'>restraint</quote>."
    ),
    "complaint": (
        "<speaker>The baker</speaker> <cue>complained</cue> about <quote type='indirect'>the price of "
        "flour</quote>."
    ),
    "speak of": (
        "<speaker>Brandt</speaker> <cue>spoke of</cue> <quote type='indirect'>a lost decade</quote>."
    ),
    "respond": "The ministry responded to the complaints of the bakers.",
    "vote against": "The teachers voted against the new timetable.",
    "lash out": (
        "<speaker>The governor</speaker> <cue>lashed out</cue> at <quote type='indirect'>the critics of "
        "the dam</quote>."
    ),
}

CLAUSES = {
    "question": (
        "<speaker>The guild</speaker> <cue>questioned</cue> <quote type='indirect'>why the gate was "
        "locked</quote>."
    ),
    "insight": (
        "<speaker>The mayor</speaker> <cue>realised</cue> that <quote type='indirect'>the pumps had "
        "stopped</quote>."
    ),
    "thing that tells": "The figures show that the harvest has failed.",
    "deed that tells": "The attack signals that the truce is over.",
    "document that tells": (
        "<speaker>The report</speaker> <cue>shows</cue> that <quote type='indirect'>the harvest has "
        "failed</quote>."
    ),
    "future": "The minister will announce that the harvest has failed.",
    "possibility": "The minister may announce that the harvest has failed.",
    "nothing said yet": "The minister is expected to announce that the harvest has failed.",
    "negated": (
        "<speaker>The minister</speaker> <cue>did not say</cue> that <quote type='indirect'>the harvest had "
        "failed</quote>."
    ),
    "not told": "The minister did not say whether the harvest had failed.",
    "share of people": (
        "<speaker>Nine percent</speaker> <cue>said</cue> that <quote type='indirect'>they would leave the"
        " valley</quote>."
    ),
    "speakers of no list": (
        "<speaker>Environmentalists</speaker> <cue>worry</cue> that <quote type='indirect'>the river will"
        " dry up</quote>."
    ),
    "time at the start": (
        "<speaker>Brandt</speaker> <cue>said</cue> that <quote type='indirect'>as of May, the river would"
        " be open</quote>."
    ),
    "second that": (
        "<speaker>Hartwig</speaker> <cue>said</cue> that <quote type='indirect'>the road was closed, but "
        "that the bridge would open</quote>."
    ),
    "second verb": (
        "<speaker>Hartwig</speaker> <cue>says</cue> <quote type='indirect'>it would cost money in the "
        "first years, but would later save it</quote>."
    ),
    "clause in brackets": (
        "He fell at the gate (<speaker>his office</speaker> later <cue>disclosed</cue> that <quote "
        "type='indirect'>he has a fever</quote>)."
    ),
    "comment before": (
        "As <speaker>one analyst</speaker> <cue>pointed out</cue>, <quote type='indirect'>the gap between"
        " the two is too wide</quote>."
    ),
    "comment after": (
        "<quote type='indirect'>The gap between the two is too wide</quote>, as "
        "<speaker>Hartwig</speaker> <cue>noted</cue>."
    ),
    "refusal within speech": (
        "<speaker>Hartwig</speaker> <cue>said</cue> <quote type='indirect'>the bakers refused to sell "
        "bread</quote>."
    ),
    "another act": (
        "<speaker>Brandt</speaker> <cue id='1'>said</cue> <quote type='indirect' cue='1'>the road was "
        "closed</quote> and <cue id='2'>called on</cue> <quote type='indirect' cue='2'>the council to "
        "mend it</quote>."
    ),
    "cue in the middle": (
        "<quote type='indirect'>The bridge</quote>, <speaker>Hartwig</speaker> <cue>said</cue>, <quote "
        "type='indirect'>is closed</quote>."
    ),
    "fragment within": (
        "<speaker>The envoy</speaker> <cue>said</cue> that <quote type='indirect'>the talks were “<quote "
        "type='mixed'>slow but honest</quote>” and would go on</quote>."
    ),
    "one in three": (
        "<speaker>One in three</speaker> <cue>said</cue> <quote type='indirect'>the party does not care "
        "about the valley</quote>."
    ),
    "clause that the parse cuts in two": (
        "<speaker>A significant number of farmers</speaker> <cue>said</cue> <quote type='indirect'>they are "
        "fine with however it plays out</quote>."
    ),
    "second wish in the tense of the cue": (
        "<speaker id='1'>Brandt</speaker> is <cue id='1'>acknowledging</cue> that <quote type='indirect' "
        "by='1' cue='1'>Hartwig owns the bridge</quote> — but <speaker id='2'>he</speaker> <cue "
        "id='2'>wants</cue> to <quote type='indirect' by='2' cue='2'>close it to her friends</quote>."
    ),
    "what the journalist adds to a name": (
        "<speaker>Hartwig</speaker> <cue>said</cue> <quote type='indirect'>she would vote for Karl "
        "Brandt</quote>, who is 70."
    ),
}

CUT_IN_TWO = {
    "subject and rest": (
        "<quote type='indirect'>The latest test</quote>, <speaker>the ministry</speaker> "
        "<cue>said</cue>, <quote "
        "type='indirect'>was its biggest yet</quote>."
    ),
    "words after the cue": (
        "<quote type='indirect'>The difference now</quote>, <speaker>he</speaker> <cue>told</cue> "
        "me on Friday, <quote "
        "type='indirect'>is that he is the anchor of a news programme</quote>."
    ),
    "conjunction after the cue": (
        "<quote type='indirect'>The air there had become so bad</quote>, <speaker>Mr. Brandt</speaker> "
        "<cue>noted</cue>, that <quote type='indirect'>the schools of the town were closed</quote>."
    ),
    "infinitive before": (
        "<quote type='indirect'>To understand the river</quote>, <speaker>Judge Hartwig</speaker> "
        "<cue>said</cue>, "
        "<quote type='indirect'>one should visit the old bridge</quote>."
    ),
    "what the speaker did besides": (
        "<quote type='indirect'>The bridge will stay closed</quote>, <speaker>Hartwig</speaker> "
        "<cue>said</cue>, "
        "pointing at the river."
    ),
    "clause behind the addressee": (
        "Last week <speaker>he</speaker> <cue>told</cue> a meeting of island leaders that <quote "
        "type='indirect'>few people knew the price of the bridge</quote>."
    ),
}

PASSIVES = {
    "agent": (
        "<quote type='indirect'>The plan</quote> was <cue>criticised</cue> by <speaker>the farmers</speaker>."
    ),
    "nobody named": "The mayor was accused of hiding flour.",
    "expectation": "The harvest is expected to fail in the north.",
    "belief": "The thief is believed to have left the valley.",
}

NOUNS = {
    "owner": (
        "<speaker>The ministry</speaker>'s <cue>claim</cue> that <quote type='indirect'>the road was "
        "safe</quote> was false."
    ),
    "promise": (
        "<speaker>His</speaker> <cue>promise</cue> to <quote type='indirect'>mend the bridge</quote> was "
        "forgotten."
    ),
    "object of a light verb": (
        "<speaker>The guild</speaker> made the <cue>argument</cue> that <quote type='indirect'>the toll "
        "was unfair</quote>."
    ),
    "copula": (
        "<speaker>Hartwig</speaker>'s <cue>view</cue> is that <quote type='indirect'>the toll is "
        "unfair</quote>."
    ),
    "nobody's fears": "There were fears that the dam would break.",
    "noun of fact": "The news that the dam had broken reached the valley.",
    "in somebody's view": (
        "In <speaker>Hartwig</speaker>'s <cue>view</cue>, <quote type='indirect'>the toll is unfair</quote>."
    ),
}

ADJECTIVES = {
    "confidence": (
        "<speaker>Hartwig</speaker> is <cue>confident</cue> that <quote type='indirect'>the road will "
        "open</quote>."
    ),
    "worry": (
        "<speaker>The farmers</speaker> are <cue>worried</cue> about <quote type='indirect'>the "
        "frost</quote>."
    ),
    "criticism": (
        "<speaker>The cleric</speaker> was <cue>critical</cue> of <quote type='indirect'>the new law</quote>."
    ),
}

NOTHING = {
    "what might be said": ("The mayor might condemn the vote."),
    "condition": ("If the mayor condemns the vote, the council will fall."),
    "a blow, no word": ("The pilot attacked the convoy on Monday."),
    "things": ("The tent offers shade to nine people."),
    "an act": ("The council mended the road in spring."),
    "the author": ("I want to see the bridge."),
}

EXAMPLES = {
    f"{phenomenon}: {name}": source
    for phenomenon, table in {
        "object": OBJECTS,
        "infinitive": INFINITIVES,
        "preposition": PREPOSITIONS,
        "clause": CLAUSES,
        "cut in two": CUT_IN_TWO,
        "passive": PASSIVES,
        "noun": NOUNS,
        "adjective": ADJECTIVES,
        "nothing": NOTHING,
    }.items()
    for name, source in table.items()
}


def test_the_table_is_long_enough() -> None:
    assert len(EXAMPLES) >= 60


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_example(source: str, parse: Callable[[str], Doc], cues: Cues) -> None:
    text, _ = parse_markup(source)
    assert _without_lone_cues(found_rows(find_quotes(parse(text), cues))) == marked_rows(source)


def test_the_frame_gives_the_confidence(parse: Callable[[str], Doc], cues: Cues) -> None:
    [quote] = find_quotes(parse("The envoy vowed to sign the paper."), cues)
    assert (quote.rule, quote.confidence) == ("infinitive", cues.frames["vow"]["infinitive"])


def _without_lone_cues(rows: list[Row]) -> list[Row]:
    return [(kind, text, speaker, cue if speaker else None) for kind, text, speaker, cue in rows]


def test_one_row_a_span() -> None:
    weak = Quote(0, 9, "the dam", "indirect", "noun", 0.3, 0)
    sure, other = replace(weak, rule="clause", confidence=0.9), replace(weak, end=8)
    assert deduplicate_by_span([weak, sure, other]) == [sure, other]
    marked = replace(weak, type="mixed", rule="leading")
    assert deduplicate_by_span([marked, sure]) == [marked]
