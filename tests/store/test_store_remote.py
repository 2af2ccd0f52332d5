"""The tables on object storage: a server that speaks S3, writers that race, requests that fail."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import fsspec
import pytest
from store_samples import read_tables

from s3_server import s3_server

obstore = pytest.importorskip("obstore")

from remote_kills import Deed, Killing  # noqa: E402 - after the check that it is installed
from remote_samples import add, publish, texts_in  # noqa: E402
from remote_writers import check, race  # noqa: E402

import extract  # noqa: E402
from extract.errors import StoreError, StoreLockedError  # noqa: E402
from extract.remote import bucket as remote_bucket  # noqa: E402
from extract.remote import lease, transfer  # noqa: E402
from extract.remote.arrivals import Arrivals  # noqa: E402
from extract.remote.bucket import Bucket, Tag  # noqa: E402
from extract.remote.mirror import checked_out, copied, mirror_of  # noqa: E402
from extract.remote.publication import CURRENT, current  # noqa: E402
from extract.remote.transfer import collect_garbage, pull, push  # noqa: E402
from extract.store import Store  # noqa: E402

TEXTS = {"a": "Bahr said yes in May.", "b": "Bahr said no."}


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[fsspec.AbstractFileSystem]:
    with s3_server("tables") as files:
        yield files


@pytest.fixture
def url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Return an address at which nothing is published; mirrors are kept in the test's folder."""
    monkeypatch.setenv("EXTRACT_MIRRORS", str(tmp_path / "mirrors"))
    return f"s3://tables/{abs(hash(request.node.nodeid)):x}"


def publish_and_fail(url: str, texts: Mapping[str, str]) -> None:
    with checked_out(url, keep=3) as root:
        publish(root, texts)
        raise ZeroDivisionError


def test_what_one_machine_pushes_another_pulls(url: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    publish(here, TEXTS)
    pushed = push(here, Bucket.at(url), keep=3)
    pulled = pull(there, Bucket.at(url), keep=3)
    assert pulled == pushed
    assert read_tables(there) == read_tables(here)
    publish(there, {**TEXTS, "c": "Bahr said maybe."})  # as in any other folder


def test_only_missing_files_are_copied(url: str, tmp_path: Path) -> None:
    bucket, here, there = Bucket.at(url), tmp_path / "here", tmp_path / "there"
    publish(here, TEXTS)
    first = push(here, bucket, keep=3)
    assert push(here, bucket, keep=3) == transfer.Transfer(first.number, 0, 0)
    pull(there, bucket, keep=3)
    publish(here, {**TEXTS, "a": "Bahr said nothing."})
    second = push(here, bucket, keep=3)
    assert 0 < second.files < first.files
    assert pull(there, bucket, keep=3) == second


def test_tables_that_others_have_published_are_not_overwritten(url: str, tmp_path: Path) -> None:
    bucket, ours, theirs = Bucket.at(url), tmp_path / "ours", tmp_path / "theirs"
    publish(theirs, TEXTS)
    push(theirs, bucket, keep=3)
    publish(ours, {"c": "Bahr said maybe."})
    with pytest.raises(StoreError, match="does not know"):
        push(ours, bucket, keep=3)
    with pytest.raises(StoreError, match="are not at"):
        pull(ours, bucket, keep=3)
    pull(ours, bucket, keep=3, discard=True)
    assert texts_in(ours) == TEXTS


def test_a_run_publishes_at_the_address_and_readers_copy_it(url: str) -> None:
    add(url, TEXTS)
    add(url, {"c": "Bahr said maybe."})
    assert texts_in(copied(url, keep=3)) == {**TEXTS, "c": "Bahr said maybe."}


def test_a_run_that_fails_leaves_the_address_as_it_is(url: str) -> None:
    add(url, TEXTS)
    before = current(Bucket.at(url))
    with pytest.raises(ZeroDivisionError):
        publish_and_fail(url, {"c": "Bahr said maybe."})
    assert current(Bucket.at(url)) == before
    add(url, {"d": "Bahr said so."})  # without what that run left in the folder
    assert texts_in(copied(url, keep=3)) == {**TEXTS, "d": "Bahr said so."}


def test_readers_without_extract_follow_the_manifest(url: str) -> None:
    add(url, TEXTS)
    page = (Path(__file__).parents[2] / "docs" / "object-storage.md").read_text(encoding="utf-8")
    [code] = [block for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "def read" in block]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the example of our own page
    articles = names["read"](url, "articles")
    assert dict(zip(articles["article_id"], articles["text"], strict=True)) == TEXTS


def test_the_tables_of_an_address_are_opened(url: str) -> None:
    add(url, TEXTS)
    assert [*extract.open(url).articles["article_id"]] == ["a", "b"]


def test_nothing_published_is_said(url: str) -> None:
    with pytest.raises(StoreError, match="Nothing is published"):
        copied(url, keep=3)


@pytest.mark.parametrize("address", ["ftp://server/tables", "s3://", "http://server/x"])
def test_an_address_that_cannot_hold_tables_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="cannot be published"):
        Bucket.at(address)


