"""Articles with their marks, to and from annotation tools: one module per tool.

    documents      what is exchanged: a text with the marks of names, quotes and dates
    offsets        code points and UTF-16, for tools that count so
    tokens         for formats of words
    differences    what an annotator changed, as corrections
    gold           what an annotator marked, as gold

A format has a writer, in `extract.export.EXPORTS`, and a reader, in `READERS`. A reader is a function of a
path and of the published texts by article_id, and yields the documents of the files there.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from extract.registry import Registered, Registry

if TYPE_CHECKING:
    from extract.export.annotation.documents import Document

Reader = Callable[[Path, Mapping[str, str]], Iterator["Document"]]

READERS: Registry[Reader] = Registry(
    {
        "doccano": Registered("extract.export.annotation.doccano:read_doccano", "JSON lines"),
        "labelstudio": Registered(
            "extract.export.annotation.labelstudio:read_labelstudio", "its JSON export"
        ),
        "brat": Registered("extract.export.annotation.brat:read_brat", "a folder of .ann files"),
        "conll": Registered("extract.export.annotation.conll:read_conll", "a CoNLL file"),
        "webanno": Registered("extract.export.annotation.webanno:read_webanno", "a folder of .tsv files"),
        "docbin": Registered("extract.export.annotation.docbin:read_docbin", "a folder of .spacy files"),
    }
)

__all__ = ["READERS", "Reader"]
