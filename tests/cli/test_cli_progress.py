"""The progress bar on a terminal: what is going on, how fast; nothing in a pipe."""

import io
import re

from rich.console import Console

from extract.cli.screen.progress import progress_bar, speed, stage
from extract.pipeline import Progress


def _shown(*calls: Progress) -> list[str]:
    """Return the bar after each call; whenever it looks at the clock, a second has passed."""
    seconds = iter(range(100))
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80)
    lines = []
    with progress_bar(console, lambda: float(next(seconds))) as report:
        for call in calls:
            report(call)
            screen.truncate(0)
            screen.seek(0)
            console._live_stack[0].refresh()
            lines.append(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue()).strip())
    return lines


def test_it_says_what_is_going_on_and_how_fast() -> None:
    loading, annotating, publishing = _shown(
        Progress(0, 20, 0), Progress(10, 20, 58_000), Progress(20, 20, 116_000)
    )
    assert loading.startswith("loading the models")
    assert "20 articles" in loading
    assert annotating.startswith("annotating")
    assert "10 of 20 articles, 5.0/s, ~5,000 words/s" in annotating
    assert re.search(r"━ +(-:--:--|\d:\d\d:\d\d) ", annotating)  # the time left
    assert publishing.startswith("publishing")


def test_nothing_to_annotate_is_published_at_once() -> None:
    assert stage(Progress(0, 0, 0)) == "publishing"
    assert speed(Progress(0, 0, 0), 1.0) == ""


def test_nothing_is_shown_in_a_pipe() -> None:
    screen = io.StringIO()
    with progress_bar(Console(file=screen)) as report:
        report(Progress(1, 2, 100))
    assert screen.getvalue() == ""
