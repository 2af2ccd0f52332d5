"""Asks about what is doubtful, and writes down what is right."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, get_args

from rich.text import Text

from extract.cli.corrections.type_ahead import Keyboard
from extract.cli.screen.names import excerpt
from extract.doubtful import Doubt
from extract.lexicon import Entity, Lexicon, load_lexicon
from extract.lexicon.keys import fold
from extract.lexicon.new_entries import add_entry, id_of
from extract.model import Label
from extract.overrides.files import fault_of
from extract.overrides.writing import append_entry
from extract.printable import printable

_KEYS = {
    "y": "right",
    "w": "wrong",
    "a": "is an actor",
    "n": "new actor",
    "o": "other name or value",
    "d": "drop",
    "e": "everywhere or here",
    "s": "skip",
    "u": "undo",
    "q": "quit",
}
_OF_ACTORS = "an"  # keys that a date has no use for

Fields = dict[str, object]
Place = tuple[str | None, str, int | None]


class _Answer(NamedTuple):
    """An answer: the length of the file before it, the number of its question, and where it holds."""

    length: int
    at: int
    place: Place


def place_of(doubt: Doubt) -> Place:
    """Return where a correction of something doubtful holds."""
    return doubt.article, doubt.text, doubt.start


class Dialogue:
    """Asks one question after another. Every answer is on the disk before the next one is asked.

    Args:
        path: The file for the answers.
        lexicon: Knows the actors.
        models_dir: Where new actors are written.
        keyboard: Reads the answers.
        record: Further fields of every answer, such as `by`.
        decided: The places, from `place_of`, that need no question.
    """

    def __init__(
        self,
        path: Path,
        lexicon: Lexicon,
        models_dir: Path,
        keyboard: Keyboard,
        *,
        record: Mapping[str, object],
        decided: Iterable[Place] = (),
    ) -> None:
        self.path, self.lexicon, self.models_dir = path, lexicon, models_dir
        self.keyboard, self.console, self.record = keyboard, keyboard.console, record
        self._decided = set(decided)
        self._answers: list[_Answer] = []

    @property
    def n_decided(self) -> int:
        """Number of answers that were written and not undone."""
        return len(self._answers)

    def ask_all(self, doubts: Sequence[Doubt]) -> None:
        """Ask about each, until the user has had enough."""
        self.console.print("  ".join(f"{key} {what}" for key, what in _KEYS.items()), style="dim")
        at: int | None = 0
        with suppress(EOFError):
            while at is not None and at < len(doubts):
                at = self._ask(doubts, at) if place_of(doubts[at]) not in self._decided else at + 1

    def _ask(self, doubts: Sequence[Doubt], at: int) -> int | None:
        """Ask about one; return the number of the next question, None to end."""
        doubt = doubts[at]
        self._show(doubt, f"{at + 1}/{len(doubts)}")
        everywhere = doubt.article is None
        while True:
            key = self.keyboard.key("".join(_KEYS))
            if key == "q":
                return None
            if key == "s":
                return at + 1
            if key == "u":
                return self._undo(at)
            if key == "e":
                everywhere = self._toggled(doubt, everywhere=everywhere)
                continue
            right = self._answer(doubt, key)
            if right is not None and self._write(doubt, right, at, everywhere=everywhere):
                return at + 1

    def _answer(self, doubt: Doubt, key: str) -> Fields | None:
        """Return what a key says is right; None if the user thought better of it."""
        if key in _OF_ACTORS and doubt.kind == "date":
            return None
        answers: Mapping[str, Callable[[Doubt], Fields | None]] = {
            "y": _right,
            "w": _wrong,
            "d": lambda _: {"drop": True},
            "a": self._actor,
            "n": self._new_actor,
            "o": self._other,
        }
        return answers[key](doubt)

    def _actor(self, doubt: Doubt) -> Fields | None:
        chosen = self.keyboard.choose("actor", self._find, lambda one: f"{one.name} ({one.id})")
        return None if chosen is None else {_field(doubt): chosen.id}

    def _find(self, typed: str) -> list[Entity]:
        """Return the entities with a name of which all the words typed begin one, the shortest name first."""
        words = fold(typed).split()
        if not words:
            return []
        fitting: dict[str, Entity] = {}
        for name, entity in self._names:
            if all(f" {word}" in name for word in words):
                fitting.setdefault(entity.id, entity)
        return list(fitting.values())

    @cached_property
    def _names(self) -> list[tuple[str, Entity]]:
        names = [
            (f" {fold(name)}".replace("-", " "), entity)
            for entity in self.lexicon.entities.values()
            for name in (entity.name, *entity.aliases)
        ]
        return sorted(names, key=lambda one: (len(one[0]), one[1].id))

    def _new_actor(self, doubt: Doubt) -> Fields | None:
        """Write a new entry of the lexicon, and return the correction that links the words to it."""
        name = self.keyboard.line("name", doubt.found if doubt.kind == "speaker" else doubt.text)
        label = self.keyboard.choose("label", _labels_first(doubt.label), str) if name else None
        if not name or label is None:
            return None
        if id_of(name) in self.lexicon.entities:
            self.console.print(f"There is {id_of(name)} already: choose it with a.", markup=False)
            return None
        evidence = f"{doubt.article or f'{doubt.articles} articles'}: {printable(doubt.sentence)}"
        path = add_entry(self.models_dir, label, name, evidence)
        self.lexicon = load_lexicon(self.models_dir)
        self.__dict__.pop("_names", None)
        self.console.print(f"Written to {printable(path)}.", markup=False)
        return {_field(doubt): id_of(name)}

    def _other(self, doubt: Doubt) -> Fields | None:
        field = {"name": "name", "speaker": "speaker", "date": "value"}[doubt.kind]
        typed = self.keyboard.line(field, doubt.found)
        return {field: typed} if typed else None

    def _write(self, doubt: Doubt, right: Fields, at: int, *, everywhere: bool) -> bool:
        """Write an answer; return whether it is a valid correction."""
        place = (None, doubt.text, None) if everywhere else place_of(doubt)
        article, text, start = place
        fields = {"article": article, "start": start, "text": text, **right, **self.record}
        fault = (
            "These words are corrected everywhere already." if place in self._decided else fault_of(fields)
        )
        if fault:
            self.console.print(f"  {printable(fault)}", markup=False)
            return False
        self._answers.append(_Answer(append_entry(self.path, fields), at, place))
        self._decided.add(place)
        told = ", ".join(f"{name} = {value!r}" for name, value in right.items())
        self.console.print(f"  {printable(told)}{' everywhere' if everywhere else ''}", markup=False)
        return True

    def _undo(self, at: int) -> int:
        """Take the last answer back; return the number of its question."""
        if not self._answers:
            return at
        last = self._answers.pop()
        os.truncate(self.path, last.length)
        self._decided.discard(last.place)
        self.console.print("The last answer is taken back.")
        return last.at

    def _toggled(self, doubt: Doubt, *, everywhere: bool) -> bool:
        """Return whether an answer now holds everywhere: of a name in one article, the user decides."""
        if doubt.article is None or doubt.kind != "name":
            return everywhere
        self.console.print("  here" if everywhere else "  everywhere")
        return not everywhere

    def _show(self, doubt: Doubt, number: str) -> None:
        row = doubt.worksheet_row()
        times = f"{doubt.mentions} × in {doubt.articles} articles" if doubt.articles > 1 else doubt.article
        sentence = Text(printable(excerpt(doubt.sentence, [doubt.text])))
        sentence.highlight_words([printable(doubt.text)], style="bold")
        head = f"{number} {doubt.kind} {doubt.confidence:.0%}, {times}"
        self.console.print(printable(head), style="cyan", markup=False)
        self.console.print("  ", sentence)
        self.console.print(printable(f"  {doubt.text} = {row['#found']} ?"), markup=False)


def _right(doubt: Doubt) -> Fields:
    """Return the correction that says what the tables say."""
    if doubt.kind == "date":
        return {"value": doubt.found}
    if doubt.kind == "speaker":
        return {"speaker": doubt.found_id if doubt.is_linked else doubt.found}
    return {"entity": doubt.found_id} if doubt.is_linked else {"label": doubt.label}


def _wrong(doubt: Doubt) -> Fields:
    """Return the correction that takes back what the tables say, and says nothing in its place."""
    if doubt.kind == "speaker":
        return {"speaker": ""}
    return {"entity": ""} if doubt.is_linked else {"drop": doubt.kind}


def _field(doubt: Doubt) -> str:
    return "speaker" if doubt.kind == "speaker" else "entity"


def _labels_first(first: str) -> Callable[[str], list[Label]]:
    """Return a search among the labels, the likeliest first."""
    labels: list[Label] = sorted(get_args(Label), key=lambda label: label != first)
    return lambda typed: [label for label in labels if label.startswith(typed.upper())]
