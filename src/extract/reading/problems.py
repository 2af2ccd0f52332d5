"""Problems of one source; each becomes a row of the `issues` table."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from extract.model import Issue, Severity

# C0 and C1 controls and DEL, except those that are white space or separators.
_CONTROLS = tuple(chr(code) for code in (*range(1, 9), *range(14, 28), *range(127, 133), *range(134, 160)))
# No word is this long, and the time of spaCy's tokenizer is superlinear in a run of opening quotation marks.
_UNBROKEN = re.compile(r"\S{5000,}")


@dataclass(frozen=True, slots=True)
class Problem:
    """An Issue that does not yet know its source and article."""

    severity: Severity
    code: str
    message: str
    advice: str

    def at(self, source: str, article_id: str | None = None) -> Issue:
        """Return this problem as an Issue of the source."""
        return Issue(source, article_id, self.severity, self.code, self.message, self.advice)


def text_problem(text: str, *, max_chars: int) -> Problem | None:
    """Return why a text cannot be an article: binary, empty, too long, not prose, or not valid Unicode."""
    if is_binary(text):
        return Problem(
            "error", "binary", "The source contains control characters, not text.", "Provide plain text."
        )
    if not text.strip():
        return Problem("error", "empty_text", "The text is empty.", "Fill the source or remove it.")
    if len(text) > max_chars:
        return too_long(f"{len(text):,} characters", max_chars)
    return unbroken_problem(text) or surrogate_problem("text", text)


def unbroken_problem(text: str) -> Problem | None:
    """Return the problem of a run without white space too long for a word, such as an embedded picture."""
    run = _UNBROKEN.search(text)
    if run is None:
        return None
    return Problem(
        "error",
        "unbroken_text",
        f"The text has a run of {len(run[0]):,} characters without white space at offset {run.start():,}.",
        "Remove whatever is not prose from the source.",
    )


def too_long(seen: str, max_chars: int) -> Problem:
    """Return the problem of a text over the limit; `seen` is its length with its unit."""
    message = f"The text is too long: {seen}; the limit is {max_chars:,} characters."
    return Problem("error", "too_long", message, "Split the source, or raise EXTRACT_MAX_CHARS.")


def surrogate_problem(field: str, value: str) -> Problem | None:
    r"""Return the problem of a lone surrogate (`\ud83d`), which UTF-8 cannot encode."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        seen = f"U+{ord(value[error.start]):04X} at offset {error.start}"
        message = f"The field {field!r} contains the lone surrogate {seen}."
        return Problem(
            "error", "lone_surrogate", message, "Fix the character in the source; texts are never altered."
        )
    return None


def is_binary(text: str) -> bool:
    """Return whether a decoded text is binary: it has a NUL, or more than 5 % control characters."""
    if "\0" in text:
        return True
    controls = sum(map(text.count, _CONTROLS))
    return controls * 20 > len(text)


def printable(path: Path) -> str:
    r"""Return the path as given, with bytes that are not UTF-8 escaped as `\xff`."""
    name = os.fspath(path)
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")
