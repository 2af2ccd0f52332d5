"""spaCy: DocBin files with the marks as span groups, and the names as entities."""

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extract.errors import AnnotationError
from extract.export.annotation.documents import LAYERS, Document, documents
from extract.export.annotation.offsets import document, placed, text_of
from extract.export.annotation.tokens import tokens
from extract.export.selection import Selection

_ID = "article_id"
_PER_FILE = 200


def write_docbin(selection: Selection, folder: Path) -> None:
    """Write `0001.spacy` and so on, each with some hundred Docs.

    `doc.spans` has a group per layer (entity, quote, date); the `kb_id` of a span says who or when it is.
    `doc.ents` are the names that do not overlap; `doc.user_data["article_id"]` tells the article.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rest, number = documents(selection), 1
    while some := list(islice(rest, _PER_FILE)):
        vocab = Vocab()
        docs = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)
        for one in some:
            docs.add(_doc(one, vocab))
        docs.to_disk(folder / f"{number:04}.spacy")
        number += 1


def read_docbin(path: Path, texts: Mapping[str, str]) -> Iterator[Document]:
    """Read a .spacy file, or all of a folder.

    Raises:
        AnnotationError: A Doc tells no published article, or has another text.
    """
    vocab = spacy.blank("en").vocab
    for file in [path] if path.is_file() else sorted(path.rglob("*.spacy")):
        for doc in DocBin().from_disk(file).get_docs(vocab):
            article_id = str(doc.user_data.get(_ID, ""))
            text = text_of(article_id, texts, file)
            if doc.text != text:
                raise AnnotationError(
                    f"{file} has another text of {article_id}.", advice="Export the article again."
                )
            spans = [
                (span.start_char, span.end_char, span.label_, span.kb_id_, None)
                for layer in LAYERS
                for span in doc.spans.get(layer, ())
            ]
            yield document(article_id, text, placed(spans, article_id, text, utf16=False))


def _doc(one: Document, vocab: Vocab) -> Doc:
    places = tokens(one.text, (at for mark in one.marks for at in (mark.start, mark.end)))
    pieces = list(_pieces(one.text, places))
    doc = Doc(
        vocab, words=[one.text[start:end] for start, end, _ in pieces], spaces=[space for *_, space in pieces]
    )
    starts = {start: index for index, (start, _, _) in enumerate(pieces)}
    ends = {end: index + 1 for index, (_, end, _) in enumerate(pieces)}
    for layer in LAYERS:
        doc.spans[layer] = [
            Span(doc, starts[mark.start], ends[mark.end], label=mark.label, kb_id=mark.value or "")
            for mark in one.of(layer)
            if mark.start in starts and mark.end in ends
        ]
    doc.set_ents(filter_spans(doc.spans["entity"]))
    doc.user_data[_ID] = one.article_id
    return doc


def _pieces(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Yield words and the white space between them, which is a word of its own unless it is one blank."""
    around = [(0, 0), *places, (len(text), len(text))]
    for (start, end), (following, _) in pairwise(around):
        space = end > start and text.startswith(" ", end) and end < following
        if end > start:
            yield start, end, space
        if end + space < following:
            yield end + space, following, False
