"""The time by which a run judges its child processes."""

import time

# A run looks at its processes ten times a second; if a look takes longer, it was not awake in between.
_LONGEST_LOOK = 2.0


class Clock:
    """Counts the seconds during which the run is awake.

    If the run is suspended, alone or with its terminal (Ctrl-Z) or machine, its processes must not be blamed.

    Attributes:
        now: The seconds counted so far.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self._last_look = time.monotonic()

    def look(self) -> None:
        """Count the seconds since the last look."""
        moment = time.monotonic()
        self.now += min(moment - self._last_look, _LONGEST_LOOK)
        self._last_look = moment
