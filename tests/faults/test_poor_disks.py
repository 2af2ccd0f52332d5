"""Disks that lack what a store needs (SMB, exFAT, NFS without locks): told by name, or done otherwise."""

import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from grounds import Ground, quick_folder, shown, warm_runs

from extract.errors import StoreError
from extract.store import mend


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with quick_folder() as folder, warm_runs():
        yield Ground(folder / "ground")


def lacking(monkeypatch: pytest.MonkeyPatch, module: object, name: str, error: int) -> None:
    """Let a function fail as where the disk does not know it."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(module, name, fail)


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_without_symbolic_links(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: int
) -> None:
    lacking(monkeypatch, os, "symlink", error)
    with pytest.raises(StoreError, match=r"symbolic link.*--output") as told:
        ground.run(tmp_path / "outputs")
    assert str(tmp_path / "outputs") in told.value.message


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_without_locks(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: int
) -> None:
    root = ground.copy(tmp_path / "outputs")
    before = shown(root)
    lacking(monkeypatch, fcntl, "flock", error)
    for act in (ground.run, mend):
        with pytest.raises(StoreError, match=r"lock.*--output"):
            act(root)
    assert shown(root) == before


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV])
def test_a_disk_without_hard_links_holds_copies(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: int
) -> None:
    root = ground.copy(tmp_path / "outputs")
    lacking(monkeypatch, os, "link", error)
    ground.run(root, more=True)
    assert shown(root) == ground.clean_more
