"""Floors on the annotated sample articles, where the checkout has them beside it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extract.model import Quote
from extract.quotes.cues import Cues
from extract.quotes.finder import find_quotes

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "seed_quotes.jsonl"
LONGER = 1.5  # a found quote may be so many times as long as the gold one, and ten characters more

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the annotated articles are not here")


def test_floors(parse: Callable[[str], Doc], cues: Cues) -> None:
    found: dict[str, tuple[Quote, ...]] = {}
    counts = {"marked": 0, "indirect": 0, "scare": 0}
    for line in GOLD.read_text("utf-8").splitlines():
        gold = json.loads(line)
        name = gold["file"]
        if name not in found:
            found[name] = find_quotes(parse((SHARED / "seeds" / name).read_text("utf-8")), cues)
        candidates = [quote for quote in found[name] if quote.type != "scare" and _covers(quote, gold)]
        kind = gold["type"] if gold["type"] in counts else "marked"
        counts[kind] += bool(candidates) if kind == "scare" else any(_speaks(q, gold) for q in candidates)
    assert counts["marked"] >= 14
    assert counts["indirect"] >= 12
    assert counts["scare"] <= 1


def _covers(quote: Quote, gold: dict[str, int]) -> bool:
    length = gold["end"] - gold["start"]
    shared = min(quote.end, gold["end"]) - max(quote.start, gold["start"])
    return shared >= 0.8 * length and quote.end - quote.start <= LONGER * length + 10


def _speaks(quote: Quote, gold: dict[str, int]) -> bool:
    speaker = quote.speaker
    return speaker is not None and speaker.start < gold["speaker_end"] and gold["speaker_start"] < speaker.end
