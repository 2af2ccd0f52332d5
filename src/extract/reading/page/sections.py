"""The sections of an article: spans of its text with one role each."""

from collections.abc import Iterator, Sequence

from extract.model import Section, SectionKind
from extract.reading.page.anatomy import Anatomy, find_anatomy
from extract.reading.page.forms import Forms, load_forms
from extract.reading.page.language import foreign_paragraphs, guess_language
from extract.reading.page.lines import Line
from extract.text.spans import overlaps


def find_sections(text: str, *, title: str | None = None, forms: Forms | None = None) -> tuple[Section, ...]:
    """Divide a text into sections by role.

    Each line has one role: title, byline, dateline (a date line, or the city lead-in at the start of the
    first paragraph), caption, boilerplate (page furniture), foreign (a paragraph in another language than
    English, whatever it is) or body (everything else).

    Args:
        text: The article's text.
        title: The title, if known; else it is guessed from the text.
        forms: The vocabulary of page layouts; that of models/reading/ if None.

    Returns:
        Sections in text order, which never overlap and cover all text except white space.
    """
    forms = forms or load_forms()
    _, foreign = guess_language(text, forms)
    anatomy = find_anatomy(text, title=title, outlet=None, forms=forms)
    return sections_of(anatomy, foreign_paragraphs(text, forms, foreign=foreign))


def sections_of(anatomy: Anatomy, foreign: Sequence[tuple[int, int]] = ()) -> tuple[Section, ...]:
    """Join adjacent lines of the same role into sections.

    Args:
        anatomy: The lines and their roles.
        foreign: The paragraphs in another language, in text order.
    """
    sections: list[Section] = []
    for kind, start, end in _pieces(anatomy, foreign):
        if sections and sections[-1].kind == kind:
            start = sections.pop().start  # noqa: PLW2901 - extend the section by this piece
        sections.append(Section(kind, start, end))
    return tuple(sections)


def _pieces(anatomy: Anatomy, foreign: Sequence[tuple[int, int]]) -> Iterator[tuple[SectionKind, int, int]]:
    for index, (line, kind) in enumerate(zip(anatomy.lines, anatomy.kinds, strict=True)):
        start = line.start
        if overlaps(foreign, start, line.end):
            yield "foreign", start, line.end
            continue
        if anatomy.lead_in and index == anatomy.lead_in_line:
            head = line.text[: anatomy.lead_in.length]
            yield "dateline", start, line.offset(len(head.rstrip()) - 1) + 1
            start = line.offset(len(head))
        yield kind, start, line.end


def sections_of_lines(lines: Sequence[Line], kinds: Sequence[SectionKind | None]) -> tuple[Section, ...]:
    """Return the sections of the lines whose role is known."""
    return tuple(Section(kind, line.start, line.end) for line, kind in zip(lines, kinds, strict=True) if kind)
