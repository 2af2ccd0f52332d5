"""Opens files, also compressed ones, as streams of bytes or of text that never hold more than they must."""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extract.errors import ReadError, TooLargeError
from extract.ids import article_id_of
from extract.model import Issue
from extract.reading.letters.decoding import decode
from extract.reading.problems import Problem
from extract.reading.sources import Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

COMPRESSIONS = (".gz", ".zst")

# Text shrinks to a third or a tenth, logs to a fiftieth; what shrinks further was made to fill a disk or a
# memory. A small file may shrink as it likes.
_MOST_RATIO = 200
_FREE_BYTES = 64_000_000

_PIECE = 1 << 20
_MEGA = 1_000_000
# The encoding of a text is guessed from all of it; a longer one must be UTF-8 or say what it is.
_LONGEST_GUESSED = 32_000_000
_REPLACEMENT = "\ufffd"
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",  # begins with the mark of UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class _Unpacked(io.RawIOBase):
    """The content of a compressed file; reading fails when it grows out of all proportion."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa  # noqa: PLC0415 - most files are not compressed

        self._size = path.stat().st_size
        self._read = 0
        self._stream = pa.input_stream(str(path), compression="detect")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._stream.read(len(view))
        view[: len(piece)] = piece
        self._read += len(piece)
        if self._read > max(_FREE_BYTES, _MOST_RATIO * self._size):
            message = (
                f"The file unpacks from {self._size:,} to more than {self._read:,} bytes, as no text does."
            )
            raise TooLargeError(message, advice="Unpack it yourself if you trust it.")
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def open_source(path: Path) -> BinaryIO:
    """Open a file; one that ends in .gz or .zst gives its content.

    Raises:
        OSError: The file cannot be read, here or later: it is missing, or not compressed as its name says.
        TooLargeError: Later, when the content is out of all proportion to the file.
    """
    if path.suffix.lower() in COMPRESSIONS:
        path.open("rb").close()  # says in Python's words what is wrong with it
        return io.BufferedReader(_Unpacked(path), _PIECE)
    return path.open("rb")


def read_source(path: Path, most: int) -> bytes:
    """Return the content of a file, at most one byte more than `most`.

    Raises:
        OSError: The file cannot be read.
        TooLargeError: It is compressed, and its content is out of all proportion to it.
    """
    with open_source(path) as file:
        return file.read(most + 1)


def read_limited(path: Path, most_bytes: int) -> bytes:
    """Return the content of a file that is read whole.

    Raises:
        OSError: The file cannot be read.
        TooLargeError: Its content is larger than the limit.
    """
    data = read_source(path, most_bytes)
    if len(data) > most_bytes:
        message = f"The file holds more than {most_bytes // _MEGA} MB, the most for a file of its kind."
        raise TooLargeError(message, advice="Split it, or save its text alone.")
    return data


def damaged_issue(error: ReadError, source: Source) -> Issue:
    """Return the issue of a file that is not what its suffix says, or is damaged."""
    problem = Problem("error", "damaged_file", error.message, error.advice)
    return problem.at(source.name, article_id_of(source.path, source.folder))


def read_text(path: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the text of a file in pieces; its line ends stay as they are.

    Args:
        path: The file.
        problems: Receives what is wrong with its letters.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is not in the encoding that its byte-order mark names, or too large.
    """
    with open_source(path) as file:
        start = file.read(_LONGEST_GUESSED + 1)
        if len(start) <= _LONGEST_GUESSED:
            text, problem = decode(start)
            problems.extend([problem] if problem else [])
            yield text
            return
        yield from _decoded(start, file, problems)


def _decoded(start: bytes, file: BinaryIO, problems: list[Problem]) -> Iterator[str]:
    """Yield the text of a long file, with U+FFFD for what is not in its encoding."""
    encoding = next((name for mark, name in _MARKS.items() if start.startswith(mark)), "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    bad, first, data = 0, True, start
    while data:
        text = decoder.decode(data)
        bad += text.count(_REPLACEMENT)
        yield text.removeprefix("\ufeff") if first else text
        first, data = False, file.read(_PIECE)
    yield decoder.decode(b"", final=True)
    if bad:
        message = f"The file is {encoding.upper()} with {bad:,} invalid sequences, which became U+FFFD."
        problems.append(Problem("warning", "damaged_encoding", message, "Save the file as UTF-8."))
