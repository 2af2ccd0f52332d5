"""The words by which line breaks are judged, from models/text/lines.toml."""

import functools
from dataclasses import dataclass
from pathlib import Path

from extract.knowledge import KnowledgeFile, SmallWords, read_shaped
from extract.settings import default_models_dir

LINES = "lines.toml"


class HyphensFile(KnowledgeFile):
    """Parts of words with a hyphen of their own."""

    first: SmallWords
    last: SmallWords


class LinesFile(KnowledgeFile):
    """models/text/lines.toml."""

    unfinished: SmallWords
    opening: SmallWords
    credits: SmallWords
    hyphens: HyphensFile


@dataclass(frozen=True, slots=True)
class LineWords:
    """The word lists of models/text/lines.toml; comments in the file explain them.

    Attributes:
        hyphen_first: First parts of words with a hyphen.
        hyphen_last: Last parts of words with a hyphen.
    """

    unfinished: frozenset[str]
    opening: frozenset[str]
    credits: frozenset[str]
    hyphen_first: frozenset[str]
    hyphen_last: frozenset[str]


@functools.cache
def load_line_words(models_dir: Path | None = None) -> LineWords:
    """Load models/text/lines.toml.

    Args:
        models_dir: The models folder; the project's own if None.

    Raises:
        LexiconError: The file is missing, is not valid TOML, or lacks a list.
    """
    file = read_shaped((models_dir or default_models_dir()) / "text" / LINES, LinesFile)
    return LineWords(
        unfinished=frozenset(file.unfinished),
        opening=frozenset(file.opening),
        credits=frozenset(file.credits),
        hyphen_first=frozenset(file.hyphens.first),
        hyphen_last=frozenset(file.hyphens.last),
    )
