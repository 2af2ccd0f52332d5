"""Objects below an address, which can be written on a condition; credentials come from the environment."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import StoreError
from extract.printable import printable

if TYPE_CHECKING:
    from obstore import UpdateVersion
    from obstore.store import ObjectStore

SCHEMES = ("s3", "gs", "az")
"""Services that write an object only if it is as it was read."""

_PATIENCE = timedelta(seconds=30)  # with a service that fails


class Tag(NamedTuple):
    """Tells a version of an object from every other one: Google compares `version`, the others `e_tag`."""

    e_tag: str | None
    version: str | None


class Stored(NamedTuple):
    """An object.

    Attributes:
        content: Its bytes.
        tag: The version of the object.
    """

    content: bytes
    tag: Tag


class Listed(NamedTuple):
    """What a listing tells of an object."""

    size: int
    modified: datetime


@dataclass(frozen=True)
class Bucket:
    """The objects below an address.

    Attributes:
        url: The address, such as `s3://bucket/iraq`.
    """

    url: str
    _store: "ObjectStore"

    @classmethod
    def at(cls, url: str) -> "Bucket":
        """Return the objects below an address; nothing is read yet.

        Raises:
            StoreError: The address names no known service, or obstore is not installed.
        """
        scheme, _, rest = url.partition("://")
        if scheme not in SCHEMES or not rest.strip("/"):
            raise StoreError(
                f"Tables cannot be published at {printable(url)}.",
                advice="Give a folder, or an address such as s3://bucket/iraq (s3, gs, az).",
            )
        try:
            from obstore.store import from_url  # noqa: PLC0415 - only who uses object storage needs it
        except ImportError as error:
            raise StoreError(
                f"Object storage ({scheme}://) needs the package obstore, which is not installed.",
                advice="Install it: pip install 'extract[remote]'.",
            ) from error
        url = url.rstrip("/")
        with _errors(url):
            return cls(url, from_url(url, retry_config={"max_retries": 5, "retry_timeout": _PATIENCE}))

    def get(self, name: str) -> Stored | None:
        """Return an object; None if there is none of this name."""
        import obstore  # noqa: PLC0415

        with _errors(self.url):
            try:
                found = obstore.get(self._store, name)
            except FileNotFoundError:
                return None
            return Stored(bytes(found.bytes()), Tag(found.meta["e_tag"], found.meta["version"]))

    def create(self, name: str, content: bytes) -> Tag | None:
        """Write an object that does not exist yet.

        Returns:
            Its tag; None if there is another one of this name.
        """
        return self._put(name, content, None)

    def swap(self, name: str, content: bytes, tag: Tag) -> Tag | None:
        """Replace an object that still has a tag.

        Returns:
            The new tag; None if the object has changed.
        """
        return self._put(name, content, tag)

    def _put(self, name: str, content: bytes, tag: Tag | None) -> Tag | None:
        import obstore  # noqa: PLC0415
        from obstore.exceptions import AlreadyExistsError, PreconditionError  # noqa: PLC0415

        with _errors(self.url):
            try:
                done = obstore.put(
                    self._store,
                    name,
                    content,
                    mode="create" if tag is None else _condition(tag),
                    use_multipart=False,
                )
            except (AlreadyExistsError, PreconditionError):
                # The answer to a first try may have been lost: then what is there is ours.
                seen = self.get(name)
                return seen.tag if seen is not None and seen.content == content else None
            return Tag(done["e_tag"], done["version"])

    def upload(self, name: str, path: Path) -> None:
        """Write a file as an object, whatever is there."""
        import obstore  # noqa: PLC0415

        with _errors(self.url):
            obstore.put(self._store, name, path)

    def download(self, name: str, path: Path) -> None:
        """Copy an object into a new file.

        Raises:
            StoreError: There is no such object, or the service fails.
        """
        import obstore  # noqa: PLC0415

        with _errors(self.url), path.open("wb") as file:
            for chunk in obstore.get(self._store, name).stream():
                file.write(chunk)

    def list(self, prefix: str) -> Mapping[str, Listed]:
        """Return the objects below a prefix, by name."""
        import obstore  # noqa: PLC0415

        with _errors(self.url):
            return {
                one["path"]: Listed(one["size"], one["last_modified"])
                for some in obstore.list(self._store, prefix)
                for one in some
            }

    def delete(self, names: Sequence[str]) -> None:
        """Delete objects; those that are gone are no error."""
        import obstore  # noqa: PLC0415

        with _errors(self.url):
            if names:
                obstore.delete(self._store, list(names))


def _condition(tag: Tag) -> "UpdateVersion":
    """Return the condition that an object is still that version."""
    condition: UpdateVersion = {}
    if tag.e_tag is not None:
        condition["e_tag"] = tag.e_tag
    if tag.version is not None:
        condition["version"] = tag.version
    return condition


@contextmanager
def _errors(url: str) -> Iterator[None]:
    """Convert the errors of a service into one that says what to do.

    Raises:
        StoreError: The block raised such an error.
    """
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # each service has errors of its own
        reason = str(error).partition("\n")[0]
        raise StoreError(
            f"{printable(url)} cannot be used: {printable(reason)}",
            advice="Check the address, the credentials in the environment and the network. "
            "Then run again: a publication is there whole or not at all.",
        ) from error
