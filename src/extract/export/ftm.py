"""FollowTheMoney entities as JSON lines, for Aleph and OpenSanctions' tools."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.export.cells import clean
from extract.export.selection import Selection
from extract.ids import digest

Entity = dict[str, Any]

_KEY_LENGTH = 20

# The schema of an actor by its kind; other kinds are organisations.
_SCHEMATA = {"person": "Person", "government_body": "PublicBody", "state_security_force": "PublicBody"}


def write_ftm(selection: Selection, path: Path) -> None:
    """Write the actors that the articles name, the articles, and one `Mention` per actor and article."""
    with path.open("w", encoding="utf-8") as file:
        for one in _entities(selection):
            file.write(json.dumps(one, ensure_ascii=False) + "\n")


def _entities(selection: Selection) -> Iterator[Entity]:
    named = {row["entity_id"] for row in selection.rows("entities")}
    for actor in selection.rows("actors"):
        if actor["entity_id"] in named:
            yield _actor(actor)
    for article in selection.rows("articles"):
        yield _article(article)
    yield from _mentions(selection)


def _actor(actor: Mapping[str, Any]) -> Entity:
    schema = _SCHEMATA.get(actor["kind"], "Organization")
    country = "nationality" if schema == "Person" else "country"
    properties = {
        "name": [actor["name"]],
        "alias": [*actor["aliases"], actor["arabic_name"]],
        country: [(actor["country"] or "").lower()],
        "wikidataId": [actor["wikidata_id"]],
    }
    return _entity(actor["entity_id"], schema, properties)


def _article(article: Mapping[str, Any]) -> Entity:
    at = article["published_at"]
    properties = {
        "title": [article["title"]],
        "publishedAt": [f"{at:%Y-%m-%dT%H:%M:%S}" if at else None],  # UTC; its dates have no zones
        "author": [article["author"]],
        "publisher": [article["outlet"]],
        "sourceUrl": [article["url"]],
        "language": ["eng" if article["language"] == "en" else None],
        "bodyText": [article["text"]],
        "fileName": [article["source"]],
    }
    return _entity(_article_key(article["article_id"]), "Article", properties)


def _mentions(selection: Selection) -> Iterator[Entity]:
    """Yield one `Mention` per actor and article."""
    actors = {row["entity_id"]: row for row in selection.rows("actors")}
    seen: set[tuple[str, str]] = set()
    for row in selection.rows("entities"):
        pair = row["article_id"], row["entity_id"]
        if row["entity_id"] not in actors or pair in seen:
            continue
        seen.add(pair)
        schema = _SCHEMATA.get(actors[row["entity_id"]]["kind"], "Organization")
        properties = {
            "document": [_article_key(row["article_id"])],
            "resolved": [row["entity_id"]],
            "name": [row["text"]],
            "detectedSchema": [schema],
        }
        yield _entity(_key("mention", *pair), "Mention", properties)


def _article_key(article_id: str) -> str:
    return _key("article", article_id)


def _key(kind: str, *ids: str) -> str:
    """Return a key made from ids, which may have characters that keys of FollowTheMoney may not."""
    return f"{kind}-{digest(chr(10).join(ids).encode())[:_KEY_LENGTH]}"


def _entity(key: str, schema: str, properties: Mapping[str, list[str | None]]) -> Entity:
    given = {name: [clean(one) for one in values if one] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: some for name, some in given.items() if some}}
