"""`extract report`, and the report as the last step of a run."""

import json
import logging
from pathlib import Path

import pytest
from report_samples import annotation, publish
from typer.testing import CliRunner, Result

from extract.cli.app import app
from extract.console import print_report


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return publish(tmp_path / "outputs", [annotation("a", "“It rained” said Bahr")])


def report(outputs: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["report", "--output", str(outputs), *options], catch_exceptions=False)


def test_the_command_makes_the_report_and_says_where_it_is(outputs: Path, tmp_path: Path) -> None:
    made = report(outputs)
    assert made.exit_code == 0
    assert str(outputs / "report" / "index.html") in made.stdout.replace("\n", "")
    assert (outputs / "report" / "index.html").is_file()
    assert "up to date" in report(outputs).stdout
    elsewhere = report(outputs, "--to", str(tmp_path / "www" / "said"))
    assert elsewhere.exit_code == 0
    assert (tmp_path / "www" / "said" / "index.html").is_file()


def test_what_was_made_is_told_as_json(outputs: Path) -> None:
    made = json.loads(report(outputs, "--json").stdout)
    assert made["index"] == str(outputs / "report" / "index.html")
    assert made["n_written"] == made["n_files"] > 0
    assert made["headlines"]
    again = json.loads(report(outputs, "--json").stdout)
    assert (again["n_files"], again["n_written"]) == (0, 0)


def test_a_report_that_fails_does_not_fail_the_run(
    outputs: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    (outputs / "report").mkdir()
    with caplog.at_level(logging.WARNING):
        print_report(outputs)
    assert "the tables are not affected" in caplog.text
    assert not capsys.readouterr().out


def test_the_report_is_where_it_is_said_to_be(outputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(outputs)
    [line] = capsys.readouterr().out.splitlines()
    assert Path(line.removeprefix("Report: ")).is_file()
