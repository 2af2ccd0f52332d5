"""What a run read of its inputs and what it did not, by kind of file: nothing is left out silently."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.model import Issue
from extract.printable import printable
from extract.reading.formats import suffix_of
from extract.reading.names import file_of, source_path
from extract.store import Entry

NO_SUFFIX = "files without a suffix"
_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class Unread:
    """Sources of one kind that gave no article for the same reason.

    Attributes:
        kind: Their suffix, such as `.pdf`.
        code: The code of their issues.
        count: How many files or records they are.
        advice: What to do about them.
    """

    kind: str
    code: str
    count: int
    advice: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What a run found in its inputs.

    Attributes:
        read: Number of articles by kind of file, the most frequent kind first.
        unread: What gave no article, the most frequent first.
        elsewhere: Folders of published articles that are in none of the inputs, with their number.
    """

    read: Mapping[str, int]
    unread: tuple[Unread, ...]
    elsewhere: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether no article at all was found."""
        return not self.read

    def describe(self) -> list[str]:
        """Return what was read and what was not, one sentence per line.

        >>> Intake({".html": 46}, (Unread(".pdf", "missing_package", 2, "Install it."),), {}).describe()
        ['Read: 46 .html.', 'Not read: 2 .pdf (missing_package). Install it.']
        """
        read = ", ".join(f"{count:,} {kind}" for kind, count in self.read.items())
        lines = [f"Read: {read}." if read else "Nothing was read: the inputs have no article."]
        shown, rest = self.unread[:_MOST_LINES], self.unread[_MOST_LINES:]
        lines += [f"Not read: {one.count:,} {one.kind} ({one.code}). {one.advice}" for one in shown]
        if rest:
            lines.append(f"Not read for other reasons: {sum(one.count for one in rest):,}.")
        if self.elsewhere:
            lines.append(self._mixture())
        return lines

    def _mixture(self) -> str:
        """Say that the tables also hold articles of other inputs, which an analyst may not want."""
        folders = list(self.elsewhere)
        more = f" and {len(folders) - 1:,} more folders" if len(folders) > 1 else ""
        return (
            f"The tables also hold {sum(self.elsewhere.values()):,} articles from other inputs, which stay:"
            f" {printable(folders[0])}{more}. To keep them apart, give each its own --output."
        )


def take_stock(
    entries: Mapping[str, Entry],
    problems: Mapping[str, Sequence[Issue]],
    others: Iterable[Entry],
    base: Path | None,
) -> Intake:
    """Count what was read and what was not.

    Args:
        entries: The entries of everything found.
        problems: The issues of sources that gave no article.
        others: Published entries that are in none of the inputs.
        base: The folder from which the names of sources start; None for absolute paths.
    """
    read = Counter(kind_of(entry.source) for entry in entries.values() if entry.status == "done")
    folders = Counter(
        os.path.dirname(source_path(file_of(entry.source), base))  # noqa: PTH120 - keeps links
        for entry in others
        if entry.status == "done"
    )
    return Intake(dict(read.most_common()), _unread(problems), dict(folders.most_common()))


def kind_of(source: str) -> str:
    """Return the kind of a source's file: its suffix.

    >>> kind_of("news/a.HTML"), kind_of("news/b.jsonl:12"), kind_of("news/README")
    ('.html', '.jsonl', 'files without a suffix')
    """
    return suffix_of(Path(file_of(source))) or NO_SUFFIX


def _unread(problems: Mapping[str, Sequence[Issue]]) -> tuple[Unread, ...]:
    groups: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    for source, issues in problems.items():
        for issue in issues:
            groups[kind_of(source), issue.code].append(issue)
    unread = [Unread(*group, len(issues), issues[0].advice) for group, issues in groups.items()]
    return tuple(sorted(unread, key=lambda one: (-one.count, one.kind, one.code)))
