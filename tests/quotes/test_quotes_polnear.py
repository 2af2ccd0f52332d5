"""The benchmark on PolNeAR: which gold the guideline admits, and which pieces count as found."""

from typing import Any

import pytest
from benchmarks.quotes.content import Comparison
from benchmarks.quotes.polnear_guideline import left_out


def attribution(text: str, speaker: str, cue: str, content: str) -> dict[str, Any]:
    """Return an indirect gold quote whose parts stand in a text."""
    spans = {
        part: [text.index(part), text.index(part) + len(part)] for part in (speaker, cue, content) if part
    }
    return {
        "type": "indirect",
        "spans": [spans[content]],
        "speaker": [spans[speaker]] if speaker else [],
        "speaker_text": speaker,
        "cue": [spans[cue]],
    }


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content", "reason"),
    [
        ("Odeh said the road was closed", "Odeh", "said", "the road was closed", None),
        ("Odeh agreed that the road was closed", "Odeh", "agreed", "that the road was closed", None),
        ("Odeh would like to stay", "Odeh", "would like", "to stay", None),
        ("Odeh agreed to stay", "Odeh", "agreed", "to stay", "action"),
        ("Odeh has repeatedly tried to stay", "Odeh", "has repeatedly tried", "to stay", "action"),
        ("Odeh will say the road is closed", "Odeh", "will say", "the road is closed", "unreal"),
        ("Odeh declined to comment on the dam", "Odeh", "declined to comment on", "the dam", "refusal"),
        ("The figures show that wages fell", "The figures", "show", "that wages fell", "evidence"),
        ("The report shows that wages fell", "The report", "shows", "that wages fell", None),
        ("supporters of the dam", "", "supporters of", "the dam", "no source"),
        ("I think the dam is weak", "I", "think", "the dam is weak", "writer"),
    ],
)
def test_the_guideline_leaves_out_where_nothing_was_said(
    text: str, speaker: str, cue: str, content: str, reason: str | None
) -> None:
    assert left_out(attribution(text, speaker, cue, content), text) == reason


def test_content_is_compared_with_all_gold_and_with_what_the_guideline_admits() -> None:
    text = "Odeh said the road was closed. Odeh agreed to stay in the town. Odeh said it was late."
    gold = [
        attribution(text, "Odeh", "said", "the road was closed"),
        attribution(text, "Odeh", "agreed", "to stay in the town"),
        attribution(text, "Odeh", "said", "it was late"),
    ]
    found = [gold[0]["spans"][0], gold[1]["spans"][0], (0, 4)]
    comparison = Comparison()
    comparison.add({"quotes": gold}, text, [(start, end) for start, end in found])
    assert (comparison.whole.found.total(), comparison.whole.gold.total(), comparison.whole.predicted) == (
        2,
        3,
        3,
    )
    admitted = comparison.admitted
    assert (admitted.found.total(), admitted.gold.total(), admitted.predicted) == (1, 2, 2)
    assert comparison.cues == {("action", "agreed"): 1}


def test_a_piece_is_found_if_it_shares_four_fifths() -> None:
    text = "Odeh said the road was closed"
    gold = {"quotes": [attribution(text, "Odeh", "said", "the road was closed")]}
    for end, found in ((len(text) - 2, 1), (len(text) - 5, 0)):
        comparison = Comparison()
        comparison.add(gold, text, [(10, end)])
        assert comparison.whole.found.total() == found
