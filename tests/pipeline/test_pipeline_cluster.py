"""A cluster gives the tables of one machine, whatever happens to its workers."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from unittest import mock

import pandas as pd
import pytest
from distributed import CancelledError, Future, LocalCluster, Status, get_worker
from good_article import GOOD
from spacy.tokens import Doc

from extract.engines.spacy import SpacyEngine
from extract.errors import ClusterError, ModelError, SettingsError
from extract.model import Article
from extract.pipeline import BatchResult, Progress, run
from extract.pipeline.annotator import Annotator
from extract.pipeline.batches import write_batch
from extract.pipeline.workers.cluster import crew as dask_crew
from extract.pipeline.workers.cluster import plugin as dask_plugin
from extract.pipeline.workers.cluster import team
from extract.pipeline.workers.cluster.crew import DaskCrew
from extract.pipeline.workers.cluster.members import Job, Member
from extract.pipeline.workers.cluster.parcels import PackedPart, Parcel, discard, pack, pack_part, unpack_part
from extract.pipeline.workers.cluster.plugin import AnnotatingPlugin, NotGreetedError
from extract.pipeline.workers.limits import Failure
from extract.pipeline.workers.pool import FailedArticle, annotate_batches
from extract.settings import Settings, load_settings
from extract.store import read_docs, write_docs
from faults.child_runs import file_bytes
from faults.misfortunes import write_hook
from warm_workers import warm_workers

SEEDS = Path(__file__).parents[2] / "seeds"
POISON = "Umm Hadiqa"
DIE = "os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def news(inbox: Path, tmp_path: Path) -> Path:
    """A folder with good articles, one that kills whoever parses it, and a correction by hand."""
    for seed in sorted(SEEDS.glob("*.txt"))[:4]:
        shutil.copy(seed, inbox)
    (inbox / "poison.txt").write_text(f"{GOOD}\n\nNobody came from {POISON}.\n", encoding="utf-8")
    (tmp_path / "overrides").mkdir()
    correction = '[[override]]\narticle = "good"\ntext = "Baghdad"\ndrop = true\n'
    (tmp_path / "overrides" / "ours.toml").write_text(correction, encoding="utf-8")
    return inbox


@pytest.fixture
def tables_of_one_machine(
    news: Path, settings: Settings, tmp_path: Path, annotator: Annotator
) -> dict[str, bytes]:
    plain: Callable[..., Iterator[Doc]] = SpacyEngine.pipe

    def pipe(self: SpacyEngine, articles: Iterator[Article]) -> Iterator[Doc]:
        listed = list(articles)
        if any(POISON in article.text for article in listed):
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(self, listed)

    here = settings.model_copy(update={"output": tmp_path / "here", "batch_size": 3})
    with warm_workers(annotator), mock.patch.object(SpacyEngine, "pipe", pipe):
        run([news], here)
    return file_bytes(here.output)


def kill_a_worker(progress: Progress) -> None:
    """Kill a worker of the cluster on this machine when the first articles are done."""
    if not 0 < progress.done < 4:
        return
    files = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [pid for file in files for pid in file.read_text().split()]
    workers = [int(pid) for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(workers[0], signal.SIGKILL)


def test_a_cluster_that_loses_a_worker_gives_the_tables_of_one_machine(
    news: Path,
    settings: Settings,
    tmp_path: Path,
    tables_of_one_machine: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hook = write_hook(tmp_path / "hook", {POISON: DIE})
    monkeypatch.setenv("PYTHONPATH", str(hook.parent), prepend=os.pathsep)
    loads: list[float] = []
    plain = DaskCrew._send

    def send(self: DaskCrew, job: Job, member: Member) -> None:
        plain(self, job, member)
        loads.append(member.load)

    monkeypatch.setattr(DaskCrew, "_send", send)
    summary = run([news], settings.model_copy(update={"cluster": "local:2", "batch_size": 3}), kill_a_worker)
    assert (summary.done, summary.failed) == (5, 1)
    assert file_bytes(settings.output) == tables_of_one_machine
    assert max(loads) <= 2, "a worker may have two batches a thread in hand"
    corrected = pd.read_parquet(settings.output / "entities").query("article_id == 'good'")
    assert "Baghdad" not in set(corrected.text), "corrections by hand travel to the workers"


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A cluster of one worker with a thread, in this process."""
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as made:
        yield made


@pytest.fixture
def on_cluster(settings: Settings, cluster: LocalCluster) -> Settings:
    # The address is that of memory, which no user can give.
    return settings.model_copy(update={"cluster": cluster.scheduler_address})


def test_a_worker_with_another_lexicon_is_refused_by_name(
    inbox: Path, on_cluster: Settings, copy_models: Callable[[Path], Path], tmp_path: Path
) -> None:
    models = copy_models(tmp_path)
    with (models / "lexicon" / "kinds.toml").open("a", encoding="utf-8") as file:
        file.write("\n# another version\n")
    with pytest.raises(ClusterError, match=r"The worker 0 \(inproc://.*\) is refused: it differs .* lexicon"):
        run([inbox], on_cluster.model_copy(update={"models_dir": models}))


