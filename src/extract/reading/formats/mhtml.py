"""Web archives of one page (.mhtml, .mht), as browsers save them: the main page, without its frames."""

import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.formats.html import draft_for, read_page
from extract.reading.opening import read_limited
from extract.reading.problems import Problem
from extract.reading.sources import Source

# Archives hold the pictures of their page.
_MOST_BYTES = 100_000_000
_MOST_PARTS = 2_000
_ADDRESSES = ("Content-Location", "Snapshot-Content-Location")


def read_mhtml(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read the first HTML part, which is the page itself; frames and advertisements follow it.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is larger than any page.
    """
    draft = draft_for(source, context)
    message = email.message_from_bytes(read_limited(source.path, _MOST_BYTES), policy=email.policy.compat32)
    page = _main_part(message)
    data = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(data, bytes) or not data.strip():
        problem = Problem("error", "no_article", "The archive holds no HTML page.", "Save the page as HTML.")
        yield problem.at(source.name, draft.article_id)
        return
    names = (str(part[name]) for part in (page, message) for name in _ADDRESSES if part[name])
    url = next((name for name in names if name.startswith("http")), None)
    yield from read_page(data, draft, context, charset=page.get_content_charset(), url=url)


def _main_part(message: Message) -> Message | None:
    """Return the first part of HTML; none of an archive that nests more parts than a page has."""
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            return None
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            return part
    return None
