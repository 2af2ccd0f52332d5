"""Load the date names, rules and cues: the files in models/dates/ -> patterns.

The comments in these files explain what they contain and how to read a pattern.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from extract.dates.alternations import APOSTROPHES, GAP, any_name
from extract.dates.cue_shapes import ContextFile, TenseFile
from extract.dates.cues import CONTEXT_FILE, TENSE_FILE, DateCues, load_date_cues
from extract.dates.rule_shapes import CalendarsFile, NamesFile, RulesFile
from extract.dates.rule_words import date_words
from extract.dates.timex.resolver import FAMILIES
from extract.errors import LexiconError
from extract.knowledge import Finding, KnowledgeFile, line_at, read_shaped, read_toml

NAMES_FILE = Path("dates", "names.toml")
CALENDARS_FILE = Path("dates", "calendars.toml")
RULES_FILE = Path("dates", "rules.toml")
SHAPES: Mapping[Path, type[KnowledgeFile]] = {
    NAMES_FILE: NamesFile,
    CALENDARS_FILE: CalendarsFile,
    RULES_FILE: RulesFile,
    TENSE_FILE: TenseFile,
    CONTEXT_FILE: ContextFile,
}

# Gaps have a maximum length, so no run of spaces can make a search slow.
_OPTIONAL_GAP = r"[\s\u00a0\u2009\u202f]{0,8}"
# Variants typed in transliterated names: Sha'ban, Sha’ban, Sha‘ban, Sha`ban.
_PLAIN_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_PIECE = re.compile(r"\{(?:(?P<part>[a-z_]+)=)?(?P<name>[a-z_]+(?:\.[a-z_]+)?)\}")
_BARE_GROUP = re.compile(r"(?<!\\)\((?!\?)")
# No match starts or ends inside a word, a number, a path or an amount of money.
_LEFT_BORDER = r"(?<![\w$€£.@#/])(?<!\d,)"
_NO_HYPHEN = r"(?<!-)"
_RIGHT_BORDER = r"(?!\w)"
#: Group of a pattern -> name of the part, and the values of its names (None: the text as matched).
Parts = dict[str, tuple[str, Mapping[str, str] | None]]

_ADVICE = "The comments at the top of that file explain the format."
_RULE_KEYS = {
    "pattern",
    "needs",
    "before",
    "not_before",
    "not_after",
    "attached",
    "fallback",
    "example",
    "examples",
}


@dataclass(frozen=True)
class DateRule:
    """One way to write a date expression; its pattern is compiled on first use, as most texts need few rules.

    Attributes:
        name: `family.variant`; the family determines which function computes the value.
        source: The pattern, as a regular expression.
        needs: Triggers; the run of date words around a match must contain one of them.
        before: Must match at the end of the text before a match; None for no condition.
        not_before: Must not match there.
        examples: What the rule is for: texts in which it finds something.
        parts: What the groups of the pattern capture.
        is_fallback: Whether the rule counts only where it covers more words than the other rules find.
    """

    name: str
    source: str
    needs: frozenset[str]
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    examples: tuple[str, ...]
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
    """

    rules: tuple[DateRule, ...]
    trigger: re.Pattern[str]
    words: frozenset[str]
    growth: "DateGrowth"
    cues: DateCues


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
    for file in (NAMES_FILE, CALENDARS_FILE, RULES_FILE):
        read_shaped(models_dir / file, SHAPES[file])
    grammar = read_toml(models_dir / RULES_FILE)
    names = read_toml(models_dir / NAMES_FILE) | read_toml(models_dir / CALENDARS_FILE)
    for family in grammar["rules"]:
        if family not in FAMILIES:
            path = models_dir / RULES_FILE
            raise unknown_family(path, family).as_error()
    return RuleCompiler(names, grammar).rules(grammar, load_date_cues(models_dir))


