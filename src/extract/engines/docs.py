"""Serialisation of parsed Docs for the cache, so that no neural network has to run again."""

import hashlib
import json
import zlib
from dataclasses import asdict

import numpy as np
import srsly
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extract.engines.extensions import register
from extract.model import Article, Issue

# Everything that later steps read.
_ATTRIBUTES = (
    "ORTH", "SPACY", "TAG", "POS", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB",
)  # fmt: skip
_STRINGS = ("ORTH", "TAG", "LEMMA", "DEP", "ENT_TYPE")  # whose values are strings of the vocabulary
_CHECKSUM = 16  # bytes
_HEADER_SIZE = 4  # bytes that store the length of the header


def doc_to_bytes(doc: Doc) -> bytes:
    """Serialise a Doc, with the engine and confidence of each name, and the engine's issues.

    The result is not compressed.
    """
    header = {
        "names": [[ent._.engine, ent._.confidence] for ent in doc.ents],
        "issues": [asdict(issue) for issue in doc._.engine_issues],
    }
    head = json.dumps(header).encode()
    data = len(head).to_bytes(_HEADER_SIZE, "big") + head + _packed(doc)
    return _checksum(data) + data


def _packed(doc: Doc) -> bytes:
    """Return a Doc as `DocBin` packs it, but not compressed, and with the strings of `_ATTRIBUTES` alone.

    `DocBin` asks every token for nine strings and always compresses, which takes twice as long.
    """
    attributes = list[int | str](DocBin(attrs=_ATTRIBUTES).attrs)
    words = set(map(int, doc.to_array(list(_STRINGS)).ravel()))
    message = {
        "version": "0.1",
        "attrs": attributes,
        "tokens": doc.to_array(attributes).tobytes("C"),
        "spaces": doc.to_array("SPACY").astype(bool).tobytes(),
        "lengths": np.asarray([len(doc)], dtype="int32").tobytes(),
        "strings": sorted(doc.vocab.strings[word] for word in words),
        "cats": [doc.cats],
        "flags": [{"has_unknown_spaces": doc.has_unknown_spaces}],
        "span_groups": [doc.spans.to_bytes()],
    }
    packed: bytes = srsly.msgpack_dumps(message)
    return packed


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM).digest()


def doc_from_bytes(data: bytes, vocab: Vocab, article: Article) -> Doc:
    """Deserialise a Doc written by `doc_to_bytes`.

    Args:
        data: The bytes.
        vocab: The Doc's vocabulary.
        article: The article that the issues will refer to; its file may have been renamed.

    Raises:
        ValueError: The bytes are damaged.
    """
    register()
    checksum, data = data[:_CHECKSUM], data[_CHECKSUM:]
    if checksum != _checksum(data):
        raise ValueError("A cached Doc is damaged.")
    start = _HEADER_SIZE + int.from_bytes(data[:_HEADER_SIZE], "big")
    header = json.loads(data[_HEADER_SIZE:start])
    [doc] = DocBin().from_bytes(zlib.compress(data[start:], level=0)).get_docs(vocab)
    for ent, (engine, confidence) in zip(doc.ents, header["names"], strict=True):
        ent._.engine, ent._.confidence = engine, confidence
    current = {"source": article.source, "article_id": article.article_id}
    doc._.engine_issues = tuple(Issue(**{**issue, **current}) for issue in header["issues"])
    return doc
