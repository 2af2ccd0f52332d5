"""Docs with names that a language model is made to find."""

from spacy.language import Language
from spacy.tokens import Doc, Span


def with_model_names(nlp: Language, text: str, names: list[tuple[str, str]]) -> Doc:
    """Return a Doc of one sentence in which the model has found just these names, in text order."""
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    spans, position = [], 0
    for surface, label in names:
        position = text.index(surface, position)
        span = doc.char_span(position, position + len(surface), label=label, alignment_mode="expand")
        assert isinstance(span, Span)
        spans.append(span)
        position += len(surface)
    doc.set_ents(spans)
    return doc
