"""Files that are not what their suffix says: a page in .txt, JSON lines in .json, a workbook named .csv."""

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from extract.reading.problems import Problem

_HEAD = 16_384  # bytes looked at
# First bytes of a file -> the suffix that it should have.
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"PK\x03\x04", ".zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"\x1f\x8b", ".gz"),
    (b"\x28\xb5\x2f\xfd", ".zst"),
    (b"PAR1", ".parquet"),
    (b"WARC/1", ".warc"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)
# What a ZIP archive with a file of this name is.
_IN_ARCHIVE = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("content.xml", ".odt"),
    ("META-INF/container.xml", ".epub"),
)
# Without a reader of their own, these are read as what they are called: text.
_TEXT = frozenset({".html", ".json", ".jsonl", ".mhtml", ".xml"})
_CALLED = {".doc": "old or protected Office"}
_WHAT_TO_DO = {
    ".doc": "Open it in a word processor and save it as .docx.",
    ".odt": "Open it in a word processor and save it as .docx.",
    ".pptx": "Export its text.",
    ".epub": "Export its text.",
    ".png": "Read the text off the picture (OCR) and save that.",
    ".jpg": "Read the text off the picture (OCR) and save that.",
}
# Suffixes of one format, or of files that may hold one another by right.
_FAMILIES = (
    frozenset({".html", ".htm", ".xhtml"}),
    frozenset({".mhtml", ".mht"}),
    frozenset({".xml", ".rss", ".atom"}),
    frozenset({".jsonl", ".ndjson"}),
    frozenset({".doc", ".xls"}),
    frozenset({".gz", ".tgz", ".warc"}),
)
# Text that readers of other formats know better than this module, and archives, whose contents have names.
_ONLY_SIGNATURES = frozenset({".eml", ".mbox", ".md", ".markdown", ".warc"})
# Possessive: no second thoughts about a thousand comments.
_PROLOGUE = r"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+"
_PAGE = re.compile(rf"{_PROLOGUE}<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(r"\s*<(?:p|div|article|section|main|h[1-6]|table|ul|span)\b", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</(?:p|div|article|section|h[1-6]|li|td|span|a|strong|b|em|i)>", re.IGNORECASE)
_FEWEST_TAGS = 3
_FEED = re.compile(rf"{_PROLOGUE}<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_MHTML = re.compile(r"(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*(?:\"[^\"\n]{1,100}\"\s*:|\})")


@dataclass(frozen=True, slots=True)
class Disguise:
    """What a file is in spite of its suffix.

    Attributes:
        suffix: The suffix that it should have.
        readable: Whether there is a reader for that.
        problem: Tells the user.
    """

    suffix: str
    readable: bool
    problem: Problem


def find_disguise(path: Path, suffix: str, readable: frozenset[str]) -> Disguise | None:
    """Return what a file is, if that is not what its suffix says.

    Args:
        path: The file.
        suffix: Its suffix, in lower case.
        readable: The suffixes for which there is a reader.

    Raises:
        OSError: The file cannot be read.
    """
    if path.suffix.lower() != suffix:
        return None  # compressed
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found = _by_signature(head, path) or (None if suffix in _ONLY_SIGNATURES else _by_text(head, suffix))
    if found is None or found == suffix or any({found, suffix} <= family for family in _FAMILIES):
        return None
    return _disguise(found, suffix, readable)


def _disguise(found: str, suffix: str, readable: frozenset[str]) -> Disguise | None:
    if found in readable:
        return Disguise(found, readable=True, problem=_told(found, suffix))
    if found in _TEXT:
        return None
    message = f"The file is named {suffix} but its content is that of {_CALLED.get(found, found)} files."
    advice = _WHAT_TO_DO.get(found, "Unpack or convert it; it cannot be read as it is.")
    return Disguise(found, readable=False, problem=Problem("error", "wrong_suffix", message, advice))


def _told(found: str, suffix: str) -> Problem:
    """Return the problem of a file that is read as what it is."""
    message = f"The file is named {suffix} but its content is that of {found} files; it was read as such."
    advice = f"Rename it to {found}."
    if found == ".html":
        return Problem("warning", "html_in_text", message, advice)
    return Problem("warning", "wrong_suffix", message, advice)


def _by_signature(head: bytes, path: Path) -> str | None:
    found = next((suffix for start, suffix in _SIGNATURES if head.lstrip().startswith(start)), None)
    return _archive_suffix(path) if found == ".zip" else found


def _archive_suffix(path: Path) -> str:
    """Return the suffix of an office file, which is a ZIP archive; `.zip` for all others."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ".zip"
    return next((suffix for name, suffix in _IN_ARCHIVE if name in names), ".zip")


def _by_text(head: bytes, suffix: str) -> str | None:
    """Return the suffix that the text at the start of a file asks for."""
    # Without the marks of UTF-8 and UTF-16, and the NUL that UTF-16 has beside each of these letters.
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1")
    if _FEED.match(text):
        return ".xml"
    if _PAGE.match(text) or (suffix == ".txt" and _is_fragment(text)):
        return ".html"
    if _MHTML.match(text):
        return ".mhtml"
    return _json_suffix(text, suffix) if _JSON.match(text) else None


def _is_fragment(text: str) -> bool:
    return bool(_FRAGMENT.match(text)) and len(_CLOSING_TAG.findall(text)) >= _FEWEST_TAGS


def _json_suffix(text: str, suffix: str) -> str | None:
    """Return whether JSON is one value or one object per line; a file that may be both is what it says."""
    first, _, rest = text.lstrip().partition("\n")
    if not _is_object(first):
        # A long or broken object: its own reader tells what is wrong with it.
        return ".json" if first.startswith("[") or first.strip() == "{" else None
    second = rest.lstrip().startswith("{")
    return suffix if suffix == ".json" and not second else ".jsonl"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