def test_a_worker_that_cannot_be_prepared_is_refused_by_name(inbox: Path, on_cluster: Settings) -> None:
    async def greet(*_: object, **__: object) -> str:
        raise ModuleNotFoundError("No module named 'extract'")

    with (
        mock.patch.object(team, "greet", greet),
        pytest.raises(ClusterError, match=r"The worker 0 .* is refused: .*No module named 'extract'"),
    ):
        run([inbox], on_cluster)


def test_a_scheduler_that_is_not_there_ends_the_run(inbox: Path, settings: Settings) -> None:
    given = settings.model_copy(update={"cluster": "tcp://127.0.0.1:9", "start_seconds": 0.5})
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9.*dask scheduler"):
        run([inbox], given)


def test_a_run_without_certificates_is_told_where_to_name_them(inbox: Path, settings: Settings) -> None:
    given = settings.model_copy(update={"cluster": "tls://127.0.0.1:9"})
    with pytest.raises(ClusterError, match=r"no certificates for tls://127.0.0.1:9.*TLS__CA_FILE"):
        run([inbox], given)


def annotate_with(
    work: Callable[[str, Parcel], PackedPart | Failure], settings: Settings, folder: Path
) -> list[BatchResult]:
    """Annotate two articles in one batch on a cluster whose workers do this instead."""

    async def greet(*_: object, **__: object) -> str:
        return ""

    articles = tuple(Article(name, f"{name}.txt", "txt", GOOD, name) for name in ("one", "two"))
    with mock.patch.object(team, "greet", greet), mock.patch.object(dask_crew, "annotate", work):
        return annotate_batches([write_batch(folder, "0", articles)], folder, settings, lambda _done: None)


def test_a_cluster_without_workers_ends_the_run(settings: Settings, tmp_path: Path) -> None:
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty:
        given = settings.model_copy(update={"cluster": empty.scheduler_address, "start_seconds": 0.5})
        with pytest.raises(ClusterError, match=r"No worker of the cluster .* within 0.5 seconds"):
            annotate_with(lambda _run, _parcel: {}, given, tmp_path)


def test_an_article_over_which_workers_are_lost_again_and_again_is_left_out(
    on_cluster: Settings, tmp_path: Path
) -> None:
    def lose(_run: str, parcel: Parcel) -> PackedPart:
        if b"two" in parcel.articles:
            raise ConnectionError("the worker is gone")
        return {"made.arrow": b"rows"}

    done, failed = sorted(
        annotate_with(lose, on_cluster, tmp_path), key=lambda one: not isinstance(one, Path)
    )
    assert isinstance(done, Path)
    assert (done / "made.arrow").read_bytes() == b"rows"
    assert isinstance(failed, FailedArticle)
    assert (failed.article_id, failed.failure.code) == ("two", "worker_died")
    assert "the worker is gone" in failed.message


def test_a_problem_that_affects_every_article_ends_the_run_and_names_the_worker(
    on_cluster: Settings, tmp_path: Path
) -> None:
    def lack(_run: str, _parcel: Parcel) -> PackedPart:
        raise ModelError("The model is missing.", advice="Install it.")

    with pytest.raises(ModelError, match=r"On the worker 0 \(inproc.*\): The model is missing. Install it."):
        annotate_with(lack, on_cluster, tmp_path)


@pytest.mark.parametrize("error", [ModelError("The model is missing."), NotGreetedError("run")])
def test_a_worker_that_cannot_annotate_is_left_out_while_there_are_others(
    settings: Settings, tmp_path: Path, error: Exception
) -> None:
    asked = tmp_path / "asked"

    def fail_where_asked_first(_run: str, _parcel: Parcel) -> PackedPart:
        name = str(get_worker().name)
        with asked.open("a") as file:
            file.write(name)
        if asked.read_text()[0] == name:
            raise error
        return {"made.arrow": b"rows"}

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0") as two:
        given = settings.model_copy(update={"cluster": two.scheduler_address})
        [part] = annotate_with(fail_where_asked_first, given, tmp_path)
    assert isinstance(part, Path)
    assert asked.read_text() in {"01", "10"}


