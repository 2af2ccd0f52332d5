"""Checks of models/reading/: the shape of its files, and words and outlets that are listed twice."""

from collections.abc import Iterator
from pathlib import Path

from extract.check.word_lists import words_in_two
from extract.knowledge import Finding, KnowledgeFile, check_shape, line_at
from extract.reading.page.form_shapes import SHAPES, LayoutFile
from extract.reading.page.lines import fold
from extract.reading.records.columns import COLUMNS, ColumnsFile, column_key

FOLDER = "reading"


def check_pages(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the words of page layouts and date lines, and in the names of columns."""
    shapes: dict[str, type[KnowledgeFile]] = {**SHAPES, COLUMNS: ColumnsFile}
    for name, shape in shapes.items():
        path = models_dir / FOLDER / name
        found, findings = check_shape(path, shape)
        yield from findings
        if isinstance(found, ColumnsFile):
            names = found.names.model_dump()
            lists = {f"names.{field}": words for field, words in names.items()}
            yield from words_in_two(path, lists, "Keep it where it is most common.", column_key)
        if isinstance(found, LayoutFile):
            yield from _shared_forms(path, found)
            lists = {"bylines.bare_by": found.bylines.bare_by, "bylines.desks": found.bylines.desks}
            yield from words_in_two(path, lists, "Keep it where it belongs: only a desk credits nobody.")


def _shared_forms(path: Path, layout: LayoutFile) -> Iterator[Finding]:
    """Yield an error for each form that two outlets have."""
    owners: dict[str, str] = {}
    for outlet, forms in layout.outlets.items():
        for form in (outlet, *forms):
            owner = owners.setdefault(fold(form), outlet)
            if owner != outlet:
                message = f"{form!r} is a form of {owner!r} and of {outlet!r}."
                line = line_at(path, ("outlets", outlet), form)
                yield Finding(path, line, "error", message, "Keep it under one outlet.")
