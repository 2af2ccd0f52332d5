"""HTML entities in plain text: `Kata&#8217;ib` -> `Kata’ib`."""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from extract.reading.letters.edits import Edit

_MOST_ROUNDS = 4
_LINE_WITH_ENTITY = re.compile(r"^[^\n]*&[^\n]*", re.MULTILINE)
# A stretch of code in backticks, or an entity, which may be escaped again.
_ENTITY = re.compile(
    r"(?<!\w)`[^`\n]*`"
    r"|(?P<entity>&(?:amp;){0,3}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_BARE_AMPERSAND = re.compile(r"&(?!#?[A-Za-z0-9]{2,32};)")
# Signs that whoever writes about HTML writes as entities.
_SYNTAX = frozenset("<>")
_ESCAPED = frozenset("&\"'")
_QUOTED = frozenset({"“”", '""', "''", "‘’", "``"})
_INVISIBLE = frozenset("\xa0\xad\u2002\u2003\u2009\u200b\u200c\u200d")


def find_entities(text: str) -> list[Edit]:
    """Return the entities that certainly stand for a character, in text order.

    A line with the entities of `<` and `>` is most likely about HTML: nothing in it is touched. Whoever
    escapes a text escapes every `&`: in a text with a bare one, `&amp;` and `&quot;` may be meant as they
    are. So is what stands alone in quotation marks or backticks.
    """
    if "&" not in text:
        return []
    escaped = not _BARE_AMPERSAND.search(text)
    lines = _LINE_WITH_ENTITY.finditer(text)
    return [edit for line in lines for edit in _in_line(text, *line.span(), escaped=escaped)]


def _in_line(text: str, start: int, end: int, *, escaped: bool) -> list[Edit]:
    found = list(_entities(text, start, end))
    if any(edit.new in _SYNTAX for edit in found):
        return []
    return [edit for edit in found if not _is_quoted(text, edit) and (escaped or edit.new not in _ESCAPED)]


def _entities(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text, start, end):
        value = _value(match["entity"]) if match["entity"] else None
        if value is not None:
            yield Edit(*match.span(), value)


def _value(entity: str) -> str | None:
    """Return the one printable character that an entity means; None if there is none."""
    for _ in range(_MOST_ROUNDS):
        known = entity.startswith(("&#", "&amp;")) or entity[1:] in html5
        if not known:
            return None
        entity = unescape(entity)
        if len(entity) == 1:
            return entity if entity in _INVISIBLE or (entity.isprintable() and entity != "\ufffd") else None
    return None


def _is_quoted(text: str, edit: Edit) -> bool:
    """Return whether an entity stands alone between marks: the sign “&amp;”."""
    return text[max(edit.start - 1, 0) : edit.start] + text[edit.end : edit.end + 1] in _QUOTED
