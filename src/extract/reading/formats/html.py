"""Web pages: one article per page, or as many as an export of a press database holds."""

from collections.abc import Iterator
from dataclasses import replace

from extract.errors import ReadError
from extract.ids import article_id_of
from extract.model import Article, Issue
from extract.reading.build import Draft, make_article
from extract.reading.context import Context
from extract.reading.exports import split
from extract.reading.html.article import draft_of_page
from extract.reading.html.document import parse_page
from extract.reading.html.lines import shown_lines
from extract.reading.opening import read_limited
from extract.reading.problems import Problem, is_binary, text_problem
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source

# Saved pages may hold their pictures.
_MOST_BYTES = 50_000_000


def read_html(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a web page; metadata that articles.csv does not give come from its markup, then from its text.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is larger than any page.
    """
    data = read_limited(source.path, _MOST_BYTES)
    yield from read_page(data, draft_for(source, context), context)


def draft_for(source: Source, context: Context) -> Draft:
    """Return the draft of a page that is still to be read."""
    return Draft(
        article_id=article_id_of(source.path, source.folder),
        source=source.name,
        format="html",
        text="",
        metadata=metadata_for(source, context.sidecars),
        has_read_dates=True,
    )


def read_page(
    data: bytes, draft: Draft, context: Context, *, charset: str | None = None, url: str | None = None
) -> Iterator[Article | Issue]:
    """Yield the articles of a page, or the issue that says why it holds none.

    Args:
        data: The content of the page.
        draft: Its id, source and format, and the metadata given beside it.
        context: What every reader receives.
        charset: The encoding that the server named, if the file tells it.
        url: The address from which the page was saved, if the file tells it.
    """
    try:
        page = parse_page(data, charset)
    except ReadError as error:
        yield Problem("error", "bad_page", error.message, error.advice).at(draft.source, draft.article_id)
        return
    shown = shown_lines(page.tree)
    whole = "\n".join(line.text for line in shown)
    problem = text_problem(whole, max_chars=len(whole)) if is_binary(whole) or not whole else None
    if problem:
        yield problem.at(draft.source, draft.article_id)
        return
    documents = split(replace(draft, text=whole), context.forms)
    for found in documents or (draft_of_page(page, shown, draft, context.forms, url),):
        if isinstance(found, Problem):
            yield found.at(draft.source, draft.article_id)
        else:
            yield make_article(found, max_chars=context.max_chars, forms=context.forms)
