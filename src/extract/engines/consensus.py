"""The consensus engine: spaCy's Doc, with the names that spaCy and Stanza settle between them.

Stanza names spaCy's words, so that no name can lie across them. How far each is believed, a label and a
situation at a time, was counted on development articles: models/consensus/weights.toml.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from spacy.tokens import Doc

from extract.engines.batches import in_batches
from extract.engines.names import SeenName, names_of, put_names, trimmed
from extract.engines.spacy import SpacyEngine
from extract.engines.stanza import StanzaEngine
from extract.engines.stanza_models import load_pipeline
from extract.errors import ModelError
from extract.model import Article
from extract.settings import Settings

WEIGHTS = Path("consensus", "weights.toml")

# Seen by one: the other saw nothing there (alone), or something else (against).
Situation = Literal["both", "spacy_alone", "spacy_against", "stanza_alone", "stanza_against"]
Weights = Mapping[str, Mapping[Situation, float]]


class ConsensusEngine:
    """Tags and parses with spaCy; names with spaCy and Stanza.

    Args:
        settings: Say which Stanza models.

    Raises:
        ModelError: Stanza is not installed, or a model of either is missing or altered.
    """

    name = "consensus"
    gives = SpacyEngine.gives
    packages = StanzaEngine.packages
    weights = (*StanzaEngine.weights, "consensus/*.toml")
    options = StanzaEngine.options

    def __init__(self, settings: Settings) -> None:
        self.check(settings)
        self._spacy = SpacyEngine(settings)
        self.nlp = self._spacy.nlp
        self._pipeline = load_pipeline(settings, pretokenized=True)
        self._weights, self._least = load_weights(settings.models_dir / WEIGHTS)

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError where weights are missing or altered."""
        StanzaEngine.check(settings)
        load_weights(settings.models_dir / WEIGHTS)

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc an article, in order, with `doc.text == article.text`."""
        for batch in in_batches(articles):
            docs = list(self.first_opinion(batch))
            for article, doc, (first, second) in zip(batch, docs, self.opinions(docs), strict=True):
                put_names(doc, agree(first, second, self._weights, self._least), article)
                yield doc

    def first_opinion(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield spaCy's own Docs."""
        return self._spacy.pipe(articles)

    def opinions(self, docs: Sequence[Doc]) -> list[tuple[list[SeenName], list[SeenName]]]:
        """Return what spaCy and what Stanza see in each of spaCy's Docs."""
        return [
            _trimmed(names_of(doc, SpacyEngine.name), second, doc.text)
            for doc, second in zip(docs, self._second(docs), strict=True)
        ]

    def _second(self, docs: Sequence[Doc]) -> list[list[SeenName]]:
        words = [
            [[token for token in sentence if not token.is_space] for sentence in doc.sents] for doc in docs
        ]
        texts = [[token.text for token in sentence] for found in words for sentence in found if sentence]
        sentences = iter(self._pipeline(texts).sentences if texts else ())
        return [
            [name for sentence in found if sentence for name in _named(sentence, next(sentences))]
            for found in words
        ]


def _trimmed(
    first: Sequence[SeenName], second: Sequence[SeenName], text: str
) -> tuple[list[SeenName], list[SeenName]]:
    return [trimmed(name, text) for name in first], [trimmed(name, text) for name in second]


def _named(words: Sequence[Any], sentence: Any) -> Iterator[SeenName]:  # noqa: ANN401 - untyped library
    """Yield the names of a sentence of Stanza's, as offsets of spaCy's words."""
    for ent in sentence.ents:
        first, last = words[ent.tokens[0].id[0] - 1], words[ent.tokens[-1].id[0] - 1]
        yield SeenName(first.idx, last.idx + len(last), ent.type, StanzaEngine.name)


def agree(
    first: Sequence[SeenName], second: Sequence[SeenName], weights: Weights, least: float
) -> list[SeenName]:
    """Return the names that are right more likely than not, without overlaps, in order.

    The surest names are taken first; what overlaps them is dropped.

    Args:
        first: spaCy's names.
        second: Stanza's names.
        weights: Share of right names, by label and situation.
        least: Names with a lower share are dropped.
    """
    judged = [
        replace(
            name, engine=_engine_of(situation), confidence=weights.get(name.label, {}).get(situation, 0.0)
        )
        for name, situation in situations(first, second)
    ]
    taken: list[SeenName] = []
    for name in sorted(judged, key=lambda one: (-(one.confidence or 0.0), one.start - one.end, one.start)):
        if (name.confidence or 0.0) >= least and not any(_overlap(name, other) for other in taken):
            taken.append(name)
    return sorted(taken, key=lambda name: name.start)


def situations(first: Sequence[SeenName], second: Sequence[SeenName]) -> Iterator[tuple[SeenName, Situation]]:
    """Yield every name that either saw, once, with what the other saw there."""
    others = {(name.start, name.end, name.label) for name in second}
    shared = {(name.start, name.end, name.label) for name in first} & others
    for name in first:
        if (name.start, name.end, name.label) in shared:
            yield name, "both"
        else:
            yield name, "spacy_against" if any(_overlap(name, other) for other in second) else "spacy_alone"
    for name in second:
        if (name.start, name.end, name.label) not in shared:
            yield name, "stanza_against" if any(_overlap(name, other) for other in first) else "stanza_alone"


def load_weights(file: Path) -> tuple[Weights, float]:
    """Read the weights of the consensus, and the least weight of a name that is kept.

    Raises:
        ModelError: The file is missing or broken.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return data["weights"], float(data["least"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The weights of the consensus cannot be read: {file}: {error!r}.",
            advice="Restore the file, or fit it anew with benchmarks/engines/fit_consensus.py.",
        ) from error


def _engine_of(situation: Situation) -> str:
    return "spacy+stanza" if situation == "both" else situation.split("_")[0]


def _overlap(one: SeenName, other: SeenName) -> bool:
    return one.start < other.end and other.start < one.end
