"""Measure how well and how fast copies of articles are found.

    python -m benchmarks.reading.same_story ARTICLES.jsonl... [--articles 1000] [--copies 100] [--seed 1]
    python -m benchmarks.reading.same_story --scale 100000 [--folder DIR]

ARTICLES are records with `text` and the day `published_at`; those of any public set will do, and none of them
is kept. Articles that share much with an earlier one, word by word, are left out. Beside 1,000 of them are
planted: copies of 100, made in several ways (`KINDS`), and false friends: other articles that share a
background (a third of the shorter one), and reports on one form that differ in what is filled in. Printed are
recall by kind and precision, both of pairs with one story, and the pairs that were not planted, to be looked
at. The exit status says whether recall is .95 and precision .99.

With --scale, a publication of so many generated articles gets 100 more; printed is the time of the step that
finds their stories. The exit status says whether it is at most 2 s.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
from benchmarks.runs import store_scale

from extract.store import open_snapshot, write_part
from extract.store.buckets import Base, Change
from extract.store.manifest import read_head
from extract.store.stories.snapshot_stories import find_stories
from extract.stories import Codes, Text, candidate_pairs, compare, group_texts, signatures_of, sketch_of

RECALL, PRECISION, SECONDS = 0.95, 0.99, 2.0
CHANGED_IN_ALL = 0.15
RUN, MOST_REPEATED = 5, 0.3  # words in a row, and the share of them that an article may have from others
FEWEST_WORDS, NEW, FORMS, WIDTH = 80, 100, 60, 11
HEADLINES = ("Officials respond after week of talks", "What we know so far", "Report: tensions rise again")
FORM = (
    "Daily report of the river office. The level at the {} gauge stood at {} centimetres in the morning, {}"
    " more than the day before. Upstream of {} some {} cubic metres a second were released, and {} farms in"
    " {} asked for water. The office expects {} degrees and winds from the {} tomorrow. Pumps at {} run {}"
    " hours a day, the office said, and {} families were told to move their animals away from the banks."
)
PLACES = (
    "Harvale",
    "Ostmere",
    "Quellin",
    "Brackwater",
    "Tarnow",
    "Silverford",
    "Old Wick",
    "Merrin",
    "Dunholm",
)

Dice = random.Random
Pair = tuple[str, str]


def main() -> None:
    """Measure, print, and fail if a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("records", type=Path, nargs="*", metavar="ARTICLES.jsonl")
    parser.add_argument("--articles", type=int, default=1000, help="articles to choose (1000)")
    parser.add_argument("--copies", type=int, default=100, help="copies to plant (100)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice (1)")
    parser.add_argument("--scale", type=int, help="measure the time beside so many articles")
    parser.add_argument("--folder", type=Path, help="where to create the store (a temporary folder)")
    options = parser.parse_args()
    if options.scale:
        is_met = measure_time(options.scale, options.folder)
    else:
        is_met = measure_pairs(options.records, options.articles, options.copies, Dice(options.seed))
    sys.exit(0 if is_met else 1)


def measure_pairs(records: Sequence[Path], n_articles: int, n_copies: int, dice: Dice) -> bool:
    """Plant copies and false friends, find the stories, and judge them."""
    days = read_articles(records)
    pool = [*days]
    dice.shuffle(pool)
    chosen, others = pool[:n_articles], pool[n_articles:]
    texts = {f"article-{number:04}": text for number, text in enumerate(chosen)}
    planted: dict[Pair, str] = {}
    for number, original in enumerate(dice.sample(sorted(texts), n_copies)):
        kind = list(KINDS)[number % len(KINDS)]
        texts[f"copy-{number:03}"] = KINDS[kind](texts[original], chosen, dice)
        planted[original, f"copy-{number:03}"] = kind
    texts |= false_friends(others, dice)
    started = time.perf_counter()
    published = {name: days.get(text) for name, text in texts.items()}
    published |= {copy: published[original] for original, copy in planted}
    found = {pair for story in stories_of(texts, published) for pair in combinations(sorted(story), 2)}
    print(f"{len(texts):,} articles, {len(found)} pairs found in {time.perf_counter() - started:.1f} s")
    return judge(found, planted, texts)


