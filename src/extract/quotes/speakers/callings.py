"""What a text calls somebody named: in a title (`the cleric Brandt`) or beside it (`Brandt, a cleric,`).

Only the noun phrase that belongs to the name counts. A noun that merely stands before it is another's: in
`the embassy was shelled by the Valley Brigade`, the brigade is no embassy.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from extract.quotes.cues import Descriptions
from extract.quotes.phrases import head_word, singular

_REACH = 80  # characters before or after a name within which it is described
_MAX_TITLE = 6  # words of a title with its determiner: `the former Iraqi prime minister`
_WORD = re.compile(r"\w[\w'’.-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OF_TITLE = re.compile(r"(?P<title>[A-Z]\w+) of (?:the )?(?:[A-Z][\w-]* ){1,3}$")
_BESIDE = re.compile(
    r"(?: ?\([^()\n]{1,40}\))?(?:, (?:aged )?(?:\d{1,3}, )?| (?:is|was|remains) )(?=(?P<first>\S+))"
)
_ORIGIN = re.compile(r" (?:of|from) (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*){0,2}")
_END = re.compile(r"[,.;:()\n“”\"]|\s[–—-]\s")
_CLOSED = re.compile(r"[,.;:)\n“”\"—–]|['’]s\b|\s[–—-]\s|\Z")
_NEXT_WORDS = re.compile(r"(?: [a-z]+){1,2}")


@dataclass(frozen=True, slots=True)
class Calling:
    """What a text calls somebody at one place.

    Attributes:
        nouns: The nouns for what it is, in lower case: `cleric`.
        words: All words of the phrases, in lower case.
    """

    nouns: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def __or__(self, other: "Calling") -> "Calling":
        return Calling(self.nouns | other.nouns, self.words | other.words)


@dataclass(frozen=True, slots=True)
class NamePlace:
    """The place of a name in a text.

    Attributes:
        floor: End of the name before it, else 0: what stands before describes that one.
        is_group: Whether it names a group or body, so that a noun may follow it: `the Badr militia`.
        before_speaker: Whether the phrase after it speaks: `On the road to Basra, the cleric said`.
    """

    text: str
    start: int
    end: int
    floor: int
    is_group: bool
    before_speaker: bool


def calling_of(place: NamePlace, known: Descriptions) -> Calling:
    """Return what the text calls a name at its place."""
    calling = _before(place, known)
    origin = _ORIGIN.match(place.text, place.end)
    if calling.nouns and origin:
        calling |= Calling(words=frozenset(_lower(origin[0])))
    if not place.before_speaker:
        calling |= _beside(place, known)
    if place.is_group:
        calling |= _noun_after(place, known)
    return calling


def called(phrase: str, known: Descriptions) -> Calling:
    """Return what a noun phrase calls somebody: by its head, or those of its parts joined by `and`."""
    nouns = {_noun(head_word(part, known.phrases), known) for part in phrase.split(" and ")} - {""}
    return Calling(frozenset(nouns), frozenset(_lower(phrase))) if nouns else Calling()


def own_calling(name: str, known: Descriptions) -> Calling:
    """Return what a group is called by its own name: `committee` for Valley Committee."""
    heads = [head_word(name, known.phrases).lower(), *_lower(name)[-1:]]
    nouns = frozenset(known.name_nouns[head] for head in heads if head in known.name_nouns)
    return called(name, known) | Calling(nouns)


def _before(place: NamePlace, known: Descriptions) -> Calling:
    before = place.text[max(place.start - _REACH, place.floor) : place.start]
    if before.endswith(", ") and _CLOSED.match(place.text, place.end):
        return _apposed(place.text[max(place.start - _REACH, 0) : place.start - 2], known)
    return title_in(before, known) if before.endswith(" ") else Calling()


def _apposed(before: str, known: Descriptions) -> Calling:
    """Return the description that ends before a comma and a name: `A spokesman for the guards, |Brandt,`."""
    phrase = _END.split(before)[-1]
    openers = [word.start() for word in _WORD.finditer(phrase) if word[0].lower() in known.phrases.openers]
    callings = (called(phrase[start:], known) for start in reversed(openers))
    return next((calling for calling in callings if calling.nouns), Calling())


def title_in(before: str, known: Descriptions) -> Calling:
    """Return the title at the end of the text before a name: `met the moderate Basra lawyer |Brandt`."""
    office = _OF_TITLE.search(before)
    if office and _noun(office["title"], known):
        return Calling(frozenset({_noun(office["title"], known)}), frozenset(_lower(office[0])))
    words = list(_title_words(before, known))
    titles = list(takewhile(lambda word: _noun(word, known) or word.lower() in known.titles, words))
    nouns = frozenset(_noun(word, known) for word in titles) - {""}
    # What stands before `Mr.` alone is no part of a title: `asked about |Mr. Brandt`.
    return Calling(nouns, frozenset(map(str.lower, words if nouns else titles)))


def _title_words(before: str, known: Descriptions) -> Iterable[str]:
    """Yield the words before a name backwards, up to its determiner or owner, or to what ends a phrase."""
    end = len(before)
    for word in reversed(list(_WORD.finditer(before))[-_MAX_TITLE:]):
        if before[word.end() : end] not in (" ", "-") or word[0].lower() in known.phrases.prepositions:
            return
        yield word[0]
        if word[0].lower() in known.phrases.determiners or _POSSESSIVE.search(word[0]):
            return
        end = word.start()


def _beside(place: NamePlace, known: Descriptions) -> Calling:
    """Return the description after a name and a comma, or what a clause tells: `who leads the party`."""
    opening = _BESIDE.match(place.text, place.end)
    if opening is None:
        return Calling()
    phrase = _END.split(place.text[opening.end() : opening.end() + _REACH])[0]
    pronoun, _, clause = phrase.partition(" ")
    if pronoun == "who":
        verb, _, led = clause.partition(" ")
        noun = known.callings.get(verb)
        return Calling(frozenset({noun}), frozenset({noun, *_lower(led)})) if noun else Calling()
    first = opening["first"]
    opens = first.lower() in known.phrases.openers or _POSSESSIVE.search(first)
    return called(phrase, known) if opens or ("," in opening[0] and first.islower()) else Calling()


def _noun_after(place: NamePlace, known: Descriptions) -> Calling:
    """Return the noun that follows the name of a group: `the Badr |militia`, `the Badr armed |group`."""
    found = _NEXT_WORDS.match(place.text, place.end)
    words = found[0].split() if found else []
    if len(words) > 1 and words[0] in known.group_words:
        words = words[1:]
    nouns = frozenset(word for word in words[:1] if word in known.after_names)
    return Calling(nouns, nouns)


def _noun(word: str, known: Descriptions) -> str:
    """Return the noun for a person or group that a word is; empty for others."""
    noun = singular(word.lower(), known.people, known.organisations)
    noun = known.equivalents.get(noun, noun)
    return noun if noun in known.people or noun in known.organisations else ""


def _lower(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
