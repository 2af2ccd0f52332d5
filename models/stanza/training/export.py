"""Step `export`: the models in the layout of Stanza's resource folders, and their checksums beside it."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import torch

from training.job import Figures, Job, write_json

LANGUAGE = "en"
TOKENIZER, NAMES, VECTORS = "ewt", "iraq", "glove50"
RESOURCES = "resources.json"
HEADER = "# The shipped Stanza models (README.md beside this file), sha256 of each file under weights/.\n"


def run(job: Job) -> Figures:
    """Copy the models, list them for Stanza, and write the checksums of all files."""
    last_stage = job.settings["ner"]["stages"][-1]["name"]
    models = {
        ("tokenize", TOKENIZER): job.file("tokenizer.pt"),
        ("ner", NAMES): job.file("ner", f"{last_stage}.pt"),
        ("pretrain", VECTORS): job.file("glove50.pt"),
    }
    checksums = {}
    for (kind, name), source in models.items():
        target = job.out / LANGUAGE / kind / f"{name}.pt"
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_model(source, target)
        checksums[kind] = digest(target, "md5")
    write_json(job.out / RESOURCES, list_resources(checksums), indent=2)
    return write_checksums(job.out)


def copy_model(source: Path, target: Path) -> None:
    """Copy a model; of the paths that its configuration remembers only the files' names stay."""
    checkpoint = torch.load(source, map_location="cpu", weights_only=True)
    config = checkpoint.get("config")
    if config is None:
        shutil.copyfile(source, target)
        return
    for option, value in config.items():
        if isinstance(value, str) and "/" in value:
            config[option] = Path(value).name
    torch.save(checkpoint, target)


def list_resources(checksums: dict[str, str]) -> dict[str, Any]:
    """Return what Stanza reads to know which models there are and which need which.

    Args:
        checksums: The md5 of each kind's model, as in Stanza's own list.
    """
    needs_vectors = [{"model": "pretrain", "package": VECTORS}]
    return {
        LANGUAGE: {
            "lang_name": "English",
            "default_processors": {"tokenize": [{"package": TOKENIZER}], "ner": [{"package": NAMES}]},
            "default_dependencies": {},
            "tokenize": {TOKENIZER: {"md5": checksums["tokenize"]}},
            "ner": {NAMES: {"md5": checksums["ner"], "dependencies": needs_vectors}},
            "pretrain": {VECTORS: {"md5": checksums["pretrain"]}},
            "packages": {"default": {"tokenize": TOKENIZER, "ner": NAMES}},
        }
    }


def write_checksums(out: Path) -> Figures:
    """Write OUT.sha256 as sha256sum does, with paths relative to OUT; return the files' sizes."""
    files = sorted(path for path in out.rglob("*") if path.suffix in {".json", ".pt"})
    names = {path.relative_to(out).as_posix(): path for path in files}
    lines = (f"{digest(path, 'sha256')}  {name}\n" for name, path in names.items())
    out.with_name(f"{out.name}.sha256").write_text("".join([HEADER, *lines]), encoding="utf-8")
    return {name: path.stat().st_size for name, path in names.items()}


def digest(path: Path, algorithm: str) -> str:
    """Return a file's checksum in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
