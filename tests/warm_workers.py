"""Runs whose worker processes start warm: forked, with the model and the date rules loaded already.

Nothing else of a run changes: it plans, starts its workers, watches them, publishes. What is saved is to
start Python, to import spaCy and to load the models, which is four seconds of the processor a worker. Tests
of how workers start, and at least one of every command, start cold.
"""

import faulthandler
import gc
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from multiprocessing.context import ForkContext, ForkProcess
from pathlib import Path
from unittest import mock

from extract.dates.rules import DateRules, load_date_rules
from extract.engines import load_engine
from extract.engines.engine import Engine
from extract.ids import digest
from extract.model import Article
from extract.pipeline import annotator, knowledge
from extract.pipeline.annotator import Annotator
from extract.settings import Settings
from extract.tables import to_tables

# What the runs of tests meet again and again: rules and libraries that are loaded at their first use.
EVERYDAY = (
    "Officials in Baghdad met on 3 May 2021. “We agree,” said Karwan Dizayi, a clerk, on Monday.\n\n"
    "July 28, 2021\n\nHe said that it would follow in 3 days. Basra was quiet last week."
)


class WarmWorker(ForkProcess):
    """A worker that its alarms end: it is not to inherit what pytest does at an alarm or a crash."""

    def run(self) -> None:
        faulthandler.disable()
        for alarm in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(alarm, signal.SIG_DFL)
        super().run()


class WarmContext(ForkContext):
    """Starts such workers."""

    Process = WarmWorker


@contextmanager
def warm_workers(made: Annotator) -> Iterator[None]:
    """Let runs start warm workers.

    Args:
        made: Has loaded what they are to have; the lexicon is the run's, which they inherit.
    """
    everyday(made)
    rules = _date_rules_by_state(made)

    def engine(settings: Settings) -> Engine:
        return made.engine if settings.engine == made.settings.engine else load_engine(settings)

    def date_rules(models_dir: Path) -> DateRules:
        state = _state(models_dir)
        if state not in rules:
            rules[state] = load_date_rules(models_dir)
        return rules[state]

    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(multiprocessing, "get_context", return_value=WarmContext()))
        patches.enter_context(mock.patch.object(annotator, "load_engine", engine))
        patches.enter_context(mock.patch.object(knowledge, "load_date_rules", date_rules))
        yield


@cache
def everyday(made: Annotator) -> None:
    """Use all once, and tell the collector that it stays: else every child would copy and search it."""
    to_tables(made.annotate([Article("a", "a.txt", "txt", EVERYDAY, "")]))
    gc.collect()
    gc.freeze()


@cache
def _date_rules_by_state(made: Annotator) -> dict[str, DateRules]:
    return {_state(made.settings.models_dir): made.knowledge.date_rules}


def _state(models_dir: Path) -> str:
    return digest(b"".join(file.read_bytes() for file in sorted((models_dir / "dates").glob("*.toml"))))
