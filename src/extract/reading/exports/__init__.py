"""Texts that hold several documents: exports of press databases, saved channels -> one Draft per document.

To add a kind of export, write a module with a function of the type `Splitter` and add it to `SPLITTERS`.
"""

from collections.abc import Callable, Iterator, Sequence

from extract.model import Article, Issue
from extract.reading.build import Draft, make_article
from extract.reading.context import Context
from extract.reading.exports.factiva import split_factiva
from extract.reading.exports.front_matter import split_front_matter
from extract.reading.exports.header import split_header
from extract.reading.exports.lexis import split_lexis
from extract.reading.exports.mail import split_mail
from extract.reading.exports.nexis import split_nexis
from extract.reading.exports.posts import split_posts
from extract.reading.exports.records import split_records
from extract.reading.page.forms import Forms

Splitter = Callable[[Draft, Forms], Sequence[Draft]]
"""Returns one Draft per document; nothing if the text is not of its kind."""

# In the order in which they are tried.
SPLITTERS: Sequence[Splitter] = (
    split_front_matter,
    split_lexis,
    split_nexis,
    split_factiva,
    split_records,
    split_posts,
    split_mail,
    split_header,
)


def make_articles(draft: Draft, context: Context) -> Iterator[Article | Issue]:
    """Make the articles of a text: one per document if it is an export, else one.

    Every reader whose files may hold the text of an export (text, Word, RTF, HTML) ends here.
    """
    for document in split(draft, context.forms) or (draft,):
        yield make_article(document, max_chars=context.max_chars, forms=context.forms)


def split(draft: Draft, forms: Forms) -> Sequence[Draft]:
    """Return one draft per document of an export, nothing if the text is none."""
    return next(filter(None, (splitter(draft, forms) for splitter in SPLITTERS)), ())
