"""`extract doctor`: what is installed, used and published, and the way out where it is not whole."""

import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli_process import ROOT, invoke

from extract.cli.doctor import checks as doctor_checks
from extract.cli.doctor.prefect import check_prefect
from extract.engines import ENGINES
from extract.engines.fast import library
from extract.errors import SettingsError
from extract.pipeline import run
from extract.pipeline.annotator import Annotator
from extract.settings import Settings
from extract.store import Store
from warm_workers import warm_workers

needs_stanza = pytest.mark.skipif(
    importlib.util.find_spec("stanza") is None, reason="the extra stanza is not installed"
)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("EXTRACT_", "STANZA_", "PREFECT_")):
            monkeypatch.delenv(name)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """models/ of our own, without the weights of Stanza."""
    ignored = shutil.ignore_patterns("weights", "weights.sha256")
    return Path(shutil.copytree(ROOT / "models", tmp_path / "models", ignore=ignored))


@pytest.fixture(scope="module")
def published(annotator: Annotator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doctor")
    (folder / "a.txt").write_text("Officials in Baghdad met on 3 May 2021.\n", encoding="utf-8")
    with warm_workers(annotator):
        run([folder / "a.txt"], Settings(output=folder / "out", workers=1))
    return folder / "out"


@pytest.fixture
def tables(published: Path, tmp_path: Path) -> Path:
    """Tables that the test may damage."""
    return Path(shutil.copytree(published, tmp_path / "out", symlinks=True))


class Report:
    """What the doctor printed: by name, state, value and advice."""

    def __init__(self, *arguments: str | Path, **environment: str) -> None:
        done = invoke("doctor", *arguments, **environment)
        self.exit_code, self.text = done.exit_code, done.stdout
        row = re.compile(r"^  (ok|note|problem) +(\S+(?: \S+)?)  +(.*(?:\n {10,}.*)*)", re.MULTILINE)
        self.rows: dict[str, tuple[str, str]] = {}
        for state, name, value in row.findall(done.stdout):
            above = self.rows.get(name, (state, ""))[1]
            self.rows[name] = (state, f"{above}\n{value}")
        self.problems = {name for name, (state, _) in self.rows.items() if state == "problem"}

    def says(self, name: str, state: str, *words: str) -> bool:
        """Whether the row has that state and holds these words, the advice among them."""
        seen, value = self.rows[name]
        return seen == state and all(word in value for word in words)


def add_weights(models: Path, *, written: bytes, recorded: bytes) -> Path:
    """Put one file of Stanza weights under models/, and the checksum of `recorded`."""
    file = models / "stanza" / "weights" / "en" / "ner" / "names.pt"
    file.parent.mkdir(parents=True)
    file.write_bytes(written)
    line = f"{hashlib.sha256(recorded).hexdigest()}  en/ner/names.pt\n"
    (models / "stanza" / "weights.sha256").write_text(line, encoding="utf-8")
    return file


def test_a_sound_installation_is_exit_code_0(published: Path) -> None:
    report = Report("--output", published, EXTRACT_FAST="0")  # as the machine may have no C compiler
    assert report.exit_code == 0, report.text
    assert set(ENGINES) | set(doctor_checks.PACKAGES) <= report.rows.keys()
    assert report.says("spacy", "ok", "intact; selected")
    assert re.search(r"ok +spacy +\d+\.\d+", report.text)
    assert report.says("lexicon", "ok", "actors", "places")
    assert report.says("folder", "ok", str(published))
    assert report.says("tables", "ok", "intact; articles: 1,", str(published / ".snapshots" / "000001"))
    assert report.says("pipeline", "ok")
    assert report.says("fast inference", "ok", "off (EXTRACT_FAST)")
    assert report.text.endswith("Ready to run.\n")


def test_the_inference_that_runs_is_told_with_the_way_to_the_other(tmp_path: Path) -> None:
    report = Report("--output", tmp_path / "out")
    assert report.exit_code == 0, report.text
    if library.LIBRARY.is_file():
        assert report.says("fast inference", "ok", "on;")
    else:
        assert report.says("fast inference", "note", "not compiled", "C compiler")


def test_a_package_that_is_not_installed_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "PACKAGES", ("pandas", "no-such-package"))
    pandas, missing = doctor_checks.check_versions()[1:]
    assert pandas.state == "ok"
    assert (missing.value, missing.state) == ("not installed", "note")


@needs_stanza
def test_missing_weights_are_a_problem_of_the_chosen_engine_alone(models: Path, published: Path) -> None:
    chosen = Report("--engine", "stanza", "--output", published, EXTRACT_MODELS_DIR=str(models))
    assert chosen.exit_code == 1
    assert chosen.problems == {"stanza"}
    assert chosen.says("stanza", "problem", "weights.sha256", "Restore or train it")
    assert chosen.says("Stanza models", "note", str(models / "stanza" / "weights"), "missing")
    other = Report("--engine", "spacy", "--output", published, EXTRACT_MODELS_DIR=str(models))
    assert other.exit_code == 0
    assert other.says("stanza", "note", "weights.sha256", "Restore or train it")
    assert other.says("consensus", "note", "weights.sha256")


