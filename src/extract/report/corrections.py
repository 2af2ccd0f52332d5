"""Entries for a file of corrections that say what the tables say: the reader copies one and puts it right."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from extract.overrides.writing import entry_text
from extract.report.buckets import ArticleRows
from extract.report.escaping import visible_html
from extract.schema.table import Row

_MOST_WORDS = 8  # of a quote: a part is enough to find it


def fix_key(kind: str, row: Row) -> str:
    """Return the key of a mark: the first letter of what it is, and where it starts and ends."""
    return f"{kind}{row['start_char']}-{row['end_char']}"


def corrections(rows: ArticleRows) -> Markup:
    """Return an entry for each name, quote and date of an article, as items of a list.

    An article has hundreds: they are not left to the template.
    """
    items = (
        f'<li data-entry="{key}"><pre>{visible_html(entry)}</pre></li>\n' for key, entry in _entries(rows)
    )
    return Markup("".join(items))  # noqa: S704 - all is escaped


def _entries(rows: ArticleRows) -> Iterator[tuple[str, str]]:
    """Yield the key of each mark with its entry, as it stands in a TOML file."""
    for row in rows.entities:
        right = {"entity": row["entity_id"]} if row["entity_id"] else {"label": row["label"]}
        yield _entry("m", row, " ".join(row["text"].split()), right)
    for row in rows.quotes:
        if row["type"] != "scare":
            words = " ".join(row["text"].split()[:_MOST_WORDS])
            yield _entry("q", row, words, {"speaker": _speaker(row)})
    for row in rows.dates:
        yield _entry("d", row, " ".join(row["text"].split()), {"value": row["value"]})


def _speaker(row: Row) -> str | Sequence[str]:
    """Return the id of who speaks, else the name; the ids of all who speak together."""
    joint: Sequence[str] = row["speaker_entity_ids"] or ()
    return joint if len(joint) > 1 else row["speaker_entity_id"] or row["speaker_name"] or ""


def _entry(kind: str, row: Row, words: str, right: Row) -> tuple[str, str]:
    where = {"article": row["article_id"], "text": words, "start": row["start_char"]}
    return fix_key(kind, row), entry_text({**where, **right})
