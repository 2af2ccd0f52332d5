"""Dates without the pipeline: `extract.dates.find` on plain text."""

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extract.dates import find, load_rules
from extract.errors import LexiconError

WEDNESDAY = date(2021, 7, 28)


def test_relative_dates_count_from_the_anchor() -> None:
    [timex] = find("He left on Tuesday.", WEDNESDAY)
    assert (timex.start, timex.end, timex.text) == (11, 18, "Tuesday")
    assert (timex.type, timex.value, timex.mod) == ("DATE", "2021-07-27", None)
    assert timex.earliest == timex.latest == date(2021, 7, 27)
    assert (timex.anchor, timex.anchor_source, timex.rule) == (WEDNESDAY, "published", "weekday.plain")


def test_the_words_around_decide_whether_a_weekday_lies_ahead() -> None:
    [timex] = find("He will leave on Tuesday.", WEDNESDAY)
    assert timex.value == "2021-08-03"


def test_a_judge_of_tense_can_be_given() -> None:
    [timex] = find("He left on Tuesday.", WEDNESDAY, tense=lambda _: "FUT")
    assert timex.value == "2021-08-03"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Tuesday", "XXXX-WXX-2"),
        ("on 28 July", "XXXX-07-28"),
        ("in July", "XXXX-07"),
        ("yesterday at 5 p.m.", "XXXX-XX-XXT17:00"),
    ],
)
def test_without_an_anchor_relative_dates_stay_open(text: str, value: str) -> None:
    [timex] = find(text)
    assert (timex.value, timex.earliest, timex.latest, timex.anchor) == (value, None, None, None)


def test_without_an_anchor_stated_dates_have_their_days() -> None:
    [timex] = find("in July 2021")
    assert (timex.value, timex.earliest, timex.latest) == ("2021-07", date(2021, 7, 1), date(2021, 7, 31))


def test_a_time_of_publication_counts_as_its_day() -> None:
    published = datetime(2021, 7, 28, 23, 30, tzinfo=UTC)
    assert find("He left yesterday.", published) == find("He left yesterday.", WEDNESDAY)


@pytest.mark.parametrize("text", ["", " \n\n ", "Nobody came.", "\x00\ud800"])
def test_a_text_without_dates_has_none(text: str) -> None:
    assert find(text, WEDNESDAY) == ()


def test_rules_are_read_once() -> None:
    assert load_rules() is load_rules()


def test_rules_of_ones_own_are_used(models_dir: Path, tmp_path: Path) -> None:
    shutil.copytree(models_dir / "dates", tmp_path / "dates")
    names = tmp_path / "dates/names.toml"
    text = names.read_text(encoding="utf-8").replace("[month.plain]", "[month.plain]\nThermidor = 7", 1)
    names.write_text(text, encoding="utf-8")
    assert [timex.value for timex in find("on 9 Thermidor 1994", WEDNESDAY)] == ["1994"]
    [timex] = find("on 9 Thermidor 1994", WEDNESDAY, rules=load_rules(tmp_path))
    assert timex.value == "1994-07-09"


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"names\.toml:1: The file is missing"):
        load_rules(tmp_path)


def test_nothing_dear_is_imported() -> None:
    code = (
        "import sys, extract.dates\n"
        "extract.dates.find('on 3 May 2021')\n"
        "print(sorted({'spacy', 'pandas', 'pyarrow', 'prefect', 'torch', 'stanza'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
