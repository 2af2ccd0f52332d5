"""What a run publishes about articles that could not be annotated."""

from collections.abc import Collection, Iterable
from operator import attrgetter

from extract.ids import digest
from extract.model import Issue
from extract.pipeline.plan import Work
from extract.pipeline.workers.pool import FailedArticle
from extract.store import Entry, Store, source_key
from extract.tables import schema_version

_LEFT_OUT = "The article is left out until it or the pipeline changes, or --retry-failed is given."
_STAYS = "The next run tries it again."


def with_failures(
    work: Work, failed: Iterable[FailedArticle], store: Store
) -> tuple[dict[str, Entry], list[Issue]]:
    """Return the manifest entries of a run, and the issues that belong to no annotated article.

    A failed article whose rows are published keeps them: the run has no entry for it, so that the next one
    tries it again, and the issue belongs to its source.
    """
    entries, issues = dict(work.entries), list(work.issues)
    kept_rows = _articles_with_rows(store)
    sources: set[str] = set()
    for article in sorted(failed, key=attrgetter("article_id")):
        if article.article_id in kept_rows:
            del entries[article.article_id]
            sources.add(article.source)
            issues.append(_issue_beside_rows(article))
        else:
            entries[article.article_id] = entries[article.article_id]._replace(status="failed")
            issues.append(_issue(article))
    for source in sources:
        of_source = [issue for issue in issues if issue.source == source and issue.article_id is None]
        content = digest(repr(of_source).encode())
        entries[source_key(source)] = Entry(content, work.fingerprint.whole, "failed", source)
    return entries, issues


def _articles_with_rows(store: Store) -> Collection[str]:
    """Return the articles whose rows can stay beside new ones."""
    published = store.manifest()
    if published.schema_version != schema_version():
        return ()
    done = {key for key, entry in published.entries.items() if entry.status == "done"}
    return done - store.damaged_keys()


def _issue(article: FailedArticle) -> Issue:
    advice = f"{_LEFT_OUT} {article.failure.advice}"
    return Issue(article.source, article.article_id, "error", article.failure.code, article.message, advice)


def _issue_beside_rows(article: FailedArticle) -> Issue:
    message = f"{article.message} The rows of the last version of {article.article_id!r} stay published."
    return Issue(
        article.source, None, "error", article.failure.code, message, f"{_STAYS} {article.failure.advice}"
    )
