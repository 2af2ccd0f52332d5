"""The words that tell who a named person is: before the name, after it, or in `Brandt is the mayor`."""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from extract.model import Mention
from extract.quotes.context.people import name_at
from extract.quotes.context.words import AffiliationWords

_LONGEST = 16  # tokens of a description
_LONGEST_NAME = 5
_MOST_TITLES = 3  # before a name
_IN_BRACKETS = 1  # tokens of an abbreviation
_TITULAR = frozenset({"ADJ", "ADP", "DET", "NOUN", "NUM", "PART", "PROPN"})
_POSSESSIVE = frozenset({"'s", "’s"})
_JOINING = _POSSESSIVE | {".", "-", "/", "&"}
_LEFT_PREPOSITIONS = frozenset({"at", "for", "of", "on", "to"})
_OF = frozenset({"from", "of", "with"})
_MODIFYING = frozenset({"advmod", "amod"})  # `a |privately |contracted guard`


def titles_of(name: Span, mentions: Sequence[Mention], words: AffiliationWords) -> Iterator[Span]:
    """Yield what tells who is meant by a name: phrases with a noun for persons, or with `of`.

    Args:
        name: The name of a person.
        mentions: The article's mentions, in text order: a title holds no other person's name.
        words: Words that tell on whose behalf somebody speaks.
    """

    def is_person(token: Token) -> bool:
        found = name_at(mentions, token)
        return found is not None and found.label == "PERSON"

    before, after = list(_before(name, is_person, words.short)), _after(name, is_person, words)
    for phrase in (*before, *([after] if after else [])):
        if _has_title(phrase, words) or is_joined(phrase, words):
            yield phrase
    if before and after and after[0].lower_ == "of" and after.start == name.end:
        yield name.doc[before[0].start : after.end]  # `Senator Brandt of France`


def _has_title(phrase: Span, words: AffiliationWords) -> bool:
    return any(title_of(token) in words.titles for token in phrase)


def title_of(token: Token) -> str:
    """Return a word as titles are listed: `senator`, `sen` for `Sen.`."""
    return token.lemma_.lower().rstrip(".")


def is_joined(phrase: Span, words: AffiliationWords) -> bool:
    """Return whether a body stands beside the name: `Brandt of the council`, `the council's Brandt`."""
    doc, before = phrase.doc, phrase.start - 1
    leads = before >= 0 and doc[before].lemma_ in words.leading
    serves = before > 0 and f"{doc[before - 1].lemma_} {doc[before].lower_}" in words.serving
    return leads or serves or phrase[0].lower_ in _OF or phrase[-1].text in _POSSESSIVE


def _before(name: Span, is_person: Callable[[Token], bool], short: frozenset[str]) -> Iterator[Span]:
    """Yield the titles before a name: `the Iraqi minister Brandt`, `head of the army, the envoy, Brandt`."""
    doc, end = name.doc, name.start
    for _ in range(_MOST_TITLES):
        has_comma = end > 0 and doc[end - 1].text == ","
        if end < name.start and not has_comma:
            return
        end -= has_comma
        start = end
        lowest = max(0, end - _LONGEST)
        while start > lowest and _may_open(doc[start - 1], is_person, short):
            start = _before_brackets(doc, start - 1)
        start = _before_place(doc, start, lowest, is_person) if has_comma else start
        if (
            start == end
            or is_governed(doc, end)
            or (has_comma and doc[end - 1].pos_ not in ("NOUN", "PROPN"))
        ):
            return
        yield doc[start:end]
        end = start


def _before_place(doc: Doc, start: int, lowest: int, is_person: Callable[[Token], bool]) -> int:
    """Return where a title begins that opens its sentence and tells a place: `|A guard in Wasit, Brandt`."""
    number = start
    while number > lowest and not doc[number].is_sent_start:
        if not (_is_titular(doc[number - 1], is_person) or doc[number - 1].dep_ == "cc"):
            return start
        number -= 1
    is_fronted = doc[number].is_sent_start and doc[number].pos_ not in ("ADP", "SCONJ")
    return number if is_fronted else start


def _before_brackets(doc: Doc, start: int) -> int:
    """Return the token that opens brackets after a name: `the Food Programme |(WFP) director Brandt`."""
    opening = start - _IN_BRACKETS - 1
    if doc[start].text == ")" and opening > 0 and doc[opening].text == "(":
        return opening
    return start


