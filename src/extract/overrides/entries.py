"""The corrections: what each one changes, and where."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Literal

from extract.ids import digest
from extract.model import Article, Label, QuoteType, SectionKind, TimexRelation
from extract.overrides.words import same_letters, sure_part, words_pattern

Target = Literal["mention", "quote", "date", "section", "article", "any"]
Dropped = Literal["name", "quote", "date"]

_RULE = "override"
_KEY_LENGTH = 10
_ABOUT_THE_DAY = {"no_date", "inferred_date"}  # codes of issues


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a correction holds; without any condition, everywhere.

    Attributes:
        article: The article_id of the only article.
        outlet: The outlet of the articles, in any case.
        after: First day of publication.
        before: First day of publication for which it no longer holds.
    """

    article: str | None = None
    outlet: str | None = None
    after: date | None = None
    before: date | None = None

    def holds(self, article: Article) -> bool:
        """Return whether it holds in an article; one without a date is neither after nor before a day."""
        if self.article is not None and article.article_id != self.article:
            return False
        if self.outlet is not None and (article.outlet or "").casefold() != self.outlet.casefold():
            return False
        if self.after is None and self.before is None:
            return True
        day = article.published_at.date() if article.published_at else None
        return (
            day is not None
            and (self.after is None or self.after <= day)
            and (self.before is None or day < self.before)
        )

    def describe(self) -> str:
        """Return the conditions in words."""
        conditions = {
            "article": self.article,
            "outlet": self.outlet,
            "from": self.after,
            "before": self.before,
        }
        return ", ".join(f"{name} {value}" for name, value in conditions.items() if value) or "everywhere"

    @property
    def narrowness(self) -> int:
        """The number of its conditions, of which an article counts most."""
        others = sum(one is not None for one in (self.outlet, self.after, self.before))
        return others + 10 * (self.article is not None)


