"""The headline and the outlet of a page: its tags and headings are compared."""

import html
import re
from collections.abc import Container, Iterable, Sequence
from urllib.parse import urlsplit

from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, outlet_key

_FEWEST_WORDS = 3
_MOST_OUTLET_WORDS = 6
_MOST_SECTION_WORDS = 2
_MORE_WORDS = 3
_SECTION_MARKS = frozenset("|»")
_CUT_OFF = ("...", "…")
_LETTERS = re.compile(r"[^a-z0-9]")
_SHORTEST_HOST, _SHORTEST_LABEL = 3, 6
_LONGEST = 400
_ALIKE = 0.6


def clean(text: str | None) -> str:
    """Return a title or name with single blanks and without HTML entities."""
    return " ".join(html.unescape(text or "").split())[:_LONGEST]


def find_title(
    stated: Iterable[str | None],
    title_tag: str,
    headings: Sequence[str],
    outlets: Sequence[str],
    forms: Forms,
) -> str | None:
    """Return the headline.

    A heading on which a tag agrees is the headline as the page shows it; of a heading with a section before
    it, or a tag with the outlet after it, the shorter one counts. A heading alone may be that of a menu.

    Args:
        stated: The titles in JSON-LD and <meta> tags, the most reliable first.
        title_tag: The content of <title>.
        headings: The <h1> headings.
        outlets: Names of the outlet, to be cut off.
        forms: The vocabulary of page layouts.
    """
    tags = [without_outlet(title, outlets, forms) for title in (*map(clean, stated), title_tag) if title]
    tags = [tag for tag in tags if _is_headline(tag, outlets, forms)]
    headings = [heading for heading in map(clean, headings) if _is_headline(heading, outlets, forms)]
    for tag in tags:
        for heading in headings:
            both = _common(tag, heading)
            if both:
                return both
    if tags:
        return tags[0]
    alone = [heading for heading in headings if len(heading.split()) > _FEWEST_WORDS]
    return alone[0] if len(set(alone)) == 1 else None


def _is_headline(text: str, outlets: Iterable[str], forms: Forms) -> bool:
    key = outlet_key(text)
    known = {outlet_key(outlet) for outlet in outlets}
    return (
        bool(key)
        and key not in known
        and key not in forms.markup.empty_titles
        and not text.endswith(_CUT_OFF)
    )


def _common(tag: str, heading: str) -> str | None:
    """Return the headline on which a tag and a heading agree."""
    first, second = fold(tag), fold(heading)
    if first == second:
        return heading
    if len(first.split()) >= _FEWEST_WORDS and first in second:
        return tag
    if len(second.split()) >= _FEWEST_WORDS and second in first:
        return heading
    words, others = set(first.split()), set(second.split())
    alike = len(words & others) / max(len(words | others), 1)
    return heading if alike >= _ALIKE else None


def without_outlet(title: str, outlets: Iterable[str], forms: Forms) -> str:
    """Return a title without the outlet and the section before it: `HEADLINE | World | OUTLET`."""
    parts = _split(title, forms)
    keys = [outlet_key(outlet) for outlet in outlets]
    for index in range(1, len(parts)):
        if any(_is_same(outlet_key(parts[index][1]), key) for key in keys):
            return _joined(parts[:index], forms)
    return title


def _joined(parts: Sequence[tuple[str, str]], forms: Forms) -> str:
    """Join the parts before the outlet, without the name of a section at their end."""
    mark, last = parts[-1]
    is_section = fold(last) in forms.kickers
    is_short = mark.strip() in _SECTION_MARKS and len(last.split()) <= _MOST_SECTION_WORDS
    if len(parts) > 1 and (is_section or is_short):
        parts = parts[:-1]
    return "".join(before + text for before, text in parts)


def _is_same(part: str, key: str) -> bool:
    """Return whether a part of a title names the outlet: the same, or longer or shorter by some words."""
    longer = f" {key} " in f" {part} " and len(part.split()) <= len(key.split()) + _MORE_WORDS
    return bool(part and key) and (part == key or longer or f" {part} " in f" {key} ")


def _split(title: str, forms: Forms) -> list[tuple[str, str]]:
    """Return the parts of a title, each with the separator before it."""
    parts, start, mark = [], 0, ""
    for match in forms.markup.separator.finditer(title):
        parts.append((mark, title[start : match.start()]))
        start, mark = match.end(), match[0]
    parts.append((mark, title[start:]))
    return parts


def find_outlet(
    stated: Sequence[str], title_tag: str, url: str | None, shown: Container[str], forms: Forms
) -> str | None:
    """Return the outlet: a stated name that title or address support, else the only or first one.

    Without a stated name, the end of the title counts if the page has it in another place as well.

    Args:
        stated: The names in JSON-LD and <meta> tags, the most reliable first.
        title_tag: The content of <title>.
        url: The address of the page.
        shown: The keys of the lines that the page shows.
        forms: The vocabulary of page layouts.
    """
    names = [name for name in (_outlet_name(text, forms) for text in stated) if name]
    suffixes = [part.strip() for _, part in reversed(_split(title_tag, forms)[1:])]
    ends = set(map(outlet_key, suffixes))
    exact = [name for name in names if outlet_key(name) in ends]
    alike = [
        name for name in names if any(_is_same(end, outlet_key(name)) for end in ends) or is_host(name, url)
    ]
    if names:
        return _stored([*exact, *alike, *names][0], forms)
    named = [part for part in suffixes if len(part.split()) <= _MOST_OUTLET_WORDS]
    known = [
        part for part in named if forms.outlet_named(part) or is_host(part, url) or outlet_key(part) in shown
    ]
    known.sort(key=lambda part: "." in part)  # a name before an address
    return _stored(known[0], forms) if known else None


def _outlet_name(text: str, forms: Forms) -> str | None:
    """Return the name in a tag without tagline; None if it is an address, a sentence or a section's name."""
    name = _split(clean(text), forms)[0][1].strip(" :|")
    has_address = "://" in name or (" " in name and "www." in name) or "@" in name
    is_section = fold(name) in forms.kickers
    is_long = len(name.split()) > _MOST_OUTLET_WORDS
    return None if has_address or is_section or is_long or not outlet_key(name) else name


def _stored(name: str, forms: Forms) -> str:
    known = forms.outlet_named(name)
    return known or (f"The {name[4:]}" if name.startswith("the ") else name)


def is_host(name: str, url: str | None) -> bool:
    """Return whether an address is that of an outlet: `Riverbend News` and `www.riverbendnews.example`."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    letters = _only_letters(outlet_key(name))
    label = max(map(_only_letters, host.split(".")[:-1]), key=len, default="")
    longer = len(label) >= _SHORTEST_LABEL and letters.startswith(label)
    return longer or (len(letters) >= _SHORTEST_HOST and _only_letters(host).startswith(letters))


def _only_letters(text: str) -> str:
    return _LETTERS.sub("", text)
