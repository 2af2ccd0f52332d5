"""Fingerprint of everything that rows depend on besides the article: when it changes, they are outdated.

The relevant code is found by following imports from the modules that turn an article into rows, so no list of
packages has to be maintained. A change to one of these modules changes the fingerprint; a change to the
command line does not.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.engines import ENGINES, ingredients
from extract.ids import digest
from extract.pipeline.import_closure import import_closure
from extract.reading import READERS
from extract.settings import Settings
from extract.tables import TABLES

_PACKAGE = Path(__file__).parents[1]
_CACHED_DOCS = "extract.engines.docs"  # what is kept of a Doc, whichever engine made it

# The files under models/ that rows depend on, by their name in a plan.
KNOWLEDGE = {
    "lexicon": "lexicon/**/*.toml",
    "quote rules": "quotes/*.toml",
    "date rules": "dates/*.toml",
    "line rules": "text/*.toml",
}
_ROW_ROOMS = ("extract.reading", "extract.pipeline.annotator", "extract.tables", "extract.stories")
# Distributions whose version affects what is read and what the rules find.
RULE_PACKAGES = (
    *("charset-normalizer", "feedparser", "ftfy", "htmldate", "lxml", "openpyxl", "pypdf", "python-docx"),
    *("hijridate", "rapidfuzz", "rensa", "striprtf", "trafilatura", "warcio"),
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes of the parts of the pipeline.

    Attributes:
        engine: Hash of everything that a Doc depends on.
        parts: Hashes of everything else that rows depend on, by display name.
    """

    engine: str
    parts: Mapping[str, str]

    @property
    def components(self) -> dict[str, str]:
        """All hashes by name."""
        return {"engine": self.engine, **self.parts}

    @property
    def whole(self) -> str:
        """A single hash of all components."""
        return _digest("\n".join(f"{name} {value}" for name, value in self.components.items()))

    def of(self, overrides: str) -> str:
        """Return the fingerprint of what makes the rows of an article with corrections of its own.

        Args:
            overrides: From `Overrides.digest_for`; empty for an article without any.
        """
        return _digest(f"{self.whole}\n{overrides}") if overrides else self.whole

    def changed_since(self, components: Mapping[str, str]) -> tuple[str, ...]:
        """Return the names of the components that differ from earlier ones."""
        return tuple(name for name, value in self.components.items() if components.get(name) != value)


def fingerprint_of(components: Mapping[str, str]) -> Fingerprint:
    """Return the fingerprint with these components."""
    parts = {name: value for name, value in components.items() if name != "engine"}
    return Fingerprint(components.get("engine", ""), parts)


def knowledge_hash(models_dir: Path, name: str) -> str:
    """Return the hash of one item of `KNOWLEDGE` in a models/ folder."""
    return _files(models_dir, models_dir.glob(KNOWLEDGE[name]))


def reading_hash(models_dir: Path) -> str:
    """Return the hash of the rules for reading articles; an article's own hash covers their result."""
    patterns = ("reading/*.toml", KNOWLEDGE["line rules"])
    return _files(models_dir, (file for pattern in patterns for file in models_dir.glob(pattern)))


def pipeline_fingerprint(settings: Settings, package: Path = _PACKAGE) -> Fingerprint:
    """Return hashes of the engine, the code and the knowledge under models/.

    Args:
        settings: Engine and models/ folder.
        package: Folder of the package `extract`.

    Raises:
        ModelError: The settings name an unknown engine.
    """
    return Fingerprint(
        engine=_engine_hash(settings, package),
        parts={
            **{name: knowledge_hash(settings.models_dir, name) for name in KNOWLEDGE},
            "code": _code_hash(package),
        },
    )


def modules_hash(modules: Iterable[str]) -> str:
    """Return the hash of modules of this package and of all that they import."""
    return _modules_hash(_PACKAGE, modules)


def forget_loaded() -> None:
    """Read code and versions again: for a process that starts others, which may find a newer installation."""
    _loaded_hash.cache_clear()
    _version.cache_clear()


def _code_hash(package: Path) -> str:
    return _digest(_modules_hash(package, _row_modules()), _versions(RULE_PACKAGES))


def _row_modules() -> list[str]:
    """Return the modules that turn a source into rows, without the engines."""
    readers = (line.module for line in READERS.lines.values())
    tables = (line.module for line in TABLES.lines.values())
    return [*_ROW_ROOMS, *readers, *tables]


def _engine_hash(settings: Settings, package: Path) -> str:
    made_of = ingredients(settings.engine)
    weights = [file for pattern in made_of.weights for file in settings.models_dir.glob(pattern)]
    modules = [ENGINES.lines[settings.engine].module, _CACHED_DOCS]
    return _digest(
        settings.engine,
        _modules_hash(package, modules),
        _files(settings.models_dir, weights),
        _versions(made_of.packages),
        *(f"{name}={getattr(settings, name)}" for name in made_of.options),
    )


def _modules_hash(package: Path, modules: Iterable[str]) -> str:
    """Return the hash of modules and of what they import."""
    if package == _PACKAGE:
        return _loaded_hash(tuple(modules))
    return _files(package, import_closure(package, modules))


@cache
def _loaded_hash(modules: tuple[str, ...]) -> str:
    """Return the hash of modules of this package, once a process: it goes on with what it has loaded."""
    return _files(_PACKAGE, import_closure(_PACKAGE, modules))


def _files(base: Path, paths: Iterable[Path]) -> str:
    """Return a hash of the names and contents of files."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(paths):
        state.update(path.relative_to(base).as_posix().encode())
        state.update(path.read_bytes())
    return state.hexdigest()


def _digest(*texts: str) -> str:
    return digest("\n".join(texts).encode())


def _versions(packages: Iterable[str]) -> str:
    return " ".join(f"{package} {_version(package)}" for package in packages)


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
