"""File formats: each reader turns a file into Articles, and into Issues for what is none.

To add a format, write a module with a function of the type `Reader` and add a line to `READERS`.
"""

from collections.abc import Callable, Iterator

from extract.model import Article, Issue
from extract.reading.context import Context
from extract.reading.sources import Source
from extract.registry import Registered, Registry

Reader = Callable[[Source, Context], Iterator[Article | Issue]]

# By suffix, in lower case.
READERS: Registry[Reader] = Registry(
    {
        ".txt": Registered("extract.reading.formats.txt:read_txt", "plain text, also copies of web pages"),
        ".jsonl": Registered("extract.reading.formats.jsonl:read_jsonl", "one article per line"),
    }
)
