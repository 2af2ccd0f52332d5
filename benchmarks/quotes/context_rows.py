"""Published rows beside gold for the context of quotes: which row is which, and what in it is right."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quotes.context_gold import GoldQuote

PLACES = {"city", "facility", "governorate", "region", "state"}
PEOPLES = {"ethnic_group", "political_group", "religious_group"}

_SAME = 0.8
_LEAD = 60  # characters of an addressee or target in front of the words
_LEAD_END = 3  # a full stop and marks

Row = Mapping[str, Any]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What is needed of the published tables, by article or id.

    Attributes:
        columns: The columns of `quotes`.
        articles: The id of an article by its id, its last part and the stem of its source's name.
        dates: Where a date stands, by its id.
        same: The entity ids of name ids.
        kinds: The kind of an entity by its id.
    """

    quotes: Mapping[str, Sequence[Row]]
    columns: frozenset[str]
    entities: Mapping[str, Sequence[Row]]
    articles: Mapping[str, str]
    texts: Mapping[str, str]
    dates: Mapping[str, tuple[int, int]]
    same: Mapping[str, str]
    kinds: Mapping[str, str]

    def text(self, quote: GoldQuote) -> str:
        """Return the text of the article of a gold quote."""
        return self.texts[self.articles[quote.article]]


def index(rows: Mapping[str, Sequence[Row]]) -> Tables:
    """Index the rows of the tables `quotes`, `entities`, `articles` and `dates`."""
    entities = rows["entities"]
    articles: dict[str, str] = {}
    for row in rows["articles"]:
        for key in (row["article_id"], Path(row["article_id"]).name, Path(str(row["source"])).stem):
            articles.setdefault(key, row["article_id"])
    return Tables(
        quotes=_by_article(rows["quotes"]),
        columns=frozenset(key for row in rows["quotes"] for key in row),
        entities=_by_article(entities),
        articles=articles,
        texts={row["article_id"]: row["text"] for row in rows["articles"]},
        dates={row["date_id"]: (row["start_char"], row["end_char"]) for row in rows["dates"]},
        same={row["name_id"]: row["entity_id"] for row in entities if row["entity_id"] and row["name_id"]},
        kinds={row[key]: row["entity_kind"] for row in entities for key in ("entity_id", "name_id")},
    )


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["article_id"]].append(row)
    return dict(grouped)


def match(gold: Sequence[GoldQuote], tables: Tables) -> list[Row | None]:
    """Return the row of each gold quote: each row once, largest overlaps first, speech before other types."""
    candidates = [
        (like(quote, row), row["type"] not in ("scare", "pull"), number, row)
        for number, quote in enumerate(gold)
        for row in tables.quotes.get(tables.articles.get(quote.article, ""), ())
        if fits(quote, row)
    ]
    rows: list[Row | None] = [None] * len(gold)
    used: set[str] = set()
    for _, _, number, row in sorted(candidates, key=lambda one: (-one[0], not one[1])):
        if rows[number] is None and row["quote_id"] not in used:
            rows[number] = row
            used.add(row["quote_id"])
    return rows


def like(quote: GoldQuote, row: Row) -> float:
    """Return the intersection over union of the spans."""
    both: int = min(quote.end, row["end_char"]) - max(quote.start, row["start_char"])
    either = max(quote.end, row["end_char"]) - min(quote.start, row["start_char"])
    return max(both, 0) / float(either)


def fits(quote: GoldQuote, row: Row) -> bool:
    """Return whether a row is the gold quote, perhaps with or without the addressee in front."""
    shared = like(quote, row)
    close = abs(quote.end - row["end_char"]) <= _LEAD_END and abs(quote.start - row["start_char"]) <= _LEAD
    return shared >= _SAME or (quote.lead and shared > 0 and close)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the context of a row.

    Attributes:
        names: Where the names of gold stand, by article and name.
    """

    tables: Tables
    names: Mapping[tuple[str, str], Spans]

    def about(self, quote: GoldQuote, row: Row) -> tuple[list[bool], set[str]]:
        """Return for each actor of gold whether the row lists it, and the ids that are listed by mistake."""
        listed = self._ids(row["about"])
        accepted = [self._accepted(quote.article, actor.ids) for actor in quote.about]
        extra = listed.difference(*accepted)
        judged = {one for one in extra if self.tables.kinds.get(one) not in PLACES | PEOPLES}
        return [bool(ids & listed) for ids in accepted], judged

    def affiliation(self, quote: GoldQuote, row: Row) -> tuple[list[str] | None, bool]:
        """Return the ids of the row, and whether they are one or more of each side.

        The speaker counts only where gold has it: as who issued the document that speaks.
        """
        sides = quote.affiliation.ids if quote.affiliation else ()
        accepted = [self._accepted(quote.article, ids) for ids in sides]
        own = self._ids([row.get("speaker_entity_id"), row.get("speaker_name_id")])
        got = self._ids(row["affiliation"]) - own.difference(*accepted)
        return sorted(got) or None, all(ids & got for ids in accepted) and got <= set().union(*accepted)

    def said_on(self, quote: GoldQuote, row: Row) -> tuple[tuple[str, str] | None, bool]:
        """Return the days of the row, and whether they or the place of the expression are right."""
        days = (str(row["said_on_earliest"])[:10], str(row["said_on_latest"])[:10])
        if days == ("None", "None"):
            return None, False
        if quote.said_on is None:
            return days, False
        start, end = self.tables.dates.get(row.get("said_on_date_id") or "", (0, 0))
        there = start < quote.said_on.end and quote.said_on.start < end
        return days, there or days == (quote.said_on.earliest, quote.said_on.latest)

    def addressee(self, quote: GoldQuote, row: Row) -> tuple[str | None, bool]:
        """Return the words of the row, and whether they or their id are right."""
        got, hearer = row["addressee"], quote.addressee
        if got is None or hearer is None:
            return got, False
        if self._accepted(quote.article, hearer.ids) & self._ids([row.get("addressee_id")]):
            return got, True
        expected, words = _bare(hearer.words(self.tables.text(quote))), _bare(got)
        return got, bool(words) and (words in expected or expected in words)

    def medium(self, quote: GoldQuote, row: Row) -> tuple[str | None, bool]:
        """Return the medium of the row, and whether it is right."""
        return row["medium"], quote.medium is not None and row["medium"] in quote.medium.values

    def _ids(self, ids: Iterable[str | None] | None) -> set[str]:
        return {self.tables.same.get(one, one) for one in ids or () if one}

    def _accepted(self, article: str, ids: Iterable[str]) -> set[str]:
        """Return the ids and, for a plain name, those of the mentions that gold has for it."""
        ids = set(ids)
        return ids | self._ids(mention for one in ids for mention in self._mentions(article, one))

    def _mentions(self, article: str, name: str) -> Iterator[str]:
        spans = () if re.fullmatch(r"[a-z0-9-]+", name) else self.names.get((article, name), ())
        for row in self.tables.entities.get(self.tables.articles[article], ()):
            if any(row["start_char"] < end and start < row["end_char"] for start, end in spans):
                yield from filter(None, (row["entity_id"], row["name_id"]))


def _bare(words: str) -> str:
    """Return words without marks, capitals, article and preposition."""
    return re.sub(r"^(the|a|an|to|with) ", "", re.sub("[\"“”'’,.]", "", words).strip().lower())
