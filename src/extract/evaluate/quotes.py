"""Score quotes: was the piece found, with the right type, with the right speaker?

The rules: a gold quote is found if a row covers at least 80 % of it and is not much longer (at most 1.5 times
its length plus ten characters). Among several such rows, one of the gold type is preferred. The speaker is
right if the two mentions overlap, if the last words of the two names are equal, or if neither side has a
speaker. End to end (E2E) means found with the right speaker. A scare quote is wrong if a row takes it for
speech.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from extract.evaluate.measures import Disagreement, Measures, Problem, overlap, share
from extract.evaluate.rows import QuoteRow
from extract.evaluate.speakers import SpeakerLinks, count_speaker_links
from extract.model import QuoteType

TYPES: tuple[str, ...] = get_args(QuoteType)
MARKED_TYPES = tuple(kind for kind in TYPES if kind not in ("indirect", "scare"))
SPEECH_TYPES = tuple(kind for kind in TYPES if kind != "scare")

NO_SPEAKER = "no speaker"

_COVERED = 0.8
_LONGER = 1.5
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class QuoteCounts:
    """Counts of the gold quotes of one type.

    Attributes:
        right_type: Found with the right type.
        right_speaker: Found with the right speaker.
    """

    gold: int
    found: int
    right_type: int
    right_speaker: int

    def measures(self) -> dict[str, float | None]:
        """Return the shares of gold by name."""
        return {
            "found": share(self.found, self.gold),
            "type": share(self.right_type, self.gold),
            "e2e": share(self.right_speaker, self.gold),
        }


@dataclass(frozen=True, slots=True)
class QuoteError:
    """A gold quote that was missed or is partly wrong, or a spurious row.

    Attributes:
        gold: The gold quote, None for a spurious row.
        row: The row that matches it; for a missed quote the row that shares most text with it, if any.
    """

    problems: tuple[Problem, ...]
    gold: QuoteRow | None
    row: QuoteRow | None

    @property
    def place(self) -> QuoteRow:
        """The gold quote, or the row if there is no gold quote."""
        place = self.gold or self.row
        if place is None:
            raise ValueError(self)
        return place

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield one disagreement per problem."""
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
        types: Counts by type of speech.
        scare: Scare quotes in gold.
        scare_taken: Scare quotes that a row takes for speech.
        speakers: Linked speakers by form; empty if gold has no speaker ids.
        errors: Sorted by article and offset.
    """

    types: Mapping[str, QuoteCounts]
    scare: int
    scare_taken: int
    speakers: Mapping[str, SpeakerLinks]
    errors: tuple[QuoteError, ...]

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Every problem of every error."""
        return tuple(problem for error in self.errors for problem in error.disagreements())

    @property
    def marked(self) -> QuoteCounts:
        """Counts of all speech between quotation marks."""
        counts = [self.types[kind] for kind in MARKED_TYPES]
        return QuoteCounts(
            gold=sum(count.gold for count in counts),
            found=sum(count.found for count in counts),
            right_type=sum(count.right_type for count in counts),
            right_speaker=sum(count.right_speaker for count in counts),
        )

    def measures(self) -> Measures:
        """Return every ratio by its flat name, such as `marked_e2e`."""
        named = {**self.types, "marked": self.marked}
        flat = {
            f"{name}_{key}": value for name, row in named.items() for key, value in row.measures().items()
        }
        links = {
            f"speakers.{name}.{key}": value
            for name, count in self.speakers.items()
            for key, value in count.measures().items()
        }
        return flat | links | {"scare_kept": share(self.scare - self.scare_taken, self.scare)}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A gold quote and the row that matches it, if any."""

    gold: QuoteRow
    row: QuoteRow | None

    @property
    def found(self) -> bool:
        return self.row is not None and self.row.type != "scare"

    @property
    def right_type(self) -> bool:
        return self.row is not None and self.found and self.row.type == self.gold.type

    @property
    def right_speaker(self) -> bool:
        return self.row is not None and self.found and same_speaker(self.gold, self.row)


def score_quotes(
    gold: Sequence[QuoteRow], predicted: Sequence[QuoteRow], optional: Sequence[QuoteRow] = ()
) -> QuoteScores:
    """Compare quotes.

    Args:
        gold: Gold quotes, scare quotes among them.
        predicted: Predicted quotes of the same articles.
        optional: Debatable spans; a row that overlaps one is not listed as spurious.
    """
    rows = _by_article(predicted)
    pairs = [_Pair(row, best_row(row, rows[row.article])) for row in gold]
    scare = _of_type("scare", pairs)
    errors = [*_missed(pairs, rows), *_wrong(pairs), *_spurious([*gold, *optional], predicted)]
    return QuoteScores(
        types={kind: _count(_of_type(kind, pairs)) for kind in SPEECH_TYPES},
        scare=len(scare),
        scare_taken=sum(pair.found for pair in scare),
        speakers=_speakers(pairs),
        errors=tuple(sorted(errors, key=lambda error: (error.place.article, error.place.start))),
    )


def _speakers(pairs: Sequence[_Pair]) -> dict[str, SpeakerLinks]:
    found = [(pair.gold, pair.row) for pair in pairs if pair.row is not None and pair.found]
    judged = [(gold, row) for gold, row in found if gold.has_id]
    return count_speaker_links(judged) if judged else {}


def _of_type(kind: str, pairs: Sequence[_Pair]) -> list[_Pair]:
    return [pair for pair in pairs if pair.gold.type == kind]


def _by_article(quotes: Sequence[QuoteRow]) -> defaultdict[str, list[QuoteRow]]:
    grouped: defaultdict[str, list[QuoteRow]] = defaultdict(list)
    for quote in quotes:
        grouped[quote.article].append(quote)
    return grouped


def best_row(gold: QuoteRow, rows: Sequence[QuoteRow]) -> QuoteRow | None:
    """Return the row that matches a gold quote: the last one of its type, else the first of any type."""
    fitting = [row for row in rows if fits(gold, row)]
    same_type = [row for row in fitting if row.type == gold.type]
    return same_type[-1] if same_type else next(iter(fitting), None)


def fits(gold: QuoteRow, row: QuoteRow) -> bool:
    """Return whether the row covers the gold quote without being much longer."""
    length = gold.end - gold.start
    covered = overlap(gold.start, gold.end, row.start, row.end)
    return covered >= _COVERED * length and row.end - row.start <= _LONGER * length + _MARGIN


def same_speaker(gold: QuoteRow, row: QuoteRow) -> bool:
    """Return whether the speakers agree: in their mentions or last words, or because neither has one."""
    if _mentions_overlap(gold, row):
        return True
    if gold.speaker_start is None and not gold.speaker and not row.speaker:
        return True
    last = _last_word(gold.speaker)
    return last is not None and last == _last_word(row.speaker)


def _mentions_overlap(gold: QuoteRow, row: QuoteRow) -> bool:
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
        right_type=sum(pair.right_type for pair in pairs),
        right_speaker=sum(pair.right_speaker for pair in pairs),
    )


def _missed(pairs: Sequence[_Pair], rows: Mapping[str, Sequence[QuoteRow]]) -> Iterator[QuoteError]:
    for pair in pairs:
        if not pair.found and pair.gold.type != "scare":
            yield QuoteError(("missed",), pair.gold, _nearest(pair.gold, rows[pair.gold.article]))


def _nearest(gold: QuoteRow, rows: Sequence[QuoteRow]) -> QuoteRow | None:
    """Return the row that shares most text with a gold quote, None if none overlaps it."""
    shared = [(overlap(gold.start, gold.end, row.start, row.end), row) for row in rows]
    most, nearest = max(shared, key=lambda pair: pair[0], default=(0, None))
    return nearest if most > 0 else None


def _wrong(pairs: Sequence[_Pair]) -> Iterator[QuoteError]:
    """Yield the quotes that were found with a wrong type or speaker."""
    for pair in pairs:
        if pair.found and (problems := _problems(pair)):
            yield QuoteError(problems, pair.gold, pair.row)


def _problems(pair: _Pair) -> tuple[Problem, ...]:
    """Return the problems of a quote that was found; a scare quote has no speaker."""
    wrong_speaker = pair.gold.type != "scare" and not pair.right_speaker
    problems: Mapping[Problem, bool] = {"type": not pair.right_type, "speaker": wrong_speaker}
    return tuple(problem for problem, is_there in problems.items() if is_there)


def _spurious(known: Sequence[QuoteRow], rows: Sequence[QuoteRow]) -> Iterator[QuoteError]:
    known_in = _by_article(known)
    for row in rows:
        is_known = any(
            overlap(row.start, row.end, gold.start, gold.end) > 0 for gold in known_in[row.article]
        )
        if row.type != "scare" and not is_known:
            yield QuoteError(("spurious",), None, row)
