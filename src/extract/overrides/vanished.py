"""Corrections of articles that are not there any more: what the run tells about them."""

from collections.abc import Collection, Iterator
from pathlib import Path

from extract.overrides.entries import Override, Overrides
from extract.reading.names import source_name
from extract.reading.problems import Problem


def vanished(
    overrides: Overrides, articles: Collection[str], base: Path | None
) -> Iterator[tuple[str, Problem]]:
    """Yield the file and the problem of each correction of an article that is none of the published ones.

    Args:
        overrides: All corrections.
        articles: The ids of the articles that are published when the run is done.
        base: The folder from which the names of sources start; None for absolute paths.
    """
    for override in overrides.entries:
        if override.scope.article is not None and override.scope.article not in articles:
            yield source_name(override.path, base), _problem(override)


def _problem(override: Override) -> Problem:
    words, article = repr(override.text) if override.text else "the day", override.scope.article
    return Problem(
        "warning",
        "override_unmatched",
        f"{override.path.name} corrects {words} of the article {article!r}, which is not there.",
        "Correct its article_id, or delete it; if the article comes back, it is applied again.",
    )
