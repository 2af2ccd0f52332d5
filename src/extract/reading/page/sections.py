"""The sections of an article: stretches of its text with one role each."""

from collections.abc import Iterator

from extract.model import Section, SectionKind
from extract.reading.page.anatomy import Anatomy, find_anatomy
from extract.reading.page.forms import Forms, load_forms


def find_sections(text: str, *, title: str | None = None, forms: Forms | None = None) -> tuple[Section, ...]:
    """Divide a text by role.

    Roles go by line: title, byline, dateline (a date line, or the city lead-in at the start of the first
    paragraph), caption, boilerplate (page furniture) and body, which is all else.

    Args:
        text: The article's text.
        title: The title where it is known, else it is guessed from the text.
        forms: The words of page layouts; those of models/reading/ if None.

    Returns:
        Sections in text order that never overlap and cover all text but white space.
    """
    return sections_of(find_anatomy(text, title=title, outlet=None, forms=forms or load_forms()))


def sections_of(anatomy: Anatomy) -> tuple[Section, ...]:
    """Join neighbouring lines of one role into sections."""
    sections: list[Section] = []
    for kind, start, end in _pieces(anatomy):
        if sections and sections[-1].kind == kind:
            start = sections.pop().start  # noqa: PLW2901 - the section grows by this piece
        sections.append(Section(kind, start, end))
    return tuple(sections)


def _pieces(anatomy: Anatomy) -> Iterator[tuple[SectionKind, int, int]]:
    for index, (line, kind) in enumerate(zip(anatomy.lines, anatomy.kinds, strict=True)):
        start = line.start
        if anatomy.lead_in and index == anatomy.lead_in_line:
            head = line.text[: anatomy.lead_in.length]
            yield "dateline", start, start + len(head.rstrip())
            start += len(head)
        yield kind, start, line.end
