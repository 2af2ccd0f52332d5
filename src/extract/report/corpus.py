"""What the pages need of all articles, gathered while their rows pass by; texts are not kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from extract.report.actors import Actors
from extract.report.publication import News, Publication
from extract.report.statements import Statement, statements_of
from extract.schema.table import Row

_HEADLINE = 70
PLACES = frozenset({"GPE", "LOC", "FAC"})
_LONGEST_DATE = 31  # days: an expression that spans more is no day of the timeline


@dataclass(frozen=True, slots=True)
class Head:
    """An article without its text.

    Attributes:
        article_id: Its id.
        title: Its headline, else how it begins, else its id.
        outlet: Empty if unknown.
        day: The day of publication, None if unknown.
        day_is_inferred: Whether that day was inferred.
        url: Its address as given.
        n_words: Number of words.
        duplicate_of: The first article of its story, if that is another one.
    """

    article_id: str
    title: str
    outlet: str
    day: date | None
    day_is_inferred: bool
    url: str | None
    n_words: int
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """The rows of one article in all tables."""

    article: Row
    entities: Sequence[Row]
    quotes: Sequence[Row]
    dates: Sequence[Row]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Event:
    """A day or month that an article's body names, with the sentence that names it."""

    article_id: str
    date_id: str
    text: str
    value: str
    earliest: date
    latest: date
    sentence: str


@dataclass(slots=True)
class Corpus:
    """What is known after all rows have passed by.

    Attributes:
        actors: The known actors.
        heads: The articles, the latest first; undated ones last.
        news: What changed since the publication before.
        issues: The rows of `issues`.
        statements: All statements, in the order of their articles.
        mentions: How often each actor is mentioned, by article.
        pairs: In how many body sentences two actors are named together.
        events: The days and months that articles name.
        places: How often each place of the lexicon is mentioned, by article.
        place_kinds: What those places are.
        actors_at: In how many body sentences each actor is named together with a place.
        names: Names of ids that are no actor: unknown speakers, places.
    """

    actors: Actors
    heads: Mapping[str, Head]
    news: News
    issues: Sequence[Row]
    statements: list[Statement] = field(default_factory=list)
    mentions: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)
    places: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    place_kinds: dict[str, str] = field(default_factory=dict)
    actors_at: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[str, str] = field(default_factory=dict)

    def add(self, rows: ArticleRows) -> None:
        """Gather what the pages need of one article."""
        self.statements += rows.statements
        self._add_names(rows)
        self.events += _events(rows.dates)
        actors = self.actors.rows
        together: dict[str, set[str]] = defaultdict(set)
        where: dict[str, set[str]] = defaultdict(set)
        for row in rows.entities:
            entity_id, is_actor = row["entity_id"], row["entity_id"] in actors
            if is_actor:
                self.mentions[entity_id][row["article_id"]] += 1
            elif entity_id and row["label"] in PLACES:
                self.places[entity_id][row["article_id"]] += 1
                self.place_kinds.setdefault(entity_id, row["entity_kind"] or "")
            else:
                continue
            if row["sentence"] and row["section"] == "body":
                (together if is_actor else where)[row["sentence"]].add(entity_id)
        for ids in together.values():
            if len(ids) > 1:
                self.pairs.update(combinations(sorted(ids), 2))
        for sentence, places in where.items():
            for place in places:
                self.actors_at[place].update(together.get(sentence, ()))

    def _add_names(self, rows: ArticleRows) -> None:
        for name_id, name in names_in(rows):
            if name_id not in self.names and name_id not in self.actors:
                self.names[name_id] = name

    def name(self, name_id: str) -> str:
        """Return the name that belongs to an id."""
        return self.actors.name(name_id) if name_id in self.actors else self.names.get(name_id, name_id)


def names_in(rows: ArticleRows) -> Iterator[tuple[str, str]]:
    """Yield ids with their names in an article: of the entities, of the speakers, of those spoken to."""
    for row in rows.entities:
        name_id = row["entity_id"] or row["name_id"]
        if name_id and row["entity_name"]:
            yield name_id, row["entity_name"]
    for said in rows.statements:
        if said.speaker and said.name:
            yield said.speaker, said.name
        if said.addressee:
            yield said.addressee, said.addressed


def read_heads(publication: Publication) -> dict[str, Head]:
    """Return the heads of all articles, the latest first; undated ones last.

    Raises:
        StoreError: A file is missing or damaged.
    """
    columns = [
        "article_id", "title", "outlet", "url", "published_at", "published_source", "text", "duplicate_of",
    ]  # fmt: skip
    heads = [
        _head(row)
        for bucket in publication.buckets()
        for row in publication.rows("articles", bucket, columns)
    ]
    heads.sort(key=lambda head: (head.day or date.min, head.article_id), reverse=True)
    return {head.article_id: head for head in heads}


def _head(row: Row) -> Head:
    published = row["published_at"]
    return Head(
        article_id=row["article_id"],
        title=row["title"] or _beginning(row["text"]) or row["article_id"],
        outlet=row["outlet"] or "",
        day=published.date() if published else None,
        day_is_inferred=row["published_source"] == "inferred",
        url=row["url"],
        n_words=len(row["text"].split()),
        duplicate_of=row["duplicate_of"],
    )


def _beginning(text: str) -> str:
    words = " ".join(text[: 6 * _HEADLINE].split())
    return words if len(words) <= _HEADLINE else words[:_HEADLINE].rpartition(" ")[0] + " …"


def read_bucket(
    publication: Publication, bucket: int, actors: Actors, heads: Mapping[str, Head]
) -> Iterator[ArticleRows]:
    """Yield the articles of a bucket with their rows.

    Raises:
        StoreError: A file is missing or damaged.
    """
    entities, quotes, dates = (
        _by_article(publication.rows(table, bucket)) for table in ("entities", "quotes", "dates")
    )
    for article in publication.rows("articles", bucket):
        key = article["article_id"]
        mentions = entities.get(key, [])
        said = tuple(statements_of(quotes.get(key, []), actors, heads[key].day))
        yield ArticleRows(article, mentions, quotes.get(key, []), dates.get(key, []), said)


def _by_article(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["article_id"]].append(row)
    return grouped


def _events(dates: Iterable[Row]) -> Iterator[Event]:
    for row in dates:
        earliest, latest = row["earliest"], row["latest"]
        if row["type"] != "DATE" or row["section"] != "body" or not (earliest and latest):
            continue
        if (latest - earliest).days < _LONGEST_DATE:
            sentence = " ".join((row["sentence"] or row["text"]).split())
            yield Event(
                row["article_id"], row["date_id"], row["text"], row["value"], earliest, latest, sentence
            )
