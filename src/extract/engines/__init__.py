"""Language engines: each turns Articles into spaCy Docs with sentences, tags, parse and names.

To add an engine, write a module with a class that follows the `Engine` protocol, and add a line to `ENGINES`
and one to `INGREDIENTS`. Neither imports spaCy: a run that has nothing to do needs no engine.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import ModelError
from extract.registry import Registered, Registry

if TYPE_CHECKING:  # listing the engines must import neither spaCy nor the settings
    from extract.engines.engine import Engine
    from extract.settings import Settings

ENGINES: "Registry[type[Engine]]" = Registry(
    {
        "spacy": Registered("extract.engines.spacy:SpacyEngine", "spaCy's small English model"),
        "stanza": Registered("extract.engines.stanza:StanzaEngine", "Stanza's names, spaCy's parse"),
        "consensus": Registered("extract.engines.consensus:ConsensusEngine", "names of both"),
    }
)


class Ingredients(NamedTuple):
    """What the Docs of an engine depend on, besides its code: if it changes, articles are parsed again.

    Attributes:
        packages: Distributions, of which the versions count.
        weights: Files below models/, as glob patterns; checksum files represent weights.
        options: Settings that choose among the weights.
    """

    packages: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


_SPACY = Ingredients(("spacy", "thinc", "numpy", "blis"), ("spacy/*.sha256",))
_STANZA = Ingredients(
    packages=(*_SPACY.packages, "stanza", "torch"),
    weights=(*_SPACY.weights, "stanza/*.sha256"),
    options=("stanza_models", "stanza_dir"),
)
INGREDIENTS: Mapping[str, Ingredients] = {
    "spacy": _SPACY,
    "stanza": _STANZA,
    "consensus": _STANZA._replace(weights=(*_STANZA.weights, "consensus/*.toml")),
}


def engine_class(name: str) -> "type[Engine]":
    """Return the class of the engine with this name.

    Raises:
        ModelError: The engine is not known.
    """
    _check_known(name)
    return ENGINES[name]


def ingredients(name: str) -> Ingredients:
    """Return what the Docs of the engine with this name depend on.

    Raises:
        ModelError: The engine is not known.
    """
    _check_known(name)
    return INGREDIENTS[name]


def _check_known(name: str) -> None:
    if name not in ENGINES:
        raise ModelError(f"Engine {name!r} is not known.", advice=f"Use one of: {', '.join(ENGINES)}.")


def load_engine(settings: "Settings") -> "Engine":
    """Load the engine named in the settings.

    Raises:
        ModelError: The engine is not known, or its weights are missing or altered.
    """
    return engine_class(settings.engine)(settings)


__all__ = ["ENGINES", "INGREDIENTS", "Ingredients", "engine_class", "ingredients", "load_engine"]
