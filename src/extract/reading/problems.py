"""Problems of one source: what becomes a row of the `issues` table."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from extract.model import Issue, Severity

# C0 and C1 controls and DEL, without the white space and separators among them.
_CONTROLS = tuple(chr(code) for code in (*range(1, 9), *range(14, 28), *range(127, 133), *range(134, 160)))
# No word is so long. On opening quotation marks the work of spaCy's tokenizer grows faster than their number.
_UNBROKEN = re.compile(r"\S{5000,}")


@dataclass(frozen=True, slots=True)
class Problem:
    """An Issue that does not yet know its source and article."""

    severity: Severity
    code: str
    message: str
    advice: str

    def at(self, source: str, article_id: str | None = None) -> Issue:
        """Return the Issue of this problem in a source."""
        return Issue(source, article_id, self.severity, self.code, self.message, self.advice)


def text_problem(text: str, *, max_chars: int) -> Problem | None:
    """Return what keeps a text from being an article: binary, empty, too long, no prose, or not UTF-8."""
    if is_binary(text):
        return Problem(
            "error", "binary", "The source holds control characters, not text.", "Give the text alone."
        )
    if not text.strip():
        return Problem("error", "empty_text", "The text is empty.", "Fill the source or remove it.")
    if len(text) > max_chars:
        return too_long(f"{len(text):,} characters", max_chars)
    return unbroken_problem(text) or surrogate_problem("text", text)


def unbroken_problem(text: str) -> Problem | None:
    """Return the problem of a run without white space that no word is, such as an embedded picture."""
    run = _UNBROKEN.search(text)
    if run is None:
        return None
    return Problem(
        "error",
        "unbroken_text",
        f"The text holds {len(run[0]):,} characters without white space at offset {run.start():,}.",
        "Remove what is no prose from the source.",
    )


def too_long(seen: str, max_chars: int) -> Problem:
    """Return the problem of a text longer than accepted."""
    message = f"The text is too long: {seen}, {max_chars:,} characters are accepted."
    return Problem("error", "too_long", message, "Split the source, or raise EXTRACT_MAX_CHARS.")


def surrogate_problem(field: str, value: str) -> Problem | None:
    r"""Return the problem of half a character pair (`\ud83d` alone), which no UTF-8 file can hold."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        seen = f"U+{ord(value[error.start]):04X} at offset {error.start}"
        message = f"The field {field!r} holds the lone surrogate {seen}."
        return Problem(
            "error", "lone_surrogate", message, "Mend the character in the source; texts are not altered."
        )
    return None


def is_binary(text: str) -> bool:
    """Return whether a decoded text is binary: it holds NUL, or over one control character in twenty."""
    if "\0" in text:
        return True
    controls = sum(map(text.count, _CONTROLS))
    return controls * 20 > len(text)


def printable(path: Path) -> str:
    r"""Return the path as it was given; bytes of a name that are not UTF-8 show as `\xff`."""
    name = os.fspath(path)
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")
