"""Measure recall of unlisted spellings of names, on the US Treasury's list of sanctioned parties.

    python -m benchmarks.entities.transliterations FOLDER [--half develop|held] [--size 200]
        [--errors] [--names FILE]

FOLDER contains sdn.csv and alt.csv of OFAC's SDN list (US government, public domain; of 2021 or later). Two
measurements:

listed     Names that OFAC lists for actors in our lexicon and that the lexicon does not list letter for
           letter. Only transliterations count, not translations or other names: no word is English, and the
           consonants of the whole name (without vowels, w, y, final h and articles; q as k, z and dh as d,
           double letters as one) differ from those of a name of the actor in at most one letter.
generated  Pairs of spellings of one Arabic word (MUHAMMAD and MOHAMED), found by aligning two names of one
           party word by word, are substituted at random (fixed seed) into names of our persons and groups,
           which gives spellings that nobody listed. Both spellings must have the same consonants. A pair
           counts if three parties have it (otherwise it may be a slip), if no name contains both words
           (otherwise they are two names: Hasan Husayn), and if they differ in more than a and i (Salah,
           Salih). The pairs are split into two halves by hash: rules were developed on one, the other gives
           the unbiased score.

First it prints how many listed names the spelling rules make redundant: names that are a respelling of
another name of the same actor, in the lexicon and in FILE (JSON lines with `name` and `aliases`).

A spelling is right if the lexicon has the actor under it, and wrong if it has only other actors.
"""

import argparse
import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.corpora.run_corpus import read_jsonl

from extract.ids import digest
from extract.lexicon import ALWAYS, Lexicon, load_lexicon, match_key
from extract.lexicon.keys import split_words

# OFAC's number of a party -> ids in our lexicon that its names may refer to.
PARTIES = {
    "2686": ["hassan-nasrallah"],
    "4695": ["hamas"],
    "4697": ["hezbollah"],
    "4702": ["pkk"],
    "4707": ["palestinian-islamic-jihad"],
    "6366": ["al-qaeda"],
    "7472": ["ansar-al-islam"],
    "7843": ["saddam-hussein"],
    "7848": ["izzat-ibrahim-al-douri"],
    "8759": ["isis", "aqi"],
    "10391": ["irgc"],
    "10465": ["irgc-quds-force"],
    "10481": ["qassem-soleimani"],
    "10485": ["abu-mustafa-al-sheibani"],
    "11351": ["pjak"],
    "11461": ["abu-mahdi-al-muhandis"],
    "11462": ["kataib-hezbollah"],
    "11749": ["jrtn"],
    "12735": ["bashar-al-assad"],
    "12926": ["abu-bakr-al-baghdadi"],
    "16226": ["mohammad-kawtharani"],
    "16937": ["hts"],
    "17927": ["abdul-malik-al-houthi"],
    "26057": ["shibl-al-zaydi"],
    "26347": ["liwa-fatemiyoun"],
    "26348": ["liwa-zainabiyoun"],
    "26446": ["harakat-hezbollah-al-nujaba"],
    "26945": ["ali-khamenei"],
    "26950": ["mohammad-javad-zarif"],
    "27012": ["rayan-al-kildani"],
    "27844": ["ebrahim-raisi"],
    "27994": ["husayn-falih-al-lami"],
    "28004": ["qais-al-khazali"],
    "28005": ["laith-al-khazali"],
    "28023": ["khamis-al-khanjar"],
    "28283": ["asaib-ahl-al-haq"],
    "28571": ["abu-hussein-al-hamidawi"],
    "28690": ["adnan-al-hamidawi"],
    "29722": ["abu-fadak-al-mohammedawi"],
    "30182": ["iraj-masjedi"],
    "30242": ["falih-al-fayyadh"],
}
ARABIC = re.compile(r"\b(?:AL|EL|ABU|ABD\w*|BIN|MUHAMM\w+|MOHAM\w+|AHM[AE]D|HUSS?[AE]\w+|HASS?AN|ALI)\b")
REMARK = re.compile(r"a\.k\.a\. '((?:[^']|'(?![.;]))+)'[.;]")
ENGLISH = re.compile(r"(?i)\b(?:of|the|and|guards?|movement|order)\b")
MODELS = Path(__file__).parents[2] / "models"
SEED = 7
CHANGED = 0.7


