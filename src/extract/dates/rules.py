"""Load the date names, rules and cues: the files in models/dates/ -> patterns.

The comments in these files explain what they contain and how to read a pattern.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from extract.dates.alternations import APOSTROPHES, GAP, any_name
from extract.dates.cues import DateCues, load_date_cues
from extract.dates.rule_shapes import CalendarsFile, NamesFile, Rule, RulesFile
from extract.dates.rule_words import date_words
from extract.dates.timex.resolver import FAMILIES
from extract.errors import LexiconError
from extract.knowledge import Finding, line_at, read_shaped
from extract.probability import NO_WEIGHTS, Probability

NAMES_FILE = Path("dates", "names.toml")
CALENDARS_FILE = Path("dates", "calendars.toml")
RULES_FILE = Path("dates", "rules.toml")
PROBABILITY_FILE = Path("dates", "probability.toml")

# Gaps have a maximum length, so no run of spaces can make a search slow.
_OPTIONAL_GAP = r"[\s\u00a0\u2009\u202f]{0,8}"
# Variants typed in transliterated names: Sha'ban, Sha’ban, Sha‘ban, Sha`ban.
_PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_PIECE = re.compile(r"\{(?:(?P<part>[a-z_]+)=)?(?P<name>[a-z_]+(?:\.[a-z_]+)?)\}")
_BARE_GROUP = re.compile(r"(?<!\\)\((?!\?)")
# No match starts or ends inside a word, a number, a path or an amount of money.
_LEFT_BORDER = r"(?<![\w$€£.@#/])(?<!\d,)"
_NO_HYPHEN = r"(?<!-)"
# `Nov./Dec. 2019`, `2014/15`, but not `site.org/May`.
_LEFT_BORDER_OF_ATTACHED = r"(?:(?<![\w$€£.@#/])|(?<=[\w.]/)(?<!\.[a-z]{3}/))(?<!\d,)"
_RIGHT_BORDER = r"(?!\w)"
#: Group of a pattern -> name of the part, and the values of its names (None: the text as matched).
Parts = dict[str, tuple[str, Mapping[str, str] | None]]

_ADVICE = "The comments at the top of that file explain the format."


@dataclass(frozen=True)
class DateRule:
    """One way to write a date expression; its pattern is compiled on first use, as most texts need few rules.

    Attributes:
        name: `family.variant`; the family determines which function computes the value.
        source: The pattern, as a regular expression.
        needs: Triggers; the run of date words around a match must contain one of them.
        before: Must match at the end of the text before a match; None for no condition.
        not_before: Must not match there.
        example: What the rule is for: a text in which it finds something.
        parts: What the groups of the pattern capture.
        is_fallback: Whether the rule counts only where it covers more words than the other rules find.
    """

    name: str
    source: str
    needs: frozenset[str]
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    example: str
    parts: Parts
    is_fallback: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern.

        Raises:
            LexiconError: The source is not a regular expression.
        """
        with _report_errors_in(f"Date rule {self.name}"):
            return re.compile(self.source, re.IGNORECASE)

    def read(self, match: re.Match[str]) -> dict[str, str]:
        """Return what the rule captured, with the values of names: `{"month": "7", "day": "28"}`."""
        read = {}
        for group, (part, values) in self.parts.items():
            surface = match[group]
            if surface is not None:
                read[part] = surface if values is None else values[name_key(surface)]
        return read


@dataclass(frozen=True, slots=True, eq=False)
class DateRules:
    """All rules, and the pattern that tells which of them a run of words needs; compared by identity.

    Attributes:
        trigger: Its named groups are the triggers in `DateRule.needs`.
        words: Every word of an expression is one of these, in lower case, or begins or ends with a digit.
        growth: Words that any expression takes in before or after it.
        cues: Words around expressions that decide their values.
        probability: How probable it is that an expression is right.
    """

    rules: tuple[DateRule, ...]
    trigger: re.Pattern[str]
    words: frozenset[str]
    growth: "DateGrowth"
    cues: DateCues
    probability: Probability = NO_WEIGHTS


