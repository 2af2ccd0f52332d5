"""The choice between fast inference and spaCy's own, which give the same Docs."""

import logging
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extract.engines.fast.components import Component, fast_components
from extract.engines.fast.doc_arrays import attributes_of
from extract.engines.fast.library import NotFastError

log = logging.getLogger(__name__)

SENTENCE = (
    "On Sunday Huda Rahim, a member of the Basra council, told reporters that the ministry's plan "
    "to cut $4 million wouldn't pass.\n\nNobody has read it."
)
# What may differ: the order in which products are summed. spaCy's own BLAS and OpenBLAS differ by about 1e-6.
TOLERANCE = 1e-4
_ATTRIBUTES = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE")


class Inference:
    """Runs the components of a pipeline.

    Args:
        nlp: The pipeline.
        fast: Whether fast inference is wanted.

    Attributes:
        problem: Why it is not possible although it is wanted, if so.
    """

    def __init__(self, nlp: Language, *, fast: bool) -> None:
        self._nlp = nlp
        self._components: list[Component] = []
        self.problem: NotFastError | None = None
        try:
            self._components = _checked_components(nlp) if fast else []
        except NotFastError as problem:
            self.problem = problem

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """Annotate Docs that have tokens only, in order."""
        if not self._components:
            yield from self._nlp.pipe(docs)
            return
        for doc in docs:
            yield run(self._components, doc)


def run(components: Sequence[Component], doc: Doc) -> Doc:
    """Run components on a Doc, in order."""
    for component in components:
        component(doc)
    return doc


def _checked_components(nlp: Language) -> list[Component]:
    """Return the pipeline's fast components, after a comparison on one sentence.

    Raises:
        NotFastError: They are not possible here, or give something else than spaCy.
    """
    components = fast_components(nlp)
    found = differences(nlp(SENTENCE), run(components, nlp.make_doc(SENTENCE)))
    if found:
        message = f"Fast inference differs from spaCy's in {', '.join(found)}."
        log.warning("%s spaCy's own inference is used.", message)
        raise NotFastError(
            message, advice="Report it, with the processor and the versions of numpy and spacy."
        )
    return components


def differences(doc: Doc, other: Doc) -> list[str]:
    """Return the attributes in which two Docs of a text differ.

    Vectors may differ by `TOLERANCE`.
    """
    pairs = zip(
        _ATTRIBUTES, attributes_of(doc, _ATTRIBUTES).T, attributes_of(other, _ATTRIBUTES).T, strict=True
    )
    found = [name for name, mine, theirs in pairs if not np.array_equal(mine, theirs)]
    if not np.allclose(doc.tensor, other.tensor, rtol=0, atol=TOLERANCE):
        found.append("tensor")
    return found
