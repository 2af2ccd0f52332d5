"""The list of actors, and a page for each of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.report.actors import Actors
from extract.report.addresses import actor_page
from extract.report.figures import charts
from extract.report.pages.mentions import Mentions
from extract.report.site import Site
from extract.report.statements import Statement
from extract.schema.table import Row

_MOST_BESIDE = 12
_MOST_ARTICLES = 40
_MOST_STATEMENTS = 20


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about an actor.

    Attributes:
        actor: The row of `actors`.
        trend: Mentions by the periods of `Site.axis`.
        own: Statements by the actor.
        spoken: Statements on the actor's behalf, by others.
        members: Statements by members and leaders, now or once.
        about: Statements about the actor.
        mentions: Number of mentions by article, most first.
    """

    actor: Row
    trend: Sequence[int]
    own: Sequence[Statement]
    spoken: Sequence[Statement]
    members: Sequence[Statement]
    about: Sequence[Statement]
    mentions: Sequence[tuple[str, int]]


def write_actors(site: Site) -> None:
    """Write the list of all actors that are named or quoted, most mentioned first, and their pages."""
    cards = [_card(site, entity_id) for entity_id in sorted(site.paged)]
    cards.sort(key=lambda card: (-card.actor["n_mentions"], card.actor["name"]))
    site.page("actors.html", "actors.html", cards=cards)
    beside, mentions = _beside(site.corpus.pairs), Mentions(site)
    mentions.write()
    for card in cards:
        _write_actor(site, card, beside, mentions)


def _card(site: Site, entity_id: str) -> Card:
    mentions = site.corpus.mentions.get(entity_id, Counter())
    spoken = site.said_for.get(entity_id, ())
    return Card(
        actor=site.corpus.actors.rows[entity_id],
        trend=site.mention_trend(mentions),
        own=site.said_by.get(entity_id, ()),
        spoken=[one for one in spoken if entity_id not in one.speakers],
        members=site.said_by_members.get(entity_id, ()),
        about=site.said_about.get(entity_id, ()),
        mentions=sorted(mentions.items(), key=lambda item: (-item[1], item[0])),
    )


def _beside(pairs: Mapping[tuple[str, str], int]) -> Mapping[str, Counter[str]]:
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for (one, other), number in pairs.items():
        beside[one][other] = beside[other][one] = number
    return beside


def _write_actor(site: Site, card: Card, beside: Mapping[str, Counter[str]], mentions: Mentions) -> None:
    entity_id, actors = card.actor["entity_id"], site.corpus.actors
    near = sorted(beside.get(entity_id, Counter()).items(), key=lambda item: (-item[1], item[0]))
    leads, members = (sorted(one.get(entity_id, ())) for one in (actors.led, actors.members))
    related = [*card.actor["part_of"], *card.actor["leaders"], *leads, *members]
    paged = [one for one in related if one in site.paged]
    n_undated = sum(number for article_id, number in card.mentions if site.head(article_id).day is None)
    path = actor_page(entity_id)
    lead_terms = _terms_in(actors, leads, entity_id)
    named_in = dict(card.mentions)
    files, origins = mentions.files(named_in), mentions.shown_from(named_in)
    beside_it = (near[:_MOST_BESIDE], related, paged, lead_terms)
    if site.keep(path, _shown(site, card), beside_it, n_undated, files, origins):
        return
    site.page(
        path,
        "actor.html",
        card=card,
        actor=card.actor,
        chart=charts.columns(
            card.trend, site.axis.labels(), f"Mentions of {card.actor['name']} over time", height=110
        ),
        near=near[:_MOST_BESIDE],
        leads=leads,
        lead_terms=lead_terms,
        members=[one for one in members if one in site.paged],
        n_members=len(members),
        most_articles=_MOST_ARTICLES,
        most=_MOST_STATEMENTS,
        n_undated=n_undated,
        contexts=mentions.latest(entity_id, named_in),
        context_files=[f"mentions-{name}" for name in files],
    )


def _terms_in(actors: Actors, bodies: Iterable[str], leader: str) -> list[Row]:
    """Return when an actor led each of some bodies."""
    return [
        {**term, "entity_id": body}
        for body in bodies
        for term in actors.rows[body]["leader_terms"]
        if term["entity_id"] == leader
    ]


def _shown(site: Site, card: Card) -> tuple[object, ...]:
    """Return what an actor's page shows of statements and articles."""
    lists = (card.own, card.spoken, card.members, card.about)
    said = [one for some in lists for one in some[:_MOST_STATEMENTS]]
    named = {one for each in said for one in (*each.speakers, *each.behalf, *each.member_of)}
    mentions = card.mentions[:_MOST_ARTICLES]
    articles = {*(one.article_id for one in said), *(article_id for article_id, _ in mentions)}
    return (
        card.actor,
        (site.axis, card.trend),
        [len(some) for some in (*lists, card.mentions)],
        said,
        mentions,
        [site.corpus.name(one) for one in sorted(named)],
        [site.head(one) for one in sorted(articles)],
    )
