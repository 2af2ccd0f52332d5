"""The progress bar of a run: what is going on, how fast, and how long it will take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from extract.console import make_console
from extract.pipeline import Progress, ProgressCallback

READING = "reading the inputs"
LOADING = "loading the models"
ANNOTATING = "annotating"
PUBLISHING = "publishing"

_SHORTEST_BAR, _LONGEST_BAR = 6, 40
_WORDS = 74  # width of what stands beside the bar

CHARS_PER_WORD = 5.8
"""With the blank after it; of the samples in seeds/."""


@contextmanager
def progress_bar(
    console: Console | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[ProgressCallback]:
    """Show what a run is doing, on a terminal; show nothing in a pipe.

    Args:
        console: Where; standard error by default.
        clock: Seconds.
    """
    console = console or make_console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(min(_LONGEST_BAR, max(_SHORTEST_BAR, console.width - _WORDS))),
        TimeRemainingColumn(),  # before what may be cut off on a narrow terminal
        TextColumn("{task.fields[speed]}"),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(READING, total=None, speed="")
        started = clock()

        def report(progress: Progress) -> None:
            nonlocal started
            if not progress.done:
                started = clock()
            bar.update(
                task,
                description=stage(progress),
                completed=progress.done,
                total=progress.total or None,
                speed=speed(progress, clock() - started),
            )

        yield report


def stage(progress: Progress) -> str:
    """Return what a run is doing.

    >>> [stage(Progress(done, 20, 0)) for done in (0, 10, 20)]
    ['loading the models', 'annotating', 'publishing']
    """
    if progress.done >= progress.total:
        return PUBLISHING
    return ANNOTATING if progress.done else LOADING


def speed(progress: Progress, seconds: float) -> str:
    """Return how much is done and how fast, models loaded and all.

    >>> speed(Progress(10, 20, 58_000), 4.0)
    '10 of 20 articles, 2.5/s, ~2,500 words/s'
    >>> speed(Progress(0, 20, 0), 0.0)
    '20 articles'
    """
    if not (progress.done and seconds):
        return f"{progress.total:,} articles" if progress.total else ""
    words = progress.n_chars / CHARS_PER_WORD / seconds
    done = f"{progress.done:,} of {progress.total:,} articles, {progress.done / seconds:.1f}/s"
    return f"{done}, ~{words:,.0f} words/s"
