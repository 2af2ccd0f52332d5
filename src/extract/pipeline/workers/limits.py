"""What a worker may take of time and memory, and the issue of an article that took more."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.model import Article, Issue
from extract.settings import Settings

_CHARS = 100_000
# Several articles together get less: what is too slow there has its full time when it is tried alone.
_SHARE_TOGETHER = 6
# Limits are of the processor's time; by the clock an article may take so many times as long.
WAITING = 3
_TIME_IS_UP = {-signal.SIGPROF, -signal.SIGALRM}
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6
_REPORT = "Please report it with the article."
_AGAIN = "It is left out until it or the pipeline changes, or --retry-failed is given."


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a batch has no rows.

    Attributes:
        code: That of the issue, where the batch is a single article.
        seen: What was seen, to follow `The article could not be annotated:`.
        advice: What can be done about it.
    """

    code: str
    seen: str
    advice: str

    def issue(self, article: Article) -> Issue:
        """Return the issue of the article that this happened to."""
        return Issue(
            source=article.source,
            article_id=article.article_id,
            severity="error",
            code=self.code,
            message=f"The article could not be annotated: {self.seen}.",
            advice=f"{_AGAIN} {self.advice}",
        )


def seconds_for(articles: Sequence[Article], settings: Settings) -> float:
    """Return how many seconds the processor may work on articles.

    They are `article_seconds`, and as much again for every 100,000 characters. Articles that are tried
    together get a sixth of the time of one article of their length.
    """
    chars = sum(len(article.text) for article in articles)
    seconds = settings.article_seconds * (1 + chars / _CHARS)
    return seconds if len(articles) == 1 else seconds / _SHARE_TOGETHER


def resident_mb(pid: int | None) -> float:
    """Return the megabytes of memory that a process holds; 0 where the system does not tell (no /proc)."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * _PAGE_MB


def raised(error: str) -> Failure:
    """Return the failure of an article on which annotation raised an error."""
    return Failure("annotation_failed", error, _REPORT)


def ended(exit_code: int | None, settings: Settings) -> Failure:
    """Return the failure of an article whose worker ended before its time."""
    if exit_code in _TIME_IS_UP:
        limit = f"{settings.article_seconds:g} seconds, and as much again for every {_CHARS:,} characters"
        advice = f"Where the machine is merely slow, raise EXTRACT_ARTICLE_SECONDS. {_REPORT}"
        return Failure("too_slow", f"it took longer than it may ({limit})", advice)
    if exit_code == -signal.SIGKILL:
        seen = "its worker process was killed from outside, most often by a system that is out of memory"
        return Failure("worker_died", seen, f"Use fewer --workers. {_REPORT}")
    return Failure("worker_died", f"its worker process crashed ({_name(exit_code)})", _REPORT)


def too_large(settings: Settings) -> Failure:
    """Return the failure of an article whose worker took more memory than it may."""
    return Failure(
        "too_much_memory",
        f"its worker process took more than {settings.worker_mb:,} MB of memory",
        f"Where the machine has it, raise EXTRACT_WORKER_MB. {_REPORT}",
    )


def _name(exit_code: int | None) -> str:
    """Return an exit code in words.

    >>> _name(-11), _name(3)
    ('SIGSEGV', 'exit code 3')
    """
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
