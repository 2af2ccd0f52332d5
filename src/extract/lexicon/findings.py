"""Findings: what is wrong in a knowledge file, and where."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extract.errors import LexiconError

FindingSeverity = Literal["error", "warning"]
_AT = re.compile(r"^\S.*?:(\d+): |at line (\d+)")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a knowledge file that breaks a rule (error) or wants a second look (warning).

    Attributes:
        message: What is wrong and what was seen.
        advice: What to do about it.
    """

    path: Path
    line: int
    severity: FindingSeverity
    message: str
    advice: str

    def as_error(self) -> LexiconError:
        """Return the finding as an error that names file and line."""
        return LexiconError(f"{self.path}:{self.line}: {self.message}", advice=self.advice)


def finding_from(error: LexiconError, path: Path) -> Finding:
    """Return an error of a file as a finding; its line is the one that the message names, else the first."""
    at = _AT.search(error.message)
    message = error.message.removeprefix(f"{path}:{at[1] or ''}:").lstrip() if at else error.message
    return Finding(path, int(at[1] or at[2]) if at else 1, "error", message, error.advice)


def line_of(path: Path, key: str, at: str = "") -> int:
    """Return the line of an entry or section, or that of the first `"at` in or after it; 1 for none."""
    text = path.read_text(encoding="utf-8")
    found = re.search(
        rf'^[^\S\n]*(?:\[(?:\w+\.)?{re.escape(key)}\]|"?{re.escape(key)}"?\s*=)', text, re.MULTILINE
    )
    position = found.end() if found else 0
    if at:
        position = max(position, text.find(f'"{at}', position))
    return text.count("\n", 0, position) + 1
