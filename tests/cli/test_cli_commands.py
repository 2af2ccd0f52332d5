"""The `extract` command as a user meets it: exit codes, messages, no traceback."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from cli_process import ROOT, extract, invoke

from extract.cli import main
from extract.errors import InputError
from faulty_rule import a_rule_with_a_fault


@pytest.fixture
def article(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    return folder


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[list[str]], tuple[object, str]]:
    """Arguments -> exit code and what was printed on standard error."""

    def call_main(arguments: list[str]) -> tuple[object, str]:
        monkeypatch.setattr("sys.argv", ["extract", *arguments])
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr("extract.cli.end_on_signals", lambda: None)  # this process is not the command's
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    return call_main


def test_run_prints_rows_counts_and_where_to_look(article: Path, tmp_path: Path) -> None:
    done = extract("run", article, "--output", tmp_path / "out", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\s*dates\s+1\s*$", done.stdout, re.MULTILINE)
    assert "Articles: 1 done, 0 skipped, 0 failed" in done.stdout
    assert "read_parquet" in done.stdout
    assert done.stderr == ""
    assert pd.read_parquet(tmp_path / "out" / "dates").value.tolist() == ["2021-05-03"]


@pytest.mark.usefixtures("warm")
def test_a_run_that_read_nothing_fails_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.exe").touch()
    done = invoke("run", tmp_path / "in", "--output", tmp_path / "out", "--workers", "1")
    assert done.exit_code == 1
    assert "Nothing was read" in done.stdout
    assert "1 .exe (unknown_format)" in done.stdout


def test_a_plan_counts_what_a_run_would_read_and_writes_nothing(article: Path, tmp_path: Path) -> None:
    (article / "empty.txt").touch()
    done = invoke("plan", article, "--output", tmp_path / "out")
    assert done.exit_code == 0
    assert "1 new, 1 unreadable" in done.stdout
    assert "empty_text" in done.stdout
    assert not (tmp_path / "out").exists()


def test_an_article_is_shown_with_what_its_parts_were_taken_for(article: Path, tmp_path: Path) -> None:
    (article / "a.txt").write_text(
        "Council meets in Basra\n\nBy Rana Odeh\n\nThe council met on Monday to talk about bread.\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    extract("run", article, "--output", out, "--workers", "1")
    assert "The council met on Monday" in invoke("show", "a", "--output", out).stdout
    shown = invoke("show", "a", "--sections", "--output", out).stdout
    assert re.findall(r"^ +(title|byline|body) ", shown, re.MULTILINE) == ["title", "byline", "body"]
    with pytest.raises(InputError, match="No article has the id 'b'"):
        invoke("show", "b", "--output", out)


@pytest.mark.usefixtures("warm")
def test_some_failed_is_exit_code_1_and_the_others_are_published(article: Path, tmp_path: Path) -> None:
    (article / "empty.txt").write_text("", encoding="utf-8")
    done = invoke("run", article, "--output", tmp_path / "out", "--workers", "1")
    assert done.exit_code == 1
    assert "1 done, 0 skipped, 1 failed" in done.stdout
    assert len(pd.read_parquet(tmp_path / "out" / "articles")) == 1


@pytest.mark.parametrize(
    ("arguments", "says", "advises"),
    [
        (["run", "nowhere"], "nowhere", "folder"),
        (["run", ""], "blank", "`.` is this folder"),
        (["run", "seeds", " \t"], "blank", "`.` is this folder"),
        (["run", "seeds", "--engine", "oracle"], "oracle", "spacy"),
        (["run", "seeds", "--output", "README.md"], "README.md", "--output"),
        (["evaluate", "--gold", "nowhere"], "nowhere", ""),
        (["evaluate", "articles", "--gold", "tests/gold"], "articles", "quotes"),
        (["evaluate", "--overrides", "o", "--errors"], "--errors", "--gold"),
        (["evaluate", "dates", "--overrides", "o"], "TABLE", "--gold"),
        (["evaluate", "--overrides", "o", "--floors", "f.json"], "--floors", "--gold"),
        (["evaluate", "--gold", "tests/gold", "--raise-floors"], "--raise-floors", "--floors"),
        (["unlinked", "--output", "tests"], "tests", "extract run"),
        (["who", "nobody-at-all", "--output", "tests"], "tests", "extract run"),
        (["query"], "SELECT", "--examples"),
        (["unlinked", "--label", "PLACE"], "PLACE", "FACTION"),
        (["lexicon", "show", "kataib-hizbullah"], "kataib-hizbullah", "kataib-hezbollah"),
    ],
)
def test_what_cannot_run_is_exit_code_2_and_a_clear_error(
    arguments: list[str],
    says: str,
    advises: str,
    call: Callable[[list[str]], tuple[object, str]],
    tmp_path: Path,
) -> None:
    output = [] if "--output" in arguments or arguments[0] != "run" else ["--output", str(tmp_path / "out")]
    code, errors = call([*arguments, *output])
    assert code == 2
    assert says in errors
    assert advises in errors


@pytest.mark.usefixtures("warm")
def test_one_table_can_be_evaluated_alone() -> None:
    hard = ROOT / "tests" / "gold" / "hard"
    shown = invoke("evaluate", "dates", "--gold", hard, "--articles", hard / "articles").stdout
    assert "dates: gold" in shown
    assert "quotes" not in shown
    assert "entities" not in shown


@pytest.mark.usefixtures("warm")
def test_scores_as_json_have_the_names_that_floors_have(tmp_path: Path) -> None:
    hard = ROOT / "tests" / "gold" / "hard"
    command = ("evaluate", "dates", "--gold", hard, "--articles", hard / "articles", "--json")
    told = json.loads(invoke(*command, "--errors", "--calibration").stdout)
    assert {name.split(".")[0] for name in told["measures"]} == {"dates"}
    assert {one["table"] for one in told["differences"]} == {"dates"}
    assert told["calibration"]["dates.confidence"]["rows"] > 0
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({**told["measures"], "dates.value_f1": 1.01}), encoding="utf-8")
    held = invoke(*command, "--floors", floors)
    assert json.loads(held.stdout) == {"measures": told["measures"]}
    assert held.stderr.splitlines() == [
        f"dates.value_f1 is {told['measures']['dates.value_f1']:.4f}, below its floor 1.0100."
    ]
    assert held.exit_code == 1


@pytest.mark.usefixtures("warm")
def test_what_an_analyst_judged_is_told_as_json(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(
        "It rained in Basra, a spokesman said on Monday.", encoding="utf-8"
    )
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "one.toml").write_text(
        '[[override]]\ntext = "Basra"\nlabel = "ORG"\n', encoding="utf-8"
    )
    command = ("evaluate", "--overrides", tmp_path / "mine", "--articles", tmp_path / "news", "--json")
    judged = json.loads(invoke(*command).stdout)
    assert [(one["table"], one["right"]) for one in judged] == [("entities", False)]


@pytest.mark.usefixtures("warm")
def test_an_evaluation_that_loses_a_row_says_so_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_BROKEN_ROWS", "drop")
    hard = ROOT / "tests" / "gold" / "hard"
    with a_rule_with_a_fault("Tuesday"):
        done = invoke("evaluate", "dates", "--gold", hard, "--articles", hard / "articles")
    assert done.exit_code == 1
    assert "dates: gold" in done.stdout
    assert "Table `dates`, rule `weekday.plain`" in done.stderr
    assert "`earliest` not after `latest`" in done.stderr


def test_an_error_is_no_traceback() -> None:
    done = extract("run", "nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr + done.stdout
