"""The places of the articles as GeoJSON, for QGIS and web maps."""

import json
from collections import defaultdict
from pathlib import Path

from extract.export.cells import clean
from extract.export.selection import Selection

_MOST_ARTICLES = 100  # listed for a place; `n_articles` counts all


def write_geojson(selection: Selection, path: Path) -> None:
    """Write one point per place with known coordinates that an article names, with these articles."""
    articles: dict[str, set[str]] = defaultdict(set)
    mentions: dict[str, int] = defaultdict(int)
    for row in selection.rows("entities"):
        if row["entity_id"]:
            articles[row["entity_id"]].add(row["article_id"])
            mentions[row["entity_id"]] += 1
    features = [
        {
            "type": "Feature",
            "id": place["entity_id"],
            "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
            "properties": {
                "name": place["name"],
                "arabic_name": place["arabic_name"],
                "kind": place["kind"],
                "country": place["country"],
                "n_mentions": mentions[place["entity_id"]],
                "n_articles": len(articles[place["entity_id"]]),
                "articles": [clean(one) for one in sorted(articles[place["entity_id"]])[:_MOST_ARTICLES]],
            },
        }
        for place in selection.rows("places")
        if place["entity_id"] in articles and place["latitude"] is not None
    ]
    content = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
