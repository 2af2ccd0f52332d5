"""A stopwatch for the steps of a run, in processor seconds."""

import cProfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Stopwatch:
    """Adds up the processor seconds of named steps.

    Attributes:
        seconds: By step.
        profiled: The step that `profile` observes; none if None.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.profiled: str | None = None
        self.profile = cProfile.Profile(time.process_time)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block."""
        if name == self.profiled:
            self.profile.enable()
        begin = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] += time.process_time() - begin
            if name == self.profiled:
                self.profile.disable()

    def timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """Return the step wrapped so that every call is timed."""

        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - wraps any step
            with self.step(name):
                return step(*args, **kwargs)

        return call
