"""Links that lead out of an input folder: they are not followed unless a setting allows it.

Whoever may put a file into the folder could otherwise have any file of this machine read and published.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from extract.model import Issue
from extract.printable import printable
from extract.reading.names import source_name

_ADVICE = (
    "Copy the files into the folder, name them as an input, or set follow_links (--follow-links, "
    "EXTRACT_FOLLOW_LINKS=1) to follow all such links."
)


@dataclass(slots=True)
class Border:
    """The border of an input folder; the folder may itself be a link.

    Attributes:
        folder: The folder as given.
        follow_links: Whether links may lead across the border.
        base: The folder from which the names of sources start; None for absolute paths.
    """

    folder: Path
    follow_links: bool = False
    base: Path | None = None
    _real: str = field(init=False)
    _known: dict[str, Issue | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._real = os.path.realpath(self.folder)

    def link_issue(self, path: Path) -> Issue | None:
        """Return the issue of a link that leads across the border; None for what is no link."""
        if self.follow_links or not os.path.islink(path):  # noqa: PTH114 - is_symlink() may raise
            return None
        target = os.path.realpath(path)
        if os.path.commonpath([target, self._real]) == self._real:
            return None
        message = f"The link leads out of the input folder, to {printable(target)}; it is not followed."
        return Issue(source_name(path, self.base), None, "warning", "outside_link", message, _ADVICE)

    def crossing(self, path: Path) -> Issue | None:
        """Return the issue of the first link that leads across on the way to a path below the folder."""
        parent = os.path.dirname(path)  # noqa: PTH120 - Path.parent is slow
        if parent not in self._known:
            self._known[parent] = self._first_link_issue(Path(parent))
        return self._known[parent] or self.link_issue(path)

    def _first_link_issue(self, path: Path) -> Issue | None:
        below = path.relative_to(self.folder)
        steps = (self.folder / step for step in reversed([below, *below.parents]) if step.parts)
        return next(filter(None, map(self.link_issue, steps)), None)
