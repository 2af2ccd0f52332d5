"""The pipeline's component for dates: it writes the spans, `extract.resolve.timex` gives them values."""

from spacy.tokens import Doc

from extract.annotate.dates_finding import find_timexes
from extract.annotate.dates_tense import lexical_tense, tense_of
from extract.annotate.extensions import register
from extract.lexicon.date_names import DateRules


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
