"""Scoring of quotes: was the piece found, with the right type, with the right speaker?

The rules: a gold quote is found when a row covers at least 80 % of it and is not much longer (1.5 times and
ten characters). Where several rows do, one of gold's type is preferred. The speaker is right when the two
mentions overlap, when the last words of the two names are equal, or when neither side names one. End to end
(E2E) means found and right speaker. A scare quote is wrong when a row makes speech of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from extract.evaluate.measures import Disagreement, Measures, Problem, overlap, share
from extract.evaluate.rows import QuoteRow
from extract.model import QuoteType

TYPES: tuple[str, ...] = get_args(QuoteType)
MARKED_TYPES = tuple(kind for kind in TYPES if kind not in ("indirect", "scare"))
SPOKEN_TYPES = tuple(kind for kind in TYPES if kind != "scare")

NO_SPEAKER = "no speaker"

_COVERED = 0.8
_LONGER = 1.5
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class QuoteCounts:
    """Gold quotes of one type, and how far the predictions got with them.

    Attributes:
        typed: Found with gold's type.
        spoken: Found with the right speaker.
    """

    gold: int
    found: int
    typed: int
    spoken: int

    def measures(self) -> dict[str, float | None]:
        """Return the shares of gold by name."""
        return {
            "found": share(self.found, self.gold),
            "type": share(self.typed, self.gold),
            "e2e": share(self.spoken, self.gold),
        }


@dataclass(frozen=True, slots=True)
class QuoteError:
    """A gold quote that no row answers in full, or a row that answers none.

    Attributes:
        gold: The gold quote, None for a spurious row.
        row: The row that answers it; for a missed one the row that shares most text with it, None for none.
    """

    problems: tuple[Problem, ...]
    gold: QuoteRow | None
    row: QuoteRow | None

    @property
    def place(self) -> QuoteRow:
        """The gold quote, or the row where gold has none."""
        place = self.gold or self.row
        if place is None:
            raise ValueError(self)
        return place

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield each of the problems by itself."""
        for problem in self.problems:
            expected, found = (
                "-" if one is None else (one.speaker or NO_SPEAKER) if problem == "speaker" else one.type
                for one in (self.gold, self.row)
            )
            yield Disagreement.at(self.place, "quotes", problem, expected=expected, found=found)


@dataclass(frozen=True, slots=True)
class QuoteScores:
    """What was measured on quotes.

    Attributes:
        types: By type of spoken quote.
        scare: Scare quotes in gold.
        scare_taken: Those that a row makes speech of.
        errors: In the order of articles and text.
    """

    types: Mapping[str, QuoteCounts]
    scare: int
    scare_taken: int
    errors: tuple[QuoteError, ...]

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Every problem of every error."""
        return tuple(problem for error in self.errors for problem in error.disagreements())

    @property
    def marked(self) -> QuoteCounts:
        """All pieces between quotation marks that are speech."""
        counts = [self.types[kind] for kind in MARKED_TYPES]
        return QuoteCounts(
            gold=sum(count.gold for count in counts),
            found=sum(count.found for count in counts),
            typed=sum(count.typed for count in counts),
            spoken=sum(count.spoken for count in counts),
        )

    def measures(self) -> Measures:
        """Return every ratio by its flat name, such as `marked_e2e`."""
        named = {**self.types, "marked": self.marked}
        flat = {
            f"{name}_{key}": value for name, row in named.items() for key, value in row.measures().items()
        }
        return flat | {"scare_kept": share(self.scare - self.scare_taken, self.scare)}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A gold quote and the row that answers it, None for none."""

    gold: QuoteRow
    row: QuoteRow | None

    @property
    def found(self) -> bool:
        return self.row is not None and self.row.type != "scare"

    @property
    def typed(self) -> bool:
        return self.row is not None and self.found and self.row.type == self.gold.type

    @property
    def spoken(self) -> bool:
        return self.row is not None and self.found and same_speaker(self.gold, self.row)


