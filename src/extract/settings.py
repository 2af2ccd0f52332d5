"""Settings of a run: defaults, overridden by `EXTRACT_*` variables, overridden by command-line options."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from extract.errors import SettingsError

_PACKAGE = Path(__file__).parent

CLUSTER_PATTERN = r"^((tcp|tls|ws|wss)://\S+:\d+|local:[1-9]\d*)?$"
"""The address of a Dask scheduler, or `local:N` for a cluster of N workers on this machine."""


def default_models_dir() -> Path:
    """Return models/ of the installed package, else of the source checkout."""
    packaged = _PACKAGE / "models"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "models"


def _not_blank(given: object) -> object:
    """Refuse a blank path, which would mean the current folder."""
    if not str(given).strip():
        raise ValueError("A folder must be named; `.` is this folder")
    return given


def _mapping(given: object) -> object:
    """Read `text=content`, a list of such pairs, or several in one string with commas between them."""
    if not isinstance(given, str | list):
        return given
    pairs = given.split(",") if isinstance(given, str) else given
    mapping = {}
    for pair in filter(str.strip, pairs):
        name, sign, column = pair.partition("=")
        if not (sign and name.strip() and column.strip()):
            raise ValueError(f"{pair!r} is not of the form FIELD=COLUMN, such as text=content")
        mapping[name.strip()] = column.strip()
    return mapping


class Settings(BaseSettings):
    """The settings that a user can change; each has a safe default."""

    model_config = SettingsConfigDict(env_prefix="EXTRACT_", frozen=True)

    output: Annotated[Path, BeforeValidator(_not_blank)] = Field(
        default=Path("outputs"), description="Folder of the published tables."
    )
    engine: str = Field(default="spacy", description="Language engine: see `extract run --help`.")
    fast: bool = Field(
        default=True,
        description="Own inference of spaCy's weights: the same rows sooner; 0: spaCy's own.",
    )
    stanza_models: Literal["shipped", "official"] = Field(
        default="shipped", description="Stanza models: the project's own (shipped) or the official ones."
    )
    stanza_dir: Path | None = Field(
        default=None, description="Folder of the official Stanza models; default: STANZA_RESOURCES_DIR."
    )
    workers: int = Field(default=2, ge=1, description="Processes that annotate in parallel.")
    cluster: str = Field(
        default="",
        pattern=CLUSTER_PATTERN,
        description="Dask cluster that annotates instead of local processes: tcp://host:8786, or local:N.",
    )
    batch_size: int = Field(
        default=10,
        ge=1,
        le=25,
        description="Articles per batch. Small batches keep all workers busy to the end; above 25, memory "
        "grows (3.7 GB at 200) and speed falls.",
    )
    max_chars: int = Field(default=1_000_000, ge=1, description="Longest article accepted, in characters.")
    article_seconds: float = Field(
        default=60,
        gt=0,
        description="Limit of CPU seconds per article, plus the same again per 100,000 characters.",
    )
    start_seconds: float = Field(
        default=60,
        gt=0,
        description="Limit of seconds for a worker to start and load its models; doubled when it did not.",
    )
    read_seconds: float = Field(
        default=60,
        gt=0,
        description="Limit of seconds for a file to be read, or for the next of its records.",
    )
    worker_mb: int = Field(
        default=6000,
        ge=1,
        description="Memory limit per worker in megabytes; a text of 1,000,000 characters takes 4,000.",
    )
    settle_seconds: float = Field(
        default=1,
        ge=0,
        description="A file changed more recently is read only if it stays unchanged this long; 0: no wait.",
    )
    follow_links: bool = Field(
        default=False, description="Read what links inside an input folder lead to outside it."
    )
    map: Annotated[dict[str, str], NoDecode, BeforeValidator(_mapping)] = Field(
        default={}, description="Columns of tables, or keys of records, by the field that they hold."
    )
    overrides: Annotated[Path, BeforeValidator(_not_blank)] | None = Field(
        default=None,
        description="Folder with corrections by hand; default: overrides/ beside the first input.",
    )
    report: bool = Field(
        default=True, description="Make the report as the last step of the flow; `extract run` has --report."
    )
    report_url: str = Field(
        default="",
        pattern="^(https?://[^\\s()]+)?$",
        description="Address at which readers find the report, for the link on the page of a flow's run.",
    )
    keep_snapshots: int = Field(default=3, ge=1, description="Number of publications kept on disk.")
    cache_mb: int = Field(
        default=2000,
        ge=0,
        description="Size limit of the cache of parsed articles in megabytes; 0 keeps none.",
    )
    broken_rows: Literal["drop", "fail"] = Field(
        default="drop",
        description="What a row that breaks its table's contract costs: itself (drop) or its article (fail).",
    )
    max_drop: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Largest share of an input's articles, of rows per article or of filled cells to lose.",
    )
    full: bool = Field(
        default=False, description="Annotate everything again, whatever is published or cached."
    )
    retry_failed: bool = Field(default=False, description="Retry articles that failed before.")
    allow_removals: bool = Field(
        default=False, description="Let an input lose more than max_drop of its articles, or all of them."
    )
    folder_ids: bool = Field(
        default=False, description="Begin the id of every article with the name of its input folder."
    )
    source_root: Annotated[Path, BeforeValidator(_not_blank)] | None = Field(
        default=None,
        description="Folder below which sources are named by their path in it; default: absolute.",
    )
    models_dir: Path = Field(default_factory=default_models_dir, description="Lexicon and model data.")

    @property
    def source_base(self) -> Path | None:
        """The absolute path of `source_root`."""
        if self.source_root is None:
            return None
        return Path(os.path.abspath(self.source_root))  # noqa: PTH100 - resolve() would follow links


def load_settings(**options: object) -> Settings:
    """Return the settings from the environment and the command line.

    Args:
        options: Command-line options by setting; None if the option was not given.

    Raises:
        SettingsError: A setting has an invalid value.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        prefix = Settings.model_config["env_prefix"]
        wrong = (
            f"{prefix}{str(one['loc'][0]).upper()} is {one['input']!r}: {one['msg']}."
            for one in error.errors()
        )
        raise SettingsError(
            " ".join(wrong),
            advice="Set it to a valid value or unset it; docs/running.md explains the settings.",
        ) from error
