"""Real runs that are killed, started twice, or meet a full disk; the scripts beside do it more often."""

import os
from pathlib import Path

import pytest
from full_disks import full_disks, read_only_disks
from kill_runs import Killing, describe
from twin_runs import twin_runs


@pytest.mark.slow
@pytest.mark.parametrize(("times", "per_bucket"), [(10, None), (4, 2)])
def test_a_killed_run_harms_neither_readers_nor_the_next_run(
    tmp_path: Path, times: int, per_bucket: int | None
) -> None:
    outcome = Killing(tmp_path, seed=times, per_bucket=per_bucket, pause=0.25).kill_runs(times)
    assert outcome.wrong == [], describe(outcome)
    assert outcome.kills == times
    assert outcome.reads > times
    if per_bucket is None:
        assert len(outcome.moments) > 1, "so many kills should reach more than one step"


@pytest.mark.slow
def test_two_runs_at_once_lose_no_article(tmp_path: Path) -> None:
    assert twin_runs(tmp_path, 2, seed=1).total() == 2


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator can mount a small disk")
def test_a_disk_that_fills_at_any_step_leaves_the_old_tables_whole(tmp_path: Path) -> None:
    met = full_disks(tmp_path, 4)
    assert met["refused, old tables whole"] >= 2
    assert met["done"] >= 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator can mount a small disk")
def test_a_disk_that_has_become_read_only_leaves_the_old_tables_whole(tmp_path: Path) -> None:
    assert read_only_disks(tmp_path, 1) == 1
