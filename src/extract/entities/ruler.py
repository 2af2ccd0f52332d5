"""Finds the lexicon's names in a text, longest first, each only where its condition holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.entities.conditions import NameContext
from extract.entities.headlines import is_headline
from extract.entities.list_names import lists_named, names_in_marks
from extract.entities.orthography import fits, may_join
from extract.lexicon import ALWAYS, Name
from extract.lexicon.keys import APOSTROPHES, HYPHENS, Word
from extract.model import Label

_POSSESSIVE_GAP = re.compile(rf"(?:[{APOSTROPHES}][sS]?)?[^\S\n]{{1,2}}")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\b")
_MAX_INSTITUTION_WORDS = 4


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A span with the names of the lexicon that match it.

    Attributes:
        first: Index of its first word.
        last: Index of its last word.
        names: The matching names, one per entity; empty for an institution of a country (`US embassy`).
        country: ISO code of the country that it names, or whose people it names.
    """

    start: int
    end: int
    first: int
    last: int
    label: Label
    names: tuple[Name, ...]
    country: str | None = None


def find_names(context: NameContext) -> list[NameMatch]:
    """Return the lexicon's names in a text, in order, without overlaps.

    At each word, takes the longest name whose condition holds for at least one entity. A name with only one
    entity introduces it: its short names are valid from there on.
    """
    found: list[NameMatch] = []
    in_marks = _lists_in_marks(context)
    index = 0
    while index < len(context.words):
        before = found[-1] if found and found[-1].last == index - 1 else None
        match = (
            in_marks.get(context.words[index].start)
            or _longest_at(index, context, before)
            or _institution_at(index, context, before)
        )
        if match is None:
            index += 1
            continue
        if len(match.names) == 1:
            context.introduce(match.names[0], match.first, match.last)
        if before is not None and match.start == before.start:
            found.pop()
        found.append(match)
        index = match.last + 1
    return found


def _lists_in_marks(context: NameContext) -> dict[int, NameMatch]:
    """Return the known names of lists in quotation marks, by their offset: the "Progress" party."""
    found = {}
    for (start, end), words in names_in_marks(context):
        names = lists_named(words, context)
        if names:
            first = context.words.index(words[0])
            found[words[0].start] = NameMatch(start, end, first, first + len(words) - 1, "FACTION", names)
    return found


def _longest_at(index: int, context: NameContext, before: NameMatch | None) -> NameMatch | None:
    if context.words[index].key not in context.lexicon.longest:
        return None
    country = _country_before(index, context, before)
    for last in _ends(index, context):
        names = tuple(_names_of_span(index, last, country, context))
        if names and not (names[0].label == "FACTION" and _is_longer_name(names[0], last, context)):
            return _match(index, last, _most_likely(names, context.introduced), context)
    return None


def _names_of_span(first: int, last: int, country: str | None, context: NameContext) -> Iterator[Name]:
    """Yield the names that may stand for their entity at a range of words."""
    words = context.words[first : last + 1]
    surface = context.text[words[0].core : words[-1].end]
    for name in context.lexicon.names.get(" ".join(word.key for word in words), ()):
        is_written = _is_written_as(name, context.text, words) and context.lexicon.is_spelled(name, surface)
        if is_written and context.allows(name, first, last, country):
            yield name


def _is_written_as(name: Name, text: str, words: Sequence[Word]) -> bool:
    """Return whether words are written as a name requires: Sadr's bloc is not Sadr Bloc."""
    if not fits(name.shapes, text, words):
        return False
    inside = text[words[0].start : words[-1].start]
    return not _POSSESSIVE.search(inside) or _POSSESSIVE.search(name.surface) is not None


def _is_longer_name(name: Name, last: int, context: NameContext) -> bool:
    """Return whether the word after a name makes it another, longer name: Fatah al-Sham is not Fatah."""
    if last + 1 >= len(context.words):
        return False
    word, following = context.words[last], context.words[last + 1]
    if context.text[word.end : following.start] != " ":
        return False
    has_article = following.start < following.core and context.text[following.core - 1] in HYPHENS
    return has_article or (_may_be_given(name) and _may_be_surname(following, context))


def _may_be_given(name: Name) -> bool:
    """Return whether a faction's name may also be a person's: one conditional word that is no acronym."""
    return name.when != ALWAYS and len(name.shapes) == 1 and not name.surface.isupper()


def _may_be_surname(word: Word, context: NameContext) -> bool:
    lexicon, text = context.lexicon, context.text
    known = lexicon.words
    lists = (known.titles, known.heads, known.own_heads, known.describers)
    ordinary = any(word.key in words for words in lists)
    if ordinary or word.key in lexicon.longest or not text[word.core].isupper():
        return False
    return text[word.core : word.end].istitle() and not is_headline(text, word.start)


def _ends(index: int, context: NameContext) -> Iterator[int]:
    """Yield the index of the last word of each possible name that begins at `index`, longest first."""
    words = context.words
    longest = context.lexicon.longest[words[index].key]
    last = index
    while last + 1 < min(len(words), index + longest) and may_join(
        context.text, words[last], words[last + 1]
    ):
        last += 1
    yield from range(last, index - 1, -1)


def _most_likely(names: tuple[Name, ...], introduced: set[str]) -> tuple[Name, ...]:
    """Return the names of introduced entities, else those in their context, else all; one per entity.

    The context of a place (near "district") says that a place is meant, not which: the linker chooses.
    """
    one_each = tuple({name.entity_id: name for name in reversed(names)}.values())
    known = tuple(name for name in one_each if name.entity_id in introduced)
    are_places = all(name.method == "place" for name in one_each)
    in_context = tuple(name for name in one_each if name.when != ALWAYS and not are_places)
    return known or in_context or one_each


def _match(first: int, last: int, names: tuple[Name, ...], context: NameContext) -> NameMatch:
    entity = context.lexicon.entities[names[0].entity_id]
    return NameMatch(
        start=context.words[first].start,
        end=context.words[last].end,
        first=first,
        last=last,
        label=names[0].label,
        names=names,
        country=entity.country if entity.kind == "country" else None,
    )


def _country_before(index: int, context: NameContext, before: NameMatch | None) -> str | None:
    """Return the country named directly before a word: `Iran's Foreign Ministry`, `Saudi Army`."""
    if before is None:
        return None
    gap = context.text[before.end : context.words[index].start]
    return before.country if _POSSESSIVE_GAP.fullmatch(gap) else None


def _institution_at(index: int, context: NameContext, before: NameMatch | None) -> NameMatch | None:
    """Return a body after its country: all of `US embassy`, only the second word of `Iran's Parliament`."""
    if before is None or _country_before(index, context, before) is None:
        return None
    for last in range(index + _MAX_INSTITUTION_WORDS - 1, index - 1, -1):
        words = context.words[index : last + 1]
        known = context.lexicon.words.institutions.get(" ".join(word.key for word in words))
        if known is None or not fits(known[1], context.text, words) or not _is_one_piece(words, context.text):
            continue
        label = known[0]
        if context.text[before.end : words[0].start] == " ":
            return NameMatch(before.start, words[-1].end, before.first, last, label, ())
        if label == "ORG":
            return NameMatch(words[0].start, words[-1].end, index, last, label, ())
    return None


def _is_one_piece(words: Sequence[Word], text: str) -> bool:
    return all(text[left.end : right.start] == " " for left, right in pairwise(words))
