"""What is known about names: loads and validates the lexicon in models/."""

from typing import TYPE_CHECKING

from extract.registry import lazy_names

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

# The store compares words and needs no lexicon.
__getattr__ = lazy_names(
    __name__,
    {
        "entries": ("ALWAYS", "INTRODUCED", "Context", "Entity", "Name"),
        "keys": ("match_key",),
        "lexicon": ("Lexicon",),
        "load": ("load_lexicon",),
        "offices": ("Office", "Term"),
    },
)
