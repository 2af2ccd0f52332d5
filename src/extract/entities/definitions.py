"""Short names that an article defines itself: `X (ABC)`, `ABC (X)`, `X, or ABC,`, `X, known as Y`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lexicon.phrases import DefinitionPhrases
from extract.model import Mention
from extract.text.broken_letters import find_broken_names
from extract.text.spans import overlaps

_NAMED = frozenset({"ORG", "FACTION", "FAC"})
_CAPITALISED = re.compile(r"\b[A-Z]\w*")
_SHORTEST, _LONGEST = 3, 6  # letters of an acronym without a definition
_REACH = 40  # characters before a name within which its acronym or preposition is expected


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name and the mention that it is short for.

    Attributes:
        since: Offset from which the short name is valid.
    """

    full: Mention
    short: str
    since: int
    is_acronym: bool


def definitions(text: str, mentions: Sequence[Mention], phrases: DefinitionPhrases) -> Iterator[Definition]:
    """Yield the short names that the article defines for its mentions.

    Args:
        text: The article's text.
        mentions: The mentions found so far, in order.
        phrases: The phrases that define short names.
    """
    broken = find_broken_names(text)
    mentions = [mention for mention in mentions if not overlaps(broken, mention.start, mention.end)]
    for mention in mentions:
        if mention.label in _NAMED:
            yield from _bracketed(text, mention, phrases)
        elif mention.label == "PERSON":
            yield from _with_kunya(text, mention, phrases)
        if mention.label in _NAMED or (mention.label == "PERSON" and " " in mention.text):
            yield from _worded(text, mention, phrases)
    yield from _initials(mentions)


def _initials(mentions: Sequence[Mention]) -> Iterator[Definition]:
    """Yield guessed acronyms that are the initials of exactly one name in the article."""
    acronyms = _guessed_acronyms(mentions)
    if not acronyms:
        return
    named: dict[str, dict[str, Mention]] = {acronym: {} for acronym in acronyms}
    for mention in mentions:
        if mention.label not in _NAMED or mention.text in acronyms:
            continue
        initials = "".join(word[0] for word in _CAPITALISED.findall(mention.text)).upper()
        if initials in named:
            named[initials].setdefault(mention.text.casefold(), mention)
    for acronym, full in named.items():
        if len(full) == 1:
            yield Definition(next(iter(full.values())), acronym, 0, is_acronym=True)


def _guessed_acronyms(mentions: Sequence[Mention]) -> set[str]:
    guessed = {
        mention.text for mention in mentions if mention.engine != "lexicon" and mention.label in _NAMED
    }
    return {name for name in guessed if name.isupper() and _SHORTEST <= len(name) <= _LONGEST}


def _bracketed(text: str, mention: Mention, phrases: DefinitionPhrases) -> Iterator[Definition]:
    after = phrases.bracketed.match(text, mention.end)
    if after:
        yield Definition(mention, after["acronym"], mention.end, is_acronym=True)
    start = max(0, mention.start - _REACH)
    before = phrases.before_name.search(text[start : mention.start])
    if before and _are_initials(before["acronym"], mention.text):
        yield Definition(mention, before["acronym"], start + before.start(), is_acronym=True)


def _with_kunya(text: str, mention: Mention, phrases: DefinitionPhrases) -> Iterator[Definition]:
    """Yield the other name of a person: Karim Hamdoun ("Abu Reed")."""
    match = phrases.kunya.match(text, mention.end)
    if match:
        yield Definition(mention, match["marked"] or match["kunya"], mention.end, is_acronym=False)


def _worded(text: str, mention: Mention, phrases: DefinitionPhrases) -> Iterator[Definition]:
    match = phrases.after_name.match(text, mention.end)
    if match is None:
        return
    if match["conjunction"] and (mention.label == "PERSON" or not match["apart"] or not match["end"]):
        return
    if match["acronym"]:
        yield Definition(mention, match["acronym"], mention.end, is_acronym=True)
    elif match["apart"] and not phrases.governed.search(text, max(0, mention.start - _REACH), mention.start):
        yield Definition(mention, match["alias"], mention.end, is_acronym=False)


def _are_initials(acronym: str, name: str) -> bool:
    """Return whether the letters of an acronym are initials of words of a name, in order.

    >>> _are_initials("KTA", "Karkh Traders Association"), _are_initials("AFP", "Baghdad Post")
    (True, False)
    """
    initials = iter(word[0].lower() for word in re.findall(r"\w+", name))
    return all(letter in initials for letter in acronym.removesuffix("s").lower())
