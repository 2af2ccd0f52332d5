"""Checks of fitted numbers and checksums: models/consensus/weights.toml and the *.sha256 files."""

import re
from collections.abc import Iterator
from pathlib import Path

from extract.engines.weights import WEIGHTS, WeightsFile
from extract.knowledge import Finding, check_shape

_CHECKSUM = re.compile(r"[0-9a-f]{64}\s+\S.*")


def check_weights(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the weights of the consensus and in the lists of checksums."""
    _, findings = check_shape(models_dir / WEIGHTS, WeightsFile)
    yield from findings
    for path in sorted(models_dir.rglob("*.sha256")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#") and not _CHECKSUM.fullmatch(line):
                message = f"{line[:40]!r} is no line of sha256sum."
                yield Finding(path, number, "error", message, "Write it anew with sha256sum.")
