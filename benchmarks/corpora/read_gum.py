"""Read GUM, the Georgetown University Multilayer corpus: texts, coreference and attribution relations.

GUM (https://github.com/amir-zeldes/gum, annotations CC BY 4.0) keeps all layers of a document in one file,
`dep/GUM_<genre>_<name>.conllu`. Of its last column (guidelines: https://gucorpling.org/gum) are read:

- `Entity`: mentions as brackets. `(3-person-giv:act-sssss-cf1-1-ana-Jo_Brandt` opens a mention of the chain
  3, `3)` closes it. Chains include appositions, predicates and mentions that occur once. `it` in `it rained`
  has no mention.
- `SplitAnte=1<5,2<5`: the chain 5 (`they`) is made up of the chains 1 and 2.
- `Discourse`: on the first word of each elementary discourse unit, its relations (eRST).
  `attribution-positive:6->7:...` says that unit 6 is the source clause (`he said`) of unit 7.

Texts are put together from the words, because GUM has no other plain text. Paragraphs are separated by empty
lines.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote

PARTS = ("train", "dev", "test")
_BRACKET = re.compile(r"\((?P<opened>[^()]*)(?P<at_once>\))?|(?P<closed>[^()]+)\)")
_RELATION = re.compile(r"(?P<name>attribution-(?:positive|negative)):(?P<source>\d+)->(?P<content>\d+):")
_UNIT = re.compile(r"Discourse=[\w-]+:(?P<number>\d+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IDENTITY = 7  # the field of a bracket that holds the title on Wikipedia


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a document.

    Attributes:
        governor: The number of the word that it depends on, among all words of the document; None for a root.
        misc: The last column.
    """

    start: int
    end: int
    tag: str
    governor: int | None
    misc: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention of somebody or something.

    Attributes:
        chain: The number of its coreference chain in the document.
        head: Offset of its head word.
        is_name: Whether its head is a proper name.
        identity: Title of the article on Wikipedia; empty if there is none.
    """

    start: int
    end: int
    chain: str
    head: int
    is_name: bool
    identity: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source clause and the unit that it is the source of.

    Attributes:
        source: Start and end of the source clause.
        content: Start and end of the main unit of what is said.
    """

    source: tuple[int, int]
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class GumDocument:
    """One document.

    Attributes:
        name: Such as `GUM_news_flag`.
        part: `train`, `dev` or `test`.
        published: Its day in ISO format; None if unknown.
        members: The chains that make up a chain of several (`they`), by that chain.
    """

    name: str
    part: str
    text: str
    published: str | None
    mentions: tuple[GoldMention, ...]
    members: dict[str, frozenset[str]]
    attributions: tuple[Attribution, ...]

    @property
    def genre(self) -> str:
        """Its genre, such as `news`."""
        return self.name.split("_")[1]


def read_gum(folder: Path, part: str, genres: Iterable[str]) -> list[GumDocument]:
    """Read the documents of some genres in one part of GUM's own split, in the order of their names.

    Args:
        folder: A copy of the repository.
        part: `train`, `dev` or `test`.
        genres: Such as `news`.
    """
    splits = folder / "splits.md"
    if not splits.is_file():
        sys.exit(f"{splits} does not exist. Give the folder of a copy of github.com/amir-zeldes/gum.")
    wanted = frozenset(genres)
    names = [name for name in _names(splits.read_text("utf-8"), part) if name.split("_")[1] in wanted]
    return [read_document(folder / "dep" / f"{name}.conllu", part) for name in names]


def _names(splits: str, part: str) -> list[str]:
    """Return the names of the documents in a part."""
    section = re.search(rf"^## {part}$(?P<names>.*?)(?=^## |\Z)", splits, re.DOTALL | re.MULTILINE)
    return sorted(re.findall(r"\* (\w+)", section["names"])) if section else []


def read_document(path: Path, part: str) -> GumDocument:
    """Read one file."""
    lines = path.read_text("utf-8").splitlines()
    text, words = _read_words(lines)
    created = next((line for line in lines if line.startswith("# meta::dateCreated")), "")
    day = _DAY.search(created)
    return GumDocument(
        name=path.stem,
        part=part,
        text=text,
        published=day.group() if day else None,
        mentions=tuple(_mentions(words)),
        members=_members(words),
        attributions=tuple(_attributions(words)),
    )


