"""The Doc extensions that the components share, such as `doc._.article` and `doc._.anchor`.

Docs carry mentions, quotes and other records as dataclasses. The encoders at the end of this module let spaCy
save these Docs (`doc.to_bytes`, `DocBin`) and pass them between processes (`nlp.pipe(n_process=2)`).
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from spacy.tokens import Doc, Span
from srsly import msgpack_decoders, msgpack_encoders

from extract.errors import SettingsError
from extract.model import Article, Issue, Mention, Quote, Timex

_ANCHOR = "extract.anchor"
_RECORDS = {record.__name__: record for record in (Article, Issue, Mention, Quote, Timex)}
_RECORD = "extract.record"


def register() -> None:
    """Register the extensions with spaCy; safe to call again."""
    if not Doc.has_extension("article"):
        Doc.set_extension("article", default=None)
    if not Doc.has_extension("anchor"):
        Doc.set_extension("anchor", getter=_anchor, setter=_set_anchor)
    for records in ("mentions", "timexes", "quotes", "engine_issues"):
        if not Doc.has_extension(records):
            Doc.set_extension(records, default=())
    for value in ("engine", "confidence"):  # who found a name, and how sure that is; None without an engine
        if not Span.has_extension(value):
            Span.set_extension(value, default=None)


def article_of(doc: Doc) -> Article:
    """Return the Doc's article; if the pipeline sets none, an article with only the text."""
    article: Article | None = doc._.article
    if article is not None:
        return article
    return Article(article_id="", source="", format="text", text=doc.text, content_hash="")


def day(anchor: date | str) -> date:
    """Convert an anchor to a date.

    Raises:
        SettingsError: It is not a valid date.
    """
    if isinstance(anchor, datetime):
        return anchor.date()
    if isinstance(anchor, date):
        return anchor
    try:
        return date.fromisoformat(anchor)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            f"Anchor {anchor!r} is not a valid date.", advice="Write it as 2021-07-28."
        ) from error


def _anchor(doc: Doc) -> date | None:
    """Return the day from which relative dates are counted: as set, else the day of publication."""
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
    """Encode a record of `extract.model` for msgpack, with the signature that srsly expects."""
    name = type(value).__name__
    if _RECORDS.get(name) is type(value):
        return {_RECORD: name, "values": _adapter(name).dump_python(value, mode="json")}
    return value if chain is None else chain(value)


def decode_record(value: Any, chain: Callable[[object], object] | None = None) -> object:  # noqa: ANN401 - JSON
    """Decode a record encoded by `encode_record`."""
    if isinstance(value, dict) and _RECORD in value:
        return _adapter(value[_RECORD]).validate_python(value["values"])
    return value if chain is None else chain(value)


msgpack_encoders.register("extract", func=encode_record)
msgpack_decoders.register("extract", func=decode_record)
register()
