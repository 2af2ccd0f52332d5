"""An article of thousands of names: each is compared with those like it, not with all."""

from itertools import islice, product

import pytest

from extract.entities.linking import misspellings, persons
from extract.entities.linking.linker import link_mentions
from extract.lexicon import Lexicon
from extract.model import Mention

SYLLABLES = [consonant + vowel for consonant in "bdfgklmnrstz" for vowel in "aeiou"]


def guessed_persons(count: int) -> tuple[list[Mention], str]:
    """Return persons of different invented names, every other one named twice, and their text."""
    words = [f"{one}{two}vok".capitalize() for two, one in product(SYLLABLES, SYLLABLES)]
    names = [f"{first} {last}" for first, last in islice(zip(words, reversed(words), strict=True), count)]
    mentions, position = [], 0
    for name in (*names, *names[::2]):
        end = position + len(name)
        mentions.append(Mention(position, end, name, "PERSON", "ner", "", "spacy", 0.5))
        position = end + 2
    return mentions, ", ".join((*names, *names[::2]))


@pytest.mark.parametrize(("room", "name"), [(persons, "_has_form"), (misspellings, "_is_misspelling")])
def test_names_are_compared_with_those_like_them(
    room: object, name: str, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare, compared = getattr(room, name), []
    monkeypatch.setattr(room, name, lambda *names: compared.append(1) or compare(*names))
    mentions, text = guessed_persons(600)
    assert len(link_mentions(mentions, lexicon, text)) == 900
    assert 0 < len(compared) < 600 * 100


def test_forms_of_a_name_are_found_among_many(lexicon: Lexicon) -> None:
    mentions, text = guessed_persons(300)
    extra = ["Tavok Zimren", "T. Zimren", "Tavok Omdal Zimren"]
    for name in extra:
        start = len(text) + 2
        mentions.append(Mention(start, start + len(name), name, "PERSON", "ner", "", "spacy", 0.5))
        text = f"{text}, {name}"
    linked = link_mentions(mentions, lexicon, text)
    assert {mention.name_id for mention in linked[-3:]} == {"person:tavok-omdal-zimren"}
