"""What the tables are least sure of: names, speakers and dates that an analyst may want to correct.

The functions take published tables and return plain records; nothing is changed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc

Kind = Literal["name", "speaker", "date"]
Row = Mapping[str, Any]

UNSURE = 0.6
"""Below this confidence a row is doubtful."""

# The columns of each table used here.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "entities": (
        *("article_id", "start_char", "text", "label", "entity_id", "entity_name", "name_id"),
        *("confidence", "sentence"),
    ),
    "quotes": (
        *("article_id", "start_char", "text", "type", "speaker_name", "speaker_name_id"),
        *("speaker_entity_id",),
        *("group_id", "duplicate_of", "confidence", "speaker_confidence", "sentence"),
    ),
    "dates": ("article_id", "start_char", "text", "value", "confidence", "sentence"),
}
_MEANING = ("text", "label", "entity_id", "name_id")  # those that tell what a name means
# The columns of a worksheet: those of a file of corrections, then those for the reader, which begin with #.
DECISIONS = ("entity", "label", "name", "speaker", "value", "drop")
NOTES = ("#kind", "#found", "#confidence", "#mentions", "#articles", "#sentence")
WORKSHEET = ("article", "text", "start", *DECISIONS, *NOTES)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may be wrong.

    Attributes:
        kind: Whether it is in doubt whom a name means, who speaks, or when it was.
        text: The words.
        found: Who or what the tables have: a name, a TIMEX3 value; empty for nobody.
        found_id: The id of that actor or place, else the `name_id`.
        is_linked: Whether that is an id of the lexicon.
        label: Label of a name; else empty.
        article: The only article in which it stands, else None.
        start: Where the words start, if they stand there once; else None.
        confidence: Mean of the mentions.
        mentions: How often.
        articles: In how many articles.
        sentence: The first sentence with it.
    """

    kind: Kind
    text: str
    found: str
    found_id: str
    is_linked: bool
    label: str
    article: str | None
    start: int | None
    confidence: float
    mentions: int
    articles: int
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Return the record, for programs."""
        return asdict(self)

    def worksheet_row(self) -> dict[str, object]:
        """Return the row of a worksheet, in which the decision is left open."""
        linked = f" ({self.found_id})" if self.is_linked else ""
        found = f"{self.label} {self.found}{linked}".strip() or "nobody"
        notes = (self.kind, found, f"{self.confidence:.2f}", self.mentions, self.articles, self.sentence)
        open_ones = dict.fromkeys(DECISIONS, "")
        where: dict[str, object] = {"article": self.article or "", "text": self.text, "start": self.start}
        return where | open_ones | dict(zip(NOTES, notes, strict=True))


class _Spelling(NamedTuple):
    """Words, and what they mean: the group of the mentions that one answer is for."""

    text: str
    label: str
    found_id: str

    @classmethod
    def of(cls, row: Row) -> Self:
        """Return the spelling of a mention."""
        return cls(" ".join(row["text"].split()), row["label"], row["entity_id"] or row["name_id"] or "")


def doubts(
    tables: Mapping[str, pa.Table], *, below: float = UNSURE, labels: Collection[str] = ()
) -> list[Doubt]:
    """Return what is doubtful: lowest confidence first, in steps of a tenth, then most frequent first.

    Args:
        tables: The published tables entities, quotes and dates, with the `COLUMNS`.
        below: Least confidence of what is not doubtful.
        labels: Only names with these labels, and no speakers and dates; all if empty.
    """
    entities = tables["entities"]
    groups = _spellings(_below(entities, "confidence", below), labels)
    found = list(_names(groups, _ambiguous(entities)))
    if not labels:
        found += _speakers(_below(tables["quotes"], "speaker_confidence", below))
        found += _dates(_below(tables["dates"], "confidence", below))
    return sorted(found, key=_rank)


def unlinked(entities: pa.Table, *, labels: Collection[str], min_articles: int) -> list[Doubt]:
    """Return the names without an entity that stand in several articles, most frequent first.

    Words that also mean somebody else come once for each mention.

    Args:
        entities: The published table.
        labels: Only names with these labels.
        min_articles: Least number of articles.
    """
    rows = entities.filter(pc.is_null(entities["entity_id"])).to_pylist()
    groups = {
        key: group
        for key, group in _spellings(rows, labels).items()
        if key.found_id and len({row["article_id"] for row in group}) >= min_articles
    }
    found = _names(groups, _ambiguous(entities))
    return sorted(found, key=lambda one: (-one.mentions, one.text))


def _rank(doubt: Doubt) -> tuple[object, ...]:
    place = (doubt.text, doubt.article or "", doubt.start or 0, doubt.found_id)
    return round(doubt.confidence, 1), -doubt.mentions, *place


def _below(table: pa.Table, column: str, limit: float) -> list[Row]:
    """Return the rows with less confidence; one without any has nothing to doubt."""
    rows: list[Row] = table.filter(pc.less(table[column], limit)).to_pylist()
    return rows


def _spellings(rows: Iterable[Row], labels: Collection[str]) -> dict[_Spelling, list[Row]]:
    """Return the rows of each spelling of each name."""
    groups: dict[_Spelling, list[Row]] = defaultdict(list)
    for row in rows:
        if not labels or row["label"] in labels:
            groups[_Spelling.of(row)].append(row)
    return groups


def _ambiguous(entities: pa.Table) -> set[str]:
    """Return the words that mean several actors, or have several labels: one answer cannot be for all."""
    rows = entities.group_by([*_MEANING]).aggregate([]).to_pylist()
    meanings = Counter(spelling.text for spelling in {_Spelling.of(row) for row in rows})
    return {text for text, count in meanings.items() if count > 1}


def _names(groups: Mapping[_Spelling, Sequence[Row]], ambiguous: Collection[str]) -> Iterator[Doubt]:
    """Yield a doubt for each spelling of each name; for each mention, if its words are ambiguous."""
    for (text, label, key), group in groups.items():
        for rows in [[row] for row in group] if text in ambiguous else [group]:
            named = Counter(row["entity_name"] or "" for row in rows).most_common(1)[0][0]
            yield _doubt("name", rows, text, found=named, found_id=key, label=label)


def _speakers(rows: Iterable[Row]) -> Iterator[Doubt]:
    """Yield a doubt for each utterance: a correction of a piece is one of all its pieces."""
    seen = set[str]()
    for row in rows:
        if row["duplicate_of"] is None and row["type"] != "scare" and row["group_id"] not in seen:
            seen.add(row["group_id"])
            name, key = row["speaker_name"] or "", row["speaker_name_id"] or ""
            sure = [{**row, "confidence": row["speaker_confidence"]}]
            yield _doubt("speaker", sure, " ".join(row["text"].split()), found=name, found_id=key)


def _dates(rows: Iterable[Row]) -> Iterator[Doubt]:
    """Yield a doubt for each date: what it means depends on its place."""
    for row in rows:
        yield _doubt("date", [row], " ".join(row["text"].split()), found=row["value"])


def _doubt(
    kind: Kind, rows: Sequence[Row], text: str, *, found: str, found_id: str = "", label: str = ""
) -> Doubt:
    articles = {row["article_id"] for row in rows}
    first = rows[0]
    return Doubt(
        kind=kind,
        text=text,
        found=found,
        found_id=found_id,
        is_linked=bool(first.get("entity_id") or first.get("speaker_entity_id")),
        label=label,
        article=first["article_id"] if len(articles) == 1 else None,
        start=first["start_char"] if len(rows) == 1 else None,
        confidence=sum(row["confidence"] for row in rows) / len(rows),
        mentions=len(rows),
        articles=len(articles),
        sentence=" ".join((first["sentence"] or "").split()),
    )
