"""What corrections did in an article: those that fit nothing, or change nothing any more, become issues."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.lexicon import Lexicon
from extract.model import Article, Issue, Severity
from extract.overrides.entries import Override, Target


class Corrections:
    """The corrections of one article, and what they did.

    Args:
        overrides: The corrections, in the order in which they are applied.
        lexicon: Knows the entities.
    """

    def __init__(self, overrides: Sequence[Override], lexicon: Lexicon) -> None:
        self.overrides = overrides
        self.lexicon = lexicon
        self._changed: dict[Override, list[bool]] = defaultdict(list)

    def of(self, *targets: Target) -> list[Override]:
        """Return those that correct one of these, with those that drop anything with their words."""
        return [one for one in self.overrides if one.target in {*targets, "any"}]

    def note(self, override: Override, *, changed: bool) -> None:
        """Note that a correction was used, and whether it changed what the pipeline had found."""
        self._changed[override].append(changed)

    def issues(self, article: Article) -> Iterator[Issue]:
        """Yield an issue for each correction of this article that fits nothing, and each not needed."""
        for override in self.overrides:
            if override.target == "article":
                continue
            if override not in self._changed:
                if override.scope.article is not None:
                    yield _issue(article, override, "warning", "override_unmatched", _UNMATCHED)
            elif not any(self._changed[override]):
                yield _issue(article, override, "info", "override_not_needed", _NOT_NEEDED)


_UNMATCHED = (
    "fits no {target} of this article.",
    "Correct its words or its article_id, or delete it; `extract show` prints what was found.",
)
_NOT_NEEDED = (
    "says what the pipeline finds by itself here.",
    "Delete it if that is true of all articles; `extract overrides` shows where it is used.",
)


def _issue(
    article: Article, override: Override, severity: Severity, code: str, says: tuple[str, str]
) -> Issue:
    message, advice = says
    target = "mention, quote or date" if override.target == "any" else override.target
    file = override.path.name
    return Issue(
        source=article.source,
        article_id=article.article_id,
        severity=severity,
        code=code,
        message=f"The correction of {override.text!r} in {file} {message.format(target=target)}",
        advice=advice,
    )
