"""Scoring of mentions: exact spans, labels and links.

The rules: a gold FACTION may be found as FACTION, ORG, NORP or FAC, every other label only as itself. Before
the comparison a predicted span loses a leading article, a trailing possessive and white space, which the
gold guideline leaves out. Only mentions of the seven labels count. When a link is right says `links`.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import get_args

from extract.evaluate.links import LINKED_LABELS, UNLINKED, Links, count_links, is_mislinked
from extract.evaluate.measures import Disagreement, Matches, Measures, overlap
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
    """How often gold mentions of one label were predicted as another, or not on the span at all.

    Attributes:
        examples: The first different words of gold that it happened to.
    """

    gold: str
    predicted: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityScores:
    """What was measured on mentions.

    Attributes:
        labels: By label.
        all: Over the seven labels, span and label right.
        span: The span alone.
        links: By label, for labels that name actors.
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
        predicted: Predicted mentions of the same articles; other labels than the seven are left out.
        optional: Debatable spans: a prediction that is not in gold and overlaps one is not counted.
    """
    wanted = {_key(row): row for row in gold}
    trimmed = (trim_span(row) for row in predicted if row.label in LABELS)
    given = {_key(row): row for row in trimmed if row.end > row.start}
    given = {key: row for key, row in given.items() if key in wanted or not _debatable(row, optional)}
    return EntityScores(
        labels={label: _match_label(label, wanted, given) for label in LABELS},
        all=_match(wanted, given, [key for key in given if key in wanted and _agree(key, wanted, given)]),
        span=_match(wanted, given, [key for key in given if key in wanted]),
        links={label: _count_links(label, wanted, given) for label in LINKED_LABELS},
        confusions=_confusions(wanted, given),
        disagreements=_disagreements(wanted, given),
    )


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


def _debatable(row: EntityRow, optional: Sequence[EntityRow]) -> bool:
    return any(
        row.article == other.article and overlap(row.start, row.end, other.start, other.end) > 0
        for other in optional
    )


def _agree(key: _Key, wanted: _Rows, given: _Rows) -> bool:
    """Return whether the prediction on this gold span has a label that gold accepts."""
    return key in given and given[key].label in ACCEPTED[wanted[key].label]


def _match(wanted: _Rows, given: _Rows, met: Sequence[_Key]) -> Matches:
    return Matches(gold=len(wanted), found=len(met), predicted=len(given), good=len(met))


def _match_label(label: str, wanted: _Rows, given: _Rows) -> Matches:
    of_gold = [key for key, row in wanted.items() if row.label == label]
    of_given = [key for key, row in given.items() if row.label == label]
    return Matches(
        gold=len(of_gold),
        found=sum(_agree(key, wanted, given) for key in of_gold),
        predicted=len(of_given),
        good=sum(key in wanted and _agree(key, wanted, given) for key in of_given),
    )


def _count_links(label: str, wanted: _Rows, given: _Rows) -> Links:
    of_gold = {key: row for key, row in wanted.items() if row.label == label}
    found = [(row, given[key]) for key, row in of_gold.items() if _agree(key, wanted, given)]
    return count_links(list(of_gold.values()), found)


def _confusions(wanted: _Rows, given: _Rows) -> tuple[Confusion, ...]:
    surfaces: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, row in wanted.items():
        if not _agree(key, wanted, given):
            surfaces[row.label, given[key].label if key in given else NO_SPAN].append(row.text)
    ranked = sorted(surfaces.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Confusion(gold, predicted, len(texts), tuple(dict.fromkeys(texts))[:N_EXAMPLES])
        for (gold, predicted), texts in ranked
    )


def _disagreements(wanted: _Rows, given: _Rows) -> tuple[Disagreement, ...]:
    problems = (_problem(row, given.get(key)) for key, row in wanted.items())
    spurious = (
        Disagreement.at(row, "entities", "spurious", found=row.label)
        for key, row in given.items()
        if key not in wanted
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
