"""What the pages need of all articles, gathered while their rows pass by; texts are not kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from extract.report.actors import Actors
from extract.report.buckets import ArticleRows
from extract.report.contexts import Contexts
from extract.report.heads import Head
from extract.report.publication import News
from extract.report.statements import Statement
from extract.schema.table import Row

PLACES = frozenset({"GPE", "LOC", "FAC"})
_LONGEST_DATE = 31  # days: an expression that spans more is no day of the timeline


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
        origins: What each article's rows and names depend on, as a hash.
        contexts: The sentences of each article that name actors.
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
    origins: dict[str, str] = field(default_factory=dict)
    contexts: Contexts = field(default_factory=Contexts)

    def add(self, rows: ArticleRows, origin: str) -> None:
        """Gather what the pages need of one article, and what its rows depend on."""
        self.origins[rows.article["article_id"]] = origin
        self.statements += rows.statements
        self._add_names(rows)
        self.events += _events(rows.dates)
        self._add_mentions(rows)
        self._add_company(rows.entities, rows.article["article_id"])

    def _add_mentions(self, rows: ArticleRows) -> None:
        actors, article_id = self.actors.rows, rows.article["article_id"]
        named = [row for row in rows.entities if row["entity_id"] in actors]
        for entity_id, number in Counter(row["entity_id"] for row in named).items():
            self.mentions[entity_id][article_id] = number
        if named:
            self.contexts.add(article_id, rows.article["text"], named)

    def _add_company(self, entities: Iterable[Row], article_id: str) -> None:
        """Add the places, and who is named with whom and where."""
        together: dict[str, set[str]] = defaultdict(set)
        where: dict[str, set[str]] = defaultdict(set)
        for row in entities:
            entity_id, is_actor = row["entity_id"], row["entity_id"] in self.actors.rows
            if not is_actor:
                if not (entity_id and row["label"] in PLACES):
                    continue
                self.places[entity_id][article_id] += 1
                self.place_kinds.setdefault(entity_id, row["entity_kind"] or "")
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