@dataclass(frozen=True, slots=True)
class Spelled:
    """A spelling and the ids of which one must be found."""

    text: str
    wanted: frozenset[str]


def main() -> None:
    """Print right and wrong actors for both measurements."""
    options = parse_options()
    lexicon = load_lexicon(MODELS)
    report_redundant("lexicon", [names_of(lexicon, actor.id) for actor in lexicon.actors()], lexicon)
    if options.names:
        report_redundant(str(options.names), read_names(options.names), lexicon)
    parties = read_parties(options.folder)
    variants = variants_of(parties, options.parties, held=options.half == "held")
    print(f"{sum(map(len, variants.values())) // 2} pairs of spellings in the half {options.half!r}")
    report("listed", sorted(listed(parties, lexicon), key=str), lexicon, errors=options.errors)
    report("generated", generated(variants, lexicon, options.size), lexicon, errors=options.errors)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="folder with sdn.csv and alt.csv")
    parser.add_argument(
        "--half", choices=["develop", "held"], default="held", help="half of the pairs (held)"
    )
    parser.add_argument("--size", type=int, default=200, help="number of spellings to generate (200)")
    parser.add_argument("--parties", type=int, default=3, help="minimum number of parties per pair (3)")
    parser.add_argument("--names", type=Path, help="JSON lines with names in which to count redundant ones")
    parser.add_argument("--errors", action="store_true", help="list every spelling that is not found")
    return parser.parse_args()


def report(title: str, spelled: Sequence[Spelled], lexicon: Lexicon, *, errors: bool) -> None:
    """Print how many spellings the lexicon resolves rightly and wrongly."""
    found = [frozenset(name.entity_id for name in lexicon.named(one.text)) for one in spelled]
    right = sum(bool(one.wanted & ids) for one, ids in zip(spelled, found, strict=True))
    wrong = sum(bool(ids) and not one.wanted & ids for one, ids in zip(spelled, found, strict=True))
    print(f"{title}: {right} of {len(spelled)} right ({right / max(len(spelled), 1):.3f}), {wrong} wrong")
    for one, ids in zip(spelled, found, strict=True):
        if errors and not one.wanted & ids:
            print(f"  {one.text}: {sorted(ids) or 'nothing'}, not {sorted(one.wanted)}")


def report_redundant(title: str, actors: Sequence[Sequence[str]], lexicon: Lexicon) -> None:
    """Print how many names respell an earlier name of the actor, with and without the spelling rules."""
    written, by_rule = 0, 0
    for names in actors:
        for index, name in enumerate(names):
            before = names[:index]
            written += any(match_key(name) == match_key(other) for other in before)
            by_rule += any(lexicon.spelling.is_same(name, other) for other in before)
    total = sum(map(len, actors))
    print(
        f"{title}: {by_rule} of {total} names are redundant, {written} by case, hyphens and the article alone"
    )


def read_names(path: Path) -> list[list[str]]:
    """Return the names of each actor in a file."""
    return [[row["name"], *row["aliases"]] for row in read_jsonl(path)]


def read_parties(folder: Path) -> dict[str, list[str]]:
    """Return number -> names of a party, surnames last, including weak aliases in the remarks."""
    parties: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(folder / "sdn.csv", columns=12):
        parties[row[0]] += [row[1], *REMARK.findall(row[11])]
    for row in read_rows(folder / "alt.csv", columns=4):
        parties[row[0]].append(row[3])
    return {number: [given_name_first(name) for name in names] for number, names in parties.items()}


