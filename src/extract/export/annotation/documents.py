"""What is exchanged with annotation tools: texts with marks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from extract.export.selection import Selection
from extract.model import Label, QuoteType, TimexType

Layer = Literal["entity", "quote", "date"]
Row = Mapping[str, Any]

_LABELS: Mapping[Layer, tuple[str, ...]] = {
    "entity": get_args(Label),
    "quote": get_args(QuoteType),
    "date": get_args(TimexType),
}
LAYERS: tuple[Layer, ...] = get_args(Layer)
ALL_LABELS: tuple[str, ...] = tuple(label for labels in _LABELS.values() for label in labels)
_LAYER_OF: Mapping[str, Layer] = {label: layer for layer, labels in _LABELS.items() for label in labels}

_SPAN = ("article_id", "start_char", "end_char")
_COLUMNS: Mapping[Layer, tuple[str, ...]] = {
    "entity": (*_SPAN, "label", "entity_id", "entity_name"),
    "quote": (
        *(*_SPAN, "type", "speaker_text", "speaker_start", "speaker_end", "speaker_entity_id"),
        *("speaker_name", "cue", "cue_start", "cue_end"),
    ),
    "date": (*_SPAN, "type", "value", "mod", "anchor", "earliest", "latest"),
}
_TABLES: Mapping[Layer, str] = {"entity": "entities", "quote": "quotes", "date": "dates"}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marked stretch of a text. Labels of names, quotes and dates differ, so that one tells the layer.

    Attributes:
        start: Offset of its first character, in code points.
        end: Offset after its last character.
        label: Label of a name, type of a quote, TIMEX3 type of a date.
        value: Who or when it is: the id or the name of an actor or a speaker, a TIMEX3 value; empty if that
            is not known, None if the tool cannot tell.
        row: The row of the table that it comes from, if it does.
    """

    start: int
    end: int
    label: str
    value: str | None = ""
    row: Row = field(default_factory=dict, compare=False, repr=False)

    @property
    def layer(self) -> Layer:
        """What it marks."""
        return _LAYER_OF[self.label]


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its marks, in text order."""

    article_id: str
    text: str
    marks: tuple[Mark, ...]

    def of(self, layer: Layer) -> list[Mark]:
        """Return the marks of one layer."""
        return [mark for mark in self.marks if mark.layer == layer]


def documents(selection: Selection) -> Iterator[Document]:
    """Yield the articles of a selection with what the tables have of them."""
    rows = {layer: _Runs(selection, layer) for layer in LAYERS}
    for article in selection.rows("articles", ("article_id", "text")):
        marks = [_mark(layer, row) for layer in LAYERS for row in rows[layer].of(article["article_id"])]
        yield Document(article["article_id"], article["text"], tuple(sorted(marks, key=_by_place)))


def is_label(label: str) -> bool:
    """Return whether a label is one of ours."""
    return label in _LAYER_OF


def tracks(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Return marks in rows of which none overlap, for formats in which a word has one label."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        free = next((row for row in rows if row[-1].end <= mark.start), None)
        if free is None:
            rows.append([mark])
        else:
            free.append(mark)
    return rows


class _Runs:
    """The rows of a table by article; they are read where they are needed."""

    def __init__(self, selection: Selection, layer: Layer) -> None:
        self._table = selection.table(_TABLES[layer], _COLUMNS[layer]).combine_chunks()
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, article_id in enumerate(self._table["article_id"].to_pylist()):
            self._places[article_id].append(place)

    def of(self, article_id: str) -> list[Row]:
        """Return the rows of an article."""
        places = self._places.pop(article_id, [])
        if not places:
            return []
        if places[-1] - places[0] + 1 == len(places):
            rows: list[Row] = self._table.slice(places[0], len(places)).to_pylist()
            return rows
        taken: list[Row] = self._table.take(places).to_pylist()
        return taken


def _by_place(mark: Mark) -> tuple[int, int, str]:
    return mark.start, mark.end, mark.label


def _mark(layer: Layer, row: Row) -> Mark:
    value = {
        "entity": lambda: row["entity_id"] or row["entity_name"],
        "quote": lambda: row["speaker_entity_id"] or row["speaker_name"],
        "date": lambda: row["value"],
    }[layer]()
    label = row["label"] if layer == "entity" else row["type"]
    return Mark(row["start_char"], row["end_char"], label, " ".join((value or "").split()), row)
