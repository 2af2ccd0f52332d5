"""The Stanza engine: Stanza's tokens, sentences and names with spaCy's tags, lemmas and parse.

Quotes and tenses need a parse, which the shipped Stanza models do not provide. spaCy's tagger and parser
produce it for Stanza's tokens and sentences.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.engines.batches import in_batches
from extract.engines.fast import Inference
from extract.engines.names import SeenName, put_names
from extract.engines.spacy import SpacyEngine, find_model, load_model
from extract.engines.stanza_models import check_models, load_pipeline
from extract.model import Article
from extract.settings import Settings
from extract.text.doc_lines import LONGEST_SENTENCE
from extract.text.paragraphs import find_paragraphs

if TYPE_CHECKING:
    from stanza import Document
    from stanza.models.common.doc import Token

Offsets = tuple[int, int]

_GAP = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What Stanza found in one article, as offsets into its text.

    Attributes:
        sentences: The words of each sentence.
        names: The names, in text order.
    """

    sentences: tuple[tuple[Offsets, ...], ...]
    names: tuple[SeenName, ...]


class StanzaEngine:
    """Tokenises and names with Stanza, tags and parses with spaCy's small English model.

    Args:
        settings: Choose the Stanza models.

    Raises:
        ModelError: Stanza is not installed, or a model of spaCy or Stanza is missing or altered.
    """

    name = "stanza"
    gives = SpacyEngine.gives

    def __init__(self, settings: Settings) -> None:
        self.check(settings)
        self.nlp = load_model(find_model(), names=False, lines=False)
        self._inference = Inference(self.nlp, fast=settings.fast)
        self._pipeline = load_pipeline(settings, pretokenized=False)

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError if weights are missing or altered."""
        SpacyEngine.check(settings)
        check_models(settings)

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc per article, in order, with `doc.text == article.text`."""
        for batch in in_batches(articles):
            analyses = self._analyse(batch)
            docs = [
                make_doc(self.nlp.vocab, article.text, analysis.sentences)
                for article, analysis in zip(batch, analyses, strict=True)
            ]
            for article, analysis, doc in zip(batch, analyses, self._inference.pipe(docs), strict=True):
                put_names(doc, analysis.names, article)
                yield doc

    def _analyse(self, articles: Sequence[Article]) -> list[Analysis]:
        """Run Stanza on the paragraphs of several articles at once."""
        from stanza import Document  # noqa: PLC0415 - already loaded by load_pipeline

        paragraphs = [find_paragraphs(article.text) for article in articles]
        texts = [
            article.text[start:end]
            for article, found in zip(articles, paragraphs, strict=True)
            for start, end in found
        ]
        documents = iter(self._pipeline([Document([], text=text) for text in texts]) if texts else ())
        return [_join([(start, next(documents)) for start, _ in found]) for found in paragraphs]


def make_doc(vocab: Vocab, text: str, sentences: Sequence[Sequence[Offsets]]) -> Doc:
    """Create a Doc with the whole text, these words and these sentences.

    As in spaCy's own Docs, white space other than a single space is a token; so is text that Stanza skipped
    (control characters).

    Args:
        vocab: The Doc's vocabulary.
        text: The whole text.
        sentences: Offsets of the words of each sentence, in order; overlong sentences are split.
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
    """Return the offsets of the words and of the text between them, each with whether a space follows."""
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
    """Merge the analyses of an article's paragraphs, each given with its offset in the article."""
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
    """Return the words of a token (two for `don't`) if Stanza gives their offsets, else the token itself."""
    words = [(word.start_char, word.end_char) for word in token.words]
    if len(words) > 1 and None not in {offset for word in words for offset in word}:
        return words
    return [(token.start_char, token.end_char)]
