"""The consensus engine: spaCy's Docs with the combined names of spaCy and Stanza.

Stanza runs on spaCy's words, so its names align with them. How often each model is right, by label and
situation, was counted on development articles: models/consensus/weights.toml.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Token

from extract.engines.batches import in_batches
from extract.engines.names import SeenName, names_of, put_names, trimmed
from extract.engines.spacy import SpacyEngine
from extract.engines.stanza import StanzaEngine
from extract.engines.stanza_models import load_pipeline
from extract.engines.weights import WEIGHTS, Situation, Weights, load_weights
from extract.model import Article
from extract.settings import Settings


class ConsensusEngine:
    """Tags and parses with spaCy, names with spaCy and Stanza.

    Args:
        settings: Choose the Stanza models.

    Raises:
        ModelError: Stanza is not installed, or a model of spaCy or Stanza is missing or altered.
    """

    name = "consensus"
    gives = SpacyEngine.gives

    def __init__(self, settings: Settings) -> None:
        self.check(settings)
        self._spacy = SpacyEngine(settings)
        self.nlp = self._spacy.nlp
        self._pipeline = load_pipeline(settings, pretokenized=True)
        self._weights, self._least = load_weights(settings.models_dir / WEIGHTS)

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError if weights are missing or altered."""
        StanzaEngine.check(settings)
        load_weights(settings.models_dir / WEIGHTS)

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc per article, in order, with `doc.text == article.text`."""
        for batch in in_batches(articles):
            docs = list(self.spacy_docs(batch))
            for article, doc, (first, second) in zip(batch, docs, self.opinions(docs), strict=True):
                put_names(doc, merge_names(first, second, self._weights, self._least), article)
                yield doc

    def spacy_docs(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield spaCy's own Docs."""
        return self._spacy.pipe(articles)

    def opinions(self, docs: Sequence[Doc]) -> list[tuple[list[SeenName], list[SeenName]]]:
        """Return the names that spaCy and that Stanza find in each of spaCy's Docs."""
        return [
            _trimmed(names_of(doc, SpacyEngine.name), second, doc.text)
            for doc, second in zip(docs, self._stanza_names(docs), strict=True)
        ]

    def _stanza_names(self, docs: Sequence[Doc]) -> list[list[SeenName]]:
        """Run Stanza on the words of spaCy's Docs, all sentences at once; return its names for each Doc."""
        words = [_words_by_sentence(doc) for doc in docs]
        texts = [[token.text for token in sentence] for sentences in words for sentence in sentences]
        analysed = iter(self._pipeline(texts).sentences if texts else ())
        return [
            [name for sentence in sentences for name in _names_in(next(analysed), sentence)]
            for sentences in words
        ]


def _words_by_sentence(doc: Doc) -> list[list[Token]]:
    """Return the tokens of each sentence without white space; sentences of white space are dropped."""
    sentences = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return [sentence for sentence in sentences if sentence]


def _trimmed(
    first: Sequence[SeenName], second: Sequence[SeenName], text: str
) -> tuple[list[SeenName], list[SeenName]]:
    return [trimmed(name, text) for name in first], [trimmed(name, text) for name in second]


def _names_in(sentence: Any, words: Sequence[Token]) -> Iterator[SeenName]:  # noqa: ANN401 - untyped library
    """Yield the names in a sentence analysed by Stanza, with the offsets of spaCy's words."""
    for ent in sentence.ents:
        first, last = words[ent.tokens[0].id[0] - 1], words[ent.tokens[-1].id[0] - 1]
        yield SeenName(first.idx, last.idx + len(last), ent.type, StanzaEngine.name)


def merge_names(
    first: Sequence[SeenName], second: Sequence[SeenName], weights: Weights, least: float
) -> list[SeenName]:
    """Return the names that are probably right, without overlaps, in text order.

    Names are taken in order of confidence; names that overlap one already taken are dropped.

    Args:
        first: spaCy's names.
        second: Stanza's names.
        weights: Share of correct names, by label and situation.
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
        if (name.confidence or 0.0) >= least and not _overlaps_any(name, taken):
            taken.append(name)
    return sorted(taken, key=lambda name: name.start)


def situations(first: Sequence[SeenName], second: Sequence[SeenName]) -> Iterator[tuple[SeenName, Situation]]:
    """Yield every name that either model found, once, with its situation."""
    shared = {*map(_span_and_label, first)} & {*map(_span_and_label, second)}
    for name in first:
        if _span_and_label(name) in shared:
            yield name, "both"
        else:
            yield name, "spacy_against" if _overlaps_any(name, second) else "spacy_alone"
    for name in second:
        if _span_and_label(name) not in shared:
            yield name, "stanza_against" if _overlaps_any(name, first) else "stanza_alone"


def _span_and_label(name: SeenName) -> tuple[int, int, str]:
    return name.start, name.end, name.label


def _engine_of(situation: Situation) -> str:
    return "spacy+stanza" if situation == "both" else situation.split("_")[0]


def _overlaps_any(name: SeenName, others: Iterable[SeenName]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in others)
