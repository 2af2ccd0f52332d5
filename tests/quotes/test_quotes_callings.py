"""What a text calls a name: only the noun phrase that belongs to it counts."""

import pytest

from extract.quotes.cues import Cues
from extract.quotes.speakers.callings import NamePlace, calling_of

# The name is in brackets; then the nouns for what it is called.
PERSONS = [
    ("The cleric [Brandt] left.", "cleric"),
    ("the moderate Basra lawyer [Brandt] left", "attorney"),
    ("Foreign Minister Dr. [Brandt] left", "minister doctor"),
    ("Secretary of State [Brandt] left", "secretary"),
    ("A spokesman for the guards, [Brandt], left.", "spokesman"),
    ("not long after the president, [Brandt], had spoken", "president"),
    ("[Brandt], a cleric from the south, left.", "cleric"),
    ("[Brandt], 45, a teacher and poet, left.", "teacher poet"),
    ("[Brandt] (left), governor of Basra, waved.", "governor"),
    ("[Brandt], who leads the River Party, left.", "leader"),
    ("[Brandt] is a cleric.", "cleric"),
    # Nouns that are others'.
    ("The embassy was shelled by [Brandt].", ""),
    ("The court ruled against [Brandt].", ""),
    ("A lawyer for [Brandt] left.", ""),
    ("The president thanked [Brandt].", ""),
    ("The cleric left. [Brandt] stayed.", ""),
    ("In his term as president, [Brandt] has said so.", ""),
    ("[Brandt], the driver Karl Odeh and a cook left.", ""),
    ("[Brandt], who met the leader, left.", ""),
    ("[Brandt] met a cleric.", ""),
    ("The minister was asked about Mr. [Brandt].", ""),
]
GROUPS = [
    ("the Shiite militia [Valley] left", "militia"),
    ("the [Valley] militia left", "militia"),
    ("the [Valley] militant group left", "group"),
    ("[Valley], an armed group, left.", "group"),
    ("the army fights [Valley] today", ""),
    ("[Valley] sued a newspaper", ""),
    ("[Valley] attacked group members", ""),
    ("the [Valley] leadership left", ""),
]


@pytest.mark.parametrize(
    ("marked", "nouns", "is_group"), [(*one, False) for one in PERSONS] + [(*one, True) for one in GROUPS]
)
def test_nouns_of_a_name(marked: str, nouns: str, is_group: bool, cues: Cues) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    place = NamePlace(text, start, end, floor=0, is_group=is_group, before_speaker=False)
    assert calling_of(place, cues.descriptions).nouns == set(nouns.split())


def test_a_phrase_that_speaks_describes_no_name_before_it(cues: Cues) -> None:
    place = NamePlace(
        "It rained on Brandt, the lawyer said.", 13, 19, floor=0, is_group=False, before_speaker=True
    )
    assert not calling_of(place, cues.descriptions).nouns
