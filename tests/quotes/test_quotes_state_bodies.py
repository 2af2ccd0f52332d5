"""Speakers that are bodies of states in words: the one that state and noun leave, else nobody."""

from dataclasses import replace
from datetime import date

import pytest
from test_quotes_roles import resolved

from extract.lexicon import Lexicon
from extract.quotes.cues import Cues
from invented import invented

# As in test_quotes_roles.py: <m> is a mention, <s> a speaker, `is` says who.
QARNASI, MARSAN = "<m label='NORP'>Qarnasi</m>", "<m label='NORP'>Marsan</m>"
QARNAS = "<m label='GPE'>Qarnas</m>"
HERE = f"It rained in {QARNAS}. {QARNAS} was calm. "
EXAMPLES = {
    "the state before the noun": f"<s is='qarnasi-army' how='mention'>The {QARNASI} army</s> said.",
    "of several words": f"<s is='qarnasi-water-ministry' how='mention'>The {QARNASI} water ministry</s> "
    "said.",
    "without an article": f"<s is='qarnasi-army' how='mention'>{QARNASI} army</s> said.",
    "a possessive": f"<s is='qarnasi-army' how='mention'>{QARNAS}'s army</s> said.",
    "the state after the noun": f"<s is='qarnasi-army' how='mention'>the army of {QARNAS}</s> said.",
    "another state": f"{HERE}<s is='marsan-army' how='mention'>The {MARSAN} army</s> said.",
    "it goes on": f"<s is='qarnasi-army' how='mention'>The {QARNASI} army</s> said. "
    "<s is='qarnasi-army' how='coreference'>The army</s> said.",
    "in the country of the article": f"{HERE}<s is='qarnasi-army' how='coreference'>The army</s> said.",
    "a ministry there": f"{HERE}<s is='qarnasi-water-ministry' how='coreference'>The water ministry</s> "
    "said.",
    # Nobody is meant.
    "unknown to the lexicon": f"<s>The {QARNASI} navy</s> said.",
    "of two states": f"<s>The {QARNASI} and {MARSAN} armies</s> said.",
    "other words": f"<s>The {QARNASI} army in the hills</s> said.",
    "several kinds": f"{HERE}<s>The ministry</s> said.",
    "one of several": f"{HERE}<s>An army</s> said.",
    "no country": "<s>The army</s> said.",
    "no country before": f"<s>The army</s> said. {HERE}",
    "a rival by its words": f"{HERE}The {MARSAN} army fled. <s>The army</s> said.",
    "a rival by its name": f"{HERE}The <m label='ORG'>Marsan Army</m> fled. <s is='marsan-army' "
    "how='coreference'>The army</s> said.",
    "a rival later": f"{HERE}<s>The army</s> said. The army of Vell fled.",
    "a rival's possessive": f"{HERE}<s>The army</s> said. Vell's army fled.",
    "several of them": f"{HERE}Two armies met. <s>The army</s> said.",
    "a modifier": f"<s>The {QARNASI} army chief</s> said.",
}


@pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in EXAMPLES.items()])
def test_a_body_in_words(source: str, lexicon: Lexicon, cues: Cues) -> None:
    for marked, quote in resolved(source, invented(lexicon), cues, date(2020, 2, 3)):
        assert quote.speaker_entity_id == marked.attrs.get("is")
        assert quote.speaker_method == marked.attrs.get("how")


def test_of_two_bodies_called_alike_neither_is_meant(lexicon: Lexicon, cues: Cues) -> None:
    known = invented(lexicon)
    key = known.spelling.key("Qarnasi Army")
    other = replace(known.names[key][0], entity_id="qarnasi-water-ministry")
    doubled = replace(known, names={**known.names, key: (*known.names[key], other)})
    [(_, quote)] = resolved(f"<s>The {QARNASI} army</s> said.", doubled, cues, date(2020, 2, 3))
    assert quote.speaker_entity_id is None
