"""Text from outside on a page: shown as it is, obeyed neither by the browser nor by the reader's eye."""

import json
import re
import unicodedata

from markupsafe import Markup, escape

# Characters that reorder or hide what is read, and lone surrogates. Plain marks of direction stay, for
# Arabic needs them. A carriage return is kept by a reference, else the browser would make a line feed of it.
_HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff\ud800-\udfff"
_REORDERING = "\u202a-\u202e\u2066-\u2069"
_TREACHEROUS = f"[{_HIDDEN}{_REORDERING}]"
_RTL = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_BETWEEN = r"[\s\u200c\u200d.,:()-]*"
_CONTROL = re.compile(_TREACHEROUS)
_SPECIAL = re.compile(f"(?P<control>{_TREACHEROUS})|(?P<rtl>{_RTL}(?:{_BETWEEN}{_RTL})*)|(?P<cr>\r)")
_MARKUP = re.compile("[&<>\"']")
_NOT_PLAIN = re.compile(f"{_TREACHEROUS}|{_RTL}|[\r&<>\"']")

_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def visible(text: str) -> Markup:
    r"""Return a text as HTML in which controls are visible, and runs of Arabic script stand for themselves.

    >>> visible("a <b> \u202e c")
    Markup('a &lt;b&gt; <span class="ctl" title="Right-to-left override">U+202E</span> c')
    """
    return Markup(visible_html(text))  # noqa: S704 - it is escaped


def code_marks(text: str) -> Markup:
    """Return an advice as HTML: what stands in backticks is to be typed.

    >>> code_marks("Run `extract doctor`.")
    Markup('Run <code>extract doctor</code>.')
    """
    pieces = [visible(piece) for piece in text.split("`")]
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if place % 2 else piece for place, piece in enumerate(pieces)
    )


def visible_html(text: str) -> str:
    """Return what `visible` returns as a mere string, for those who join very many."""
    if not _NOT_PLAIN.search(text):
        return text
    pieces, at = [], 0
    for match in _SPECIAL.finditer(text):
        pieces += [escape(text[at : match.start()]), _special(match)]
        at = match.end()
    return "".join([*pieces, escape(text[at:])])


def _special(match: re.Match[str]) -> Markup:
    if match["rtl"]:
        return Markup("<bdi>{}</bdi>").format(match["rtl"])
    if match["cr"]:
        return Markup("&#13;")
    name = unicodedata.name(match.group(), "control character").capitalize()
    return Markup('<span class="ctl" title="{}">{}</span>').format(name, _code(match.group()))


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def plain(text: str) -> str:
    r"""Return a text for a title or an attribute, where no element can stand: controls by their number.

    >>> plain("a \u202e c")
    'a [U+202E] c'
    """
    if text.isprintable():  # no character of _CONTROL is
        return text
    return _CONTROL.sub(lambda match: f"[{_code(match.group())}]", text)


def attribute(text: str) -> str:
    """Return a text as the value of an attribute: controls by their number, the rest escaped."""
    text = plain(text)
    return escape(text) if _MARKUP.search(text) else text


def web_address(address: str | None) -> str | None:
    """Return an address if a link may lead there, else None.

    >>> web_address("https://example.org/1"), web_address("javascript:alert(1)")
    ('https://example.org/1', None)
    """
    return address if address and _WEB_ADDRESS.fullmatch(address) else None


def for_script(value: object) -> str:
    """Return a value as JSON that no HTML or script parser can mistake: ASCII without `<`, `>` and `&`."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
