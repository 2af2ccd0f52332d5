"""The weights of the consensus engine (models/consensus/weights.toml); reading them loads no spaCy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from extract.errors import LexiconError, ModelError
from extract.knowledge import KnowledgeFile, Share, read_shaped
from extract.model import Label

WEIGHTS = Path("consensus", "weights.toml")

# Found by one model only: the other found nothing there (alone), or something else (against).
Situation = Literal["both", "spacy_alone", "spacy_against", "stanza_alone", "stanza_against"]
Weights = Mapping[str, Mapping[Situation, float]]


class WeightsFile(KnowledgeFile):
    """models/consensus/weights.toml."""

    least: Share
    weights: dict[Label, dict[Situation, Share]]


def load_weights(file: Path) -> tuple[Weights, float]:
    """Read the weights of the consensus, and the lowest weight at which a name is kept.

    Raises:
        ModelError: The file is missing or broken.
    """
    try:
        content = read_shaped(file, WeightsFile)
    except LexiconError as error:
        raise ModelError(
            f"The weights of the consensus cannot be read: {error.message}",
            advice="Restore the file, or fit the weights again with benchmarks/engines/fit_consensus.py.",
        ) from error
    return {str(label): shares for label, shares in content.weights.items()}, content.least
