"""Entries for a file of corrections that say what the tables say: the reader copies one and puts it right."""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.overrides.writing import entry_text
from extract.report.corpus import ArticleRows
from extract.schema.table import Row

_MOST_WORDS = 8  # of a quote: a part is enough to find it


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry to be copied.

    Attributes:
        key: Of its mark on the page.
        words: The words of the mark.
        entry: The entry, as it stands in a TOML file.
    """

    key: str
    words: str
    entry: str


def fix_key(kind: str, row: Row) -> str:
    """Return the key of a mark: the first letter of what it is, and where it starts and ends."""
    return f"{kind}{row['start_char']}-{row['end_char']}"


def corrections(rows: ArticleRows) -> Iterator[Correction]:
    """Yield an entry for each name, quote and date of an article."""
    for row in rows.entities:
        right = {"entity": row["entity_id"]} if row["entity_id"] else {"label": row["label"]}
        yield _correction("m", row, " ".join(row["text"].split()), right)
    for row in rows.quotes:
        if row["type"] != "scare":
            words = " ".join(row["text"].split()[:_MOST_WORDS])
            speaker = row["speaker_entity_id"] or row["speaker_name"] or ""
            yield _correction("q", row, words, {"speaker": speaker})
    for row in rows.dates:
        yield _correction("d", row, " ".join(row["text"].split()), {"value": row["value"]})


def _correction(kind: str, row: Row, words: str, right: Row) -> Correction:
    where = {"article": row["article_id"], "text": words, "start": row["start_char"]}
    return Correction(fix_key(kind, row), words, entry_text({**where, **right}))
