"""Small articles, and runs of the store over them without readers and engines."""

import itertools
import os
import re
import signal
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from extract.ids import digest
from extract.model import Annotation, Article, Issue, Mention, Quote, Section, TextSpan, Timex
from extract.store import Entry, Publication, Store, outdate, plan, source_key, write_part
from extract.tables import TABLES, issue_table, to_tables

BROKEN = "\0"  # in place of a text: a source that becomes no article

ACTORS = pa.Table.from_pylist(
    [
        {"entity_id": "jund-al-matar", "name": "Jund al-Matar", "kind": "armed_faction"}
        | {"aliases": ["Soldiers of the Rain"], "part_of": [], "leaders": ["salim-al-ghaim"]}
        | {
            "part_of_terms": [],
            "leader_terms": [{"entity_id": "salim-al-ghaim", "from": "2014", "to": None}],
        },
        {"entity_id": "bahr-organization", "name": "Bahr Organization", "kind": "armed_faction"}
        | {"aliases": ["Bahr"], "part_of": ["popular-mobilization-forces"], "leaders": []}
        | {"part_of_terms": [], "leader_terms": []},
    ],
    schema=TABLES["actors"].lexicon_schema,
)


def article(article_id: str, text: str, published_at: datetime | None = None) -> Article:
    return Article(
        article_id=article_id,
        source=f"{article_id}.txt",
        format="txt",
        text=text,
        content_hash=digest(text.encode()),
        sections=(Section("body", 0, len(text)),),
        published_at=published_at,
    )


def annotation(article: Article) -> Annotation:
    """Annotate by words: `Bahr` is a mention, `said` makes a quote, `May` a date; a line is a sentence."""
    text = article.text
    mentions = tuple(
        Mention(m.start(), m.end(), m[0], "FACTION", "alias", "Bahr", "lexicon", 0.9)
        if article.article_id.endswith("unlinked")
        else Mention(
            *(m.start(), m.end(), m[0], "FACTION", "alias", "Bahr", "lexicon", 0.9, ("bahr-organization",)),
            *("bahr-organization", "Bahr Organization", "armed_faction", "bahr-organization"),
        )
        for m in re.finditer("Bahr", text)
    )
    quotes = tuple(
        Quote(
            *(m.start(2), m.end(2), m[2], "indirect", "said_that", 0.5, 0),
            cue=TextSpan(m.start(1), m.end(1), m[1]),
            duplicate_of=0 if index else None,
        )
        for index, m in enumerate(re.finditer(r"(said) (\w+)", text))
    )
    timexes = tuple(
        Timex(m.start(), m.end(), m[0], "DATE", "XXXX-05", "month") for m in re.finditer("May", text)
    )
    return Annotation(
        article=article,
        sentences=tuple(m.span() for m in re.finditer("[^\n]+", text)),
        n_tokens=len(text.split()),
        engine="none",
        mentions=mentions,
        quotes=quotes,
        timexes=timexes,
    )


def run(
    store: Store,
    texts: Mapping[str, str],
    *,
    fingerprint: str = "pipeline-1",
    batch_size: int = 2,
    actors: pa.Table = ACTORS,
    max_drop: float = 1.0,
) -> Publication:
    """Do what a run does: plan, write parts, publish."""
    with store.lock():
        return run_locked(
            store,
            texts,
            fingerprint=fingerprint,
            batch_size=batch_size,
            actors=actors,
            max_drop=max_drop,
        )


def run_locked(
    store: Store,
    texts: Mapping[str, str],
    *,
    fingerprint: str,
    batch_size: int,
    actors: pa.Table,
    max_drop: float = 1.0,
) -> Publication:
    keys = {(source_key(f"{name}.txt") if text == BROKEN else name): name for name, text in texts.items()}
    found = {key: (digest(texts[name].encode()), f"{name}.txt") for key, name in keys.items()}
    changes = plan(outdate(store.manifest(), store.damaged_keys()), found, fingerprint)
    todo = [*changes.new, *changes.edited, *changes.outdated]
    folder = store.staging()
    parts = [
        write_batch(folder, str(i), {key: texts[keys[key]] for key in todo[i : i + batch_size]})
        for i in range(0, len(todo), batch_size)
    ]
    entries = {
        key: Entry(
            found[key][0], fingerprint, "failed" if texts[keys[key]] == BROKEN else "done", found[key][1]
        )
        for key in todo
    }
    return store.publish(
        parts,
        entries=entries,
        removed=changes.removed,
        actors=actors,
        max_drop=max_drop,
        run={"plan": f"{len(todo)} to do"},
    )


def write_batch(folder: Path, name: str, texts: Mapping[str, str]) -> Path:
    return write_part(folder, name, batch_tables(tuple(texts.items())))


@cache
def batch_tables(texts: tuple[tuple[str, str], ...]) -> dict[str, pa.Table]:
    good = [annotation(article(key, text)) for key, text in texts if text != BROKEN]
    broken = [
        Issue(key.removeprefix(source_key("")), None, "error", "not_text", "It cannot be read.", "Mend it.")
        for key, text in texts
        if text == BROKEN
    ]
    return to_tables(good, broken) if good else {"issues": issue_table(broken)}


def read_tables(root: Path) -> dict[str, list[dict[str, Any]]]:
    """Read all tables as an analyst would."""
    return {
        table: pd.read_parquet(root / table, dtype_backend="pyarrow").to_dict("records") for table in TABLES
    }


def file_bytes(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file of every table, by path below the root."""
    return {
        f"{table}/{path.name}": path.read_bytes()
        for table in TABLES
        for path in sorted((root / table).iterdir())
    }


def leftovers(root: Path) -> list[str]:
    """Return what a finished run should not leave behind."""
    return sorted(
        path.name
        for path in (*root.iterdir(), *(root / ".snapshots").iterdir())
        if path.name == ".staging" or path.name.endswith((".partial", ".new"))
    )


# Every step by which a publication becomes visible on the disk.
DISK_STEPS = ("fsync", "link", "mkdir", "rename", "replace", "symlink", "unlink", "rmdir")


def run_counting(root: Path, texts: Mapping[str, str], at_step: Callable[[int], None]) -> None:
    """Run, and call `at_step` with a running number before each step on the disk; for a child process."""
    steps = itertools.count(1)

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            at_step(next(steps))
            return real(*args, **options)

        return call

    for name in DISK_STEPS:
        setattr(os, name, counted(getattr(os, name)))
    run(Store(root, keep=2), texts)


def run_and_die(root: Path, texts: Mapping[str, str], last_step: int) -> None:
    """Run until just before a step on the disk, then die as by kill -9."""

    def die_at(step: int) -> None:
        if step == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    run_counting(root, texts, die_at)


def run_and_count(root: Path, texts: Mapping[str, str], steps: "SimpleQueue[int]") -> None:
    """Run to the end and say how many steps it took."""
    last = 0

    def remember(step: int) -> None:
        nonlocal last
        last = step

    run_counting(root, texts, remember)
    steps.put(last)


def run_forever(root: Path, states: list[dict[str, str]]) -> None:
    """Publish one state after the other until killed; for a child process."""
    store = Store(root, keep=2)
    while True:
        for texts in states:
            run(store, texts)
