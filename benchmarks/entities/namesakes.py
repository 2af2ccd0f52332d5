"""Count the strangers who are taken for an actor because they share a name with one.

    python -m benchmarks.entities.namesakes [--examples N]

For every Iraqi person of the lexicon whose name has a surname, texts are made in several forms:

surname   a stranger: another given name with the actor's surname
near      a stranger whose given name is a different Arabic name with similar letters (Salem for Salim)
both      a stranger with the surname, in a text that names the actor as well
actor     the actor, in the forms of `surname`, without a trade

In the first three a link is wrong if any mention of the stranger, or of the bare surname after it, has the
actor's id. In the last it is right if the full name has it. At most 1 % of the strangers' texts may be wrong,
at least 98 % of the actors' texts must be right; the exit status says whether both limits are met.
"""

import argparse
import sys
import tomllib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract import load
from extract.lexicon import Entity, Lexicon, load_lexicon

MODELS = Path(__file__).parents[2] / "models"
SPELLINGS = MODELS / "lexicon" / "spellings.toml"
DAY = "2023-05-16"
ACTOR = "actor"
WRONG, RIGHT = 0.01, 0.98

# A stranger's trade is part of the form; the actor's forms have none.
STRANGERS = (
    "BAGHDAD - {name}, a farmer from Diwaniya, waited at the ministry. “The wells are dry,” {surname} said.",
    "The baker {name} closed his shop in Basra, Iraq. {surname} said he would not open it again.",
    "Police in Kirkuk named the driver as {name}. Relatives in Iraq buried {surname} on Sunday.",
    "{name}, 34, sells tea in Mosul. “Nobody asked us,” said {surname}, who has never left Iraq.",
    "Residents of Maysan in Iraq complained. “We have no water,” {name} told us. {surname} has a son.",
)
BOTH = (
    "{name}, a farmer from Kut, met {actor} in Baghdad. “My well is dry,” {surname} said.",
    "{actor} visited a school in Kirkuk on Monday. A teacher, {name}, was there. {surname} said it rained.",
)
ACTORS = (
    "BAGHDAD - {name} waited at the ministry. “The wells are dry,” {surname} said.",
    "{name} closed his office in Basra, Iraq. {surname} said he would not open it again.",
    "A report in Kirkuk named the leader as {name}. Supporters in Iraq cheered {surname} on Sunday.",
    "{name} spoke in Mosul. “Nobody asked us,” said {surname}, who has never left Iraq.",
    "Residents of Maysan in Iraq complained. “We have no water,” {name} told us. {surname} has left.",
)
GIVEN = ("Ahmed", "Zaid", "Mustafa", "Yousif", "Marwan", "Dlovan", "Thamer", "Walid", "Sabah", "Raghad")


@dataclass(frozen=True)
class Case:
    """A text and the actor whom it must, or must not, name.

    Attributes:
        names: The surfaces that count.
    """

    kind: str
    text: str
    actor: str
    names: tuple[str, ...]


def main() -> None:
    """Print the share of wrong and right links for each kind of text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=0, help="texts to print for each kind (0)")
    options = parser.parse_args()
    cases = list(make_cases(load_lexicon(MODELS)))
    linked: dict[str, list[bool]] = defaultdict(list)
    shown: dict[str, int] = defaultdict(int)
    pipeline = load(MODELS, anchor=DAY)
    for case, doc in zip(cases, pipeline.pipe(case.text for case in cases), strict=True):
        found = [mention for mention in doc._.mentions if mention.text in case.names]
        is_linked = any(mention.entity_id == case.actor for mention in found)
        linked[case.kind].append(is_linked)
        if is_linked != (case.kind == ACTOR) and shown[case.kind] < options.examples:
            shown[case.kind] += 1
            rows = [(mention.text, mention.entity_id, mention.rule) for mention in doc._.mentions]
            print(f"{case.kind}: {case.text}\n    {rows}")
    for kind, links in linked.items():
        print(f"{kind:8} {sum(links):5} of {len(links):5} linked ({sum(links) / len(links):.1%})")
    strangers = [link for kind, links in linked.items() if kind != ACTOR for link in links]
    wrong, right = sum(strangers) / len(strangers), sum(linked[ACTOR]) / len(linked[ACTOR])
    print(f"strangers taken for an actor: {wrong:.1%} (limit {WRONG:.0%})")
    print(f"actors found: {right:.1%} (limit {RIGHT:.0%})")
    sys.exit(0 if wrong <= WRONG and right >= RIGHT else 1)


def make_cases(lexicon: Lexicon) -> Iterator[Case]:
    """Yield the texts for every Iraqi person of the lexicon whose name has a surname."""
    persons = [entity for entity in lexicon.actors() if entity.kind == "person" and entity.country == "IQ"]
    bearers = {lexicon.spelling.key(name) for person in persons for name in (person.name, *person.aliases)}
    for number, person in enumerate(persons):
        for surname in lexicon.surname_of(person.name):
            stranger = _stranger(number, surname, bearers, lexicon)
            yield from _cases("surname", STRANGERS, person, stranger, surname)
            yield from _cases("both", BOTH, person, stranger, surname)
            yield from _cases(ACTOR, ACTORS, person, person.name, surname)
            for near in _near(person.name, bearers, lexicon):
                yield from _cases("near", STRANGERS, person, near, surname)


def _cases(kind: str, forms: Iterable[str], actor: Entity, name: str, surname: str) -> Iterator[Case]:
    for form in forms:
        text = form.format(name=name, surname=surname, actor=actor.name)
        yield Case(kind, text, actor.id, (name,) if kind == ACTOR else (name, surname))


def _stranger(number: int, surname: str, bearers: Container[str], lexicon: Lexicon) -> str:
    """Return a given name and the surname that together name nobody in the lexicon."""
    names = (f"{given} {surname}" for given in (*GIVEN[number % len(GIVEN) :], *GIVEN))
    return next(name for name in names if lexicon.spelling.key(name) not in bearers)


def _near(full_name: str, bearers: Container[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield the name with another Arabic given name from `apart` in spellings.toml."""
    given, _, rest = full_name.partition(" ")
    own = lexicon.spelling.key(given)
    consonants = lexicon.spelling.transliteration.consonants
    apart = tomllib.loads(SPELLINGS.read_text(encoding="utf-8"))["apart"]
    for other in apart if own in apart else ():
        name = f"{other.capitalize()} {rest}"
        if (
            other != own
            and consonants(other) == consonants(own)
            and lexicon.spelling.key(name) not in bearers
        ):
            yield name


if __name__ == "__main__":
    main()
