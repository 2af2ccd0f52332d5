"""Registries of readers, engines, exports and tables, and packages whose names are imported on first use."""

from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Registered(NamedTuple):
    """One entry of a registry.

    Attributes:
        target: Location of the object, as `package.module:NAME`.
        help: Short description for `--help` and the docs.
        extra: The extra of this package that installs what the object needs; None if nothing is needed.
    """

    target: str
    help: str
    extra: str | None = None

    @property
    def module(self) -> str:
        """The module that defines the object."""
        return self.target.partition(":")[0]


class Registry(Mapping[str, T], Generic[T]):
    """Objects of one kind by name; accessing one imports its module, listing them imports nothing.

    Args:
        lines: Entries by name, in display order.
    """

    def __init__(self, lines: Mapping[str, Registered]) -> None:
        self.lines = dict(lines)
        self._imported: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """Import and return the object with this name.

        Raises:
            KeyError: The name is not registered.
        """
        target = self.lines[name].target
        if target not in self._imported:
            module, _, attribute = target.partition(":")
            self._imported[target] = getattr(import_module(module), attribute)
        return self._imported[target]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __contains__(self, name: object) -> bool:
        """Return whether the name is registered, without importing its module.

        >>> "txt" in Registry({"txt": Registered("extract.no_such_module:read_txt", "plain text")})
        True
        """
        return name in self.lines

    def __len__(self) -> int:
        return len(self.lines)

    def help(self) -> str:
        """Return the names with their descriptions.

        >>> Registry({"txt": Registered("extract.reading.formats.txt:read_txt", "plain text")}).help()
        'txt (plain text)'
        """
        return ", ".join(f"{name} ({line.help})" for name, line in self.lines.items())


def lazy_names(package: str, modules: Mapping[str, Collection[str]]) -> Callable[[str], object]:
    """Return a package's `__getattr__`, which imports a name when it is used.

    Args:
        package: The package's `__name__`.
        modules: The names that it gives away, by the module below it that defines them.
    """

    def get(name: str) -> object:
        for module, names in modules.items():
            if name in names:
                return getattr(import_module(f"{package}.{module}"), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return get
