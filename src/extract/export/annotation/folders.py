"""Folders with files per article."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.errors import AnnotationError
from extract.ids import file_name


def article_files(folder: Path, suffix: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str, Path]]:
    """Yield article_id, text and path of the files of a folder, or of one file.

    Args:
        folder: Where they are, at any depth: tools make folders of their own.
        suffix: Of the files.
        texts: The published texts by article_id; the names of files follow from the ids.

    Raises:
        AnnotationError: No file belongs to a published article.
    """
    ids = {file_name(article_id): article_id for article_id in texts}
    paths = [folder] if folder.is_file() else sorted(folder.rglob(f"*{suffix}"))
    known = [(ids[name], path) for path in paths if (name := _name(path, ids))]
    if not known:
        raise AnnotationError(
            f"{folder} has no {suffix} file of a published article.",
            advice="Keep the names of the files; name the folder of the tables that were exported: --output.",
        )
    for article_id, path in known:
        yield article_id, texts[article_id], path


def _name(path: Path, ids: Mapping[str, str]) -> str | None:
    """Return the name of an article's file: its own, or that of the folder that a tool made of it."""
    return next((name for name in (path.stem, path.parent.name, path.parent.stem) if name in ids), None)
