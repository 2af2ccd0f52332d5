"""The project's own lexicon, loaded once."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extract.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon(models_dir: Path) -> Lexicon:
    return load_lexicon(models_dir)


@pytest.fixture
def blank() -> Language:
    return spacy.blank("en")
