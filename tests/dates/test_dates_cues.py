"""The words around dates as data: a new word is one line, and what contradicts itself is named."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extract.check.date_rules import check_dates
from extract.dates import find, load_rules
from extract.errors import LexiconError

ROOT = Path(__file__).parents[2]
WEDNESDAY = date(2021, 7, 28)
TENSE, CONTEXT = "dates/tense.toml", "dates/context.toml"

Change = Callable[[str, str, str], Path]


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """Replace something in a copy of a file of the date data; return the copied folder."""
    shutil.copytree(ROOT / "models/dates", tmp_path / "dates")

    def replace(file: str, old: str, new: str) -> Path:
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return replace


@pytest.mark.parametrize(
    ("line", "text", "value", "changed"),
    [
        (
            (TENSE, '"ahead of", "upcoming"', '"in the diary", "ahead of", "upcoming"'),
            *("Talks in the diary on Tuesday.", "2021-07-27", "2021-08-03"),
        ),
        (
            (TENSE, '"payable"', '"payable", "no sooner than"'),
            *("It ended no sooner than on the Tuesday.", "2021-07-27", "2021-08-03"),
        ),
        (
            (CONTEXT, '"Back in"', '"Back in", "By"'),
            *("By 2020, it fell in June.", "2021-06", "2020-06"),
        ),
        (
            (CONTEXT, '"said", "says"', '"said", "quipped", "says"'),
            *('"I leave tomorrow," he quipped on 3 May 2020.', "2021-07-29", "2020-05-04"),
        ),
    ],
)
def test_a_new_word_is_one_line(
    change: Change, line: tuple[str, str, str], text: str, value: str, changed: str
) -> None:
    rules = load_rules(change(*line))
    assert value in {timex.value for timex in find(text, WEDNESDAY)}
    assert changed in {timex.value for timex in find(text, WEDNESDAY, rules=rules)}


@pytest.mark.parametrize(
    ("file", "old", "new", "seen"),
    [
        (CONTEXT, '"since", "of", "from"', '"in the wake of"', r"context\.toml:\d+: `narrative\.since`"),
        (TENSE, 'prepositions = ["for"]', "prepositions = []", r"tense\.toml:\d+: `plans\.prepositions`"),
        (TENSE, "\n[calendar]", "\n[diary]", r"tense\.toml:\d+: `(calendar|diary)`"),
    ],
)
def test_what_could_never_match_is_refused(change: Change, file: str, old: str, new: str, seen: str) -> None:
    with pytest.raises(LexiconError, match=seen):
        load_rules(change(file, old, new))


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('past = ["had"', 'past = ["may", "had"', "may"),
        ('acts = ["set"', 'acts = ["plan", "set"', "plan"),
        ('"was", "were", "had", "did", "said"', '"was", "were", "due", "had", "did", "said"', "due"),
    ],
)
def test_a_word_of_two_tenses_is_one_finding(change: Change, old: str, new: str, word: str) -> None:
    models = change(TENSE, old, new)
    [finding] = check_dates(models)
    lines = (models / TENSE).read_text(encoding="utf-8").splitlines()
    assert finding.severity == "error"
    assert f"{word!r} is in `" in finding.message
    assert f'"{word}"' in lines[finding.line - 1]