@needs_stanza
def test_altered_weights_are_named_and_whole_ones_are_not(models: Path, tmp_path: Path) -> None:
    file = add_weights(models, written=b"spoiled", recorded=b"sound")
    settings = {"EXTRACT_MODELS_DIR": str(models), "EXTRACT_OUTPUT": str(tmp_path / "out")}
    altered = Report("--engine", "stanza", **settings)
    assert altered.exit_code == 1
    assert altered.says("stanza", "problem", "altered", str(file), "Restore or train it")
    file.write_bytes(b"sound")
    assert Report("--engine", "stanza", **settings).says("stanza", "ok", "selected")


@needs_stanza
def test_official_models_without_a_folder_are_told_with_the_way_to_get_them(tmp_path: Path) -> None:
    settings = {"EXTRACT_STANZA_MODELS": "official", "EXTRACT_OUTPUT": str(tmp_path / "out")}
    report = Report("--engine", "consensus", **settings)
    assert report.problems == {"consensus"}
    assert report.says("consensus", "problem", "EXTRACT_STANZA_DIR", "stanza.download")


def test_altered_weights_of_spacy_stop_every_engine(models: Path, tmp_path: Path) -> None:
    [checksums] = (models / "spacy").glob("*.sha256")
    text = checksums.read_text(encoding="utf-8")
    checksums.write_text(re.sub(r"^[0-9a-f]{64}", "0" * 64, text, flags=re.MULTILINE), encoding="utf-8")
    report = Report("--output", tmp_path / "out", EXTRACT_MODELS_DIR=str(models))
    assert report.exit_code == 1
    assert report.problems == {"spacy"}
    assert report.says("spacy", "problem", "altered", "pip install")
    assert report.says("consensus", "note", "altered")


def test_an_unknown_engine_is_a_problem(tmp_path: Path) -> None:
    report = Report("--engine", "oracle", "--output", tmp_path / "out")
    assert report.exit_code == 1
    assert report.says("oracle", "problem", "not known", "spacy")
    assert "selected" not in report.text


@pytest.mark.parametrize(
    ("file", "name"),
    [("lexicon/places.toml", "lexicon"), ("quotes/cues.toml", "rules"), ("reading/layout.toml", "rules")],
)
def test_broken_knowledge_is_named_with_its_file(file: str, name: str, models: Path, tmp_path: Path) -> None:
    with (models / file).open("a", encoding="utf-8") as broken:
        broken.write("\nthis is no TOML\n")
    report = Report("--output", tmp_path / "out", EXTRACT_MODELS_DIR=str(models))
    assert report.exit_code == 1
    assert report.problems == {name}
    assert report.says(name, "problem", str(models / file), "Fix the line")


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    report = Report("--output", tmp_path / "new" / "out")
    assert report.exit_code == 0
    assert report.says("folder", "ok", "will be created by the first run")
    assert report.says("tables", "ok", "nothing is published", "extract run")
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    report = Report("--output", tmp_path / "out" / "tables")
    assert report.exit_code == 1
    assert report.says("folder", "problem", "not a folder", "--output")


def test_a_folder_of_somebody_else_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    assert Report("--output", tmp_path).exit_code == 0
    (tmp_path / "letters").mkdir()
    report = Report("--output", tmp_path)
    assert report.exit_code == 1
    assert report.says("folder", "problem", "letters", "--output")


def test_an_output_that_cannot_be_written_to_is_a_problem(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path) == published and mode & os.W_OK))
    report = Report("--output", published)
    assert report.exit_code == 1
    assert report.problems == {"folder"}
    assert report.says("folder", "problem", "cannot be written to", "permission")


def test_a_disk_that_is_nearly_full_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**8))
    report = Report("--output", tmp_path / "out")
    assert report.exit_code == 0
    assert report.says("free space", "note", "0.1 GB", "EXTRACT_KEEP_SNAPSHOTS")


def test_tables_of_another_pipeline_will_be_made_anew(models: Path, published: Path) -> None:
    with (models / "lexicon" / "places.toml").open("a", encoding="utf-8") as changed:
        changed.write("\n# another lexicon\n")
    report = Report("--output", published, EXTRACT_MODELS_DIR=str(models))
    assert report.exit_code == 0
    assert report.says("tables", "ok", "articles: 1,")
    assert report.says("pipeline", "note", "lexicon: 1", "process them again")


def test_damaged_tables_are_a_problem(tables: Path) -> None:
    [file, *_] = (tables / "quotes").glob("*.parquet")
    file.write_bytes(b"spoiled")
    report = Report("--output", tables)
    assert report.exit_code == 1
    assert report.problems == {"store"}
    assert report.says("store", "problem", file.name, "damaged", "extract run")


