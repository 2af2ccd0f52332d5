"""Fixtures for the tests of quotes."""

from pathlib import Path

import pytest

from extract.lexicon.cues import Cues, load_cues


@pytest.fixture(scope="session")
def cues(models_dir: Path) -> Cues:
    return load_cues(models_dir)
