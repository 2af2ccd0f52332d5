"""Finding of temporal expressions: text -> spans with what their rule captured.

The rules and names are data: models/dates/rules.toml and names.toml. `extract.resolve.timex` gives values.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate.dates_tense import lexical_tense, tense_of
from extract.annotate.extensions import register
from extract.engines.lines import find_paragraphs
from extract.lexicon.date_names import DateRule, DateRules, load_date_rules
from extract.model import TimexSpan

# Longest text before a match that a rule may ask about.
_LEFT_CONTEXT = 24


def find_timexes(text: str, rules: DateRules) -> tuple[TimexSpan, ...]:
    """Find the temporal expressions of a text.

    Args:
        text: Any text; offsets count its code points.
        rules: From `load_date_rules`.

    Returns:
        The spans in order, without overlap: the leftmost, of those the longest, of those the first rule's.
    """
    found: list[TimexSpan] = []
    for first, last in find_paragraphs(text):
        candidates = sorted(
            _candidates(text, first, last, rules),
            key=lambda candidate: (candidate[1].start(), -candidate[1].end()),
        )
        end = first
        for rule, match in candidates:
            if match.start() >= end:
                end = match.end()
                found.append(TimexSpan(match.start(), end, match[0], rule.name, rule.read(match)))
    return tuple(found)


def _candidates(
    text: str, start: int, end: int, rules: DateRules
) -> Iterator[tuple[DateRule, re.Match[str]]]:
    """Yield every match of every rule that the paragraph's triggers call for."""
    triggers = {match.lastgroup for match in rules.trigger.finditer(text, start, end)}
    if not triggers:
        return
    for rule in rules.rules:
        if not rule.needs.isdisjoint(triggers):
            for match in rule.pattern.finditer(text, start, end):
                if _fits_context(rule, text[max(start, match.start() - _LEFT_CONTEXT) : match.start()]):
                    yield rule, match


def _fits_context(rule: DateRule, left: str) -> bool:
    """Tell whether the text before a match is as the rule asks."""
    if rule.before is not None and not rule.before.search(left):
        return False
    return rule.not_before is None or not rule.not_before.search(left)


class DateFinder:
    """spaCy component: writes `doc._.timex_spans`.

    Args:
        rules: From `load_date_rules`.
    """

    def __init__(self, rules: DateRules) -> None:
        register()
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Find the temporal expressions of one Doc."""
        doc._.timex_spans = find_timexes(doc.text, self.rules)
        return doc


@Language.factory("extract_dates", assigns=["doc._.timex_spans"])
def make_date_finder(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - spaCy passes it
    models_dir: str,
) -> DateFinder:
    """Make the component; `models_dir` is the project's models/ folder."""
    return DateFinder(load_date_rules(Path(models_dir)))


__all__ = ["DateFinder", "find_timexes", "lexical_tense", "tense_of"]
