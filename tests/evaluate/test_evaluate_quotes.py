from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.evaluate import QuoteRow, Scores, format_errors, format_scores, score_quotes
from extract.evaluate.quotes import MARKED_TYPES, TYPES

QUOTE = QuoteRow("a", 100, 200, "words", "direct", "Salim Tarek", 80, 91)


def quote(start: int, kind: str, speaker: str | None) -> QuoteRow:
    at = None if speaker is None else start - 20
    return QuoteRow("a", start, start + 30, "words", kind, speaker, at, None if at is None else at + 10)


quotes = st.lists(
    st.builds(
        quote,
        st.integers(1, 100).map(lambda n: 60 * n),
        st.sampled_from(TYPES),
        st.sampled_from(["Salim Tarek", "Rana Odeh", None]),
    ),
    min_size=1,
    max_size=15,
    unique_by=lambda row: row.start,
)


@settings(max_examples=60)
@given(quotes)
def test_a_perfect_prediction_scores_one(gold: list[QuoteRow]) -> None:
    scores = score_quotes(gold, gold)
    assert all(value in (None, 1) for value in scores.measures().values())
    assert not scores.disagreements


@settings(max_examples=60)
@given(quotes, st.data())
def test_a_dropped_row_loses_its_type_one_quote(gold: list[QuoteRow], data: st.DataObject) -> None:
    dropped = data.draw(st.sampled_from(gold))
    scores = score_quotes(gold, [row for row in gold if row != dropped])
    for kind, counts in scores.types.items():
        lost = int(kind == dropped.type)
        assert counts.found == counts.right_type == counts.right_speaker == counts.gold - lost
    assert scores.marked.gold - scores.marked.found == int(dropped.type in MARKED_TYPES)
    assert scores.scare_taken == 0


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (100, 200, 1),
        (120, 200, 1),  # 80 % covered
        (121, 200, 0),
        (90, 250, 1),  # 1.5 times and ten characters
        (89, 250, 0),
        (300, 400, 0),
    ],
)
def test_a_quote_is_found_when_well_covered_and_not_swamped(start: int, end: int, found: int) -> None:
    assert score_quotes([QUOTE], [replace(QUOTE, start=start, end=end)]).marked.found == found


@pytest.mark.parametrize(
    ("changes", "right_speaker"),
    [
        ({}, 1),
        ({"speaker": "he"}, 1),  # the mentions overlap
        ({"speaker_start": 90, "speaker_end": 95}, 1),
        ({"speaker_start": 300, "speaker_end": 305, "speaker": "Mr TAREK"}, 1),  # last word of the name
        ({"speaker_start": 300, "speaker_end": 305, "speaker": "Tarek Salim"}, 0),
        ({"speaker_start": None, "speaker_end": None, "speaker": None}, 0),
    ],
)
def test_the_speaker_is_right_by_mention_or_by_name(changes: dict[str, object], right_speaker: int) -> None:
    scores = score_quotes([QUOTE], [replace(QUOTE, **changes)])
    assert scores.types["direct"].right_speaker == right_speaker
    assert [row.problem for row in scores.disagreements] == ([] if right_speaker else ["speaker"])


def test_no_speaker_is_right_where_gold_names_none() -> None:
    unnamed = replace(QUOTE, speaker=None, speaker_start=None, speaker_end=None)
    assert score_quotes([unnamed], [unnamed]).marked.right_speaker == 1
    assert score_quotes([unnamed], [QUOTE]).marked.right_speaker == 0


def test_a_wrong_type_is_found_all_the_same() -> None:
    scores = score_quotes([QUOTE], [replace(QUOTE, type="mixed")])
    assert (scores.marked.found, scores.marked.right_type, scores.marked.right_speaker) == (1, 0, 1)
    assert [(row.problem, row.expected, row.found) for row in scores.disagreements] == [
        ("type", "direct", "mixed")
    ]


