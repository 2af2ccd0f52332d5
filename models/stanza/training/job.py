"""What all steps share: where things lie, the settings, and the forms of data that pass between the steps."""

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]

Sentence = list[tuple[str, str]]  # tokens with their tags: O, B-PER, I-PER ...
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """One training: its places, settings and corpora.

    Attributes:
        data: Folder with uner/*.bio and ewt/*.conllu.gz.
        clones: Folder of the clones of public repositories.
        glove: Wheel or folder with the GloVe vectors.
        out: Folder of the finished models.
        heldout: Folders of texts that no silver article may share a sentence with.
        work: Folder of what one step leaves to the next.
        settings: What stands in settings.toml.
        corpora: What stands in corpora.toml.
    """

    data: Path
    clones: Path
    glove: Path
    out: Path
    heldout: Sequence[Path]
    work: Path
    settings: dict[str, Any]
    corpora: dict[str, Any]

    def file(self, *names: str) -> Path:
        """Return a path in the work folder, and see to it that its folder exists."""
        path = self.work.joinpath(*names)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def read_sentences(self, corpus: str) -> list[Sentence]:
        """Return the sentences that an earlier step left."""
        sentences: list[Sentence] = read_json(self.file("sentences", f"{corpus}.json"))
        return sentences

    def write_sentences(self, corpus: str, sentences: Sequence[Sentence]) -> Figures:
        """Keep sentences for the later steps, and return their counts."""
        write_json(self.file("sentences", f"{corpus}.json"), sentences)
        tags = [tag for sentence in sentences for _, tag in sentence]
        names = [tag[2:] for tag in tags if tag.startswith("B-")]
        counts = {label: names.count(label) for label in sorted(set(names))}
        return {"sentences": len(sentences), "tokens": len(tags), "names": counts}


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever was written
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, value: object, indent: int | None = None) -> None:
    """Write a JSON file."""
    path.write_text(json.dumps(value, indent=indent), encoding="utf-8")


def to_arguments(options: dict[str, Any]) -> list[str]:
    """Write options as a command line; true is a flag."""
    arguments: list[str] = []
    for name, value in options.items():
        arguments += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    return arguments


@contextmanager
def log_of_stanza(path: Path) -> Iterator[None]:
    """Write what Stanza's trainers say to a file as well."""
    handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    logger = logging.getLogger("stanza")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
