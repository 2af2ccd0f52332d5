"""Some of the damages that `damages.py` tries; that script tries all."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import harm
import pyarrow.parquet as pq
import pytest
from damage_table import Damage, damages
from damages import possible_damages, try_damage
from grounds import Ground, digests_below, quick_folder, shown, warm_runs
from typer.testing import CliRunner

from extract.cli.app import app
from extract.errors import StoreError, StoreLockedError
from extract.pipeline import run
from extract.store import Store, mend

EVERY = 11  # no divisor of the number of kinds, so that all kinds are met


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with quick_folder() as folder, warm_runs():
        yield Ground(folder / "ground")


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.mark.parametrize("damage", possible_damages()[::EVERY], ids=lambda damage: damage.name)
def test_the_doctor_names_it_and_a_mend_and_the_next_run_end_as_a_clean_run(
    ground: Ground, damage: Damage, folder: Path
) -> None:
    assert try_damage(ground, damage, folder).wrong == []


@pytest.mark.parametrize("name", ["all links lost", "copied by cp -rL, links as folders", "the marker lost"])
def test_the_command_names_and_mends_it(ground: Ground, name: str, folder: Path) -> None:
    [damage] = [one for one in damages() if one.name == name]
    root = ground.copy(folder / "outputs")
    root = damage.deed(root) or root
    doctor = CliRunner().invoke(app, ["doctor", "--output", str(root)])
    assert doctor.exit_code == 1
    assert re.search(damage.word, doctor.output)
    mend = CliRunner().invoke(app, ["doctor", "--mend", "--output", str(root)])
    assert mend.exit_code == 0, mend.output
    assert shown(root) == ground.clean


def test_damage_to_articles_that_are_not_among_the_inputs_stops_the_run(ground: Ground, folder: Path) -> None:
    root = ground.copy(folder / "outputs")
    part = harm.parts("articles", 1)(root)[0]
    lost = pq.read_table(part, columns=["article_id"])["article_id"].to_pylist()
    part.unlink()
    before = digests_below(root / ".snapshots")
    settings = ground.settings.model_copy(update={"output": root})
    with pytest.raises(StoreError, match=rf"{ground.inbox}/({'|'.join(lost)})\.txt"):
        run([ground.more], settings)
    assert digests_below(root / ".snapshots") == before
    run([ground.inbox], settings)
    assert shown(root) == ground.clean


def test_a_store_is_not_mended_under_a_run(ground: Ground, folder: Path) -> None:
    root = ground.copy(folder / "outputs")
    with Store(root, keep=6).lock():
        (root / "quotes").unlink()
        with pytest.raises(StoreLockedError):
            mend(root)
        assert not (root / "quotes").is_symlink()


def test_a_project_that_moves_with_its_articles_is_not_read_again(ground: Ground, folder: Path) -> None:
    project = folder / "project"
    shutil.copytree(ground.inbox, project / "inbox")
    root = {"source_root": project, "output": project / "outputs"}
    settings = ground.settings.model_copy(update=root)
    run([project / "inbox"], settings)
    before = shown(project / "outputs")
    moved = project.rename(folder / "moved")
    summary = run(
        [moved / "inbox"], settings.model_copy(update={"source_root": moved, "output": moved / "outputs"})
    )
    assert (summary.done, summary.removed, summary.published) == (0, 0, False)
    assert shown(moved / "outputs") == before


def test_the_table_is_large_and_names_each_damage_once() -> None:
    names = [damage.name for damage in damages()]
    assert len(names) == len({*names})
    assert sum(damage.matters for damage in damages()) >= 60
    assert os.geteuid() == 0 or possible_damages() == damages()
