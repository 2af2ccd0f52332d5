"""The report of the sample articles, and a browser to look at it with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.report.chromium import Chromium, Page, find_chromium

from extract.report import make_report

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def samples(sample_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample articles."""
    return make_report(sample_tables, tmp_path_factory.mktemp("pages") / "report").index.parent


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    if find_chromium() is None:
        pytest.skip("Chromium is not installed: make browser")
    with Chromium.started() as started:
        yield started


@pytest.fixture
def page(browser: Chromium) -> Page:
    return browser.open()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what keeps people out."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make browser")
    return AXE.read_text("utf-8")
