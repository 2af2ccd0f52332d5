"""Serialisation of parsed Docs for the cache, so that no neural network has to run again."""

import hashlib
import json
import zlib
from dataclasses import asdict

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extract.engines.extensions import register
from extract.model import Article, Issue

# Everything that later steps read.
_ATTRIBUTES = (
    "ORTH", "SPACY", "TAG", "POS", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB",
)  # fmt: skip
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
    docs = DocBin(attrs=_ATTRIBUTES)
    docs.add(doc)
    data = len(head).to_bytes(_HEADER_SIZE, "big") + head + zlib.decompress(docs.to_bytes())
    return _checksum(data) + data


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
