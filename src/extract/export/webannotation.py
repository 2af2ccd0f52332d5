"""W3C Web Annotations as JSON-LD: who is named where, who says what, when it was."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extract.export.annotation.documents import Document, Mark, documents
from extract.export.cells import clean
from extract.export.selection import Selection

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_WIKIDATA = "http://www.wikidata.org/entity/"
_AROUND = 32  # characters before and after the words

Json = dict[str, Any]


def write_webannotation(selection: Selection, path: Path) -> None:
    """Write an annotation page with one annotation per name, quote and date.

    Its target is the article, by its address if it has one. The standard counts code points, and so do we;
    the words and those around them find the place again on the page itself.
    """
    addresses = {row["article_id"]: row["url"] for row in selection.rows("articles", ("article_id", "url"))}
    known = {
        row["entity_id"]: row["wikidata_id"] for row in selection.rows("actors", ("entity_id", "wikidata_id"))
    }
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'{{"@context": "{_CONTEXT}", "id": "urn:extract:page", "type": "AnnotationPage", "items": ['
        )
        separator = "\n"
        for one in documents(selection):
            for annotation in _annotations(one, addresses.get(one.article_id), known):
                file.write(f"{separator}{json.dumps(annotation, ensure_ascii=False)}")
                separator = ",\n"
        file.write("\n]}\n")


def _annotations(one: Document, address: str | None, known: Mapping[str, str | None]) -> Iterator[Json]:
    article = f"urn:extract:article:{quote(one.article_id, safe='')}"
    source = address if address and address.startswith(("http://", "https://")) else article
    for mark in one.marks:
        yield {
            "id": f"{article}#{mark.layer}-{mark.start}-{mark.end}",
            "type": "Annotation",
            "motivation": "describing" if mark.layer == "quote" else "identifying",
            "body": list(_bodies(mark, known)),
            "target": {"source": clean(source), "selector": [_position(mark), _words(one.text, mark)]},
        }


def _bodies(mark: Mark, known: Mapping[str, str | None]) -> Iterator[Json]:
    yield {"type": "TextualBody", "value": mark.label, "purpose": "tagging"}
    if mark.value:
        yield {"type": "TextualBody", "value": clean(mark.value), "purpose": "identifying"}
    wikidata = known.get(mark.value or "")
    if wikidata:
        yield {"type": "SpecificResource", "source": f"{_WIKIDATA}{wikidata}", "purpose": "identifying"}


def _position(mark: Mark) -> Json:
    return {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}


def _words(text: str, mark: Mark) -> Json:
    return {
        "type": "TextQuoteSelector",
        "exact": clean(text[mark.start : mark.end]),
        "prefix": clean(text[max(mark.start - _AROUND, 0) : mark.start]),
        "suffix": clean(text[mark.end : mark.end + _AROUND]),
    }
