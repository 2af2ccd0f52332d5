"""Labelled fields: `BYLINE: Rana Odeh`, with their value on the same line and on those below."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.reading.export_forms import Role
from extract.reading.page.lines import Line, fold

_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,50}?) ?: *=? *(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field.

    Attributes:
        value: Its text, without label; lines are joined.
        first: The index of its first line.
        end: The index after its last line.
    """

    role: Role
    label: str
    value: str
    first: int
    end: int


def label_in(
    text: str, labels: Mapping[str, Role], *, capitals: bool = False
) -> tuple[str, Role, str] | None:
    """Return the folded label at the start of a line, its role and the value after it; None without label.

    Args:
        text: The line.
        labels: Folded label -> its role.
        capitals: Whether labels are written in capital letters.
    """
    match = _LABEL.match(text)
    label = fold(match["label"]) if match else ""
    if match is None or label not in labels or (capitals and not match["label"].isupper()):
        return None
    return label, labels[label], match["value"].strip()


def find_fields(lines: Sequence[Line], labels: Mapping[str, Role], *, capitals: bool = False) -> list[Field]:
    """Return the fields in the lines, in order.

    A value goes on below if the fields of the text are set apart by blank lines, as far as the next one.
    """
    labelled = ((index, label_in(line.text, labels, capitals=capitals)) for index, line in enumerate(lines))
    heads = [(index, found) for index, found in labelled if found]
    gaps = [_gap_below(lines, index) for index, (_, role, _) in heads if role != "body"]
    wraps = sum(gaps) * 2 > len(gaps)
    found = []
    for position, (index, (label, role, value)) in enumerate(heads):
        limit = heads[position + 1][0] if position + 1 < len(heads) else len(lines)
        end = index + 1
        while wraps and role != "body" and end < limit and not _gap_below(lines, end - 1):
            end += 1
        words = [value, *(line.text for line in lines[index + 1 : end])]
        found.append(Field(role, label, " ".join(filter(None, words)), index, end))
    return found


def _gap_below(lines: Sequence[Line], index: int) -> bool:
    """Return whether a blank line, or nothing, stands below a line."""
    return index + 1 == len(lines) or lines[index + 1].number > lines[index].number + 1
