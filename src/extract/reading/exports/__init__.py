"""Texts that hold several documents: exports of press databases, saved channels -> one Draft per document.

To add a kind of export, write a module with a function of the type `Splitter` and add it to `SPLITTERS`.
"""

from collections.abc import Callable, Iterator, Sequence

from extract.model import Article, Issue
from extract.reading.build import Draft, make_article
from extract.reading.context import Context

Splitter = Callable[[Draft], Sequence[Draft]]
"""Returns one Draft per document; nothing if the text is not of its kind."""

# In the order in which they are tried.
SPLITTERS: Sequence[Splitter] = ()


def make_articles(draft: Draft, context: Context) -> Iterator[Article | Issue]:
    """Make the articles of a text: one per document if it is an export, else one.

    Every reader whose files may hold the text of an export (text, Word, RTF, HTML) ends here.
    """
    for document in split(draft) or (draft,):
        yield make_article(document, max_chars=context.max_chars, forms=context.forms)


def split(draft: Draft) -> Sequence[Draft]:
    """Return one draft per document of an export, nothing if the text is none."""
    return next(filter(None, (splitter(draft) for splitter in SPLITTERS)), ())
