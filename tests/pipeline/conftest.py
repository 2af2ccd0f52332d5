"""What the tests of this folder share."""

from pathlib import Path

import pytest
from good_article import GOOD

from extract.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(output=tmp_path / "outputs", workers=1)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a good article."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder
