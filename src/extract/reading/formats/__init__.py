"""File formats: each reader turns a file into Articles, and into Issues for what is none.

To add a format, write a module with a function of the type `Reader` and add a line to `READERS`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from extract.reading.opening import COMPRESSIONS
from extract.registry import Registered, Registry

if TYPE_CHECKING:  # `extract --help` must not load what reads
    from extract.model import Article, Issue
    from extract.reading.context import Context
    from extract.reading.sources import Source

Reader: TypeAlias = "Callable[[Source, Context], Iterator[Article | Issue]]"

# By suffix, in lower case.
READERS: Registry[Reader] = Registry(
    {
        ".txt": Registered("extract.reading.formats.txt:read_txt", "plain text, also copies of web pages"),
        ".jsonl": Registered("extract.reading.formats.jsonl:read_jsonl", "one article per line"),
        ".ndjson": Registered("extract.reading.formats.jsonl:read_jsonl", "the same"),
        ".csv": Registered("extract.reading.formats.delimited:read_delimited", "one article per row"),
        ".tsv": Registered("extract.reading.formats.delimited:read_delimited", "the same with tabs"),
        ".parquet": Registered("extract.reading.formats.parquet:read_parquet", "one article per row"),
        ".xlsx": Registered("extract.reading.formats.xlsx:read_xlsx", "Excel: one article per row", "xlsx"),
        ".xml": Registered("extract.reading.formats.feed:read_feed", "RSS and Atom feeds"),
        ".rss": Registered("extract.reading.formats.feed:read_feed", "the same"),
        ".atom": Registered("extract.reading.formats.feed:read_feed", "the same"),
        ".json": Registered("extract.reading.formats.json_file:read_json", "articles, Telegram exports"),
        ".html": Registered("extract.reading.formats.html:read_html", "web pages"),
        ".htm": Registered("extract.reading.formats.html:read_html", "web pages"),
        ".mhtml": Registered("extract.reading.formats.mhtml:read_mhtml", "web archives of one page"),
        ".mht": Registered("extract.reading.formats.mhtml:read_mhtml", "web archives of one page"),
        ".md": Registered("extract.reading.formats.markdown:read_markdown", "Markdown"),
        ".markdown": Registered("extract.reading.formats.markdown:read_markdown", "Markdown"),
        ".docx": Registered("extract.reading.formats.docx:read_docx", "Word"),
        ".pdf": Registered("extract.reading.formats.pdf:read_pdf", "PDF with a text layer", "pdf"),
        ".rtf": Registered("extract.reading.formats.rtf:read_rtf", "Rich Text", "rtf"),
        ".eml": Registered("extract.reading.formats.mail:read_eml", "a mail, with what is attached"),
        ".mbox": Registered("extract.reading.formats.mail:read_mbox", "a mailbox: one article per mail"),
        ".warc": Registered("extract.reading.formats.warc:read_warc", "crawled web pages", "warc"),
        ".zip": Registered("extract.reading.formats.archive:read_archive", "any of these in an archive"),
        ".tar": Registered("extract.reading.formats.archive:read_archive", "the same"),
        ".tgz": Registered("extract.reading.formats.archive:read_archive", "the same"),
    }
)


def suffix_of(path: Path) -> str:
    """Return the suffix that decides which reader reads a file, in lower case.

    Compressed files are read like the files in them.

    >>> suffix_of(Path("a.HTML")), suffix_of(Path("a.jsonl.gz")), suffix_of(Path("a.gz"))
    ('.html', '.jsonl', '.gz')
    """
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if len(suffixes) > 1 and suffixes[-1] in COMPRESSIONS and suffixes[0] in READERS:
        return suffixes[0]
    return suffixes[-1] if suffixes else ""
