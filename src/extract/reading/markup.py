"""Fragments of HTML, as in feeds and in fields of records -> their visible text."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

_HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "head", "iframe", "svg", "object", "form", "button"}
)
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
# A tag that writers of plain text do not type: `a < b` and `<unknown>` are none.
_TAG = re.compile(
    r"<(?:/(?:p|div|span|a|b|i|em|strong|li|ul|ol|h[1-6]|blockquote|figure|table|td|tr|section|article)\s*"
    r"|(?:p|div|br|hr|img|span|a|h[1-6]|ul|ol|li|blockquote|figure|table|iframe|script|section|article)"
    r"(?:\s[^<>]*)?/?)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_DECLARATION = re.compile(r"<\?xml[^>]*>")  # lxml refuses one that names an encoding
_BLANKS = re.compile(r"[ \t\r\n\f\u200b]+")
_DEEPEST = 200  # the parser nests no deeper than 256


def has_markup(text: str) -> bool:
    """Return whether a text has HTML tags.

    >>> has_markup("<p>Talks failed.</p>"), has_markup("5 < 6 and <unknown>")
    (True, False)
    """
    return "<" in text and _TAG.search(text) is not None


def text_of(fragment: str) -> str:
    """Return the text of a field that may be HTML; a text without tags keeps its lines.

    >>> text_of("<p>Talks failed &amp; ended.</p>"), text_of("Talks failed &amp; ended.")
    ('Talks failed & ended.', 'Talks failed & ended.')
    """
    if has_markup(fragment):
        return visible_text(fragment)
    return html.unescape(fragment) if _ENTITY.search(fragment) else fragment


def plain(text: str) -> str:
    """Return a short text, such as a title, without tags and entities, on one line.

    >>> plain("Q&amp;A with <b>the governor</b>")
    'Q&A with the governor'
    """
    return " ".join(text_of(text).split())


def visible_text(fragment: str) -> str:
    r"""Return the visible text of a fragment of HTML: a line per block, entities decoded, scripts left out.

    >>> visible_text("<p>One &amp; two<br>three</p><script>x()</script><p>four</p>")
    'One & two\nthree\n\nfour'
    """
    parser = lxml_html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    # The parser stops at a NUL and at half of a surrogate pair.
    whole = fragment.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    inside = _DECLARATION.sub("", whole)
    root = lxml_html.document_fromstring(f"<div>{inside}</div>", parser=parser)
    pieces = "".join(_pieces(root, 0))
    paragraphs = (_lines(paragraph) for paragraph in pieces.split("\f"))
    return "\n\n".join(filter(None, paragraphs))


def _lines(paragraph: str) -> str:
    lines = (_BLANKS.sub(" ", line).strip() for line in paragraph.split("\v"))
    return "\n".join(filter(None, lines))


def _pieces(element: etree._Element, depth: int) -> Iterator[str]:
    r"""Yield the texts of an element, with \f around blocks and \v for line breaks, which HTML never has."""
    tag = element.tag if isinstance(element.tag, str) else "script"
    if tag in _HIDDEN or depth > _DEEPEST:
        return
    edge = "\f" if tag in BLOCKS else "\v" if tag == "br" else ""
    yield edge
    yield (element.text or "").replace("\f", " ").replace("\v", " ")
    for child in element:
        yield from _pieces(child, depth + 1)
        yield (child.tail or "").replace("\f", " ").replace("\v", " ")
    if tag != "br":
        yield edge
