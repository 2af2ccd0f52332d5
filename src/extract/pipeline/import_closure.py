"""Finds the source files of this package that a module depends on."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# Absolute imports, as ruff demands them. Parsing the modules would take ten times as long. A line of a
# docstring that looks like an import counts too: then rows are derived again once more than needed.
_IMPORT = re.compile(
    r"^[ \t]*(?:from (?P<package>[\w.]+) import (?P<names>\([^)]*\)|[^\n]*)|import (?P<module>[\w.]+))",
    re.MULTILINE,
)
_NAME = re.compile(r"\w+")


def import_closure(package: Path, roots: Iterable[str]) -> frozenset[Path]:
    """Return the files of modules and of everything they import, directly or indirectly, from one package.

    Imports inside functions and under TYPE_CHECKING count. The `__init__.py` of a package counts if the
    package itself is imported, but not if only one of its modules is.

    Args:
        package: The package's folder.
        roots: Dotted names of modules in it, such as `extract.tables.rows`.

    Raises:
        ModuleNotFoundError: A root is not a module of the package.
    """
    modules = modules_of(package)
    waiting = [_required(modules, root) for root in roots]
    seen: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += imported_files(modules, file)
    return frozenset(seen)


def modules_of(package: Path) -> dict[str, Path]:
    """Return the file of every module of a package by its dotted name; a folder's is its `__init__.py`."""
    modules = {}
    for folder, _, files in os.walk(package):
        above = ".".join(Path(folder).relative_to(package.parent).parts)
        for name in files:
            if name.endswith(".py"):
                module = "" if name == "__init__.py" else f".{name.removesuffix('.py')}"
                modules[f"{above}{module}"] = Path(folder, name)
    return modules


def imported_files(modules: Mapping[str, Path], file: Path) -> Iterator[Path]:
    """Yield the files of the modules that a file imports; other names, such as classes, have none."""
    for name in _imported_names(file.read_text(encoding="utf-8")):
        if name in modules:
            yield modules[name]


def _required(modules: Mapping[str, Path], name: str) -> Path:
    if name not in modules:
        raise ModuleNotFoundError(f"There is no module {name} in this package.")
    return modules[name]


def _imported_names(source: str) -> Iterator[str]:
    """Yield names that may be modules: `from a.b import c` may import the module a.b.c or a name of a.b."""
    for match in _IMPORT.finditer(source):
        if match["module"]:
            yield match["module"]
            continue
        yield match["package"]
        yield from (f"{match['package']}.{name}" for name in _NAME.findall(match["names"]))
