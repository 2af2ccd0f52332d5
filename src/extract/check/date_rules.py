"""Checks of models/dates/: shapes, patterns that do not compile, missed examples, words of two tenses."""

import re
from collections.abc import Collection, Generator, Iterator
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path

from extract.check.word_lists import words_in_two
from extract.dates.cue_shapes import ContextFile, TenseFile
from extract.dates.cues import CONTEXT_FILE, TENSE_FILE, load_date_cues
from extract.dates.finder import find_timexes
from extract.dates.rule_shapes import CalendarsFile, NamesFile, Rule, RulesFile
from extract.dates.rules import (
    CALENDARS_FILE,
    NAMES_FILE,
    RULES_FILE,
    DateRule,
    DateRules,
    RuleCompiler,
    loops,
    pieces_of,
    rule_faults,
)
from extract.dates.timex.families.feasts import feasts_in
from extract.dates.timex.resolver import FAMILIES
from extract.errors import LexiconError
from extract.knowledge import Finding, check_shape, line_at

_A_YEAR = 2020  # a leap year


def check_dates(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the files of date names, rules and cues."""
    names, of_names = check_shape(models_dir / NAMES_FILE, NamesFile)
    calendars, of_calendars = check_shape(models_dir / CALENDARS_FILE, CalendarsFile)
    rules, of_rules = check_shape(models_dir / RULES_FILE, RulesFile)
    tense, of_tense = check_shape(models_dir / TENSE_FILE, TenseFile)
    context, of_context = check_shape(models_dir / CONTEXT_FILE, ContextFile)
    yield from (*of_names, *of_calendars, *of_rules, *of_tense, *of_context)
    if tense is not None:
        yield from _tenses(models_dir / TENSE_FILE, tense)
    if calendars is not None:
        yield from _named_days(models_dir / CALENDARS_FILE, calendars)
    if names is None or calendars is None or rules is None:
        return
    compiler = RuleCompiler(names, calendars, rules)
    path = models_dir / RULES_FILE
    yield from rule_faults(path, rules)
    broken = yield from _broken_parts(path, compiler)
    sound = yield from _sound_rules(path, compiler, broken)
    if not broken and tense is not None and context is not None:
        yield from _examples(path, compiler.together(sound, load_date_cues(models_dir)))


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


def _named_days(path: Path, calendars: CalendarsFile) -> Iterator[Finding]:
    """Yield an error for each named day that no year has, such as 02-30."""
    days = {("named_day", table): names for table, names in calendars.named_day.items()}
    for keys, names in (days | {("commemoration",): calendars.commemoration}).items():
        for name, code in names.items():
            if "H" not in code and not feasts_in(code, _A_YEAR):
                line = line_at(path, (*keys, name))
                yield Finding(path, line, "error", f"{name!r}: no year has the day {code!r}.", "Mend it.")


def _broken_parts(path: Path, compiler: RuleCompiler) -> Generator[Finding, None, set[str]]:
    """Yield an error for each part of patterns that does not compile; return these and what uses them."""
    broken = {name for loop in loops(compiler.file) for name in loop}
    for section, name, pattern in _parts(compiler.file, broken):
        if pieces_of(pattern) & broken:
            broken.add(name)
        elif message := _problem(compiler, pattern):
            broken.add(name)
            yield _finding(path, (section, name), f"`{section}.{name}`: {message}.")
    return broken


def _parts(file: RulesFile, looped: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield section, name and pattern of all parts except those that contain themselves; pieces come first.

    Each piece comes after those that it contains.
    """
    inner = {name: ("pieces", pattern) for name, pattern in file.pieces.items()}
    inner |= {name: ("fragments", pattern) for name, pattern in file.fragments.items()}
    used = {name: pieces_of(pattern) for name, (_, pattern) in inner.items() if name not in looped}
    for name in TopologicalSorter(used).static_order():
        if name in used:
            yield inner[name][0], name, inner[name][1]
    for name, pattern in file.triggers.items():
        yield "triggers", name, pattern
    yield "growth", "left", file.growth.left
    yield "growth", "right", file.growth.right


def _sound_rules(
    path: Path, compiler: RuleCompiler, broken: Collection[str]
) -> Generator[Finding, None, list[DateRule]]:
    """Yield an error for each rule that does not compile, other than for a broken part; return the others."""
    sound = []
    for family, variants in compiler.file.rules.items():
        if family not in FAMILIES:
            continue
        for variant, entry in variants.items():
            if not pieces_of(_patterns(entry)).isdisjoint(broken):
                continue
            try:
                rule = compiler.rule(f"{family}.{variant}", entry)
                _ = rule.pattern
            except LexiconError as error:
                yield _finding(path, ("rules", family, variant), error.message)
            else:
                sound.append(rule)
    return sound


def _patterns(rule: Rule) -> str:
    """Return all patterns of a rule, joined."""
    return " ".join(filter(None, (rule.pattern, rule.before, rule.not_before, rule.not_after)))


def _examples(path: Path, rules: DateRules) -> Iterator[Finding]:
    """Yield an error for each rule that finds nothing in its example."""
    for rule in rules.rules:
        if not find_timexes(rule.example, replace(rules, rules=(rule,))):
            line = line_at(path, ("rules", *rule.name.split(".")), rule.example)
            message = f"{rule.name} finds nothing in {rule.example!r}."
            yield Finding(path, line, "error", message, "Mend the pattern, its `needs` or the example.")


def _problem(compiler: RuleCompiler, pattern: str) -> str:
    """Return what keeps a pattern from being compiled; nothing if it can be."""
    try:
        re.compile(compiler.expand(pattern))
    except KeyError as error:
        return f"there is no piece {error}"
    except re.error as error:
        return str(error)
    return ""


def _finding(path: Path, keys: tuple[str, ...], message: str) -> Finding:
    advice = "The comments at the head of the file explain the format."
    return Finding(path, line_at(path, keys), "error", message, advice)
