"""The rules and names as data: every example is found by its rule, and a broken file is named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from extract.dates.finder import find_timexes
from extract.dates.rules import DateRule, check_date_rules, load_date_rules
from extract.dates.timex.calendar import FINENESS
from extract.dates.timex.resolver import FAMILIES
from extract.errors import LexiconError
from extract.knowledge import read_toml

ROOT = Path(__file__).parents[2]
RULES = load_date_rules(ROOT / "models")
NAMES = read_toml(ROOT / "models/dates/names.toml")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of the date data that a test may break."""
    shutil.copytree(ROOT / "models/dates", tmp_path / "dates")
    return tmp_path


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.name)
def test_each_rule_finds_its_example(rule: DateRule) -> None:
    assert find_timexes(rule.example, replace(RULES, rules=(rule,)))


def test_every_family_has_a_function_and_every_function_a_rule() -> None:
    assert {rule.name.split(".")[0] for rule in RULES.rules} == set(FAMILIES)


def test_names_have_values_that_the_resolver_knows() -> None:
    units = {code for table in NAMES["unit"].values() for code in table.values()}
    assert {unit for unit in units if not unit.startswith("T")} | {"WE"} == set(FINENESS)
    assert set(NAMES["period"].values()) <= set(FINENESS)
    assert {number for table in NAMES["month"].values() for number in table.values()} == set(range(1, 13))
    assert {number for table in NAMES["weekday"].values() for number in table.values()} == set(range(1, 8))


@pytest.mark.parametrize(
    ("added", "seen"),
    [
        ("pattern = '{moon} {day}'\nneeds = 'digit'\nexample = 'x'", "moon"),
        ("pattern = '({day}'\nneeds = 'digit'\nexample = 'x'", "missing )"),
        ("pattern = '{day}'\nneeds = 'tide'\nexample = 'x'", "unknown trigger tide"),
        ("pattern = '{day}'\nneed = 'digit'\nexample = 'x'", "need"),
        ("pattern = '{day}'\nexample = 'x'", "needs"),
    ],
)
def test_a_broken_rule_is_named(models: Path, added: str, seen: str) -> None:
    with (models / "dates/rules.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[rules.today.broken]\n{added}\n")
    with pytest.raises(LexiconError, match=r"today\.broken") as caught:
        check_date_rules(load_date_rules(models))
    assert seen in str(caught.value)


def test_a_broken_trigger_is_told(models: Path) -> None:
    rules = models / "dates/rules.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("season = '{season}", "season = '{tide}", 1), encoding="utf-8")
    with pytest.raises(LexiconError, match="trigger"):
        load_date_rules(models)


def test_a_piece_within_itself_is_named(models: Path) -> None:
    rules = models / "dates/rules.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("[pieces]\n", "[pieces]\nmoon = '{moon}'\n", 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"rules\.toml:\d+: `pieces.moon` contains itself: moon > moon"):
        load_date_rules(models)


def test_a_missing_table_is_named(models: Path) -> None:
    (models / "dates/rules.toml").write_text("[triggers]\nmoon = 'moon'\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"rules\.toml:1: `growth`"):
        load_date_rules(models)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"names\.toml:1: The file is missing"):
        load_date_rules(tmp_path)


def test_a_new_month_name_is_one_line(models: Path) -> None:
    names = models / "dates/names.toml"
    names.write_text(
        names.read_text(encoding="utf-8").replace("[month.plain]", "[month.plain]\nPuyember = 3", 1),
        encoding="utf-8",
    )
    [span] = find_timexes("It fell on 3 Puyember 2020.", load_date_rules(models))
    assert span.parts == {"day": "3", "month": "3", "year": "2020"}


def test_letters_that_only_look_alike_are_no_names() -> None:
    assert find_timexes("laſt yearſ, thıs year, in 20٢١", RULES) == ()


def test_typographic_apostrophes_and_line_breaks_are_like_plain_ones() -> None:
    for text in ("the year's end", "the year’s end", "the  year's end"):
        assert [span.text for span in find_timexes(text, RULES)] == [text]
