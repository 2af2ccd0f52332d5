"""Names of groups, bodies and buildings found by their own words, whether the model saw them or not."""

from collections.abc import Iterator
from itertools import pairwise

from extract.entities.conditions import NameContext
from extract.entities.groups import group_mentions
from extract.entities.headlines import begins_sentence, continues_name, is_headline, is_whole_line, mention_at
from extract.entities.persons import person_mentions
from extract.entities.runs import is_before_run, run_start
from extract.lexicon.keys import Word
from extract.model import Label, Mention

_LONGEST_BUILDING = 3
_LONGEST_CAPTION = 4
_LONGEST_FIELD = 6


def pattern_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield the names that a pattern finds: persons, armed groups, organisations, buildings."""
    yield from person_mentions(context)
    yield from group_mentions(context)
    yield from run_mentions(context)
    yield from named_after_mentions(context)
    yield from body_of_mentions(context)
    yield from coordinated_mentions(context)
    yield from facility_mentions(context)
    yield from started_mentions(context)
    yield from town_mentions(context)
    for match in context.lexicon.phrases.bodies.unit.finditer(context.text):
        yield mention_at(context, match.span(), "ORG", "task force")


def run_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield runs of capitalised words whose last noun says what they name.

    `Basin Mission`, `14th Basin Division` (ORG), `Reed Bridge` (FAC), `Basin Farmers Party` (FACTION).
    Headlines are skipped, as every word in them may have a capital.
    """
    for last, word in enumerate(context.words):
        label = _label_of_noun(word, context)
        if label is None:
            continue
        # A title is part of a building's name: King X Hospital.
        titles = context.lexicon.words.titles if label != "FAC" else frozenset()
        first = run_start(last, titles, context)
        if last > first and _is_name(first, last, label, context):
            yield mention_at(context, (context.words[first].start, word.end), label, f"{label} noun")


def named_after_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield firms named after a family, by a noun that alone makes no name: the Reed Group."""
    nouns = context.lexicon.words.organisations - context.lexicon.words.bodies
    for before, word in pairwise(context.words):
        names = context.lexicon.names.get(before.key, ())
        is_family = len(names) > 0 and all(name.label == "PERSON" for name in names)
        is_written = context.text[before.core].isupper() and context.text[word.core].isupper()
        is_written = is_written and context.text[before.end : word.start] == " "
        if is_family and word.key in nouns and is_written and not is_headline(context.text, before.start):
            yield mention_at(context, (before.start, word.end), "ORG", "named after a family")


def _is_name(first: int, last: int, label: Label, context: NameContext) -> bool:
    start, end = context.words[first].start, context.words[last].end
    if label == "FACTION" and not _may_be_party(first, last, context):
        return False
    is_caption = (
        label == "FAC" and last - first < _LONGEST_CAPTION and is_whole_line(context.text, start, end)
    )
    return is_caption or not is_headline(context.text, start)


def body_of_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield bodies followed by a field or place: `Ministry of Water and Marshes`, `Committee on Dams`."""
    words, text = context.words, context.text
    prepositions = context.lexicon.phrases.bodies.field_prepositions
    for index in range(len(words) - 2):
        word = words[index]
        if word.key not in context.lexicon.words.bodies_of or not text[word.core].isupper():
            continue
        if words[index + 1].key not in prepositions or not _is_joined(index + 1, context):
            continue
        last = _field_end(index + 2, context)
        if last is not None:
            start = words[run_start(index, context.lexicon.words.person_titles, context)].start
            label: Label = "FAC" if word.key in context.lexicon.words.facilities else "ORG"
            yield mention_at(context, (start, words[last].end), label, "body of")


def coordinated_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield several bodies in one phrase: `Kut and Amarah Operations Commands`."""
    words, text = context.words, context.text
    conjunctions = context.lexicon.phrases.bodies.conjunctions
    for last, word in enumerate(words):
        if word.key not in context.lexicon.words.plural_bodies or not text[word.core].isupper():
            continue
        second = run_start(last, context.lexicon.words.titles, context)
        conjunction = second - 1
        if not 0 < conjunction < last - 1 or words[conjunction].key not in conjunctions:
            continue
        if _is_joined(second, context) and _is_joined(conjunction, context):
            first = run_start(conjunction - 1, context.lexicon.words.titles, context)
            if text[words[first].core].isupper() and not is_headline(text, word.start):
                yield mention_at(context, (words[first].start, word.end), "ORG", "coordinated bodies")


def facility_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield buildings named by a name and a lower-case noun: `Reed prison`, `Al-Basin air base`.

    A place before some nouns only says where it is: a Basra hospital.
    """
    nouns = context.lexicon.phrases.bodies.building_after
    for last, word in enumerate(context.words):
        if not context.text[word.core].isupper() or word.key in context.lexicon.words.articles:
            continue
        match = nouns.match(context.text, word.end)
        if match is None:
            continue
        if match["own"] and (_is_known_or_ordinary(word, context) or begins_sentence(word.start, context)):
            continue
        first = last
        while first > 0 and last - first < _LONGEST_BUILDING - 1 and _is_capital_before(first, context):
            first -= 1
        while first < last and is_before_run(context.words[first], context.lexicon.words.titles, context):
            first += 1
        if not _is_people_or_country(context.words[last], context):
            yield mention_at(context, (context.words[first].start, match.end()), "FAC", "building noun")


