"""Settings of a run: defaults here, then `EXTRACT_*` environment variables, then command-line options."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from extract.errors import SettingsError

_PACKAGE = Path(__file__).parent


def default_models_dir() -> Path:
    """Return models/ inside an installed package, else the one of the source checkout."""
    packaged = _PACKAGE / "models"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "models"


class Settings(BaseSettings):
    """Everything that a user may turn; every field has a safe default."""

    model_config = SettingsConfigDict(env_prefix="EXTRACT_", frozen=True)

    output: Path = Field(default=Path("outputs"), description="Folder of the published tables.")
    engine: str = Field(default="spacy", description="Language engine: spacy, stanza or consensus.")
    stanza_models: Literal["shipped", "official"] = Field(
        default="shipped", description="Stanza models: the project's own, or official ones."
    )
    stanza_dir: Path | None = Field(
        default=None, description="Folder of the official Stanza models; else STANZA_RESOURCES_DIR names it."
    )
    workers: int = Field(default=2, ge=1, description="Processes that annotate in parallel.")
    batch_size: int = Field(
        default=10,
        ge=1,
        le=25,
        description="Articles a batch. Small ones keep all workers busy to the end; above 25 memory grows "
        "(3.7 GB at 200) and speed falls.",
    )
    max_chars: int = Field(default=1_000_000, ge=1, description="Longest article accepted, in characters.")
    article_seconds: float = Field(
        default=60,
        gt=0,
        description="Most seconds of the processor an article; as much again for every 100,000 characters.",
    )
    worker_mb: int = Field(
        default=6000,
        ge=1,
        description="Most megabytes of memory a worker may take; a text of 1,000,000 characters takes 4,000.",
    )
    settle_seconds: float = Field(
        default=1,
        ge=0,
        description="Files changed less long ago are read only if they stay as they are; 0 reads all.",
    )
    keep_snapshots: int = Field(default=3, ge=1, description="Published snapshots kept on disk.")
    cache_mb: int = Field(
        default=2000,
        ge=0,
        description="Most megabytes of parsed articles kept beside the tables; 0 keeps none.",
    )
    max_drop: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Largest share of articles, rows an article or filled cells that a run may lose.",
    )
    full: bool = Field(default=False, description="Annotate everything again, whatever is published or kept.")
    retry_failed: bool = Field(default=False, description="Try articles again that failed before.")
    models_dir: Path = Field(default_factory=default_models_dir, description="Lexicon and model data.")


def load_settings(**options: object) -> Settings:
    """Return the settings of the environment, with the options that were given on the command line.

    Args:
        options: Settings by name; None where the option was not given.

    Raises:
        SettingsError: A setting has a value that it cannot have.
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
            " ".join(wrong), advice="Set it right or unset it; docs/running.md says what the settings mean."
        ) from error
