"""Finds the source files of this package that a module depends on."""

import re
from collections.abc import Iterable, Iterator
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
    waiting = [_required(package, root) for root in roots]
    seen: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += _imported_files(package, file)
    return frozenset(seen)


def _required(package: Path, module: str) -> Path:
    file = _file_of(package, module)
    if file is None:
        raise ModuleNotFoundError(f"There is no module {module} in {package}.")
    return file


def _imported_files(package: Path, file: Path) -> Iterator[Path]:
    for module in _imported_modules(file.read_text(encoding="utf-8")):
        imported = _file_of(package, module)
        if imported is not None:
            yield imported


def _imported_modules(source: str) -> Iterator[str]:
    """Yield names that may be modules: `from a.b import c` may import the module a.b.c or a name of a.b."""
    for match in _IMPORT.finditer(source):
        if match["module"]:
            yield match["module"]
            continue
        yield match["package"]
        yield from (f"{match['package']}.{name}" for name in _NAME.findall(match["names"]))


def _file_of(package: Path, module: str) -> Path | None:
    """Return the file of a module in the package; None for other names."""
    top, *inner = module.split(".")
    if top != package.name:
        return None
    path = package.joinpath(*inner)
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)
