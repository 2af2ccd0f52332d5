"""The names found by an engine, and how they are set on a Doc."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.util import filter_spans

from extract.engines import extensions
from extract.model import Article, Issue

_LEADING = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class SeenName:
    """A name found by an engine.

    Attributes:
        start, end: Offsets into the article's text.
        label: The engine's own label: PERSON, ORG, GPE...
        engine: What found it: `spacy`, `stanza`, or both (`spacy+stanza`).
        confidence: Share of such names that are correct in the development articles; None if not measured.
    """

    start: int
    end: int
    label: str
    engine: str
    confidence: float | None = None


def put_names(doc: Doc, names: Iterable[SeenName], article: Article) -> None:
    """Set names as the entities of a Doc; those that do not start and end at token boundaries are dropped.

    Args:
        doc: The Doc of the article.
        names: The names; of two that overlap, the longer one is kept.
        article: The article, for the issue about a dropped name.
    """
    spans, issues = [], []
    for name in names:
        span = doc.char_span(name.start, name.end, label=name.label)
        if span is None:
            issues.append(_misaligned(name, article))
            continue
        span._.engine, span._.confidence = name.engine, name.confidence
        spans.append(span)
    doc.set_ents(filter_spans(spans))
    doc._.engine_issues = (*doc._.engine_issues, *issues)


def names_of(doc: Doc, engine: str) -> list[SeenName]:
    """Return the entities of a Doc as names found by the engine."""
    return [SeenName(ent.start_char, ent.end_char, ent.label_, engine) for ent in doc.ents]


def trimmed(name: SeenName, text: str) -> SeenName:
    """Strip a leading article and a trailing possessive, on which models and guidelines differ."""
    surface = text[name.start : name.end]
    lead, tail = _LEADING.match(surface), _TRAILING.search(surface)
    start = name.start + (lead.end() if lead else 0)
    end = name.start + (tail.start() if tail else len(surface))
    return replace(name, start=start, end=end) if start < end else name


def _misaligned(name: SeenName, article: Article) -> Issue:
    surface = article.text[name.start : name.end]
    return Issue(
        source=article.source,
        article_id=article.article_id,
        severity="warning",
        code="misaligned_name",
        message=f"{name.engine} named {surface!r} ({name.start}-{name.end}), which ends inside a word.",
        advice="The name is left out; the rest of the article is complete.",
    )


extensions.register()
