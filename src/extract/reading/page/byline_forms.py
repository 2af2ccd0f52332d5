"""The words of bylines, compiled for matching."""

import re
from dataclasses import dataclass
from typing import Self

from extract.reading.page.form_shapes import Bylines
from extract.reading.page.lines import fold
from extract.text.alternations import any_of

_BARS = frozenset("|-–—")


@dataclass(frozen=True, slots=True)
class BylineForms:
    """The patterns and words of [bylines] in models/reading/layout.toml.

    Attributes:
        by: Matches a byline from its first word on; its group is `names`.
        bare_by: Folded lines such as `by`.
        contributors: Matches a line on those who reported or wrote; its group is `names`.
        helpers: Matches a line on those who helped; its group is `names`.
        crafts: What those who wrote did, in brackets after their names.
        staff_words: Last words of a role, a desk or a team.
        role_words: Words before these in a role: `diplomatic`.
        follow: Buttons between a name and the day.
        source: Matches a line on the source of a story; its group is `names`.
        small_words: Words and marks in a line of names that have no capital.
        joining: Matches what stands between two names.
        after_names: Matches what follows the names: a place, a role, an outlet.
        in_place: Matches names and a place; its groups are `names` and `place`.
        no_name_openers: First words of what is no person's name.
        desks: Folded lines that credit no person.
        outlet_words: Last words of outlets' names.
    """

    by: re.Pattern[str]
    bare_by: frozenset[str]
    contributors: re.Pattern[str]
    helpers: re.Pattern[str]
    crafts: frozenset[str]
    staff_words: frozenset[str]
    role_words: frozenset[str]
    follow: frozenset[str]
    source: re.Pattern[str]
    small_words: frozenset[str]
    joining: re.Pattern[str]
    after_names: re.Pattern[str]
    in_place: re.Pattern[str]
    no_name_openers: frozenset[str]
    desks: frozenset[str]
    outlet_words: frozenset[str]

    @classmethod
    def from_data(cls, words: Bylines) -> Self:
        """Compile the section [bylines]."""
        place, after_names = any_of(words.in_place), any_of(words.after_names)
        return cls(
            by=re.compile(rf"{any_of(words.by)} +(?P<names>\S.*)"),
            bare_by=frozenset(map(fold, words.bare_by)),
            contributors=re.compile(rf"\(?{any_of(words.contributors)} (?P<names>[^;.()]+)"),
            helpers=re.compile(rf"\(?{any_of(words.helpers)} (?P<names>[^;.()]+)"),
            crafts=frozenset(words.crafts),
            staff_words=frozenset(words.staff_words),
            role_words=frozenset(words.role_words),
            follow=frozenset(words.follow),
            source=re.compile(rf"{any_of(words.sources)} *(?P<names>\S.*)"),
            small_words=_BARS.union(words.small_words),
            joining=re.compile(f" {any_of(words.joining)} "),
            after_names=re.compile(rf"(?: [-–—] |, (?=[A-Z]{{2,}}\b)| {after_names} ).*"),
            in_place=re.compile(rf"(?P<names>[^,;:.?!|]{{4,80}}) {place} (?P<place>[^;:?!|]{{3,40}})"),
            no_name_openers=frozenset(words.no_name_openers),
            desks=frozenset(map(fold, words.desks)),
            outlet_words=frozenset(words.outlet_words),
        )
