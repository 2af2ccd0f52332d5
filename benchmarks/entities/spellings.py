"""Measure spellings of Iraqi names on an index that was made without our lexicon.

    python -m benchmarks.entities.spellings INDEX [--half develop|held] [--errors]

INDEX is the file names.sqlite3 of the package arabic-name-romanizer (names of persons in Wikidata, CC0; `pip
install --no-deps --target FOLDER arabic-name-romanizer`): Arabic names, how they are written in English, and
of how many persons of a country. A person of our lexicon is written with one name of the index in place of
another. Two measurements:

same       Two spellings of one Arabic name (Kadhim, Kazem): the actor must be found. A spelling counts if
           more than half of its bearers in Iraq have this Arabic name and if its consonants differ from those
           of the most frequent spelling in at most one letter (otherwise the index has taken a wrong word).
different  Spellings of two Arabic names with the same consonants (Salem, Salim): the actor must not be found.
           No Arabic name of any country has both spellings. These are the pairs that rules confuse easily.

The spelling of one bearer is often a slip or that of another language; it counts with --bearers 1. The limits
are for the share of `same` that finds its actor, and for the share of `different` among all pairs that are
folded together. Pairs are split into two halves by a hash of the Arabic names, so that no pair is in both:
rules were developed on one, the other gives the unbiased score. The exit status says whether both are met.
"""

import argparse
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from pathlib import Path

from benchmarks.entities.transliterations import consonants_of, is_near

from extract.ids import digest
from extract.lexicon import Lexicon, load_lexicon, match_key
from extract.lexicon.keys import split_words

MODELS = Path(__file__).parents[2] / "models"
IRAQ = "IQ"
RECALL, FOLDED = 0.91, 0.03
ARTICLE = re.compile(r"^ال(?=\w{3})")
LONG_VOWEL = re.compile(r"([اوي])\1+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A spelling in a name of our lexicon and the one that is written in its place."""

    ours: str
    other: str
    bearers: int


@dataclass(frozen=True)
class Index:
    """Who is called what.

    Attributes:
        iraqi: Arabic name -> spelling -> number of bearers in Iraq.
        arabic: Spelling -> its Arabic names in all countries.
    """

    iraqi: Mapping[str, Counter[str]]
    arabic: Mapping[str, frozenset[str]]


def main() -> None:
    """Print which share of the spellings finds its actor, and which of the other names does."""
    options = parse_options()
    lexicon = load_lexicon(MODELS)
    index = read_index(options.index)
    held = options.half == "held"
    persons = persons_by_word(lexicon)
    counted = (same_names(index, held=held), different_names(index, held=held))
    same, different = (
        [pair for pair in pairs if pair.ours in persons and pair.bearers >= options.bearers]
        for pairs in counted
    )
    found = {pair: finds_actor(pair, persons[pair.ours], lexicon) for pair in (*same, *different)}
    recall = report("same", same, found)
    report("different", different, found)
    wrong = sum(found[pair] for pair in different)
    folded = wrong / max(sum(found.values()), 1)
    print(f"{folded:.1%} of the pairs folded together are different names")
    if options.errors:
        for pair in sorted(same, key=lambda pair: (pair.ours, pair.other)):
            if not found[pair]:
                print(f"  not found: {pair.other} for {pair.ours} ({pair.bearers})")
        for pair in sorted(different, key=lambda pair: (pair.ours, pair.other)):
            if found[pair]:
                print(f"  folded: {pair.other} into {pair.ours}")
    sys.exit(0 if recall >= RECALL and folded <= FOLDED else 1)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path, help="names.sqlite3 of arabic-name-romanizer")
    parser.add_argument(
        "--half", choices=["develop", "held"], default="held", help="half of the pairs (held)"
    )
    parser.add_argument("--bearers", type=int, default=2, help="least bearers of the other spelling (2)")
    parser.add_argument("--errors", action="store_true", help="list every pair that is judged wrongly")
    return parser.parse_args()


