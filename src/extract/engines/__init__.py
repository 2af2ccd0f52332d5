"""Language engines: each turns Articles into spaCy Docs with sentences, tags, parse and names.

To add an engine, write one module with a class of the `Engine` protocol and add a line to `ENGINES`.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from extract.engines.consensus import ConsensusEngine
from extract.engines.spacy import SpacyEngine
from extract.engines.stanza import StanzaEngine
from extract.errors import ModelError
from extract.model import Article
from extract.settings import Settings


class Engine(Protocol):
    """Makes Docs; loading one is dear (about a second), so make it once a process.

    Attributes:
        name: What the `engine` columns say.
        nlp: Owns the vocabulary of the Docs, hence `nlp.memory_zone()`.
    """

    name: str
    nlp: Language

    def __init__(self, settings: Settings) -> None: ...

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError where the engine's weights are missing or altered; loads nothing."""
        ...

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc an article, in order, with `doc.text == article.text`."""
        ...


ENGINES: dict[str, type[Engine]] = {
    "spacy": SpacyEngine,
    "stanza": StanzaEngine,
    "consensus": ConsensusEngine,
}


def engine_class(name: str) -> type[Engine]:
    """Return the engine of that name.

    Raises:
        ModelError: No engine has that name.
    """
    if name not in ENGINES:
        raise ModelError(f"Engine {name!r} is not known.", advice=f"Use one of: {', '.join(ENGINES)}.")
    return ENGINES[name]


def load_engine(settings: Settings) -> Engine:
    """Load the engine that the settings name.

    Raises:
        ModelError: The engine is not known, or its weights are missing or altered.
    """
    return engine_class(settings.engine)(settings)


__all__ = ["ENGINES", "Engine", "engine_class", "load_engine"]
