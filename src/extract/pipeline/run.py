"""The three steps of a run: plan, annotate, publish.

Each step is a function, which the Prefect flow wraps as a task; `run` calls them without Prefect.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from extract.overrides import check_entities, load_overrides, overrides_beside
from extract.pipeline.batches import Batch
from extract.pipeline.failures import with_failures
from extract.pipeline.fingerprint import Fingerprint, pipeline_fingerprint
from extract.pipeline.intake import Intake
from extract.pipeline.plan import Expect, Kept, Work, expect_nothing, plan_work
from extract.pipeline.previous_lexicon import save_lexicon, unaffected_by_lexicon_change
from extract.pipeline.stamps import read_stamps, write_stamps
from extract.pipeline.workers.crew import Crew, hire
from extract.pipeline.workers.pool import BatchResult, FailedArticle, annotate_batches
from extract.settings import Settings
from extract.store import DocCache, Manifest, Publication, Store, outdate, read_table, write_part
from extract.tables import issue_table
from extract.tables.actors import actor_table
from extract.tables.places import place_table

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the annotation has come.

    Attributes:
        done: Number of articles annotated.
        total: Number of articles to annotate.
        n_chars: Number of characters of those annotated.
    """

    done: int
    total: int
    n_chars: int


ProgressCallback = Callable[[Progress], None]
"""Called when the annotation begins, and whenever some articles are annotated."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes:
        done: Number of articles annotated and published by this run.
        skipped: Number of articles unchanged since the last run.
        failed: Number of sources and articles that could not be processed.
        removed: Number of articles whose source is gone.
        rows: Number of rows of each published table.
        damaged: Number of published files that were missing or damaged, and were made again.
        published: Whether there is a new publication; if nothing has changed, there is none.
        intake: What was read of the inputs and what was not.
    """

    output: Path
    done: int
    skipped: int
    failed: int
    removed: int
    damaged: int
    rows: Mapping[str, int]
    published: bool
    seconds: float
    intake: Intake

    @property
    def is_flawless(self) -> bool:
        """Whether something was read, nothing failed and nothing was damaged: the exit code is 0."""
        return not (self.failed or self.damaged or self.read_nothing)

    @property
    def read_nothing(self) -> bool:
        """Whether the inputs have no article, although none was removed on purpose."""
        return self.intake.is_empty and not self.removed


def run(inputs: Sequence[Path], settings: Settings, progress: ProgressCallback | None = None) -> Summary:
    """Read, annotate and publish what changed in the inputs.

    Args:
        inputs: Files, folders and globs.
        settings: Output folder, engine, workers and limits.
        progress: Called as the annotation progresses.

    Returns:
        What was done.

    Raises:
        ExtractError: The run failed; the published tables are unchanged.
    """
    started = time.monotonic()
    settings = with_overrides(settings, inputs)
    store = Store(settings.output, keep=settings.keep_snapshots)
    with store.lock():
        with hire(store.staging(), settings) as crew:
            work = plan_step(inputs, settings, store, crew)
            results = annotate_step(work, settings, progress, crew)
        summary = publish_step(work, results, settings, store)
    return replace(summary, seconds=time.monotonic() - started)


def with_overrides(settings: Settings, inputs: Sequence[Path]) -> Settings:
    """Return the settings for all steps of a run: with the folder of corrections beside its inputs."""
    if settings.overrides is not None:
        return settings
    return settings.model_copy(update={"overrides": overrides_beside(inputs)})


def plan_step(inputs: Sequence[Path], settings: Settings, store: Store, crew: Crew | None = None) -> Work:
    """Find what is new, edited, outdated or removed.

    Args:
        inputs: Files, folders and globs.
        settings: Engine, models and limits.
        store: Where the tables are published.
        crew: Who will work on `annotate_step`, if it runs in the same thread: they start as soon as there is
            something to annotate.

    Raises:
        InputError: An input does not exist.
        ModelError: The engine is not known.
    """
    manifest = outdate(store.manifest(), store.damaged_keys())
    folder, expect = (crew.folder, crew.expect) if crew else (store.staging(), expect_nothing)
    work = _plan(inputs, settings, manifest, folder, expect)
    log.info("Plan: %s", work.describe())
    return work


def preview(inputs: Sequence[Path], settings: Settings) -> Work:
    """Return the work that a run would do, without a lock and without writing to the output folder.

    The files of its batches are deleted: the work can be described, not done.

    Raises:
        InputError: An input does not exist, or has lost too many articles.
        StoreError: The published state is damaged.
    """
    manifest = Store(settings.output, keep=settings.keep_snapshots).manifest()
    settings = with_overrides(settings, inputs)
    with TemporaryDirectory() as folder:
        return _plan(inputs, settings, manifest, Path(folder), expect_nothing)


