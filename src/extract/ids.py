"""Identifiers and hashes: pure functions with the same result on every machine."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import PurePath

_DESCRIBED = "#"

_LONGEST_NAME = 60
_DIGITS_OF_NAME = 6


def article_id_of(path: PurePath, folder: PurePath) -> str:
    """Return the id of a file with one article: its path below the input folder, without suffix.

    >>> article_id_of(PurePath("news/2021/a.txt"), PurePath("news"))
    '2021/a'
    """
    return path.relative_to(folder).with_suffix("").as_posix()


def row_id(article_id: str, table: str, start: int, end: int) -> str:
    """Return the id of a mention, quote or date; it does not change as long as the offsets do not.

    >>> row_id("2021/a", "quotes", 10, 25)
    '2021/a:q10-25'
    """
    return f"{article_id}:{table[0]}{start}-{end}"


def description_id(article_id: str, words: str) -> str:
    """Return the id of somebody whom an article only describes; nobody else has it, in no other article.

    >>> description_id("2021/a", "us-official")
    '2021/a#us-official'
    """
    return f"{article_id}{_DESCRIBED}{words}"


def is_description_id(name_id: str) -> bool:
    """Return whether a name id is that of somebody who is only described: no name has such a mark."""
    return _DESCRIBED in name_id


def content_hash(text: str, metadata: Mapping[str, str | None]) -> str:
    """Return a hash of an article's text and metadata, as 32 hexadecimal digits."""
    known = {key: value for key, value in metadata.items() if value}
    payload = json.dumps([text, known], sort_keys=True, ensure_ascii=True)
    return digest(payload.encode("ascii"))


def digest(data: bytes) -> str:
    """Return the BLAKE2b hash of `data` as 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def file_name(name: str) -> str:
    """Return a file name for an id: readable, safe on every file system, different for different ids.

    >>> file_name("kataib-hezbollah"), file_name("../CON")
    ('kataib-hezbollah-cee938', 'con-fc6099')
    """
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST_NAME]
    return f"{words or 'x'}-{digest(name.encode('utf-8', 'surrogatepass'))[:_DIGITS_OF_NAME]}"
