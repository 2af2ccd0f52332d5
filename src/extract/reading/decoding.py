"""Bytes of a text file -> its text."""

import codecs
import re

from extract.errors import ReadError
from extract.reading.problems import Problem

# UTF-32 first: its little-endian byte-order mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACEMENT = "\ufffd"
_UNUSED_IN_1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_ARABIC_WORD = re.compile(r"(?<![A-Za-z])[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]{2,}(?![A-Za-z])")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0621-\u0652]|[\u0621-\u0652][A-Za-z]")
_WINDOWS_1252 = "".join(
    chr(code) if code in _UNUSED_IN_1252 else bytes([code]).decode("cp1252") for code in range(256)
)
_SAVE = "Save the file as UTF-8."


def decode(data: bytes, *, surrogates: bool = False) -> tuple[str, Problem | None]:
    r"""Decode a text file as UTF-16 or UTF-32 if it has a byte-order mark, else as UTF-8, else by a guess.

    A leading byte-order mark is dropped and `\r\n` becomes `\n`; nothing else changes. Guesses, in order:

    1. damaged UTF-8, if valid multi-byte sequences outnumber invalid ones (which become U+FFFD);
    2. windows-1256, if words in Arabic letters outnumber mixtures of Arabic and Latin letters;
    3. windows-1252.

    Args:
        data: The content of the file.
        surrogates: Whether lone surrogates stay in the text; otherwise they are invalid bytes.

    Returns:
        The text, and a warning if the encoding was guessed.

    Raises:
        ReadError: The bytes are not valid in the encoding named by their byte-order mark.
    """
    text, problem = _decode(data, "surrogatepass" if surrogates else "strict")
    return text.removeprefix("\ufeff").replace("\r\n", "\n"), problem


def _decode(data: bytes, errors: str) -> tuple[str, Problem | None]:
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(marked, errors), None
    except UnicodeDecodeError as error:
        if marked != "utf-8":
            message = f"The file is marked as {marked.upper()}, but byte {error.start} is invalid."
            raise ReadError(message, advice=_SAVE) from None
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count(_REPLACEMENT)
    if sum(char > "\x7f" for char in damaged) - bad > bad:
        message = f"The file is UTF-8 with {bad} invalid sequences, which became U+FFFD."
        return damaged, Problem("warning", "damaged_encoding", message, _SAVE)
    return _guess(data)


def _guess(data: bytes) -> tuple[str, Problem | None]:
    arabic = data.decode("windows-1256")
    words, mixed = len(_ARABIC_WORD.findall(arabic)), len(_MIXED_WORD.findall(arabic))
    encoding, text = ("windows-1256", arabic) if words > mixed else ("windows-1252", _windows_1252(data))
    message = f"The file is not UTF-8; it was read as {encoding}."
    return text, Problem("warning", "guessed_encoding", message, f"Check its characters. {_SAVE}")


def _windows_1252(data: bytes) -> str:
    """Decode windows-1252 as WHATWG does: its five unused bytes become the C1 controls of that value."""
    return codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]
