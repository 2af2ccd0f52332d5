"""Run on small disks that are full sooner or later, and on read-only ones.

    python tests/faults/full_disks.py [--times 20]        (as an administrator: it mounts small disks)

Each small disk has a little more room than the one before, so that it is full at another step: planning,
parts in the workers, publication, cache. A run that cannot be made must say so and what to do (exit code 2),
and leave the published tables as they are; with free space, or write access, the next run must be right.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from child_runs import file_bytes, run_to_end, start_run

from extract.settings import Settings
from extract.store import store_problems

TEXT = "Officials in Baghdad met on 3 May 2021. “We agree on point {0},” said Karwan Dizayi, a clerk.\n\n"
DISK = 24_000_000


def full_disks(folder: Path, times: int) -> Counter[str]:
    """Fill disks to different levels.

    Args:
        folder: Where they are mounted; empty.
        times: How many.

    Returns:
        How often which step met the full disk; `done` where the room was enough.

    Raises:
        AssertionError: A run ended otherwise than it should.
    """
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "first.txt").write_text(TEXT.format(0), encoding="utf-8")
    met: Counter[str] = Counter()
    with small_disk(folder / "disk", DISK) as disk:
        published = Settings(output=disk / "outputs", workers=2, batch_size=4)
        run_to_end([inbox], published)
        _write_more(inbox)
        clean = published.model_copy(update={"output": folder / "clean"})
        run_to_end([inbox], clean)
        before = file_bytes(published.output)
        for number in range(times):
            room = 4096 * round(2 ** (10.5 * number / times))
            met[_run_with_room(inbox, published, disk, room)] += 1
            if file_bytes(published.output) != before:
                assert file_bytes(published.output) == file_bytes(clean.output)
                _roll_back(inbox, published, before)
        run_to_end([inbox], published)
        assert file_bytes(published.output) == file_bytes(clean.output)
    return met


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a disk of some bytes.

    Raises:
        PermissionError: This user may not mount disks.
    """
    folder.mkdir()
    if not _administer("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        raise PermissionError("only an administrator can mount a small disk")
    try:
        yield folder
    finally:
        _administer("umount", "--lazy", str(folder))


def read_only_disks(folder: Path, times: int) -> int:
    """Take the right to write away before runs that bring an article, and give it back after them.

    Args:
        folder: Where the disk is mounted; empty.
        times: How often.

    Returns:
        How often the run was refused and the old tables stayed as they were.

    Raises:
        AssertionError: A run ended otherwise than it should.
    """
    inbox = folder / "inbox"
    inbox.mkdir()
    with small_disk(folder / "disk", DISK) as disk:
        settings = Settings(output=disk / "outputs", workers=1)
        for number in range(times):
            (inbox / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
            run_to_end([inbox], settings)
            before = file_bytes(settings.output)
            (inbox / f"{number}-more.txt").write_text(TEXT.format(f"{number} more"), encoding="utf-8")
            assert _administer("mount", "-o", "remount,ro", str(disk))
            code, words = start_run([inbox], settings).end()
            assert code == 2, f"the run ended with {code}: {words}"
            assert "The file system is read-only: choose another folder with --output." in words
            assert file_bytes(settings.output) == before
            assert _administer("mount", "-o", "remount,rw", str(disk))
        run_to_end([inbox], settings)
        clean = settings.model_copy(update={"output": folder / "clean"})
        run_to_end([inbox], clean)
        assert file_bytes(settings.output) == file_bytes(clean.output)
    return times


def _administer(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _write_more(inbox: Path) -> None:
    for number in range(1, 13):
        text = "".join(TEXT.format(f"{number}-{line}") for line in range(20))
        (inbox / f"more-{number:02d}.txt").write_text(text, encoding="utf-8")


def _run_with_room(inbox: Path, settings: Settings, disk: Path, room: int) -> str:
    before = file_bytes(settings.output)
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler.write_bytes(bytes(max(0, free - room)))
    code, words = start_run([inbox], settings).end()
    filler.unlink()
    assert [problem for problem in store_problems(settings.output) if problem.serious] == []
    if code == 0:
        return "done"
    assert code == 2, f"{room} bytes of room: the run ended with {code}: {words}"
    assert words.startswith("StoreError: "), words
    assert "The disk is full: free space" in words, words
    if file_bytes(settings.output) == before:
        return "refused, old tables whole"
    return "published, then full"


def _roll_back(inbox: Path, settings: Settings, before: dict[str, bytes]) -> None:
    """Publish the first article alone again."""
    aside = inbox.with_name("aside")
    aside.mkdir()
    for file in inbox.glob("more-*"):
        file.rename(aside / file.name)
    run_to_end([inbox], settings.model_copy(update={"max_drop": 1.0, "cache_mb": 0}))
    for file in aside.iterdir():
        file.rename(inbox / file.name)
    aside.rmdir()
    assert file_bytes(settings.output) == before


def main() -> None:
    """Fill disks, take the right to write away, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20, help="disks of each kind (20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="full-disks-") as name:
        met = full_disks(Path(name), options.times)
    sys.stdout.write(f"{met.total()} small disks: {dict(met)}\n")
    with tempfile.TemporaryDirectory(prefix="read-only-disks-") as name:
        refused = read_only_disks(Path(name), options.times)
    sys.stdout.write(f"{options.times} read-only disks: {refused} refused, old tables whole\n")


if __name__ == "__main__":
    main()
