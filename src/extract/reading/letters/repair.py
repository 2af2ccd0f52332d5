"""Letters that were broken before the text came here: repaired if it is certain what they were, else told."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.model import Section
from extract.reading.letters.edits import Edit, Moves, apply_edits
from extract.reading.letters.html_entities import find_entities
from extract.reading.letters.mojibake import find_mojibake
from extract.reading.problems import Problem
from extract.text.broken_letters import find_broken_words

_SHOWN = 3
_LONGEST_SHOWN = 40
_WORD_BEFORE = re.compile(r"\S*\Z")
_WORD_AFTER = re.compile(r"\A\S*")
_ADVICE = "Save or export the source as UTF-8 and plain text; check the letters here."


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after its repair.

    Attributes:
        sections: The sections that were given, where they are now.
        examples: The words that were repaired, before and after, with their number.
    """

    text: str
    sections: tuple[Section, ...]
    examples: Counter[tuple[str, str]]


def repair(text: str, sections: Sequence[Section] = ()) -> Repaired:
    """Undo what certainly broke letters: UTF-8 read in another encoding, and HTML entities in plain text.

    Nothing else changes: no quotation mark, width, ligature or combined letter.
    """
    examples: Counter[tuple[str, str]] = Counter()
    for find in (find_mojibake, find_entities, find_mojibake):
        edits = find(text)
        if edits:
            examples.update(_words(text, edit) for edit in edits)
            moved = Moves(edits)
            sections = [replace(one, start=moved(one.start), end=moved(one.end)) for one in sections]
            text = apply_edits(text, edits)
    return Repaired(text, tuple(sections), examples)


def _words(text: str, edit: Edit) -> tuple[str, str]:
    """Return the word around an edit, before and after it."""
    before = _WORD_BEFORE.findall(text[max(0, edit.start - _LONGEST_SHOWN) : edit.start])[0]
    after = _WORD_AFTER.findall(text[edit.end : edit.end + _LONGEST_SHOWN])[0]
    return f"{before}{text[edit.start : edit.end]}{after}", f"{before}{edit.new}{after}"


def repair_problem(examples: Counter[tuple[str, str]]) -> Problem | None:
    """Return the problem that tells what was repaired; None if nothing was."""
    if not examples:
        return None
    shown = [f"{before} -> {after} ({count})" for (before, after), count in examples.most_common(_SHOWN)]
    message = f"Broken letters were repaired in {examples.total():,} places: {_list(shown, len(examples))}."
    return Problem("warning", "text_repaired", message, _ADVICE)


def broken_problem(text: str) -> Problem | None:
    """Return the problem of words with broken letters that nobody can repair for certain."""
    words = Counter(text[start:end] for start, end in find_broken_words(text))
    if not words:
        return None
    shown = [f"{word[:_LONGEST_SHOWN]} ({count})" for word, count in words.most_common(_SHOWN)]
    message = (
        f"There are words with broken letters: {_list(shown, len(words))}. "
        "Names in and beside them are not linked."
    )
    return Problem("warning", "broken_letters", message, "Save or export the source again, as UTF-8.")


def _list(shown: Sequence[str], known: int) -> str:
    return ", ".join([*shown, "..."] if known > len(shown) else shown)