def read_articles(records: Sequence[Path]) -> dict[str, int | None]:
    """Return the texts of some length that repeat no earlier one, each with its day, in microseconds."""
    chosen: dict[str, int | None] = {}
    seen: set[int] = set()
    for record in (json.loads(line) for path in records for line in path.open(encoding="utf-8")):
        words = record["text"].casefold().split()
        runs = {hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN)}
        if len(words) >= FEWEST_WORDS and len(runs & seen) < MOST_REPEATED * len(runs):
            day = record.get("published_at")
            since_1970 = day and datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
            chosen[record["text"]] = since_1970 and int(since_1970 * 1_000_000)
        seen |= runs
    return chosen


def judge(found: set[Pair], planted: Mapping[Pair, str], texts: Mapping[str, str]) -> bool:
    """Print recall by kind, precision, and the pairs that were not planted."""
    for kind in KINDS:
        pairs = [pair for pair, its_kind in planted.items() if its_kind == kind]
        print(f"{kind:10} {sum(pair in found for pair in pairs)} of {len(pairs)}")
    for one, other in sorted(found - planted.keys()):
        print(f"not planted: {one} {texts[one][:60]!r} | {other} {texts[other][:60]!r}")
    right = len(found & planted.keys())
    recall, precision = right / len(planted), right / max(len(found), 1)
    print(f"recall {recall:.3f} (>= {RECALL}), precision {precision:.3f} (>= {PRECISION})")
    return recall >= RECALL and precision >= PRECISION


def stories_of(texts: Mapping[str, str], published: Mapping[str, int | None]) -> list[set[str]]:
    """Return the groups of articles with one story, as the store makes them."""
    sketches = {name: sketch_of(None, text, [(0, len(text))]) for name, text in texts.items()}
    codes: dict[str, Codes] = {one.key: one.codes for one in sketches.values() if len(one.codes)}
    keys = list(codes)
    are_new = np.ones(len(keys), np.bool_)
    pairs = (
        (keys[one], keys[other]) for one, other in candidate_pairs(signatures_of([*codes.values()]), are_new)
    )
    matches = {pair: compare(codes[pair[0]], codes[pair[1]]) for pair in pairs}
    similar = {pair: match for pair, match in matches.items() if match is not None}
    heads = group_texts((Text(one.key, published[name], name) for name, one in sketches.items()), similar)
    stories = defaultdict(set)
    for name, sketch in sketches.items():
        stories[heads[sketch.key].article_id].add(name)
    return [*stories.values()]


def change_words(text: str, others: Sequence[str], dice: Dice) -> str:
    """Replace 10 to 30 % of the words by words of another article."""
    return replace_words(text, dice.uniform(0.1, 0.3), others, dice)


def replace_words(text: str, share: float, others: Sequence[str], dice: Dice) -> str:
    """Replace a share of the words by words of another article."""
    words = dice.choice(others).split()
    return re.sub(r"\S+", lambda match: dice.choice(words) if dice.random() < share else match[0], text)


def cut_tail(text: str, _others: Sequence[str], dice: Dice) -> str:
    """Leave out the last 20 to 60 %, and end with a sentence."""
    kept = text[: int(len(text) * dice.uniform(0.4, 0.8))]
    return kept[: kept.rfind(". ") + 1] or kept


def give_other_head(text: str, _others: Sequence[str], dice: Dice) -> str:
    """Give the article a new headline, curly quotes and other lines."""
    head, _, rest = text.partition("\n")
    curly = re.sub(r'"([^"]*)"', r"“\1”", rest if len(rest) > len(head) else text).replace("'", "’")
    words = curly.split()
    lines = (" ".join(words[start : start + WIDTH]) for start in range(0, len(words), WIDTH))
    return f"{dice.choice(HEADLINES)}\n\n" + "\n".join(lines)


