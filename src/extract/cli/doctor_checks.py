"""What `extract doctor` looks at: each check returns findings and changes nothing on the disk."""

import difflib
import importlib.metadata
import os
import platform
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow.dataset as ds

from extract.dates.rules import check_date_rules, load_date_rules
from extract.engines import ENGINES, engine_class
from extract.engines.spacy import find_model
from extract.engines.stanza_models import models_folder
from extract.errors import ExtractError, StoreError
from extract.lexicon import load_lexicon
from extract.pipeline.fingerprint import pipeline_fingerprint
from extract.quotes.cues import load_cues
from extract.reading.page.forms import load_forms
from extract.settings import Settings
from extract.store import Manifest, Store, StoreProblem, open_snapshot, state_of, store_problems
from extract.store.snapshots import check_claim

State = Literal["ok", "note", "problem"]

PACKAGES = ("extract", "spacy", "stanza", "torch", "prefect", "pandas", "pyarrow")
LEAST_FREE = 10**9  # bytes; a publication writes anew the files that change, beside the old ones
PREFIX = Settings.model_config["env_prefix"]
FLOW_SETTINGS = frozenset({"time_limit"})  # read by the Prefect flow alone: flows/limits.py
# What a check may meet in a damaged installation; the checks after it are made all the same.
_BROKEN = (ExtractError, ImportError, LookupError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        name: What was looked at.
        value: What was seen.
        state: `note`: worth knowing, a run can be made; `problem`: it stands in the way of a run.
        advice: What to do, empty where there is nothing to do.
    """

    name: str
    value: str
    state: State = "ok"
    advice: str = ""


def check_versions() -> list[Finding]:
    """Return the versions of Python and of the packages that count; none of them is imported."""
    python = Finding("python", f"{platform.python_version()}, {sys.executable}")
    return [python, *map(_version, PACKAGES)]


def check_engines(settings: Settings) -> list[Finding]:
    """Check the weights of every engine, the chosen one first; the others are no problem of a run."""
    engines = [_engine(name, settings) for name in dict.fromkeys((settings.engine, *ENGINES))]
    spacy = _told("spaCy model", lambda: str(find_model()), "note")
    return [*engines, spacy, _told("Stanza models", lambda: _stanza_models(settings), "note")]


def check_knowledge(models_dir: Path) -> list[Finding]:
    """Load the lexicon, and the rules for layouts, quotes and dates."""
    folder = str(models_dir.absolute())
    if not models_dir.is_dir():
        advice = f"Set {PREFIX}MODELS_DIR to the project's folder models/, or unset it."
        return [Finding("folder", f"{folder} is missing", "problem", advice)]
    return [
        Finding("folder", folder),
        _told("lexicon", lambda: _lexicon(models_dir)),
        _told("rules", lambda: _rules(models_dir)),
    ]


def check_output(settings: Settings) -> list[Finding]:
    """Check that the output folder can be published to, and that what is published there is whole."""
    root = settings.output.absolute()
    folder = _told("folder", lambda: _folder(root))
    findings = [folder, _told("free space", lambda: _free_space(root))]
    try:
        problems = store_problems(root)
        findings += [_store_finding(problem) for problem in problems]
        if any(problem.serious for problem in problems):
            return findings
        manifest = Store(root, keep=settings.keep_snapshots).manifest()
    except _BROKEN as error:
        return [*findings, _trouble("tables", error, "problem")]
    if manifest.published_at is None:
        nothing = Finding("tables", "nothing is published yet", advice="extract run INPUT")
        return findings if folder.state == "problem" else [*findings, nothing]
    tables = _told("tables", lambda: _tables(root, manifest))
    return [*findings, tables, _told("pipeline", lambda: _freshness(manifest, settings))]


def _store_finding(problem: StoreProblem) -> Finding:
    return Finding("store", problem.what, "problem" if problem.serious else "note", problem.advice)


def check_settings(
    environment: Mapping[str, str], settings: Settings, options: Collection[str]
) -> list[Finding]:
    """Return the settings that environment variables make.

    Args:
        environment: All variables.
        settings: The settings in force.
        options: Names of the settings that the command line makes; it wins over the environment.
    """
    findings = []
    for variable, value in sorted(environment.items()):
        name = variable.upper().removeprefix(PREFIX).lower()
        if not variable.upper().startswith(PREFIX):
            continue
        if name in FLOW_SETTINGS:
            findings.append(Finding(variable, f"{value}; counts in the Prefect flow"))
        elif name not in Settings.model_fields:
            findings.append(Finding(variable, "no setting; it has no effect", "note", _meant(name)))
        elif name in options:
            findings.append(Finding(variable, f"{value}; the option wins: {getattr(settings, name)}"))
        else:
            findings.append(Finding(variable, str(getattr(settings, name))))
    return findings or [Finding("environment", f"no {PREFIX}* variable is set")]


def _told(name: str, look: Callable[[], str | Finding], otherwise: State = "problem") -> Finding:
    """Return what was seen, or the error that was met."""
    try:
        seen = look()
    except _BROKEN as error:
        return _trouble(name, error, otherwise)
    return seen if isinstance(seen, Finding) else Finding(name, seen)


def _trouble(name: str, error: Exception, state: State) -> Finding:
    if isinstance(error, ExtractError):
        return Finding(name, error.message, state, error.advice)
    return Finding(name, f"{type(error).__name__}: {error}", state)


def _version(package: str) -> Finding:
    try:
        return Finding(package, importlib.metadata.version(package))
    except importlib.metadata.PackageNotFoundError:
        return Finding(package, "not installed", "note")


def _engine(name: str, settings: Settings) -> Finding:
    chosen = name == settings.engine

    def look() -> str:
        engine_class(name).check(settings.model_copy(update={"engine": name}))
        return "whole; the chosen one" if chosen else "whole"

    return _told(name, look, "problem" if chosen else "note")


def _stanza_models(settings: Settings) -> Finding:
    folder = models_folder(settings).absolute()
    if folder.is_dir():
        return Finding("Stanza models", f"{settings.stanza_models}, {folder}")
    return Finding("Stanza models", f"{settings.stanza_models}, {folder} (missing)", "note")


def _lexicon(models_dir: Path) -> str:
    lexicon = load_lexicon(models_dir)
    roles = Counter(entity.role for entity in lexicon.entities.values())
    return (
        f"{len(lexicon.actors()):,} actors, {roles['place']:,} places, "
        f"{roles['named']:,} outlets and organisations, {len(lexicon.offices):,} offices, "
        f"{sum(map(len, lexicon.names.values())):,} names"
    )


def _rules(models_dir: Path) -> str:
    load_forms(models_dir)
    cues, dates = load_cues(models_dir), load_date_rules(models_dir)
    check_date_rules(dates)
    return f"{len(cues.speech):,} verbs of speech, {len(dates.rules):,} rules for dates"


def _folder(root: Path) -> str:
    """See what the first step of a run will see, without making the folder.

    Raises:
        StoreError: It is no folder, is not ours, or cannot be written to.
    """
    present = _present(root)
    if not present.is_dir():
        raise StoreError(f"{present} is not a folder.", advice="Choose another with --output.")
    if not os.access(present, os.W_OK | os.X_OK):
        advice = "Ask for write permission there, or choose another folder with --output."
        raise StoreError(f"{present} cannot be written to.", advice=advice)
    if present != root:
        return f"{root}, which the first run makes"
    check_claim(root)
    return f"{root}, writable"


def _present(path: Path) -> Path:
    """Return the path, or the nearest of its parents that is there."""
    return next(parent for parent in (path, *path.parents) if os.path.lexists(parent))


def _free_space(root: Path) -> Finding:
    free = shutil.disk_usage(_present(root)).free
    value = f"{free / 10**9:,.1f} GB on its disk"
    if free < LEAST_FREE:
        return Finding("free space", value, "note", "Free space, or lower EXTRACT_KEEP_SNAPSHOTS.")
    return Finding("free space", value)


def _tables(root: Path, manifest: Manifest) -> str:
    """Count what is published."""
    snapshot = open_snapshot(root)
    n_done = sum(entry.status == "done" for entry in manifest.entries.values())
    n_issues = ds.dataset(snapshot / "issues", format="parquet").count_rows()
    return f"whole; articles: {n_done:,}, issues: {n_issues:,}, published {_day(manifest)}, {snapshot}"


def _day(manifest: Manifest) -> str:
    return f"{manifest.published_at:%Y-%m-%d %H:%M} UTC"


def _freshness(manifest: Manifest, settings: Settings) -> Finding:
    """Compare the pipeline that made the tables with the one that a run would use now."""
    now = pipeline_fingerprint(settings).whole
    n_outdated = sum(
        state_of(manifest, key, entry.content_hash, entry.source, now) == "outdated"
        for key, entry in manifest.entries.items()
        if entry.status == "done"
    )
    if n_outdated:
        value = f"{now}; articles made by another engine, code or lexicon: {n_outdated:,}"
        return Finding("pipeline", value, "note", "They will be read again by `extract run` on their inputs.")
    return Finding("pipeline", f"{now}, that of the tables")


def _meant(name: str) -> str:
    """Return what to do about a setting that there is not.

    >>> _meant("worker")
    'Perhaps EXTRACT_WORKERS is meant; docs/running.md has them all.'
    """
    near = difflib.get_close_matches(name, (*Settings.model_fields, *FLOW_SETTINGS), n=1)
    all_ = "docs/running.md has them all."
    return f"Perhaps {PREFIX}{near[0].upper()} is meant; {all_}" if near else f"Unset it; {all_}"
