"""What an annotator marked, as gold: `extract evaluate --gold` reads it."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from extract.dates.timex.ranges import days_of
from extract.export.annotation.documents import LAYERS, Document, Layer, Mark

Line = dict[str, Any]

_FILES: Mapping[Layer, str] = {"entity": "entities", "quote": "quotes", "date": "dates"}
_SPEAKER = ("speaker", "speaker_start", "speaker_end", "speaker_canonical")
_CUE = ("cue", "cue_start", "cue_end")


def write_gold(pairs: Iterable[tuple[Document, Document]], folder: Path, known_ids: Collection[str]) -> int:
    """Write entities.jsonl, quotes.jsonl and dates.jsonl; return the number of lines.

    Of a mark that was left as it was, what the tool cannot tell is as published, such as its speaker's place.

    Args:
        pairs: Each article as it is published, and as it came back.
        folder: Where the files go.
        known_ids: The ids of actors and places.
    """
    lines: dict[Layer, list[Line]] = {layer: [] for layer in LAYERS}
    for before, after in pairs:
        old = {(mark.layer, mark.start, mark.end): mark for mark in before.marks}
        for mark in after.marks:
            known = old.get((mark.layer, mark.start, mark.end))
            lines[mark.layer].append(_line(before, mark, known, known_ids))
    folder.mkdir(parents=True, exist_ok=True)
    for layer, file in _FILES.items():
        text = "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines[layer])
        (folder / f"{file}.jsonl").write_text(text, encoding="utf-8")
    return sum(map(len, lines.values()))


def _line(one: Document, mark: Mark, known: Mark | None, known_ids: Collection[str]) -> Line:
    value = mark.value if mark.value is not None else known.value if known else ""
    row = known.row if known and known.value == value else {}
    span = {
        "file": one.article_id,
        "start": mark.start,
        "end": mark.end,
        "text": one.text[mark.start : mark.end],
    }
    if mark.layer == "entity":
        return span | {"label": mark.label, "canonical": value or None}
    if mark.layer == "quote":
        return span | {"type": mark.label, **_speaker(row, value or "", known_ids)}
    return span | {"type": mark.label, "value": value or "", **_days(row, value or "")}


def _speaker(row: Mapping[str, Any], value: str, known_ids: Collection[str]) -> Line:
    told = {
        "speaker": row.get("speaker_text"),
        "speaker_start": row.get("speaker_start"),
        "speaker_end": row.get("speaker_end"),
        "speaker_canonical": row.get("speaker_name") or value or None,
        "speaker_id": value if value in known_ids else None,
    }
    return told | {name: row.get(name) for name in _CUE}


def _days(row: Mapping[str, Any], value: str) -> Line:
    earliest, latest = days_of(value) or (None, None)
    days = {"mod": None, "anchor": None, "earliest": earliest, "latest": latest}
    return {name: row.get(name, day) for name, day in days.items()}
