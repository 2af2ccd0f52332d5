"""A folder of this machine in which a run works on the tables of an address."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from extract.errors import StoreError
from extract.ids import digest
from extract.printable import printable
from extract.reading.names import address_of
from extract.remote.bucket import Bucket
from extract.remote.lease import held
from extract.remote.transfer import pull, push
from extract.settings import Settings


def mirror_of(url: str, use: Literal["runs", "readers"]) -> Path:
    """Return the folder for an address: below EXTRACT_MIRRORS, or below the user's cache folder.

    Readers have one of their own: they neither wait for a run nor take away what it has not pushed yet.
    """
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    mirrors = Path(os.environ.get("EXTRACT_MIRRORS") or caches / "extract" / "mirrors")
    return mirrors / digest(url.rstrip("/").encode())[:16] / use


@contextmanager
def checked_out(url: str, *, keep: int) -> Iterator[Path]:
    """Provide a folder with the tables of an address, and push what is published in it by the block.

    What an earlier run published in the folder and could not push is given up: it is derived again.

    Raises:
        StoreLockedError: Another process publishes at the address.
        StoreError: The service fails; what is published there is unchanged.
    """
    bucket, root = Bucket.at(url), mirror_of(url, "runs")
    with held(bucket):
        if pull(root, bucket, keep=keep, discard=True) is None:
            shutil.rmtree(root, ignore_errors=True)
        yield root
        push(root, bucket, keep=keep)


def copied(url: str, *, keep: int) -> Path:
    """Return a folder with the current tables of an address, for readers.

    Raises:
        StoreError: Nothing is published there, or the service fails.
    """
    bucket, root = Bucket.at(url), mirror_of(url, "readers")
    if pull(root, bucket, keep=keep, discard=True) is None:
        raise nothing_published(url)
    return root


def nothing_published(url: str) -> StoreError:
    """Return the error about an address without tables."""
    return StoreError(
        f"Nothing is published at {printable(url)}.",
        advice="Publish there: extract run INPUT --output ADDRESS.",
    )


@contextmanager
def at_hand(settings: Settings) -> Iterator[Settings]:
    """Provide the settings of a run whose output is a folder: the mirror, if it was an address.

    Raises:
        StoreLockedError: Another process publishes at the address.
        StoreError: The service fails; what is published there is unchanged.
    """
    url = address_of(settings.output)
    if url is None:
        yield settings
        return
    with checked_out(url, keep=settings.keep_snapshots) as root:
        yield settings.model_copy(update={"output": root})
