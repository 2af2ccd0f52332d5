"""What an annotator changed, as corrections by hand."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from extract.export.annotation.documents import Document, Layer, Mark
from extract.overrides.files import fault_of
from extract.overrides.words import words_pattern

Fields = dict[str, object]
Place = tuple[int, int]

_NAMED = {"entity": "name", "quote": "quote", "date": "date"}  # as `drop` has them


@dataclass(slots=True)
class Differences:
    """The changes of some articles.

    Attributes:
        corrections: As entries of a file of corrections.
        unsaid: How often something was changed that no correction can say, by what it is.
    """

    corrections: list[Fields] = field(default_factory=list)
    unsaid: Counter[str] = field(default_factory=Counter)


def differences(pairs: Iterable[tuple[Document, Document]], known_ids: Collection[str]) -> Differences:
    """Return what annotators changed.

    Args:
        pairs: Each article as it is published, and as it came back.
        known_ids: The ids of actors and places.
    """
    found = Differences()
    for before, after in pairs:
        for layer in ("entity", "quote", "date"):
            _Comparison(before, after, layer, known_ids, found).add()
    return found


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Compares one layer of an article."""

    before: Document
    after: Document
    layer: Layer
    known_ids: Collection[str]
    found: Differences

    def add(self) -> None:
        """Add all differences."""
        old = {(mark.start, mark.end): mark for mark in self.before.of(self.layer)}
        new = {(mark.start, mark.end): mark for mark in self.after.of(self.layer)}
        for place in sorted(old.keys() | new.keys()):
            if place not in new:
                if not (self.layer == "entity" and _is_replaced(place, new.keys() - old.keys())):
                    self._correct(place, {"drop": _NAMED[self.layer]})
            elif place not in old:
                self._add_new(place, new[place])
            else:
                self._add_changed(place, old[place], new[place])

    def _add_new(self, place: Place, mark: Mark) -> None:
        if self.layer == "quote":
            speaker: Fields = {"speaker": mark.value} if mark.value else {}
            self._correct(place, {"quote": mark.label, **speaker})
        elif self.layer == "entity":
            self._correct(place, self._meaning(mark))
        elif mark.value:
            self._correct(place, {"value": mark.value})
        else:
            self.found.unsaid["new dates without a value"] += 1

    def _add_changed(self, place: Place, old: Mark, new: Mark) -> None:
        value = old.value if new.value is None else new.value
        if (old.label, old.value) == (new.label, value):
            return
        if self.layer == "entity":
            self._correct(place, {"label": new.label} if value == old.value else self._other_meaning(new))
        elif self.layer == "quote":
            right: Fields = {"quote": new.label} if new.label != old.label else {}
            self._correct(place, right | ({"speaker": value} if value != old.value else {}))
        elif value != old.value:
            self._correct(place, {"value": value})
        else:
            self.found.unsaid["other types of dates"] += 1

    def _meaning(self, mark: Mark) -> Fields:
        """Return whom a name means: an id says it all, a name needs a label."""
        if mark.value in self.known_ids:
            return {"entity": mark.value}
        return {"name": mark.value, "label": mark.label} if mark.value else {"label": mark.label}

    def _other_meaning(self, mark: Mark) -> Fields:
        """Return whom a name means that meant somebody else: a label alone would leave the link."""
        return self._meaning(mark) if mark.value else {"entity": "", "label": mark.label}

    def _correct(self, place: Place, right: Fields) -> None:
        """Add a correction, if the words can be found again and what is right is valid."""
        words = self.before.text[slice(*place)]
        where = {"article": self.before.article_id, "text": " ".join(words.split()), "start": place[0]}
        if not _is_whole(self.before.text, place):
            self.found.unsaid["marks within a word"] += 1
        elif fault_of(where | right):
            self.found.unsaid["values that are not valid"] += 1
        else:
            self.found.corrections.append(where | right)


def _is_replaced(place: Place, new: Iterable[Place]) -> bool:
    """Return whether a new name takes the place of one: its correction does."""
    return any(start < place[1] and place[0] < end for start, end in new)


def _is_whole(text: str, place: Place) -> bool:
    """Return whether words begin and end where a word does, so that a correction finds them."""
    words = text[slice(*place)]
    return re.compile(words_pattern(words)).match(text, place[0]) is not None


def paired(published: Iterable[Document], given: Iterable[Document]) -> Iterator[tuple[Document, Document]]:
    """Yield each article that came back, with its published form."""
    back = {one.article_id: one for one in given}
    for before in published:
        after = back.get(before.article_id)
        if after is not None:
            yield before, after