@dataclass(frozen=True, slots=True)
class DateGrowth:
    """Words that belong to any expression next to them: `the better part of`, `or so`.

    Attributes:
        left: Matches them at the end of the text before an expression.
        right: Matches them at the start of the text after it.
    """

    left: re.Pattern[str]
    right: re.Pattern[str]


def name_key(surface: str) -> str:
    """Return the form under which a name is looked up, regardless of its case, gaps and apostrophes.

    >>> name_key("Sept.")
    'sept'
    """
    plain = " ".join(surface.split()).lower().translate(_PLAIN_APOSTROPHES)
    return plain.replace(" al ", " al-").rstrip(".")


def load_date_rules(models_dir: Path) -> DateRules:
    """Read the date rules.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing or a rule breaks the format of the file; the message names it. A
            pattern that is not a regular expression is reported on first use, or by `check_date_rules`.
    """
    names = read_shaped(models_dir / NAMES_FILE, NamesFile)
    calendars = read_shaped(models_dir / CALENDARS_FILE, CalendarsFile)
    file = read_shaped(models_dir / RULES_FILE, RulesFile)
    fault = next(rule_faults(models_dir / RULES_FILE, file), None)
    if fault is not None:
        raise fault.as_error()
    fitted = read_shaped(models_dir / PROBABILITY_FILE, Probability)
    return replace(RuleCompiler(names, calendars, file).rules(load_date_cues(models_dir)), probability=fitted)


def rule_faults(path: Path, file: RulesFile) -> Iterator[Finding]:
    """Yield an error for each family that no function reads and for each piece that contains itself."""
    for family in file.rules:
        if family not in FAMILIES:
            yield _unknown_family(path, family)
    for loop in loops(file):
        section = "fragments" if loop[0] in file.fragments else "pieces"
        message = f"`{section}.{loop[0]}` contains itself: {' > '.join([*loop, loop[0]])}."
        line = line_at(path, (section, loop[0]))
        yield Finding(path, line, "error", message, "Remove one of these pieces from another.")


def loops(file: RulesFile) -> Iterator[list[str]]:
    """Yield the names of pieces each of which contains the next, and the last the first."""
    pieces = {**file.pieces, **file.fragments}
    used = {name: pieces_of(pattern) for name, pattern in pieces.items()}
    while True:
        try:
            TopologicalSorter(used).prepare()
        except CycleError as error:
            inner_first: list[str] = error.args[1]  # each is in the next; the first is also the last
            loop = inner_first[:0:-1]
            yield loop
            used = {name: inner for name, inner in used.items() if name not in loop}
        else:
            return


def pieces_of(pattern: str) -> set[str]:
    """Return the names of the pieces in a pattern."""
    return {piece["name"] for piece in _PIECE.finditer(pattern)}


def _unknown_family(path: Path, family: str) -> Finding:
    near = difflib.get_close_matches(family, FAMILIES, n=1)
    advice = f"Did you mean {near[0]!r}?" if near else "The families are in extract.dates.timex.resolver."
    message = f"no function reads the family {family!r}."
    return Finding(path, line_at(path, ("rules", family)), "error", message, advice)


def check_date_rules(rules: DateRules) -> None:
    """Compile every pattern, which takes seconds.

    Raises:
        LexiconError: A pattern is not a regular expression; the message names the rule.
    """
    for rule in rules.rules:
        _ = rule.pattern


@contextmanager
def _report_errors_in(what: str) -> Iterator[None]:
    """Turn any error from a broken pattern into one that names the pattern."""
    try:
        yield
    except (re.error, KeyError) as error:
        raise LexiconError(f"{what} in {RULES_FILE} is broken: {error}.", advice=_ADVICE) from error


