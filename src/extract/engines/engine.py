"""The protocol of language engines."""

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from spacy.language import Language
from spacy.tokens import Doc

from extract.model import Article
from extract.settings import Settings

Layer = Literal["sentences", "tags", "lemmas", "parse", "names"]


class Engine(Protocol):
    """Makes Docs; loading an engine takes about a second, so load it once per process.

    Attributes:
        name: Value of the `engine` columns.
        gives: The layers on its Docs. Without a parse, reported speech and speakers are missing.
        nlp: Owns the vocabulary of the Docs; used for `nlp.memory_zone()`.
    """

    name: str
    gives: frozenset[Layer]
    nlp: Language

    def __init__(self, settings: Settings) -> None: ...

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError if the engine's weights are missing or altered; load nothing."""
        ...

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc per article, in order, with `doc.text == article.text`."""
        ...
