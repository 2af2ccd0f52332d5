"""Who said what, in one line a phenomenon: `<speaker>`, `<cue>` and `<quote type=...>` are marked inline.

With several speakers or cues, `by='2'` and `cue='2'` name the one that belongs to the quote; `by='none'` says
that nobody does. Speakers are invented.
"""

from collections.abc import Callable

import pytest
from quotes_markup import found_rows, marked_rows
from spacy.tokens import Doc

from extract.quotes.cues import Cues
from extract.quotes.finder import find_quotes
from markup import parse_markup

DIRECT = {
    "no closing mark, a described speaker last": (
        "“<quote type='direct'>The road is closed,</quote> <cue>said</cue> <speaker>Karim "
        "Brandt</speaker>, the mayor."
    ),
    "no closing mark, an occasion last": (
        "“<quote type='direct'>The road is closed,</quote> <speaker>Karim Brandt</speaker> "
        "<cue>said</cue> in a statement on Monday."
    ),
    "cue before, with a comma": (
        "<speaker>Karim Brandt</speaker> <cue>said</cue>, “<quote type='direct'>We will open the "
        "road.</quote>”"
    ),
    "cue before, with a colon": (
        "<speaker>The minister</speaker> <cue>said</cue>: “<quote type='direct'>We will open the "
        "road.</quote>”"
    ),
    "cue before, with that": (
        "<speaker>Karim Brandt</speaker> <cue>declared</cue> on Monday that “<quote "
        "type='direct'>we are going to open the road,</quote>” as he left."
    ),
    "cue after": (
        "“<quote type='direct'>We will open the road,</quote>” <speaker>Karim Brandt</speaker> "
        "<cue>said</cue>."
    ),
    "cue after, inverted": (
        "“<quote type='direct'>We will open the road,</quote>” <cue>said</cue> <speaker>Karim "
        "Brandt</speaker>, an engineer from Basra."
    ),
    "question mark before the cue": (
        "“<quote type='direct'>Who will pay for the road?</quote>” <speaker>she</speaker> <cue>asked</cue>."
    ),
    "pronoun": (
        "“<quote type='direct'>We hope that it will hold,</quote>” <speaker>it</speaker> <cue>added</cue>."
    ),
    "addressee after the cue": (
        "“<quote type='direct'>We lost the harvest,</quote>” <speaker>a farmer</speaker> "
        "<cue>told</cue> the radio."
    ),
    "described speaker": (
        "“<quote type='direct'>The details will explode later,</quote>” <speaker>the first "
        "official</speaker> <cue>said</cue>."
    ),
    "one of several": (
        "“<quote type='direct'>They asked us for a number,</quote>” <speaker>one of the "
        "officials</speaker> <cue>said</cue>."
    ),
    "title and name": (
        "“<quote type='direct'>The pumps have stopped,</quote>” <cue>said</cue> <speaker>Mayor "
        "Salma Hartwig</speaker>."
    ),
    "apposition between speaker and cue": (
        "“<quote type='direct'>The pumps have stopped,</quote>” <speaker>Hartwig</speaker>, the "
        "mayor of the town, <cue>said</cue> on Sunday."
    ),
    "brackets after the speaker": (
        "“<quote type='direct'>The pumps have stopped,</quote>” <speaker>Mayor Salma "
        "Hartwig</speaker> (independent) <cue>said</cue> in an interview."
    ),
    "straight marks": (
        "\"<quote type='direct'>The pumps have stopped,</quote>\" <speaker>Hartwig</speaker> <cue>said</cue>."
    ),
    "straight mark opens, curly one closes": (
        "<speaker>The statement</speaker> <cue>adds</cue>: \"<quote type='direct'>Any aircraft in "
        "our sky will be considered hostile.</quote>”"
    ),
    "space before the closing mark": (
        "<speaker>The statement</speaker> <cue>says</cue>: \"<quote type='direct'>The talks will "
        'go on until May.</quote> " The ministry did not answer.'
    ),
    "guillemets": (
        "«<quote type='direct'>The pumps have stopped,</quote>» <speaker>Hartwig</speaker> <cue>said</cue>."
    ),
    "nested quotation": (
        "“<quote type='direct'>They asked me, ‘Who will listen?’ and I had no answer,</quote>” "
        "<speaker>Hartwig</speaker> <cue>said</cue>."
    ),
    "square brackets": (
        "“<quote type='direct'>They [the engineers] were late,</quote>” <speaker>Hartwig</speaker> "
        "<cue>said</cue>."
    ),
    "verb that no list holds": (
        "“<quote type='direct'>May the best liar win,</quote>” <speaker>he</speaker> <cue>laughs</cue>."
    ),
    "speaker of a relative clause": (
        "A tweet by <speaker>Karim Brandt</speaker>, who <cue>said</cue>: “<quote "
        "type='direct'>The work will continue until spring.</quote>”"
    ),
    "document": (
        "<speaker>A joint statement</speaker> came at the end of the road talks, "
        "which <cue>stated</cue> that “<quote type='direct'>there will be no new road in the "
        "valley.</quote>”"
    ),
    "name and colon": (
        "<speaker>Hartwig</speaker><cue>:</cue> “<quote type='direct'>I keep a list of the empty "
        "houses.</quote>”"
    ),
    "clause and colon": (
        "<speaker>Hartwig</speaker> turned to the committee<cue>:</cue> “<quote type='direct'>You have "
        "counted nothing at all.</quote>”"
    ),
    "signature": (
        "“<quote type='direct'>You have counted nothing at all.</quote>” <cue>—</cue> "
        "<speaker>Salma Hartwig</speaker>"
    ),
    "according to": (
        "“<quote type='direct'>The pumps have stopped,</quote>” <cue>according to</cue> "
        "<speaker>Hartwig</speaker>."
    ),
    "sentence of its own, nobody named": (
        "It rained for days. “<quote type='direct' by='none'>The river never asks anybody for "
        "permission.</quote>”"
    ),
}

