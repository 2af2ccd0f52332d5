"""Text from outside (names of files, ids, messages of other programs) for screens, logs and tables."""

import json
import os
import re
from functools import lru_cache
from pathlib import PurePath

# Control characters, line and paragraph separators, marks that reverse the direction of text, and lone
# surrogates, which stand for bytes that are not UTF-8 (U+DC80 to U+DCFF) or for nothing.
_CONTROLS = "\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNPRINTABLE = re.compile(f"[{_CONTROLS}]")
_UNSEEN = re.compile(f"[{_CONTROLS}\u00ad\u200b\u2060\ufeff]")  # with what has no width
_JSON = json.JSONEncoder(ensure_ascii=False)
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_FIRST_BYTE, _LAST_BYTE = 0xDC80, 0xDCFF


def printable(text: str | PurePath) -> str:
    r"""Return a text or path with everything escaped that could garble a screen or forge a line of a log.

    >>> printable("caf\xe9 [red]\n\x1b[31m \u202etxt.exe \udcff")
    'café [red]\\n\\x1b[31m \\u202etxt.exe \\xff'
    """
    plain = os.fspath(text)
    return plain if plain.isprintable() else _UNPRINTABLE.sub(_escape, plain)


def printable_lines(text: str) -> str:
    r"""Return a text of several lines, each as `printable` makes it.

    >>> printable_lines("one\x1b\ntwo")
    'one\\x1b\ntwo'
    """
    return text if text.isprintable() else "\n".join(map(printable, text.split("\n")))


@lru_cache(10_000)  # names and ids come again and again
def toml_string(text: str) -> str:
    r"""Return a text as a TOML string, in which everything is escaped that cannot be seen.

    >>> print(toml_string('caf\xe9 "a" \u202e'))
    "café \"a\" \u202e"
    """
    # A JSON string is also a TOML string, except for one control character.
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", _JSON.encode(text))


def is_printable(text: str | PurePath) -> bool:
    """Return whether a text or path can be shown and stored as it is."""
    return printable(text) == os.fspath(text)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if _FIRST_BYTE <= code <= _LAST_BYTE:
        code -= _FIRST_BYTE - 0x80
    return _SHORT.get(char) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")  # noqa: PLR2004