def score_quotes(
    gold: Sequence[QuoteRow], predicted: Sequence[QuoteRow], optional: Sequence[QuoteRow] = ()
) -> QuoteScores:
    """Compare quotes.

    Args:
        gold: Gold quotes, scare quotes among them.
        predicted: Predicted quotes of the same articles.
        optional: Debatable spans: a row that overlaps one is not listed as spurious.
    """
    rows = _by_article(predicted)
    pairs = [_Pair(row, best_row(row, rows[row.article])) for row in gold]
    missed = [_missed(pair.gold, rows[pair.gold.article]) for pair in pairs if _is_missed(pair)]
    wrong = [QuoteError(_problems(pair), pair.gold, pair.row) for pair in pairs if pair.found]
    errors = [
        *missed,
        *(error for error in wrong if error.problems),
        *_spurious([*gold, *optional], predicted),
    ]
    return QuoteScores(
        types={kind: _count([pair for pair in pairs if pair.gold.type == kind]) for kind in SPOKEN_TYPES},
        scare=sum(pair.gold.type == "scare" for pair in pairs),
        scare_taken=sum(pair.gold.type == "scare" and pair.found for pair in pairs),
        errors=tuple(sorted(errors, key=lambda error: (error.place.article, error.place.start))),
    )


def _by_article(quotes: Sequence[QuoteRow]) -> defaultdict[str, list[QuoteRow]]:
    grouped: defaultdict[str, list[QuoteRow]] = defaultdict(list)
    for quote in quotes:
        grouped[quote.article].append(quote)
    return grouped


def best_row(gold: QuoteRow, rows: Sequence[QuoteRow]) -> QuoteRow | None:
    """Return the row that answers a gold quote: the last one of its type, else the first that fits."""
    fitting = [row for row in rows if fits(gold, row)]
    typed = [row for row in fitting if row.type == gold.type]
    return typed[-1] if typed else next(iter(fitting), None)


def fits(gold: QuoteRow, row: QuoteRow) -> bool:
    """Return whether the row covers the gold quote without being much longer."""
    length = gold.end - gold.start
    covered = overlap(gold.start, gold.end, row.start, row.end)
    return covered >= _COVERED * length and row.end - row.start <= _LONGER * length + _MARGIN


def same_speaker(gold: QuoteRow, row: QuoteRow) -> bool:
    """Return whether the two speakers are one: by mention, by the last word of the name, or both unnamed."""
    if _mentions_meet(gold, row):
        return True
    if gold.speaker_start is None and not gold.speaker and not row.speaker:
        return True
    last = _last_word(gold.speaker)
    return last is not None and last == _last_word(row.speaker)


def _mentions_meet(gold: QuoteRow, row: QuoteRow) -> bool:
    if gold.speaker_start is None or gold.speaker_end is None:
        return False
    if row.speaker_start is None or row.speaker_end is None:
        return False
    return overlap(gold.speaker_start, gold.speaker_end, row.speaker_start, row.speaker_end) > 0


def _last_word(name: str | None) -> str | None:
    words = (name or "").split()
    return words[-1].lower() if words else None


def _count(pairs: Sequence[_Pair]) -> QuoteCounts:
    return QuoteCounts(
        gold=len(pairs),
        found=sum(pair.found for pair in pairs),
        typed=sum(pair.typed for pair in pairs),
        spoken=sum(pair.spoken for pair in pairs),
    )


def _is_missed(pair: _Pair) -> bool:
    return not pair.found and pair.gold.type != "scare"


def _missed(gold: QuoteRow, rows: Sequence[QuoteRow]) -> QuoteError:
    shared = [(overlap(gold.start, gold.end, row.start, row.end), row) for row in rows]
    most, nearest = max(shared, key=lambda pair: pair[0], default=(0, None))
    return QuoteError(("missed",), gold, nearest if most > 0 else None)


def _problems(pair: _Pair) -> tuple[Problem, ...]:
    """Return what is wrong with a quote that was found; a scare quote has no speaker."""
    wrong_speaker = pair.gold.type != "scare" and not pair.spoken
    problems: Mapping[Problem, bool] = {"type": not pair.typed, "speaker": wrong_speaker}
    return tuple(problem for problem, is_there in problems.items() if is_there)


def _spurious(known: Sequence[QuoteRow], rows: Sequence[QuoteRow]) -> Iterator[QuoteError]:
    known_in = _by_article(known)
    for row in rows:
        met = any(overlap(row.start, row.end, gold.start, gold.end) > 0 for gold in known_in[row.article])
        if row.type != "scare" and not met:
            yield QuoteError(("spurious",), None, row)
