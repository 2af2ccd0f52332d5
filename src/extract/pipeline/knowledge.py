"""The knowledge under models/ that annotation needs; loading it imports no spaCy."""

from dataclasses import dataclass
from pathlib import Path

from extract.dates.rules import DateRules, load_date_rules
from extract.lexicon import Lexicon, load_lexicon
from extract.quotes.context.loading import load_context_words
from extract.quotes.context.words import ContextWords
from extract.quotes.cues import Cues, load_cues
from extract.text.line_words import LineWords, load_line_words


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The knowledge under models/ that annotation needs, loaded and validated."""

    lexicon: Lexicon
    cues: Cues
    context: ContextWords
    date_rules: DateRules
    line_words: LineWords


def load_knowledge(models_dir: Path) -> Knowledge:
    """Load the knowledge that annotation needs.

    Raises:
        LexiconError: A knowledge file is invalid.
    """
    return Knowledge(
        load_lexicon(models_dir),
        load_cues(models_dir),
        load_context_words(models_dir),
        load_date_rules(models_dir),
        load_line_words(models_dir),
    )
