"""The component for dates: it writes the spans, `timex.resolver` gives them values."""

from spacy.tokens import Doc

from extract.dates.finder import find_timexes
from extract.dates.rules import DateRules
from extract.dates.tense import lexical_tense, tense_of
from extract.engines.extensions import register


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


__all__ = ["DateFinder", "find_timexes", "lexical_tense", "tense_of"]
