"""A Prefect server on this machine for the tests of the flow; nothing that they start outlives them."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect_home import Prefect


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Prefect]:
    """Prefect without a server, on a machine that has never run it."""
    home = tmp_path / "prefect"
    home.mkdir()
    prefect = Prefect(home)
    yield prefect
    prefect.kill()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a home that was used before, to copy: Prefect makes one in five seconds."""
    prefect = Prefect(tmp_path_factory.mktemp("used"))
    made = prefect.run("prefect", "server", "database", "upgrade", "-y")
    assert made.returncode == 0, made.stderr
    return prefect.home / "prefect.db"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[Prefect]:
    """A server for all tests of the flow."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
    shutil.copy(database, home)
    prefect = Prefect(home, f"http://127.0.0.1:{port}/api")
    try:
        prefect.start("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port))
        prefect.wait_for("Prefect server", lambda: prefect.ask("/health"))
        yield prefect
    finally:
        prefect.kill()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with an article, and a file that is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01" * 50)
    return folder
