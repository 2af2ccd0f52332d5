"""The Stanza engine: its words, sentences and names; tags, lemmas and parse are spaCy's.

Quotations and tenses need a parse, which the shipped Stanza models do not make. spaCy's tagger and parser
make it, on Stanza's words and sentences.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.engines.batches import in_batches
from extract.engines.names import SeenName, put_names
from extract.engines.spacy import SpacyEngine, find_model, load_model
from extract.engines.stanza_models import check_models, load_pipeline
from extract.model import Article
from extract.settings import Settings
from extract.text.doc_lines import LONGEST_SENTENCE, find_paragraphs

if TYPE_CHECKING:
    from stanza import Document
    from stanza.models.common.doc import Token

Offsets = tuple[int, int]

_GAP = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What Stanza found in one article; offsets into its text.

    Attributes:
        sentences: The words of each sentence.
        names: In order.
    """

    sentences: tuple[tuple[Offsets, ...], ...]
    names: tuple[SeenName, ...]


class StanzaEngine:
    """Splits and names with Stanza, tags and parses with spaCy's small English model.

    Args:
        settings: Say which Stanza models.

    Raises:
        ModelError: Stanza is not installed, or a model of either is missing or altered.
    """

    name = "stanza"
    gives = SpacyEngine.gives
    packages = (*SpacyEngine.packages, "stanza", "torch")
    weights = (*SpacyEngine.weights, "stanza/*.sha256")
    options = ("stanza_models", "stanza_dir")

    def __init__(self, settings: Settings) -> None:
        self.check(settings)
        self.nlp = load_model(find_model(), names=False, lines=False)
        self._pipeline = load_pipeline(settings, pretokenized=False)

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError where weights are missing or altered."""
        SpacyEngine.check(settings)
        check_models(settings)

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc an article, in order, with `doc.text == article.text`."""
        for batch in in_batches(articles):
            analyses = self._analyse(batch)
            docs = [
                make_doc(self.nlp.vocab, article.text, analysis.sentences)
                for article, analysis in zip(batch, analyses, strict=True)
            ]
            for article, analysis, doc in zip(batch, analyses, self.nlp.pipe(docs), strict=True):
                put_names(doc, analysis.names, article)
                yield doc

    def _analyse(self, articles: Sequence[Article]) -> list[Analysis]:
        """Run Stanza over the paragraphs of some articles at once."""
        from stanza import Document  # noqa: PLC0415 - loaded already by load_pipeline

        paragraphs = [find_paragraphs(article.text) for article in articles]
        texts = [
            article.text[start:end]
            for article, found in zip(articles, paragraphs, strict=True)
            for start, end in found
        ]
        documents = iter(self._pipeline([Document([], text=text) for text in texts]) if texts else ())
        return [_join([(start, next(documents)) for start, _ in found]) for found in paragraphs]


def make_doc(vocab: Vocab, text: str, sentences: Sequence[Sequence[Offsets]]) -> Doc:
    """Make a Doc with these words and sentences, and with the whole text.

    As in spaCy's own Docs, white space of more than a blank is a token; so is what Stanza has left out
    (control characters).

    Args:
        vocab: The Doc's vocabulary.
        text: The whole text.
        sentences: Offsets of the words of each sentence, in order; those that are too long are cut.
    """
    firsts = {start for sentence in sentences for start, _ in sentence[::LONGEST_SENTENCE]}
    tokens = _with_gaps([word for sentence in sentences for word in sentence], text)
    return Doc(
        vocab,
        words=[text[start:end] for start, end, _ in tokens],
        spaces=[space for _, _, space in tokens],
        sent_starts=[start in firsts for start, _, _ in tokens],
    )


def _with_gaps(words: Sequence[Offsets], text: str) -> list[tuple[int, int, bool]]:
    """Return offsets of the words and of what lies between them, each with whether a blank follows it."""
    tokens: list[tuple[int, int, bool]] = []
    position = 0
    for start, end in (*words, (len(text), len(text))):
        if tokens and text[position:start].startswith(" "):
            tokens[-1] = (*tokens[-1][:2], True)
            position += 1
        tokens += [(*gap.span(), False) for gap in _GAP.finditer(text, position, start)]
        if start < end:
            tokens.append((start, end, False))
        position = end
    return tokens


def _join(parts: Sequence[tuple[int, "Document"]]) -> Analysis:
    """Join the analyses of an article's paragraphs, each with the offset at which it starts."""
    sentences = [
        tuple((shift + start, shift + end) for token in sentence.tokens for start, end in _words(token))
        for shift, document in parts
        for sentence in document.sentences
    ]
    names = [
        SeenName(shift + ent.start_char, shift + ent.end_char, ent.type, StanzaEngine.name)
        for shift, document in parts
        for ent in document.ents
    ]
    return Analysis(tuple(sentences), tuple(names))


def _words(token: "Token") -> list[Offsets]:
    """Return the words of a token: the two of `don't` where they lie side by side in it, else the token."""
    words = [(word.start_char, word.end_char) for word in token.words]
    if len(words) > 1 and None not in {offset for word in words for offset in word}:
        return words
    return [(token.start_char, token.end_char)]
