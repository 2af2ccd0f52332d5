"""Reads the TOML knowledge files and locates errors in them by line."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from extract.errors import LexiconError

FindingSeverity = Literal["error", "warning"]
Model = TypeVar("Model", bound=BaseModel)

# Values that files of several rooms hold.
Word = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Words = list[Word]
SomeWords = Annotated[Words, Field(min_length=1)]
# Compared with words in lower case.
SmallWord = Annotated[str, Field(pattern=r"^[^\sA-Z](?:[^A-Z]*[^\sA-Z])?$")]
SmallWords = Annotated[list[SmallWord], Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]

_AT_LINE = re.compile(r"at line (\d+)")  # in the messages of tomllib
_HEADER = re.compile(r"\s*\[\[?(?P<path>[^\]]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*(?P<path>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_KEY_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_STRING_OR_COMMENT = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'|#.*""")


class KnowledgeFile(BaseModel):
    """Base class for the models of knowledge files: no unknown keys, no type conversions."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a knowledge file that is invalid (error) or deserves a second look (warning).

    Attributes:
        message: What is wrong and what was found.
        advice: What to do about it.
    """

    path: Path
    line: int
    severity: FindingSeverity
    message: str
    advice: str

    def as_error(self) -> LexiconError:
        """Return the finding as an error whose message starts with file and line."""
        return LexiconError(f"{self.path}:{self.line}: {self.message}", advice=self.advice)


def read_toml(path: Path) -> dict[str, Any]:
    """Read one knowledge file.

    Raises:
        LexiconError: The file is missing or not valid TOML; the message names the line.
    """
    tables = check_toml(path)
    if isinstance(tables, Finding):
        raise tables.as_error()
    return tables


def check_toml(path: Path) -> dict[str, Any] | Finding:
    """Read one knowledge file; if it is missing or not valid TOML, return the finding that says so."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        advice = "Restore it, or set EXTRACT_MODELS_DIR."
        return Finding(path, 1, "error", "The file is missing.", advice)
    except ValueError as error:  # TOMLDecodeError, UnicodeDecodeError
        at = _AT_LINE.search(str(error))
        message = f"The file cannot be read: {error}."
        return Finding(path, int(at[1]) if at else 1, "error", message, "Fix the line named here.")


def read_shaped(path: Path, shape: type[Model]) -> Model:
    """Read a knowledge file and validate it.

    Args:
        path: The file.
        shape: The pydantic model that it must match.

    Raises:
        LexiconError: The file is missing, not valid TOML or does not match; the message names the line.
    """
    found, findings = check_shape(path, shape)
    if found is None:
        raise findings[0].as_error()
    return found


def check_shape(path: Path, shape: type[Model]) -> tuple[Model | None, list[Finding]]:
    """Read and validate a knowledge file; if it is invalid, return None and one finding per error."""
    tables = check_toml(path)
    if isinstance(tables, Finding):
        return None, [tables]
    try:
        return shape.model_validate(tables), []
    except ValidationError as error:
        faults = {tuple(fault["loc"]): fault for fault in error.errors()}  # the last one per location
        return None, [_shape_finding(path, fault) for fault in faults.values()]


def _shape_finding(path: Path, fault: ErrorDetails) -> Finding:
    names = [key for key in fault["loc"] if isinstance(key, str) and key != "[key]"]
    line, last = _extent(path, names)
    if any(isinstance(key, int) for key in fault["loc"]):  # one item of a list that may have many lines
        line = _line_with(path, str(fault["input"]), line, last)
    unknown = fault["type"] == "extra_forbidden"
    cause = "it is unknown" if unknown else fault["msg"].removeprefix("Value error, ")
    what = ".".join(names) or "the file"
    advice = "The comments at the top of the file explain what it may contain."
    return Finding(path, line, "error", f"`{what}`: {cause}.", advice)


def line_at(path: Path, keys: Sequence[str], at: str = "") -> int:
    """Return the line of nested keys, or of a word below them.

    Args:
        path: The file.
        keys: The names of tables and keys, from the outermost.
        at: The word: a key of their table, or a string in their value, of which it may be only the start.

    Returns:
        If there is no such word, the line of the deepest key that exists in the file; 1 if there is none.
    """
    lines = _key_lines(path.read_text(encoding="utf-8"))
    if at and (*keys, at) in lines:
        return lines[*keys, at]
    first, last = _extent(path, keys)
    return _line_with(path, at, first, last) if at else first


def _extent(path: Path, keys: Sequence[str]) -> tuple[int, int]:
    """Return the first and last line of the deepest of nested keys that exists, else those of the file."""
    text = path.read_text(encoding="utf-8")
    lines = _key_lines(text)
    depths = (tuple(keys[:depth]) for depth in range(len(keys), 0, -1))
    known = next((names for names in depths if names in lines), ())
    first = lines.get(known, 1)
    following = (line for names, line in lines.items() if line > first and names[: len(known)] != known)
    return first, min(following, default=len(text.splitlines()) + 1) - 1


def _line_with(path: Path, value: str, first: int, last: int) -> int:
    """Return the first of some lines with a value, a number or (the start of) a string; else `first`."""
    number = rf"|(?<![\w.]){re.escape(value)}(?![\w.])" if value.isdigit() else ""
    string = rf"(?P<mark>[\"']){re.escape(value)}"
    lines = path.read_text(encoding="utf-8").splitlines()[first - 1 : last]
    for pattern in (rf"{string}(?P=mark){number}", string):
        for at, line in enumerate(lines, first):
            if re.search(pattern, line):
                return at
    return first


@lru_cache(maxsize=64)
def _key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the first line of every table and key of a file, by its path of names."""
    lines: dict[tuple[str, ...], int] = {}
    for keys, number in _keys(text):
        for depth in range(1, len(keys) + 1):
            lines.setdefault(keys[:depth], number)
    return lines


def _keys(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the tables and keys of a TOML text with their lines; the inside of values is skipped."""
    table: tuple[str, ...] = ()
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.fullmatch(line), _KEY.match(line)
        if not depth and header:
            table = _parts(header["path"])
            yield table, number
            continue
        if not depth and key:
            yield (*table, *_parts(key["path"])), number
        value = line[key.end() :] if key and not depth else line
        bare = _STRING_OR_COMMENT.sub("", value)
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _KEY_PART.findall(path))
