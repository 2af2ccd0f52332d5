"""Finds, checks and loads the Stanza models.

The project ships its own small models in models/stanza/weights (see the README there), in the layout of
Stanza's resource folders. The official models are used if the settings say so.
"""

import importlib.util
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.engines.checksums import check_file, check_files
from extract.errors import ModelError
from extract.settings import Settings

if TYPE_CHECKING:
    from stanza import Pipeline

LANGUAGE = "en"
PROCESSORS = "tokenize,ner"
WEIGHTS = Path("stanza", "weights")
CHECKSUMS = Path("stanza", "weights.sha256")
RESOURCES = "resources.json"
# The shipped NER model has two tag columns: UNER's labels (0) and the project's own (1).
PROJECT_LABELS = 1
INSTALL = (
    "Run `make stanza` in the project's folder, or install the CPU build of torch and then "
    "'extract[stanza]' with pip."
)
RESTORE = "Restore or train it (models/stanza/README.md), or choose EXTRACT_ENGINE=spacy."
DOWNLOAD = (
    "Get them with: python -c \"import stanza; stanza.download('en', model_dir=FOLDER)\" and set "
    "EXTRACT_STANZA_DIR=FOLDER, or use the shipped models with EXTRACT_STANZA_MODELS=shipped."
)


def check_models(settings: Settings) -> None:
    """Raise a ModelError if Stanza is not installed, or a model file is missing or altered."""
    for package in ("torch", "stanza"):
        if importlib.util.find_spec(package) is None:
            raise ModelError(f"The package {package} is not installed.", advice=INSTALL)
    folder = models_folder(settings)
    if settings.stanza_models == "shipped":
        check_files(folder, settings.models_dir / CHECKSUMS, model="The Stanza model", advice=RESTORE)
    else:
        for file, checksum in _official_files(folder):
            check_file(file, checksum, "md5", model="The official Stanza model", advice=DOWNLOAD)


def models_folder(settings: Settings) -> Path:
    """Return the folder of the models chosen by the settings.

    Raises:
        ModelError: Official models are chosen, but no setting names their folder.
    """
    if settings.stanza_models == "shipped":
        return settings.models_dir / WEIGHTS
    named = settings.stanza_dir or os.environ.get("STANZA_RESOURCES_DIR")
    if not named:
        raise ModelError(
            "Official Stanza models are chosen, but EXTRACT_STANZA_DIR and STANZA_RESOURCES_DIR are not set.",
            advice=DOWNLOAD,
        )
    return Path(named)


def load_pipeline(settings: Settings, *, pretokenized: bool) -> "Pipeline":
    """Load the tokenizer and the NER model, without network access.

    Args:
        settings: Choose the models.
        pretokenized: Whether the input is lists of words instead of text.
    """
    import stanza  # noqa: PLC0415 - takes seconds, which users of other engines need not wait

    logging.getLogger("stanza").setLevel(logging.WARNING)
    column = {"ner_predict_tagset": PROJECT_LABELS} if settings.stanza_models == "shipped" else {}
    return stanza.Pipeline(
        LANGUAGE,
        dir=str(models_folder(settings)),
        processors=PROCESSORS,
        tokenize_pretokenized=pretokenized,
        download_method=None,
        use_gpu=False,
        verbose=False,
        **column,
    )


def _official_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of the official pipeline, each with its md5 from Stanza's resource list."""
    from stanza.resources import common  # noqa: PLC0415 - see load_pipeline

    listing = folder / RESOURCES
    if not listing.is_file():
        raise ModelError(
            f"The folder {folder} contains no Stanza models ({RESOURCES} is missing).", advice=DOWNLOAD
        )
    wanted = dict.fromkeys(PROCESSORS.split(","), "default")
    try:
        resources: dict[str, Any] = json.loads(listing.read_text(encoding="utf-8"))
        models = common.maintain_processor_list(resources, LANGUAGE, "default", wanted)
        models = common.flatten_processor_list(common.add_dependencies(resources, LANGUAGE, models))
    except (ValueError, LookupError) as error:
        message = f"The list of official Stanza models is damaged: {listing}: {error!r}."
        raise ModelError(message, advice=DOWNLOAD) from error
    for kind, name in models:
        entry = resources[LANGUAGE].get(kind, {}).get(name)
        if isinstance(entry, dict) and "md5" in entry:
            yield folder / LANGUAGE / kind / f"{name}.pt", entry["md5"]
