"""Quality of the tables: scores against gold, computed on plain rows and frames.

>>> from extract.evaluate import evaluate_tables, format_scores, read_gold
"""

from extract.evaluate.dates import DateScores, score_dates
from extract.evaluate.entities import EntityScores, score_entities
from extract.evaluate.floors import check_floors, raise_floors
from extract.evaluate.gold import Gold, read_gold
from extract.evaluate.quotes import QuoteScores, score_quotes
from extract.evaluate.report import format_calibrations, format_errors, format_losses, format_scores
from extract.evaluate.rows import DateRow, EntityRow, QuoteRow
from extract.evaluate.scores import Scores, calibrate_tables, evaluate_tables

__all__ = [
    "DateRow",
    "DateScores",
    "EntityRow",
    "EntityScores",
    "Gold",
    "QuoteRow",
    "QuoteScores",
    "Scores",
    "calibrate_tables",
    "check_floors",
    "evaluate_tables",
    "format_calibrations",
    "format_errors",
    "format_losses",
    "format_scores",
    "raise_floors",
    "read_gold",
    "score_dates",
    "score_entities",
    "score_quotes",
]
