"""Bytes of a text file -> its text."""

import codecs
import re

from extract.errors import ReadError
from extract.reading.problems import Problem

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BAD = "\ufffd"
_UNUSED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_ARABIC_WORD = re.compile(r"(?<![A-Za-z])[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]{2,}(?![A-Za-z])")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0621-\u0652]|[\u0621-\u0652][A-Za-z]")
_TABLE = "".join(chr(code) if code in _UNUSED else bytes([code]).decode("cp1252") for code in range(256))
_SAVE = "Save the file as UTF-8."


def decode(data: bytes) -> tuple[str, Problem | None]:
    r"""Decode a text file: UTF-8, else UTF-16 or UTF-32 if it has their byte-order mark, else a guess.

    A leading byte-order mark is dropped and `\r\n` becomes `\n`; nothing else changes. The guess is, in this
    order: damaged UTF-8 where good sequences of several bytes outnumber the bad (bad bytes become U+FFFD),
    windows-1256 where words of Arabic letters outnumber mixtures of Arabic and Latin letters,
    windows-1252.

    Returns:
        The text, and a warning where the encoding was guessed.

    Raises:
        ReadError: The bytes are not in the encoding that their byte-order mark names.
    """
    text, problem = _decode(data)
    return text.removeprefix("\ufeff").replace("\r\n", "\n"), problem


def _decode(data: bytes) -> tuple[str, Problem | None]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(marked), None
    except UnicodeDecodeError as error:
        if marked != "utf-8":
            message = f"The file begins as {marked.upper()} but byte {error.start} is not."
            raise ReadError(message, advice=_SAVE) from None
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count(_BAD)
    if sum(char > "\x7f" for char in damaged) - bad > bad:
        message = f"The file is UTF-8 with {bad} damaged places, which became U+FFFD."
        return damaged, Problem("warning", "damaged_encoding", message, _SAVE)
    return _guess(data)


def _guess(data: bytes) -> tuple[str, Problem | None]:
    arabic = data.decode("windows-1256")
    words, mixed = len(_ARABIC_WORD.findall(arabic)), len(_MIXED_WORD.findall(arabic))
    encoding, text = ("windows-1256", arabic) if words > mixed else ("windows-1252", _windows_1252(data))
    message = f"The file is not UTF-8; it was read as {encoding}."
    return text, Problem("warning", "guessed_encoding", message, f"Check its letters. {_SAVE}")


def _windows_1252(data: bytes) -> str:
    """Decode windows-1252 as the WHATWG does: its five unused bytes are the C1 controls of their number."""
    return codecs.charmap_decode(data, "strict", _TABLE)[0]