def unknown_family(path: Path, family: str) -> Finding:
    """Return the finding on a family of rules that no function reads."""
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
    except (re.error, KeyError, RecursionError, TypeError) as error:
        raise LexiconError(f"{what} in {RULES_FILE} is broken: {error}.", advice=_ADVICE) from error


class RuleCompiler:
    """Turns the patterns of the rules file into regular expressions."""

    def __init__(self, names: Mapping[str, Any], grammar: Mapping[str, Any]) -> None:
        self.names = names
        self.tables = _tables(names)
        self.fragments: Mapping[str, str] = grammar["fragments"]
        self.words: Mapping[str, list[str]] = grammar["words"]
        self.pieces: Mapping[str, str] = grammar["pieces"]
        self.triggers = frozenset(grammar["triggers"])
        # Built once for all rules, as many use the same tables.
        with _report_errors_in("A list of words"):
            self.any_of = {name: any_name(names) for name, names in {**self.tables, **self.words}.items()}
        self.keys = {
            table: {name_key(surface): value for surface, value in names.items()}
            for table, names in self.tables.items()
        }

    def rules(self, grammar: Mapping[str, Any], cues: DateCues) -> DateRules:
        """Compile the content of rules.toml."""
        return DateRules(
            rules=tuple(
                self.rule(f"{family}.{variant}", entry)
                for family, variants in grammar["rules"].items()
                for variant, entry in variants.items()
            ),
            trigger=self.trigger(grammar["triggers"]),
            words=date_words(self.names, grammar),
            growth=self.growth(grammar["growth"]),
            cues=cues,
        )

    def trigger(self, triggers: Mapping[str, str]) -> re.Pattern[str]:
        """Compile the pattern of triggers, with one named group per trigger."""
        with _report_errors_in("A date trigger"):
            choices = "|".join(f"(?P<{name}>{self.expand(pattern)})" for name, pattern in triggers.items())
            return re.compile(rf"\b(?:{choices})(?!\w)", re.IGNORECASE)

    def growth(self, entry: Mapping[str, str]) -> DateGrowth:
        """Compile the words that any expression takes in."""
        with _report_errors_in("The growth of dates"):
            left = rf"{_LEFT_BORDER}{_NO_HYPHEN}(?:{self.expand(entry['left'])})\Z"
            right = rf"(?:{self.expand(entry['right'])}){_RIGHT_BORDER}"
            return DateGrowth(re.compile(left, re.IGNORECASE), re.compile(right, re.IGNORECASE))

    def rule(self, name: str, entry: Mapping[str, Any]) -> DateRule:
        """Compile one rule."""
        with _report_errors_in(f"Date rule {name}"):
            return self._rule(name, entry)

    def _rule(self, name: str, entry: Mapping[str, Any]) -> DateRule:
        if unknown := set(entry) - _RULE_KEYS:
            raise KeyError(f"unknown key {', '.join(sorted(unknown))}")
        needs = frozenset([entry["needs"]] if isinstance(entry["needs"], str) else entry["needs"])
        if strange := needs - self.triggers:
            raise KeyError(f"unknown trigger {', '.join(sorted(strange))}")
        parts: Parts = {}
        left = _LEFT_BORDER if entry.get("attached") else _LEFT_BORDER + _NO_HYPHEN
        pattern = f"{left}(?:{self.expand(entry['pattern'], parts)}){_RIGHT_BORDER}"
        if "not_after" in entry:
            pattern += f"(?!{self.expand(entry['not_after'])})"
        return DateRule(
            name=name,
            source=pattern,
            needs=needs,
            before=self.context(entry.get("before")),
            not_before=self.context(entry.get("not_before")),
            examples=(entry["example"], *entry.get("examples", ())),
            parts=parts,
            is_fallback=entry.get("fallback", False),
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
        if name in self.fragments:
            return f"(?:{self.expand(self.fragments[name], parts)})"
        if name in self.words:
            return rf"(?:{self.any_of[name]})(?!\w)"
        body = self.any_of[name] if name in self.tables else f"(?a:{self.expand(self.pieces[name])})"
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
