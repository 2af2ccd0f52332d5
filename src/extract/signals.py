"""Ctrl-C and SIGTERM end a command with one sentence and the shell's exit code, 130 or 143."""

import _thread
import atexit
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import cache
from types import FrameType

_SENTENCE = "Stopped. The published tables are whole; run the command again to go on.\n"
_PATIENCE_SECONDS = 10


def end_on_signals() -> None:
    """Let Ctrl-C and SIGTERM end this process; call it before imports that take long.

    The first signal ends the command as an error would, so that its processes end too, but not later than in
    ten seconds. Others do nothing.
    """
    received: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if len(received) == 1:
            atexit.register(_say_sentence)  # when no progress bar is there to wipe it out
            # Not `threading`: this may have interrupted it while it holds its lock.
            _thread.start_new_thread(_end_at_last, (128 + number,))
            raise SystemExit(128 + number)

    _handle(end)
    atexit.register(_handle, signal.SIG_IGN)  # runs last: from then on, Python would let a signal kill it


def _handle(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _end_at_last(exit_code: int) -> None:
    time.sleep(_PATIENCE_SECONDS)
    _say_sentence()
    os._exit(exit_code)


@cache
def _say_sentence() -> None:
    """Print the sentence once; not with `print`, which this may have interrupted."""
    os.write(sys.stderr.fileno(), _SENTENCE.encode())