def update(text: str, others: Sequence[str], dice: Dice) -> str:
    """Put passages of another article, 30 to 80 % as long, between the first paragraphs."""
    wanted = int(len(text) * dice.uniform(0.3, 0.8))
    added = dice.choice([other for other in others if len(other) > wanted] or others)[:wanted]
    place = text.find("\n\n", 200)
    return f"{text[:place]}\n\n{added}\n\n{text[place:]}" if place > 0 else f"{added}\n\n{text}"


def edit_all(text: str, others: Sequence[str], dice: Dice) -> str:
    """Change words, cut the tail, add a passage and give another headline."""
    changed = replace_words(text, CHANGED_IN_ALL, others, dice)
    kept = changed[: int(len(changed) * 0.75)]
    return give_other_head(kept + "\n\n" + dice.choice(others)[: len(text) // 5], others, dice)


KINDS: dict[str, Callable[[str, Sequence[str], Dice], str]] = {
    "changed": change_words,
    "cut": cut_tail,
    "re-headed": give_other_head,
    "updated": update,
    "all of it": edit_all,
}


def false_friends(others: Sequence[str], dice: Dice) -> dict[str, str]:
    """Return different articles of one outlet with the same background, and reports on one form."""
    friends = {}
    words = [text.split() for text in others]
    for number, (one, other, background) in enumerate(
        zip(words[::3], words[1::3], words[2::3], strict=False)
    ):
        shared = background[: min(len(one), len(other)) // 2]
        friends[f"friend-{number:03}a"] = " ".join([*one, *shared])
        friends[f"friend-{number:03}b"] = " ".join([*other, *shared])
    for number in range(FORMS):
        filled = (
            dice.choice([dice.choice(PLACES), str(dice.randrange(2, 900))]) for _ in range(FORM.count("{}"))
        )
        friends[f"form-{number:02}"] = FORM.format(*filled)
    return friends


def measure_time(n_articles: int, parent: Path | None) -> bool:
    """Add articles to a large store, and print how long finding their stories takes."""
    with tempfile.TemporaryDirectory(prefix="same-story-", dir=parent) as name:
        root, parts = Path(name) / "tables", Path(name) / "parts"
        store_scale.make_parts(parts, n_articles)
        store_scale.publish_all(root, parts, n_articles)
        head = read_head(open_snapshot(root))
        base = Base(open_snapshot(root), head.manifest.n_buckets, head.facts)
        change = Change(tuple(added_parts(Path(name), n_articles)), frozenset(), frozenset(), n_articles)
        started, before = time.perf_counter(), time.process_time()
        stories = find_stories(base, change)
        seconds, cpu = time.perf_counter() - started, time.process_time() - before
    print(f"{NEW} articles beside {n_articles:,}: {seconds:.2f} s, {cpu:.2f} s of CPU (at most {SECONDS} s);")
    print(f"{len(stories.texts):,} texts, {len(stories.story_of)} of them in stories of several")
    return seconds <= SECONDS


def added_parts(folder: Path, n_articles: int) -> Iterator[Path]:
    """Write parts with articles of which every second repeats a published one, but for its end."""
    for start in range(0, NEW, store_scale.BATCH):
        new = range(n_articles + start, n_articles + start + store_scale.BATCH)
        rows = store_scale.batch(new)
        old = store_scale.batch(range(start * 20, start * 20 + store_scale.BATCH))["articles"]
        texts = [
            (again[: len(again) * 3 // 4] if number % 2 else fresh)
            for number, (again, fresh) in enumerate(
                zip(old["text"].to_pylist(), rows["articles"]["text"].to_pylist(), strict=True)
            )
        ]
        position = rows["articles"].schema.get_field_index("text")
        field = rows["articles"].schema.field(position)
        rows["articles"] = rows["articles"].set_column(position, field, [texts])
        yield write_part(folder, f"new-{start}", {"articles": rows["articles"]})


if __name__ == "__main__":
    main()
