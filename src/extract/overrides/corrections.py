"""What corrections did in an article: those that fit nothing, or change nothing any more, become issues."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.lexicon import Lexicon
from extract.model import Article, Issue, Mention, Quote, Timex
from extract.overrides.entries import Override, Target
from extract.reading.problems import Problem


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

    def of(self, *targets: Target) -> list[Override]:
        """Return those that correct one of these, with those that drop anything with their words."""
        return [one for one in self.overrides if one.target in {*targets, "any"}]

    def note(
        self, override: Override, *, changed: bool, found: Sequence[Mention | Quote | Timex] = ()
    ) -> None:
        """Note that a correction was used."""
        self.notes.append(Note(override, changed, tuple(found)))

    def issues(self, article: Article) -> Iterator[Issue]:
        """Yield an issue for each correction of this article that fits nothing, and each not needed."""
        used: dict[Override, list[bool]] = defaultdict(list)
        for note in self.notes:
            used[note.override].append(note.changed)
        for override in self.overrides:
            if override.target == "article":
                continue
            if override not in used:
                if override.scope.article is not None:
                    yield _issue(article, override, _UNMATCHED)
            elif override.drop:
                yield _issue(article, override, _DROPPED)
            elif not any(used[override]):
                yield _issue(article, override, _NOT_NEEDED)


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