def read_rows(path: Path, *, columns: int) -> Iterator[list[str]]:
    """Yield the complete rows of an OFAC file."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        yield from (row for row in csv.reader(file) if len(row) >= columns)


def given_name_first(name: str) -> str:
    """Return `SURNAME, Given` as `Given SURNAME`."""
    surname, comma, given = name.partition(", ")
    return f"{given} {surname}" if comma else name


def listed(parties: Mapping[str, list[str]], lexicon: Lexicon) -> set[Spelled]:
    """Return OFAC's transliterations of our actors' names that are not in the lexicon."""
    spelled = set()
    for number, ids in PARTIES.items():
        ours = [name for entity_id in ids for name in names_of(lexicon, entity_id)]
        letters = {match_key(name) for name in ours}
        consonants = {consonants_of(name) for name in ours}
        for name in parties.get(number, []):
            near = any(is_near(consonants_of(name), other) for other in consonants)
            if near and match_key(name) not in letters and not ENGLISH.search(name):
                spelled.add(Spelled(name.title(), frozenset(ids)))
    return spelled


def names_of(lexicon: Lexicon, entity_id: str) -> tuple[str, ...]:
    """Return every listed name of an actor."""
    entity = lexicon.entities[entity_id]
    return (entity.name, *entity.aliases)


def consonants_of(name: str) -> str:
    """Return the consonants of a name, with interchangeable ones unified."""
    return "".join(consonants_of_word(word.key) for word in split_words(name) if word.key != "the")


def consonants_of_word(word: str) -> str:
    """Return the consonants of a word."""
    word = re.sub(r"dh|z", "d", word.replace("q", "k").replace("ph", "f"))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwy]|h$|[^a-z]", "", word))


def is_near(one: str, other: str) -> bool:
    """Return whether two strings differ in at most one letter."""
    if min(len(one), len(other)) < 3:  # noqa: PLR2004 - in short names one letter makes another word
        return one == other
    if len(one) > len(other):
        one, other = other, one
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[same:] == other[same + 1 :] or one[same + 1 :] == other[same + 1 :]


def variants_of(parties: Mapping[str, list[str]], least: int, *, held: bool) -> dict[str, list[str]]:
    """Return word -> its other spellings in the list, for one half of the pairs."""
    pairs: Counter[tuple[str, str]] = Counter()
    apart: set[tuple[str, str]] = set()
    for names in parties.values():
        for name in names:
            apart.update(combinations(sorted({word.key for word in split_words(name)}), 2))
        if any(ARABIC.search(name.upper()) for name in names):
            pairs.update(
                {pair for two in combinations(sorted(set(names)), 2) for pair in spelling_pairs(*two)}
            )
    variants: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(pair for pair, count in pairs.items() if count >= least and pair not in apart):
        if (int(digest(f"{one} {other}".encode())[-1], 16) % 2 == 1) == held:
            variants[one].append(other)
            variants[other].append(one)
    return dict(variants)


def spelling_pairs(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of words at the same position in two names of a party, with the same consonants."""
    left, right = ([word.key for word in split_words(name)] for name in (one, other))
    if len(left) != len(right):
        return
    for word, variant in zip(left, right, strict=True):
        same = consonants_of_word(word) == consonants_of_word(variant)
        starts_alike = (word[0] in "aeiou") == (variant[0] in "aeiou")
        other_vowels = word.replace("i", "a") != variant.replace("i", "a")
        if other_vowels and same and starts_alike and len(consonants_of_word(word)) > 1:
            yield min(word, variant), max(word, variant)


def generated(variants: Mapping[str, list[str]], lexicon: Lexicon, size: int) -> list[Spelled]:
    """Return unlisted spellings of names of persons and groups, sampled uniformly over the names."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    known = {match_key(name) for entity_id in lexicon.entities for name in names_of(lexicon, entity_id)}
    names = sorted(
        {
            (name.surface, name.entity_id)
            for named in lexicon.names.values()
            for name in named
            if name.when == ALWAYS
            and name.label in {"PERSON", "FACTION"}
            and any(word.key in variants for word in split_words(name.surface))
        }
    )
    spelled: dict[Spelled, None] = {}
    for _ in range(size * 20):
        surface, entity_id = chance.choice(names)
        text = respelled(surface, variants, chance)
        if match_key(text) not in known and len(spelled) < size:
            spelled[Spelled(text, frozenset({entity_id}))] = None
    return list(spelled)


def respelled(name: str, variants: Mapping[str, list[str]], chance: random.Random) -> str:
    """Return a name with some words respelled."""
    text, end = "", 0
    for word in split_words(name):
        text += name[end : word.core]
        end = word.end
        changed = word.key in variants and chance.random() < CHANGED
        text += chance.choice(variants[word.key]).title() if changed else name[word.core : word.end]
    return text + name[end:]


if __name__ == "__main__":
    main()