def test_a_service_that_does_not_answer_is_told() -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        Bucket.at("s3://no-such-bucket/x").create(CURRENT, b"")


def test_a_damaged_file_is_neither_pushed_nor_pulled(
    url: str, tmp_path: Path, server: fsspec.AbstractFileSystem
) -> None:
    publish(tmp_path / "here", TEXTS)
    push(tmp_path / "here", Bucket.at(url), keep=3)
    [name] = [name for name in server.find(url) if name.endswith(".parquet")][:1]
    server.pipe(name, b"x" * server.size(name))
    with pytest.raises(StoreError, match="is damaged"):
        pull(tmp_path / "there", Bucket.at(url), keep=3)
    publish(tmp_path / "new", TEXTS)
    part = next((tmp_path / "new" / ".current" / "articles").glob("*.parquet"))
    part.chmod(0o644)
    part.write_bytes(b"x")
    with pytest.raises(StoreError, match="was not pushed"):
        push(tmp_path / "new", Bucket.at(f"{url}-new"), keep=3)
    assert current(Bucket.at(f"{url}-new")) is None


# What is killed at a request


@pytest.mark.parametrize(("deed", "first"), [("publish", 20), ("push", 14), ("pull", 8)])
def test_a_kill_at_a_request_leaves_the_old_tables_or_the_new(
    tmp_path: Path, server: fsspec.AbstractFileSystem, deed: Deed, first: int
) -> None:
    """One of the requests, before it is sent and after it is done; `remote_kills.py` tries each."""
    killing = Killing(tmp_path, server, deed)
    killing.kill(deed, first=first, every=100)
    assert sum(times for what, times in killing.seen.items() if "killed" in what) == 2


def test_a_fetched_file_that_was_damaged_meanwhile_is_fetched_again(url: str, tmp_path: Path) -> None:
    publish(tmp_path / "here", TEXTS)
    whole = push(tmp_path / "here", Bucket.at(url), keep=3)
    arrivals, names = Arrivals.of(tmp_path / "there"), [*Bucket.at(url).list("files")]
    with Store(tmp_path / "there", keep=3).lock():  # as a pull that was killed later
        arrivals.fetch(Bucket.at(url), names[:5], threads=2)
    damaged = arrivals.path_of(names[0])
    damaged.chmod(0o644)
    damaged.write_bytes(b"x")
    arrivals.path_of(names[6]).with_suffix(".parquet.part").write_bytes(b"y")
    pulled = pull(tmp_path / "there", Bucket.at(url), keep=3)
    assert pulled is not None
    assert pulled.files == whole.files - 4
    assert texts_in(tmp_path / "there") == TEXTS
    assert not arrivals.folder.exists()


def test_a_reader_leaves_alone_what_a_run_has_not_pushed_yet(url: str) -> None:
    add(url, TEXTS)
    with checked_out(url, keep=3) as root:
        publish(root, {**TEXTS, "c": "Bahr said maybe."})
        assert texts_in(copied(url, keep=3)) == TEXTS
    assert texts_in(copied(url, keep=3)) == {**TEXTS, "c": "Bahr said maybe."}


def test_a_file_that_is_lost_at_the_address_is_pushed_again(
    url: str, tmp_path: Path, server: fsspec.AbstractFileSystem
) -> None:
    publish(tmp_path / "here", TEXTS)
    push(tmp_path / "here", Bucket.at(url), keep=3)
    server.rm(server.find(f"{url}/files")[0])
    assert push(tmp_path / "here", Bucket.at(url), keep=3).files == 1
    pull(tmp_path / "there", Bucket.at(url), keep=3)
    assert texts_in(tmp_path / "there") == TEXTS


