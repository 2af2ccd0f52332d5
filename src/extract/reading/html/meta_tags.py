"""What a page says of its article in <meta>, <title>, <link> and <html>."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.reading.html.document import Tree

_NAMING = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a page.

    Attributes:
        meta: Name of a <meta> element in lower case -> its values.
        title: The content of <title>.
        canonical: The address in <link rel="canonical">.
        language: The attribute `lang` of <html>.
    """

    meta: Mapping[str, Sequence[str]]
    title: str
    canonical: str | None
    language: str | None

    def values(self, names: Sequence[str]) -> list[str]:
        """Return the values of the <meta> elements with these names, in this order of names."""
        return [value for name in names for value in self.meta.get(name, ())]


def read_tags(tree: Tree) -> Tags:
    """Return the tags of a page."""
    meta: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        value = " ".join((element.get("content") or element.get("value") or "").split())
        name = next((element.get(naming) for naming in _NAMING if element.get(naming)), None)
        if name and value and value not in meta[name.lower()]:
            meta[name.lower()].append(value)
    links = (link.get("href") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical")
    title = next(tree.iter("title"), None)
    return Tags(
        meta=meta,
        title=" ".join(title.text_content().split()) if title is not None else "",
        canonical=next(filter(None, links), None),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )
