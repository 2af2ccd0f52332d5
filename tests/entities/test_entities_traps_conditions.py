"""What each list of a context asks for, and what `never` does, on a made-up name."""

from dataclasses import replace

import pytest

from extract.entities.conditions import NameContext
from extract.entities.ruler import find_names
from extract.lexicon import Lexicon
from extract.lexicon.entries import Context, Entity, Name

# Which lists the context of "Zafirun" has, a text, and whether the name counts there.
CONTEXTS = [
    ({"article": {"iraq"}}, "Zafirun met. It rained in Iraq.", True),
    ({"article": {"iraq"}}, "Zafirun met. It rained in Chad.", False),
    ({"sentence": {"list"}}, "The list of Zafirun won.", True),
    ({"sentence": {"list"}}, "Zafirun won. The list did not.", False),
    ({"article": {"iraq"}, "sentence": {"list"}}, "The list of Zafirun won in Iraq.", True),
    ({"article": {"iraq"}, "sentence": {"list"}}, "Zafirun won in Iraq.", False),
    ({"countries": {"IQ"}}, "Zafirun met in Mosul.", True),
    ({"countries": {"IQ"}}, "Zafirun met in Vienna.", False),
    ({"countries": {"IQ"}, "article": {"vienna"}}, "Zafirun met in Vienna.", True),
    ({"not_after": {"town of"}}, "They left the town of Zafirun.", False),
    ({"not_after": {"town of"}}, "They left the town. Of Zafirun nobody spoke.", True),
    ({"not_before": {"street"}}, "They met in Zafirun street.", False),
    ({"not_before": {"Street"}}, "They met in Zafirun Street.", False),
    ({"not_before": {"Street"}}, "Zafirun street fighters met.", True),
    ({"not_before": {"Street"}}, "They met Zafirun. Street lamps burned.", True),
    ({"before": {"list"}}, "The Zafirun list won.", True),
    ({"before": {"list"}}, "Zafirun won with its list.", False),
    ({"article": {"iraq"}, "before": {"list"}}, "The Zafirun list won.", False),
]


def with_zafirun(lexicon: Lexicon, context: Context, never: tuple[str, ...] = ()) -> Lexicon:
    entity = Entity("zafirun", "Zafirun", "political_party", "FACTION", "actor", "zafirun", "IQ", never=never)
    name = Name("Zafirun", "zafirun", "FACTION", "alias", "probe", ("capital",))
    return replace(
        lexicon,
        entities={**lexicon.entities, "zafirun": entity},
        names={**lexicon.names, "zafirun": (name,)},
        longest={**lexicon.longest, "zafirun": 1},
        contexts={**lexicon.contexts, "probe": context},
    )


def is_zafirun_in(text: str, lexicon: Lexicon) -> bool:
    starts = [0, *(place + 2 for place in range(len(text) - 2) if text[place] == ".")]
    found = find_names(NameContext(text, starts, lexicon))
    return any(name.entity_id == "zafirun" for match in found for name in match.names)


@pytest.mark.parametrize(("lists", "text", "expected"), CONTEXTS)
def test_a_name_counts_where_its_context_holds(
    lists: dict[str, set[str]], text: str, expected: bool, lexicon: Lexicon
) -> None:
    none: dict[str, frozenset[str]] = {
        "article": frozenset(),
        "sentence": frozenset(),
        "not_after": frozenset(),
    }
    context = Context(**{**none, **{field: frozenset(words) for field, words in lists.items()}})
    assert is_zafirun_in(text, with_zafirun(lexicon, context)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Young Zafirun met.", False),
        ("YOUNG ZAFIRUN MET.", False),
        ("The young Zafirun met.", True),
        ("Zafirun met Young.", True),
        ("She was young. Zafirun met.", True),
    ],
)
def test_never_takes_a_name_away_where_it_stands_in_these_words(
    text: str, expected: bool, lexicon: Lexicon
) -> None:
    context = Context(sentence=frozenset(), article=frozenset({"met"}), not_after=frozenset())
    assert is_zafirun_in(text, with_zafirun(lexicon, context, ("Young Zafirun",))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The leader of Zafirun spoke on the river bank.", True),
        ("The leader of Zafirun Talfahan spoke on the river bank.", False),
        ("The hall of Zafirun Hospital was full of patients.", False),
        ("A meeting of Zafirun MPs lasted three hours there.", True),
        ("Zafirun Wins Vote", True),
    ],
)
def test_a_short_name_of_a_faction_is_no_part_of_a_longer_name(
    text: str, expected: bool, lexicon: Lexicon
) -> None:
    context = Context(sentence=frozenset(), article=frozenset(), not_after=frozenset())
    assert is_zafirun_in(text, with_zafirun(lexicon, context)) is expected
