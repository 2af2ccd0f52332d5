"""Score temporal expressions by the rules of TempEval-3.

A prediction is paired with at most one gold expression: same span first, then the largest overlap. strict =
same span, relaxed = any overlap; value and type F1 count relaxed pairs whose value (exact string) or type is
right. Of overlapping rows on one side, only the first and longest is kept. `mod` and the range of days are
measured on pairs whose gold has them.

Source: UzZaman et al. 2013, SemEval-2013 Task 1, and its published scorer.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.evaluate.measures import Disagreement, Measures, overlap, share
from extract.evaluate.rows import DateRow

_Pair = tuple[DateRow, DateRow]


@dataclass(frozen=True, slots=True)
class DateScores:
    """What was measured on temporal expressions.

    Attributes:
        relaxed: Pairs that overlap; the other pair counts are subsets of these.
        mod_gold: Pairs whose gold has a `mod`; `range_gold` likewise for a range of days.
    """

    gold: int
    predicted: int
    relaxed: int
    strict: int
    value: int
    type: int
    strict_value: int
    mod_gold: int
    mod: int
    range_gold: int
    range: int
    disagreements: tuple[Disagreement, ...]

    def precision(self, right: int) -> float:
        """Return the share of predictions that are in these pairs."""
        return share(right, self.predicted) or 0.0

    def recall(self, right: int) -> float:
        """Return the share of gold that is in these pairs."""
        return share(right, self.gold) or 0.0

    def f1(self, right: int) -> float:
        """Return the F1 of these pairs: twice their number, divided by gold plus predictions."""
        return share(2 * right, self.gold + self.predicted) or 0.0

    def pairs(self) -> Mapping[str, int]:
        """Return the numbers of right pairs, by what is right."""
        return {
            "strict": self.strict,
            "relaxed": self.relaxed,
            "value": self.value,
            "type": self.type,
            "strict_value": self.strict_value,
        }

    def measures(self) -> Measures:
        """Return every ratio by its flat name, such as `value_f1`."""
        flat: dict[str, float | None] = {}
        for name, right in self.pairs().items():
            flat[f"{name}_precision"] = self.precision(right)
            flat[f"{name}_recall"] = self.recall(right)
            flat[f"{name}_f1"] = self.f1(right)
        return flat | {
            "value_accuracy": share(self.value, self.relaxed),
            "type_accuracy": share(self.type, self.relaxed),
            "mod_accuracy": share(self.mod, self.mod_gold),
            "range_accuracy": share(self.range, self.range_gold),
        }


def score_dates(
    gold: Sequence[DateRow], predicted: Sequence[DateRow], optional: Sequence[DateRow] = ()
) -> DateScores:
    """Compare temporal expressions.

    Args:
        gold: Gold expressions.
        predicted: Predicted expressions of the same articles.
        optional: Debatable spans; an unpaired prediction that overlaps one is not counted.
    """
    gold_in, predicted_in, optional_in = by_article(gold), by_article(predicted), by_article(optional)
    pairs: list[_Pair] = []
    missed: list[DateRow] = []
    spurious: list[DateRow] = []
    for article in sorted({*gold_in, *predicted_in}):
        paired = pair_rows(gold_in[article], predicted_in[article])
        pairs += paired
        missed += _rest(gold_in[article], [row for row, _ in paired])
        unpaired = _rest(predicted_in[article], [row for _, row in paired])
        spurious += [
            row for row in unpaired if not any(_common(row, other) > 0 for other in optional_in[article])
        ]
    return _count(pairs, missed, spurious)


def by_article(rows: Sequence[DateRow]) -> defaultdict[str, list[DateRow]]:
    """Group rows by article, in text order, without those that overlap an earlier or longer one."""
    grouped: defaultdict[str, list[DateRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.article, row.start, -row.end)):
        kept = grouped[row.article]
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
    return grouped


def pair_rows(gold: Sequence[DateRow], predicted: Sequence[DateRow]) -> list[_Pair]:
    """Pair each gold row with at most one prediction: same span first, then the largest overlap."""
    same = {(row.start, row.end): row for row in predicted}
    exact = [(row, same[row.start, row.end]) for row in gold if (row.start, row.end) in same]
    open_gold = _rest(gold, [row for row, _ in exact])
    open_predicted = _rest(predicted, [row for _, row in exact])
    return [*exact, *_greedy(open_gold, open_predicted)]


def _greedy(gold: Sequence[DateRow], predicted: Sequence[DateRow]) -> Iterator[_Pair]:
    overlapping = [(row, other) for row in gold for other in predicted if _common(row, other) > 0]
    overlapping.sort(key=lambda pair: (-_common(*pair), pair[0].start, pair[1].start))
    taken: set[tuple[str, int]] = set()
    for row, other in overlapping:
        if ("gold", row.start) not in taken and ("predicted", other.start) not in taken:
            taken |= {("gold", row.start), ("predicted", other.start)}
            yield row, other


def _common(row: DateRow, other: DateRow) -> int:
    return overlap(row.start, row.end, other.start, other.end)


def _rest(rows: Sequence[DateRow], taken: Sequence[DateRow]) -> list[DateRow]:
    """Return the rows that are not taken; rows of one article never share a start."""
    starts = {row.start for row in taken}
    return [row for row in rows if row.start not in starts]


def _count(pairs: Sequence[_Pair], missed: Sequence[DateRow], spurious: Sequence[DateRow]) -> DateScores:
    strict = list(filter(_same_span, pairs))
    with_mod = [pair for pair in pairs if pair[0].mod]
    with_range = [pair for pair in pairs if pair[0].earliest]
    return DateScores(
        gold=len(pairs) + len(missed),
        predicted=len(pairs) + len(spurious),
        relaxed=len(pairs),
        strict=len(strict),
        value=sum(map(_same_value, pairs)),
        type=sum(map(_same_type, pairs)),
        strict_value=sum(map(_same_value, strict)),
        mod_gold=len(with_mod),
        mod=sum(map(_same_mod, with_mod)),
        range_gold=len(with_range),
        range=sum(map(_same_range, with_range)),
        disagreements=tuple(_disagreements(pairs, missed, spurious)),
    )


def _same_span(pair: _Pair) -> bool:
    return (pair[0].start, pair[0].end) == (pair[1].start, pair[1].end)


def _same_value(pair: _Pair) -> bool:
    return pair[0].value.strip() == pair[1].value.strip()


def _same_type(pair: _Pair) -> bool:
    return pair[0].type == pair[1].type


def _same_mod(pair: _Pair) -> bool:
    return pair[0].mod == pair[1].mod


def _same_range(pair: _Pair) -> bool:
    return (pair[0].earliest, pair[0].latest) == (pair[1].earliest, pair[1].latest)


def _disagreements(
    pairs: Sequence[_Pair], missed: Sequence[DateRow], spurious: Sequence[DateRow]
) -> Iterator[Disagreement]:
    for row in missed:
        yield Disagreement.at(row, "dates", "missed", expected=row.value)
    for row in spurious:
        yield Disagreement.at(row, "dates", "spurious", found=row.value)
    for pair in pairs:
        yield from _problems(pair)


def _problems(pair: _Pair) -> Iterator[Disagreement]:
    gold, row = pair
    if not _same_span(pair):
        yield Disagreement.at(gold, "dates", "span", expected=repr(gold.text), found=repr(row.text))
    if not _same_type(pair):
        yield Disagreement.at(gold, "dates", "type", expected=gold.type, found=row.type)
    if not _same_value(pair):
        yield Disagreement.at(gold, "dates", "value", expected=gold.value, found=row.value)