def test_of_two_rows_on_the_span_the_one_of_the_right_type_answers() -> None:
    other = replace(QUOTE, type="indirect", speaker="Rana Odeh", speaker_start=300, speaker_end=309)
    for rows in ([QUOTE, other], [other, QUOTE]):
        assert score_quotes([QUOTE], rows).marked.right_speaker == 1


def test_speech_marked_as_scare_is_missed_and_scare_made_speech_is_taken() -> None:
    scare = replace(QUOTE, type="scare")
    assert score_quotes([QUOTE], [scare]).marked.found == 0
    scores = score_quotes([scare], [QUOTE])
    assert (scores.scare, scores.scare_taken) == (1, 1)
    assert scores.measures()["scare_kept"] == 0
    assert [row.problem for row in scores.disagreements] == ["type"]


def test_spurious_quotes_are_listed_unless_optional() -> None:
    extra = replace(QUOTE, start=900, end=950)
    assert [row.problem for row in score_quotes([QUOTE], [QUOTE, extra]).disagreements] == ["spurious"]
    assert not score_quotes([QUOTE], [QUOTE, extra], [extra]).disagreements


def test_a_quote_of_another_article_does_not_count() -> None:
    assert score_quotes([QUOTE], [replace(QUOTE, article="b")]).marked.found == 0


TEXT = 'The sun rose. Salim Tarek said the port stays open and called it a "gate". Rana Odeh left. "Go!"'


def at(words: str, kind: str, speaker: str | None, rule: str | None = None) -> QuoteRow:
    start = TEXT.index(words)
    return QuoteRow("port", start, start + len(words), words, kind, speaker, rule=rule)


def report(gold: list[QuoteRow], rows: list[QuoteRow]) -> tuple[str, list[str]]:
    scores = Scores(quotes=score_quotes(gold, rows))
    articles = pd.DataFrame({"article_id": ["port"], "text": [TEXT]})
    return format_scores(scores), format_errors(scores, articles).splitlines()


def test_errors_show_the_sentence_and_both_sides_in_text_order() -> None:
    gold = [at("the port stays open", "indirect", "Salim Tarek"), at("gate", "mixed", "Salim Tarek")]
    rows = [
        at("Go!", "direct", None, "marks"),
        at("gate", "direct", "Rana Odeh", "leading"),
        at("open and called", "indirect", "Salim Tarek", "clause"),
    ]
    table, errors = report(gold, rows)
    sentence = '  sentence  Salim Tarek said the port stays open and called it a "gate".'
    assert errors == [
        "quotes missed: port:31",
        sentence,
        "  gold      indirect, Salim Tarek: [the port stays open]",
        "  got       indirect, Salim Tarek, rule clause: [open and called]",
        "",
        "quotes type, speaker: port:68",
        sentence,
        "  gold      mixed, Salim Tarek: [gate]",
        "  got       direct, Rana Odeh, rule leading: [gate]",
        "",
        "quotes spurious: port:92",
        '  sentence  "Go!"',
        "  gold      -",
        "  got       direct, no speaker, rule marks: [Go!]",
    ]
    assert table.splitlines()[-1] == "rows without gold: direct 1"


def test_a_table_tells_of_each_type_what_was_found_typed_and_given_to_its_speaker() -> None:
    gold = [at("the port stays open", "indirect", "Salim Tarek"), at("gate", "mixed", "Salim Tarek")]
    table, _ = report(gold, [gold[0], replace(gold[1], type="direct")])
    lines = [line.split() for line in table.splitlines()]
    assert lines[0] == ["quotes", "gold", "found", "right", "type", "right", "speaker", "E2E"]
    assert ["indirect", "1", "1", "1", "1", "100.0"] in lines
    assert ["mixed", "1", "1", "0", "1", "100.0"] in lines
    assert ["all", "marked", "1", "1", "0", "1", "100.0"] in lines