def _plan(
    inputs: Sequence[Path], settings: Settings, manifest: Manifest, folder: Path, expect: Expect
) -> Work:
    fingerprint, overrides = pipeline_fingerprint(settings), load_overrides(settings.overrides)
    stamps = read_stamps(manifest, settings)
    is_new = stamps.corrections != overrides.digest or manifest.components != fingerprint.components
    if is_new or not stamps.states:
        check_entities(overrides, settings.overrides, settings.models_dir)
    kept = Kept(
        cache=None if settings.full else doc_cache(fingerprint, settings),
        is_unaffected=unaffected_by_lexicon_change(manifest, fingerprint, settings),
        stamps=stamps,
    )
    return plan_work(
        inputs, manifest, fingerprint, settings, folder, kept=kept, overrides=overrides, expect=expect
    )


def _keep_for_next_run(
    work: Work, results: Sequence[BatchResult], publication: Publication, settings: Settings
) -> None:
    """Keep what saves time in the next run; if that fails, the tables are published all the same."""
    try:
        if publication.is_new:
            cache = doc_cache(work.fingerprint, settings)
            cache.update(_parts(results), publication.hashes)
            save_lexicon(settings, work.fingerprint)
        write_stamps(work.states, publication.published_at, settings, work.corrections)
    except OSError as error:
        log.warning("Cannot write the cache (%s): the next run will take longer.", error.strerror or error)


def _known(fingerprint: Fingerprint, settings: Settings, store: Store) -> dict[str, pa.Table]:
    """Return the lexicon's actors and places: as published, if the same lexicon and code made them.

    Loading the lexicon for nothing else takes most of a second.

    Raises:
        LexiconError: A knowledge file is invalid.
    """
    if not store.n_damaged and store.manifest().components == fingerprint.components:
        return {name: read_table(settings.output, name) for name in ("actors", "places")}
    from extract.lexicon import load_lexicon  # noqa: PLC0415

    lexicon = load_lexicon(settings.models_dir)
    return {"actors": actor_table(lexicon), "places": place_table(lexicon)}


def _history_record(work: Work, n_failed: int, settings: Settings) -> dict[str, str | int | float]:
    """Return what `extract history` shows about a run."""
    return {
        "plan": work.describe(),
        "annotated": work.n_articles - n_failed,
        "failed": work.n_unreadable + n_failed,
        "removed": work.n_removed,
        "engine": settings.engine,
        "version": version("extract"),
        "pipeline": work.fingerprint.whole,
        "seconds": round(time.monotonic() - work.started, 1),
    }


def doc_cache(fingerprint: Fingerprint, settings: Settings) -> DocCache:
    """Return the cached Docs of the current engine."""
    return DocCache(settings.output.absolute(), fingerprint.engine, settings.cache_mb * 1_000_000)


def annotate_step(
    work: Work, settings: Settings, progress: ProgressCallback | None = None, crew: Crew | None = None
) -> list[BatchResult]:
    """Annotate the work's batches in worker processes, here or in a cluster.

    Args:
        work: From `plan_step`.
        settings: Engine, models and limits.
        progress: Called as the annotation progresses.
        crew: Those whom `plan_step` was given; others are hired if there is none.

    Raises:
        ModelError: The engine's weights are missing or altered.
        LexiconError: A knowledge file is invalid.
    """
    so_far = Progress(0, work.n_articles, 0)
    if progress:
        progress(so_far)

    def count(batch: Batch) -> None:
        nonlocal so_far
        so_far = replace(so_far, done=so_far.done + batch.n_articles, n_chars=so_far.n_chars + batch.n_chars)
        if progress:
            progress(so_far)

    results = annotate_batches(work.batches, work.folder, settings, count, crew)
    for article in _failed(results):
        log.warning("%s: %s", article.source, article.message)
    return results


def _parts(results: Sequence[BatchResult]) -> list[Path]:
    return [result for result in results if isinstance(result, Path)]


def _failed(results: Sequence[BatchResult]) -> list[FailedArticle]:
    return [result for result in results if isinstance(result, FailedArticle)]


def publish_step(work: Work, results: Sequence[BatchResult], settings: Settings, store: Store) -> Summary:
    """Publish all tables at once: add new rows, delete those of edited and removed articles."""
    failed = _failed(results)
    entries, issues = with_failures(work, failed, store)
    issue_part = write_part(work.folder, "sources", {"issues": issue_table(issues)})
    publication = store.publish(
        sorted([*_parts(results), issue_part]),
        entries=entries,
        removed=work.changes.removed,
        confirmed=work.confirmed,
        peaks=work.peaks,
        **_known(work.fingerprint, settings, store),
        components=work.fingerprint.components,
        run=_history_record(work, len(failed), settings),
        max_drop=settings.max_drop,
        force=settings.full,
    )
    _keep_for_next_run(work, results, publication, settings)
    state = "is published" if publication.is_new else "stays current, nothing has changed"
    rows = ", ".join(f"{count:,} {table}" for table, count in publication.rows.items())
    log.info("Publication %d %s: %s", int(publication.snapshot.name), state, rows)
    return Summary(
        output=settings.output,
        done=work.n_articles - len(failed),
        skipped=work.n_skipped,
        failed=work.n_unreadable + len(failed),
        removed=work.n_removed,
        damaged=store.n_damaged,
        rows=publication.rows,
        published=publication.is_new,
        seconds=0.0,
        intake=work.intake,
    )
