"""Measure how the store scales to 100,000 articles.

    python -m benchmarks.runs.store_scale [--articles 10000 100000] [--folder DIR] [--read]

Publishes generated articles (rows and Docs, without annotating) through the public interface of the store, as
a run does after annotation, and prints, for every size:
  first       the first publication of all articles, and the cache of their Docs
  plan        a run without changes: the store is locked and its files verified, the manifest is read and
              compared with the articles found
  verify      the same when no file is known to be verified, so that all are read
  add 5       a run that adds five articles: plan, parts, publication, cache
  add 1000    the same with a thousand
  no change   a publication without changes
and, with --read, the whole plan over the same number of short .jsonl lines, which must be read for it.
Every step is a separate process; memory is its peak, including Python and libraries (almost 400 MB with the
language model's library, which a run loads). The fastest of three short steps counts, to reduce the influence
of other work on the machine. The last lines say whether the limits are met.
"""

from extract import light_arrow  # isort: skip  # noqa: F401 - before Arrow is used, as `extract run` does

import argparse
import gc
import json
import multiprocessing
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from extract.ids import digest
from extract.model import Annotation, Article, Mention, Quote, Section, TextSpan, Timex
from extract.pipeline.fingerprint import Fingerprint
from extract.pipeline.plan import plan_work
from extract.settings import Settings
from extract.store import CACHE, DocCache, Entry, Manifest, Store, plan, write_docs, write_part
from extract.tables import to_tables
from extract.tables.actors import TABLE as ACTORS_TABLE

PLAN_SECONDS, FIRST_SECONDS, ADD_SECONDS, ADD_MANY_SECONDS = 0.5, 40.0, 1.0, 6.0
MEGABYTES, GROWTH = 1024, 10.0
BATCH, TEMPLATES, TRIES = 25, 40, 5
DOC_BYTES = 7_000
SENTENCES, WORDS = 24, 18  # an article of some 430 words
MARK = "@@"  # placeholder for the batch number in the templates
ACTORS = 200


@dataclass(frozen=True)
class Measure:
    """The cost of a step."""

    seconds: float
    cpu: float
    megabytes: float


def main() -> None:
    """Measure every size and print the table."""
    options = parse_options()
    results: dict[str, list[Measure]] = {}
    with tempfile.TemporaryDirectory(prefix="store-scale-", dir=options.folder) as name:
        for articles in options.articles:
            for step, measure in measure_size(Path(name), articles, read=options.read):
                results.setdefault(step, []).append(measure)
                print(
                    f"{articles:9,} {step:10} {measure.seconds:8.2f} s, {measure.cpu:6.2f} s of CPU "
                    f"{measure.megabytes:7,.0f} MB",
                    flush=True,
                )
    sys.exit(0 if judge(results, options.articles) else 1)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000], help="sizes")
    parser.add_argument("--folder", type=Path, help="where to create the stores (a temporary folder)")
    parser.add_argument("--read", action="store_true", help="also plan over the same number of .jsonl lines")
    return parser.parse_args()


def judge(results: dict[str, list[Measure]], sizes: list[int]) -> bool:
    """Print whether each limit is met at the largest size; return whether all are."""
    asked = {"plan": PLAN_SECONDS, "first": FIRST_SECONDS, "add 5": ADD_SECONDS, "add 1000": ADD_MANY_SECONDS}
    most = max(measures[-1].megabytes for step, measures in results.items() if step != "read")
    growth = {step: results[step][-1].seconds / results[step][0].seconds for step in ("first", "add 5")}
    allowed = GROWTH * sizes[-1] / sizes[0] / 10
    limits = {
        **{
            f"{step} {results[step][-1].seconds:.2f} s <= {limit} s": results[step][-1].seconds <= limit
            for step, limit in asked.items()
        },
        f"memory {most:,.0f} MB <= {MEGABYTES} MB": most <= MEGABYTES,
        **{
            f"growth of {step} {times:.1f} <= {allowed:.0f}": times <= allowed
            for step, times in growth.items()
        },
    }
    for what, is_met in limits.items():
        print(f"{'met   ' if is_met else 'MISSED'} {what}")
    return all(limits.values())


def measure_size(folder: Path, articles: int, *, read: bool) -> Iterator[tuple[str, Measure]]:
    """Measure all steps on one store."""
    root = folder / str(articles)
    parts = folder / f"parts-{articles}"
    in_process(make_parts, parts, articles)
    yield "first", in_process(publish_all, root, parts, articles)
    shutil.rmtree(parts)
    yield "plan", best(in_process(plan_nothing, root, articles) for _ in range(TRIES))
    yield "verify", best(in_process(verify_all, root, articles) for _ in range(TRIES))
    yield "no change", best(in_process(add, root, articles, 0) for _ in range(TRIES))
    yield "add 5", best(in_process(add, root, articles + 5 * done, 5) for done in range(TRIES))
    yield "add 1000", in_process(add, root, articles + BATCH, 1000)
    if read:
        yield "read", in_process(plan_lines, folder, articles)
    shutil.rmtree(root)


