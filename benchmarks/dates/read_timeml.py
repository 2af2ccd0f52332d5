"""Read corpora with TIMEX3: TimeML (TimeBank, AQUAINT), which has inline markup, and MEANTIME."""

import hashlib
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.dates.documents import Document
from benchmarks.dates.read_meantime import is_newsreader, read_article

from extract.evaluate import DateRow

PARTS = ("all", "dev", "held")
_CREATION = ("CREATION_TIME", "PUBLICATION_TIME")


def read_corpus(folder: Path, part: str = "all") -> list[Document]:
    """Read the `.tml` and `.xml` files in a folder and its subfolders, in the order of their paths.

    Args:
        folder: A folder with TimeML or MEANTIME files.
        part: `dev`, `held` or `all`. Files are held out if the SHA-256 of their name is divisible by 3.
    """
    paths = sorted(path for path in folder.rglob("[!.]*") if path.suffix in (".tml", ".xml"))
    if not paths:
        sys.exit(f"{folder} contains no .tml or .xml files. Give the folder of a TimeML corpus.")
    return [
        read_document(path) for path in paths if part == "all" or (part == "held") == is_held_out(path.name)
    ]


def is_held_out(name: str) -> bool:
    """Return whether the file is in the held-out third."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def read_document(path: Path) -> Document:
    """Read one file; the text of a TimeML file is the content of TEXT, without markup."""
    root = ET.parse(path).getroot()  # noqa: S314 - a corpus that the user chose
    if is_newsreader(root):
        return read_article(path, root)
    body = root.find(".//TEXT")
    if body is None:
        sys.exit(f"{path} has no TEXT element. Is it TimeML?")
    text = "".join(body.itertext())
    gold = (_trimmed(DateRow(path.name, *row)) for row in _timexes(body, 0))
    return Document(path.name, text, _created(root), tuple(row for row in gold if row.text))


def _timexes(element: ET.Element, start: int) -> Iterator[tuple[int, int, str, str, str, str | None]]:
    """Yield the TIMEX3 annotations in an element whose text begins at `start`."""
    offset = start + len(element.text or "")
    for child in element:
        text = "".join(child.itertext())
        if child.tag == "TIMEX3":
            end = offset + len(text)
            yield offset, end, text, child.get("type", ""), child.get("value", ""), child.get("mod")
        yield from _timexes(child, offset)
        offset += len(text) + len(child.tail or "")


def _trimmed(row: DateRow) -> DateRow:
    text = row.text.strip()
    start = row.start + len(row.text) - len(row.text.lstrip())
    return DateRow(row.article, start, start + len(text), text, row.type, row.value, row.mod)


def _created(root: ET.Element) -> date | None:
    """Return the document creation day: the TIMEX3 in DCT, else the one with that function."""
    marked = [timex for timex in root.iter("TIMEX3") if timex.get("functionInDocument") in _CREATION]
    for timex in [*root.iterfind(".//DCT//TIMEX3"), *marked]:
        try:
            return date.fromisoformat(timex.get("value", "")[:10])
        except ValueError:
            continue
    return None
