"""The vocabulary of page layouts and date lines, from models/reading/."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.errors import LexiconError
from extract.knowledge import read_toml
from extract.reading.page.lines import fold
from extract.reading.page.written_dates import DateForms
from extract.settings import default_models_dir


@dataclass(frozen=True, slots=True)
class Forms:
    """The word lists of models/reading/, compiled for matching; comments in those files explain each list.

    Attributes:
        credits: Matches an agency or outlet in folded text.
        outlets: Matches an outlet in folded text.
        outlet_names: Folded name of an outlet -> its stored name.
    """

    credits: re.Pattern[str]
    credit_words: frozenset[str]
    caption_openers: tuple[str, ...]
    desks: frozenset[str]
    outlet_words: frozenset[str]
    alone: frozenset[str]
    openers: tuple[str, ...]
    headings: frozenset[str]
    notices: tuple[str, ...]
    self_words: tuple[str, ...]
    tagline_words: frozenset[str]
    kickers: frozenset[str]
    outlets: re.Pattern[str]
    outlet_names: Mapping[str, str]
    function_words: frozenset[str]
    dates: DateForms

    def outlet_at_start(self, text: str) -> str | None:
        """Return the outlet at the start of the text."""
        match = self.outlets.match(fold(text))
        return self.outlet_names[match[0]] if match else None

    def outlet_in(self, text: str) -> str | None:
        """Return the first outlet in the text."""
        match = self.outlets.search(fold(text))
        return self.outlet_names[match[0]] if match else None

    def outlet_named(self, text: str) -> str | None:
        """Return the outlet whose name is the whole text."""
        return self.outlet_names.get(fold(text))


@functools.cache
def load_forms(models_dir: Path | None = None) -> Forms:
    """Load models/reading/.

    Args:
        models_dir: The models folder; the project's own if None.

    Raises:
        LexiconError: A file is missing, is not valid TOML, or lacks a list.
    """
    folder = (models_dir or default_models_dir()) / "reading"
    layout, dates, language = (read_toml(folder / f"{name}.toml") for name in ("layout", "dates", "language"))
    try:
        captions, furniture = layout["captions"], layout["boilerplate"]
        names = {fold(form): name for name, forms in layout["outlets"].items() for form in [name, *forms]}
        return Forms(
            credits=_whole_words([*names, *map(fold, captions["agencies"])]),
            credit_words=frozenset(captions["credit_words"]),
            caption_openers=tuple(captions["openers"]),
            desks=_folded(layout["bylines"]["desks"]),
            outlet_words=frozenset(layout["bylines"]["outlet_words"]),
            alone=_folded(furniture["alone"]),
            openers=tuple(furniture["openers"]),
            headings=_folded(furniture["headings"]),
            notices=tuple(map(fold, furniture["notices"])),
            self_words=tuple(map(fold, furniture["self_words"])),
            tagline_words=frozenset(furniture["tagline_words"]),
            kickers=_folded(furniture["kickers"]),
            outlets=_whole_words(names),
            outlet_names=names,
            function_words=frozenset(language["english"]["function_words"]),
            dates=DateForms.from_data(dates),
        )
    except KeyError as error:
        raise LexiconError(
            f"A file in {folder} lacks the key {error}.", advice="Restore it from the project's own file."
        ) from error


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches the folded names as whole words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, ordered))})(?!\S)")
