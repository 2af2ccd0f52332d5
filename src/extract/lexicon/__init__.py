"""What is known about names: loads and validates the lexicon in models/."""

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