def started_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield buildings and parts of nature named by a word and a name after it: `Fort Reed`, `Lake Reed`."""
    known = context.lexicon.words
    for index, (word, following) in enumerate(pairwise(context.words)):
        label: Label | None = None
        if word.key in known.facility_starts:
            label = "FAC"
        elif word.key in known.landform_starts:
            label = "LOC"
        is_written = label and context.text[word.core].isupper() and continues_name(index + 1, context)
        if not label or not is_written or following.key in known.ordinary | known.nouns:
            continue
        if not is_headline(context.text, word.start):
            yield mention_at(context, (word.start, following.end), label, f"{label} word")


def town_mentions(context: NameContext) -> Iterator[Mention]:
    """Yield towns marked by a word: `Tal Reedham`, `village of Reedham`, `Reedham district`."""
    starts = context.lexicon.words.town_starts
    for word, following in pairwise(context.words):
        is_start = word.key in starts and context.text[word.core].isupper()
        if (
            is_start
            and context.text[word.end : following.start] == " "
            and context.text[following.core].isupper()
            and not context.text[word.core : following.end].isupper()  # TELL US
        ):
            yield mention_at(context, (word.start, following.end), "GPE", "town word")
    for match in context.lexicon.phrases.places.town.finditer(context.text):
        group = str(match.lastgroup)
        words = context.lexicon.spelling.split(match[group])
        is_listed = group == "line" and words[0].key not in context.lexicon.words.ordinary
        if is_listed or not any(_is_known_or_ordinary(word, context) for word in words):
            yield mention_at(context, match.span(group), "GPE", "town noun")


def _is_known_or_ordinary(word: Word, context: NameContext) -> bool:
    return word.key in context.lexicon.words.ordinary or context.lexicon.is_always_name(word.key)


def _may_be_party(first: int, last: int, context: NameContext) -> bool:
    """Return whether a run that ends with a party noun may be a party: not the US-led or Global Coalition."""
    words, worldwide = context.words[first : last + 1], context.lexicon.words.worldwide
    return words[0].key not in worldwide and all(context.text[word.core].isupper() for word in words)


def _label_of_noun(word: Word, context: NameContext) -> Label | None:
    if not context.text[word.core].isupper():
        return None
    known = context.lexicon.words
    if word.key in known.bodies:
        return "ORG"
    if word.key in known.facilities:
        return "FAC"
    return "FACTION" if word.key in known.parties else None


def _field_end(first: int, context: NameContext) -> int | None:
    """Return the index of the last word of a body's field: (Ministry of) Higher Education and Research."""
    words, text, phrases = context.words, context.text, context.lexicon.phrases.bodies
    has_two = words[first - 2].key in phrases.of_two_fields
    links = phrases.two_field_words if has_two else phrases.field_words
    last = None
    index = first
    while index < min(first + _LONGEST_FIELD, len(words)) and _is_joined(index, context):
        word = words[index]
        if text[word.core].isupper() and not _begins_other_name(word, context, last):
            last = index
        elif word.key not in links or not text[word.core].islower() or _begins_other_list(index, context):
            break
        index += 1
    return last


def _begins_other_list(index: int, context: NameContext) -> bool:
    """Return whether an article after a conjunction begins another name: Dams and the (Oil Ministry)."""
    is_article = context.words[index].key in context.lexicon.words.articles
    return is_article and context.words[index - 1].key in context.lexicon.phrases.bodies.conjunctions


def _begins_other_name(word: Word, context: NameContext, last: int | None) -> bool:
    """Return whether a capitalised word begins a different name from the field: a title, a known name."""
    if word.key in context.lexicon.words.titles or word.key in context.lexicon.words.bodies_of:
        return True
    return last is not None and context.lexicon.is_always_name(word.key)


def _is_joined(index: int, context: NameContext) -> bool:
    return context.text[context.words[index - 1].end : context.words[index].start] == " "


def _is_capital_before(index: int, context: NameContext) -> bool:
    return continues_name(index, context) and context.text[context.words[index - 1].core].isupper()


def _is_people_or_country(word: Word, context: NameContext) -> bool:
    names = context.lexicon.names.get(word.key, ())
    kinds = {context.lexicon.entities[name.entity_id].kind for name in names}
    return "country" in kinds or any(name.label == "NORP" for name in names)
