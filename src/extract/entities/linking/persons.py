"""The persons whom one article names in full, and look-ups by shorter forms of their names."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.entities.headlines import defined_as
from extract.lexicon import Lexicon
from extract.model import Mention

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the article names in full, or by surname and office.

    Attributes:
        entity_id: None for a person who is not in the lexicon.
        name: The canonical name; for a person not in the lexicon, the fullest form in the article.
        forms: The person's full names in the article, as match keys of their words.
        seen_at: Offset of the first full name.
    """

    entity_id: str | None
    name: str
    forms: tuple[Words, ...]
    seen_at: int


class Persons:
    """The persons of one article, found by surname, first name or another form of their full name.

    Args:
        mentions: The article's mentions, before linking.
        lexicon: For spellings and known persons.
        strangers: Offsets of the mentions that mean another person than the actor of that name.
    """

    def __init__(self, mentions: Sequence[Mention], lexicon: Lexicon, strangers: Container[int] = ()) -> None:
        self._lexicon = lexicon
        surname_of = lexicon.surname_of
        full = [mention for mention in mentions if mention.label == "PERSON" and surname_of(mention.text)]
        others = [mention for mention in full if mention.start in strangers]
        full = [mention for mention in full if mention.start not in strangers]
        known = _known_persons([mention for mention in full if len(mention.candidates) == 1], lexicon)
        unknown = [mention for mention in full if not mention.candidates]
        everyone = [*_with_unknown(known, unknown, lexicon), *_with_unknown([], others, lexicon)]
        full += others
        self._index = _PersonIndex(sorted(everyone, key=lambda person: person.seen_at))
        surnames = {
            _words(mention.text, lexicon): lexicon.spelling.key(surname)
            for mention in full
            for surname in lexicon.surname_in(mention.text, mention.candidates)
        }
        self._by_surname = _by_surname(self._index.persons, surnames)

    def add(self, surname: str, person: Person) -> None:
        """Add a person named by surname and office."""
        known = self._by_surname[surname]
        if not any(other.entity_id == person.entity_id for other in known):
            known.append(person)

    def bearing(self, surname: str) -> list[Person]:
        """Return the persons with a surname, given as a match key."""
        return self._by_surname.get(surname, [])

    def named_like(self, full_name: str) -> Person | None:
        """Return the only person whose full name has this shorter or longer form."""
        words = _words(full_name, self._lexicon)
        return _only([self._index.persons[number] for number in self._index.numbers(words)])

    def beginning_with(self, short_name: str) -> Person | None:
        """Return the only person whose full name begins with a first name or kunya (Abu Karim)."""
        words = _words(short_name, self._lexicon)
        return _only(
            [p for p in self._index.persons if any(form[: len(words)] == words for form in p.forms)],
        )


def _only(persons: list[Person]) -> Person | None:
    return persons[0] if len(persons) == 1 else None


def _words(name: str, lexicon: Lexicon) -> Words:
    return tuple(lexicon.spelling.key(name).split())


def _known_persons(mentions: Sequence[Mention], lexicon: Lexicon) -> list[Person]:
    persons: dict[str, Person] = {}
    for mention in mentions:
        entity = lexicon.entities[mention.candidates[0]]
        person = persons.setdefault(entity.id, Person(entity.id, entity.name, (), mention.start))
        persons[entity.id] = replace(person, forms=(*person.forms, _words(mention.text, lexicon)))
    return list(persons.values())


def _with_unknown(known: list[Person], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Person]:
    """Add the persons who are not in the lexicon; forms of one full name are one person.

    The longest names come first, because a shorter form joins the person with the longer one.
    """
    index = _PersonIndex(known)
    for words, name, seen_at in sorted(_forms(mentions, lexicon), key=lambda form: -len(form[0])):
        same = index.numbers(words)
        if len(same) == 1:
            index.add_form(same[0], words, seen_at)
        else:
            index.add(Person(None, name, (words,), seen_at))
    return index.persons


def _by_surname(persons: Iterable[Person], surnames: Mapping[Words, str]) -> defaultdict[str, list[Person]]:
    """Return persons by the surname of each of their forms.

    Args:
        persons: The persons of an article.
        surnames: Full name -> surname, both as match keys.
    """
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for person in persons:
        for surname in dict.fromkeys(surnames[form] for form in person.forms if form in surnames):
            found[surname].append(person)
    return found


class _PersonIndex:
    """Persons by two initials, of the first name and of another word, which all forms of a name share.

    An article may name thousands of persons; without the index each would be compared with all others.
    """

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons: list[Person] = []
        self._by_initials: dict[Words, set[int]] = defaultdict(set)
        for person in persons:
            self.add(person)

    def add(self, person: Person) -> None:
        """Add a person with all forms of the name."""
        self.persons.append(person)
        for form in person.forms:
            self._index_form(len(self.persons) - 1, form)

    def add_form(self, number: int, form: Words, seen_at: int) -> None:
        """Add a form to a person's name."""
        one = self.persons[number]
        self.persons[number] = replace(one, forms=(*one.forms, form), seen_at=min(one.seen_at, seen_at))
        self._index_form(number, form)

    def numbers(self, words: Words) -> list[int]:
        """Return the indexes of the persons whose names have this shorter or longer form."""
        first, *others = _initials(words)
        keys = [(first, other) for other in ("", *others)] if others else [(first,)]
        near = {number for key in keys for number in self._by_initials.get(key, ())}
        return [number for number in sorted(near) if _has_form(self.persons[number], words)]

    def _index_form(self, number: int, form: Words) -> None:
        first, *others = _initials(form)
        for key in [(first,), *((first, other) for other in others or [""])]:
            self._by_initials[key].add(number)


def _initials(words: Words) -> list[str]:
    return [word[0] for word in words] or [""]


def _forms(mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[tuple[Words, str, int]]:
    seen: set[Words] = set()
    for mention in mentions:
        name = defined_as(mention) or mention.text
        words = _words(name, lexicon)
        if words not in seen:
            seen.add(words)
            yield words, name, mention.start


def _has_form(person: Person, words: Words) -> bool:
    return any(_is_form_of(words, form) or _is_form_of(form, words) for form in person.forms)


def _is_form_of(short: Words, full: Words) -> bool:
    """Return whether a name is another one without some of its words, not the first; initials match words.

    >>> _is_form_of(("raad", "azzawi"), ("raad", "qassem", "azzawi"))
    True
    """
    if not _is_word(short[0], full[0]):
        return False
    rest = iter(full[1:])
    return all(any(_is_word(word, other) for other in rest) for word in short[1:])


def _is_word(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
