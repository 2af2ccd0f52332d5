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

_OPENING, _CLOSING = "[\"“”‘'«]", "[\"“”’'»]"
# Capitalised words in marks.
_IN_MARKS = re.compile(
    rf"{_OPENING}(?P<name>[^\W\d_a-z][\w'’-]*(?: (?:and |of |the |for )?[^\W\d_a-z][\w'’-]*){{0,3}})"
    rf",?{_CLOSING}"
)
_REACH = 40  # characters before a name within which its noun is expected


def names_in_marks(context: NameContext) -> Iterator[tuple[tuple[int, int], Sequence[Word]]]:
    """Yield the span and the words of each name in marks beside a noun such as `party`.

    The noun stands after the name (the "Progress" party), after several (the "Progress" and "Dawn" parties),
    or before it (a coalition called "Progress").
    """
    phrases = context.lexicon.phrases.lists
    matches = list(_IN_MARKS.finditer(context.text))
    named: set[int] = set()
    for match, following in zip(reversed(matches), [None, *reversed(matches)], strict=False):
        if phrases.after_all.match(context.text, match.end()) or (
            following is not None
            and following.start() in named
            and phrases.between.fullmatch(context.text, match.end(), following.start())
        ):
            named.add(match.start())
        words = words_between(context, *match.span("name"))
        if words and (match.start() in named or _has_noun_beside(match, context)):
            yield match.span("name"), words


def _has_noun_beside(match: re.Match[str], context: NameContext) -> bool:
    phrases = context.lexicon.phrases.lists
    before = context.text[max(0, match.start() - _REACH) : match.start()]
    is_after = phrases.after.match(context.text, match.end()) is not None
    return is_after or phrases.before.search(before) is not None


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
