"""Names in GUM: the corpus marks every mention ("the old town of Basra"), we want the name in it ("Basra").

A mention's name is the run of capitalised words round its head, if the head is a proper noun.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from training.job import Sentence

NAME_TAGS = ("NNP", "NNPS")
OTHER_NAME_TAGS = ("HYPH", "CD")  # Al - Anbar, Camp 7
NEVER_IN_NAMES = ("DET", "PRON", "ADV")  # with a capital they only start a sentence
LONGEST_JOINT = 2  # "of the"


@dataclass(frozen=True, slots=True)
class Word:
    """The columns of a CoNLL-U line that are needed."""

    id: str
    form: str
    upos: str
    xpos: str
    head: str
    misc: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention from its first to its last word, counted from 0."""

    kind: str
    first: int
    last: int


def select(paths: Iterable[str], corpus: dict[str, Any]) -> Iterator[str]:
    """Yield the files of the wanted genres."""
    wanted = tuple(f"{corpus['under']}GUM_{genre}_" for genre in corpus["genres"])
    return (path for path in paths if path.startswith(wanted))


def read_sentences(text: str, corpus: dict[str, Any]) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file."""
    joining = frozenset(corpus["joining"])
    for block in text.split("\n\n"):
        words = [read_word(line) for line in block.split("\n") if re.match(r"\d+\t", line)]
        if words:
            tags = tag_names(words, corpus["labels"], joining)
            yield [(word.form.replace(" ", "\xa0"), tag) for word, tag in zip(words, tags, strict=True)]


def read_word(line: str) -> Word:
    """Read a line."""
    columns = line.split("\t")
    return Word(columns[0], columns[1], columns[3], columns[4], columns[6], columns[9])


def tag_names(words: list[Word], labels: dict[str, str], joining: frozenset[str]) -> list[str]:
    """Return the tags of a sentence: of names within names only the one in the longest mention."""
    tags = ["O"] * len(words)
    for entity in sorted(find_entities(words), key=lambda entity: entity.first - entity.last):
        span = find_name(words, entity, joining) if entity.kind in labels else None
        if span and all(tag == "O" for tag in tags[span[0] : span[1] + 1]):
            first, last = span
            label = labels[entity.kind]
            tags[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return tags


def find_entities(words: list[Word]) -> list[Entity]:
    """Read GUM's brackets: `(1-person-...` opens a mention, `1)` closes it, `(2-place-...)` is one word."""
    entities = []
    opened: list[tuple[str, str, int]] = []
    for index, word in enumerate(words):
        field = re.search(r"Entity=([^|]*)", word.misc)
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", field[1]) if field else ():
            number, *details = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((number, details[0], index))
            if part.endswith(")"):
                at = next((at for at in reversed(range(len(opened))) if opened[at][0] == number), None)
                if at is not None:
                    _, kind, first = opened.pop(at)
                    entities.append(Entity(kind, first, index))
    return entities


def find_name(words: list[Word], entity: Entity, joining: frozenset[str]) -> tuple[int, int] | None:
    """Return first and last word of the name in a mention, None where its head is no proper noun."""
    mention = range(entity.first, entity.last + 1)
    inside = {words[index].id for index in mention}
    head = next((index for index in mention if words[index].head not in inside), None)
    if head is None or words[head].xpos not in NAME_TAGS:
        return None
    return grow(words, head, -1, entity.first, joining), grow(words, head, 1, entity.last, joining)


def grow(words: list[Word], start: int, step: int, limit: int, joining: frozenset[str]) -> int:
    """Return how far a name reaches in one direction, over at most two joining words at a time."""
    reached = start
    while True:
        for length in range(LONGEST_JOINT + 1):
            target = reached + step * (length + 1)
            if (limit - target) * step < 0:
                return reached
            joint = [words[reached + step * (k + 1)] for k in range(length)]
            if all(word.form in joining for word in joint) and is_part(words[target]):
                reached = target
                break
        else:
            return reached


def is_part(word: Word) -> bool:
    """Return whether a word can be a part of a name."""
    capitalised = word.form[0].isupper() and word.upos not in NEVER_IN_NAMES
    return word.xpos in NAME_TAGS + OTHER_NAME_TAGS or capitalised
