"""The places: a map, and a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.report.figures.map import Spot, map_of
from extract.report.site import Site

_MOST = 400
_MOST_ACTORS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the lexicon that articles name.

    Attributes:
        name: Its name.
        kind: What it is.
        trend: Mentions by the periods of `Site.axis`.
        n_mentions: Number of mentions.
        n_articles: Number of articles that name it.
        actors: The actors that are named most in the same sentences.
        article_id: The article that names it most, the latest of them.
    """

    name: str
    kind: str
    trend: Sequence[int]
    n_mentions: int
    n_articles: int
    actors: Sequence[str]
    article_id: str


def write_places(site: Site) -> None:
    """Write the map and the list, the most named places first."""
    found = sorted(
        (_place(site, entity_id) for entity_id in sorted(site.corpus.places)),
        key=lambda place: (-place.n_mentions, place.name),
    )
    drawn, n_drawn = map_of(_spots(site))
    site.page(
        "places.html", "places.html", places=found[:_MOST], total=len(found), map=drawn, n_drawn=n_drawn
    )


def _spots(site: Site) -> Iterator[Spot]:
    """Yield the named places whose position is known."""
    for row in site.publication.all_rows("places"):
        mentions = site.corpus.places.get(row["entity_id"])
        if mentions and row.get("latitude") is not None:
            yield Spot(row["name"], row["latitude"], row["longitude"], mentions.total())


def _place(site: Site, entity_id: str) -> Place:
    corpus = site.corpus
    mentions = corpus.places[entity_id]
    actors = sorted(corpus.actors_at[entity_id].items(), key=lambda item: (-item[1], item[0]))
    most = max(mentions.values())
    return Place(
        name=corpus.name(entity_id),
        kind=corpus.place_kinds[entity_id],
        trend=site.mention_trend(mentions),
        n_mentions=mentions.total(),
        n_articles=len(mentions),
        actors=[actor for actor, _ in actors[:_MOST_ACTORS]],
        article_id=next(one for one in corpus.heads if mentions.get(one) == most),
    )