class RuleCompiler:
    """Turns the patterns of the rules file into regular expressions."""

    def __init__(self, names: NamesFile, calendars: CalendarsFile, file: RulesFile) -> None:
        self.file = file
        self.tables = _tables(dict(names) | dict(calendars))
        # Built once for all rules, as many use the same tables.
        self.any_of = {name: any_name(names) for name, names in {**self.tables, **file.words}.items()}
        self.keys = {
            table: {name_key(surface): value for surface, value in names.items()}
            for table, names in self.tables.items()
        }

    def rules(self, cues: DateCues) -> DateRules:
        """Compile the content of rules.toml."""
        return self.together(
            (
                self.rule(f"{family}.{variant}", entry)
                for family, variants in self.file.rules.items()
                for variant, entry in variants.items()
            ),
            cues,
        )

    def together(self, rules: Iterable[DateRule], cues: DateCues) -> DateRules:
        """Return compiled rules with all that they need to find something."""
        surfaces = (surface for names in self.tables.values() for surface in names)
        return DateRules(tuple(rules), self.trigger(), date_words(surfaces, self.file), self.growth(), cues)

    def trigger(self) -> re.Pattern[str]:
        """Compile the pattern of triggers, with one named group per trigger."""
        with _report_errors_in("A date trigger"):
            triggers = self.file.triggers.items()
            choices = "|".join(f"(?P<{name}>{self.expand(pattern)})" for name, pattern in triggers)
            return re.compile(rf"\b(?:{choices})(?!\w)", re.IGNORECASE)

    def growth(self) -> DateGrowth:
        """Compile the words that any expression takes in."""
        with _report_errors_in("The growth of dates"):
            left = rf"{_LEFT_BORDER}{_NO_HYPHEN}(?:{self.expand(self.file.growth.left)})\Z"
            right = rf"(?:{self.expand(self.file.growth.right)}){_RIGHT_BORDER}"
            return DateGrowth(re.compile(left, re.IGNORECASE), re.compile(right, re.IGNORECASE))

    def rule(self, name: str, entry: Rule) -> DateRule:
        """Compile one rule."""
        with _report_errors_in(f"Date rule {name}"):
            return self._rule(name, entry)

    def _rule(self, name: str, entry: Rule) -> DateRule:
        needs = frozenset(entry.needs)
        if strange := needs - self.file.triggers.keys():
            raise KeyError(f"unknown trigger {', '.join(sorted(strange))}")
        parts: Parts = {}
        left = _LEFT_BORDER_OF_ATTACHED if entry.attached else _LEFT_BORDER + _NO_HYPHEN
        pattern = f"{left}(?:{self.expand(entry.pattern, parts)}){_RIGHT_BORDER}"
        if entry.not_after is not None:
            pattern += f"(?!{self.expand(entry.not_after)})"
        return DateRule(
            name=name,
            source=pattern,
            needs=needs,
            before=self.context(entry.before),
            not_before=self.context(entry.not_before),
            example=entry.example,
            parts=parts,
            is_fallback=entry.fallback,
        )

    def context(self, pattern: str | None) -> re.Pattern[str] | None:
        """Compile a pattern for the text just before a match."""
        if pattern is None:
            return None
        return re.compile(rf"(?<!\w)(?:{self.expand(pattern)})\Z", re.IGNORECASE)

    def expand(self, pattern: str, parts: Parts | None = None) -> str:
        """Insert the pieces into a pattern; those passed to the resolver are recorded in `parts`."""
        plain = _BARE_GROUP.sub("(?:", pattern)
        plain = plain.replace(" ?", _OPTIONAL_GAP).replace(" ", GAP)
        return _PIECE.sub(lambda piece: self.piece(piece["name"], piece["part"], parts), plain)

    def piece(self, name: str, part: str | None, parts: Parts | None) -> str:
        """Return the regular expression of `{name}` or `{part=name}`."""
        if name in self.file.fragments:
            return f"(?:{self.expand(self.file.fragments[name], parts)})"
        if name in self.file.words:
            return rf"(?:{self.any_of[name]})(?!\w)"
        body = self.any_of[name] if name in self.tables else f"(?a:{self.expand(self.file.pieces[name])})"
        if parts is None:
            return f"(?:{body})"
        group = f"piece_{len(parts)}"
        parts[group] = (part or name.partition(".")[0], self.keys.get(name))
        return f"(?P<{group}>{body})"


def _tables(names: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return every table and subtable as name -> value; a table includes the names of its subtables."""
    tables: dict[str, dict[str, str]] = {}
    for table, entries in names.items():
        whole = tables.setdefault(table, {})
        for name, value in entries.items():
            if isinstance(value, Mapping):
                tables[f"{table}.{name}"] = {surface: str(code) for surface, code in value.items()}
                whole.update(tables[f"{table}.{name}"])
            else:
                whole[name] = str(value)
    return tables
