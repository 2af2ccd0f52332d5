"""What the inputs of a run decide about published articles: which may go, and which keep their id."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.errors import InputError
from extract.model import Article
from extract.reading import Owner, Published, input_folder, no_owner
from extract.reading.names import absolute, address_of, file_of, is_stdin, source_name, source_path
from extract.settings import Settings
from extract.store import Entry, Manifest, Plan, source_key

# Earlier formats stored sources relative to the folder in which a command was started.
_FORMAT_WITH_NAMED_SOURCES = 3


def published_owner(manifest: Manifest, base: Path | None) -> Owner:
    """Return the function that knows which source an id is published from, if that source still has it.

    A source that is gone gives its id up: to a copy of the article, which was moved, or to any article if its
    folder is still there. Of a folder that is missing or empty, the disk may not be mounted.

    Args:
        manifest: The published state.
        base: The folder from which the names of sources start; None for absolute paths.
    """
    if manifest.format < _FORMAT_WITH_NAMED_SOURCES:
        return no_owner

    def owner(article: Article) -> Published | None:
        entry = manifest.entries.get(article.article_id)
        if entry is None or entry.status != "done" or entry.source == article.source:
            return None
        if address_of(entry.source):  # no look-up there for every article: it keeps its ids
            return Published(entry.source, entry.content_hash)
        old, new = (source_path(file_of(source), base) for source in (entry.source, article.source))
        if os.path.realpath(old) == os.path.realpath(new):
            return None
        is_gone = not os.path.lexists(old) and _has_files(Path(old).parent)
        is_moved = not os.path.lexists(old) and entry.content_hash == article.content_hash
        return None if is_gone or is_moved else Published(entry.source, entry.content_hash)

    return owner


def in_scope(
    manifest: Manifest,
    inputs: Sequence[Path],
    base: Path | None,
    *,
    found: Collection[str],
    problems: Collection[str],
) -> Manifest:
    """Return the manifest without the entries whose fate the inputs do not decide.

    These are articles from other folders, from folders that cannot be listed, and from files that are
    completely or partly unreadable: an unreadable line may be the article. Issues of lines are decided when
    their file was read. Standard input decides nothing: what came through it before has not gone.

    Args:
        manifest: The published state.
        inputs: Files, folders and globs.
        base: The folder from which the names of sources start; None for absolute paths.
        found: Keys of everything found.
        problems: Sources that yielded no article.
    """
    roots = _Places([os.fspath(path) for path in inputs if not is_stdin(path)])
    broken = _Places([source_path(file_of(source), base) for source in problems])
    unread = _Places([source_path(source, base) for source in problems if source == file_of(source)])
    kept = {key: entry for key, entry in manifest.entries.items() if key in found}
    for key in manifest.entries.keys() - kept.keys():
        entry = manifest.entries[key]
        path, is_issue = source_path(file_of(entry.source), base), key == source_key(entry.source)
        if roots.hold(path) and not (unread if is_issue else broken).hold(path):
            kept[key] = entry
    return replace(manifest, entries=kept)


def elsewhere(
    manifest: Manifest, inputs: Sequence[Path], base: Path | None, found: Collection[str]
) -> list[Entry]:
    """Return the published entries that come from none of the inputs.

    Args:
        manifest: The published state.
        inputs: Files, folders and globs.
        base: The folder from which the names of sources start; None for absolute paths.
        found: Keys of everything found.
    """
    roots = _Places([os.fspath(path) for path in inputs])
    others = (entry for key, entry in manifest.entries.items() if key not in found)
    return [entry for entry in others if not roots.hold(source_path(file_of(entry.source), base))]


class _Places:
    """Files, folders and globs, and whether a path lies within one, by its spelling or by its real path.

    Both count: `news/link/a.txt` is within `news` wherever `link` leads, and also within the folder there.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = {spelling for path in paths for spelling in _spellings(path)}
        self._globs = [path for path in self._paths if set(path) & set("*?[")]

    def hold(self, path: str) -> bool:
        """Return whether the path lies within one of the places."""
        return any(
            not self._paths.isdisjoint(map(str, (spelling, *spelling.parents)))
            or any(spelling.match(glob) for glob in self._globs)
            for spelling in map(Path, _spellings(path))
        )


def _spellings(path: str) -> set[str]:
    """Return the absolute path with its links and without; unlike Path.resolve(), this never raises."""
    return {absolute(path)} if address_of(path) else {absolute(path), os.path.realpath(path)}


def check_removals(
    changes: Plan, old: Manifest, new: Mapping[str, Entry], inputs: Sequence[Path], settings: Settings
) -> dict[str, int]:
    """Check that no input has lost so many of its articles that it is probably incomplete.

    An input is compared with the most articles that it ever had, so that many small losses count as one.

    Args:
        changes: What the run would do.
        old: The published state.
        new: New entries of everything found.
        inputs: Files, folders and globs.
        settings: How much an input may lose, and from which folder the names of sources start.

    Returns:
        The most articles that each input has had, by its name.

    Raises:
        InputError: An input has lost too many, or a folder in it has become empty.
    """
    peaks = {}
    base, may_go = settings.source_base, settings.allow_removals
    for path in inputs:
        name, counts = source_name(input_folder(path), base), _Counts(path, base)
        before = counts.of(old.entries.values())
        gained = counts.of(new[key] for key in (*changes.new, *changes.edited))
        lost = counts.of(old.entries[key] for key in (*changes.removed, *changes.edited))
        after, peak = before + gained - lost, max(before, old.peaks.get(name, 0))
        if not may_go and after < peak and (after == 0 or after < peak * (1 - settings.max_drop)):
            raise _incomplete(f"The input {name} has {after:,} articles; it had {peak:,} before.")
        peaks[name] = after if may_go else max(after, peak)
    if not may_go:
        _check_folders(changes, old, base)
    return peaks


class _Counts:
    """Counts the articles that come from an input.

    Args:
        path: A file, folder or glob.
        base: The folder from which the names of sources start; None for absolute paths.
    """

    def __init__(self, path: Path, base: Path | None) -> None:
        top = absolute(input_folder(path))
        inside = os.path.join(top, "")  # noqa: PTH118 - ends in one slash
        name = source_name(Path(top), base)
        self._starts = (inside, f"{name}/", f"{name}:")
        self._exact = name
        self._holds_base = base is not None and os.path.join(base, "").startswith(inside)  # noqa: PTH118

    def of(self, entries: Iterable[Entry]) -> int:
        """Return how many of the entries are articles from the input."""
        return sum(entry.status == "done" and self._is_inside(entry.source) for entry in entries)

    def _is_inside(self, source: str) -> bool:
        if source.startswith(self._starts) or source == self._exact:
            return True
        return self._holds_base and not source.startswith(os.sep)


def _check_folders(changes: Plan, old: Manifest, base: Path | None) -> None:
    """Check that no folder that had articles is now empty: it may be the place of a disk that is not mounted.

    Raises:
        InputError: A folder is.
    """
    removed = (old.entries[key] for key in changes.removed if old.entries[key].status == "done")
    folders = Counter(Path(source_path(file_of(entry.source), base)).parent for entry in removed)
    for folder, count in folders.items():
        if folder.is_dir() and not _has_files(folder):
            raise _incomplete(f"The folder {folder} is empty; it had {count:,} articles before.")


def _has_files(folder: Path) -> bool:
    """Return whether a folder exists and is not empty."""
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:
        return False


def _incomplete(message: str) -> InputError:
    return InputError(
        message,
        advice="Check that the folder is complete and its disk is mounted. If the articles were removed on "
        "purpose, run again with --allow-removals. The published tables are unchanged.",
    )
