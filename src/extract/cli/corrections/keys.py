"""Reads single keys from the terminal, or from a pipe."""

import codecs
import os
import select
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ESCAPE = b"\x1b"
_REST_OF_SEQUENCE = 0.05  # seconds in which the rest of an arrow key comes after its escape
_LONGEST_SEQUENCE = 16


@contextmanager
def single_keys() -> Iterator[Callable[[], str]]:
    """Provide a function that returns the next key. What is typed ahead is kept.

    It raises EOFError where the input ends. A key that sends several characters (an arrow) comes whole.
    """
    terminal = sys.stdin.fileno()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    before = termios.tcgetattr(terminal) if os.isatty(terminal) else None
    if before is not None:
        tty.setcbreak(terminal, termios.TCSANOW)
    try:
        yield lambda: _next_key(terminal, decoder)
    finally:
        if before is not None:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _next_key(terminal: int, decoder: codecs.IncrementalDecoder) -> str:
    key = ""
    while not key:
        data = os.read(terminal, 1)
        if not data:
            raise EOFError
        if data == _ESCAPE and select.select([terminal], [], [], _REST_OF_SEQUENCE)[0]:
            data += os.read(terminal, _LONGEST_SEQUENCE)
        key = decoder.decode(data)
    return key
