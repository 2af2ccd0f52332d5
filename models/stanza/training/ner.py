"""Step `ner`: Stanza's names model, with two columns of tags.

Column 0 has PER, LOC and ORG from corpora annotated by hand, column 1 the project's labels from silver data.
A token whose tag in a column is not known has "-" there: Stanza leaves it out of that column's loss.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.common.doc import Document
from stanza.models.ner import scorer
from stanza.models.ner.data import DataLoader

from training.job import Figures, Job, Sentence, log_of_stanza, read_json, to_arguments, write_json

Row = list[dict[str, Any]]

UNKNOWN = "-"
BEST = re.compile(r"Best dev F1 = ([\d.]+), at iteration = (\d+)")


def run(job: Job) -> Figures:
    """Run all stages, each from where the one before it ended, and measure each on UNER's test part."""
    gold = {part: [to_row(sentence, 0) for sentence in job.read_sentences(part)] for part in ("dev", "test")}
    dev, test = (write_data(job, part, rows) for part, rows in gold.items())
    figures: Figures = {}
    before: Path | None = None
    for stage in job.settings["ner"]["stages"]:
        rows = list(mix(job, stage))
        model = model_file(job, stage)
        best = train(job, stage, write_data(job, stage["name"], rows), dev, before)
        figures[stage["name"]] = {"sentences": len(rows), **best, "test": measure(job, model, test)}
        before = model
    return figures


def model_file(job: Job, stage: dict[str, Any]) -> Path:
    """Return where the model of a stage lies."""
    return job.file("ner", f"{stage['name']}.pt")


def mix(job: Job, stage: dict[str, Any]) -> Iterator[Row]:
    """Yield the training sentences of a stage."""
    for corpus, times in stage["first_column"].items():
        for sentence in job.read_sentences(corpus):
            yield from [to_row(sentence, 0)] * times
    settings = job.settings["ner"]
    chance = random.Random(settings["seed"])  # noqa: S311 - no secret
    for corpus in stage["second_column"]:
        for sentence in job.read_sentences(corpus):
            named = any(tag != "O" for _, tag in sentence)
            if named or chance.random() <= settings["nameless_share"]:
                yield to_row(sentence, 1)


def to_row(sentence: Sentence, column: int) -> Row:
    """Return a sentence in Stanza's form, its tags in one of the two columns."""
    return [
        {"text": word, "multi_ner": [tag, UNKNOWN] if column == 0 else [UNKNOWN, tag]}
        for word, tag in sentence
    ]


def write_data(job: Job, name: str, rows: list[Row]) -> Path:
    """Write sentences for Stanza's trainer."""
    path = job.file("ner", f"{name}.json")
    write_json(path, rows)
    return path


def train(job: Job, stage: dict[str, Any], data: Path, dev: Path, before: Path | None) -> Figures:
    """Run Stanza's trainer, and return the best score on the dev part and the step that reached it."""
    files = {"train_file": data, "eval_file": dev}
    start = {}
    if before:
        start = {"finetune": True, "finetune_load_name": at_rate(before, stage["options"]["lr"])}
    options = {**common_options(job, model_file(job, stage)), **stage["options"], **files, **start}
    log = job.file("ner", f"{stage['name']}.log")
    with log_of_stanza(log):
        ner_tagger.main(to_arguments({"mode": "train", **options}))
    best = BEST.search(log.read_text(encoding="utf-8"))
    return {"dev": float(best[1]), "step": int(best[2])} if best else {}


def at_rate(model: Path, rate: float) -> Path:
    """Return a copy of a model that Stanza trains on at this rate: the option alone would change nothing."""
    checkpoint = torch.load(model, map_location="cpu", weights_only=True)
    checkpoint["config"]["lr"] = rate
    start = model.with_suffix(".start.pt")
    torch.save(checkpoint, start)
    return start


def common_options(job: Job, model: Path) -> dict[str, Any]:
    """Return what training and measuring share."""
    places = {
        "save_dir": model.parent,
        "save_name": model.name,
        "wordvec_pretrain_file": job.file("glove50.pt"),
    }
    return {"shorthand": "en_uner", "device": "cpu", **places, **job.settings["ner"]["options"]}


def measure(job: Job, model: Path, data: Path) -> dict[str, float]:
    """Return F1 of whole names in the first column, over all and by label."""
    arguments = to_arguments({"mode": "predict", "eval_file": data, **common_options(job, model)})
    settings, trainer, vocab = ner_tagger.load_model(ner_tagger.parse_args(arguments), str(model))
    document = Document(read_json(data))
    batches = DataLoader(document, settings["batch_size"], settings, vocab=vocab, evaluation=True)
    found = [tags for batch in batches for tags in trainer.predict(batch)]
    gold = [[columns[0] for columns in sentence] for sentence in batches.tags]
    *_, f1, by_label = scorer.score_by_entity(found, gold)
    return {label: round(100 * value, 2) for label, value in {"all": f1, **by_label}.items()}
