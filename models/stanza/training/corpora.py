"""Step `data`: corpora of names, each in its own form, become sentences of tokens with PER, LOC and ORG."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from training import gum
from training.clones import list_files, read_file
from training.job import Figures, Job, Sentence


def run(job: Job) -> Figures:
    """Read all corpora and keep their sentences."""
    corpora = job.corpora["sentences"].items()
    return {name: job.write_sentences(name, read_corpus(job, corpus)) for name, corpus in corpora}


def read_corpus(job: Job, corpus: dict[str, Any]) -> list[Sentence]:
    """Return the sentences of a corpus of corpora.toml."""
    if corpus.get("reader") == "gum":
        paths = gum.select(list_files(job.clones, corpus), corpus)
        texts = (read_file(job.clones, corpus, path).decode() for path in paths)
        return [sentence for text in texts for sentence in gum.read_sentences(text, corpus)]
    if "folder" in corpus:
        folder = job.data / corpus["folder"]
        texts = ((folder / file).read_text(encoding="utf-8") for file in corpus["files"])
    else:
        texts = (read_file(job.clones, corpus, path).decode() for path in corpus["files"])
    token, tag = corpus.get("token", 0), corpus.get("tag", -1)
    return [sentence for text in texts for sentence in read_columns(text, corpus["labels"], token, tag)]


def read_columns(text: str, labels: Mapping[str, str], token: int, tag: int) -> list[Sentence]:
    """Read a file with a token a line.

    Args:
        text: The file; columns end at tabs or blanks, sentences at empty lines.
        labels: The file's labels and ours.
        token: Column of the token.
        tag: Column of the tag.
    """
    return [
        [(word, label) for (word, _), label in zip(rows, to_bio(tag for _, tag in rows), strict=True)]
        for rows in split_rows(text, labels, token, tag)
    ]


def split_rows(text: str, labels: Mapping[str, str], token: int, tag: int) -> Iterator[Sentence]:
    """Yield the sentences of such a file, with tags in whatever scheme they are."""
    rows: Sentence = []
    for line in [*text.split("\n"), ""]:
        if not line.strip() or line.startswith("-DOCSTART-"):
            if rows:
                yield rows
            rows = []
        elif not line.startswith("# "):
            columns = line.rstrip("\r").split("\t") if "\t" in line else line.split()
            if columns[token].strip():
                name = translate(columns[tag], labels) if len(columns) > 1 else "O"
                rows.append((columns[token].replace(" ", "\xa0"), name))


def translate(tag: str, labels: Mapping[str, str]) -> str:
    """Return a tag with our label, O where we have none."""
    label = labels.get(tag[2:])
    return f"{tag[:2]}{label}" if label else "O"


def to_bio(tags: Iterable[str]) -> list[str]:
    """Let each name start with B-: some corpora write it only between neighbours."""
    fixed = []
    before = "O"
    for tag in tags:
        starts = tag != "O" and (tag[0] == "B" or before[2:] != tag[2:])
        fixed.append(f"B-{tag[2:]}" if starts else tag if tag == "O" else f"I-{tag[2:]}")
        before = tag
    return fixed
