"""Dates in plain text with TIMEX3 values, for use without the pipeline; no language model is needed.

>>> from datetime import date
>>> from extract.dates import find
>>> [(timex.text, timex.value) for timex in find("He left on Tuesday.", date(2021, 7, 28))]
[('Tuesday', '2021-07-27')]
"""

from extract.dates.api import DateRules, find, load_rules
from extract.model import Timex

__all__ = ["DateRules", "Timex", "find", "load_rules"]
