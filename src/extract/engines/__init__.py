"""Language engines: each turns Articles into spaCy Docs with sentences, tags, parse and names.

To add an engine, write a module with a class that follows the `Engine` protocol and add a line to `ENGINES`.
"""

from typing import TYPE_CHECKING

from extract.errors import ModelError
from extract.registry import Registered, Registry
from extract.settings import Settings

if TYPE_CHECKING:  # listing the engines must not import spaCy
    from extract.engines.engine import Engine

ENGINES: "Registry[type[Engine]]" = Registry(
    {
        "spacy": Registered("extract.engines.spacy:SpacyEngine", "spaCy's small English model"),
        "stanza": Registered("extract.engines.stanza:StanzaEngine", "Stanza's names, spaCy's parse"),
        "consensus": Registered("extract.engines.consensus:ConsensusEngine", "names of both"),
    }
)


def engine_class(name: str) -> "type[Engine]":
    """Return the class of the engine with this name.

    Raises:
        ModelError: The engine is not known.
    """
    if name not in ENGINES:
        raise ModelError(f"Engine {name!r} is not known.", advice=f"Use one of: {', '.join(ENGINES)}.")
    return ENGINES[name]


def load_engine(settings: Settings) -> "Engine":
    """Load the engine named in the settings.

    Raises:
        ModelError: The engine is not known, or its weights are missing or altered.
    """
    return engine_class(settings.engine)(settings)


__all__ = ["ENGINES", "engine_class", "load_engine"]
