"""Plans a run: compares the sources found now with the published articles."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from extract.ids import digest
from extract.model import Article, Issue
from extract.overrides import NO_OVERRIDES, Overrides
from extract.overrides.vanished import vanished
from extract.pipeline.batches import Batch, BatchWriter
from extract.pipeline.currency import Currency
from extract.pipeline.fingerprint import Fingerprint
from extract.pipeline.intake import Intake, take_stock
from extract.pipeline.scope import check_removals, elsewhere, in_scope, published_owner
from extract.pipeline.stamps import NO_STAMPS, Stamps
from extract.pipeline.workers.reader import Reader
from extract.reading import Listing, Owner, list_inputs
from extract.reading.names import file_of
from extract.reading.problems import is_note, may_hide_article
from extract.settings import Settings
from extract.store import DocCache, Entry, Manifest, Plan, Status, outdate, plan, source_key, state_of
from extract.tables import schema_version


@dataclass(frozen=True, slots=True)
class Work:
    """The work of one run; the articles themselves are stored in files.

    Attributes:
        folder: Folder for batches and parts.
        changes: Keys that are new, edited, outdated, unchanged or removed.
        fingerprint: Fingerprint of the current pipeline.
        reasons: What has changed in the pipeline since the last publication.
        batches: The articles to annotate.
        n_known: Number of outdated articles whose Doc is cached.
        entries: New manifest entries of the keys that this run processes.
        confirmed: New manifest entries of keys whose rows stay although the pipeline has changed.
        issues: Issues of sources that yielded no article, to be published.
        problems: Keys of sources that yielded no article, now or in the previous run.
        n_unreadable: Number of sources with an error.
        states: The states of the files, for the next run.
        corrections: Hash of the corrections by hand.
        peaks: The most articles that each input has had, by its name.
        intake: What was read of the inputs and what was not.
        started: Start of planning, by `time.monotonic`.
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
    corrections: str
    peaks: Mapping[str, int]
    intake: Intake
    started: float

    @property
    def n_skipped(self) -> int:
        """Number of articles that are already published."""
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
        """Return the plan as one line, such as `12 new, 1 edited, 480 to derive again (lexicon changed)`."""
        states = ("new", "edited", "outdated", "removed", "unchanged")
        counts = {state: len(set(getattr(self.changes, state)) - self.problems) for state in states}
        outdated = counts.pop("outdated")
        why = f" ({_join(self.reasons)} changed)" if self.reasons else ""
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


