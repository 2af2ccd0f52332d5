"""Short sentences with a trap each: which names are found, and what they mean."""

# ruff: noqa: E501 - one sentence a line, however long its tags make it

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from extract.model import Mention
from markup import parse_markup

# Marked are all FACTION, PERSON and ORG mentions, and of the others those the sentence is about. The tag says the
# label, `id` the entity ("" for none), `name` the name of those without id.
TRAPS = [
    # Hezbollah and its namesakes
    "<gpe>Lebanon</gpe>'s <faction id='hezbollah'>Hezbollah</faction> held a rally.",
    "Fighters of <faction id='kataib-hezbollah'>Kata’ib Hizballah</faction> left the town.",
    "<faction id='kataib-hezbollah'>Kataib Hezbollah</faction> and <faction id='hezbollah'>Hezbollah</faction> differ.",
    "The <faction id='kataib-hezbollah'>Hezbollah Brigades</faction> are active in <gpe>Iraq</gpe>.",
    "<faction id='harakat-hezbollah-al-nujaba'>Harakat Hezbollah al-Nujaba</faction> is another.",
    "<faction id='kataib-hezbollah'>Kata'ib Hezbollah</faction> (<faction id='kataib-hezbollah'>KH</faction>) is in <gpe>Iraq</gpe>; <faction id='kataib-hezbollah'>KH</faction> is listed.",
    "The KH model was sold before anybody knew it.",
    # Badr
    "The <faction id='badr-organization'>Badr Organization</faction> met. <faction id='badr-organization'>Badr</faction> has several ministries.",
    "The battle of Badr was fought in 624.",
    "In <gpe>Iraq</gpe> he lives in the town of Badr with his family.",
    "\"<faction id='badr-organization'>Badr Organization</faction>\" members met in <gpe>Baghdad</gpe>.",
    # Fatah
    "The <gpe>Gaza</gpe> talks of <faction id='hamas'>Hamas</faction> and <faction id='fatah-palestine'>Fatah</faction> failed.",
    "In <gpe>Iraq</gpe>, the <faction id='fatah-alliance'>Fatah</faction> bloc lost seats.",
    "<gpe>Iraq</gpe>'s <faction id='fatah-alliance'>Fatah Alliance</faction> and <faction id='state-of-law-coalition'>State of Law</faction> are rivals.",
    "The \"<faction id='fatah-alliance'>Al-Fateh</faction>\" coalition has members in <gpe>Iraq</gpe>.",
    "A Fateh-110 missile was shown in <gpe>Tehran</gpe>.",
    # Sadr, the city, the movement
    "<person id='muqtada-al-sadr'>Moqtada Al-Sadr</person> lives in <gpe>Najaf</gpe>, not in <gpe id='sadr-city'>Sadr City</gpe>.",
    "The <norp id='sadrist-movement'>Sadrist</norp> discourse changed in <gpe>Iraq</gpe>.",
    "<person id='mohammed-baqir-al-sadr'>Mohammed Baqir al-Sadr</person> was executed in <gpe>Iraq</gpe> in 1980.",
    # Hussein
    "<person id='saddam-hussein'>Saddam Hussein</person> ruled <gpe>Iraq</gpe>; <person id='saddam-hussein'>Hussein</person> fell in 2003.",
    "<person id='fuad-hussein'>Fouad Hussein</person> is a minister. <person id='fuad-hussein'>Hussein</person> lives in <gpe>Baghdad</gpe>.",
    "<person id='fuad-hussein'>Fouad Hussein</person> visited the <fac>Imam Hussein shrine</fac> in <gpe>Karbala</gpe>.",
    # Surnames that are other words
    "<person id='mohammed-shia-al-sudani'>Mohammed Shia al-Sudani</person> met a <norp id='sudan'>Sudanese</norp> envoy.",
    "<person id='ned-price'>Ned Price</person> is no price of oil. <person id='ned-price'>Price</person> works in <gpe>Washington</gpe>.",
    "The Price of oil rose in <gpe>Iraq</gpe>.",
    # PMF and its commission
    "The <faction id='popular-mobilization-forces'>Popular Mobilisation Forces</faction> (<faction id='popular-mobilization-forces'>PMF</faction>) are in <gpe>Iraq</gpe>.",
    "In <gpe>Iraq</gpe>, the <faction id='popular-mobilization-forces'>Hashd ash-Sha'abi</faction> is part of the state.",
    "The <org id='popular-mobilization-commission'>Popular Mobilization Commission</org> met in <gpe>Baghdad</gpe>.",
    "The company sells a PMF sensor for engines.",
    # Possessives, quotes, hyphens
    "<faction id='asaib-ahl-al-haq'>Asa’ib Ahl al-Haq</faction>’s leader is in <gpe>Iraq</gpe>.",
    "The <gpe id='united-states'>US</gpe>-led coalition left <fac id='camp-taji'>Taji military base</fac>.",
    "The pro-<gpe id='iran'>Iran</gpe> groups and the <gpe id='iran'>Iran</gpe>-backed parties met.",
    "The <gpe>U.S.</gpe>-<gpe>Iraq</gpe> talks ended; <gpe>US</gpe>-<gpe>Iraq</gpe> trade goes on.",
    "Tell us what the <gpe>US</gpe> wants.",
    "The so-called \"<faction id='axis-of-resistance'>axis of resistance</faction>.\" It is large.",
    "The \"<faction id='iraqi-resistance-coordination-committee'>Coordination Committee of the Iraqi Resistance Factions</faction>\" met.",
    # Acronyms
    "<faction id='isis'>ISIS</faction> and <faction id='isis'>Isis</faction> are the same group as <faction id='isis'>Daesh</faction>.",
    "This IS the last of the attacks in <gpe>Iraq</gpe>.",
    "IRAQ IS UNDER ATTACK",
    "An <faction id='isis'>Islamic State</faction> commander was killed; an Islamic state is a form of government.",
    # State bodies
    "The <norp>Iraqi</norp> government and <gpe>Iraq</gpe>'s government are one.",
    "The <org id='ministry-of-foreign-affairs-iraq'>Iraqi Ministry of Foreign Affairs</org> is in <gpe>Baghdad</gpe>.",
    "<gpe>Iran</gpe>'s Foreign Ministry spoke about <gpe>Iraq</gpe>.",
    "The <fac>US embassy</fac> in <gpe>Baghdad</gpe> is large.",
    "The <org id='us-department-of-state'>US State Department</org> and the <org id='white-house'>White House</org> agreed.",
    "The <norp>Iraqi</norp> army and the <norp>Iraqi</norp> security forces left <gpe>Mosul</gpe>.",
    # Outlets are sources
    "The ceremony was held in <gpe>Baghdad</gpe> (<org id='' name='Reuters'>REUTERS</org>).",
    "He told <org id='' name='Asharq Al-Awsat'>Asharq Al-awsat</org> and <org id='' name='Middle East Eye'>MEE</org> about the <loc>Middle-east</loc>.",
    "A monitor of the election and a manar are no outlets.",
    # Spellings that no alias lists
    "<faction id='kataib-hezbollah'>Kataeb Hezbullah</faction> and <faction id='hezbollah'>Hizballah</faction> differ.",
    "<person id='mustafa-al-kadhimi'>Mustapha al-Kazimi</person> governed <gpe>Iraq</gpe>.",
    # Names inside longer names
    "<faction id='hts'>Jabhat Fatah al-Sham</faction> fought <faction id='hamas'>Hamas</faction>'s friends in <gpe>Syria</gpe>.",
    "A new group, <faction id=''>Liwa al-Zaytun</faction>, was heard of in <gpe>Iraq</gpe>.",
    "<person id='muqtada-al-sadr'>Sadr</person>'s bloc lost in <gpe>Iraq</gpe>.",
    "<person id='abdul-malik-al-houthi'>Abdul-Malik al-Houthi</person> leads; <faction id='houthis'>Houthi</faction> boats sailed.",
    "<person id='saleh-mohammed-al-iraqi'>Saleh Mohammed al-Iraqi</person> wrote to the <norp id='iraq'>Iraqi</norp> people.",
    "<person id='fuad-hussein'>Fuad Hussein</person> spoke of Imam <person id=''>Hussein</person> in <gpe>Karbala</gpe>.",
    # Bodies of other countries
    "<gpe id='iran'>Iran</gpe>'s <org id=''>Parliament</org> discussed <gpe>Iraq</gpe>.",
    "The <org id='ministry-of-defence-turkey'>Turkish Defense Ministry</org> spoke about <gpe>Iraq</gpe>.",
    # No names
    "A Katyusha rocket hit the <fac id='green-zone'>Green Zone</fac> on Sunday.",
]


def tagged(mention: Mention) -> str:
    return mention.label.lower()


@pytest.mark.parametrize("source", TRAPS)
def test_traps(source: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    text, marked = parse_markup(source)
    mentions = link_mentions(find_mentions(parse(text), lexicon), lexicon, text)
    by_span = {(mention.start, mention.end): mention for mention in mentions}
    for expected in marked:
        mention = by_span.get((expected.start, expected.end))
        assert mention is not None, f"{expected.text!r} not found in {[m.text for m in mentions]}"
        assert tagged(mention) == expected.tag
        if "id" in expected.attrs:
            assert (mention.entity_id or "") == expected.attrs["id"]
        if "name" in expected.attrs:
            assert mention.entity_name == expected.attrs["name"]
    spans = {(expected.start, expected.end) for expected in marked}
    surplus = [m.text for m in mentions if m.label == "FACTION" and (m.start, m.end) not in spans]
    assert surplus == []
    names_of_persons = [
        m.text for m in mentions if m.label == "PERSON" and m.entity_id and (m.start, m.end) not in spans
    ]
    assert names_of_persons == []
