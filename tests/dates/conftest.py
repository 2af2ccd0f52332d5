"""The date rules, loaded once."""

from pathlib import Path

import pytest

from extract.dates.rules import DateRules, load_date_rules


@pytest.fixture(scope="session")
def rules(models_dir: Path) -> DateRules:
    return load_date_rules(models_dir)
