"""`extract check`: everything that is wrong or doubtful in the files under models/, each with file and line.

Loading stops at the first error; a check goes on and names all of them. To add one, write a function from the
models/ folder to findings and add it to `CHECKS`.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from extract.check.context_examples import check_context, check_context_examples
from extract.check.cue_examples import check_cue_examples
from extract.check.cue_words import check_cues
from extract.check.date_rules import check_dates
from extract.check.every_file import check_every_file
from extract.check.lexicon_entries import check_lexicon
from extract.check.line_words import check_lines
from extract.check.page_words import check_pages
from extract.check.weights import check_weights
from extract.knowledge import Finding

Check = Callable[[Path], Iterable[Finding]]

# Those that take longest come first: they run in parallel.
CHECKS: tuple[Check, ...] = (
    check_context_examples,
    check_cue_examples,
    check_dates,
    check_lexicon,
    check_every_file,
    check_cues,
    check_context,
    check_pages,
    check_lines,
    check_weights,
)


def check_models(models_dir: Path) -> tuple[Finding, ...]:
    """Return all findings, by file and line; one per fault.

    Args:
        models_dir: The project's models/ folder.
    """
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = pool.map(_run, CHECKS, repeat(models_dir))
        return tuple(sorted({finding for findings in found for finding in findings}))


def _run(check: Check, models_dir: Path) -> list[Finding]:
    return list(check(models_dir))


__all__ = ["CHECKS", "check_models"]
