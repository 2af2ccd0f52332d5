"""Bytes of a text file -> its text."""

import codecs

from extract.errors import ReadError
from extract.reading.letters.encodings import decode_utf_16, guess_encoding
from extract.reading.problems import Problem

# UTF-32 first: its little-endian byte-order mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACEMENT = "\ufffd"
_SAVE = "Save the file as UTF-8."


def decode(data: bytes, *, surrogates: bool = False) -> tuple[str, Problem | None]:
    r"""Decode a text file as UTF-16 or UTF-32 if it has a byte-order mark, else as UTF-8, else by a guess.

    A leading byte-order mark is dropped and `\r\n` becomes `\n`; nothing else changes. Guesses, in order:

    1. UTF-16 without a byte-order mark, if that gives letters (UTF-8 has no NUL);
    2. damaged UTF-8, if valid multi-byte sequences outnumber invalid ones (which become U+FFFD);
    3. the old encoding whose letters and marks fit their neighbours best (`encodings.guess_encoding`).

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
    unmarked = decode_utf_16(data) if marked == "utf-8" else None
    if unmarked:
        message = f"The file is {unmarked[0]} without a byte-order mark."
        return unmarked[1], Problem("warning", "guessed_encoding", message, _SAVE)
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


def _guess(data: bytes) -> tuple[str, Problem]:
    encoding, text = guess_encoding(data)
    message = f"The file is not UTF-8; it was read as {encoding}."
    return text, Problem("warning", "guessed_encoding", message, f"Check its characters. {_SAVE}")
