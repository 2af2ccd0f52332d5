"""`extract evaluate`."""

import json
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import AsJson, Engine
from extract.cli.screen.rows import as_json, write_text
from extract.console import SOME_FAILED

if TYPE_CHECKING:
    import pandas as pd

    from extract.evaluate import Gold as GoldRows
    from extract.evaluate import Scores


class ScoredTable(StrEnum):
    """A table that can be compared with gold."""

    ENTITIES = "entities"
    QUOTES = "quotes"
    DATES = "dates"


Shown = Annotated[
    list[ScoredTable] | None,
    typer.Argument(metavar="TABLE", help="Tables to show: entities, quotes, dates.", show_default="all"),
]
Gold = Annotated[
    Path | None,
    typer.Option(help="Folder with entities.jsonl, quotes.jsonl, dates.jsonl.", show_default="none"),
]
Overrides = Annotated[
    Path | None,
    typer.Option(help="Folder with corrections by hand, which say what is right.", show_default="none"),
]
Articles = Annotated[
    Path | None, typer.Option(help="The annotated articles.", show_default="seeds beside the gold folder")
]
Errors = Annotated[bool, typer.Option("--errors", help="List every difference from the gold.")]
ShowCalibration = Annotated[
    bool, typer.Option("--calibration", help="Show how true the confidences are: reliability, ECE, AUC.")
]
Floors = Annotated[Path | None, typer.Option(help="JSON file of minimum scores.", show_default="none")]
RaiseFloors = Annotated[
    bool, typer.Option("--raise-floors", help="Raise the minimum scores to the current scores.")
]


def evaluate(
    shown: Shown = None,
    *,
    gold: Gold = None,
    overrides: Overrides = None,
    articles: Articles = None,
    engine: Engine = None,
    errors: Errors = False,
    calibration: ShowCalibration = False,
    floors: Floors = None,
    raise_them: RaiseFloors = False,
    as_json_: AsJson = False,
) -> None:
    """Print precision, recall and F1 on annotated articles.

    With --overrides: how much is right of what was corrected, by label, confidence and rule.

    The exit code is 1 if a score is below its minimum, or if a row was dropped or an article failed.
    """
    if overrides is not None and gold is None:
        of_gold = {"TABLE": shown, "--errors": errors, "--calibration": calibration, "--floors": floors}
        for option, given in (of_gold | {"--raise-floors": raise_them}).items():
            if given:
                raise typer.BadParameter("goes with --gold, not with --overrides", param_hint=option)
        _judge(overrides, articles, engine, as_json_=as_json_)
        return
    if overrides is not None or gold is None:
        raise typer.BadParameter("give one of --gold and --overrides")
    if raise_them and floors is None:
        raise typer.BadParameter("requires --floors FILE", param_hint="--raise-floors")
    import extract.light_spacy  # noqa: F401 - before spaCy
    from extract.evaluate import read_gold

    expected = read_gold(gold)
    tables = _extract(articles or gold.resolve().parent / "seeds", engine)
    print_ = _print_json if as_json_ else _print_scores
    scores = print_(tables, expected, shown or list(ScoredTable), errors=errors, calibration=calibration)
    losses = _print_losses(tables)
    below = _hold_floors(scores, floors, raise_them=raise_them) if floors else 0
    raise typer.Exit(below or (SOME_FAILED if losses else 0))


def _print_scores(
    tables: "Mapping[str, pd.DataFrame]",
    expected: "GoldRows",
    shown: Collection[ScoredTable],
    *,
    errors: bool,
    calibration: bool,
) -> "Scores":
    """Print how tables compare with gold; return all scores, those not shown included."""
    from extract.evaluate import (
        calibrate_tables,
        evaluate_tables,
        format_calibrations,
        format_errors,
        format_scores,
    )

    scores = evaluate_tables(tables, expected)
    wanted = _only(scores, shown)
    typer.echo(format_scores(wanted))
    if calibration:
        typer.echo("\n" + format_calibrations(calibrate_tables(tables, expected)))
    if errors:
        typer.echo(format_errors(wanted, tables["articles"]))
    return scores


def _print_json(
    tables: "Mapping[str, pd.DataFrame]",
    expected: "GoldRows",
    shown: Collection[ScoredTable],
    *,
    errors: bool,
    calibration: bool,
) -> "Scores":
    """Print as JSON how tables compare with gold; the measures have the names that floors have."""
    from extract.evaluate import calibrate_tables, evaluate_tables

    scores = evaluate_tables(tables, expected)
    wanted = _only(scores, shown)
    told: dict[str, object] = {"measures": wanted.as_dict()}
    if calibration:
        columns = calibrate_tables(tables, expected)
        told["calibration"] = {name: column.as_dict() for name, column in columns.items()}
    if errors:
        told["differences"] = [asdict(one) for one in wanted.disagreements()]
    write_text(as_json(told))
    return scores


def _print_losses(tables: "Mapping[str, pd.DataFrame]") -> bool:
    """Print what the run lost; return whether it lost anything."""
    from extract.evaluate import format_losses

    losses = format_losses(tables["issues"])
    if losses:
        typer.echo(losses, err=True)
    return bool(losses)


def _judge(folder: Path, articles: Path | None, engine: str | None, *, as_json_: bool) -> None:
    """Print how right the pipeline is by itself where an analyst has judged it."""
    if articles is None:
        raise typer.BadParameter("--overrides needs the articles", param_hint="--articles")
    import extract.light_spacy  # noqa: F401 - before spaCy
    from extract.evaluate.corrections import format_judgements, judge_corrections
    from extract.model import Article
    from extract.overrides import load_overrides
    from extract.pipeline.annotator import Annotator
    from extract.reading import read_inputs
    from extract.settings import load_settings

    settings = load_settings(engine=engine)
    annotator = Annotator(settings.model_copy(update={"overrides": None}))
    overrides = load_overrides(folder, annotator.knowledge.lexicon)
    read = read_inputs([articles], max_chars=settings.max_chars, models_dir=settings.models_dir)
    found = (one for one in read if isinstance(one, Article))
    judgements = list(judge_corrections(found, overrides, annotator))
    if as_json_:
        write_text(as_json([asdict(one) for one in judgements]))
    else:
        typer.echo(format_judgements(judgements))


def _extract(articles: Path, engine: str | None) -> "dict[str, pd.DataFrame]":
    """Run on articles in a temporary folder and return the tables."""
    import pandas as pd

    from extract.pipeline import run as run_pipeline
    from extract.settings import load_settings
    from extract.store import open_snapshot
    from extract.tables import TABLES

    with tempfile.TemporaryDirectory() as folder:
        run_pipeline([articles], load_settings(output=Path(folder), engine=engine))
        return {name: pd.read_parquet(open_snapshot(Path(folder)) / name) for name in TABLES}


def _only(scores: "Scores", shown: Collection[ScoredTable]) -> "Scores":
    return replace(scores, **{table.value: None for table in ScoredTable if table not in shown})


def _hold_floors(scores: "Scores", file: Path, *, raise_them: bool) -> int:
    """Print the scores below their floors, raise the other floors if requested, return the exit code."""
    from extract.evaluate import check_floors, raise_floors

    floors: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    violations = check_floors(scores, floors)
    for violation in violations:
        typer.echo(violation, err=True)
    raised = raise_floors(scores, floors)
    if raise_them and raised != floors:
        file.write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")
        for name, floor in raised.items():
            if floor > floors[name]:
                typer.echo(f"{name}: floor raised from {floors[name]} to {floor}", err=True)
    return SOME_FAILED if violations else 0
