"""A rule with a fault costs its rows and no article; in our own runs it fails the article."""

from pathlib import Path

import pandas as pd
import pytest

from extract.pipeline import run
from extract.settings import Settings
from faulty_rule import a_rule_with_a_fault

ARTICLE = (
    "The clerk left Baghdad on 3 May 2021. “We agree,” said Karwan Dizayi. He came back late last week.\n"
)
FAULTY = "late last week"
OTHER = "Officials in Basra met on 4 May 2021.\n"
Tables = dict[str, pd.DataFrame]

pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    return folder


def settings_of(tmp_path: Path, **options: object) -> Settings:
    return Settings.model_validate({"output": tmp_path / "outputs", "workers": 1, **options})


def read(tmp_path: Path) -> Tables:
    return {
        name: pd.read_parquet(tmp_path / "outputs" / name)
        for name in ("articles", "quotes", "dates", "issues")
    }


def codes(tables: Tables) -> list[str]:
    return [code for code in tables["issues"].code if code in ("row_dropped", "annotation_failed")]


def test_a_user_loses_the_row_and_is_told(inbox: Path, tmp_path: Path) -> None:
    with a_rule_with_a_fault(FAULTY):
        assert run([inbox], settings_of(tmp_path, broken_rows="drop")).is_flawless
    tables = read(tmp_path)
    assert set(tables["articles"].article_id) == {"a", "b"}
    assert list(tables["dates"].text) == ["3 May 2021", "4 May 2021"]
    assert list(tables["quotes"].text) == ["We agree,"]
    assert codes(tables) == ["row_dropped"]


def test_the_row_is_back_and_the_issue_gone_when_the_rule_is_mended(inbox: Path, tmp_path: Path) -> None:
    with a_rule_with_a_fault(FAULTY):
        run([inbox], settings_of(tmp_path, broken_rows="drop"))
    run([inbox], settings_of(tmp_path, full=True))
    tables = read(tmp_path)
    assert FAULTY in set(tables["dates"].text)
    assert codes(tables) == []


def test_our_own_runs_fail(inbox: Path, tmp_path: Path) -> None:
    with a_rule_with_a_fault(FAULTY):
        summary = run([inbox], settings_of(tmp_path))
    assert (summary.done, summary.failed) == (1, 1)
    tables = read(tmp_path)
    assert set(tables["articles"].article_id) == {"b"}
    [issue] = [row for row in tables["issues"].to_dict("records") if row["code"] == "annotation_failed"]
    assert "`earliest` not after `latest`" in issue["message"]


def test_users_get_the_setting_that_drops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXTRACT_BROKEN_ROWS")
    assert Settings().broken_rows == "drop"
