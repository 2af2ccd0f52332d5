"""Checks of fitted numbers and checksums: models/consensus/weights.toml and the *.sha256 files."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from extract.knowledge import Finding, KnowledgeFile, Share, check_shape
from extract.model import Label

_CHECKSUM = re.compile(r"[0-9a-f]{64}\s+\S.*")
Situation = Literal["both", "spacy_alone", "spacy_against", "stanza_alone", "stanza_against"]


class WeightsFile(KnowledgeFile):
    """models/consensus/weights.toml."""

    least: Share
    weights: dict[Label, dict[Situation, Share]]


def check_weights(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the weights of the consensus and in the lists of checksums."""
    _, findings = check_shape(models_dir / "consensus" / "weights.toml", WeightsFile)
    yield from findings
    for path in sorted(models_dir.rglob("*.sha256")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#") and not _CHECKSUM.fullmatch(line):
                message = f"{line[:40]!r} is no line of sha256sum."
                yield Finding(path, number, "error", message, "Write it anew with sha256sum.")
