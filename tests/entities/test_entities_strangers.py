"""Persons who share the name of an actor, or a part of it, and are not the actor."""

from collections.abc import Callable

import pytest

from extract.lexicon import Lexicon
from extract.model import Mention

# Text, a name in it, and the actor whom its last occurrence means; None for a stranger or a doubtful one.
TEXTS = [
    ("Salim al-Jabouri, a baker in Mosul, sold bread in Iraq.", "Salim al-Jabouri", None),
    ("Salim al-Jabouri, 34, a taxi driver in Mosul, Iraq, waited.", "Salim al-Jabouri", None),
    ("The baker Salim al-Jabouri sold bread in Iraq.", "Salim al-Jabouri", None),
    ("The Jordanian lawmaker Salim al-Jabouri spoke in Amman.", "Salim al-Jabouri", None),
    (
        "Salim al-Jabouri, a former teacher, led Iraq.",
        "Salim al-Jabouri",
        "salim-al-jabouri",
    ),
    ("Salim al-Jabouri, an Iraqi politician, spoke in Amman.", "Salim al-Jabouri", "salim-al-jabouri"),
    ("Salem al-Jabouri spoke in Iraq.", "Salem al-Jabouri", None),
    ("Saleem al-Jabouri spoke in Iraq.", "Saleem al-Jabouri", "salim-al-jabouri"),
    ("Ali Salim al-Jabouri spoke in Iraq.", "Ali Salim al-Jabouri", None),
    ("Salim al-Jabouri al-Tamimi spoke in Iraq.", "Salim al-Jabouri al-Tamimi", None),
    ("Ahmed al-Jabouri met Salim al-Jabouri in Iraq. Jabouri spoke.", "Jabouri", None),
    ("Salim al-Jabouri met Ahmed al-Jabouri in Iraq. Jabouri spoke.", "Jabouri", None),
    (
        "Ahmed al-Jabouri came to Iraq.\n\nIt rained.\n\nSalim al-Jabouri came too.\n\nJabouri spoke.",
        "Jabouri",
        "salim-al-jabouri",
    ),
    ("Jamal Jaafar Mohammed Ali died in Iraq. Ali, his driver, lived.", "Ali", None),
]


def named(mentions: list[Mention], text: str) -> list[Mention]:
    return [mention for mention in mentions if mention.text == text]


@pytest.mark.parametrize(("text", "name", "actor"), TEXTS)
def test_a_name_means_its_actor_only_if_nothing_speaks_against_it(
    text: str, name: str, actor: str | None, link: Callable[[str], list[Mention]]
) -> None:
    assert named(link(text), name)[-1].entity_id == actor


def test_a_doubtful_name_keeps_the_actor_as_candidate(link: Callable[[str], list[Mention]]) -> None:
    [mention] = named(link("Salim al-Jabouri, a baker in Mosul, sold bread in Iraq."), "Salim al-Jabouri")
    assert mention.candidates == ("salim-al-jabouri",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Salim", "Salem"), ("Amir", "Amer"), ("Hamid", "Hamed"), ("Majid", "Majed"), ("Samir", "Samer")],
)
def test_vowels_tell_two_arabic_names_apart(one: str, other: str, lexicon: Lexicon) -> None:
    assert lexicon.spelling.key(one) != lexicon.spelling.key(other)


@pytest.mark.parametrize(("one", "other"), [("Salim", "Saleem"), ("Hamid", "Hameed"), ("Rashid", "Rachid")])
def test_spellings_of_one_arabic_name_stay_one(one: str, other: str, lexicon: Lexicon) -> None:
    assert lexicon.spelling.key(one) == lexicon.spelling.key(other)
