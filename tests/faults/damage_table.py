"""The things that may happen to an output folder between two runs, and what the doctor has to say of each."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import harm
from harm import (
    FILE_HARMS,
    LINK_HARMS,
    Deed,
    at,
    below,
    current,
    number,
    of_current,
    of_publications,
    parts,
    to,
)

from extract.tables import TABLES

Told = Literal["problem", "named", "free", "nothing"]


@dataclass(frozen=True)
class Damage:
    """Something that happens to a store.

    Attributes:
        name: What happens.
        deed: Does it.
        told: What the doctor has to say: a serious problem, a problem or a note, whatever is not serious, or
            nothing at all.
        word: A pattern that names it in a problem or note that has to be.
        may_refuse: Whether a run may stop and say why, until the folder is mended.
        warns: Whether a run has to give a warning.
    """

    name: str
    deed: Deed
    told: Told
    word: str = ""
    may_refuse: bool = False
    warns: bool = False

    @property
    def matters(self) -> bool:
        """Whether readers, or the next run, would be wrong or blocked."""
        return self.told == "problem"


def damages() -> list[Damage]:
    """Return all damages."""
    groups = (_files, _parts, _pairs, _neighbours, _links, _copies, _publications, _manifests)
    return [damage for group in (*groups, _workshop, _cache, _harmless) for damage in group()]


OWN_FILES: Mapping[str, Told] = {
    "manifest.json": "problem",
    "entries.parquet": "problem",
    "texts.arrow": "named",
    "signatures.arrow": "named",
    "similar.arrow": "named",
    "named.arrow": "named",
    "run.json": "named",
}


def _files() -> Iterator[Damage]:
    for name, told in OWN_FILES.items():
        for kind, harms in FILE_HARMS.items():
            yield Damage(f"{name} {kind}", to(of_current(name), harms), told, name.partition(".")[0])


def _parts() -> Iterator[Damage]:
    for table in TABLES:
        for kind, harms in FILE_HARMS.items():
            yield Damage(f"a part of {table} {kind}", to(parts(table, 0), harms), "problem", f"{table}/part")
        yield Damage(f"the folder of {table} lost", to(of_current(table), harm.remove), "problem", table)


def _pairs() -> Iterator[Damage]:
    two = parts("articles", 1, 2)
    bucket = harm.both(*(parts(table, 1) for table in TABLES if table not in ("actors", "places")))
    for kind in ("lost", "cut to half", "with a flipped bit"):
        yield Damage(f"two parts of articles {kind}", to(two, FILE_HARMS[kind]), "problem", "articles/part")
        yield Damage(f"a bucket of all tables {kind}", to(bucket, FILE_HARMS[kind]), "problem", "quotes/part")
    with_manifest = harm.both(parts("quotes", 0), of_current("manifest.json"))
    with_indexes = harm.both(parts("entities", 1), of_current("texts.arrow", "named.arrow", "similar.arrow"))
    without_cache = harm.both(parts("dates", 1), at(".cache"))
    yield Damage("a part and the cache lost", to(without_cache, harm.remove), "problem", "dates/part")
    yield Damage("a part and the manifest lost", to(with_manifest, harm.remove), "problem", "manifest")
    yield Damage("a part and the indexes lost", to(with_indexes, harm.remove), "problem", "entities/part")


def _neighbours() -> Iterator[Damage]:
    visible = ("part (1).parquet", "part-00000-of-00001.parquet", "part-00000-of-00001.parquet.tmp")
    told: Mapping[str, Told] = dict.fromkeys((*visible, "Thumbs.db"), "named") | dict.fromkeys(
        (".DS_Store", ".ipynb_checkpoints/x.parquet"), "free"
    )
    for name, how in told.items():
        for table in ("articles", "quotes"):
            word = name.partition("/")[0].replace("(", r"\(").replace(")", r"\)")
            yield Damage(f"{name} among the parts of {table}", partial(_copy_part, table, name), how, word)
    inner = partial(_copy_part, "quotes", "more/part.parquet")
    yield Damage("a folder among the parts of quotes", inner, "named", "quotes/more")
    yield Damage("a foreign file in the publication", to(of_current("desktop.ini"), Path.touch), "free")
    yield Damage("a foreign table in the publication", _double_table, "free")
    yield Damage("a report in the output folder", to(at("report.html"), Path.touch), "nothing")


def _copy_part(table: str, name: str, root: Path) -> None:
    path = current(root) / table / name
    path.parent.mkdir(exist_ok=True)
    shutil.copyfile(parts(table, 0)(root)[0], path)


def _double_table(root: Path) -> None:
    shutil.copytree(current(root) / "quotes", current(root) / "quotes (1)")


def _links() -> Iterator[Damage]:
    for kind, harms in LINK_HARMS.items():
        how: Told = "free" if kind == "to another publication" else "problem"
        deed = to(at(".current"), harms)
        yield Damage(f"the link .current {kind}", deed, how, "current", warns=how == "problem")
        for table in TABLES:
            yield Damage(f"the link {table} {kind}", to(at(table), harms), "problem", table)
    yield Damage("the link .current absolute", _point_absolutely, "named", "current")
    yield Damage("all links lost", to(harm.links, harm.remove), "problem", "current", warns=True)
    yield Damage("the link .current with a dot", _point_with_a_dot, "free")


def _point_with_a_dot(root: Path) -> None:
    harm.link(root / ".current", "./.snapshots/000003/")


def _point_absolutely(root: Path) -> None:
    harm.link(root / ".current", str(current(root)))


def _copies() -> Iterator[Damage]:
    bare, texts = harm.zipped(with_links=False), harm.zipped(with_links=True)
    without, contents = harm.copied_without_links, harm.copied_with_contents
    yield Damage("unpacked from a zip without links", bare, "problem", "current", warns=True)
    yield Damage("unpacked from a zip, links as text", texts, "problem", "current", warns=True)
    yield Damage("copied by rsync -r, without links", without, "problem", "current", warns=True)
    yield Damage("copied by cp -rL, links as folders", contents, "problem", "current", warns=True)
    yield Damage("every table a real folder", to(at(*TABLES), harm.make_real), "problem", "entities")
    yield Damage("moved to another folder", harm.moved, "free")
    yield Damage("opened through a link to the folder", harm.opened_through_a_link, "free")


def _publications() -> Iterator[Damage]:
    deeds: Mapping[str, Deed] = {
        "the publications renamed": to(
            at(".snapshots"), lambda path: path.rename(path.with_name("snapshots"))
        ),
        "the publications lost": to(at(".snapshots"), harm.remove),
        "the publications emptied": to(lambda root: sorted((root / ".snapshots").iterdir()), harm.remove),
        "the publications a file": to(at(".snapshots"), _make_file),
        "the current publication lost": to(of_current(""), harm.remove),
        "the current publication emptied": to(lambda root: sorted(current(root).iterdir()), harm.remove),
        "the current publication renamed": to(of_current(""), lambda path: path.rename(f"{path} copy")),
        "the current publication a file": to(of_current(""), _make_file),
    }
    for name, deed in deeds.items():
        none_left = name.startswith("the publications")
        word = "current|publication|snapshots"
        yield Damage(name, deed, "problem", word, may_refuse=none_left, warns=not none_left)
    yield Damage("nothing left but the publications", _keep_publications, "problem", "", may_refuse=True)
    yield Damage("the publications on another disk", harm.moved_to_another_disk(at(".snapshots")), "free")
    part = harm.moved_to_another_disk(parts("quotes", 1))
    yield Damage("a part on another disk", part, "named", "quotes/part")
    doubled = to(of_current(""), lambda path: shutil.copytree(path, f"{path} copy"))
    yield Damage("the current publication doubled", doubled, "free")
    yield Damage("a later publication that is not current", _point_to_the_second, "free")
    yield Damage("a folder with the next number", _take_the_next_number, "free")
    yield Damage("an empty folder with the next number", to(at(".snapshots/000004"), Path.mkdir), "free")
    yield Damage("a file with the next number", to(at(".snapshots/000004"), Path.touch), "problem", "000004")
    yield Damage("the first publication lost", to(of_publications("", 1), harm.remove), "free")


def _make_file(path: Path) -> None:
    shutil.rmtree(path)
    path.touch()


def _keep_publications(root: Path) -> None:
    for path in root.iterdir():
        if path.name != ".snapshots":
            harm.remove(path)


def _point_to_the_second(root: Path) -> None:
    """Do what a kill just before a publication becomes the current one does."""
    harm.link(root / ".current", ".snapshots/000002")


def _take_the_next_number(root: Path) -> None:
    number(root, 4).mkdir()
    (number(root, 4) / "notes.txt").write_text("not ours", encoding="utf-8")


def _manifests() -> Iterator[Damage]:
    for kind in ("lost", "emptied", "with a flipped bit"):
        every = to(of_publications("manifest.json", 1, 2, 3), FILE_HARMS[kind])
        last = to(of_publications("manifest.json", 2, 3), FILE_HARMS[kind])
        yield Damage(f"every manifest {kind}", every, "problem", "manifest", may_refuse=True)
        yield Damage(f"the last two manifests {kind}", last, "problem", "manifest")
        alone = partial(_damage_the_only_one, FILE_HARMS[kind])
        yield Damage(f"the only manifest {kind}", alone, "problem", "manifest", may_refuse=True)
    all_entries = of_publications("entries.parquet", 1, 2, 3)
    yield Damage(
        "all entries lost", to(all_entries, harm.remove), "problem", "entries|manifest", may_refuse=True
    )
    entries = of_publications("entries.parquet", 2, 3)
    yield Damage("the last two entries lost", to(entries, harm.remove), "problem", "entries")
    part = "articles/part-00001-of-00004.parquet"
    for name, numbers in {"an earlier part": (2,), "parts of two publications": (2, 3)}.items():
        told: Told = "problem" if 3 in numbers else "named"
        yield Damage(
            f"{name} lost", to(of_publications(part, *numbers), harm.remove), told, "publication 2|part"
        )
    earlier = to(of_publications("manifest.json", 1), harm.remove)
    yield Damage("an earlier manifest lost", earlier, "named", "publication 1|000001")


def _damage_the_only_one(how: harm.Harm, root: Path) -> None:
    to(of_publications("", 1, 2), harm.remove)(root)
    how(number(root, 3) / "manifest.json")


def _workshop() -> Iterator[Damage]:
    """Change the marker, the lock, and what runs work in."""
    marker, lock, staging = at(".extract-store"), at(".lock"), at(".staging")
    yield Damage("the marker lost", to(marker, harm.remove), "problem", "marker|store", may_refuse=True)
    yield Damage("the marker emptied", to(marker, harm.empty), "nothing")
    yield Damage("the lock lost", to(lock, harm.remove), "nothing")
    yield Damage("the lock of other content", to(lock, lambda path: path.write_bytes(b"\0{")), "nothing")
    yield Damage("the lock a folder", to(lock, harm.make_folder), "problem", "lock", may_refuse=True)
    yield Damage("the lock a dangling link", to(lock, harm.make_dangling_link), "named", "lock")
    yield Damage("the staging folder a file", to(staging, Path.touch), "named", "staging", may_refuse=True)
    yield Damage("the staging folder a link elsewhere", _stage_elsewhere, "free", may_refuse=True)
    yield Damage("a file where things are set aside", to(at(".aside"), Path.touch), "free", may_refuse=True)
    yield Damage("leftovers of killed runs", _leave, "named", "killed|left")


def _stage_elsewhere(root: Path) -> None:
    """Link the folder that every run empties to one with something precious in it."""
    precious = root.with_name("precious")
    precious.mkdir()
    (precious / "thesis.docx").touch()
    (root / ".staging").symlink_to(precious)


def _leave(root: Path) -> None:
    (root / ".staging" / "1-2").mkdir(parents=True)
    shutil.copytree(current(root), number(root, 4).with_suffix(".partial"))
    (number(root, 4).with_suffix(".partial") / "manifest.json").unlink()
    (root / ".current.new").symlink_to(".snapshots/000004")
    (root / "entities.new").symlink_to(".current/entities")
    (root / ".cache" / "sources.json.new").touch()


def _cache() -> Iterator[Damage]:
    files = ("sources.json", "verified.json")
    for name in (".cache", ".cache/docs", ".cache/models"):
        yield Damage(f"{name} lost", to(at(name), harm.remove), "free")
        yield Damage(
            f"{name} a file", to(at(name), _make_file), "named" if name == ".cache" else "free", "cache"
        )
    for kind in ("cut to half", "emptied", "with a flipped bit", "a folder", "a dangling link"):
        yield Damage(f"every file of the cache {kind}", to(below(".cache/**/*"), FILE_HARMS[kind]), "free")
        for name in files:
            yield Damage(f"{name} of the cache {kind}", to(below(f".cache/{name}"), FILE_HARMS[kind]), "free")
    for name in files:
        for content in (b"[]", b"{}", b"null", b'{"a": 1}', b'{"files": 7, "states": [], "valid_for": 1}'):
            deed = to(below(f".cache/{name}"), partial(_write, content=content))
            yield Damage(f"{content.decode()} in {name} of the cache", deed, "free")


def _write(path: Path, content: bytes) -> None:
    harm.write_in_place(path, content)


def _harmless() -> Iterator[Damage]:
    """Change what must not matter; and take away rights, which is not tried as an administrator."""
    yield Damage("nothing at all", lambda _root: None, "nothing")
    yield Damage("other times on everything", harm.touch_all, "nothing")
    yield Damage(
        "the right to write", to(below(".snapshots/**/*"), lambda path: path.chmod(0o666)), "nothing"
    )
    yield Damage("a part copied onto itself", to(parts("entities", 1), _copy_onto_itself), "nothing")
    for name in ("manifest.json", "entries.parquet"):
        deed = to(of_current(name), harm.forbid)
        yield Damage(f"{name} that may not be read", deed, "problem", name, may_refuse=True)
    part = to(parts("dates", 0), harm.forbid)
    yield Damage("a part that may not be read", part, "problem", "dates", may_refuse=True)


def _copy_onto_itself(path: Path) -> None:
    """Do what restoring a backup does: the same bytes in another file."""
    shutil.copyfile(path, path.with_name("copy"))
    path.with_name("copy").replace(path)
