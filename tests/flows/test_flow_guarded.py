"""Who may start runs: a server with a password, as docs/scheduling.md sets it up."""

import shutil
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect_home import Prefect

from extract.cli.doctor.prefect import check_prefect

PASSWORD = "extract:0123456789abcdef"  # noqa: S105 - of a server that lives for a test


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Prefect]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("guarded")
    shutil.copy(database, home)
    prefect = Prefect(home, f"http://127.0.0.1:{port}/api")
    try:
        prefect.start(
            "prefect", "server", "start", "--port", str(port), PREFECT_SERVER_API_AUTH_STRING=PASSWORD
        )
        prefect.wait_for("Prefect server", lambda: prefect.ask("/health"))
        yield prefect
    finally:
        prefect.kill()


def answer(url: str, data: bytes | None = None, method: str | None = None, **headers: str) -> tuple[int, str]:
    """Return the status of an answer, and the origin that may read it."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data, names, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.headers.get("Access-Control-Allow-Origin", "")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Access-Control-Allow-Origin", "")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/flows/filter", b"{}"),
        ("/flow_runs/", b"{}"),
        ("/deployments/00000000-0000-0000-0000-000000000000/create_flow_run", b"{}"),
        ("/admin/version", None),
    ],
)
def test_without_the_password_nothing_can_be_read_or_started(
    path: str, data: bytes | None, guarded: Prefect
) -> None:
    assert answer(f"{guarded.url}{path}", data, Content_Type="application/json")[0] == 401
    assert answer(f"{guarded.url}{path}", data, Authorization="Basic ZXh0cmFjdDpndWVzcw==")[0] == 401


def test_a_flow_reports_to_the_server_with_the_password_alone(
    guarded: Prefect, inbox: Path, tmp_path: Path
) -> None:
    arguments = ("flows.extract_articles", str(inbox), "--output", str(tmp_path / "out"))
    refused = guarded.run(*arguments)
    assert refused.returncode != 0
    assert "Unauthorized" in refused.stderr
    assert not (tmp_path / "out").exists()
    done = guarded.run(*arguments, PREFECT_API_AUTH_STRING=PASSWORD)
    assert done.returncode == 1, done.stderr
    assert "1 done, 0 skipped, 1 failed" in done.stdout
    assert "Unauthorized" not in done.stderr


def test_the_doctor_gives_the_password(guarded: Prefect) -> None:
    address = {"PREFECT_API_URL": str(guarded.url)}

    assert check_prefect(address)[0].state == "problem"
    assert check_prefect(address | {"PREFECT_API_AUTH_STRING": PASSWORD})[0].state == "ok"


@pytest.mark.parametrize(
    ("origin", "may_read"),
    [
        ("http://127.0.0.1:4200", True),
        ("http://localhost:4200", True),
        ("https://example.org", False),
        ("http://127.0.0.1:4201", False),
        ("null", False),
    ],
)
def test_pages_of_other_origins_may_not_read_answers(origin: str, may_read: bool, guarded: Prefect) -> None:
    asked = {"Origin": origin, "Access_Control_Request_Method": "POST"}
    status, allowed = answer(f"{guarded.url}/flows/filter", method="OPTIONS", **asked)
    assert (status == 200) is may_read
    assert answer(f"{guarded.url}/health", Origin=origin)[1] == (origin if may_read else "")
    assert allowed in {"", origin}
