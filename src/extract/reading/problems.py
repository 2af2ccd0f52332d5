"""Problems of one source; each becomes a row of the `issues` table."""

import re
from dataclasses import dataclass

from extract.model import Issue, Severity
from extract.printable import is_printable, printable

# C0 and C1 controls and DEL, except those that are white space or separators.
_CONTROLS = tuple(chr(code) for code in (*range(1, 9), *range(14, 28), *range(127, 133), *range(134, 160)))
# No word is this long, and the time of spaCy's tokenizer is superlinear in a run of opening quotation marks.
_UNBROKEN = re.compile(r"\S{5000,}")
#: The note that articles of a file are the same as those of another one.
SAME_ARTICLE = "same_article"
# Issues of a whole file that leave no article of it out, and hang on nothing but the file.
_NOTES = frozenset(
    {
        *("damaged_encoding", "guessed_encoding", "own_output", "same_record"),
        *("skipped_messages", "skipped_sheets", "unknown_column"),
    }
)
_LONGEST_ID = 1000
_SHOWN_ID = 60


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


def may_hide_article(issue: Issue) -> bool:
    """Return whether an issue may stand in place of an article, so that published rows must not go."""
    return issue.code != SAME_ARTICLE and not is_note(issue)


def is_note(issue: Issue) -> bool:
    """Return whether an issue only tells something of a file, the same until the file changes."""
    return issue.code in _NOTES


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


def id_problem(article_id: str) -> Problem | None:
    """Return why a text cannot be an id: it could not be shown, typed or told from another one."""
    seen = _flaw(article_id)
    if seen is None:
        return None
    shown = printable(article_id[:_SHOWN_ID]) + "..." * (len(article_id) > _SHOWN_ID)
    message = f'The id "{shown}" {seen}.'
    return Problem("error", "bad_id", message, "Give the record another id, or rename the file.")


def _flaw(article_id: str) -> str | None:
    if not article_id.strip():
        return "is empty"
    if not is_printable(article_id):
        return "has control characters"
    if article_id != article_id.strip():
        return "begins or ends with a blank"
    if len(article_id) > _LONGEST_ID:
        return f"has {len(article_id):,} characters, more than {_LONGEST_ID:,}"
    return None


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
