"""Names of lists and parties given in quotation marks before their noun: the "Progress" party.

Agencies translate such names: the words in the marks are ordinary English, and only the marks and the noun
show that they are a name.
"""

import re
from collections.abc import Iterator, Sequence

from extract.entities.conditions import NameContext
from extract.entities.headlines import words_between
from extract.lexicon import Name
from extract.lexicon.keys import Word

# Capitalised words in marks, and the word after them.
_IN_MARKS = re.compile(
    r"[\"“”‘'«](?P<name>[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,3})[\"“”’'»] (?P<noun>[a-z]+)\b"
)


def names_in_marks(context: NameContext) -> Iterator[tuple[tuple[int, int], Sequence[Word]]]:
    """Yield the span and the words of each name in marks before a noun such as `party`."""
    parties = context.lexicon.words.parties
    for match in _IN_MARKS.finditer(context.text):
        words = words_between(context, *match.span("name"))
        if words and context.lexicon.spelling.key(match["noun"]) in parties:
            yield match.span("name"), words


def lists_named(words: Sequence[Word], context: NameContext) -> tuple[Name, ...]:
    """Return the names in the lexicon that consist of some words and any noun for a list; one per entity.

    In an article about its country such a name needs no other condition.
    """
    key = " ".join(word.key for word in words)
    found = {
        name.entity_id: name
        for noun in sorted(context.lexicon.words.parties)
        for name in context.lexicon.names.get(f"{key} {noun}", ())
        if name.label == "FACTION" and context.is_about(context.lexicon.entities[name.entity_id].country)
    }
    return tuple(found.values())
