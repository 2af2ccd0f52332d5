"""Offsets: ours count code points, those of tools in JavaScript and Java UTF-16 units."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import Path

from extract.errors import AnnotationError
from extract.export.annotation.documents import ALL_LABELS, Document, Mark, is_label

_LAST_OF_ONE_UNIT = 0xFFFF


class Utf16:
    """Converts the offsets of a text.

    Args:
        text: Its characters beyond U+FFFF take two units each.
    """

    def __init__(self, text: str) -> None:
        self.length = len(text)
        # Mostly there are none, and whether there are is known without looking at each character.
        is_narrow = text.isascii() or max(text, default="") <= chr(_LAST_OF_ONE_UNIT)
        self._wide = [] if is_narrow else [at for at, one in enumerate(text) if ord(one) > _LAST_OF_ONE_UNIT]
        self._after = [at + number for number, at in enumerate(self._wide)]  # their first units

    def units(self, offset: int) -> int:
        """Return an offset in UTF-16 units."""
        return offset + bisect_right(self._wide, offset - 1) if self._wide else offset

    def points(self, offset: int) -> int:
        """Return an offset in code points; one inside a character is that of the character."""
        return offset - bisect_right(self._after, offset - 1) if self._wide else offset


Given = tuple[int, int, str, str | None, str | None]


def placed(given: Iterable[Given], article_id: str, text: str, *, utf16: bool) -> Iterator[Mark]:
    """Yield marks of a tool with our offsets.

    If the words of one do not fit, all are tried by the other way of counting: versions of tools differ.
    A label that is not ours is an error: without its mark, what was marked would seem to be deleted.

    Args:
        given: Start, end, label, value and, if the tool tells them, the words.
        article_id: For messages.
        text: The text of the article.
        utf16: Whether the tool counts UTF-16 units.

    Raises:
        AnnotationError: The words of a mark stand neither here nor there, or its label is not ours.
    """
    ours = list(given)
    for _, _, label, *_ in ours:
        if not is_label(label):
            raise AnnotationError(
                f"A mark of {article_id} has the label {label!r}, which is not one of ours.",
                advice=f"Give it one of {', '.join(ALL_LABELS)}, or delete it in the tool.",
            )
    count = Utf16(text)
    ways: list[Callable[[int], int]] = [count.points, lambda offset: offset]
    tried = [
        [(convert(start), convert(end)) for start, end, *_ in ours]
        for convert in (ways if utf16 else ways[::-1])
    ]
    fitting = (one for one in tried if all(map(_fits, ours, one, repeat(text))))
    places = next(fitting, None)
    if places is None:
        misfit = next(one for one, place in zip(ours, tried[0], strict=True) if not _fits(one, place, text))
        raise AnnotationError(
            f"A mark of {article_id} does not fit its text: {misfit[4] or misfit[2]!r} at {misfit[0]}.",
            advice="The article was edited since it was exported: export it again.",
        )
    for (_, _, label, value, _), place in zip(ours, places, strict=True):
        yield Mark(*place, label, None if value is None else " ".join(value.split()))


def _fits(given: Given, place: tuple[int, int], text: str) -> bool:
    """Return whether a mark has a place in a text, and its words stand there; tools change white space."""
    start, end = place
    words = given[4]
    return 0 <= start < end <= len(text) and (words is None or words.split() == text[start:end].split())


def document(article_id: str, text: str, marks: Iterable[Mark]) -> Document:
    """Return a document with its marks in text order."""
    return Document(article_id, text, tuple(sorted(marks, key=lambda one: (one.start, one.end, one.label))))


def text_of(article_id: str, texts: Mapping[str, str], path: Path) -> str:
    """Return the text of an article.

    Raises:
        AnnotationError: It is not published.
    """
    if article_id not in texts:
        raise AnnotationError(
            f"{path} has the article {article_id!r}, which is not published.",
            advice="Name the folder of the tables that were exported: --output.",
        )
    return texts[article_id]
