"""Loads what a process keeps until it ends, without the garbage collector scanning it over and over."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def permanent() -> Iterator[None]:
    """Load modules, knowledge or a model in the block: they are not collected, neither now nor later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