def best(measures: Iterable[Measure]) -> Measure:
    """Return the fastest measure."""
    return min(measures, key=lambda measure: measure.seconds)


def in_process(step: Callable[..., float], *arguments: object) -> Measure:
    """Run a step in a separate process."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, step, arguments))
    process.start()
    sender.close()
    measure: Measure = receiver.recv()
    process.join()
    return measure


def _send(sender: Connection, step: Callable[..., float], arguments: Sequence[object]) -> None:
    gc.freeze()  # as `extract` does
    before = time.process_time()
    seconds = step(*arguments)
    used = resource.getrusage(resource.RUSAGE_SELF)
    sender.send(Measure(seconds, time.process_time() - before, used.ru_maxrss / 1024))


def make_parts(folder: Path, articles: int) -> float:
    """Write the parts of all articles, as workers do."""
    folder.mkdir()
    started = time.perf_counter()
    write_parts(folder, range(articles))
    return time.perf_counter() - started


def publish_all(root: Path, parts: Path, articles: int) -> float:
    """Publish all articles at once."""
    entries = entries_of(range(articles))
    started = time.perf_counter()
    store = Store(root, keep=3)
    with store.lock():
        folders = sorted(parts.iterdir())
        done = store.publish(folders, entries=entries, removed=(), actors=actors())
        doc_cache(root).update(folders, done.hashes)
    return time.perf_counter() - started


def plan_nothing(root: Path, articles: int) -> float:
    """Plan a run whose articles are all published."""
    found = found_of(range(articles))
    started = time.perf_counter()
    store = Store(root, keep=3)
    with store.lock():
        changes = plan(store.manifest(), found, "pipeline")
        seconds = time.perf_counter() - started
    if len(changes.unchanged) != articles:
        raise SystemExit("the plan is wrong")
    return seconds


def verify_all(root: Path, articles: int) -> float:
    """Plan such a run without the cache, in which a run notes the files that it has verified."""
    shutil.rmtree(root / CACHE, ignore_errors=True)
    return plan_nothing(root, articles)


def add(root: Path, articles: int, new: int) -> float:
    """Publish some new articles, as a run does after annotation."""
    names = range(articles + new)
    found = found_of(names)
    with tempfile.TemporaryDirectory(dir=root.parent) as staging:
        parts = write_parts(Path(staging), range(articles, articles + new))
        return publish_new(root, parts, found, articles + new)


def publish_new(root: Path, parts: Sequence[Path], found: Mapping[str, tuple[str, str]], total: int) -> float:
    """Publish parts, as a run does after annotation."""
    started = time.perf_counter()
    store = Store(root, keep=3)
    with store.lock():
        changes = plan(store.manifest(), found, "pipeline")
        entries = {key: Entry(*found[key][:1], "pipeline", "done", found[key][1]) for key in changes.new}
        done = store.publish(parts, entries=entries, removed=changes.removed, actors=actors(), max_drop=0.5)
        if done.is_new:
            doc_cache(root).update(parts, done.hashes)
    seconds = time.perf_counter() - started
    if done.is_new is not bool(parts) or done.rows["articles"] != total:
        raise SystemExit(f"the publication is wrong: {done.rows}")
    return seconds


def plan_lines(folder: Path, articles: int) -> float:
    """Plan over short records in .jsonl files of 10,000 lines, all published."""
    inbox = folder / f"lines-{articles}"
    inbox.mkdir()
    for start in range(0, articles, 10_000):
        lines = (
            json.dumps({"id": f"r{n}", "text": f"Report {n}. Nothing happened."})
            for n in range(start, min(start + 10_000, articles))
        )
        (inbox / f"{start}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    staging = folder / "staging"
    staging.mkdir()
    settings = Settings()
    first = plan_work([inbox], Manifest(), Fingerprint("engine", {}), settings, staging)
    published = Manifest(entries=first.entries, n_buckets=1)
    started = time.perf_counter()
    work = plan_work([inbox], published, Fingerprint("engine", {}), settings, staging)
    seconds = time.perf_counter() - started
    shutil.rmtree(staging)
    if work.n_articles:
        raise SystemExit("the plan is wrong")
    return seconds


def write_parts(folder: Path, articles: range) -> list[Path]:
    """Write the parts of articles with their Docs, as workers do."""
    parts = []
    for start in range(articles.start, articles.stop, BATCH):
        numbers = range(start, min(start + BATCH, articles.stop))
        parts.append(write_part(folder, f"{start:07d}", batch(numbers)))
        docs = {content_hash: fake_doc(content_hash) for content_hash, _ in found_of(numbers).values()}
        write_docs(parts[-1], docs)
    return parts


def fake_doc(content_hash: str) -> bytes:
    """Return bytes that take as much space after compression as the Doc of an article."""
    return random.Random(content_hash).randbytes(DOC_BYTES)  # noqa: S311 - not secrets


def doc_cache(root: Path) -> DocCache:
    """Return the cache of Docs of a store."""
    return DocCache(root, "engine", limit=10**11)


def name_of(number: int) -> str:
    """Return the id of an article."""
    return f"news/{number // BATCH:05d}/{number % BATCH:02d}"


def found_of(numbers: range) -> dict[str, tuple[str, str]]:
    """Return content hash and source by id."""
    names = map(name_of, numbers)
    return {name: (digest(name.encode()), f"{name}.txt") for name in names}


def entries_of(numbers: range) -> dict[str, Entry]:
    """Return the manifest's entries."""
    found = found_of(numbers).items()
    return {key: Entry(content_hash, "pipeline", "done", source) for key, (content_hash, source) in found}


