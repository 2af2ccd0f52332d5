"""Step `tokenizer`: Stanza's tokenizer on UD English EWT, with don't and the like split into their pieces.

Multi-word tokens would need a model of their own at run time; names need none.
"""

import gzip
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from stanza.models import tokenizer
from stanza.models.common.utils import ud_scores
from stanza.utils.datasets.prepare_tokenizer_data import main as write_labels
from stanza.utils.datasets.prepare_tokenizer_treebank import augment_punct

from training.job import Figures, Job, log_of_stanza, to_arguments

MODEL = "tokenizer.pt"
PARTS = ("train", "dev", "test")
NO_SPACE = "SpaceAfter=No"

Lines = list[str]


class Piece(NamedTuple):
    """A token, and whether the next one follows without a blank."""

    form: str
    glued: bool


def run(job: Job) -> Figures:
    """Prepare the treebank, train, and measure on its test part."""
    for part in PARTS:
        prepare(job, part)
    train(job)
    return measure(job)


def prepare(job: Job, part: str) -> None:
    """Write a part of the treebank as text, labels of its characters, and CoNLL-U."""
    sentences = [split_words(sentence) for sentence in read_treebank(job, part)]
    if part == "train":
        random.seed(job.settings["tokenizer"]["seed"])  # augment_punct draws from the global generator
        sentences = augment_punct(sentences)
    conllu, text = part_file(job, part, "conllu"), part_file(job, part, "txt")
    conllu.write_text("\n\n".join("\n".join(sentence) for sentence in sentences) + "\n\n", encoding="utf-8")
    text.write_text(to_text(sentences), encoding="utf-8")
    labels, words = part_file(job, part, "labels"), part_file(job, part, "mwt.json")
    write_labels([str(text), str(conllu), "-o", str(labels), "-m", str(words)])


def part_file(job: Job, part: str, suffix: str) -> Path:
    """Return the path of one of a part's files."""
    return job.file("tokenizer", f"{part}.{suffix}")


def read_treebank(job: Job, part: str) -> list[Lines]:
    """Return the sentences of a part of the treebank, as lines."""
    with gzip.open(treebank_file(job, part), "rt", encoding="utf-8") as file:
        return [block.split("\n") for block in file.read().strip().split("\n\n")]


def treebank_file(job: Job, part: str) -> Path:
    """Return the path of a part of the treebank."""
    treebank = job.corpora["treebank"]
    return job.data / str(treebank["folder"]) / str(treebank["file"]).format(part=part)


def split_words(sentence: Lines) -> Lines:
    """Return a sentence's comments and plain tokens; lemmas, tags and tree are gone."""
    comments = [line for line in sentence if line.startswith("#")]
    rows = [line.split("\t") for line in sentence if not line.startswith("#")]
    return comments + [
        f"{at}\t{piece.form}\t_\tX\t_\t_\t{at - 1}\tdep\t_\t{NO_SPACE if piece.glued else '_'}"
        for at, piece in enumerate(split_rows(rows), start=1)
    ]


def split_rows(rows: Sequence[Sequence[str]]) -> Iterator[Piece]:
    """Yield the tokens: of a multi-word token its words, where they are its letters."""
    inside = 0
    for at, row in enumerate(rows):
        glued = NO_SPACE in row[9]
        if inside:
            inside -= 1
        elif (words := re.fullmatch(r"(\d+)-(\d+)", row[0])) is not None:
            inside = int(words[2]) - int(words[1]) + 1
            forms = [part[1] for part in rows[at + 1 : at + 1 + inside]]
            *first, last = forms if "".join(forms) == row[1] else [row[1]]
            yield from (Piece(form, glued=True) for form in first)
            yield Piece(last, glued)
        elif "." not in row[0]:  # else a word that is not in the text
            yield Piece(row[1], glued)


def to_text(sentences: Sequence[Lines]) -> str:
    """Return the running text, with an empty line between paragraphs."""
    paragraphs = [""]
    for sentence in sentences:
        if any(line.startswith(("# newdoc", "# newpar")) for line in sentence):
            paragraphs.append("")
        rows = (line.split("\t") for line in sentence if not line.startswith("#"))
        paragraphs[-1] += "".join(row[1] + ("" if NO_SPACE in row[9] else " ") for row in rows)
    return "\n\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs))) + "\n"


def train(job: Job) -> None:
    """Run Stanza's trainer."""
    files = {
        "txt_file": part_file(job, "train", "txt"),
        "label_file": part_file(job, "train", "labels"),
        "mwt_json_file": part_file(job, "train", "mwt.json"),
        "dev_txt_file": part_file(job, "dev", "txt"),
        "dev_label_file": part_file(job, "dev", "labels"),
        "dev_conll_gold": part_file(job, "dev", "conllu"),
    }
    options = job.settings["tokenizer"]["options"]
    with log_of_stanza(job.file("tokenizer", "train.log")):
        tokenizer.main(to_arguments({"mode": "train", **files, **common_options(job), **options}))


def common_options(job: Job) -> dict[str, object]:
    """Return where the model lies and what runs it."""
    return {
        "lang": "en",
        "shorthand": "en_ewt",
        "device": "cpu",
        "save_dir": job.work,
        "save_name": MODEL,
    }


def measure(job: Job) -> Figures:
    """Return F1 on the test part: of tokens as UD has them, of its words, of sentences."""
    found = job.file("tokenizer", "test.found.conllu")
    files = {
        "txt_file": part_file(job, "test", "txt"),
        "label_file": part_file(job, "test", "labels"),
        "mwt_json_file": part_file(job, "test", "mwt.json"),
        "conll_file": found,
    }
    tokenizer.main(to_arguments({"mode": "predict", **files, **common_options(job)}))
    with (
        gzip.open(treebank_file(job, "test"), "rt", encoding="utf-8") as gold,
        found.open(encoding="utf-8") as ours,
    ):
        scores = ud_scores(gold, ours)
    return {name.lower(): round(100 * scores[name].f1, 2) for name in ("Tokens", "Words", "Sentences")}
