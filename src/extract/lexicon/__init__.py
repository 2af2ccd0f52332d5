"""What is known about names: the lexicon files under models/, loaded and checked."""

from extract.lexicon.entries import ALWAYS, INTRODUCED, Context, Entity, Lexicon, Membership, Name
from extract.lexicon.keys import match_key
from extract.lexicon.load import load_lexicon

__all__ = [
    "ALWAYS",
    "INTRODUCED",
    "Context",
    "Entity",
    "Lexicon",
    "Membership",
    "Name",
    "load_lexicon",
    "match_key",
]
