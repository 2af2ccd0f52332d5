"""Checks of models/dates/: shapes, patterns that do not compile, missed examples, words of two tenses."""

import re
from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.check.word_lists import words_in_two
from extract.dates.cue_shapes import TenseFile
from extract.dates.cues import TENSE_FILE, load_date_cues
from extract.dates.finder import find_timexes
from extract.dates.rule_words import date_words
from extract.dates.rules import (
    CALENDARS_FILE,
    NAMES_FILE,
    RULES_FILE,
    SHAPES,
    DateRule,
    DateRules,
    RuleCompiler,
    unknown_family,
)
from extract.dates.timex.feasts import feasts_in
from extract.dates.timex.resolver import FAMILIES
from extract.errors import LexiconError
from extract.knowledge import Finding, check_shape, line_at, read_toml

_PIECE = re.compile(r"\{(?:[a-z_]+=)?([a-z_]+(?:\.[a-z_]+)?)\}")
_PARTS = ("fragments", "pieces", "triggers", "growth")
_A_YEAR = 2020  # a leap year


def check_dates(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the files of date names, rules and cues."""
    found = {file: check_shape(models_dir / file, shape) for file, shape in SHAPES.items()}
    for _, findings in found.values():
        yield from findings
    tense, _ = found[TENSE_FILE]
    if isinstance(tense, TenseFile):
        yield from _tenses(models_dir / TENSE_FILE, tense)
    if all(file is not None for file, _ in found.values()):
        yield from _named_days(models_dir / CALENDARS_FILE)
        yield from _rules(models_dir)


def _tenses(path: Path, file: TenseFile) -> Iterator[Finding]:
    """Yield an error for each word that shows two tenses."""
    advice = "Keep it under one tense, or under none if it shows none."
    auxiliaries, plans, unparsed = file.auxiliaries, file.plans, file.unparsed
    for section, kinds, names in (
        ("auxiliaries", auxiliaries, ("future", "past", "present")),
        ("plans", plans, ("planning", "acts", "prospects")),
        ("unparsed", unparsed, ("auxiliaries", "future", "plans", "past", "past_perfect")),
    ):
        lists = {f"{section}.{name}": getattr(kinds, name) for name in names}
        yield from words_in_two(path, lists, advice)


def _named_days(path: Path) -> Iterator[Finding]:
    """Yield an error for each named day that no year has, such as 02-30."""
    tables = read_toml(path)
    days = {("named_day", table): names for table, names in tables["named_day"].items()}
    for keys, names in (days | {("commemoration",): tables["commemoration"]}).items():
        for name, code in names.items():
            if "H" not in code and not feasts_in(code, _A_YEAR):
                line = line_at(path, (*keys, name))
                yield Finding(path, line, "error", f"{name!r}: no year has the day {code!r}.", "Mend it.")


def _rules(models_dir: Path) -> Iterator[Finding]:
    path = models_dir / RULES_FILE
    grammar = read_toml(path)
    compiler = RuleCompiler(
        read_toml(models_dir / NAMES_FILE) | read_toml(models_dir / CALENDARS_FILE), grammar
    )
    broken = yield from _broken_parts(path, compiler, grammar)
    sound = yield from _sound_rules(path, compiler, grammar, broken)
    if not broken:
        others = compiler.rules({**grammar, "rules": {}}, load_date_cues(models_dir))
        words = date_words(compiler.names, grammar)
        yield from _examples(path, replace(others, rules=tuple(sound), words=words))


def _broken_parts(
    path: Path, compiler: RuleCompiler, grammar: Mapping[str, Any]
) -> Generator[Finding, None, set[str]]:
    """Yield an error for each part of patterns that does not compile; return their names."""
    broken: set[str] = set()
    for section in _PARTS:
        for name, pattern in grammar[section].items():
            message = "" if _uses(pattern, broken, grammar) else _problem(compiler, pattern)
            if message:
                broken.add(name)
                yield _finding(path, (section, name), f"`{section}.{name}`: {message}.")
    return broken


def _sound_rules(
    path: Path, compiler: RuleCompiler, grammar: Mapping[str, Any], broken: Collection[str]
) -> Generator[Finding, None, list[DateRule]]:
    """Yield an error for each rule that does not compile, other than for a broken part; return the others."""
    sound = []
    for family, variants in grammar["rules"].items():
        if family not in FAMILIES:
            yield unknown_family(path, family)
            continue
        for variant, entry in variants.items():
            if _uses(" ".join(_strings(entry)), broken, grammar):
                continue
            try:
                rule = compiler.rule(f"{family}.{variant}", entry)
                _ = rule.pattern
            except LexiconError as error:
                yield _finding(path, ("rules", family, variant), error.message)
            else:
                sound.append(rule)
    return sound


def _examples(path: Path, rules: DateRules) -> Iterator[Finding]:
    """Yield an error for each example in which its rule finds nothing."""
    for rule in rules.rules:
        alone = replace(rules, rules=(rule,))
        for example in rule.examples:
            if not find_timexes(example, alone):
                keys = ("rules", *rule.name.split("."))
                advice = "Mend the pattern, its `needs` or the example."
                line = line_at(path, keys, example)
                yield Finding(path, line, "error", f"{rule.name} finds nothing in {example!r}.", advice)


def _problem(compiler: RuleCompiler, pattern: str) -> str:
    """Return what keeps a pattern from being compiled; nothing if it can be."""
    try:
        re.compile(compiler.expand(pattern))
    except KeyError as error:
        return f"there is no piece {error}"
    except (re.error, RecursionError) as error:
        return str(error)
    return ""


def _uses(pattern: str, names: Collection[str], grammar: Mapping[str, Any]) -> bool:
    """Return whether a pattern uses one of some pieces, directly or through others."""
    used = set(_PIECE.findall(pattern))
    inner = (
        grammar[section][name]
        for section in ("fragments", "pieces")
        for name in used
        if name in grammar[section]
    )
    return not used.isdisjoint(names) or any(_uses(one, names, grammar) for one in inner if names)


def _strings(entry: Mapping[str, Any]) -> Iterator[str]:
    return (value for key, value in entry.items() if isinstance(value, str) and not key.startswith("example"))


def _finding(path: Path, keys: tuple[str, ...], message: str) -> Finding:
    advice = "The comments at the head of the file explain the format."
    return Finding(path, line_at(path, keys), "error", message, advice)
