"""Find temporal expressions: text -> spans with what their rule captured.

The rules and names are data: models/dates/rules.toml and names.toml. `timex.resolver` computes the values.

An expression is a run of date words and numbers. A text is therefore cut into such runs, most of them a word
or two long; the rules are tried only in runs that contain their triggers, at the starts of words. Where a run
holds more than they find, a fallback rule may cover it: `the entire past week` around `past week`.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import takewhile, zip_longest

from extract.dates.rules import DateGrowth, DateRule, DateRules
from extract.model import TimexSpan
from extract.text.paragraphs import find_paragraphs

# Number of characters before a match that a rule can test.
_LEFT_CONTEXT = 24
# Number of different runs whose rules are cached, across texts.
_RUNS_KEPT = 16_384
_LONGEST_RUN_KEPT = 60
# Number of rule sets with such a cache; a program has one, tests have more.
_RULES_KEPT = 8
_WORD = re.compile(r"\w+")
_APOSTROPHES = "'’"

_Candidate = tuple[DateRule, re.Match[str]]


def find_timexes(text: str, rules: DateRules) -> tuple[TimexSpan, ...]:
    """Find the temporal expressions of a text.

    Args:
        text: Any text; offsets count its code points.
        rules: From `load_date_rules`.

    Returns:
        The spans in order, without overlap: the leftmost match wins, then the longest, then the first rule's.
    """
    found: list[TimexSpan] = []
    select_rules = _rule_selector(rules)
    for first, last in find_paragraphs(text):
        end = first
        for run in _runs(text, first, last, rules.words):
            selected = select_rules(text[run[0].start() : run[-1].end()])
            chosen = _chosen(_candidates(text, first, last, run, selected), end)
            for (rule, match), after in zip_longest(chosen, chosen[1:]):
                limit = after[1].start() if after else last
                start, end = _grown(text, max(first, end), limit, match, rules.growth)
                found.append(TimexSpan(start, end, text[start:end], rule.name, rule.read(match)))
    return tuple(found)


def _chosen(candidates: Iterable[_Candidate], end: int) -> list[_Candidate]:
    """Return candidates from `end` on, without overlap; a fallback replaces matches that it covers whole."""
    chosen: list[_Candidate] = []
    fallbacks: list[_Candidate] = []
    begin = end
    for candidate in sorted(candidates, key=_position):
        rule, match = candidate
        if rule.is_fallback:
            if match.start() >= begin:
                fallbacks.append(candidate)
        elif match.start() >= end:
            end = match.end()
            chosen.append(candidate)
    return _with_fallbacks(chosen, fallbacks) if fallbacks else chosen


def _with_fallbacks(chosen: list[_Candidate], fallbacks: list[_Candidate]) -> list[_Candidate]:
    """Replace matches with fallbacks that cover them; drop fallbacks that cut a match or add nothing."""
    taken: list[_Candidate] = []
    rest = deque(chosen)
    for fallback in fallbacks:
        start, end = fallback[1].span()
        while rest and rest[0][1].end() <= start:
            taken.append(rest.popleft())
        if taken and taken[-1][1].end() > start:
            continue
        covered = _spans_before(rest, end)
        if _adds_words((start, end), covered):
            for _ in covered:
                rest.popleft()
            taken.append(fallback)
    return [*taken, *rest]


def _spans_before(candidates: Iterable[_Candidate], end: int) -> list[tuple[int, int]]:
    """Return start and end of the candidates that start before an offset."""
    return [match.span() for _, match in takewhile(lambda candidate: candidate[1].start() < end, candidates)]


def _adds_words(fallback: tuple[int, int], matches: Iterable[tuple[int, int]]) -> bool:
    """Return whether a fallback covers all of the matches, and more than any one of them."""
    start, end = fallback
    return all(start <= first and last <= end and (first, last) != fallback for first, last in matches)


@lru_cache(_RULES_KEPT)
def _rule_selector(rules: DateRules) -> Callable[[str], tuple[DateRule, ...]]:
    """Return a function from a run to the rules it triggers, cached because most runs (`of the`) recur."""

    @lru_cache(_RUNS_KEPT)
    def rules_of(triggers: frozenset[str | None]) -> tuple[DateRule, ...]:
        return tuple(rule for rule in rules.rules if not rule.needs.isdisjoint(triggers))

    def select(run: str) -> tuple[DateRule, ...]:
        return rules_of(frozenset(match.lastgroup for match in rules.trigger.finditer(run)))

    cached = lru_cache(_RUNS_KEPT)(select)
    return lambda run: cached(run) if len(run) <= _LONGEST_RUN_KEPT else select(run)


def _grown(text: str, first: int, last: int, match: re.Match[str], growth: DateGrowth) -> tuple[int, int]:
    """Return start and end of a match, including words that belong to any expression: `1990 and beyond`."""
    start, end = match.span()
    left = growth.left.search(text, max(first, start - _LEFT_CONTEXT), start)
    right = growth.right.match(text, end, last)
    return (left.start() if left else start), (right.end() if right else end)


def _position(candidate: _Candidate) -> tuple[int, int]:
    """Return the sort key of a candidate: leftmost first, then longest."""
    return candidate[1].start(), -candidate[1].end()


def _runs(text: str, first: int, last: int, words: frozenset[str]) -> Iterator[list[re.Match[str]]]:
    """Yield the unbroken runs of date words and numbers in a paragraph."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text, first, last):
        word = match[0]
        if word.lower() in words or word[0].isdigit() or word[-1].isdigit():
            run.append(match)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _candidates(
    text: str, first: int, last: int, run: list[re.Match[str]], rules: tuple[DateRule, ...]
) -> Iterator[_Candidate]:
    """Yield every match of the rules in one run."""
    starts = list(_starts(text, first, run)) if rules else []
    for rule in rules:
        end = 0
        for start in starts:
            if start >= end and (match := rule.pattern.match(text, start, last)):
                end = match.end()
                if _fits_context(rule, text[max(first, start - _LEFT_CONTEXT) : start]):
                    yield rule, match


def _starts(text: str, first: int, run: list[re.Match[str]]) -> Iterator[int]:
    """Yield where an expression may begin: at each word, and at an apostrophe before it (`'80s`)."""
    for word in run:
        start = word.start()
        if start > first and text[start - 1] in _APOSTROPHES:
            yield start - 1
        yield start


def _fits_context(rule: DateRule, left: str) -> bool:
    """Return whether the text before a match meets the conditions of the rule."""
    if rule.before is not None and not rule.before.search(left):
        return False
    return rule.not_before is None or not rule.not_before.search(left)