def report(title: str, pairs: Sequence[Pair], found: Mapping[Pair, bool]) -> float:
    """Print and return the share of the pairs whose actor is found; also weighted by the bearers."""
    share = sum(found[pair] for pair in pairs) / max(len(pairs), 1)
    bearers = sum(pair.bearers for pair in pairs if found[pair]) / max(sum(pair.bearers for pair in pairs), 1)
    print(f"{title:9} {share:.1%} of {len(pairs)} pairs find the actor; by bearers {bearers:.1%}")
    return share


def read_index(path: Path) -> Index:
    """Return the Arabic names with their spellings as match keys."""
    iraqi: dict[str, Counter[str]] = defaultdict(Counter)
    arabic: dict[str, set[str]] = defaultdict(set)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for name, latin, country, bearers in connection.execute(
            "select arabic_key, latin, country, count from units"
        ):
            key, spelled = LONG_VOWEL.sub(r"\1", ARTICLE.sub("", name)), match_key(latin)
            arabic[spelled].add(key)
            if country == IRAQ:
                iraqi[key][spelled] += bearers
    return Index(iraqi, {spelled: frozenset(names) for spelled, names in arabic.items()})


def spellings_of(index: Index) -> dict[str, list[str]]:
    """Return Arabic name -> the spellings that are mostly of this name and have its consonants."""
    total: Counter[str] = Counter()
    for spellings in index.iraqi.values():
        total.update(spellings)
    found: dict[str, list[str]] = {}
    for name, spellings in index.iraqi.items():
        usual = consonants_of(spellings.most_common(1)[0][0])
        found[name] = [
            spelled
            for spelled, bearers in sorted(spellings.items())
            if 2 * bearers > total[spelled] and is_near(consonants_of(spelled), usual)
        ]
    return found


def same_names(index: Index, *, held: bool) -> Iterator[Pair]:
    """Yield the pairs of spellings of one Arabic name."""
    for name, spellings in spellings_of(index).items():
        if is_held(name) == held:
            for one, other in permutations(spellings, 2):
                yield Pair(one, other, index.iraqi[name][other])


def different_names(index: Index, *, held: bool) -> Iterator[Pair]:
    """Yield the pairs of spellings of two Arabic names that have the same consonants."""
    alike: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, spellings in spellings_of(index).items():
        for spelled in spellings:
            alike[consonants_of(spelled)].append((name, spelled))
    for names in alike.values():
        for (one, left), (other, right) in combinations(sorted(names), 2):
            if (
                one != other
                and is_held(f"{one} {other}") == held
                and not index.arabic[left] & index.arabic[right]
            ):
                yield Pair(left, right, index.iraqi[other][right])
                yield Pair(right, left, index.iraqi[one][left])


def is_held(name: str) -> bool:
    """Return whether a name belongs to the half on which no rule was developed."""
    return int(digest(name.encode())[-1], 16) % 2 == 1


def persons_by_word(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Return each word of a person's name, and two neighbouring words -> the first such name and its id."""
    persons: dict[str, tuple[str, str]] = {}
    for actor in lexicon.actors():
        if actor.kind == "person":
            for name in (actor.name, *actor.aliases):
                for words in parts_of(name):
                    persons.setdefault(words, (name, actor.id))
    return persons


def parts_of(name: str) -> Iterable[str]:
    """Return the keys of the words of a name of several words, and of two words side by side."""
    keys = [word.key for word in split_words(name)]
    pairs = [f"{one} {other}" for one, other in pairwise(keys)]
    return [part for part in (*keys, *pairs) if len(keys) > part.count(" ") + 1]


def finds_actor(pair: Pair, person: tuple[str, str], lexicon: Lexicon) -> bool:
    """Return whether the name of a person is found with the other spelling."""
    name, entity_id = person
    return any(known.entity_id == entity_id for known in lexicon.named(respelled(name, pair)))


def respelled(name: str, pair: Pair) -> str:
    """Return a name with the other spelling in place of ours."""
    words, count = split_words(name), pair.ours.count(" ") + 1
    for start in range(len(words) - count + 1):
        part = words[start : start + count]
        if " ".join(word.key for word in part) == pair.ours:
            return name[: part[0].core] + pair.other.title() + name[part[-1].end :]
    return name


if __name__ == "__main__":
    main()