def test_a_cluster_whose_only_worker_is_paused_ends_the_run(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pause(_run: str, _parcel: Parcel) -> PackedPart:
        worker = get_worker()
        worker.loop.add_callback(setattr, worker, "status", Status.paused)
        time.sleep(0.5)  # several looks
        raise ConnectionError("the worker is short of memory")

    monkeypatch.setattr(team, "_LOOK_SECONDS", 0.05)
    # Without a limit of memory Dask itself neither pauses nor resumes the worker.
    with LocalCluster(n_workers=1, processes=False, memory_limit=0, dashboard_address=":0") as one:
        given = settings.model_copy(update={"cluster": one.scheduler_address, "start_seconds": 2})
        with pytest.raises(ClusterError, match=r"No worker of the cluster .* within 2 seconds"):
            annotate_with(pause, given, tmp_path)


@pytest.mark.parametrize("task", ["greet", "annotate"])
def test_results_that_are_cancelled_end_the_run(on_cluster: Settings, tmp_path: Path, task: str) -> None:
    plain = Future.result

    def result(self: Future, timeout: float | None = None) -> object:
        if self.key.startswith(task):
            raise CancelledError(self.key)
        return plain(self, timeout)

    with (
        mock.patch.object(Future, "result", result),
        pytest.raises(ClusterError, match=rf"scheduler .* does not answer any more \({task}"),
    ):
        annotate_with(lambda _run, _parcel: {}, on_cluster, tmp_path)


@pytest.fixture
def plugin(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AnnotatingPlugin:
    """What a worker has of a run, before its processes are started."""
    monkeypatch.setattr(dask_plugin, "_POLL_SECONDS", 0.05)
    return AnnotatingPlugin("run", "lease", settings, {}, parse=False)


PARCEL = Parcel("000000", 1, 1, b"", b"")


def test_a_batch_that_waits_for_a_process_ends_with_the_run(plugin: AnnotatingPlugin) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(plugin.annotate, PARCEL)
        plugin.teardown(mock.Mock())
        with pytest.raises(NotGreetedError):
            waiting.result(timeout=5)


def test_a_process_at_work_ends_with_its_batch_if_the_run_is_over(plugin: AnnotatingPlugin) -> None:
    crew = mock.MagicMock()
    plugin._idle.put(crew)

    def work(_parcel: Parcel, _crew: object) -> PackedPart:
        plugin.teardown(mock.Mock())
        crew.__exit__.assert_not_called()
        return {}

    with mock.patch.object(plugin, "_annotate", work):
        assert plugin.annotate(PARCEL) == {}
    crew.__exit__.assert_called_once()


def test_a_process_ends_also_if_the_run_is_over_in_the_moment_after_its_batch(
    plugin: AnnotatingPlugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(SimpleQueue[Any]):
        def put(self, item: object, *_: object) -> None:
            plugin.teardown(mock.Mock())
            super().put(item)

    crew, idle = mock.MagicMock(), Late()
    super(Late, idle).put(crew)
    monkeypatch.setattr(plugin, "_idle", idle)
    monkeypatch.setattr(plugin, "_annotate", lambda _parcel, _crew: {})
    plugin.annotate(PARCEL)
    crew.__exit__.assert_called_once()


def test_a_batch_that_is_late_is_given_to_an_idle_worker_too(settings: Settings, tmp_path: Path) -> None:
    is_over = tmp_path / "over"

    def hang_on_the_first(_run: str, _parcel: Parcel) -> PackedPart:
        while get_worker().name == 0 and not is_over.exists():
            time.sleep(0.05)
        return {"made.arrow": b"rows"}

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0") as two,
        mock.patch.object(dask_crew, "_LATE_SECONDS", 0.3),
        mock.patch.object(dask_crew, "_LATE_FACTOR", 0),
    ):
        [part] = annotate_with(
            hang_on_the_first, settings.model_copy(update={"cluster": two.scheduler_address}), tmp_path
        )
        is_over.touch()
    assert isinstance(part, Path)


def test_a_batch_travels_with_its_cached_docs_and_its_part_comes_back(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    write_docs(here, {"good": b"a doc", "other": b"another"})
    [cache] = here.glob("*.arrow")
    missing = here / "missing.arrow"
    article = Article("good", "good.txt", "txt", GOOD, "good")
    sent = write_batch(here, "000000", (article,), (cache, missing))
    got = pack(sent).unpack(there)
    assert got.read() == (article,)
    assert [read_docs(file, {"good", "other"}) for file in got.docs] == [{"good": b"a doc"}]

    (there / "000000").mkdir()
    (there / "000000" / "quotes.arrow").write_bytes(b"rows")
    part = unpack_part(pack_part(there / "000000"), here, "000000")
    assert (part / "quotes.arrow").read_bytes() == b"rows"
    discard(got)
    assert not list(there.iterdir())


def test_one_machine_does_not_import_dask() -> None:
    words = "import sys, extract.cli.run, extract.pipeline.run; print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_to_install_is_told_where_dask_is_missing(inbox: Path, settings: Settings) -> None:
    names = [name for name in sys.modules if name.startswith("extract.pipeline.workers.cluster")]
    missing: dict[str, Any] = {"distributed": None}
    with mock.patch.dict(sys.modules, missing):
        for name in names:
            del sys.modules[name]
        with pytest.raises(ClusterError, match=r"pip install 'extract\[dask\]'"):
            run([inbox], settings.model_copy(update={"cluster": "local:1"}))


@pytest.mark.parametrize("address", ["10.0.0.7:8786", "local", "local:0", "http://host:8786", "tcp://host"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(SettingsError, match="EXTRACT_CLUSTER"):
        load_settings(cluster=address)
