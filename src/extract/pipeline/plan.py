"""What a run has to do: the sources found now against what is published."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extract.ids import digest
from extract.model import Article, Issue
from extract.pipeline.batches import Batch, BatchWriter
from extract.pipeline.fingerprint import Fingerprint
from extract.pipeline.stamps import NO_STAMPS, Stamps, file_of
from extract.reading import list_inputs
from extract.schema import schema_version
from extract.settings import Settings
from extract.store import DocCache, Entry, Manifest, Plan, plan, state_of


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one run; the articles themselves wait in files.

    Attributes:
        folder: Where batches wait and parts are written.
        changes: Keys that are new, edited, out of date, unchanged or gone.
        fingerprint: Of the pipeline as it is now.
        reasons: What has changed in it since the last publication.
        batches: The articles to annotate.
        n_known: How many of the articles that are out of date have a Doc in the cache.
        entries: What the manifest will say of the keys that this run writes.
        confirmed: And of those whose rows stay, though the pipeline has changed.
        issues: Issues to publish, of sources that became no article.
        problems: Keys of sources that became no article, now or in the run before.
        n_unreadable: How many of them because of an error.
        states: The states of the files, for the next run.
        started: When planning began, on the clock of `time.monotonic`.
    """

    folder: Path
    changes: Plan
    fingerprint: Fingerprint
    reasons: tuple[str, ...]
    batches: tuple[Batch, ...]
    n_known: int
    entries: Mapping[str, Entry]
    confirmed: Mapping[str, Entry]
    issues: tuple[Issue, ...]
    problems: frozenset[str]
    n_unreadable: int
    states: Mapping[str, str]
    started: float

    @property
    def n_skipped(self) -> int:
        """Number of articles that are published already."""
        return len(set(self.changes.unchanged) - self.problems)

    @property
    def n_articles(self) -> int:
        """Number of articles to annotate."""
        return sum(batch.n_articles for batch in self.batches)

    @property
    def n_removed(self) -> int:
        """Number of articles whose source is gone."""
        return len(set(self.changes.removed) - self.problems)

    def describe(self) -> str:
        """Return the plan in a line, such as `12 new, 1 edited, 480 to derive again (lexicon changed)`."""
        states = ("new", "edited", "outdated", "removed", "unchanged")
        counts = {state: len(set(getattr(self.changes, state)) - self.problems) for state in states}
        outdated = counts.pop("outdated")
        why = f" ({_all_of(self.reasons)} changed)" if self.reasons else ""
        parts = [
            (counts["new"], "new"),
            (counts["edited"], "edited"),
            (self.n_known, f"to derive again{why}"),
            (outdated - self.n_known, f"to annotate again{why}"),
            (counts["removed"], "removed"),
            (counts["unchanged"], "unchanged"),
            (self.n_unreadable, "unreadable"),
        ]
        return ", ".join(f"{count} {what}" for count, what in parts if count) or "nothing found"


