"""Parsed Docs as bytes: what an engine found out about a text, kept so that no network has to run again."""

import hashlib
import json
import zlib
from dataclasses import asdict

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extract.engines.names import register
from extract.model import Article, Issue

# All that the rooms after the engines look at.
_ATTRIBUTES = (
    "ORTH", "SPACY", "TAG", "POS", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB",
)  # fmt: skip
_CHECKSUM = 16  # bytes
_NOTE_LENGTH = 4  # bytes that say how long the note before the Doc is


def doc_to_bytes(doc: Doc) -> bytes:
    """Return a Doc as bytes, with who saw each name and what the engine had to report.

    They are not compressed: many of them together compress better.
    """
    note = {
        "names": [[ent._.engine, ent._.confidence] for ent in doc.ents],
        "issues": [asdict(issue) for issue in doc._.engine_issues],
    }
    head = json.dumps(note).encode()
    docs = DocBin(attrs=_ATTRIBUTES)
    docs.add(doc)
    data = len(head).to_bytes(_NOTE_LENGTH, "big") + head + zlib.decompress(docs.to_bytes())
    return _checksum(data) + data


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM).digest()


def doc_from_bytes(data: bytes, vocab: Vocab, article: Article) -> Doc:
    """Return the Doc that `doc_to_bytes` was given.

    Args:
        data: The bytes.
        vocab: What the Doc is to share.
        article: Whom the issues are of now: the file may have another name since.

    Raises:
        ValueError: The bytes are none of it.
    """
    register()
    checksum, data = data[:_CHECKSUM], data[_CHECKSUM:]
    if checksum != _checksum(data):
        raise ValueError("A kept Doc is damaged.")
    start = _NOTE_LENGTH + int.from_bytes(data[:_NOTE_LENGTH], "big")
    note = json.loads(data[_NOTE_LENGTH:start])
    [doc] = DocBin().from_bytes(zlib.compress(data[start:], level=0)).get_docs(vocab)
    for ent, (engine, confidence) in zip(doc.ents, note["names"], strict=True):
        ent._.engine, ent._.confidence = engine, confidence
    now = {"source": article.source, "article_id": article.article_id}
    doc._.engine_issues = tuple(Issue(**{**issue, **now}) for issue in note["issues"])
    return doc
