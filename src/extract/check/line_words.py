"""The check of models/text/: the shape of its file."""

from collections.abc import Iterable
from pathlib import Path

from extract.knowledge import Finding, check_shape
from extract.text.line_words import LINES, LinesFile


def check_lines(models_dir: Path) -> Iterable[Finding]:
    """Return what is wrong in the words by which line breaks are judged."""
    _, findings = check_shape(models_dir / "text" / LINES, LinesFile)
    return findings