def batch(articles: range) -> dict[str, pa.Table]:
    """Return the rows of articles in one batch, made from a template."""
    number = articles.start // BATCH
    tables = {name: _numbered(rows, f"{number:05d}") for name, rows in template(number % TEMPLATES).items()}
    whole = map(name_of, range(number * BATCH, (number + 1) * BATCH))
    hashes = pa.array([digest(key.encode()) for key in whole], pa.string())
    rows = tables["articles"]
    for column in ("content_hash", "text_hash"):
        rows = rows.set_column(rows.schema.get_field_index(column), rows.schema.field(column), hashes)
    # Other words in every batch, for else there would be only a thousand stories.
    texts = pc.replace_substring(rows["text"], " w", f" w{number:x}")
    tables["articles"] = rows.set_column(
        rows.schema.get_field_index("text"), rows.schema.field("text"), texts
    )
    wanted = pa.array(map(name_of, articles), pa.string())
    return {
        name: rows.filter(pc.is_in(rows["article_id"], value_set=wanted)) for name, rows in tables.items()
    }


def _numbered(rows: pa.Table, number: str) -> pa.Table:
    for index, field in enumerate(rows.schema):
        if field.name.endswith("_id") or field.name == "source":
            rows = rows.set_column(index, field, pc.replace_substring(rows[index], MARK, number))
    return rows


@cache
def template(number: int) -> dict[str, pa.Table]:
    """Return the rows of a batch of articles whose ids contain `MARK`."""
    dice = random.Random(number)  # noqa: S311 - not secrets
    return to_tables(_annotation(index, dice) for index in range(BATCH))


def _annotation(index: int, dice: random.Random) -> Annotation:
    """Generate an article: every sentence has a name, every fourth a quote and a date."""
    vocabulary = [f"w{number:x}" for number in range(3000)]
    sentences: list[tuple[int, int]] = []
    mentions, quotes, dates = [], [], []
    text = ""
    for line in range(SENTENCES):
        start = len(text)
        words = dice.choices(vocabulary, k=WORDS)
        actor = f"actor-{int(dice.paretovariate(0.7)) % ACTORS}"
        text += f"{actor} said {' '.join(words)} in May\n"
        end = len(text) - 1
        sentences.append((start, end))
        linked = ((actor,), actor, actor, "armed_faction", actor)
        mentions.append(
            Mention(start, start + len(actor), actor, "FACTION", "alias", actor, "lexicon", 0.9, *linked)
        )
        if line % 4 == 0:
            said = TextSpan(start, start + len(actor), actor)
            quote = text[start + len(actor) + 6 : end]
            quotes.append(Quote(end - len(quote), end, quote, "indirect", "said", 0.5, len(quotes), said))
            dates.append(Timex(end - 3, end, "May", "DATE", "XXXX-05", "month"))
    article_id = f"news/{MARK}/{index:02d}"
    article = Article(
        *(article_id, f"{article_id}.txt", "txt", text, ""), sections=(Section("body", 0, len(text)),)
    )
    n_tokens = SENTENCES * (WORDS + 4)
    return Annotation(
        article, tuple(sentences), n_tokens, "none", tuple(mentions), tuple(quotes), tuple(dates)
    )


def actors() -> pa.Table:
    """Return a lexicon of generated actors."""
    schema = ACTORS_TABLE.lexicon_schema
    rows = [
        {"entity_id": f"actor-{number}", "name": f"Actor {number}", "kind": "armed_faction"}
        | {"aliases": [], "part_of": [], "leaders": [], "part_of_terms": [], "leader_terms": []}
        for number in range(ACTORS)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


if __name__ == "__main__":
    main()
