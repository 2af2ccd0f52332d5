"""What corrections did in an article: those that fit nothing, or change nothing any more, become issues."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Lexicon
from extract.model import Article, Issue, Mention, Quote, Timex
from extract.overrides.entries import Override, Target
from extract.overrides.words import same_letters
from extract.reading.problems import Problem

Place = tuple[int, int]
Offset = Callable[[int], int]
# How many of the offsets wanted, and of those found, a step to the best pairs takes.
_Step = tuple[int, int]
_LEAVE_FOUND, _LEAVE_WANTED, _PAIR = (0, 1), (1, 0), (1, 1)


@dataclass(frozen=True, slots=True)
class Note:
    """One use of a correction.

    Attributes:
        changed: Whether it changed what the pipeline had found.
        found: What that was; nothing, if it was not found at all.
    """

    override: Override
    changed: bool
    found: tuple[Mention | Quote | Timex, ...] = ()


class Corrections:
    """The corrections of one article, and what they did.

    Args:
        overrides: The corrections, in the order in which they are applied.
        lexicon: Knows the entities.
    """

    def __init__(self, overrides: Sequence[Override], lexicon: Lexicon) -> None:
        self.overrides = overrides
        self.lexicon = lexicon
        self.notes: list[Note] = []
        self._outweighed = set[Override]()
        self._nearest: dict[tuple[Target, str, tuple[int, ...]], dict[int, int]] = {}

    def of(self, *targets: Target) -> list[Override]:
        """Return those that correct one of these, in order."""
        return [one for one in self.overrides if one.target in targets]

    def places(self, override: Override, text: str, original: Offset = lambda offset: offset) -> list[Place]:
        """Return the places of its words in a text that a correction is for.

        Args:
            override: The correction.
            text: The text, whose lines may have been joined.
            original: Returns the offset in the article of an offset in the text.
        """
        found = override.places(text)
        return [found[at] for at in self.chosen(override, [original(start) for start, _ in found])]

    def chosen(self, override: Override, starts: Sequence[int]) -> list[int]:
        """Return which of the places of its words a correction is for: all, or with a start the nearest.

        An edited article has the words elsewhere. Corrections of the same words that have a start each are
        for one place each, in the same order: where one place is gone, it is told.

        Args:
            override: The correction.
            starts: Where the places start.
        """
        if override.start is None:
            return [*range(len(starts))]
        key = override.target, same_letters(override.text), tuple(starts)
        if key not in self._nearest:
            self._nearest[key] = self._pair(override, starts)
        at = self._nearest[key].get(override.start)
        return [] if at is None else [at]

    def _pair(self, override: Override, starts: Sequence[int]) -> dict[int, int]:
        """Return which place is for which start of a correction and of all others of the same words."""
        wanted = sorted(
            {one.start for one in self.overrides if one.start is not None and one.is_rival(override)}
        )
        found = sorted(range(len(starts)), key=lambda at: starts[at])
        pairs = _paired(wanted, [starts[at] for at in found])
        return {wanted[nth]: found[at] for nth, at in pairs.items()}

    def note(
        self, override: Override, *, changed: bool, found: Sequence[Mention | Quote | Timex] = ()
    ) -> None:
        """Note that a correction was used."""
        self.notes.append(Note(override, changed, tuple(found)))

    def note_outweighed(self, override: Override) -> None:
        """Note that a correction has no effect in a place, for a narrower one says what it is."""
        self._outweighed.add(override)

    def issues(self, article: Article) -> Iterator[Issue]:
        """Yield an issue for each correction of this article that fits nothing, and each not needed."""
        used: dict[Override, list[bool]] = defaultdict(list)
        for note in self.notes:
            used[note.override].append(note.changed)
        for override in self.overrides:
            if override.target == "article":
                continue
            if override not in used:
                if override.scope.article is not None and override not in self._outweighed:
                    yield _issue(article, override, _UNMATCHED)
            elif override.drop:
                yield _issue(article, override, _DROPPED)
            elif not any(used[override]):
                yield _issue(article, override, _NOT_NEEDED)


def _paired(wanted: Sequence[int], found: Sequence[int]) -> dict[int, int]:
    """Return which of the offsets found is which of those wanted, by their numbers.

    Both are in order and stay so; as many as can be have one, and all together are as near as can be.

    >>> _paired([10, 50], [50, 90]), _paired([10, 50], [12]), _paired([10], [2, 11, 30])
    ({0: 0, 1: 1}, {0: 0}, {0: 1})
    """
    steps = _steps(wanted, found)
    pairs, nth, at = dict[int, int](), len(wanted), len(found)
    while nth and at:
        step = steps[nth - 1][at - 1]
        nth, at = nth - step[0], at - step[1]
        if step == _PAIR:
            pairs[nth] = at
    return dict(sorted(pairs.items()))


def _steps(wanted: Sequence[int], found: Sequence[int]) -> list[list[_Step]]:
    """Return the last step to the best pairs of the first so many wanted and the first so many found."""
    # How many are paired (less than 0), and how far apart these are, for the first so many found.
    best, steps = [(0, 0)] * (len(found) + 1), list[list[_Step]]()
    for offset in wanted:
        row, taken = best[:1], list[_Step]()
        for at, place in enumerate(found):
            count, distance = best[at]
            paired = count - 1, distance + abs(place - offset)
            cost, step = min((row[at], _LEAVE_FOUND), (best[at + 1], _LEAVE_WANTED), (paired, _PAIR))
            row.append(cost)
            taken.append(step)
        best = row
        steps.append(taken)
    return steps


_UNMATCHED = Problem(
    "warning",
    "override_unmatched",
    "fits nothing in this article.",
    "Correct its words or its article_id, or delete it; `extract show` prints the article.",
)
_DROPPED = Problem(
    "info",
    "override_dropped",
    "deletes what was found with these words.",
    "Nothing to do: this row keeps a trace of what the tables no longer have.",
)
_NOT_NEEDED = Problem(
    "info",
    "override_not_needed",
    "says what is found by itself in this article.",
    "Delete it if that is true of all its articles; `extract overrides` counts them.",
)


def _issue(article: Article, override: Override, problem: Problem) -> Issue:
    message = f"The correction of {override.text!r} in {override.path.name} {problem.message}"
    return replace(problem, message=message).at(article.source, article.article_id)
