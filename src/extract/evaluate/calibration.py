"""Whether probabilities are true: of the rows with confidence 0.8, are 80 % right?

`ece`, the expected calibration error, is the mean distance between confidence and share of right rows, over
ten steps of confidence, weighted by rows. `auc`, the area under the ROC curve, is the probability that a
right row has a higher confidence than a wrong one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from extract.evaluate.measures import share

THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95)
_STEPS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's confidence, and whether the row is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows with a confidence from `low` to `high`.

    Attributes:
        confidence: Their mean confidence.
        right: How many are right.
    """

    low: float
    high: float
    rows: int
    confidence: float
    right: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How true the probabilities of one column are."""

    rows: tuple[Judged, ...]

    @property
    def bins(self) -> list[Bin]:
        """The rows by steps of confidence, lowest first; empty steps are left out."""
        steps: dict[int, list[Judged]] = {}
        for row in self.rows:
            steps.setdefault(min(int(row.confidence * _STEPS), _STEPS - 1), []).append(row)
        return [_bin(step, rows) for step, rows in sorted(steps.items())]

    @property
    def ece(self) -> float | None:
        """The expected calibration error; None without rows."""
        gap = sum(abs(one.confidence * one.rows - one.right) for one in self.bins)
        return gap / len(self.rows) if self.rows else None

    @property
    def auc(self) -> float | None:
        """The area under the ROC curve; None unless there are right and wrong rows."""
        right = sorted(row.confidence for row in self.rows if row.right)
        wrong = sorted(row.confidence for row in self.rows if not row.right)
        below = sum(bisect_left(wrong, one) + bisect_right(wrong, one) for one in right)
        return below / 2 / (len(right) * len(wrong)) if right and wrong else None

    def above(self, threshold: float) -> "Calibration":
        """Return the rows with at least this confidence."""
        return Calibration(tuple(row for row in self.rows if row.confidence >= threshold))

    @property
    def precision(self) -> float | None:
        """The share of right rows; None without rows."""
        return share(sum(row.right for row in self.rows), len(self.rows))

    def as_dict(self) -> dict[str, object]:
        """Return the measures by name; `bins` are the rows by steps of confidence."""
        measures = {"rows": len(self.rows), "precision": self.precision, "ece": self.ece, "auc": self.auc}
        return {**measures, "bins": [asdict(one) for one in self.bins]}


def _bin(step: int, rows: Sequence[Judged]) -> Bin:
    mean = sum(row.confidence for row in rows) / len(rows)
    return Bin(step / _STEPS, (step + 1) / _STEPS, len(rows), mean, sum(row.right for row in rows))
