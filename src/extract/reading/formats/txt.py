"""Plain text files: one article per file."""

from collections.abc import Iterator

from extract.ids import article_id_of
from extract.model import Article, Issue
from extract.reading.build import Draft
from extract.reading.context import Context
from extract.reading.exports import make_articles
from extract.reading.letters.decoding import decode
from extract.reading.opening import read_source
from extract.reading.problems import too_long
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source

# The most bytes per character in any encoding read here.
_MOST_BYTES = 4


def read_txt(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a text file; metadata that articles.csv does not give are taken from the text.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is not valid in the encoding named by its byte-order mark.
    """
    article_id = article_id_of(source.path, source.folder)
    most = _MOST_BYTES * (context.max_chars + 1)
    content = read_source(source.path, most)
    if len(content) > most:
        size = max(len(content), source.path.stat().st_size)
        yield too_long(f"{size:,} bytes or more", context.max_chars).at(source.name, article_id)
        return
    text, problem = decode(content)
    draft = Draft(
        article_id=article_id,
        source=source.name,
        format="txt",
        text=text,
        metadata=metadata_for(source, context.sidecars),
        problems=(problem,) if problem else (),
    )
    yield from make_articles(draft, context)
