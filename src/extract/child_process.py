"""Starts child processes that end with this one, whatever ends it, and that leave Ctrl-C to it.

The module is small because a child imports it first: only from then on does it end with its parent.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process, resource_tracker
from multiprocessing.process import BaseProcess
from pathlib import Path
from pkgutil import resolve_name
from types import ModuleType
from typing import ParamSpec

from extract.permanent import permanent

_SIGNALS = {signal.SIGINT, signal.SIGTERM}
_PR_SET_PDEATHSIG = 1  # linux/prctl.h

P = ParamSpec("P")


def start_child(name: str, work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> BaseProcess:
    """Start a process that calls a function of a module.

    The thread that calls this must outlive the child: Linux ends a child with the thread that started it.
    """
    spawn = multiprocessing.get_context("spawn")
    function = (
        f"{work.__module__}:{work.__qualname__}"  # not the function: the child would import it too soon
    )
    process = spawn.Process(target=_run, args=(function, args, kwargs), name=name, daemon=True)
    with _signals_blocked(), _main_hidden():
        process.start()
    return process


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Keep a child from importing the main module, which it does not need: a flow's takes seconds."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Have a child start with its signals blocked, as it would answer Ctrl-C with a traceback."""
    resource_tracker.ensure_running()  # else it would be started within the block, and end it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(function: str, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    """Call the function in the child process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    _end_with_parent()
    with suppress(OSError):  # if the system runs out of memory, it should kill a child, not the run
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    with permanent():
        work = resolve_name(function)
    work(*args, **kwargs)


def _end_with_parent() -> None:
    """End this process when its parent is killed: nothing else would.

    On Linux the kernel does it, also if this process is stopped or hangs in C code; elsewhere a thread.
    """
    parent = parent_process()
    assert parent is not None  # noqa: S101 - this is a child
    threading.Thread(target=_wait_for_end, args=(parent,), daemon=True).start()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:  # it has ended before
            os._exit(1)


def _wait_for_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
