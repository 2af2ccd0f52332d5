"""Push and pull of publications between a folder and object storage.

Only missing files are copied, each named by its checksum: what was interrupted goes on where it stopped.
`.cache/remote.json` in the folder names the publication that folder and address last had in common.
"""

import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from extract.errors import StoreError
from extract.remote.arrivals import Arrivals
from extract.remote.bucket import Bucket, Listed
from extract.remote.publication import (
    FILES,
    PUBLICATIONS,
    RemotePublication,
    current,
    file_object,
    is_manifest,
    make_current,
    manifest_object,
    name_of,
    number_of,
)
from extract.store import Store, open_snapshot
from extract.store.cache import CACHE
from extract.store.facts import Facts, FileFacts, checksum
from extract.store.files import concurrently, link, make_read_only, replace_text, sync_all
from extract.store.manifest import MANIFEST, read_head
from extract.store.snapshots import PARTIAL, SNAPSHOTS, current_snapshot, publications, switch

log = logging.getLogger(__name__)

COMMON = CACHE / "remote.json"
_THREADS = 8  # which mostly wait for the service
# A file younger than this may belong to a publication that is being pushed.
_SPARED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a push or pull did.

    Attributes:
        number: Number of the publication that is current at both ends now.
        files: Number of files that were copied.
        size: Their size in bytes.
    """

    number: int
    files: int
    size: int


def push(root: Path, bucket: Bucket, *, keep: int) -> Transfer:
    """Publish the current publication of a folder at an address; readers there switch to it at once.

    Args:
        root: The folder.
        bucket: The address.
        keep: Number of publications kept at the address, including the current one.

    Raises:
        StoreError: The address has a publication that the folder does not know, a file of the folder is
            damaged, or the service fails. What is published at the address is unchanged.
    """
    folder = open_snapshot(root)
    manifest, facts = (folder / MANIFEST).read_bytes(), read_head(folder).facts
    name, there = name_of(int(folder.name), manifest), current(bucket)
    is_current = there is not None and there.name == name  # files may be missing there all the same
    if there is not None and not is_current and there.name != _common(root, bucket):
        raise _has_other(bucket, there)
    missing = _missing(bucket, facts)
    concurrently(lambda file: _upload(bucket, folder, file, facts), missing, threads=_THREADS)
    bucket.create(manifest_object(name), manifest)
    if not is_current and not make_current(bucket, name, there):
        raise _has_other(bucket, current(bucket))
    _remember(root, bucket, name)
    try:
        collect_garbage(bucket, keep=keep)
    except StoreError as error:  # such as a missing right to delete
        log.warning("Earlier publications at %s stay: %s", bucket.url, error.message)
    return Transfer(int(folder.name), len(missing), sum(facts[file].size for file in missing))


def pull(root: Path, bucket: Bucket, *, keep: int, discard: bool = False) -> Transfer | None:
    """Make the current publication of an address that of a folder.

    Args:
        root: The folder; new, empty, or a folder of published tables.
        bucket: The address.
        keep: Number of publications kept in the folder.
        discard: Whether to give up what was published in the folder and not pushed.

    Returns:
        What was done; None if nothing is published at the address.

    Raises:
        StoreError: The folder has a publication that was not pushed, the folder is no folder of published
            tables, a file at the address is missing or damaged, or the service fails.
    """
    there = current(bucket)
    if there is None:
        return None
    store = Store(root, keep=keep)
    with store.lock():
        done = Transfer(there.number, 0, 0)
        if _name_here(root) != there.name or store.n_damaged:
            if not discard:
                _check_pushed(root, bucket)
            done = _install(root, bucket, there)
        _remember(root, bucket, there.name)
        Arrivals.of(root).clear()
    return done


def _install(root: Path, bucket: Bucket, there: RemotePublication) -> Transfer:
    """Bring a publication into a locked folder, and switch its readers to it."""
    snapshot = root / SNAPSHOTS / f"{there.number:06d}"
    partial = snapshot.with_name(snapshot.name + PARTIAL)
    partial.mkdir(parents=True)
    manifest = bucket.get(manifest_object(there.name))
    if manifest is None:
        raise StoreError(
            f"{bucket.url}/{manifest_object(there.name)} is missing.", advice="Push the tables again."
        )
    (partial / MANIFEST).write_bytes(manifest.content)
    facts = read_head(partial).facts
    for table in {Path(name).parent for name in facts}:
        (partial / table).mkdir(parents=True, exist_ok=True)
    arrivals, objects = Arrivals.of(root), _objects(facts)
    here = {**dict(_files_here(root)), **dict(arrivals.whole())}
    fresh = {known: name for known, name in objects.items() if known not in here}
    arrivals.fetch(bucket, (file_object(name, facts) for name in fresh.values()), threads=_THREADS)
    here |= {known: arrivals.path_of(file_object(name, facts)) for known, name in fresh.items()}
    for name, known in facts.items():
        link(here[known.checksum], partial / name)
    make_read_only(partial / MANIFEST)
    sync_all(partial / name for name in (MANIFEST, *{str(Path(name).parent) for name in facts}))
    for later in publications(root):  # published here and not pushed
        if int(later.name) >= there.number:
            shutil.rmtree(later)
    switch(root, partial, snapshot)
    return Transfer(there.number, len(fresh), sum(facts[name].size for name in fresh.values()))


def _objects(facts: Facts) -> dict[str, str]:
    """Return a file of each checksum: equal files, such as those of two empty buckets, are one object."""
    return {known.checksum: name for name, known in facts.items()}


def _files_here(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the folder's publications by their checksum; damaged ones are not linked again."""
    for folder in publications(root):
        try:
            facts = read_head(folder).facts
        except StoreError:
            continue
        for name, known in facts.items():
            if _is_intact(folder / name, known):
                yield known.checksum, folder / name


