"""Reads keys: single ones, lines, and choices that narrow as one types."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from extract.printable import printable

_Choice = TypeVar("_Choice")
_ENTER, _ESCAPE, _DELETE = ("\r", "\n"), "\x1b", ("\x7f", "\b")
_SHOWN = 5
_CLEAR = "\r\x1b[K"


class Keyboard:
    """The keys that a user presses, and the line on which they show.

    Args:
        console: Where the line is.
        read: Returns the next key; a key that sends several characters comes whole.
    """

    def __init__(self, console: Console, read: Callable[[], str]) -> None:
        self.console = console
        self.read = read

    def key(self, among: str) -> str:
        """Return the next key that is one of some letters; Enter and the space bar are `s`, to skip."""
        while True:
            pressed = self.read().lower()
            pressed = "s" if pressed in (*_ENTER, " ") else pressed
            if len(pressed) == 1 and pressed in among:
                return pressed

    def line(self, asked: str, given: str = "") -> str | None:
        """Return a line that the user types or changes; None after Escape."""
        typed = given
        while True:
            self._show(f"{asked}: {typed}")
            pressed = self.read()
            if pressed in _ENTER or pressed == _ESCAPE:
                self.console.print()
                return None if pressed == _ESCAPE else typed.strip()
            typed = _after(typed, pressed)

    def choose(
        self, asked: str, find: Callable[[str], Sequence[_Choice]], name: Callable[[_Choice], str]
    ) -> _Choice | None:
        """Return what the user chooses by typing a part of its name and a digit; None after Escape.

        Args:
            asked: What is chosen.
            find: Returns what fits the letters typed, the best first.
            name: Returns how a choice is shown.
        """
        typed = ""
        while True:
            found = find(typed)[:_SHOWN]
            shown = "  ".join(f"{number} {name(one)}" for number, one in enumerate(found, 1))
            self._show(f"{asked}: {typed}_  {shown}")
            pressed = self.read()
            if pressed == _ESCAPE:
                self.console.print()
                return None
            number = 1 if pressed in _ENTER else int(pressed) if pressed.isdecimal() else 0
            if 0 < number <= len(found):
                self.console.print()
                return found[number - 1]
            typed = _after(typed, pressed)

    def _show(self, text: str) -> None:
        """Print a line in the place of the one before."""
        line = Text(printable(text))
        line.truncate(max(self.console.width - 1, 20), overflow="ellipsis")
        if self.console.is_terminal:
            self.console.file.write(_CLEAR)
        self.console.print(line, end="")
        self.console.file.flush()


def _after(typed: str, pressed: str) -> str:
    """Return a line after one more key."""
    if pressed in _DELETE:
        return typed[:-1]
    return typed + pressed if pressed.isprintable() and not pressed.startswith(_ESCAPE) else typed
