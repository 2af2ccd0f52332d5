"""The persons whom one article names in full, and which of them a shorter form of a name may mean."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Lexicon, surname_of
from extract.model import Mention

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the article names in full, or by surname and office.

    Attributes:
        entity_id: None for a person who is not in the lexicon.
        name: The canonical name; of a stranger the fullest form in the article.
        forms: The full names by which the article calls the person, as keys of their words.
        seen_at: Where the article first does so.
    """

    entity_id: str | None
    name: str
    forms: tuple[Words, ...]
    seen_at: int


class Persons:
    """The persons of one article, found by surname, first name or another form of their full name.

    Args:
        mentions: Of the article, before linking.
        lexicon: For spellings and known persons.
    """

    def __init__(self, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        full = [mention for mention in mentions if mention.label == "PERSON" and surname_of(mention.text)]
        known = _known_persons([mention for mention in full if len(mention.candidates) == 1], lexicon)
        strangers = [mention for mention in full if not mention.candidates]
        everyone = _with_strangers(known, strangers, lexicon)
        self._everyone = _Called(sorted(everyone, key=lambda person: person.seen_at))
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        surnames = {_words(m.text, lexicon): lexicon.spelling.key(surname_of(m.text)[0]) for m in full}
        for person in self._everyone.persons:
            for surname in dict.fromkeys(surnames[form] for form in person.forms):
                self._by_surname[surname].append(person)

    def add(self, surname: str, person: Person) -> None:
        """Remember a person named by surname and office."""
        known = self._by_surname[surname]
        if not any(other.entity_id == person.entity_id for other in known):
            known.append(person)

    def bearing(self, surname: str) -> list[Person]:
        """Return the persons with a surname, given as match key."""
        return self._by_surname.get(surname, [])

    def named_like(self, full_name: str) -> Person | None:
        """Return the one person of whose full name this is a shorter or longer form."""
        words = _words(full_name, self._lexicon)
        return _only([self._everyone.persons[number] for number in self._everyone.numbers(words)])

    def beginning_with(self, short_name: str) -> Person | None:
        """Return the one person whose full name begins with a first name or kunya (Abu Karim)."""
        words = _words(short_name, self._lexicon)
        return _only(
            [p for p in self._everyone.persons if any(form[: len(words)] == words for form in p.forms)],
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


def _with_strangers(known: list[Person], mentions: Sequence[Mention], lexicon: Lexicon) -> list[Person]:
    """Add the persons who are not in the lexicon; forms of one full name are one person.

    The longest names come first, so that a shorter one finds the person that it belongs to.
    """
    called = _Called(known)
    for words, name, seen_at in sorted(_forms(mentions, lexicon), key=lambda form: -len(form[0])):
        same = called.numbers(words)
        if len(same) == 1:
            called.add_form(same[0], words, seen_at)
        else:
            called.add(Person(None, name, (words,), seen_at))
    return called.persons


class _Called:
    """Persons by the initials of first name and another word, which all forms of one name have in common.

    An article may name thousands of persons: without that, each would be compared with all.
    """

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons: list[Person] = []
        self._alike: dict[Words, set[int]] = defaultdict(set)
        for person in persons:
            self.add(person)

    def add(self, person: Person) -> None:
        """Add a person."""
        self.persons.append(person)
        for form in person.forms:
            self._note(len(self.persons) - 1, form)

    def add_form(self, number: int, form: Words, seen_at: int) -> None:
        """Add a form to a person's name."""
        one = self.persons[number]
        self.persons[number] = replace(one, forms=(*one.forms, form), seen_at=min(one.seen_at, seen_at))
        self._note(number, form)

    def numbers(self, words: Words) -> list[int]:
        """Return which persons have names that this is a shorter or longer form of."""
        first, *others = _initials(words)
        alike = [(first, other) for other in ("", *others)] if others else [(first,)]
        near = {number for key in alike for number in self._alike.get(key, ())}
        return [number for number in sorted(near) if _is_called(self.persons[number], words)]

    def _note(self, number: int, form: Words) -> None:
        first, *others = _initials(form)
        for key in [(first,), *((first, other) for other in others or [""])]:
            self._alike[key].add(number)


def _initials(words: Words) -> list[str]:
    return [word[0] for word in words] or [""]


def _forms(mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[tuple[Words, str, int]]:
    seen: set[Words] = set()
    for mention in mentions:
        words = _words(mention.text, lexicon)
        if words not in seen:
            seen.add(words)
            yield words, mention.text, mention.start


def _is_called(person: Person, words: Words) -> bool:
    return any(_is_form_of(words, form) or _is_form_of(form, words) for form in person.forms)


def _is_form_of(short: Words, full: Words) -> bool:
    """Return whether a name is another with words left out, the first one not; initials count as words.

    >>> _is_form_of(("raad", "azzawi"), ("raad", "qassem", "azzawi"))
    True
    """
    if not _is_word(short[0], full[0]):
        return False
    rest = iter(full[1:])
    return all(any(_is_word(word, other) for other in rest) for word in short[1:])


def _is_word(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
