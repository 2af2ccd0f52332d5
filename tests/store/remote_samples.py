"""Small publications at an address, made and read by processes of their own, which can be killed."""

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from store_samples import read_tables, run

from extract.remote.mirror import checked_out
from extract.store import Store

KEEP = 3

# Forked from a process that has imported all this and sent no request: a fork of one that has would hang.
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["extract.remote.mirror", "obstore", "pandas", "pyarrow.parquet"])


def publish(root: Path, texts: Mapping[str, str]) -> None:
    run(Store(root, keep=KEEP), texts)


def add(url: str, texts: Mapping[str, str]) -> None:
    """Do what a run does whose output is an address: publish these articles and those that are there."""
    with checked_out(url, keep=KEEP) as root:
        publish(root, {**texts_in(root), **texts})


def texts_in(root: Path) -> dict[str, str]:
    if not (root / ".current").exists():
        return {}
    return {row["article_id"]: row["text"] for row in read_tables(root)["articles"]}


class Child:
    """A process of its own that calls a function.

    Args:
        do: The function.
        arguments: Its arguments.
    """

    def __init__(self, do: Callable[..., Any], *arguments: object) -> None:
        self._receiver, sender = _SERVER.Pipe(duplex=False)
        process = _SERVER.Process(target=_call, args=(dict(os.environ), sender, do, arguments))
        process.start()
        sender.close()
        self._process = process

    def result(self) -> Any:  # noqa: ANN401 - whatever the function returns
        """Wait, and return what the function returned.

        Raises:
            EOFError: The process was killed, or the function failed.
        """
        try:
            return self._receiver.recv()
        finally:
            self._process.join()


def in_child(do: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - as above
    """Call a function in a process of its own.

    Raises:
        EOFError: The process was killed, or the function failed.
    """
    return Child(do, *arguments).result()


def _call(
    environment: dict[str, str],
    sender: "Connection[Any, Any]",
    do: Callable[..., Any],
    arguments: Sequence[object],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sender.send(do(*arguments))
