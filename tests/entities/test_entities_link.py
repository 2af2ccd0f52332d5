"""Which entity a mention means."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from extract.model import Mention
from markup import parse_markup


def named(mentions: list[Mention], text: str) -> list[Mention]:
    return [mention for mention in mentions if mention.text == text]


def test_a_later_surname_means_the_person_named_before(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("Margaret Ellwood runs an institute in Baghdad. On Friday Ellwood left it.")
    [short] = named(mentions, "Ellwood")
    assert (short.entity_id, short.entity_name, short.method) == (None, "Margaret Ellwood", "short_name")


def test_a_headline_means_the_person_named_below(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("Al-Qattan: no talks\n\nThe engineer Samir al-Qattan said so in Basra.")
    [short] = named(mentions, "Al-Qattan")
    assert short.entity_name == "Samir al-Qattan"


def test_two_brothers_leave_the_surname_unlinked(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("Qais al-Khazali and Laith al-Khazali are brothers. Khazali is from Iraq.")
    [short] = named(mentions, "Khazali")
    assert short.entity_id is None
    assert set(short.candidates) == {"qais-al-khazali", "laith-al-khazali"}


def test_relatives_outside_the_lexicon_do_not_take_a_known_surname(
    link: Callable[[str], list[Mention]],
) -> None:
    mentions = link("Barack Obama and his wife Michelle Obama live in Washington. Obama was president.")
    [short] = named(mentions, "Obama")
    assert short.entity_id == "barack-obama"


def test_a_surname_before_two_full_names_means_whose_name_it_is(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("Sadr is from Iraq. Muqtada al-Sadr and Jaafar al-Sadr are cousins.")
    assert named(mentions, "Sadr")[0].entity_id == "muqtada-al-sadr"


def test_a_surname_means_the_one_named_before_not_one_named_later(
    link: Callable[[str], list[Mention]],
) -> None:
    mentions = link("Muqtada al-Sadr is from Iraq. Sadr has a cousin, Jaafar al-Sadr.")
    assert named(mentions, "Sadr")[0].entity_id == "muqtada-al-sadr"


def test_a_stranger_with_a_known_surname_keeps_it(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("The baker Nadr al-Maliki works in Basra. Al-Maliki is ninety.")
    [short] = named(mentions, "Al-Maliki")
    assert (short.entity_id, short.entity_name) == (None, "Nadr al-Maliki")


def test_a_stranger_named_later_keeps_it_too(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("Al-Maliki turns ninety\n\nThe baker Nadr al-Maliki works in Basra.")
    assert [(m.entity_id, m.entity_name) for m in named(mentions, "Al-Maliki")] == [(None, "Nadr al-Maliki")]


def test_a_surname_of_many_stays_unlinked_with_its_candidates(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("In Erbil, Mr. Barzani spoke.")
    for mention in named(mentions, "Barzani"):
        assert mention.entity_id is None
        assert {"masoud-barzani", "masrour-barzani"} <= set(mention.candidates)


def test_an_acronym_means_the_name_before_its_bracket(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("The Karkh Traders Association (KTA) met in Baghdad. Later the KTA closed.")
    assert {mention.entity_name for mention in named(mentions, "KTA")} == {"Karkh Traders Association"}
    assert [mention.method for mention in named(mentions, "KTA")] == ["acronym", "acronym"]


def test_an_acronym_does_not_count_before_its_bracket(link: Callable[[str], list[Mention]]) -> None:
    mentions = link("KH is short. Kata'ib Hezbollah (KH) is an armed group in Iraq. KH is listed.")
    assert [mention.entity_id for mention in named(mentions, "KH") if mention.label == "FACTION"] == [
        "kataib-hezbollah"
    ] * 2


@pytest.mark.parametrize(
    ("source", "kind", "method"),
    [
        ("The <m>Iraqi</m> team won.", "nationality", "demonym"),
        ("A <m>Shi'ite</m> cleric spoke.", "religious_group", "group"),
        ("He lives in <m>Basra</m>.", "city", "place"),
        ("He reads <m>Rudaw</m> daily.", "outlet", "outlet"),
        ("The <m>PKK</m> is armed.", "foreign_armed_group", "acronym"),
        ("The <m>League of the Righteous</m> is armed.", "armed_faction", "alias"),
    ],
)
def test_kinds_and_methods(source: str, kind: str, method: str, link: Callable[[str], list[Mention]]) -> None:
    text, [marked] = parse_markup(source)
    [mention] = named(link(text), marked.text)
    assert (mention.entity_kind, mention.method) == (kind, method)
    assert mention.rule
    assert 0 < mention.confidence <= 1


def test_outlets_have_a_name_but_no_entity_id(link: Callable[[str], list[Mention]]) -> None:
    [mention] = named(link("He told Al-Jazeera so."), "Al-Jazeera")
    assert (mention.entity_id, mention.entity_name, mention.entity_kind) == (None, "Al Jazeera", "outlet")
    assert mention.name_id == "al-jazeera"


def test_linking_changes_no_span(
    link: Callable[[str], list[Mention]], parse: Callable[[str], Doc], lexicon: Lexicon
) -> None:
    text = "Asa'ib Ahl al-Haq (AAH) and Badr met Hadi al-Amiri. Amiri, of Fatah, left for Najaf."
    found = find_mentions(parse(text), lexicon)
    linked = link(text)
    assert [(m.start, m.end, m.label) for m in found] == [(m.start, m.end, m.label) for m in linked]
    assert link_mentions(linked, lexicon, text) == tuple(linked)
