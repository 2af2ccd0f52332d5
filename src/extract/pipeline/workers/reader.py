"""Reads files in processes of their own, which can be ended if a file hangs them."""

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.child_process import start_child
from extract.errors import ExtractError, InputError
from extract.model import Article, Issue
from extract.pipeline.workers.clock import Clock
from extract.pipeline.workers.limits import start_seconds_for
from extract.reading import Listing
from extract.reading.copies.scratch import clear_scratch
from extract.reading.problems import Problem
from extract.reading.process import LENGTH, Answer, FileToRead, Item, serve
from extract.reading.sources import Source
from extract.settings import Settings

_POLL_SECONDS = 0.1
_KILL_SECONDS = 10  # how long a killed process may take to end
_MAX_FAILED_STARTS = 3  # in a row
_CHUNK = 1 << 20
# From so many files on, two processes read: the second takes as long to start as to read some hundred.
_MANY_FILES, _PROCESSES = 500, 2


class _EndedError(Exception):
    """The process has ended, or had to be ended; the problem is that of the file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Process:
    """A process that reads files, and what has arrived from it."""

    def __init__(self, max_chars: int, models_dir: Path, mapping: Mapping[str, str]) -> None:
        self._connection: Connection[FileToRead, None]
        self._connection, theirs = Pipe()
        self._child: BaseProcess = start_child(
            "extract-reader", serve, theirs, max_chars, models_dir, mapping
        )
        theirs.close()
        self._arrived = bytearray()
        self._clock = Clock()

    def ask(self, file: FileToRead) -> None:
        """Have a file read; that the process has ended shows when it is to answer."""
        with suppress(OSError):
            self._connection.send(file)

    def answer(self, seconds: float) -> Item:
        """Return the next answer.

        Not by `Connection.recv`, which would wait for ever if the process is stopped within an answer.

        Args:
            seconds: How long the process may be silent.

        Raises:
            _EndedError: The process has ended, or was silent for too long.
            ExtractError: It cannot load what reading needs.
        """
        size = LENGTH.unpack(self._take(LENGTH.size, seconds))[0]
        answer: Answer = pickle.loads(self._take(size, seconds))  # noqa: S301 - from our own process
        if isinstance(answer, ExtractError):
            raise answer
        return answer

    def _take(self, size: int, seconds: float) -> bytes:
        while len(self._arrived) < size:
            self._wait(seconds)
            self._arrived += self._receive()
        taken = bytes(self._arrived[:size])
        del self._arrived[:size]
        return taken

    def _receive(self) -> bytes:
        try:
            chunk = os.read(self._connection.fileno(), _CHUNK)
        except ConnectionError:  # it has ended before it took the last question
            chunk = b""
        if not chunk:
            raise _EndedError(_DIED)
        return chunk

    def _wait(self, seconds: float) -> None:
        self._clock.look()
        since = self._clock.now
        while not self._connection.poll(_POLL_SECONDS):
            self._clock.look()
            if self._clock.now - since > seconds:
                raise _EndedError(_too_slow(seconds))

    def end(self) -> None:
        """Kill the process, which has no state but its temporary folders."""
        self._child.kill()
        self._child.join(_KILL_SECONDS)
        clear_scratch(self._child.pid)
        self._connection.close()


class Reader:
    """Reads the files of a listing in other processes, of which the first starts with the first file.

    Of many files the next one is read while the last one is taken in, each by another process. A process is
    asked for one file at a time, and waits with its items until they are taken.

    One thread must start and end the processes: those of a thread that is gone would be gone as well.
    """

    def __init__(self, listing: Listing, settings: Settings) -> None:
        self._listing = listing
        self._settings = settings
        self._idle: list[_Process] = []
        self._asked: dict[Path, _Process] = {}
        self._ahead: deque[Source] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self._idle, *self._asked.values()):
            process.end()

    def expect(self, files: Iterable[Source]) -> None:
        """Hear which files will be read for certain, in this order; others may be read in between."""
        expected = deque(files)
        if len(expected) >= _MANY_FILES:
            self._ahead = expected

    def read(self, source: Source) -> Iterator[Article | Issue]:
        """Read one file; whatever goes wrong becomes an Issue.

        A file over which the process dies, which others may have caused, is tried again once.

        Raises:
            InputError: The process cannot start.
            LexiconError: A knowledge file under models/reading/ is missing or broken.
        """
        self._ask_ahead()
        yielded = 0
        for is_last_try in (False, True):
            try:
                for item in islice(self._items(source), yielded, None):
                    yielded += 1
                    yield item
            except _EndedError as error:
                self._asked.pop(source.path).end()
                if is_last_try or error.problem.code != _DIED.code:
                    yield error.problem.at(source.name)
                    return
            else:
                return

    def _items(self, source: Source) -> Iterator[Article | Issue]:
        if source.path not in self._asked:
            self._ask(source)
        process = self._asked[source.path]
        while (item := process.answer(self._settings.read_seconds)) is not None:
            yield item
        self._idle.append(self._asked.pop(source.path))

    def _ask_ahead(self) -> None:
        while self._ahead and len(self._asked) < _PROCESSES:
            self._ask(self._ahead.popleft())

    def _ask(self, source: Source) -> None:
        process = self._idle.pop() if self._idle else self._start()
        self._asked[source.path] = process
        process.ask(FileToRead.from_listing(self._listing, source))

    def _start(self) -> _Process:
        for failed in range(_MAX_FAILED_STARTS):
            process = _Process(self._listing.context.max_chars, self._settings.models_dir, self._settings.map)
            try:
                process.answer(start_seconds_for(self._settings, failed))
            except _EndedError:
                process.end()
            except ExtractError:
                process.end()
                raise
            else:
                return process
        raise InputError(
            f"The process that reads the files failed to start {_MAX_FAILED_STARTS} times.",
            advice="If memory is not short but the machine is slow, raise EXTRACT_START_SECONDS.",
        )


_DIED = Problem(
    "error",
    "reader_died",
    "The file could not be read: the process that read it crashed or was killed, twice.",
    "Check whether memory is short. If not, please report this and the file.",
)


def _too_slow(seconds: float) -> Problem:
    message = f"The file could not be read: nothing came of it for {seconds:g} seconds."
    advice = "Check its disk. If the machine is merely slow, raise EXTRACT_READ_SECONDS."
    return Problem("error", "too_slow", message, advice)
