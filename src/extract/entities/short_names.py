"""Short names that an article itself introduces: surnames of its persons, acronyms, aliases."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.entities.conditions import NameContext
from extract.entities.definitions import definitions
from extract.entities.headlines import ACRONYM_OF, ALIAS_OF, is_headline
from extract.entities.labels import is_certain_place
from extract.entities.model_names import MODEL_RULE
from extract.lexicon import ALWAYS, Lexicon
from extract.lexicon.keys import Word, match_key
from extract.lexicon.name_index import longest_by_first_word
from extract.model import Article, Label, Mention

_JOINERS = frozenset({" ", "-", "\N{NO-BREAK SPACE}"})
_SHORTEST_SURNAME = 3
_EVIDENT = 3  # of the model's guesses, against one that words of the text require
# A name beside a given name, which is then not alone.
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w'’]* |[A-Z]\w{0,3}\. |-)\Z")
_NAME_AFTER = re.compile(r" [A-Z]|-")
_TITLE_BEFORE = re.compile(r"(\w+)\.? \Z")
_LONGEST_TITLE = 20


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name and the mention that introduced it.

    Attributes:
        full: The mention by its full name.
        rule: Where it comes from, as the mention's rule.
        exact: The required spelling of an acronym, None for other short names.
        since: Offset from which it is valid.
    """

    full: Mention
    rule: str
    exact: str | None
    since: int


def unify_labels(mentions: Sequence[Mention], context: NameContext, article: Article) -> list[Mention]:
    """Give all guessed mentions of one name the same label.

    The article's outlet is an ORG and its author a PERSON; else the label guessed most often wins. One that
    words of the text require counts for three of the model's.
    """
    labels: dict[str, Counter[Label]] = defaultdict(Counter)
    for mention in mentions:
        if mention.engine != "lexicon":
            labels[match_key(mention.text)][mention.label] += _weight(mention, context)
    settled = {key: counts.most_common(1)[0][0] for key, counts in labels.items()}
    settled |= {
        match_key(name): label for name, label in _from_metadata(article) if match_key(name) in settled
    }
    return [
        replace(mention, label=settled[match_key(mention.text)]) if mention.engine != "lexicon" else mention
        for mention in mentions
    ]


def _weight(mention: Mention, context: NameContext) -> int:
    """Return for how many of the model's guesses a label counts."""
    is_models = mention.rule.startswith(MODEL_RULE)
    if mention.label == "GPE" and is_models:
        return _EVIDENT if is_certain_place(mention.start, mention.end, context) else 1
    return 1 if mention.rule == f"{MODEL_RULE}{mention.label}" else _EVIDENT


def _from_metadata(article: Article) -> Iterator[tuple[str, Label]]:
    if article.outlet:
        yield article.outlet, "ORG"
    if article.author:
        yield article.author, "PERSON"


