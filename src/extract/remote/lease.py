"""Who may publish at an address: a lease that its holder renews, as there are no file locks."""

import json
import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from extract.errors import StoreError, StoreLockedError
from extract.remote.bucket import Bucket, Tag

log = logging.getLogger(__name__)

LEASE = "LEASE"
SECONDS = 60.0
"""How long a lease is valid without being renewed: so long does one whose holder was killed last."""

_RENEWALS = 4  # while it is valid


@dataclass
class _Lease:
    """A lease that this process holds.

    A second holder would do no harm to what is published: only one of two can replace the current
    publication. The lease spares the other one its work.
    """

    bucket: Bucket
    seconds: float
    tag: Tag | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def take(self) -> None:
        """Become the holder.

        Raises:
            StoreLockedError: Another one holds it.
        """
        found = self.bucket.get(LEASE)
        if found is None:
            tag = self.bucket.create(LEASE, self._content())
        else:
            holder, until = _read(found.content)
            if until > datetime.now(UTC):
                raise _held_by(self.bucket, holder, until)
            tag = self.bucket.swap(LEASE, self._content(), found.tag)
        if tag is None:
            raise _held_by(self.bucket, "another process, which was faster", None)
        self.tag = tag

    def renew(self, seconds: float | None = None) -> bool:
        """Make it valid for longer, or end it; return whether it was still ours."""
        content = self._content(self.seconds if seconds is None else seconds)
        tag = self.bucket.swap(LEASE, content, self.tag) if self.tag is not None else None
        if tag is None and (found := self.bucket.get(LEASE)) and self.token.encode() in found.content:
            tag = self.bucket.swap(LEASE, content, found.tag)  # the answer to an earlier renewal was lost
        self.tag = tag or self.tag
        return tag is not None

    def _content(self, seconds: float | None = None) -> bytes:
        valid = timedelta(seconds=self.seconds if seconds is None else seconds)
        content = {
            "holder": f"process {os.getpid()} on {socket.gethostname()}",
            "until": (datetime.now(UTC) + valid).isoformat(),
            "token": self.token,
        }
        return json.dumps(content).encode()


@contextmanager
def held(bucket: Bucket, *, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lease of an address, and renew it as long as the block runs.

    Raises:
        StoreLockedError: Another process holds it.
        StoreError: The service cannot be reached.
    """
    lease = _Lease(bucket, seconds)
    lease.take()
    ended = threading.Event()
    thread = threading.Thread(target=_keep, args=(lease, ended), name="extract-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        with suppress(StoreError):  # it expires by itself
            lease.renew(0)


def _keep(lease: _Lease, ended: threading.Event) -> None:
    while not ended.wait(lease.seconds / _RENEWALS):
        try:
            if not lease.renew():
                log.warning(
                    "Another process has taken over %s: this one cannot publish there.", lease.bucket.url
                )
                return
        except StoreError:
            continue  # the service may be back before it expires


def _read(content: bytes) -> tuple[str, datetime]:
    """Return holder and end of a lease; one that cannot be read has ended."""
    try:
        stated = json.loads(content)
        return str(stated["holder"]), datetime.fromisoformat(stated["until"])
    except (ValueError, KeyError, TypeError):
        return "", datetime.min.replace(tzinfo=UTC)


def _held_by(bucket: Bucket, holder: str, until: datetime | None) -> StoreLockedError:
    free = "" if until is None else f" If it was killed, the address is free at {until:%H:%M:%S} UTC."
    return StoreLockedError(
        f"{bucket.url} is in use by {holder}.",
        advice=f"Wait until it has finished, and run again.{free}",
    )
