"""Generated articles with their rows: what a report of many articles is measured on, without engine and data.

An article has some 1,200 words: 40 pieces of speech by 200 invented actors and as many strangers, mentions of
actors, and dates. What is said is nonsense; how often, by whom and when is like in news.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.ids import digest
from extract.model import (
    Annotation,
    Article,
    Context,
    Label,
    Mention,
    Quote,
    QuoteType,
    Section,
    TextSpan,
    Timex,
)
from extract.store import Entry, Store, write_part
from extract.tables import to_tables
from extract.tables.actors import TABLE as ACTORS_TABLE

SENTENCES, QUOTES, WORDS = 60, 40, 14
ACTORS, STRANGERS, OUTLETS = 200, 200, 12
FIRST_DAY, DAYS = date(2020, 1, 1), 900
BATCH = 100
KINDS = ("armed_faction", "political_party", "government_body", "person", "person", "person")
TYPES: tuple[QuoteType, ...] = ("direct", "direct", "mixed", "indirect", "indirect")
_SYLLABLES = (
    "ba",
    "dir",
    "fa",
    "ghu",
    "ha",
    "jal",
    "ka",
    "lim",
    "mur",
    "na",
    "qas",
    "ra",
    "sal",
    "tu",
    "wan",
)


def actors() -> list[dict[str, Any]]:
    """Return the rows of the lexicon."""
    return [
        {"entity_id": f"actor-{n}", "name": _name(n), "kind": KINDS[n % len(KINDS)], "country": "IQ"}
        | {"aliases": [f"{_name(n)} {n}"], "part_of": [], "part_of_terms": []}
        | {"leaders": [], "leader_terms": []}
        for n in range(ACTORS)
    ]


def annotations(numbers: Iterable[int]) -> Iterator[Annotation]:
    """Yield an article for each number: the same one whenever it is asked for."""
    for number in numbers:
        yield _Writer(number).annotation()


def publish(root: Path, numbers: Sequence[int]) -> Path:
    """Publish some articles, besides those that are there, under an output folder."""
    store = Store(root, keep=3)
    with store.lock():
        entries: dict[str, Entry] = {}
        parts, staging = [], store.staging()
        for at in range(0, len(numbers), BATCH):
            some = list(annotations(numbers[at : at + BATCH]))
            parts.append(write_part(staging, f"{at:06d}", to_tables(some)))
            entries |= {
                one.article.article_id: Entry(one.article.content_hash, "test", "done", one.article.source)
                for one in some
            }
        lexicon = pa.Table.from_pylist(actors(), schema=ACTORS_TABLE.lexicon_schema)
        store.publish(parts, entries=entries, removed=(), actors=lexicon, force=True)
    return root


@cache
def _name(number: int) -> str:
    """Return an invented name: two words of syllables that tell the number."""
    one, rest = divmod(number, len(_SYLLABLES))
    more, one = divmod(one, len(_SYLLABLES))
    return f"{_SYLLABLES[rest]}{_SYLLABLES[one]} al-{_SYLLABLES[one]}{_SYLLABLES[more]}d".title()


@cache
def _vocabulary() -> Sequence[str]:
    dice = random.Random(1)  # noqa: S311 - no secret
    return ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 3))) for _ in range(4000)]


class _Writer:
    """Writes one article and what is found in it."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._dice = random.Random(number)  # noqa: S311 - no secret
        self._day = FIRST_DAY + timedelta(days=self._dice.randrange(DAYS))
        self._length = 0
        self._pieces: list[str] = []
        self._mentions: list[Mention] = []
        self._quotes: list[Quote] = []
        self._timexes: list[Timex] = []

    def annotation(self) -> Annotation:
        """Return the article with its rows."""
        bounds = []
        for place in range(SENTENCES):
            start = self._length
            self._quote() if place < QUOTES else self._sentence()
            bounds.append((start, self._length))
            self._write("\n\n" if place % 3 == 0 else " ")
        text = "".join(self._pieces)
        return Annotation(
            self._article(text),
            tuple(bounds),
            len(text.split()),
            "none",
            tuple(self._mentions),
            tuple(self._quotes),
            tuple(self._timexes),
        )

    def _article(self, text: str) -> Article:
        name = f"news/{self._number:06d}"
        return Article(
            *(name, f"{name}.txt", "txt", text, digest(text.encode())),
            title=" ".join(self._dice.choices(_vocabulary(), k=7)).capitalize(),
            outlet=f"The {_name(self._number % OUTLETS)} Post",
            published_at=datetime(self._day.year, self._day.month, self._day.day, tzinfo=UTC),
            published_source="metadata",
            sections=(Section("body", 0, len(text)),),
        )

    def _quote(self) -> None:
        kind, start = self._dice.choice(TYPES), self._length
        marks = ("", "") if kind == "indirect" else ("“", "”")
        speaker = self._speaker()
        said = TextSpan(start, self._length, self._tail(start))
        at = self._write(" said ")
        cue = TextSpan(at + 1, self._length - 1, "said")
        self._write(marks[0])
        at = self._length
        about = [self._actor()] if self._dice.random() < 0.4 else []  # noqa: PLR2004 - a share
        self._words(WORDS)
        words, end = self._tail(at), self._length
        self._write(f"{marks[1]}.")
        self._quotes.append(
            Quote(
                *(at, end, words),
                kind,
                "made",
                round(self._dice.uniform(0.4, 1), 2),
                len(self._quotes),
                speaker=said,
                cue=cue,
                speaker_kind="named",
                speaker_entity_id=speaker.get("entity_id"),
                speaker_name=speaker["name"],
                speaker_name_id=speaker.get("entity_id", f"person:{speaker['name']}"),
                speaker_method="mention",
                speaker_confidence=0.9,
                context=self._context(about),
            )
        )

    def _context(self, about: Sequence[str]) -> Context:
        return Context(
            act=self._dice.choice(("statement", "statement", "belief", "demand")),
            polarity="negated" if self._dice.random() < 0.05 else "affirmed",  # noqa: PLR2004 - a share
            medium=self._dice.choice(("tweet", "statement", None, None)),
            anonymous=False,
            affiliation=(f"actor-{6 * self._rank(10)}",) if self._dice.random() < 0.5 else (),  # noqa: PLR2004
            about=tuple(about),
        )

    def _sentence(self) -> None:
        self._actor()
        self._words(WORDS)
        day = self._day - timedelta(days=self._dice.randrange(60))
        written = f"{day.day} {day:%B %Y}"
        start = self._write(f" on {written}.") + 4
        self._timexes.append(
            Timex(
                *(start, start + len(written), written, "DATE", day.isoformat(), "day"),
                earliest=day,
                latest=day,
                confidence=0.9,
            )
        )

    def _actor(self) -> str:
        """Name an actor and return its id."""
        number = self._rank(ACTORS)
        key, name, kind = f"actor-{number}", _name(number), KINDS[number % len(KINDS)]
        label: Label = "PERSON" if kind == "person" else "FACTION"
        start = self._write(name)
        linked = ((key,), key, name, kind, key)
        self._mentions.append(
            Mention(start, start + len(name), name, label, "alias", name, "lexicon", 0.9, *linked)
        )
        return key

    def _speaker(self) -> Mapping[str, Any]:
        if self._dice.random() < 0.5:  # noqa: PLR2004 - a share
            return {"name": self._name_stranger()}
        key = self._actor()
        return {"entity_id": key, "name": self._mentions[-1].text}

    def _name_stranger(self) -> str:
        name = _name(ACTORS + self._rank(STRANGERS))
        self._write(name)
        return name

    def _rank(self, most: int) -> int:
        """Return a number below `most`, small ones more often, as names are in news."""
        return int(self._dice.paretovariate(0.7)) % most

    def _words(self, number: int) -> None:
        gap = " " if self._pieces[-1][-1:].isalpha() else ""
        self._write(gap + " ".join(self._dice.choices(_vocabulary(), k=number)))

    def _write(self, text: str) -> int:
        """Add a text and return where it starts."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start

    def _tail(self, start: int) -> str:
        return "".join(self._pieces)[start:]
