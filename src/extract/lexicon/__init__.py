"""What is known about names: loads and validates the lexicon in models/."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.lexicon.entries import ALWAYS, INTRODUCED, Context, Entity, Name
    from extract.lexicon.keys import match_key
    from extract.lexicon.lexicon import Lexicon
    from extract.lexicon.load import load_lexicon
    from extract.lexicon.offices import Office, Term

__all__ = [
    "ALWAYS",
    "INTRODUCED",
    "Context",
    "Entity",
    "Lexicon",
    "Name",
    "Office",
    "Term",
    "load_lexicon",
    "match_key",
]

_MODULES = {
    "entries": ("ALWAYS", "INTRODUCED", "Context", "Entity", "Name"),
    "keys": ("match_key",),
    "lexicon": ("Lexicon",),
    "load": ("load_lexicon",),
    "offices": ("Office", "Term"),
}


def __getattr__(name: str) -> object:
    """Import a name when it is used: the store compares words and needs no lexicon."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
