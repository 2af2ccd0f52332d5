"""What can be done to the files, links and folders of a store."""

import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from extract.tables import TABLES

Find = Callable[[Path], list[Path]]
"""Returns paths in an output folder."""
Harm = Callable[[Path], object]
"""Does something to a path."""
Deed = Callable[[Path], "Path | None"]
"""Does something to an output folder; returns where the folder is then, if it is elsewhere."""


def to(find: Find, harm: Harm) -> Deed:
    """Return a deed that does something to every path found."""

    def deed(root: Path) -> None:
        for path in find(root):
            harm(path)

    return deed


# ---------------------------------------------------------------- where


def current(root: Path) -> Path:
    """Return the folder of the current publication."""
    return (root / ".current").resolve()


def number(root: Path, wanted: int) -> Path:
    """Return the folder of a publication."""
    return root / ".snapshots" / f"{wanted:06d}"


def at(*names: str) -> Find:
    """Find paths below the output folder."""
    return lambda root: [root / name for name in names]


def of_current(*names: str) -> Find:
    """Find paths below the current publication."""
    return lambda root: [current(root) / name for name in names]


def of_publications(name: str, *numbers: int) -> Find:
    """Find a file of some publications."""
    return lambda root: [number(root, wanted) / name for wanted in numbers]


def below(pattern: str) -> Find:
    """Find files by a pattern below the output folder."""
    return lambda root: [path for path in sorted(root.glob(pattern)) if path.is_file()]


def parts(table: str, *buckets: int) -> Find:
    """Find part files of a table of the current publication."""
    return lambda root: [sorted((current(root) / table).glob("part-*.parquet"))[bucket] for bucket in buckets]


def both(*finds: Find) -> Find:
    """Find what each of some finds."""
    return lambda root: [path for find in finds for path in find(root)]


def links(root: Path) -> list[Path]:
    """Find all links of a store."""
    return [root / name for name in (".current", *TABLES)]


# ---------------------------------------------------------------- files


def remove(path: Path) -> None:
    """Remove a file or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def write_in_place(path: Path, content: bytes) -> None:
    """Write other bytes into a file, under all its names, and leave it read-only."""
    path.chmod(0o644)
    path.write_bytes(content)
    path.chmod(0o444)


def cut(path: Path) -> None:
    """Keep the first half of a file."""
    write_in_place(path, path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    """Keep nothing of a file."""
    write_in_place(path, b"")


def flip_a_bit(path: Path, place: int | None = None) -> None:
    """Flip a bit of a file.

    Args:
        path: The file; not empty.
        place: Number of the bit.
    """
    content = bytearray(path.read_bytes())
    place = len(content) * 8 // 3 if place is None else place
    content[place // 8] ^= 1 << place % 8
    write_in_place(path, bytes(content))


def exchange(path: Path) -> None:
    """Put that of the first publication in the place of a file, or else a neighbour of it."""
    publication = path.parents[path.parent.name in TABLES]
    earlier = publication.with_name("000001") / path.relative_to(publication)
    candidates = [earlier, *sorted(path.parent.iterdir()), publication / "run.json"]
    contents = [file.read_bytes() for file in candidates if file.is_file()]
    other = next(content for content in contents if content != path.read_bytes())
    path.unlink()
    path.write_bytes(other)


def make_folder(path: Path) -> None:
    """Put an empty folder in the place of a file."""
    path.unlink()
    path.mkdir()


def make_dangling_link(path: Path) -> None:
    """Put a link to nothing in the place of a file."""
    link(path, "nowhere")


def forbid(path: Path) -> None:
    """Take away the right to read a file."""
    path.chmod(0)


FILE_HARMS: Mapping[str, Harm] = {
    "lost": remove,
    "cut to half": cut,
    "emptied": empty,
    "with a flipped bit": flip_a_bit,
    "with other content": exchange,
    "a folder": make_folder,
    "a dangling link": make_dangling_link,
}


# ---------------------------------------------------------------- links


def link(path: Path, target: str) -> None:
    """Let a path be a link to something else."""
    path.unlink()
    path.symlink_to(target)


def link_to_another_publication(path: Path) -> None:
    """Let a link of a store point to its first publication."""
    link(path, ".snapshots/000001" + ("" if path.name == ".current" else f"/{path.name}"))


def link_elsewhere(path: Path) -> None:
    """Let a link of a store point to a whole publication outside of the output folder."""
    outside = path.parent.with_name("outside") / "000001"
    if not outside.exists():
        shutil.copytree(number(path.parent, 1), outside)
    link(path, str(outside if path.name == ".current" else outside / path.name))


def make_text(path: Path) -> None:
    """Write the target of a link into a file in its place, as git and unzip do where there are no links."""
    target = str(path.readlink())
    path.unlink()
    path.write_text(target, encoding="utf-8")


def make_real(path: Path) -> None:
    """Copy what a link points to into its place."""
    content = path.resolve()
    path.unlink()
    shutil.copytree(content, path)


LINK_HARMS: Mapping[str, Harm] = {
    "lost": remove,
    "dangling": lambda path: link(path, ".snapshots/000009"),
    "to another publication": link_to_another_publication,
    "to a copy elsewhere": link_elsewhere,
    "to itself": lambda path: link(path, path.name),
    "a text file": make_text,
    "a real folder": make_real,
    "an empty folder": make_folder,
}


# ---------------------------------------------------------------- copies of the whole folder


def zipped(*, with_links: bool) -> Deed:
    """Return a deed that packs and unpacks the folder; links become files with their targets, or nothing."""

    def deed(root: Path) -> Path:
        archive, copy = root.with_name("store.zip"), root.with_name("unpacked")
        with zipfile.ZipFile(archive, "w") as file:
            for path in sorted(root.rglob("*")):
                name = str(path.relative_to(root))
                if not path.is_symlink():
                    file.write(path, name)
                elif with_links:
                    file.writestr(name, str(path.readlink()))
        with zipfile.ZipFile(archive) as file:
            file.extractall(copy)
        return copy

    return deed


def moved_to_another_disk(find: Find) -> Deed:
    """Return a deed that moves what is found out of the folder, and leaves links to it."""

    def deed(root: Path) -> None:
        disk = root.with_name("disk")
        disk.mkdir()
        for path in find(root):
            path.symlink_to(path.rename(disk / path.name))

    return deed


def copied_without_links(root: Path) -> Path:
    """Copy the folder as `rsync -r` does."""
    copy = Path(shutil.copytree(root, root.with_name("copy"), symlinks=True, copy_function=shutil.copyfile))
    to(links, remove)(copy)
    return copy


def copied_with_contents(root: Path) -> Path:
    """Copy the folder as `cp -rL` does: what a link points to lies in its place."""
    return Path(shutil.copytree(root, root.with_name("copy"), copy_function=shutil.copyfile))


def moved(root: Path) -> Path:
    """Move the folder."""
    return root.rename(root.with_name("moved"))


def opened_through_a_link(root: Path) -> Path:
    """Open the folder under another name."""
    name = root.with_name("link")
    name.symlink_to(root.name)
    return name


def touch_all(root: Path) -> None:
    """Set other times on everything."""
    for path in sorted(root.rglob("*")):
        os.utime(path, (1, 1), follow_symlinks=False)
