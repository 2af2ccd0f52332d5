"""What a page says of its article in JSON-LD (schema.org)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from extract.reading.html.document import Tree
from extract.reading.html.markup import Markup

Node = Mapping[str, object]

_MOST_NODES = 5_000
_DEEPEST = 12
_ORGANISATION = "organization"


@dataclass(frozen=True, slots=True)
class Described:
    """An article as JSON-LD describes it; texts are as written there."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    is_free: bool = True
    is_article: bool = False


def read_json_ld(tree: Tree, markup: Markup) -> Described:
    """Return what JSON-LD says of the page's article: the first node of an article's type with a headline.

    Without one, a node of the page itself counts.
    """
    nodes = list(_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = _first(nodes, markup.article_types)
    found = article or _first(nodes, markup.page_types)
    return replace(_described(found, by_id), is_article=article is not None) if found else Described()


def _first(nodes: list[Node], types: frozenset[str]) -> Node | None:
    """Return the first node of these types, one with a headline before others."""
    fitting = [node for node in nodes if types.intersection(_types(node))]
    return next((node for node in fitting if node.get("headline")), fitting[0] if fitting else None)


def _nodes(tree: Tree) -> Iterator[Node]:
    """Yield the nodes of all scripts from the outside in, so that an article comes before those in it."""
    waiting: list[tuple[object, int]] = []
    for script in tree.iter("script"):
        try:
            waiting.append((json.loads(script.text or "", strict=False), 0))
        except (ValueError, RecursionError):
            continue
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value, depth = waiting.pop(0)
        inner: list[object] = []
        if isinstance(value, dict):
            yield value
            inner = list(value.values())
        elif isinstance(value, list):
            inner = value
        if depth < _DEEPEST:
            waiting += [(item, depth + 1) for item in inner if isinstance(item, dict | list)]


def _types(node: Node) -> set[str]:
    return {text.lower().rpartition("/")[2] for text in _texts(node.get("@type"))}


def _described(node: Node, by_id: Mapping[object, Node]) -> Described:
    page = node.get("mainEntityOfPage")
    return Described(
        title=_text(node.get("headline")) or _text(node.get("name")),
        authors=tuple(_names(node.get("author"), by_id) or _names(node.get("creator"), by_id)),
        outlet=next(_outlets(node.get("publisher"), by_id), None),
        url=_text(node.get("url"))
        or _text(page)
        or (_text(page.get("@id")) if isinstance(page, dict) else None),
        language=_text(node.get("inLanguage")),
        published=_text(node.get("datePublished")),
        is_free=str(node.get("isAccessibleForFree", True)).strip().lower() not in {"false", "no", "0"},
    )


def _names(value: object, by_id: Mapping[object, Node]) -> list[str]:
    """Return the names of persons: a text, or nodes that are no organisations."""
    names = []
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(item.get("@id"), item) if isinstance(item, dict) else None
        if node is not None and not any(_ORGANISATION in kind for kind in _types(node)):
            names += _texts(node.get("name"))
        elif isinstance(item, str):
            known = by_id.get(item)
            names += _texts(known.get("name")) if known else [item]
    return names


def _outlets(value: object, by_id: Mapping[object, Node]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(item.get("@id"), item) if isinstance(item, dict) else None
        yield from _texts(node.get("name")) if node is not None else _texts(item)


def _texts(value: object) -> list[str]:
    return [
        item
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, str) and item.strip()
    ]


def _text(value: object) -> str | None:
    return next(iter(_texts(value)), None)
