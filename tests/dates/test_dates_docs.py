"""docs/dates.md: its tables and its rule are checked."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.dates import Timex, find, load_rules

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/dates.md").read_text(encoding="utf-8")
WEDNESDAY = date(2021, 7, 28)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def conventions() -> list[list[str]]:
    """Return the rows of the table of conventions."""
    table = TEXT.split("| expression | value | mod | earliest | latest |\n")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]


@pytest.mark.parametrize("row", conventions(), ids=lambda row: row[0])
def test_the_conventions_are_kept(row: list[str]) -> None:
    surface, *expected = row
    [timex] = find(f"That was {surface}.", WEDNESDAY)
    assert timex.text == surface
    assert [timex.value, *map(_shown, (timex.mod, timex.earliest, timex.latest))] == expected


def _shown(value: Any) -> str:  # noqa: ANN401 - a mod or a day
    return "" if value is None else str(value)


def test_all_fields_are_described() -> None:
    table = TEXT.split("| field | meaning |\n")[1].split("\n\n")[0]
    described = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert described == set(Timex.__slots__)


def test_the_rule_works(tmp_path: Path) -> None:
    [rule] = blocks("toml")
    shutil.copytree(ROOT / "models/dates", tmp_path / "dates")
    with (tmp_path / "dates/rules.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + rule)
    [timex] = find("It was made in 07.2021, they say.", WEDNESDAY, rules=load_rules(tmp_path))
    assert (timex.text, timex.value, timex.rule) == ("07.2021", "2021-07", "month.numbered")