def _all_of(names: Sequence[str]) -> str:
    """Join names as a person would.

    >>> _all_of(["engine", "lexicon", "code"])
    'engine, lexicon and code'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def plan_work(
    inputs: Sequence[Path],
    manifest: Manifest,
    fingerprint: Fingerprint,
    settings: Settings,
    folder: Path,
    *,
    cache: DocCache | None = None,
    unaffected_by_lexicon_change: Callable[[Article], bool] = lambda _article: False,
    stamps: Stamps = NO_STAMPS,
) -> Work:
    """Read the inputs, compare them with the published articles, and lay out what is to be annotated.

    An article is gone when its source lies within the inputs and no longer yields it. Articles from other
    folders stay published, and so does the last good version of a source that can no longer be read.

    Args:
        inputs: Files, folders and globs.
        manifest: What is published.
        fingerprint: Of the pipeline as it is now.
        settings: Size of batches, limits on articles.
        folder: Where the batches are written.
        cache: Docs that need not be parsed again; None to parse all.
        unaffected_by_lexicon_change: Tells of an article that is out of date whether its rows would be the same again.
        stamps: The states of the files at the last run: what is as it was then is not read.

    Returns:
        What to annotate, report and remove.

    Raises:
        InputError: An input does not exist.
    """
    started = time.monotonic()
    manifest = _with_retries(manifest, settings)
    batches = BatchWriter(folder, settings.batch_size)
    listing = list_inputs(
        inputs,
        max_chars=settings.max_chars,
        models_dir=settings.models_dir,
        settle_seconds=settings.settle_seconds,
    )
    states = listing.states()
    unread = stamps.unread(manifest, states, fingerprint.whole)
    entries = {key: manifest.entries[key] for keys in unread.values() for key in keys}
    confirmed: dict[str, Entry] = {}
    problems: dict[str, list[Issue]] = defaultdict(list)
    n_known = 0
    for item in listing.read(unread):
        if isinstance(item, Issue):
            problems[item.source].append(replace(item, article_id=None))
            continue
        entries[item.article_id] = _entry(item.content_hash, fingerprint.whole, "done", item.source)
        state = state_of(manifest, item.article_id, item.content_hash, item.source, fingerprint.whole)
        if state == "outdated" and unaffected_by_lexicon_change(item):
            confirmed[item.article_id] = entries[item.article_id]
        elif state != "unchanged":
            docs = None if cache is None else cache.find(item.content_hash)
            batches.add(item, docs)
            n_known += docs is not None and state == "outdated"
    for source, issues in problems.items():
        entries[source] = _entry(digest(repr(issues).encode()), fingerprint.whole, "failed", source)
    manifest = replace(manifest, entries={**manifest.entries, **confirmed})
    concerned = _concerned(manifest, inputs, entries, problems)
    changes = _changes(concerned, entries, fingerprint.whole)
    todo = {*changes.new, *changes.edited, *changes.outdated}
    return Work(
        folder=folder,
        changes=changes,
        fingerprint=fingerprint,
        reasons=_reasons(manifest, fingerprint),
        batches=batches.close(),
        n_known=n_known,
        entries={key: entries[key] for key in sorted(todo)},
        confirmed=confirmed,
        issues=tuple(issue for source in sorted(todo & problems.keys()) for issue in problems[source]),
        problems=frozenset(problems) | _removed_problems(manifest, changes),
        n_unreadable=sum(_is_error(issues) for issues in problems.values()),
        states={**_of_other_files(stamps, manifest, changes), **states},
        started=started,
    )


def _removed_problems(manifest: Manifest, changes: Plan) -> frozenset[str]:
    """Return the keys of sources that became no article and are no more: they stand under their source."""
    return frozenset(key for key in changes.removed if manifest.entries[key].source == key)


def _of_other_files(stamps: Stamps, manifest: Manifest, changes: Plan) -> Mapping[str, str]:
    """Return the states of files that are no concern of this run; those that are gone are forgotten."""
    gone = {file_of(manifest.entries[key].source) for key in changes.removed}
    return {file: state for file, state in stamps.states.items() if file not in gone}


def _with_retries(manifest: Manifest, settings: Settings) -> Manifest:
    """Return the manifest with the entries out of date that are to be tried again."""
    entries = {
        key: entry._replace(fingerprint="")
        if settings.full or (settings.retry_failed and entry.status == "failed")
        else entry
        for key, entry in manifest.entries.items()
    }
    return replace(manifest, entries=entries) if settings.full or settings.retry_failed else manifest


def _reasons(manifest: Manifest, fingerprint: Fingerprint) -> tuple[str, ...]:
    """Return what has changed since the last publication, as far as that is known."""
    tables = ("columns",) if manifest.schema_version != schema_version() else ()
    return (*fingerprint.changed_since(manifest.components), *tables) if manifest.components else tables


def _changes(manifest: Manifest, entries: Mapping[str, Entry], fingerprint: str) -> Plan:
    found = {key: (entry.content_hash, entry.source) for key, entry in entries.items()}
    return plan(manifest, found, fingerprint)


def _entry(content_hash: str, fingerprint: str, status: Literal["done", "failed"], source: str) -> Entry:
    return Entry(content_hash=content_hash, fingerprint=fingerprint, status=status, source=source)


def _is_error(issues: Sequence[Issue]) -> bool:
    return any(issue.severity == "error" for issue in issues)


def _concerned(
    manifest: Manifest, inputs: Sequence[Path], found: Collection[str], problems: Collection[str]
) -> Manifest:
    """Return the manifest without the entries on which the inputs say nothing.

    These are articles of other folders, and those of a folder that cannot be listed, or of a file that cannot
    be read, or has lines that cannot: one of them may be the article.
    """
    roots = [path.resolve() for path in inputs]
    broken = [Path(file_of(source)).resolve() for source in problems]
    kept = {
        key: entry
        for key, entry in manifest.entries.items()
        if key in found or (_lies_within(entry.source, roots) and not _lies_within(entry.source, broken))
    }
    return replace(manifest, entries=kept)


def _lies_within(source: str, roots: Sequence[Path]) -> bool:
    path = Path(file_of(source)).resolve()
    return any(path == root or root in path.parents or path.match(str(root)) for root in roots)
