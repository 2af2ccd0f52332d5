"""The names of objects below an address, and which publication is the current one.

CURRENT                             names the current publication; replaced only if it is as it was read
publications/000007-1f3a…/manifest.json    what a folder has as manifest.json: the files with their checksums
files/<checksum>.parquet            a file of one or more publications; never changes
LEASE                               who may publish (lease.py)

Whoever reads CURRENT, then its manifest, then the files that this names, reads one publication, whatever is
published meanwhile.
"""

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from extract.errors import StoreError
from extract.ids import digest
from extract.remote.bucket import Bucket, Stored, Tag
from extract.store.facts import Facts

CURRENT = "CURRENT"
PUBLICATIONS = "publications"
FILES = "files"
MANIFEST = "manifest.json"
_MANIFEST = re.compile(rf"{PUBLICATIONS}/\d{{6,}}-[0-9a-f]+/{re.escape(MANIFEST)}")


@dataclass(frozen=True, slots=True)
class RemotePublication:
    """The current publication at an address.

    Attributes:
        name: Its number, and a hash of its manifest: two writers never mean different ones by one name.
        tag: The tag of CURRENT, which `Bucket.swap` needs to replace it.
    """

    name: str
    tag: Tag

    @property
    def number(self) -> int:
        """Its number; later publications have larger ones."""
        return number_of(self.name)


def current(bucket: Bucket) -> RemotePublication | None:
    """Return the current publication; None if nothing is published there.

    Raises:
        StoreError: CURRENT names none.
    """
    found = bucket.get(CURRENT)
    return None if found is None else RemotePublication(_name_in(bucket, found), found.tag)


def _name_in(bucket: Bucket, found: Stored) -> str:
    try:
        name = str(json.loads(found.content)["publication"])
        number_of(name)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{bucket.url}/{CURRENT} names no publication.",
            advice=f"List {bucket.url}/{PUBLICATIONS}/, and write the name of the newest one into it as "
            f'{{"publication": "000012-…"}}.',
        ) from error
    return name


def make_current(bucket: Bucket, name: str, before: RemotePublication | None) -> bool:
    """Switch readers to a publication if the current one is still that of before; return whether it was."""
    content = json.dumps({"publication": name}).encode()
    if before is None:
        return bucket.create(CURRENT, content) is not None
    return bucket.swap(CURRENT, content, before.tag) is not None


def number_of(name: str) -> int:
    """Return the number of a publication by its name.

    >>> number_of("000012-1f3a")
    12
    """
    return int(name.partition("-")[0])


def name_of(number: int, manifest: bytes) -> str:
    """Return the name of a publication."""
    return f"{number:06d}-{digest(manifest)[:12]}"


def manifest_object(name: str) -> str:
    """Return the object with the manifest of a publication."""
    return f"{PUBLICATIONS}/{name}/{MANIFEST}"


def is_manifest(name: str) -> bool:
    """Return whether an object is the manifest of a publication."""
    return _MANIFEST.fullmatch(name) is not None


def file_object(name: str, facts: Facts) -> str:
    """Return the object of a file of a publication, by its path below the publication's folder."""
    return f"{FILES}/{facts[name].checksum}{PurePosixPath(name).suffix}"
