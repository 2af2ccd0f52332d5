"""Names of lists and parties given in quotation marks before their noun: the "Progress" party.

Agencies translate such names: the words in the marks are ordinary English, and only the marks and the noun
show that they are a name.
"""

import re
from collections.abc import Iterator, Sequence

from extract.entities.conditions import NameContext
from extract.entities.headlines import mention_at, words_between
from extract.entities.ruler import NameMatch
from extract.lexicon import Name
from extract.lexicon.keys import Word
from extract.model import Mention

# Capitalised words in marks, and the word after them.
_IN_MARKS = re.compile(
    r"[\"“”‘'«](?P<name>[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,3})[\"“”’'»] (?P<noun>[a-z]+)\b"
)


def known_list_names(context: NameContext) -> Iterator[NameMatch]:
    """Yield the names in marks that, with a noun such as `party`, are names of the lexicon."""
    for match, words in _in_marks(context):
        names = tuple({name.entity_id: name for name in _named(words, context)}.values())
        if names:
            first = context.words.index(words[0])
            yield NameMatch(*match.span("name"), first, first + len(words) - 1, "FACTION", names)


def unknown_list_names(context: NameContext) -> Iterator[Mention]:
    """Yield the other names in marks before such a noun, in articles about the home country."""
    if not context.is_about_home:
        return
    for match, _ in _in_marks(context):
        yield mention_at(context, match.span("name"), "FACTION", "list name in marks")


def _in_marks(context: NameContext) -> Iterator[tuple[re.Match[str], Sequence[Word]]]:
    parties = context.lexicon.words.parties
    for match in _IN_MARKS.finditer(context.text):
        words = words_between(context, *match.span("name"))
        if words and context.lexicon.spelling.key(match["noun"]) in parties:
            yield match, words


def _named(words: Sequence[Word], context: NameContext) -> Iterator[Name]:
    """Yield the names that consist of some words and any noun for a list or party.

    In an article about its country such a name needs no other condition.
    """
    key = " ".join(word.key for word in words)
    for noun in sorted(context.lexicon.words.parties):
        for name in context.lexicon.names.get(f"{key} {noun}", ()):
            if name.label == "FACTION" and context.is_about(context.lexicon.entities[name.entity_id].country):
                yield name
