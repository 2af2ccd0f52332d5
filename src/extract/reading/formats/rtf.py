"""Rich Text files: their plain text."""

from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from extract.errors import ReadError
from extract.ids import article_id_of
from extract.model import Article, Issue
from extract.reading.build import Draft
from extract.reading.context import Context
from extract.reading.exports import make_articles
from extract.reading.opening import damaged_issue, read_limited
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source

_MOST_BYTES = 30_000_000
_MARK = b"{\\rtf"


def read_rtf(source: Source, context: Context) -> Iterator[Article | Issue]:
    r"""Read a Rich Text file.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is too large.
    """
    data = read_limited(source.path, _MOST_BYTES)
    try:
        text = _text(data.lstrip())
    except ReadError as error:
        yield damaged_issue(error, source)
        return
    draft = Draft(
        article_id=article_id_of(source.path, source.folder),
        source=source.name,
        format="rtf",
        text=text,
        metadata=metadata_for(source, context.sidecars),
    )
    yield from make_articles(draft, context)


def _text(data: bytes) -> str:
    """Return the text; the markup itself is ASCII, other bytes are letters of the code page that it names."""
    if not data.startswith(_MARK):
        raise ReadError("The file is not Rich Text.", advice="Save it again, or give it its own suffix.")
    try:
        text: str = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    except (LookupError, ValueError, IndexError, TypeError, AttributeError, OverflowError) as error:
        message = f"The Rich Text is damaged: {error}."
        raise ReadError(message, advice="Open it in a word processor and save it again.") from None
    return text.replace("\r\n", "\n").replace("\x00", "").strip("\n")