def _read_words(lines: Iterable[str]) -> tuple[str, list[Word]]:
    """Return the text that the words make up, and the words."""
    text, gap, words = "", "", list[Word]()
    for starts_paragraph, rows in _sentences(lines):
        first, gaps = len(words), _gaps(rows)
        if starts_paragraph and text:
            gap = "\n\n"
        for number, form, *_, tag, _, governor, _, _, misc in rows:
            if not number.isdigit():
                continue
            start = len(text) + len(gap)
            before = None if governor == "0" else first + int(governor) - 1
            words.append(Word(start, start + len(form), tag, before, misc))
            text, gap = text + gap + form, gaps[int(number)]
    return text, words


def _sentences(lines: Iterable[str]) -> Iterator[tuple[bool, list[list[str]]]]:
    """Yield the rows of each sentence, and whether a paragraph starts with it."""
    for is_gap, group in groupby(lines, key=lambda line: not line):
        if not is_gap:
            sentence = list(group)
            starts_paragraph = any(line.startswith("# newpar") for line in sentence)
            yield starts_paragraph, [line.split("\t") for line in sentence if not line.startswith("#")]


def _gaps(rows: Iterable[Sequence[str]]) -> dict[int, str]:
    """Return what follows each word: a space or nothing.

    A row with the numbers `2-3` stands before words that are written together (`Trump's`). Decimals number
    words that are only understood.
    """
    gaps = dict[int, str]()
    for number, *_, misc in rows:
        if "." not in number:
            first, _, last = number.partition("-")
            inner, end = range(int(first), int(last or first)), int(last or first)
            for joined in inner:
                gaps[joined] = ""
            gaps.setdefault(end, "" if "SpaceAfter=No" in misc else " ")
    return gaps


def _mentions(words: Sequence[Word]) -> Iterator[GoldMention]:
    """Yield the mentions in the order of their ends."""
    open_since: dict[str, list[tuple[int, str]]] = {}
    for number, word in enumerate(words):
        for bracket in _BRACKET.finditer(_field(word, "Entity")):
            opened, closed = bracket["opened"], bracket["closed"]
            if opened is not None:
                open_since.setdefault(opened.split("-")[0], []).append((number, opened))
            key = opened.split("-")[0] if opened and bracket["at_once"] else closed
            if key is not None:
                first, attributes = open_since[key].pop()
                yield _mention(words, first, number, attributes)


def _mention(words: Sequence[Word], first: int, last: int, attributes: str) -> GoldMention:
    """Return the mention from one word to another; its head depends on none of the words inside."""
    inside = range(first, last + 1)
    head = words[next(number for number in inside if words[number].governor not in inside)]
    fields = attributes.split("-", _IDENTITY)
    return GoldMention(
        start=words[first].start,
        end=words[last].end,
        chain=fields[0],
        head=head.start,
        is_name=head.tag.startswith("NNP"),
        identity=unquote(fields[_IDENTITY]).replace("_", " ") if len(fields) > _IDENTITY else "",
    )


def _members(words: Iterable[Word]) -> dict[str, frozenset[str]]:
    """Return the chains that make up a chain of several."""
    pairs = [
        pair.split("<")
        for word in words
        if "SplitAnte=" in word.misc
        for pair in _field(word, "SplitAnte").split(",")
    ]
    return {whole: frozenset(one for one, of in pairs if of == whole) for _, whole in pairs}


def _attributions(words: Sequence[Word]) -> Iterator[Attribution]:
    """Yield the attributions in the order of their source clauses."""
    starts = [
        (number, unit["number"]) for number, word in enumerate(words) if (unit := _UNIT.search(word.misc))
    ]
    ends = [number for number, _ in starts[1:]] + [len(words)]
    spans = {
        unit: (words[first].start, words[end - 1].end)
        for (first, unit), end in zip(starts, ends, strict=True)
    }
    for first, _ in starts:
        for found in _RELATION.finditer(_field(words[first], "Discourse")):
            yield Attribution(spans[found["source"]], spans[found["content"]])


def _field(word: Word, name: str) -> str:
    """Return a value in a word's last column; empty if it has none."""
    values = (part.removeprefix(f"{name}=") for part in word.misc.split("|") if part.startswith(f"{name}="))
    return next(values, "")