def _join(names: Sequence[str]) -> str:
    """Join names with commas and a final `and`.

    >>> _join(["engine", "lexicon", "code"])
    'engine, lexicon and code'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


@dataclass(frozen=True, slots=True)
class Kept:
    """What earlier runs have kept to save time; it never affects rows.

    Attributes:
        cache: Docs that need not be parsed again; None to parse all.
        is_unaffected: Whether the rows of an outdated article would not change.
        stamps: The states of the files at the last run; files in the same state are not read.
    """

    cache: DocCache | None = None
    is_unaffected: Callable[[Article], bool] = lambda _article: False
    stamps: Stamps = NO_STAMPS


NOTHING_KEPT = Kept()


class Expect(Protocol):
    """What a plan tells the processes that will do it."""

    def __call__(self, n_processes: int, *, parse: bool) -> None:
        """Hear how many processes it can occupy, as far as is known, and whether they have to parse."""


def expect_nothing(n_processes: int, *, parse: bool) -> None:
    """Do nothing: the processes start when the plan is made."""


def plan_work(
    inputs: Sequence[Path],
    manifest: Manifest,
    fingerprint: Fingerprint,
    settings: Settings,
    folder: Path,
    *,
    kept: Kept = NOTHING_KEPT,
    overrides: Overrides = NO_OVERRIDES,
    expect: Expect = expect_nothing,
) -> Work:
    """Read the inputs, compare them with the published articles, and write batches for annotation.

    An article is removed if its source is within the inputs and no longer yields it. Articles from other
    folders stay published, and so does the last good version of a source that can no longer be read.

    Args:
        inputs: Files, folders and globs.
        manifest: The published state.
        fingerprint: Fingerprint of the current pipeline.
        settings: Batch size and limits on articles.
        folder: Where the batches are written.
        kept: What earlier runs have kept.
        overrides: Corrections by hand.
        expect: Told as soon as there is something to annotate.

    Raises:
        InputError: An input does not exist.
    """
    started = time.monotonic()
    listing = list_inputs(
        inputs,
        max_chars=settings.max_chars,
        models_dir=settings.models_dir,
        settle_seconds=settings.settle_seconds,
        follow_links=settings.follow_links,
        folder_ids=settings.folder_ids,
        base=settings.source_base,
        mapping=settings.map,
        output=settings.output,
    )
    batches = BatchWriter(folder, settings.batch_size)
    changed = kept.stamps.corrections != overrides.digest
    currency = Currency(fingerprint, overrides, changed, settings.output)
    manifest = _with_retries(manifest, settings)
    survey = _Survey(manifest, fingerprint, overrides, kept, currency, batches, expect)
    with Reader(listing, settings) as reader:
        survey.read(listing, reader, published_owner(manifest, settings.source_base))
    return survey.work(inputs, listing, settings, folder, started)


@dataclass(slots=True)
class _Survey:
    """Collects, article by article, how the inputs differ from the published state.

    Attributes:
        entries: New manifest entries of everything found.
        confirmed: Those of them whose rows stay although the pipeline has changed.
        problems: Issues of sources that yielded no article, by source.
        n_known: Number of outdated articles whose Doc is cached.
    """

    manifest: Manifest
    fingerprint: Fingerprint
    overrides: Overrides
    kept: Kept
    currency: Currency
    batches: BatchWriter
    expect: Expect
    entries: dict[str, Entry] = field(default_factory=dict)
    confirmed: dict[str, Entry] = field(default_factory=dict)
    problems: dict[str, list[Issue]] = field(default_factory=lambda: defaultdict(list))
    n_known: int = 0

    def read(self, listing: Listing, reader: Reader, owner: Owner) -> None:
        """Read the changed sources, and write batches of the articles to annotate."""
        unread = self.kept.stamps.unread(self.manifest, listing.states(), self.currency.is_current)
        self.entries = {key: self.manifest.entries[key] for keys in unread.values() for key in keys}
        if self._has_new_file(listing, unread):
            self.expect(1, parse=True)
        elif self.currency.changed and len(unread) < len(listing.found):
            self.expect(1, parse=False)
        reader.expect(source for source in listing.sources() if not unread.get(source.name))
        for item in listing.read(unread, owner, reader.read):
            if isinstance(item, Issue):
                self.problems[item.source].append(replace(item, article_id=None))
            else:
                self._add(item)
        for source, issues in self.problems.items():
            status: Status = "noted" if all(map(is_note, issues)) else "failed"
            self.entries[source_key(source)] = self._entry(digest(repr(issues).encode()), status, source)

    def _has_new_file(self, listing: Listing, unread: Collection[str]) -> bool:
        """Return whether a file that can be read gave nothing before: it most likely has a new article."""
        if len(unread) == len(listing.found):
            return False
        known = {file_of(entry.source) for entry in self.manifest.entries.values()}
        return any(source.name not in known for source in listing.readable())

    def _add(self, article: Article) -> None:
        key, pipeline = article.article_id, self.fingerprint.of(self.overrides.digest_for(article))
        self.entries[key] = Entry(article.content_hash, pipeline, "done", article.source)
        state = state_of(self.manifest, key, article.content_hash, article.source, pipeline)
        is_plain = pipeline == self.fingerprint.whole  # corrections of the article may be new
        if state == "outdated" and is_plain and self.kept.is_unaffected(article):
            self.confirmed[key] = self.entries[key]
        elif state != "unchanged":
            docs = None if self.kept.cache is None else self.kept.cache.find(article.content_hash)
            self.batches.add(article, docs)
            self.expect(self.batches.n_processes, parse=docs is None)
            self.n_known += docs is not None and state == "outdated"

    def _entry(self, content_hash: str, status: Status, source: str) -> Entry:
        return Entry(content_hash, self.fingerprint.whole, status, source)

    def work(
        self, inputs: Sequence[Path], listing: Listing, settings: Settings, folder: Path, started: float
    ) -> Work:
        """Return the resulting work.

        Raises:
            InputError: Too many published articles are no longer found.
        """
        base = settings.source_base
        manifest = replace(self.manifest, entries={**self.manifest.entries, **self.confirmed})
        broken = [source for source, issues in self.problems.items() if any(map(may_hide_article, issues))]
        decided = in_scope(manifest, inputs, base, found=self.entries, problems=broken)
        decided, unmatched = self._with_corrections(decided, base)
        changes = _changes(decided, self.entries, self.fingerprint.whole)
        todo = {*changes.new, *changes.edited, *changes.outdated}
        return Work(
            folder=folder,
            changes=changes,
            fingerprint=self.fingerprint,
            reasons=_reasons(manifest, self.fingerprint),
            batches=self.batches.close(),
            n_known=self.n_known,
            entries={key: self.entries[key] for key in sorted(todo)},
            confirmed=self.confirmed,
            issues=tuple(
                issue
                for source in sorted({*self.problems, *unmatched})
                for issue in (*self.problems.get(source, ()), *unmatched.get(source, ()))
                if source_key(source) in todo
            ),
            problems=_source_keys(self.entries) | _source_keys(manifest.entries, changes.removed),
            n_unreadable=sum(_is_error(issues) for issues in self.problems.values()),
            corrections=self.overrides.digest,
            states={**self._states_to_keep(changes), **listing.states()},
            peaks=check_removals(changes, manifest, self.entries, inputs, settings),
            intake=take_stock(
                self.entries, self.problems, elsewhere(manifest, inputs, base, self.entries), base
            ),
            started=started,
        )

    def _with_corrections(
        self, decided: Manifest, base: Path | None
    ) -> tuple[Manifest, Mapping[str, Sequence[Issue]]]:
        """Add entries for the files with corrections of articles that are not there.

        Whatever its inputs are, a run reads all corrections: it decides about all such entries.

        Returns:
            The manifest with the published ones of them, and the issues of each file.
        """
        published = self.manifest.entries
        old = {key: entry for key, entry in published.items() if entry.status == "unmatched"}
        self.entries = {key: entry for key, entry in self.entries.items() if entry.status != "unmatched"}
        stay = published.keys() - decided.entries.keys()
        unmatched: dict[str, list[Issue]] = defaultdict(list)
        for source, problem in vanished(self.overrides, {*self.entries, *stay}, base):
            unmatched[source].append(problem.at(source))
        for source, issues in unmatched.items():
            known, key = self.problems.get(source, []), source_key(source)
            status: Status = self.entries[key].status if known else "unmatched"
            self.entries[key] = self._entry(digest(repr([*known, *issues]).encode()), status, source)
        return replace(decided, entries={**decided.entries, **old}), unmatched

    def _states_to_keep(self, changes: Plan) -> Mapping[str, str]:
        """Return the states at the last run, without the files of removed articles.

        After a change of corrections there are none: files that were not among the inputs of this run have to
        be read again when they are.
        """
        if self.currency.changed:
            return {}
        removed = {file_of(self.manifest.entries[key].source) for key in changes.removed}
        return {file: state for file, state in self.kept.stamps.states.items() if file not in removed}


def _source_keys(entries: Mapping[str, Entry], keys: Iterable[str] | None = None) -> frozenset[str]:
    """Return those of the keys, or of all, that stand for a source and not for an article."""
    chosen = entries if keys is None else keys
    return frozenset(key for key in chosen if key == source_key(entries[key].source))


def _with_retries(manifest: Manifest, settings: Settings) -> Manifest:
    """Return the manifest in which the entries to be processed again are outdated."""
    if not (settings.full or settings.retry_failed):
        return manifest
    entries = manifest.entries.items()
    return outdate(manifest, {key for key, entry in entries if settings.full or entry.status == "failed"})


def _reasons(manifest: Manifest, fingerprint: Fingerprint) -> tuple[str, ...]:
    """Return what has changed since the last publication, as far as is known."""
    tables = ("columns",) if manifest.schema_version != schema_version() else ()
    return (*fingerprint.changed_since(manifest.components), *tables) if manifest.components else tables


def _changes(manifest: Manifest, entries: Mapping[str, Entry], fingerprint: str) -> Plan:
    found = {key: (entry.content_hash, entry.source) for key, entry in entries.items()}
    own = {key: entry.fingerprint for key, entry in entries.items() if entry.fingerprint != fingerprint}
    return plan(manifest, found, fingerprint, own)


def _is_error(issues: Sequence[Issue]) -> bool:
    return any(issue.severity == "error" for issue in issues)