def _is_intact(path: Path, known: FileFacts) -> bool:
    try:
        return path.stat().st_size == known.size and checksum(path) == known.checksum
    except OSError:
        return False


def _missing(bucket: Bucket, facts: Facts) -> list[str]:
    """Return the files that are not at the address, or not whole."""
    there = bucket.list(FILES)
    sizes = {name: there.get(file_object(name, facts)) for name in _objects(facts).values()}
    return [name for name, seen in sizes.items() if seen is None or seen.size != facts[name].size]


def _upload(bucket: Bucket, folder: Path, name: str, facts: Facts) -> None:
    if not _is_intact(folder / name, facts[name]):
        raise StoreError(
            f"{folder / name} is missing or damaged; it was not pushed.",
            advice="Run `extract run` over the inputs, or `extract doctor --mend`, and push again.",
        )
    bucket.upload(file_object(name, facts), folder / name)


def collect_garbage(bucket: Bucket, *, keep: int) -> int:
    """Delete earlier publications but the last ones, and the files that none names; return how many files.

    A file that was written within the last hour stays: a publication that will name it may be under way.
    """
    there = current(bucket)
    listed = {name: seen for name, seen in bucket.list(PUBLICATIONS).items() if is_manifest(name)}
    if there is None:
        return 0
    numbers = {name: number_of(Path(name).parent.name) for name in listed}
    earlier = sorted((name for name in listed if numbers[name] < there.number), key=numbers.__getitem__)
    gone = [name for name in earlier[: max(len(earlier) - keep + 1, 0)] if _is_old(listed[name])]
    bucket.delete(gone)
    manifests = (bucket.get(name) for name in listed.keys() - set(gone))
    used = {file for manifest in manifests if manifest for file in _files_of(manifest.content)}
    unused = [name for name, seen in bucket.list(FILES).items() if name not in used and _is_old(seen)]
    bucket.delete(unused)
    return len(unused)


def _is_old(seen: Listed) -> bool:
    return seen.modified < datetime.now(UTC) - _SPARED


def _files_of(manifest: bytes) -> Iterator[str]:
    facts = {name: FileFacts(**known) for name, known in json.loads(manifest)["files"].items()}
    return (file_object(name, facts) for name in facts)


def _name_here(root: Path) -> str | None:
    """Return the name that the current publication of a folder would have at an address."""
    folder = current_snapshot(root)
    return None if folder is None else name_of(int(folder.name), (folder / MANIFEST).read_bytes())


def _check_pushed(root: Path, bucket: Bucket) -> None:
    """Check that the folder's current publication came from the address or was pushed there.

    Raises:
        StoreError: It did not and was not.
    """
    here = _name_here(root)
    if here is not None and here != _common(root, bucket):
        raise StoreError(
            f"{root} has tables (publication {number_of(here)}) that are not at {bucket.url}.",
            advice="Push them first, pull into another folder, or give them up with --discard.",
        )


def _has_other(bucket: Bucket, there: RemotePublication | None) -> StoreError:
    number = "a publication" if there is None else f"publication {there.number}"
    return StoreError(
        f"{bucket.url} has {number}, which this folder does not know: somebody else has published there.",
        advice="Pull it and run again over your inputs. What is published there is unchanged.",
    )


def _common(root: Path, bucket: Bucket) -> str | None:
    """Return the publication that folder and address last had in common."""
    return _record(root).get(bucket.url)


def _remember(root: Path, bucket: Bucket, name: str) -> None:
    replace_text(root / COMMON, json.dumps({**_record(root), bucket.url: name}))


def _record(root: Path) -> Mapping[str, str]:
    try:
        content = json.loads((root / COMMON).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