def test_lost_articles_are_a_problem(tables: Path) -> None:
    for file in (tables / "articles").glob("*.parquet"):
        file.unlink()
    report = Report("--output", tables)
    assert report.exit_code == 1
    assert report.says("store", "problem", "articles", "is missing", "extract run")


def test_a_damaged_manifest_is_a_problem(tables: Path) -> None:
    (tables / ".current" / "manifest.json").write_text("{", encoding="utf-8")
    report = Report("--output", tables)
    assert report.exit_code == 1
    assert report.says("store", "problem", "manifest", "extract run")


def test_a_run_at_work_is_a_note_that_names_its_process(tables: Path) -> None:
    with Store(tables, keep=3).lock():
        report = Report("--output", tables)
    assert report.exit_code == 0, report.text
    assert report.says("store", "note", "A run is in progress", str(os.getpid()), "Wait")
    assert report.says("tables", "ok", "articles: 1,")


class Server:
    """A server on this machine that answers as Prefect's would, or not."""

    def __init__(self, answers: Mapping[str, tuple[int, str]]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = answers.get(self.path, (404, "{}"))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self.url

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_without_an_address_no_server_is_looked_for() -> None:
    [finding] = check_prefect({})
    assert finding.state == "ok"
    assert "temporary server" in finding.value


def test_a_server_that_answers_is_told_with_its_version(published: Path) -> None:
    with Server({"/api/health": (200, "true"), "/api/admin/version": (200, '"3.8.8"')}) as url:
        report = Report("--output", published, PREFECT_API_URL=url)
    assert report.exit_code == 0
    assert report.says("server", "ok", f"{url} answers, version 3.8.8")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, ("404", "ends in /api")),
        ({"/api/health": (401, "no")}, ("401", "key or password")),
        ({"/api/health": (200, "<html>")}, ("does not answer", "prefect server start")),
    ],
)
def test_a_server_that_answers_otherwise_is_a_problem(
    answers: Mapping[str, tuple[int, str]], words: tuple[str, ...], published: Path
) -> None:
    with Server(answers) as url:
        report = Report("--output", published, PREFECT_API_URL=url)
    assert report.exit_code == 1
    assert report.says("server", "problem", url, *words)


def test_a_server_that_is_not_there_or_silent_is_a_problem_and_costs_two_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        started = time.monotonic()
        [finding] = check_prefect({"PREFECT_API_URL": f"http://127.0.0.1:{port}/api"})
        assert time.monotonic() - started < 10
        assert (finding.state, "does not answer" in finding.value) == ("problem", True)
    [finding] = check_prefect({"PREFECT_API_URL": f"http://127.0.0.1:{port}/api"})
    assert finding.state == "problem"
    assert "prefect server start" in finding.advice


@pytest.mark.parametrize("url", ["127.0.0.1:4200/api", "file:///etc/passwd", "http://[", "http://"])
def test_what_is_no_address_is_a_problem(url: str) -> None:
    [finding] = check_prefect({"PREFECT_API_URL": url})
    assert finding.state == "problem"
    assert finding.advice


def test_settings_of_the_environment_are_shown(tmp_path: Path) -> None:
    environment = {"EXTRACT_KEEP_SNAPSHOTS": "7", "EXTRACT_OUTPUT": "elsewhere", "EXTRACT_WORKER": "2"}
    report = Report("--output", tmp_path / "out", **environment)
    assert report.exit_code == 0
    assert report.says("EXTRACT_KEEP_SNAPSHOTS", "ok", "7")
    assert report.says("EXTRACT_OUTPUT", "ok", "elsewhere; overridden by the option", str(tmp_path / "out"))
    assert report.says("EXTRACT_WORKER", "note", "not a setting", "EXTRACT_WORKERS")
    assert "EXTRACT_ENGINE" not in report.rows


def test_settings_that_cannot_be_read_are_named() -> None:
    report = Report(EXTRACT_WORKERS="many", EXTRACT_BATCH_SIZE="90")
    assert report.exit_code == 1
    assert report.problems == {"settings"}
    assert report.says("settings", "problem", "EXTRACT_WORKERS", "many", "EXTRACT_BATCH_SIZE", "docs/")


def test_a_run_with_settings_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(SettingsError, match="EXTRACT_WORKERS is 'many'"):
        invoke("run", "seeds", EXTRACT_WORKERS="many")


def test_stanza_is_not_loaded(tmp_path: Path) -> None:
    """It takes seconds, and the doctor is to work where it is broken."""
    check = (
        "import sys; from extract.cli.app import app; app(sys.argv[1:], standalone_mode=False); "
        "print([name for name in ('stanza', 'prefect', 'torch') if name in sys.modules])"
    )
    command = [sys.executable, "-c", check, "doctor", "--output", str(tmp_path / "out")]
    environment = {**os.environ, "EXTRACT_FAST": "0"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("Ready to run.\n[]\n")
