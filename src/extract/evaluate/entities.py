"""Score mentions: exact spans, labels and links.

The rules: a gold FACTION may be found as FACTION, ORG, NORP or FAC, every other label only as itself. Before
the comparison, a leading article, a trailing possessive and white space are cut off predicted spans, as the
gold guideline excludes them. Only mentions of the seven labels count. `links` defines when a link is right.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import get_args

from extract.evaluate.links import LINKED_LABELS, UNLINKED, Links, count_links, is_mislinked
from extract.evaluate.measures import Disagreement, Matches, Measures, overlaps_any
from extract.evaluate.rows import EntityRow
from extract.model import Label

LABELS: tuple[str, ...] = get_args(Label)
ACCEPTED: Mapping[str, frozenset[str]] = {
    **{label: frozenset({label}) for label in LABELS},
    "FACTION": frozenset({"FACTION", "ORG", "NORP", "FAC"}),
}
NO_SPAN = "no exact span"
N_EXAMPLES = 3

_LEADING = re.compile(r"\s*(?:(?:the|The|THE|a|an|A|An)\s+)?")
_TRAILING = re.compile(r"(?:['’]s?)?$")

_Key = tuple[str, int, int]
_Rows = Mapping[_Key, EntityRow]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often gold mentions of one label were predicted with another, or not with the exact span.

    Attributes:
        examples: The first few different gold texts.
    """

    gold: str
    predicted: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityScores:
    """What was measured on mentions.

    Attributes:
        labels: Matches by label.
        all: Matches of span and label, over the seven labels.
        span: Matches of the span alone.
        links: Links by label, for the labels of actors.
        confusions: Most frequent first.
    """

    labels: Mapping[str, Matches]
    all: Matches
    span: Matches
    links: Mapping[str, Links]
    confusions: tuple[Confusion, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def linked(self) -> Links:
        """The links of all labels together."""
        counts = self.links.values()
        return sum(counts, start=Links())

    def measures(self) -> Measures:
        """Return every ratio by its flat name, such as `FACTION.f1`."""
        named = {**self.labels, "all": self.all, "span": self.span}
        flat = {
            f"{name}.{key}": value for name, row in named.items() for key, value in row.measures().items()
        }
        for label, links in self.links.items():
            flat |= {f"{label}.{key}": value for key, value in links.measures().items()}
        return flat | self.linked.measures()


def score_entities(
    gold: Sequence[EntityRow], predicted: Sequence[EntityRow], optional: Sequence[EntityRow] = ()
) -> EntityScores:
    """Compare mentions.

    Args:
        gold: Gold mentions.
        predicted: Predicted mentions of the same articles; labels other than the seven are ignored.
        optional: Debatable spans; a prediction that overlaps one and is not in gold is not counted.
    """
    gold_rows = {_key(row): row for row in gold}
    predicted_rows = _countable(predicted, gold_rows, optional)
    same_span = [key for key in predicted_rows if key in gold_rows]
    same_label = [key for key in same_span if _agree(key, gold_rows, predicted_rows)]
    return EntityScores(
        labels={label: _match_label(label, gold_rows, predicted_rows) for label in LABELS},
        all=_match(gold_rows, predicted_rows, same_label),
        span=_match(gold_rows, predicted_rows, same_span),
        links={label: _count_links(label, gold_rows, predicted_rows) for label in LINKED_LABELS},
        confusions=_confusions(gold_rows, predicted_rows),
        disagreements=_disagreements(gold_rows, predicted_rows),
    )


def _countable(predicted: Sequence[EntityRow], gold_rows: _Rows, optional: Sequence[EntityRow]) -> _Rows:
    """Return the predictions that count: trimmed, of the seven labels and, if not in gold, not debatable."""
    trimmed = (trim_span(row) for row in predicted if row.label in LABELS)
    rows = {_key(row): row for row in trimmed if row.end > row.start}
    return {key: row for key, row in rows.items() if key in gold_rows or not overlaps_any(row, optional)}


def trim_span(row: EntityRow) -> EntityRow:
    """Cut white space, a leading article and a trailing possessive off a predicted mention.

    >>> trim_span(EntityRow("a", 0, 15, "the coalition's", "ORG")).text
    'coalition'
    """
    lead = _LEADING.match(row.text)
    start = lead.end() if lead else 0
    kept = row.text[start:].rstrip()
    tail = _TRAILING.search(kept)
    kept = kept[: tail.start()] if tail else kept
    first = row.start + start
    return replace(row, start=first, end=first + len(kept), text=kept)


def _key(row: EntityRow) -> _Key:
    return row.article, row.start, row.end


def _agree(key: _Key, gold_rows: _Rows, predicted_rows: _Rows) -> bool:
    """Return whether this gold span was predicted, with a label that gold accepts."""
    return key in predicted_rows and predicted_rows[key].label in ACCEPTED[gold_rows[key].label]


def _match(gold_rows: _Rows, predicted_rows: _Rows, matched: Sequence[_Key]) -> Matches:
    return Matches(gold=len(gold_rows), found=len(matched), predicted=len(predicted_rows), good=len(matched))


def _match_label(label: str, gold_rows: _Rows, predicted_rows: _Rows) -> Matches:
    of_gold = [key for key, row in gold_rows.items() if row.label == label]
    of_predicted = [key for key, row in predicted_rows.items() if row.label == label]
    return Matches(
        gold=len(of_gold),
        found=sum(_agree(key, gold_rows, predicted_rows) for key in of_gold),
        predicted=len(of_predicted),
        good=sum(key in gold_rows and _agree(key, gold_rows, predicted_rows) for key in of_predicted),
    )


def _count_links(label: str, gold_rows: _Rows, predicted_rows: _Rows) -> Links:
    of_gold = {key: row for key, row in gold_rows.items() if row.label == label}
    found = [
        (row, predicted_rows[key]) for key, row in of_gold.items() if _agree(key, gold_rows, predicted_rows)
    ]
    return count_links(list(of_gold.values()), found)


def _confusions(gold_rows: _Rows, predicted_rows: _Rows) -> tuple[Confusion, ...]:
    surfaces: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, row in gold_rows.items():
        if not _agree(key, gold_rows, predicted_rows):
            found = predicted_rows[key].label if key in predicted_rows else NO_SPAN
            surfaces[row.label, found].append(row.text)
    ranked = sorted(surfaces.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Confusion(gold, predicted, len(texts), tuple(dict.fromkeys(texts))[:N_EXAMPLES])
        for (gold, predicted), texts in ranked
    )


def _disagreements(gold_rows: _Rows, predicted_rows: _Rows) -> tuple[Disagreement, ...]:
    problems = (_problem(row, predicted_rows.get(key)) for key, row in gold_rows.items())
    spurious = (
        Disagreement.at(row, "entities", "spurious", found=row.label)
        for key, row in predicted_rows.items()
        if key not in gold_rows
    )
    return tuple(chain(filter(None, problems), spurious))


def _problem(gold: EntityRow, row: EntityRow | None) -> Disagreement | None:
    if row is None:
        return Disagreement.at(gold, "entities", "missed", expected=gold.label)
    if row.label not in ACCEPTED[gold.label]:
        return Disagreement.at(gold, "entities", "label", expected=gold.label, found=row.label)
    if gold.label in LINKED_LABELS and is_mislinked(row, gold):
        links = {"expected": gold.link or UNLINKED, "found": row.link or row.name or UNLINKED}
        return Disagreement.at(gold, "entities", "link", **links)
    return None
