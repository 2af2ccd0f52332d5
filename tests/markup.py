"""Inline markup for tests: `on <date value='2021-07-27'>Tuesday</date> he spoke` -> text and marked spans."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TAG = re.compile(r"<(?P<close>/)?(?P<tag>[a-z_]+)(?P<attrs>(?:\s+[a-z_]+='[^']*')*)\s*>")
_ATTR = re.compile(r"([a-z_]+)='([^']*)'")


@dataclass(frozen=True)
class Marked:
    tag: str
    attrs: dict[str, str]
    start: int
    end: int
    text: str


def parse_markup(source: str) -> tuple[str, list[Marked]]:
    """Return the text without tags and the marked spans in order of their start; tags may nest."""
    text, marked, opened, position = "", [], [], 0
    for match in _TAG.finditer(source):
        text += source[position : match.start()]
        position = match.end()
        if not match["close"]:
            opened.append((match["tag"], dict(_ATTR.findall(match["attrs"])), len(text)))
            continue
        tag, attrs, start = opened.pop()
        if tag != match["tag"]:
            raise ValueError(f"<{tag}> closed by </{match['tag']}> in {source!r}")
        marked.append(Marked(tag, attrs, start, len(text), text[start:]))
    if opened:
        raise ValueError(f"<{opened[-1][0]}> is not closed in {source!r}")
    text += source[position:]
    return text, sorted(marked, key=lambda span: (span.start, -span.end))


def read_topics(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of each line of a file, from the topic above it (`## `) and its number, and the line."""
    topic = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            topic = line[3:]
        elif line and not line.startswith("#"):
            yield f"{topic}: line {number}", line
