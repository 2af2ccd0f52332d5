"""Names of parties and armed groups found by their own words and by what is said of them."""

from collections.abc import Iterator

from extract.entities.conditions import NameContext
from extract.entities.headlines import continues_name, is_headline, mention_at
from extract.entities.list_names import names_in_marks
from extract.entities.runs import run_start
from extract.model import Mention

_LONGEST_FACTION = 5
_REACH = 40


def group_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield the parties and armed groups that a pattern finds."""
    yield from faction_mentions(context)
    yield from list_mentions(context)
    yield from unit_mentions(context)


def faction_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield names that begin like Arabic names of armed groups, known or not: `Liwa al-Ahrar`."""
    for index, word in enumerate(context.words):
        if word.key not in context.lexicon.words.faction_words or not context.text[word.core].isupper():
            continue
        last = index
        for following in range(index + 1, min(index + _LONGEST_FACTION, len(context.words))):
            has_article = context.words[following].start < context.words[following].core
            if not continues_name(following, context) or (following > index + 1 and not has_article):
                break
            last = following
        if last > index and context.words[last].key not in context.lexicon.words.nouns:
            yield mention_at(context, (word.start, context.words[last].end), "FACTION", "faction word")


def list_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield names in marks before `party` and the like, in articles about the home country.

    A name that the lexicon knows is found by the ruler too, whose mention is kept.
    """
    if context.is_about_home:
        for span, _ in names_in_marks(context):
            yield mention_at(context, span, "FACTION", "list name in marks")


def unit_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield armed groups called forces, companies, units: `Reed Resistance Companies`.

    Armies call their units so too. It is a group if a word of the name says so, or a noun such as `militia`
    beside it.
    """
    known = context.lexicon.words
    for last, word in enumerate(context.words):
        if word.key not in known.group_heads or not context.text[word.core].isupper():
            continue
        first = run_start(last, known.titles, context)
        if last > first and not is_headline(context.text, word.start) and _is_group(first, last, context):
            yield mention_at(context, (context.words[first].start, word.end), "FACTION", "group noun")


def _is_group(first: int, last: int, context: NameContext) -> bool:
    """Return whether words that end in a noun for a unit are the name of an armed group."""
    words, text, phrases = context.words[first : last + 1], context.text, context.lexicon.phrases.groups
    if text[words[0].start].isdigit() or all(word.key in context.lexicon.demonyms for word in words[:-1]):
        return False
    before = text[max(0, words[0].start - _REACH) : words[0].start]
    if phrases.before.search(before) or phrases.after.match(text, words[-1].end):
        return True
    is_arabic = any(word.start < word.core for word in words)
    has_own_word = len(words) > 2  # noqa: PLR2004 - the Reed Resistance Units, no Resistance Units
    return is_arabic or (has_own_word and words[-2].key in context.lexicon.words.militant_words)
