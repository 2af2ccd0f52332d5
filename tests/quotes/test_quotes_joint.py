"""Joint speakers: all who are linked are named, in text order, and the phrase shown is the whole list."""

import re
from pathlib import Path

import pytest

from extract.model import Label, Mention, Quote, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.speakers.resolver import Resolver
from markup import read_topics

EXAMPLES = Path(__file__).with_name("joint.txt")
NAMES: dict[str, tuple[Label, str | None]] = {
    "Adam Brandt": ("PERSON", "adam"),
    "Brandt": ("PERSON", "adam"),
    "Bela Odeh": ("PERSON", "bela"),
    "Carla Lind": ("PERSON", "carla"),
    "Karl Hartwig": ("PERSON", None),
    "River Council": ("ORG", "river"),
    "Valley Union": ("ORG", "valley"),
    "Hill Party": ("FACTION", "hill"),
    "Ministry of Works and Water": ("ORG", "works"),
    "Iraqis": ("NORP", "iraq"),
    "Iranians": ("NORP", "iran"),
    "Iraq": ("GPE", "iraq"),
    "Iran": ("GPE", "iran"),
}
_NAME = re.compile("|".join(NAMES))
_CUE = re.compile(r"\b(?:said|added)\b")
_SPEAKER = re.compile(r"\[(?P<phrase>[^]]+)\]")


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in read_topics(EXAMPLES)])
def test_a_list_of_speakers(line: str, cues: Cues) -> None:
    marked, ids, *whole = (cell.strip() for cell in line.split("|"))
    text = marked.replace("[", "").replace("]", "")
    quotes = [
        _quote(TextSpan(found.start() - 2 * number, found.end() - 2 * number - 2, found["phrase"]), cue)
        for number, (found, cue) in enumerate(zip(_SPEAKER.finditer(marked), _cues_in(text), strict=True))
    ]
    mentions = [_mention(found) for found in _NAME.finditer(text)]
    sentences = [(found.start(), found.end()) for found in re.finditer(r"[^.]+\.\s*", text)]
    shown = [*whole, quotes[-1].speaker.text if quotes[-1].speaker else ""][0]
    for quote in Resolver(quotes, mentions, text, sentences, cues).resolve_all(quotes):
        assert quote.speaker_entity_ids == tuple(ids.split())
        assert quote.speaker_entity_id == next(iter(quote.speaker_entity_ids), None)
        assert quote.speaker is not None
        assert text[quote.speaker.start : quote.speaker.end] == quote.speaker.text
    assert quote.speaker.text == shown


def _cues_in(text: str) -> list[TextSpan]:
    return [TextSpan(found.start(), found.end(), found[0]) for found in _CUE.finditer(text)]


def _quote(speaker: TextSpan, cue: TextSpan) -> Quote:
    end = max(speaker.end, cue.end)
    return Quote(
        end, end + 1, ".", "indirect", rule="test", confidence=1.0, group=0, speaker=speaker, cue=cue
    )


def _mention(found: re.Match[str]) -> Mention:
    label, entity_id = NAMES[found[0]]
    return Mention(
        start=found.start(),
        end=found.end(),
        text=found[0],
        label=label,
        method="ner",
        rule="test",
        engine="test",
        confidence=1.0,
        entity_id=entity_id,
        entity_name=found[0] if entity_id else None,
        entity_kind="nationality" if label == "NORP" else None,
        name_id=entity_id or f"person:{found[0].lower()}",
    )
