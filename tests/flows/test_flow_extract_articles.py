"""The flow as a command: with the temporary server of a bare machine, and with a started server."""

from pathlib import Path
from subprocess import CompletedProcess

import pandas as pd
import pytest
from prefect_home import Json, Prefect

from extract.store import Store


def run_flow(prefect: Prefect, inbox: Path, output: Path) -> CompletedProcess[str]:
    return prefect.run("flows.extract_articles", str(inbox), "--output", str(output))


def last_run(prefect: Prefect) -> Json:
    return prefect.ask("/flow_runs/filter", {"sort": "START_TIME_DESC", "limit": 1})[0]


def test_a_bad_article_does_not_fail_the_flow(inbox: Path, tmp_path: Path, alone: Prefect) -> None:
    done = run_flow(alone, inbox, tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert "1 done, 0 skipped, 1 failed" in done.stdout
    assert "Completed" in done.stderr
    assert "database is locked" not in done.stderr
    assert pd.read_parquet(tmp_path / "out" / "dates").value.tolist() == ["2021-05-03"]


def test_a_run_over_its_time_ends_and_leaves_the_old_tables(
    inbox: Path, tmp_path: Path, server: Prefect
) -> None:
    output = tmp_path / "elsewhere"
    done = server.run("flows.extract_articles", str(inbox), EXTRACT_OUTPUT=str(output))
    assert done.returncode == 1, done.stderr
    assert "temporary server" not in done.stderr
    assert last_run(server)["state"]["type"] == "COMPLETED"

    sentences = "The ministry said on Monday that talks in Basra would go on for a week. " * 200
    for number in range(200):
        (inbox / f"{number}.txt").write_text(f"Report {number}. {sentences}", encoding="utf-8")
    late = server.run(
        "flows.extract_articles", str(inbox), EXTRACT_OUTPUT=str(output), EXTRACT_TIME_LIMIT="3"
    )
    assert late.returncode == 2, late.stderr
    assert "Raise EXTRACT_TIME_LIMIT" in late.stderr
    assert last_run(server)["state"]["name"] == "TimedOut"
    assert not server.processes("spawn_main")
    assert pd.read_parquet(output / "articles").article_id.tolist() == ["good"]


BUSY_ONCE = """
import errno, sys, typer
import flows.extract_articles as run
real, tries = run.plan_step, []

def busy_once(*arguments):
    tries.append(1)
    if len(tries) == 1:
        raise OSError(errno.EBUSY, "Device or resource busy")
    return real(*arguments)

run.plan_step = busy_once
typer.run(run.main)
"""


@pytest.mark.parametrize("variable", ["EXTRACT_TIME_LIMIT", "EXTRACT_WORKERS"])
def test_a_setting_that_cannot_be_is_told_before_there_is_a_run(
    variable: str, inbox: Path, tmp_path: Path, alone: Prefect
) -> None:
    done = alone.run(
        "flows.extract_articles", str(inbox), "--output", str(tmp_path / "out"), **{variable: "soon"}
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {variable} is 'soon': ")
    assert "\nSet it " in done.stderr
    assert "Traceback" not in done.stderr
    assert "Flow run" not in done.stderr


CALL = "import sys; from flows.extract_articles import extract_articles as flow; flow(sys.argv[1:])"


def test_a_run_with_a_time_limit_that_cannot_be_fails_and_says_so(inbox: Path, server: Prefect) -> None:
    assert server.python("-c", CALL, str(inbox), EXTRACT_TIME_LIMIT="soon").returncode == 1
    state = last_run(server)["state"]
    assert state["name"] == "Failed"
    assert "EXTRACT_TIME_LIMIT is 'soon'" in state["message"]
    assert "number of seconds, such as 21600" in state["message"]


def test_a_step_that_meets_a_busy_disk_is_tried_again(inbox: Path, tmp_path: Path, server: Prefect) -> None:
    (inbox / "broken.txt").unlink()
    done = server.python("-c", BUSY_ONCE, str(inbox), "--output", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "Device or resource busy" in done.stderr
    assert "Retry 1/4 will start" in done.stderr
    assert "1 done, 0 skipped, 0 failed" in done.stdout


def test_a_missing_input_fails_at_once_and_says_what_to_do(tmp_path: Path, server: Prefect) -> None:
    done = run_flow(server, tmp_path / "nowhere", tmp_path / "out")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Retry" not in done.stderr
    state = last_run(server)["state"]
    assert state["type"] == "FAILED"
    assert "nowhere does not exist. Give a file, a folder or a pattern" in state["message"]


@pytest.mark.parametrize("module", ["flows.extract_articles", "flows.serve"])
def test_a_blank_input_is_told_before_there_is_a_run(module: str, alone: Prefect) -> None:
    done = alone.run(module, "", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert done.returncode == 2
    assert (
        done.stderr
        == "error: An input is blank: ''.\nName a file, a folder or a pattern; `.` is this folder.\n"
    )


def test_a_run_with_a_blank_input_fails_and_says_so(inbox: Path, server: Prefect) -> None:
    assert server.python("-c", CALL, str(inbox), "").returncode == 1
    state = last_run(server)["state"]
    assert state["type"] == "FAILED"
    assert "An input is blank" in state["message"]


def test_a_run_that_finds_the_folder_in_use_is_cancelled(
    inbox: Path, tmp_path: Path, server: Prefect
) -> None:
    with Store(tmp_path / "out", keep=1).lock():
        done = run_flow(server, inbox, tmp_path / "out")
    assert done.returncode == 2
    assert "is in use by process" in done.stderr
    assert "Traceback" not in done.stderr
    state = last_run(server)["state"]
    assert state["type"] == "CANCELLED"
    assert "is in use by process" in state["message"]
    assert "there is no file to delete" in state["message"]