def test_an_address_that_was_emptied_does_not_get_its_old_tables_back(
    url: str, server: fsspec.AbstractFileSystem
) -> None:
    add(url, TEXTS)
    server.rm(url, recursive=True)
    add(url, {"c": "Bahr said maybe."})
    assert texts_in(copied(url, keep=3)) == {"c": "Bahr said maybe."}


def test_foreign_objects_are_left_alone(url: str, tmp_path: Path, server: fsspec.AbstractFileSystem) -> None:
    server.pipe(f"{url}/publications/notes.txt", b"ours")
    publish(tmp_path / "here", TEXTS)
    push(tmp_path / "here", Bucket.at(url), keep=3)
    assert server.exists(f"{url}/publications/notes.txt")


def test_google_compares_versions_and_amazon_tags() -> None:
    assert remote_bucket._condition(Tag("e", None)) == {"e_tag": "e"}
    assert remote_bucket._condition(Tag("e", "7")) == {"e_tag": "e", "version": "7"}


# The lease


def test_a_renewal_whose_answer_is_lost_keeps_the_lease(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = lease._Lease(Bucket.at(url), 60)
    own.take()
    with monkeypatch.context() as patch:
        patch.setattr(obstore, "put", losing_answers(obstore.put))
        with pytest.raises(StoreError):
            own.renew()
    assert own.renew()


def losing_answers(real: Callable[..., object]) -> Callable[..., object]:
    def request(*args: object, **kwargs: object) -> object:
        real(*args, **kwargs)
        raise ConnectionError("the answer was lost")

    return request


def test_one_of_two_publishes_and_the_other_is_told_who(url: str) -> None:
    bucket = Bucket.at(url)
    told = pytest.raises(StoreLockedError, match=f"process {os.getpid()}")
    with lease.held(bucket), told, lease.held(bucket):
        pytest.fail("two hold the lease")
    with lease.held(Bucket.at(url)):  # free again
        pass


def test_a_lease_is_kept_as_long_as_its_holder_lives(url: str) -> None:
    with lease.held(Bucket.at(url), seconds=0.4):
        sleep(1.0)
        with pytest.raises(StoreLockedError), lease.held(Bucket.at(url)):
            pytest.fail("the lease has expired")


def test_a_lease_whose_holder_was_killed_expires(url: str) -> None:
    dead = lease._Lease(Bucket.at(url), 0.2)
    dead.take()
    with pytest.raises(StoreLockedError), lease.held(Bucket.at(url)):
        pytest.fail("the lease was still valid")
    sleep(0.3)
    with lease.held(Bucket.at(url)):
        assert not dead.renew()


@pytest.mark.parametrize("lease", [True, False])
def test_of_several_writers_none_loses_a_row(url: str, tmp_path: Path, *, lease: bool) -> None:
    outcome = race(tmp_path, url, writers=3, times=2, reads=12, lease=lease)
    check(outcome, writers=3, times=2)
    assert outcome.refused.total() > 0
    assert outcome.reads >= 6


# Garbage


def test_files_that_no_publication_names_are_deleted_later(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket, here = Bucket.at(url), tmp_path / "here"
    for number in range(4):
        publish(here, {"a": f"Bahr said {number}."})
        push(here, bucket, keep=2)
    n_files = len(bucket.list("files"))
    assert collect_garbage(bucket, keep=2) == 0  # all are young
    monkeypatch.setattr(transfer, "_SPARED", timedelta(seconds=-5))
    assert 0 < collect_garbage(bucket, keep=2) < n_files
    assert len(bucket.list("publications")) == 2
    pull(tmp_path / "there", bucket, keep=3)
    assert texts_in(tmp_path / "there") == {"a": "Bahr said 3."}


def test_the_mirror_is_the_same_for_an_address_however_it_is_written() -> None:
    one, same, other = (
        mirror_of(url, "runs") for url in ("s3://bucket/iraq", "s3://bucket/iraq/", "s3://bucket/syria")
    )
    assert one == same != other
    assert one != mirror_of("s3://bucket/iraq", "readers")
