"""The checks of `extract doctor`; each returns findings and changes nothing on disk."""

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
from extract.engines.fast import Inference
from extract.engines.spacy import SpacyEngine, find_model, load_model
from extract.engines.stanza_models import models_folder
from extract.errors import ExtractError, StoreError
from extract.lexicon import load_lexicon
from extract.pipeline.fingerprint import pipeline_fingerprint
from extract.quotes.context.loading import load_context_words
from extract.quotes.cues import load_cues
from extract.reading.page.forms import load_forms
from extract.settings import Settings
from extract.store import Manifest, Store, StoreProblem, open_snapshot, state_of, store_problems
from extract.store.snapshots import check_claim

State = Literal["ok", "note", "problem"]

PACKAGES = ("extract", "spacy", "stanza", "torch", "prefect", "pandas", "pyarrow")
LEAST_FREE = 10**9  # bytes; a publication writes changed files beside the old ones
PREFIX = Settings.model_config["env_prefix"]
FLOW_SETTINGS = frozenset({"time_limit"})  # read only by the Prefect flow: flows/limits.py
# Errors that a check may raise in a damaged installation; the remaining checks still run.
_BROKEN = (ExtractError, ImportError, LookupError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        name: What was checked.
        value: What was found.
        state: `note`: worth knowing, does not prevent a run; `problem`: prevents a run.
        advice: What to do; empty if nothing.
    """

    name: str
    value: str
    state: State = "ok"
    advice: str = ""


def check_versions() -> list[Finding]:
    """Return the versions of Python and the main packages, without importing them."""
    python = Finding("python", f"{platform.python_version()}, {sys.executable}")
    return [python, *map(_version, PACKAGES)]


def check_engines(settings: Settings) -> list[Finding]:
    """Check the weights of every engine, the selected one first; problems of the others are notes."""
    engines = [_engine(name, settings) for name in dict.fromkeys((settings.engine, *ENGINES))]
    spacy = _checked("spaCy model", lambda: str(find_model()), "note")
    fast = _checked("fast inference", lambda: _fast(settings), "note")
    return [*engines, spacy, fast, _checked("Stanza models", lambda: _stanza_models(settings), "note")]


def check_knowledge(models_dir: Path) -> list[Finding]:
    """Check that the lexicon and the rules for layouts, quotes and dates can be loaded."""
    folder = str(models_dir.absolute())
    if not models_dir.is_dir():
        advice = f"Set {PREFIX}MODELS_DIR to the project's folder models/, or unset it."
        return [Finding("folder", f"{folder} does not exist", "problem", advice)]
    return [
        Finding("folder", folder),
        _checked("lexicon", lambda: _lexicon(models_dir)),
        _checked("rules", lambda: _rules(models_dir)),
    ]


def check_output(settings: Settings) -> list[Finding]:
    """Check that the output folder is writable, and that the tables published there are intact."""
    root = settings.output.absolute()
    folder = _checked("folder", lambda: _folder(root))
    findings = [folder, _checked("free space", lambda: _free_space(root))]
    try:
        problems = store_problems(root)
        findings += [_store_finding(problem) for problem in problems]
        if any(problem.serious for problem in problems):
            return findings
        manifest = Store(root, keep=settings.keep_snapshots).manifest()
    except _BROKEN as error:
        return [*findings, _failed("tables", error, "problem")]
    if manifest.published_at is None:
        nothing = Finding("tables", "nothing is published yet", advice="extract run INPUT")
        return findings if folder.state == "problem" else [*findings, nothing]
    tables = _checked("tables", lambda: _tables(root, manifest))
    return [*findings, tables, _checked("pipeline", lambda: _freshness(manifest, settings))]


def _store_finding(problem: StoreProblem) -> Finding:
    return Finding("store", problem.what, "problem" if problem.serious else "note", problem.advice)


def check_settings(
    environment: Mapping[str, str], settings: Settings, options: Collection[str]
) -> list[Finding]:
    """Report the settings made by environment variables.

    Args:
        environment: All variables.
        settings: The settings in force.
        options: Names of the settings given on the command line, which overrides the environment.
    """
    findings = []
    for variable, value in sorted(environment.items()):
        name = variable.upper().removeprefix(PREFIX).lower()
        if not variable.upper().startswith(PREFIX):
            continue
        if name in FLOW_SETTINGS:
            findings.append(Finding(variable, f"{value}; used only by the Prefect flow"))
        elif name not in Settings.model_fields:
            findings.append(Finding(variable, "not a setting; it has no effect", "note", _suggestion(name)))
        elif name in options:
            findings.append(
                Finding(variable, f"{value}; overridden by the option: {getattr(settings, name)}")
            )
        else:
            findings.append(Finding(variable, str(getattr(settings, name))))
    return findings or [Finding("environment", f"no {PREFIX}* variable is set")]


def _checked(name: str, check: Callable[[], str | Finding], if_failed: State = "problem") -> Finding:
    """Run a check and return what it found, or the error that it raised."""
    try:
        found = check()
    except _BROKEN as error:
        return _failed(name, error, if_failed)
    return found if isinstance(found, Finding) else Finding(name, found)


def _failed(name: str, error: Exception, state: State) -> Finding:
    if isinstance(error, ExtractError):
        return Finding(name, error.message, state, error.advice)
    return Finding(name, f"{type(error).__name__}: {error}", state)


def _version(package: str) -> Finding:
    try:
        return Finding(package, importlib.metadata.version(package))
    except importlib.metadata.PackageNotFoundError:
        return Finding(package, "not installed", "note")


def _engine(name: str, settings: Settings) -> Finding:
    selected = name == settings.engine

    def check() -> str:
        engine_class(name).check(settings.model_copy(update={"engine": name}))
        return "intact; selected" if selected else "intact"

    return _checked(name, check, "problem" if selected else "note")


def _fast(settings: Settings) -> str:
    """Say whether fast inference runs here.

    Raises:
        NotFastError: It is wanted, but not possible.
        ModelError: The weights are missing or altered.
    """
    if not settings.fast:
        return f"off ({PREFIX}FAST); spaCy's own"
    SpacyEngine.check(settings)
    problem = Inference(load_model(find_model()), fast=True).problem
    if problem:
        raise problem
    return "on; the same Docs as spaCy's own"


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
    load_context_words(models_dir)
    check_date_rules(dates)
    return f"{len(cues.speech):,} speech verbs, {len(dates.rules):,} date rules"


def _folder(root: Path) -> str:
    """Check the output folder like the first step of a run, but without creating it.

    Raises:
        StoreError: It is not a folder, contains other things, or cannot be written to.
    """
    present = _present(root)
    if not present.is_dir():
        raise StoreError(f"{present} is not a folder.", advice="Choose another with --output.")
    if not os.access(present, os.W_OK | os.X_OK):
        advice = "Ask for write permission there, or choose another folder with --output."
        raise StoreError(f"{present} cannot be written to.", advice=advice)
    if present != root:
        return f"{root}, will be created by the first run"
    check_claim(root)
    return f"{root}, writable"


def _present(path: Path) -> Path:
    """Return the path or its nearest existing parent."""
    return next(parent for parent in (path, *path.parents) if os.path.lexists(parent))


def _free_space(root: Path) -> Finding:
    free = shutil.disk_usage(_present(root)).free
    value = f"{free / 10**9:,.1f} GB on this disk"
    if free < LEAST_FREE:
        return Finding("free space", value, "note", "Free space, or lower EXTRACT_KEEP_SNAPSHOTS.")
    return Finding("free space", value)


def _tables(root: Path, manifest: Manifest) -> str:
    """Count what is published."""
    snapshot = open_snapshot(root)
    n_done = sum(entry.status == "done" for entry in manifest.entries.values())
    n_issues = ds.dataset(snapshot / "issues", format="parquet").count_rows()
    published = f"{manifest.published_at:%Y-%m-%d %H:%M} UTC"
    return f"intact; articles: {n_done:,}, issues: {n_issues:,}, published {published}, {snapshot}"


def _freshness(manifest: Manifest, settings: Settings) -> Finding:
    """Compare the pipeline that made the tables with the one that a run would use now."""
    now = pipeline_fingerprint(settings).whole
    n_outdated = sum(
        state_of(manifest, key, entry.content_hash, entry.source, now) == "outdated"
        for key, entry in manifest.entries.items()
        if entry.status == "done"
    )
    if n_outdated:
        value = f"{now}; articles made with another engine, code or lexicon: {n_outdated:,}"
        return Finding("pipeline", value, "note", "`extract run` on their inputs will process them again.")
    return Finding("pipeline", f"{now}, the same as for the tables")


def _suggestion(name: str) -> str:
    """Return advice on a setting that does not exist.

    >>> _suggestion("worker")
    'Did you mean EXTRACT_WORKERS? docs/running.md lists all settings.'
    """
    near = difflib.get_close_matches(name, (*Settings.model_fields, *FLOW_SETTINGS), n=1)
    first = f"Did you mean {PREFIX}{near[0].upper()}?" if near else "Unset it."
    return f"{first} docs/running.md lists all settings."
