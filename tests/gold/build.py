"""Build seeds/, the gold beside this file and hard/ from the marked-up articles.

Run it after every change of the markup: `cd tests && python -m gold.build`. The README beside this file
says what the tags mean. `python -m gold.build MARKUP OUT` writes the gold of marked-up articles that are not
ours to the folder OUT, without their words.
"""

import json
import re
import sys
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from extract.lexicon import Entity, load_lexicon
from markup import Marked, parse_markup

GOLD = Path(__file__).parent
HARD = GOLD / "hard"
SEEDS = GOLD.parents[1] / "seeds"
RECORDS = "sample-records.jsonl"
LABELS = ("faction", "person", "org", "gpe", "loc", "fac", "norp")

Row = dict[str, str | int | None]


@dataclass(frozen=True)
class Source:
    """One marked-up article; `file` is its name in the gold, `meta` its header."""

    file: str
    meta: dict[str, str]
    text: str
    marked: list[Marked]

    def rows(self, *tags: str) -> Iterator[tuple[Marked, Row]]:
        for span in self.marked:
            if span.tag in tags:
                yield span, {"file": self.file, "start": span.start, "end": span.end, "text": span.text}

    def linked(self, tag: str, piece: Marked) -> Marked | None:
        """Return the speaker or cue that shares the utterance number of a quoted piece."""
        spans = (s for s in self.marked if s.tag == tag and piece.attrs.get("n") in s.attrs["n"].split())
        return next(spans, None)


def read_source(path: Path, file: str) -> Source:
    header, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    text, marked = parse_markup(body)
    return Source(file, dict(line.split(": ", 1) for line in header.splitlines()), text, marked)


def read_sources() -> list[Source]:
    articles = sorted((GOLD / "markup").glob("*.txt"))
    records = sorted((GOLD / "markup/records").glob("*.txt"))
    return [read_source(path, path.name) for path in articles] + [
        read_source(path, path.stem) for path in records
    ]


def entity_rows(source: Source) -> Iterator[Row]:
    for span, row in source.rows(*LABELS):
        yield row | {"label": span.tag.upper(), "canonical": span.attrs.get("id", span.text)}


def quote_rows(source: Source) -> Iterator[Row]:
    for span, row in source.rows("quote"):
        speaker, cue = source.linked("speaker", span), source.linked("cue", span)
        name = speaker.attrs.get("name", speaker.text) if speaker else span.attrs.get("name")
        yield {
            **row,
            "type": span.attrs["type"],
            **offsets("speaker", speaker),
            "speaker_canonical": name,
            **offsets("cue", cue),
        } | ({"subtype": span.attrs["subtype"]} if "subtype" in span.attrs else {})


def offsets(role: str, span: Marked | None) -> Row:
    if span is None:
        return {role: None, f"{role}_start": None, f"{role}_end": None}
    return {role: span.text, f"{role}_start": span.start, f"{role}_end": span.end}


def half_open(
    earliest: str | None, latest: str | None, relation: str | None
) -> tuple[str | None, str | None]:
    """Return the days of an expression after `since`, `until`, `before` or `after`: one side is open."""
    if relation == "since":
        return earliest, None
    if relation == "until":
        return None, latest
    if relation == "before" and earliest is not None:
        return None, str(date.fromisoformat(earliest) - timedelta(days=1))
    if relation == "after" and latest is not None:
        return str(date.fromisoformat(latest) + timedelta(days=1)), None
    return earliest, latest


def date_rows(source: Source) -> Iterator[Row]:
    for span, row in source.rows("date"):
        value, kind = span.attrs["value"], span.attrs.get("type", "DATE")
        earliest, latest = days_of(value) if kind in ("DATE", "TIME") else (None, None)
        days = span.attrs.get("from", earliest), span.attrs.get("to", latest)
        earliest, latest = half_open(*days, span.attrs.get("relation"))
        yield row | {
            "type": kind,
            "value": value,
            "mod": span.attrs.get("mod"),
            "anchor": source.meta["published"][:10],
            "earliest": earliest,
            "latest": latest,
        }


def days_of(value: str) -> tuple[str, str] | tuple[None, None]:
    """Return the first and last day of a TIMEX3 decade, year, month, week or day; None for other values."""
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31"
    if re.fullmatch(r"\d{4}-\d\d", value):
        year, month = map(int, value.split("-"))
        return f"{value}-01", f"{value}-{monthrange(year, month)[1]}"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return str(monday), str(monday + timedelta(days=6))
    if day := re.match(r"\d{4}-\d\d-\d\d", value):
        return day[0], day[0]
    return None, None


def jsonl(rows: Iterator[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def gold_files(folder: Path, sources: list[Source]) -> dict[Path, str]:
    makers = {"entities": entity_rows, "quotes": quote_rows, "dates": date_rows}
    return {
        folder / f"{name}.jsonl": jsonl(row for source in sources for row in make(source))
        for name, make in makers.items()
    }


def standoff(markup: Path, known: Mapping[str, Entity]) -> dict[str, str]:
    """Return the gold of articles that are not ours: without their words, except names.

    Args:
        markup: Folder with one marked-up article per file.
        known: The lexicon's entities; gold has ids of actors, and plain names of all others.
    """
    sources = [read_source(path, path.name) for path in sorted(markup.glob("*.txt"))]
    entities = (_with_name(row, known) for source in sources for row in entity_rows(source))
    quotes = (row for source in sources for row in _without_words(source, known))
    return {"entities.jsonl": jsonl(entities), "quotes.jsonl": jsonl(quotes)}


def _with_name(row: Row, known: Mapping[str, Entity]) -> Row:
    entity = known.get(str(row["canonical"]))
    if row["canonical"] == "?":
        return row | {"canonical": None}
    if row["label"] == "NORP":
        return row | {"canonical": row["text"]}
    return row if entity is None or entity.role == "actor" else row | {"canonical": entity.name}


def _without_words(source: Source, known: Mapping[str, Entity]) -> Iterator[Row]:
    quotes = [span for span in source.marked if span.tag == "quote"]
    for span, row in zip(quotes, quote_rows(source), strict=True):
        speaker = source.linked("speaker", span)
        entity = known.get(speaker.attrs.get("id", "")) if speaker else None
        words = {"text", "speaker", "cue"}
        kept = {key: value for key, value in row.items() if key not in words}
        yield kept | {"speaker_id": entity.published_id if entity else None}


def build() -> dict[Path, str]:
    """Return the content of every file that is made from the markup."""
    sources = read_sources()
    records = (source for source in sources if not source.file.endswith(".txt"))
    hard = [read_source(path, path.name) for path in sorted((HARD / "markup").glob("*.txt"))]
    return {
        **{SEEDS / source.file: source.text for source in sources if source.file.endswith(".txt")},
        SEEDS / RECORDS: jsonl({"id": s.file, **s.meta, "text": s.text} for s in records),
        **gold_files(GOLD, sources),
        **{HARD / "articles" / source.file: source.text for source in hard},
        **gold_files(HARD, hard),
    }


def main() -> None:
    """Build everything; with two folders, the gold in the second from the markup in the first."""
    if len(sys.argv) == 1:
        files = build()
    else:
        markup, out = map(Path, sys.argv[1:])
        lexicon = load_lexicon(GOLD.parents[1] / "models")
        files = {out / name: content for name, content in standoff(markup, lexicon.entities).items()}
    for path, content in files.items():
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
