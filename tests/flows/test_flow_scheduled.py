"""The nightly deployment on a server with a process worker: planned, run, overlapping, killed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from prefect_home import Json, Prefect

pytestmark = pytest.mark.slow

REPORT_URL = "https://news.example.org/index.html"
WORKER = {"PREFECT_WORKER_QUERY_SECONDS": "1", "EXTRACT_REPORT_URL": REPORT_URL}


@pytest.fixture(scope="module")
def nightly(server: Prefect) -> Iterator[Json]:
    """The deployment as `prefect deploy --all` makes it from prefect.yaml."""
    if not any(pool["name"] == "extract" for pool in server.ask("/work_pools/filter", {})):
        server.ask("/work_pools/", {"name": "extract", "type": "process"})
    done = server.run("prefect", "--no-prompt", "deploy", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
    yield server.ask("/deployments/name/extract-articles/nightly")
    server.kill("worker start")
    server.kill("prefect.engine")


def schedule(server: Prefect, deployment: Json, inbox: Path, output: Path) -> str:
    """Plan a run for now, as the scheduler does for the night; return its id."""
    state = {"type": "SCHEDULED", "state_details": {"scheduled_time": datetime.now(UTC).isoformat()}}
    parameters = {"inputs": [str(inbox)], "output": str(output), "engine": "spacy", "workers": None}
    content = {"state": state, "parameters": parameters}
    return server.ask(f"/deployments/{deployment['id']}/create_flow_run", content)["id"]


def state_of(server: Prefect, run: str) -> Json:
    return server.ask(f"/flow_runs/{run}")["state"]


def wait_for_state(server: Prefect, run: str, *types: str) -> Json:
    def look() -> Json:
        state = state_of(server, run)
        return state if state["type"] in types else None

    return server.wait_for(f"run {' or '.join(types)}", look)


def start_worker(server: Prefect) -> None:
    server.start("prefect", "worker", "start", "--pool", "extract", **WORKER)


def test_the_deployment_is_that_of_the_file(nightly: Json) -> None:
    [planned] = nightly["schedules"]
    assert planned["schedule"]["cron"] == "0 3 * * *"
    assert planned["schedule"]["timezone"] == "Asia/Baghdad"
    assert nightly["global_concurrency_limit"]["limit"] == 1
    assert nightly["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert nightly["work_pool_name"] == "extract"
    [step] = nightly["pull_steps"]
    folder = step["prefect.deployments.steps.set_working_directory"]["directory"]
    assert (Path(folder) / "prefect.yaml").is_file()


def test_a_killed_run_starts_again_and_an_overlapping_one_is_cancelled(
    server: Prefect, nightly: Json, inbox: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    assert server.run("flows.automations", "--silence", "10", "--pause", "10").returncode == 0
    start_worker(server)
    run = schedule(server, nightly, inbox, output)
    wait_for_state(server, run, "PENDING", "RUNNING")
    overlapping = wait_for_state(server, schedule(server, nightly, inbox, output), "CANCELLED")
    assert "concurrency limit" in overlapping["message"]

    wait_for_state(server, run, "RUNNING")
    server.kill("worker start")
    server.kill("prefect.engine")
    assert wait_for_state(server, run, "SCHEDULED")["name"] == "AwaitingRetry"
    forget_automations(server)  # ten seconds of silence are less than a slow machine needs for the run
    start_worker(server)
    wait_for_state(server, run, "COMPLETED")
    history = [state["name"] for state in server.ask(f"/flow_run_states/?flow_run_id={run}")]
    assert history[-6:] == ["Crashed", "AwaitingRetry", "Pending", "Submitting", "Running", "Completed"]
    assert pd.read_parquet(output / "articles").article_id.tolist() == ["good"]

    artifacts = {one["key"]: one for one in server.ask("/artifacts/filter", of_run(run))}
    assert "1 articles published, 1 failed" in artifacts["extract-summary"]["data"]
    assert f"[Report]({REPORT_URL}): `{output}/report/index.html`" in artifacts["extract-summary"]["data"]
    assert "- 1 article, read for the first time" in artifacts["extract-summary"]["data"]
    assert "broken.txt" in artifacts["extract-issues"]["data"]
    assert artifacts["extract-progress"]["data"] == 100
    [event] = published(server, output)
    assert event["payload"]["snapshot"] == 1
    assert event["payload"]["rows"]["articles"] == 1
    lines = [
        line["message"] for line in server.ask("/logs/filter", {"logs": {"flow_run_id": {"any_": [run]}}})
    ]
    assert "Plan: 1 new, 1 unreadable" in lines


def test_the_nights_to_come_are_planned(server: Prefect, nightly: Json) -> None:
    planned = {
        "deployments": {"id": {"any_": [nightly["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
    }
    runs = server.wait_for("planned run", lambda: server.ask("/flow_runs/filter", planned), seconds=5)
    first = datetime.fromisoformat(runs[0]["expected_start_time"])
    assert first.astimezone(ZoneInfo("Asia/Baghdad")).strftime("%H:%M") == "03:00"
    assert datetime.now(UTC) < first < datetime.now(UTC) + timedelta(days=1)


def test_one_process_takes_the_deployment_over(server: Prefect, nightly: Json, inbox: Path) -> None:
    def taken_over() -> Json:
        found = server.ask("/deployments/name/extract-articles/nightly")
        return None if found["work_pool_name"] else found

    server.start("flows.serve", str(inbox), "--cron", "30 4 * * *")
    served = server.wait_for("served deployment", taken_over)
    server.kill("flows.serve")
    assert served["id"] == nightly["id"]
    [planned] = served["schedules"]
    assert planned["schedule"] == nightly["schedules"][0]["schedule"] | {"cron": "30 4 * * *"}
    assert served["concurrency_options"] == nightly["concurrency_options"]
    assert served["global_concurrency_limit"]["limit"] == 1
    assert served["parameters"] == {"inputs": [str(inbox)]}


def forget_automations(server: Prefect) -> None:
    for automation in server.ask("/automations/filter", {}):
        server.ask(f"/automations/{automation['id']}", method="DELETE")


def of_run(run: str) -> Json:
    return {"artifacts": {"flow_run_id": {"any_": [run]}}}


def published(server: Prefect, output: Path) -> Json:
    resource = {"id": [f"extract.store.{output}"]}
    content = {"filter": {"event": {"name": ["extract.published"]}, "resource": resource}}
    return server.wait_for("event", lambda: server.ask("/events/filter", content)["events"], seconds=20)
