"""Places with one name: which is meant, by the governorates and countries that the text names."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.linking.places import NamedPlaces
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from extract.model import Mention


@pytest.fixture
def place_of(parse: Callable[[str], Doc], lexicon: Lexicon) -> Callable[[str, str], str | None]:
    """Text and name -> id of the place that the last mention of the name is linked to."""

    def find(text: str, surface: str) -> str | None:
        mentions = find_mentions(parse(text), lexicon)
        linked = link_mentions(mentions, lexicon, text)
        return [mention for mention in linked if mention.text == surface][-1].entity_id

    return find


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("A clinic opened in Husseiniya district, Karbala province.", "Husseiniya", "hassainya-subdistrict"),
        ("A clinic opened in the Husseiniya district of Baghdad.", "Husseiniya", "husseiniya"),
        ("Lebanon sent troops to the northern city of Tripoli.", "Tripoli", "tripoli-lebanon"),
        ("Libya reopened the airport of Tripoli.", "Tripoli", "tripoli"),
        (
            "Schools in Karbala closed.\n\nA road in the Husseiniya district was flooded.",
            "Husseiniya",
            "hassainya-subdistrict",
        ),
        ("Lebanon and Libya talked.\n\nA delegation came to Tripoli.", "Tripoli", None),
        ("A delegation came to Tripoli.", "Tripoli", "tripoli"),
    ],
)
def test_which_place(
    place_of: Callable[[str, str], str | None], text: str, surface: str, place: str | None
) -> None:
    assert place_of(text, surface) == place


def test_places_in_a_circle_end(lexicon: Lexicon) -> None:
    """Each of two districts may be given as a part of the other."""
    entities = dict(lexicon.entities)
    inner = next(
        one
        for one in entities.values()
        if one.kind == "subdistrict"
        and any(entities[part.entity_id].kind == "district" for part in one.part_of)
    )
    outer = next(part for part in inner.part_of if entities[part.entity_id].kind == "district")
    back = replace(outer, entity_id=inner.id)
    entities[outer.entity_id] = replace(entities[outer.entity_id], part_of=(back,))
    places = NamedPlaces([], replace(lexicon, entities=entities), [0])
    one = Mention(
        0, 5, "there", "GPE", "gazetteer", "", "gazetteer", 1.0, candidates=(inner.id, outer.entity_id)
    )
    assert places.choose(one) == one.candidates