def repeated_mentions(context: NameContext, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the other occurrences of guessed names of persons and organisations, also in capitals.

    Names in full, and given names alone (`Sadiq`).
    """
    guessed = {
        mention.text: mention
        for mention in mentions
        if mention.engine != "lexicon" and mention.label in {"PERSON", "ORG"}
    }
    for name, mention in guessed.items():
        is_full = " " in name
        if not is_full and not _is_given_name(mention, context):
            continue
        for form in sorted({name, name.upper()}) if is_full else [name]:
            for start in _occurrences(form, context.text):
                end = start + len(form)
                if start != mention.start and (is_full or _is_alone(start, end, context.text)):
                    yield replace(mention, start=start, end=end, text=form)


def _occurrences(name: str, text: str) -> Iterator[int]:
    """Yield the offsets at which a name stands as whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start
        start = text.find(name, end)


def _is_given_name(mention: Mention, context: NameContext) -> bool:
    """Return whether a person is named by a given name alone, which the text never has in lower case."""
    key = context.lexicon.spelling.key(mention.text)
    is_person = mention.label == "PERSON" and key in context.lexicon.words.given_names
    return is_person and f" {mention.text.lower()} " not in context.text


def doubled_mentions(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names that a web page repeats without a gap: `Basin WatchBasin Watch`."""
    for name, mention in {mention.text: mention for mention in mentions if " " in mention.text}.items():
        doubled = name + name
        start = text.find(doubled)
        while start >= 0:
            end = start + len(doubled)
            yield replace(mention, start=start, end=end, text=doubled)
            start = text.find(doubled, end)


def _is_alone(start: int, end: int, text: str) -> bool:
    before = text[max(0, start - _LONGEST_TITLE) : start]
    return not _NAME_BEFORE.search(before) and not _NAME_AFTER.match(text, end)


def without_swallowing(
    context: NameContext, guessed: Sequence[Mention], repeated: Sequence[Mention]
) -> list[Mention]:
    """Drop guesses in headlines that hold a person's full name and more: `Hamdoun Slams Salim Reed`."""
    persons = [one for one in repeated if one.label == "PERSON" and " " in one.text]
    return [one for one in guessed if not any(_swallows(one, person, context) for person in persons)]


def _swallows(guess: Mention, person: Mention, context: NameContext) -> bool:
    is_longer = guess.end - guess.start > person.end - person.start
    overlaps = guess.start < person.end and person.start < guess.end
    if not is_longer or not overlaps or not is_headline(context.text, guess.start):
        return False
    return guess.label in {"PERSON", "GPE", "NORP"} or guess.rule == f"{MODEL_RULE}ORG"


def without_fused(context: NameContext, mentions: Sequence[Mention]) -> list[Mention]:
    """Drop guesses that run through a headline from one person to another: `Brandt Meets Qattan`.

    Both are surnames of persons whom the article names in full, so the headline means two persons.
    """
    guessed = {
        one.start for one in mentions if one.engine != "lexicon" and is_headline(context.text, one.start)
    }
    surnames = _surnames([one for one in mentions if one.start not in guessed], context.lexicon)
    return [one for one in mentions if one.start not in guessed or not _is_fused(one, surnames, context)]


def _is_fused(guess: Mention, surnames: Mapping[str, ShortName], context: NameContext) -> bool:
    keys = [word.key for word in context.lexicon.spelling.split(guess.text)]
    bearers = {surnames[key].full.text for key in keys if key in surnames}
    is_name = any(bearer in guess.text for bearer in bearers)
    return len(bearers) > 1 and not is_name


def short_mentions(context: NameContext, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions by short names of entities that the article names in full.

    A surname is valid in the whole article, as headlines come before the full name; a defined short name only
    after its definition. Words inside other mentions are skipped, a guess of the same words is replaced.

    Args:
        context: The article's words.
        mentions: The mentions found so far, in order, without overlaps.
    """
    shorts = {
        **_titled(context, mentions),
        **_surnames(mentions, context.lexicon),
        **_defined(context, mentions),
    }
    longest = longest_by_first_word(shorts)
    guessed = {(mention.start, mention.end) for mention in mentions if mention.engine != "lexicon"}
    taken = {position for mention in mentions for position in range(mention.start, mention.end)}
    end = 0
    for index, word in enumerate(context.words):
        if word.start < end or word.key not in longest:
            continue
        for short, span in _short_names_at(index, longest[word.key], shorts, context):
            if span in guessed or taken.isdisjoint(range(*span)):
                end = span[1]
                yield _mention(short, span, context)
                break


def _short_names_at(
    index: int, longest: int, shorts: Mapping[str, ShortName], context: NameContext
) -> Iterator[tuple[ShortName, tuple[int, int]]]:
    """Yield the valid short names of up to `longest` words that begin at `index`, longest first."""
    for count in range(longest, 0, -1):
        words = context.words[index : index + count]
        short = shorts.get(" ".join(word.key for word in words))
        if short is not None and _is_valid(short, words, context):
            yield short, (words[0].start, words[-1].end)


def _mention(short: ShortName, span: tuple[int, int], context: NameContext) -> Mention:
    return Mention(
        start=span[0],
        end=span[1],
        text=context.text[slice(*span)],
        label=short.full.label,
        method="acronym" if short.exact else "short_name",
        rule=short.rule,
        engine=short.full.engine,
        confidence=context.lexicon.confidence.short_name,
        candidates=short.full.candidates,
    )


def _is_valid(short: ShortName, words: Sequence[Word], context: NameContext) -> bool:
    """Return whether words are a short name, by their offset, spelling and context."""
    if words[0].start < short.since:
        return False
    if short.exact is not None:
        return context.text[words[0].core : words[0].end] == short.exact
    if any(context.text[left.end : right.start] not in _JOINERS for left, right in pairwise(words)):
        return False
    is_capital = all(context.text[word.core].isupper() for word in words)
    return is_capital and not context.lexicon.is_anothers_surname(context.text, words[0].start)


def _titled(context: NameContext, mentions: Sequence[Mention]) -> Mapping[str, ShortName]:
    """Return the surnames that the article introduces only with a title: Mr. Brandt."""
    found: dict[str, ShortName] = {}
    for mention in mentions:
        if mention.label != "PERSON" or context.lexicon.surname_of(mention.text):
            continue
        before = _TITLE_BEFORE.search(context.text, max(0, mention.start - _LONGEST_TITLE), mention.start)
        key = context.lexicon.spelling.key(mention.text)
        if before is None or context.lexicon.spelling.key(before[1]) not in context.lexicon.words.titles:
            continue
        if len(key) >= _SHORTEST_SURNAME and not _is_other_name(mention.text, mention.label, context.lexicon):
            rule = f"{before[1]} {mention.text}"
            found.setdefault(key, ShortName(mention, rule, None, mention.start))
    return found


def _surnames(mentions: Sequence[Mention], lexicon: Lexicon) -> Mapping[str, ShortName]:
    found: dict[str, ShortName] = {}
    for mention in mentions:
        if mention.label != "PERSON":
            continue
        for surname in lexicon.surname_in(mention.text, mention.candidates):
            key = lexicon.spelling.key(surname)
            if len(key) >= _SHORTEST_SURNAME and not _is_other_name(surname, mention.label, lexicon):
                found.setdefault(key, ShortName(mention, f"surname of {mention.text}", None, 0))
    return found


def _defined(context: NameContext, mentions: Sequence[Mention]) -> Mapping[str, ShortName]:
    """Return the short names that the article defines; the first definition of each counts."""
    found: dict[str, ShortName] = {}
    for defined in definitions(context.text, mentions, context.lexicon.phrases.definitions):
        key = context.lexicon.spelling.key(defined.short)
        if defined.is_acronym:
            short = ShortName(defined.full, f"{ACRONYM_OF}{defined.full.text}", defined.short, defined.since)
        elif _is_other_name(defined.short, defined.full.label, context.lexicon):
            continue
        else:
            short = ShortName(defined.full, f"{ALIAS_OF}{defined.full.text}", None, defined.since)
        found.setdefault(key, short)
    return found


def _is_other_name(surface: str, label: Label, lexicon: Lexicon) -> bool:
    """Return whether a word always means something other than a name with this label: `Jordan`, `Sunday`."""
    key = lexicon.spelling.key(surface)
    if key in lexicon.words.no_names or key in lexicon.words.describers:
        return True
    return any(name.when == ALWAYS and name.label != label for name in lexicon.named(surface))