PIECES = {
    "two sentences round the cue": (
        "“<quote type='direct'>We open the shutters,</quote>” <cue>said</cue> <speaker>Karim "
        "Brandt</speaker>. “<quote type='direct'>Nobody asks us why.</quote>”"
    ),
    "one sentence round the cue": (
        "“<quote type='direct'>We open the shutters,</quote>” <speaker>Brandt</speaker> "
        "<cue>said</cue>, “<quote type='direct'>and nobody asks us why.</quote>”"
    ),
    "short second piece": (
        "“<quote type='direct'>We have no television,</quote>” <cue>says</cue> "
        "<speaker>Brandt</speaker>. “<quote type='direct'>We have shoes.</quote>”"
    ),
    "re-opened paragraphs": (
        "“<quote type='direct'>We warned of this,</quote>” <speaker>the envoy</speaker> "
        "<cue>said</cue>.\n“<quote type='direct'>Everyone asked us to go on.</quote>\n“<quote "
        "type='direct'>Now let us see who pays.</quote>”"
    ),
    "speaker named in the last of several paragraphs": (
        "“<quote type='direct'>We warned of this in the spring.</quote>\n"
        "“<quote type='direct'>Now let us see who pays,</quote>” <speaker>the envoy</speaker> "
        "<cue>said</cue>."
    ),
    "whole paragraph after another": (
        "“<quote type='direct'>We warned of this,</quote>” <speaker>the envoy</speaker> "
        "<cue>said</cue>.\n\n“<quote type='direct'>The bridge was too weak for the "
        "lorries.</quote>”"
    ),
    "paragraph after a colon": (
        "<speaker>The envoy</speaker> <cue>continued</cue>:\n\n“<quote type='direct'>The bridge "
        "was too weak for the lorries.</quote>”"
    ),
    "two fragments of one cue": (
        "<speaker>Hartwig</speaker> <cue>called</cue> the plan “<quote type='mixed'>a slow "
        "disaster</quote>” and “<quote type='mixed'>an insult to farmers.</quote>”"
    ),
    "a second cue by the same speaker": (
        "<speaker>The coalition</speaker> <cue id='1'>welcomed</cue> “<quote type='mixed' "
        "cue='1'>the success of the talks,</quote>” <cue id='2'>calling on</cue> “<quote "
        "type='mixed' cue='2'>the officials to follow up on it.</quote>”"
    ),
    "two speakers in a paragraph": (
        "“<quote type='direct' by='1' cue='1'>The road is closed,</quote>” <speaker "
        "id='1'>Brandt</speaker> <cue id='1'>said</cue>. “<quote type='direct' by='2' cue='2'>It "
        "was never open,</quote>” <speaker id='2'>Hartwig</speaker> <cue id='2'>replied</cue>."
    ),
}

