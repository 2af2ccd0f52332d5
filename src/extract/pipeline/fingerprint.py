"""What rows depend on besides the article: a change of any of it makes them out of date."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.settings import Settings

_PACKAGE = Path(__file__).parents[1]

# What the Docs depend on: the engines' code, the weights, and the libraries that run them.
ENGINE_ROOMS = ("engines", "paragraphs.py")
ENGINE_KNOWLEDGE = ("*.sha256", "consensus/*.toml")
ENGINE_PACKAGES = ("spacy", "stanza", "torch")
# What is made of a Doc: rooms whose code shapes the rows (a change of the command line or of the store does
# not), and the folders of models/ by the words in which a plan speaks of them.
CODE = ("annotate", "lexicon", "reading", "resolve", "ids.py", "model.py", "schema", "tables.py")
KNOWLEDGE = {"lexicon": "lexicon/**/*.toml", "quote rules": "quotes/*.toml", "date rules": "dates/*.toml"}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the pipeline consists of.

    Attributes:
        engine: Of all that a Doc depends on.
        parts: Of what else rows depend on, by what a person calls it.
    """

    engine: str
    parts: Mapping[str, str]

    @property
    def components(self) -> dict[str, str]:
        """All hashes by name."""
        return {"engine": self.engine, **self.parts}

    @property
    def whole(self) -> str:
        """One hash of everything."""
        return _digest("\n".join(f"{name} {value}" for name, value in self.components.items()))

    def changed_since(self, components: Mapping[str, str]) -> tuple[str, ...]:
        """Return what is other than in an earlier fingerprint's components."""
        return tuple(name for name, value in self.components.items() if components.get(name) != value)


def fingerprint_of(components: Mapping[str, str]) -> Fingerprint:
    """Return the fingerprint that has these components."""
    parts = {name: value for name, value in components.items() if name != "engine"}
    return Fingerprint(components.get("engine", ""), parts)


def knowledge_hash(models_dir: Path, name: str) -> str:
    """Return the hash of one part of `KNOWLEDGE` in a models/ folder."""
    return _files(models_dir, models_dir.glob(KNOWLEDGE[name]))


def reading_hash(models_dir: Path) -> str:
    """Return the hash of the rules by which articles are read; what they give is in an article's hash."""
    return _files(models_dir, models_dir.glob("reading/*.toml"))


def pipeline_fingerprint(settings: Settings) -> Fingerprint:
    """Return hashes of the engine, the rules' code and the knowledge under models/."""
    models_dir = settings.models_dir
    weights = [path for pattern in ENGINE_KNOWLEDGE for path in models_dir.rglob(pattern)]
    engine = (_engine(settings), _files(_PACKAGE, _code(ENGINE_ROOMS)), _files(models_dir, weights))
    return Fingerprint(
        engine=_digest("\n".join(engine)),
        parts={
            **{name: knowledge_hash(models_dir, name) for name in KNOWLEDGE},
            "code": _files(_PACKAGE, _code(CODE)),
        },
    )


def _code(names: Iterable[str]) -> list[Path]:
    paths = [_PACKAGE / name for name in names]
    return [file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))]


def _files(base: Path, paths: Iterable[Path]) -> str:
    """Return a hash of files' names and contents."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(paths):
        state.update(path.relative_to(base).as_posix().encode())
        state.update(path.read_bytes())
    return state.hexdigest()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _engine(settings: Settings) -> str:
    """Return the engine's name and versions, with the models where it may use others than the project's."""
    name = settings.engine
    packages = ENGINE_PACKAGES[:1] if name == "spacy" else ENGINE_PACKAGES
    versions = " ".join(f"{package} {_version(package)}" for package in packages)
    if name == "spacy" or settings.stanza_models == "shipped":
        return f"{name} {versions}"
    return f"{name} {versions} {settings.stanza_models} {settings.stanza_dir}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
