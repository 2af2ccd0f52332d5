"""JSON of any length, value by value: what is held in memory is one record, never the whole file."""

import json
import re
from collections.abc import Iterator

from extract.errors import ReadError, TooLargeError

_BLANKS = re.compile(r"[ \t\r\n]*")
_PIECE = 1 << 16  # characters read ahead at least
_LONGEST_SIGN = 12  # characters that one error may be about: \ud83d\ude00
_DECODER = json.JSONDecoder()
_EXPORT = "Export the file again; JSON must be whole."


class JsonReader:
    """Reads JSON from pieces of text.

    Args:
        pieces: The text.
        longest: Most characters of one value that is read whole.
    """

    def __init__(self, pieces: Iterator[str], longest: int) -> None:
        self._pieces = pieces
        self._longest = longest
        self._text = ""
        self._at = 0
        self._before = 0  # characters that were read and forgotten
        self._ended = False

    def next_sign(self) -> str:
        """Return the next character that is no blank, without taking it; empty at the end."""
        while True:
            self._at = _end(_BLANKS, self._text, self._at)
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, signs: str) -> str:
        """Take the next character, which must be one of these.

        Raises:
            ReadError: It is another one, or the text ends.
        """
        sign = self.next_sign()
        if not sign or sign not in signs:
            seen = f"there is {sign!r}" if sign else "the file ends"
            raise ReadError(f"{self._where()} {seen} where one of {signs!r} is due.", advice=_EXPORT)
        self._at += 1
        return sign

    def value(self) -> object:
        """Take a whole value.

        Raises:
            ReadError: It is no JSON, or nested too deeply.
            TooLargeError: It is longer than `longest`.
        """
        self.next_sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise ReadError(f"{self._where()} a value is nested too deeply.") from None
            except ValueError as error:
                if not self._is_cut(error) or not self._more():
                    raise self._broken(error) from None
                continue
            # A number or a word may go on in the next piece.
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def items(self) -> Iterator[None]:
        """Yield before each item of a list whose bracket is the next sign; the caller takes the item.

        Raises:
            ReadError: It is no list, or it is cut off.
        """
        self.take("[")
        if self.next_sign() == "]":
            self.take("]")
            return
        yield
        while self.take(",]") == ",":
            yield

    def members(self) -> Iterator[str]:
        """Yield the key of each member of an object whose brace is the next sign; the caller takes the value.

        Raises:
            ReadError: It is no object, or it is cut off.
        """
        self.take("{")
        if self.next_sign() == "}":
            self.take("}")
            return
        yield self._key()
        while self.take(",}") == ",":
            yield self._key()

    def _key(self) -> str:
        if self.next_sign() != '"':
            self.take('"')
        key = str(self.value())
        self.take(":")
        return key

    def _more(self) -> bool:
        """Read on, at least as much as is left, so that no value is tried too often; False at the end.

        Raises:
            TooLargeError: The value that is being read is too long.
        """
        if self._ended:
            return False
        rest = self._text[self._at :]
        if len(rest) > self._longest:
            raise TooLargeError(
                f"{self._where()} a value has more than {self._longest:,} characters.",
                advice="Split the file, or write one record a line (.jsonl).",
            )
        self._before += self._at
        new, wanted = [rest], len(rest) + max(_PIECE, len(rest))
        length = len(rest)
        while length < wanted:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
                break
            new.append(piece)
            length += len(piece)
        self._text, self._at = "".join(new), 0
        return length > len(rest)

    def _is_cut(self, error: ValueError) -> bool:
        """Return whether the end of what was read so far may be why it is no JSON."""
        if not isinstance(error, json.JSONDecodeError):  # a number of thousands of digits
            return False
        return error.msg.startswith("Unterminated") or len(self._text) - error.pos <= _LONGEST_SIGN

    def _where(self) -> str:
        return f"At character {self._before + self._at:,}"

    def _broken(self, error: ValueError) -> ReadError:
        message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        at = error.pos if isinstance(error, json.JSONDecodeError) else self._at
        return ReadError(
            f"The file is not whole JSON: at character {self._before + at:,}: {message}.", advice=_EXPORT
        )


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