MIXED = {
    "predicate after that": (
        "<speaker>He</speaker> <cue>said</cue> that Iraq “<quote type='mixed'>does not need more "
        "committees, but fewer of them.</quote>”"
    ),
    "object of a verb of stance": (
        "<speaker>The farmers’ union</speaker> <cue>lauded</cue> “<quote type='mixed'>the end of "
        "the long drought</quote>” on Sunday."
    ),
    "infinitive after the addressee": (
        "<speaker>Karim Brandt</speaker> thanked the engineers, <cue>calling on</cue> the ministry "
        "to “<quote type='mixed'>remove the last of the broken pumps.</quote>”"
    ),
    "as a phrase": (
        "<speaker>Hartwig</speaker> <cue>described</cue> the bridge as “<quote type='mixed'>a gift "
        "with a short date on it.</quote>”"
    ),
    "judgement in one word": (
        "<speaker>Hartwig</speaker> <cue>said</cue> <quote type='indirect'>the answer of the "
        "ministry was “<quote type='mixed'>shameful.</quote>”</quote>"
    ),
    "verb without its subject": (
        "<speaker>The official</speaker> <cue>said</cue> he “<quote type='mixed'>would not bet a "
        "cup of tea on it.</quote>”"
    ),
    "words before the cue": (
        "The calm was “<quote type='mixed'>a pause between two storms,</quote>” "
        "<speaker>Brandt</speaker> <cue>said</cue>."
    ),
    "as somebody put it": (
        "The bridge was “<quote type='mixed'>a gift with a short date,</quote>” as "
        "<speaker>Hartwig</speaker> <cue>put it</cue>."
    ),
    "thought within speech": (
        "<speaker id='1'>Hartwig</speaker> <cue id='1'>said</cue> <quote type='indirect' by='1' "
        "cue='1'>she hopes for “<quote type='mixed' by='1' cue='1'>a slow but honest "
        "count.</quote>”</quote>"
    ),
}

SCARE = {
    "so-called": (
        "The so-called “<quote type='scare' by='none'>combat</quote>” forces left the valley in May."
    ),
    "name of an organisation": (
        "The “<quote type='scare' by='none'>Valley Alliance</quote>” won two seats in May."
    ),
    "name within a report": (
        "Brandt met the head of the “<quote type='scare' by='none'>River Council</quote>” after the vote."
    ),
    "term": ("The two sides held their “<quote type='scare' by='none'>strategic dialogue</quote>” in July."),
    "term that is weighed": (
        "The difference between “<quote type='scare' by='none'>workers</quote>” and “<quote "
        "type='scare' by='none'>guests</quote>” matters."
    ),
    "a word as a word": (
        "In the end <speaker>both sides</speaker> <cue>asked</cue> to <quote type='indirect'>use the "
        "word “<quote type='scare' by='none'>departure</quote>” in the text</quote>."
    ),
    "title of a book": (
        "She wrote a novel titled “<quote type='scare' by='none'>The Dry River</quote>” in prison."
    ),
    "single marks": "The ‘<quote type='scare' by='none'>temporary</quote>’ tents are ten years old.",
}

