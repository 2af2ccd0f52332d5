"""Registries of readers, engines and tables: each is listed once, and imported when it is first used."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Registered(NamedTuple):
    """One line of a registry.

    Attributes:
        target: Where the object is, as `package.module:NAME`.
        help: What it is, in a few words, for `--help` and the docs.
    """

    target: str
    help: str

    @property
    def module(self) -> str:
        """The module that holds the object."""
        return self.target.partition(":")[0]


class Registry(Mapping[str, T], Generic[T]):
    """Objects of one kind by name; reading one imports its module, listing them imports nothing.

    Args:
        lines: By name, in the order in which people see them.
    """

    def __init__(self, lines: Mapping[str, Registered]) -> None:
        self.lines = dict(lines)

    def __getitem__(self, name: str) -> T:
        """Import and return the object of that name.

        Raises:
            KeyError: No line has that name.
        """
        module, _, attribute = self.lines[name].target.partition(":")
        found: T = getattr(import_module(module), attribute)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def help(self) -> str:
        """Return the names with what each is, for people.

        >>> Registry({"txt": Registered("extract.reading.formats.txt:read_txt", "plain text")}).help()
        'txt (plain text)'
        """
        return ", ".join(f"{name} ({line.help})" for name, line in self.lines.items())
