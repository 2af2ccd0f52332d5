"""Read gold for the context of quotes; tests/gold/README.md has the format."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora.run_corpus import read_jsonl

GOLD = Path(__file__).parents[2] / "tests" / "gold" / "open" / "quotes" / "context.jsonl"

_Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor that the words speak about.

    Attributes:
        ids: The ids that are right: of the lexicon or, where that has none, plain names.
        by: How the text refers to it: name, description, pronoun, or target outside the span.
    """

    ids: frozenset[str]
    by: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The first and last day of the speech event (ISO), and where the expression for it stands."""

    earliest: str
    latest: str
    start: int
    end: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """On whose behalf the speaker speaks: for each side the ids that are right."""

    ids: tuple[frozenset[str], ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Hearer:
    """To whom the words were said: where the words for it stand, or the words themselves."""

    start: int
    end: int
    text: str | None
    ids: frozenset[str]
    optional: bool

    def words(self, article: str) -> str:
        """Return the words, from the text of the article if gold has only their place."""
        return article[self.start : self.end] if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Media:
    """The media that are right."""

    values: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A gold quote with its context.

    Attributes:
        none: Why it is no attribution (a letter; tests/gold/README.md), else None; then the rest is empty.
        act: The acts that are right, the most likely one first.
        optional: Columns that are not judged here; `none` if it is open whether it is an attribution.
        lead: The addressee or target may stand at the front of the span or just before it.
    """

    article: str
    start: int
    end: int
    none: str | None = None
    act: tuple[str, ...] = ()
    polarity: str = "affirmed"
    about: tuple[Actor, ...] = ()
    said_on: Day | None = None
    affiliation: Sides | None = None
    anonymous: bool = False
    addressee: Hearer | None = None
    medium: Media | None = None
    optional: frozenset[str] = frozenset()
    lead: bool = False


def read_context(file: Path) -> list[GoldQuote]:
    """Read the gold quotes of a file."""
    return [_quote(line) for line in read_jsonl(file)]


def read_names(folder: Path) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return where each name of the entities beside a gold file stands, by article and name."""
    names: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    file = folder / "entities.jsonl"
    for line in read_jsonl(file) if file.is_file() else ():
        names[Path(line["file"]).stem, line["canonical"]].append((line["start"], line["end"]))
    return names


def _quote(line: _Line) -> GoldQuote:
    place = {"article": line["article"], "start": line["start"], "end": line["end"]}
    if "none" in line:
        return GoldQuote(**place, none=line["none"], optional=frozenset({"none"} if line["optional"] else ()))
    return GoldQuote(
        **place,
        act=tuple(line["act"]),
        polarity=line["polarity"],
        about=tuple(Actor(frozenset(one["ids"]), one["by"], one["optional"]) for one in line["about"]),
        said_on=_day(line["said_on"]),
        affiliation=_sides(line["affiliation"]),
        anonymous=line["anonymous"],
        addressee=_hearer(line["addressee"]),
        medium=_media(line["medium"]),
        optional=frozenset(line["optional"]),
        lead=line["lead"],
    )


def _day(given: _Line | None) -> Day | None:
    return None if given is None else Day(**given)


def _sides(given: _Line | None) -> Sides | None:
    return None if given is None else Sides(tuple(map(frozenset, given["ids"])), given["optional"])


def _hearer(given: _Line | None) -> Hearer | None:
    if given is None:
        return None
    start, end = given.get("start", 0), given.get("end", 0)
    return Hearer(start, end, given.get("text"), frozenset(given["ids"]), given["optional"])


def _media(given: _Line | None) -> Media | None:
    return None if given is None else Media(frozenset(given["values"]), given["optional"])