@dataclass(frozen=True, slots=True)
class Override:
    """A correction by hand.

    Attributes:
        path: The file that it is in.
        line: Its line there.
        scope: Where it holds.
        text: The words of the mention, quote or date; empty if it corrects the article.
        start: Where the words start in the article; None for every place.
        entity: Id of the entity that a mention names; empty: none of the lexicon.
        label: Label of a mention.
        name: The name that a mention stands for: mentions with one name are one actor.
        split: The names that one mention holds.
        speaker: Id or name of a quote's speaker, empty: nobody; several who speak together.
        quote: Type of a quote, which is made if there is none.
        value: TIMEX3 value of a date.
        relation: How the text places what it tells against the date; empty: it does not.
        section: What the words are in the article, such as its title.
        published: The day of publication of the article.
        drop: What of these words is deleted: what they are named, or all.
        record: Who wrote it, when and why, as given; it changes nothing.
    """

    path: Path
    line: int
    scope: Scope
    text: str = ""
    start: int | None = None
    entity: str | None = None
    label: Label | None = None
    name: str | None = None
    split: tuple[str, ...] = ()
    speaker: tuple[str, ...] | None = None
    quote: QuoteType | None = None
    value: str | None = None
    relation: TimexRelation | Literal[""] | None = None
    section: SectionKind | None = None
    published: date | None = None
    drop: bool | Dropped = False
    record: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def target(self) -> Target:
        """What it corrects; `any` for words that are to be neither mention nor quote nor date."""
        if self.published is not None:
            return "article"
        if self.speaker is not None or self.quote is not None or self.drop == "quote":
            return "quote"
        if self.value is not None or self.relation is not None or self.drop == "date":
            return "date"
        if self.section is not None:
            return "section"
        return "any" if self.drop is True else "mention"

    def describe(self) -> str:
        """Return what is right in words: `is qais-al-khazali`, `said by nobody`, `dropped`."""
        if self.drop:
            return "dropped" if self.drop is True else f"{self.drop} dropped"
        told = {
            "article": f"published {self.published}",
            "quote": self._describe_quote(),
            "date": " ".join(filter(None, ("is", self.relation, self.value))),
            "section": f"is {self.section}",
            "mention": self._describe_mention(),
        }
        return told[self.target]

    def _describe_quote(self) -> str:
        kind = f"is a quote ({self.quote})" if self.quote else ""
        speaker = "" if self.speaker is None else f"said by {' and '.join(self.speaker) or 'nobody'}"
        return ", ".join(filter(None, (kind, speaker)))

    def _describe_mention(self) -> str:
        if self.split:
            return f"is {' and '.join(self.split)}"
        called = f"called {self.name}" if self.name else self.entity
        said = " ".join(filter(None, (self.label, called)))
        return f"is {said}" if said else "is not linked"

    @property
    def key(self) -> str:
        """A short hash of what it says, wherever it stands."""
        return digest(repr(replace(self, path=Path(), line=0)).encode())[:_KEY_LENGTH]

    @property
    def rule(self) -> str:
        """The `rule` of the rows that it makes."""
        return f"{_RULE}:{self.key}"

    @property
    def place(self) -> str:
        """Its file and line, for messages."""
        return f"{self.path}:{self.line}"

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where its words are in a text, wherever it is to hold."""
        return [match.span() for match in re.finditer(words_pattern(self.text), text)]

    def is_rival(self, other: "Override") -> bool:
        """Return whether two corrections say what the same words are, as a name, quote or date."""
        same = self.target == other.target or (
            "any" in {self.target, other.target} and not {self.target, other.target} & {"section", "article"}
        )
        return same and same_letters(self.text) == same_letters(other.text)


@dataclass(frozen=True)
class Overrides:
    """All corrections of a run, general ones first: of two for the same words, the narrower one counts."""

    entries: tuple[Override, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A hash of all of them; empty if there are none."""
        return _digest(self.entries)

    def of(self, article: Article) -> tuple[Override, ...]:
        """Return those that concern an article: made for it, or general ones whose words are in it."""
        if not self.entries:
            return ()
        own = self._by_article.get(article.article_id, [])
        dated = with_date(article, own)
        general = [one for word, one in self._general if word in article.text and _concerns(one, dated)]
        return _in_order([*general, *own])

    def digest_for(self, article: Article) -> str:
        """Return a hash of those that concern an article; empty if none does."""
        return _digest(self.of(article))

    def digest_of_own(self, article_id: str) -> str:
        """Return a hash of those that were made for an article alone; empty if there are none."""
        return _digest(_in_order(self._by_article.get(article_id, ())))

    @property
    def general_words(self) -> tuple[str, ...]:
        """Of each correction that was made for several articles, letters that such an article has."""
        return tuple(word for word, _ in self._general)

    @cached_property
    def _by_article(self) -> dict[str, list[Override]]:
        made_for: dict[str, list[Override]] = {}
        for one in self.entries:
            if one.scope.article is not None:
                made_for.setdefault(one.scope.article, []).append(one)
        return made_for

    @cached_property
    def _general(self) -> list[tuple[str, Override]]:
        """The others, each with letters of its words: to look for these is far faster than a pattern."""
        return [(sure_part(one.text), one) for one in self.entries if one.scope.article is None]


NO_OVERRIDES = Overrides()


def in_order(entries: Iterable[Override]) -> Overrides:
    """Return corrections in the order in which they are applied."""
    return Overrides(_in_order(entries))


def with_date(article: Article, overrides: Sequence[Override]) -> Article:
    """Return an article with the day of publication that a correction gives it."""
    days = [one.published for one in overrides if one.published is not None]
    if not days:
        return article
    at = datetime.combine(days[-1], time(), UTC)
    issues = tuple(issue for issue in article.issues if issue.code not in _ABOUT_THE_DAY)
    return replace(article, published_at=at, published_source=_RULE, issues=issues)


def _in_order(entries: Iterable[Override]) -> tuple[Override, ...]:
    """Return corrections, of which a later one counts: the narrower one, the one with more words."""

    def rank(one: Override) -> tuple[object, ...]:
        return one.scope.narrowness, one.start is not None, len(one.text), one.key

    return tuple(sorted(entries, key=rank))


def _concerns(override: Override, article: Article) -> bool:
    return override.scope.holds(article) and re.search(words_pattern(override.text), article.text) is not None


def _digest(entries: Sequence[Override]) -> str:
    return digest("\n".join(one.key for one in entries).encode()) if entries else ""
