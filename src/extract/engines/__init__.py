"""Language engines: each turns Articles into spaCy Docs with sentences, tags, parse and names.

To add an engine, write one module with a class of the `Engine` protocol and add a line to `ENGINES`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from extract.engines.spacy import SpacyEngine
from extract.errors import ModelError
from extract.model import Article


class Engine(Protocol):
    """Makes Docs; loading one is dear (about a second), so make it once a process.

    Attributes:
        name: What the `engine` columns say.
        nlp: Owns the vocabulary of the Docs, hence `nlp.memory_zone()`.
    """

    name: str
    nlp: Language

    def __init__(self, models_dir: Path) -> None: ...

    @staticmethod
    def check(models_dir: Path) -> None:
        """Raise a ModelError where the engine's weights are missing or altered; loads nothing."""
        ...

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc an article, in order, with `doc.text == article.text`."""
        ...


ENGINES: dict[str, type[Engine]] = {
    "spacy": SpacyEngine,
}


def engine_class(name: str) -> type[Engine]:
    """Return the engine of that name.

    Raises:
        ModelError: No engine has that name.
    """
    if name not in ENGINES:
        raise ModelError(f"Engine {name!r} is not known.", advice=f"Use one of: {', '.join(ENGINES)}.")
    return ENGINES[name]


def load_engine(name: str, models_dir: Path) -> Engine:
    """Load the engine of that name.

    Raises:
        ModelError: The engine is not known, or its weights are missing or altered.
    """
    return engine_class(name)(models_dir)


__all__ = ["ENGINES", "Engine", "engine_class", "load_engine"]
