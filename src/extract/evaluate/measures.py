"""Counts and ratios shared by all scorers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from extract.evaluate.rows import Row

Measures = Mapping[str, float | None]
Problem = Literal["missed", "spurious", "label", "link", "type", "speaker", "value", "span"]


@dataclass(frozen=True, slots=True)
class Matches:
    """How gold rows and predictions of one kind match.

    Attributes:
        found: Gold rows that match a prediction.
        good: Predictions that match a gold row; equal to `found` unless a label accepts several others.
    """

    gold: int
    found: int
    predicted: int
    good: int

    @property
    def precision(self) -> float | None:
        """Share of predictions that are good; None without predictions."""
        return share(self.good, self.predicted)

    @property
    def recall(self) -> float | None:
        """Share of gold that is found; None without gold."""
        return share(self.found, self.gold)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None if one is missing or nothing matched."""
        precision, recall = self.precision, self.recall
        if not precision or not recall:
            return None
        return 2 * precision * recall / (precision + recall)

    def measures(self) -> dict[str, float | None]:
        """Return the three ratios by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where prediction and gold differ, for whoever fixes the rules.

    Attributes:
        table: `entities`, `quotes` or `dates`.
        start: Offset in the article's text.
        expected: What gold says, `-` for a spurious row.
        found: What was predicted, `-` for a missed one.
    """

    table: str
    problem: Problem
    article_id: str
    start: int
    end: int
    expected: str
    found: str

    @classmethod
    def at(cls, place: Row, table: str, problem: Problem, *, expected: str = "-", found: str = "-") -> Self:
        """Create a disagreement at the position of a row."""
        return cls(table, problem, place.article, place.start, place.end, expected, found)


def share(part: int, whole: int) -> float | None:
    """Return part / whole, None if the whole is 0.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def overlap(start: int, end: int, other_start: int, other_end: int) -> int:
    """Return the number of characters that two spans share, 0 or less if they do not overlap.

    >>> overlap(0, 10, 6, 20)
    4
    """
    return min(end, other_end) - max(start, other_start)


def overlaps_any(row: Row, others: Iterable[Row]) -> bool:
    """Return whether a row shares text with one of the others of its article."""
    return any(
        row.article == other.article and overlap(row.start, row.end, other.start, other.end) > 0
        for other in others
    )
