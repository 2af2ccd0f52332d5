"""Markdown: its visible text; front matter gives the metadata, the first heading the title."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.ids import article_id_of
from extract.model import Article, Issue
from extract.reading.build import Draft, make_article
from extract.reading.context import Context
from extract.reading.exports.front_matter import split_front_matter
from extract.reading.letters.decoding import decode
from extract.reading.opening import read_limited
from extract.reading.problems import too_long
from extract.reading.sidecar import metadata_for
from extract.reading.sources import Source

_MOST_BYTES = 50_000_000
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t#]*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*$")
_TABLE_ROW = re.compile(r"^[ \t]*\|(?P<cells>.*)\|[ \t]*$")
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>|~<-])")
# Marks in code or after a backslash are letters: they are set aside as characters that no text has.
_ASIDE = {ord(mark): 0xF700 + ord(mark) for mark in "\\`*_{}[]()#+.!>|~<-"}
_BACK = {aside: mark for mark, aside in _ASIDE.items()}
# In the order in which they are applied; every quantifier is bounded, so that no line takes long.
_INLINE = (
    (re.compile(r"!\[([^\]\n]{0,500})\](?:\([^()\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), ""),
    (re.compile(r"\[([^\[\]\n]{1,1000})\](?:\([^()\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"<(https?://[^\s<>]{1,500})>"), r"\1"),
    (re.compile(r"(\*{1,3}|~~)(?=\S)([^*~\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?!\w)"), r"\2"),
)


def read_markdown(source: Source, context: Context) -> Iterator[Article | Issue]:
    """Read a Markdown file.

    Raises:
        OSError: The file cannot be read.
        ReadError: It is too large, or not valid in the encoding named by its byte-order mark.
    """
    content, problem = decode(read_limited(source.path, _MOST_BYTES))
    draft = Draft(
        article_id=article_id_of(source.path, source.folder),
        source=source.name,
        format="markdown",
        text=content,
        metadata=metadata_for(source, context.sidecars),
        problems=(problem,) if problem else (),
    )
    if len(content) > context.max_chars:
        yield too_long(f"{len(content):,} characters", context.max_chars).at(source.name, draft.article_id)
        return
    for told in split_front_matter(draft, context.forms):
        draft = replace(told, text=content[told.sections[0].end :], sections=())
    text, heading = plain_text(draft.text)
    metadata = replace(draft.metadata, title=draft.metadata.title or heading)
    draft = replace(draft, text=text, metadata=metadata)
    yield make_article(draft, max_chars=context.max_chars, forms=context.forms)


def plain_text(markdown: str) -> tuple[str, str | None]:
    r"""Return the text without markup, its line breaks kept, and its first heading.

    Pictures and comments are left out; code stays as it is.

    >>> plain_text("# Talks\n\nThe *mayor* left [Basra](https://basra.example).")
    ('Talks\n\nThe mayor left Basra.', 'Talks')
    """
    lines: list[str] = []
    heading: str | None = None
    fenced = False
    for line in _COMMENT.sub("", markdown).split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            lines.append(line)
        elif lines and lines[-1].strip() and _UNDERLINE.match(line) and "|" not in line:
            heading = heading or lines[-1].strip()
        elif not (_RULE.match(line) or _REFERENCE.match(line) or _TABLE_RULE.match(line)):
            text = _plain_line(line)
            if _HEADING.match(line) and text:
                heading = heading or text
            lines.append(text)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return text.strip("\n"), heading


def _plain_line(line: str) -> str:
    heading, row = _HEADING.match(line), _TABLE_ROW.match(line)
    text = heading["text"] if heading else _QUOTE.sub("", line)
    for literal in (_ESCAPED, _CODE):
        text = literal.sub(lambda found: found[1].translate(_ASIDE), text)
    if row:
        text = "\t".join(cell.strip() for cell in row["cells"].split("|"))
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return _TAG.sub("", text).translate(_BACK).rstrip()