INDIRECT = {
    "with that": (
        "<speaker>Karim Brandt</speaker> <cue>said</cue> that <quote type='indirect'>the bridge "
        "would be closed for a month</quote>."
    ),
    "without that": (
        "<speaker>The ministry</speaker> <cue>said</cue> <quote type='indirect'>it had closed the "
        "bridge</quote>."
    ),
    "told": (
        "<speaker>The second official</speaker> <cue>told</cue> reporters that <quote "
        "type='indirect'>the bridge was too weak</quote>."
    ),
    "clause first": (
        "<quote type='indirect'>The bridge will be closed for a month</quote>, <speaker>two "
        "officials</speaker> <cue>said</cue>."
    ),
    "clause first, with an addressee": (
        "<quote type='indirect'>The bridge was closed because the river had risen</quote>, "
        "<speaker>residents and drivers</speaker> <cue>told</cue> the agency."
    ),
    "inverted": (
        "<quote type='indirect'>The bridge will be closed for a month</quote>, <cue>says</cue> "
        "<speaker>engineer Karim Brandt</speaker>."
    ),
    "in a statement": (
        "In a statement, <speaker>the spokeswoman Salma Hartwig</speaker> <cue>said</cue> that "
        "<quote type='indirect'>the bridge would stay closed</quote>."
    ),
    "coordinated clauses": (
        "<speaker>Hartwig</speaker> <cue>said</cue> that <quote type='indirect'>the bridge was "
        "closed and that the road would follow</quote>."
    ),
    "quoted as saying": (
        "<speaker>Iraqi officials</speaker> were quoted as <cue>saying</cue> that <quote "
        "type='indirect'>the aim of the visit was to sign a contract</quote>."
    ),
    "agent of a passive": (
        "The visitors were <cue>told</cue> by <speaker>a guard</speaker> that <quote "
        "type='indirect'>the museum was closed</quote>."
    ),
    "participle": (
        "<speaker>Brandt</speaker> left the meeting early, <cue>saying</cue> that <quote "
        "type='indirect'>nobody had read the report</quote>."
    ),
    "conjoined verbs share the subject": (
        "<speaker>Brandt</speaker> <cue id='1'>said</cue> that <quote type='indirect' cue='1'>the "
        "pumps were old</quote> and <cue id='2'>warned</cue> that <quote type='indirect' "
        "cue='2'>the river would rise</quote>."
    ),
    "according to, first": (
        "<cue>According to</cue> <speaker>two residents of the district</speaker>, <quote "
        "type='indirect'>the sirens were tested twice on Monday</quote>."
    ),
    "according to, last": (
        "<quote type='indirect'>The sirens were tested twice on Monday</quote>, <cue>according "
        "to</cue> <speaker>residents</speaker>."
    ),
    "according to, after several clauses": (
        "<quote type='indirect'>The guards fled at noon, and the town fell an hour later</quote>, "
        "<cue>according to</cue> <speaker>local officials</speaker>."
    ),
    "according to, after a clause about the one before": (
        "The guards do not sleep, and <quote type='indirect'>this is their right</quote>, "
        "<cue>according to</cue> <speaker>local officials</speaker>."
    ),
    "which is the reporter's": (
        "<speaker>Karim Brandt</speaker> <cue>said</cue> <quote type='indirect'>the dam was "
        "weak</quote>, which angered the farmers."
    ),
    "a description is the reporter's": (
        "<speaker>Karim Brandt</speaker> <cue>said</cue> <quote type='indirect'>the dam was "
        "weak</quote> — a claim that angered the farmers."
    ),
    "somebody else's report follows": (
        "<speaker id='1'>Officials</speaker> <cue id='1'>said</cue> <quote type='indirect' by='1' "
        "cue='1'>the road was closed</quote>, and <speaker id='2'>farmers</speaker> <cue id='2'>said</cue> "
        "<quote type='indirect' by='2' cue='2'>the dam was weak</quote>."
    ),
    "a poll finds a lead": (
        "<speaker>A poll</speaker> <cue>found</cue> <quote type='indirect'>the mayor leading in "
        "Basra</quote>."
    ),
    "according to, in the middle": (
        "<quote type='indirect'>The old bridge</quote>, <cue>according to</cue> "
        "<speaker>residents</speaker>, <quote type='indirect'>was closed for a month</quote>."
    ),
    "phrase as object": (
        "<speaker>Hartwig</speaker> also <cue>stressed</cue> <quote type='indirect'>the need for a "
        "new bridge over the river</quote>."
    ),
    "phrase after a preposition": (
        "<speaker>Officials</speaker> <cue>hinted at</cue> <quote type='indirect'>the possibility "
        "of a second round</quote>."
    ),
    "infinitive": (
        "<speaker>The union</speaker> <cue>vowed</cue> to <quote type='indirect'>block the road "
        "until spring</quote>."
    ),
    "belief": (
        "<speaker>Analyst Karim Brandt</speaker> <cue>believes</cue> that <quote "
        "type='indirect'>the price of bread will rise</quote>."
    ),
    "what the speaker did besides": (
        "<speaker id='1'>Brandt</speaker> <cue id='1'>said</cue> <quote type='indirect' cue='1'>the "
        "bridge was closed</quote>, <cue id='2'>citing</cue> <quote type='indirect' cue='2'>a report by "
        "the ministry</quote>."
    ),
    "a term in marks within": (
        "<speaker>Brandt</speaker> <cue>said</cue> that <quote type='indirect'>the “<quote "
        "type='scare' by='none'>occupation</quote>” of the town hall was over</quote>."
    ),
}

NOTHING = {
    "nothing said": "The envoy did not say whether the bridge was closed.",
    "purpose": "The two ministers met to discuss the border.",
    "a deed undone": "The council decided against confirming that the dam was weak.",
    "come upon": "Salma Brandt found her son asleep in the yard.",
    "shown": "A video shows the men leaving the hall.",
    "effect": "The army shelled the town, raising doubts about the truce.",
    "no position": "The committee has no official position on the dam.",
    "somebody's position": "The party's official position on the dam is unclear.",
    "condition": "If the envoy says that the bridge is closed, drivers will complain.",
    "nobody named": "It was reported that the bridge was closed.",
    "whoever is no speaker": "Everything suggests that the bridge is closed.",
    "the author": "We believe that the bridge is closed.",
    "no speech": "The engineers closed the bridge because the river had risen.",
    "apostrophes": "The farmers’ pumps, the ministry’s lorries and Brandt's tractors don't move.",
    "inches": 'The pipe was 12" wide and the pump 8" deep, so the engineers sent both back.',
}

EXAMPLES = {**DIRECT, **PIECES, **MIXED, **SCARE, **INDIRECT, **NOTHING}


def test_the_table_is_long_enough() -> None:
    assert len(EXAMPLES) >= 60


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_example(source: str, parse: Callable[[str], Doc], cues: Cues) -> None:
    text, _ = parse_markup(source)
    assert found_rows(find_quotes(parse(text), cues)) == marked_rows(source)
