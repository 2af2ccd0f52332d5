"""What the components share on a Doc: `doc._.article`, `doc._.anchor`, and records that survive saving.

Mentions, quotes and the like are kept on Docs as they are. The encoders at the end of this module let spaCy
save such Docs (`doc.to_bytes`, `DocBin`) and send them between processes (`nlp.pipe(n_process=2)`).
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from spacy.tokens import Doc
from srsly import msgpack_decoders, msgpack_encoders

from extract.errors import SettingsError
from extract.model import Article, Issue, Mention, Quote, Timex

_ANCHOR = "extract.anchor"
_RECORDS = {record.__name__: record for record in (Article, Issue, Mention, Quote, Timex)}
_RECORD = "extract.record"


def register() -> None:
    """Make the extensions known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("article"):
        Doc.set_extension("article", default=None)
    if not Doc.has_extension("anchor"):
        Doc.set_extension("anchor", getter=_anchor, setter=_set_anchor)
    for records in ("mentions", "timexes", "quotes", "engine_issues"):
        if not Doc.has_extension(records):
            Doc.set_extension(records, default=())


def article_of(doc: Doc) -> Article:
    """Return the Doc's article; in pipelines that set none, one with the bare text."""
    article: Article | None = doc._.article
    if article is not None:
        return article
    return Article(article_id="", source="", format="text", text=doc.text, content_hash="")


def day(anchor: date | str) -> date:
    """Return the day that is meant.

    Raises:
        SettingsError: It is no day.
    """
    if isinstance(anchor, datetime):
        return anchor.date()
    if isinstance(anchor, date):
        return anchor
    try:
        return date.fromisoformat(anchor)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"Anchor {anchor!r} is no day.", advice="Write it as 2021-07-28.") from error


def _anchor(doc: Doc) -> date | None:
    """Return the day from which relative dates count: as set, else when the article was published."""
    value = doc.user_data.get(_ANCHOR)
    if value is not None:
        return date.fromisoformat(value)
    article: Article | None = doc._.article
    return article.published_at.date() if article and article.published_at else None


def _set_anchor(doc: Doc, anchor: date | str | None) -> None:
    doc.user_data[_ANCHOR] = None if anchor is None else day(anchor).isoformat()


@cache
def _adapter(record: str) -> TypeAdapter[Any]:
    return TypeAdapter(_RECORDS[record])


def encode_record(value: object, chain: Callable[[object], object] | None = None) -> object:
    """Encode a record of `extract.model` for msgpack, as spaCy's serialisation asks for."""
    name = type(value).__name__
    if _RECORDS.get(name) is type(value):
        return {_RECORD: name, "values": _adapter(name).dump_python(value, mode="json")}
    return value if chain is None else chain(value)


def decode_record(value: Any, chain: Callable[[object], object] | None = None) -> object:  # noqa: ANN401 - JSON
    """Decode what `encode_record` made."""
    if isinstance(value, dict) and _RECORD in value:
        return _adapter(value[_RECORD]).validate_python(value["values"])
    return value if chain is None else chain(value)


msgpack_encoders.register("extract", func=encode_record)
msgpack_decoders.register("extract", func=decode_record)
register()
