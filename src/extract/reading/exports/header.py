"""Articles below a header of labels: `Title: ...`, `Date: ...`, `Author: ...`, `Source: ...`, `URL: ...`."""

from collections.abc import Sequence
from dataclasses import replace

from extract.model import SectionKind
from extract.reading.build import Draft
from extract.reading.exports.documents import SECTION_OF, given_first, metadata_of
from extract.reading.exports.fields import Field, label_in
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, split_lines
from extract.reading.page.sections import sections_of_lines
from extract.reading.records.metadata import Metadata

_FEWEST_FIELDS = 2
_LONGEST_VALUE = 300
_TELLING = frozenset({"title", "author", "outlet", "published", "url"})


def split_header(draft: Draft, forms: Forms) -> list[Draft]:
    """Return the draft with what its header tells; nothing if the text has no labelled header.

    The header stands at the start, or below the title.
    """
    lines = split_lines(draft.text[: _LONGEST_VALUE * 40], forms.line_words)
    found = _header(lines, 0, forms) or _header(lines, 1, forms)
    told = metadata_of(found, forms)
    if not _is_header(found, told):
        return []
    title = told.title or (lines[0].text if found[0].first else None)
    kinds: list[SectionKind | None] = [None] * len(lines)
    if found[0].first:
        kinds[0] = "title"
    for item in found:
        kinds[item.first] = SECTION_OF.get(item.role, "boilerplate")
    metadata = given_first(draft, replace(told, title=title))
    return [replace(draft, metadata=metadata, sections=sections_of_lines(lines, kinds))]


def _header(lines: Sequence[Line], first: int, forms: Forms) -> list[Field]:
    """Return the fields of the labelled lines that follow each other from a line on."""
    found = []
    for index in range(first, len(lines)):
        label = label_in(lines[index].text, forms.exports.header)
        if label is None or len(label[2]) > _LONGEST_VALUE:
            break
        name, role, value = label
        found.append(Field(role, name, value, index, index + 1))
        if role == "body":
            break
    return found


def _is_header(found: Sequence[Field], told: Metadata) -> bool:
    """Return whether the fields are a header: several tell something that is understood."""
    roles = [item.role for item in found if item.value and item.role in _TELLING]
    values = {
        "title": told.title,
        "author": told.author,
        "outlet": told.outlet,
        "published": told.published,
        "url": told.url,
    }
    understood = [role for role in set(roles) if values[role]]
    return len(understood) >= _FEWEST_FIELDS