def _may_open(token: Token, is_person: Callable[[Token], bool], short: frozenset[str]) -> bool:
    """Return whether a word may belong to a title before a name: `officer for Asia |and Europe, Brandt`."""
    if token.text == ")":
        return _before_brackets(token.doc, token.i) < token.i
    is_joint_object = token.dep_ == "cc" and token.head.dep_ == "pobj"
    return is_joint_object or (_is_titular(token, is_person) and _may_precede(token, short))


def is_governed(doc: Doc, start: int) -> bool:
    """Return whether a preposition stands before a phrase: `a spokesman for |Brandt`, `by the |mayor`."""
    before = doc[max(start - 2, 0) : start]
    return len(before) > 0 and (
        before[-1].pos_ == "ADP" or (before[0].pos_ == "ADP" and before[-1].pos_ == "DET")
    )


def _may_precede(token: Token, short: frozenset[str]) -> bool:
    """Return whether a word may belong to a title before a name; a full stop only after a short title."""
    if token.text == ".":
        return token.i > 0 and token.nbor(-1).lower_ in short
    return token.pos_ != "ADP" or token.lower_ in _LEFT_PREPOSITIONS


def _after(name: Span, is_person: Callable[[Token], bool], words: AffiliationWords) -> Span | None:
    """Return what tells it after a name: `, minister of oil`, `of the council`, `, who heads the council`."""
    doc, end = name.doc, name.sent.end
    start = _behind_brackets(doc, name.end, end)
    has_comma = start < end and doc[start].text == ","
    start += has_comma
    if start >= end:
        return None
    first = doc[start]
    has_who = first.lower_ == "who" and start + 1 < end
    is_participle = has_comma and first.tag_ == "VBG"
    serving = _serves(doc[start + has_who : end], words) if has_who or is_participle else 0
    if serving:
        start += has_who + serving
    elif has_who and doc[start + 1].lemma_ == "be":
        start += 2
    elif first.lemma_ == "be" and not has_comma:
        start += 1 + (start + 1 < end and doc[start + 1].pos_ == "ADV")
    elif not has_comma and first.lower_ not in _OF:
        return None
    stop = _end_of_title(doc[start : min(end, start + _LONGEST)], is_person, words)
    is_anothers = stop < len(doc) and is_person(doc[stop])
    return doc[start:stop] if stop > start and not is_anothers else None


def _end_of_title(after: Span, is_person: Callable[[Token], bool], words: AffiliationWords) -> int:
    """Return where a title after a name ends, which may hold a participle: `a guard |working for UNESCO`."""
    number = 0
    while number < len(after):
        token = after[number]
        serving = _serves(after[number:], words) if token.tag_ == "VBG" and number else 0
        is_modifier = token.dep_ in _MODIFYING and token.i < token.head.i
        if not (serving or is_modifier or _is_titular(token, is_person)):
            break
        number += serving or 1
    return after.start + number


def _behind_brackets(doc: Doc, start: int, end: int) -> int:
    """Return the token behind brackets that open at `start`: `Brandt (D-Ohio)`."""
    if start < end and doc[start].text == "(":
        closing = next((number for number in range(start, end) if doc[number].text == ")"), start - 1)
        return closing + 1
    return start


def _serves(words_after: Span, words: AffiliationWords) -> int:
    """Return how many words say that a person is of the body after them: `|heads`, `|works for UNESCO`."""
    verb, *rest = words_after
    if rest and f"{verb.lemma_} {rest[0].lower_}" in words.serving:
        return 2
    return int(verb.lemma_ in words.leading)


def _is_titular(token: Token, is_person: Callable[[Token], bool]) -> bool:
    """Return whether a word may belong to a title: no verb, no mark, no other person but as its owner."""
    is_word = token.pos_ in _TITULAR or token.text in _JOINING
    return is_word and not token.is_space and (not is_person(token) or _is_owner(token, is_person))


def _is_owner(token: Token, is_person: Callable[[Token], bool]) -> bool:
    """Return whether a word belongs to the name of a title's owner: `|Karl |Brandt's envoy`."""
    behind = takewhile(is_person, token.doc[token.i : token.i + _LONGEST_NAME])
    end = token.i + sum(1 for _ in behind)
    return end < len(token.doc) and token.doc[end].text in _POSSESSIVE
