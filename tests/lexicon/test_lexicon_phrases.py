"""The patterns that phrases.toml is compiled into."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.knowledge import read_shaped
from extract.lexicon import Lexicon
from extract.lexicon.phrases import phrases_of
from extract.lexicon.word_shapes import PhrasesFile

Compile = Callable[[list[str]], re.Pattern[str]]


@pytest.fixture
def after_name(models_dir: Path, lexicon: Lexicon) -> Compile:
    """Abbreviations of "also known as" -> the pattern for what defines a short name."""
    file = read_shaped(models_dir / "lexicon" / "phrases.toml", PhrasesFile)

    def compiled(abbreviations: list[str]) -> re.Pattern[str]:
        definitions = file.definitions.model_copy(update={"abbreviations": abbreviations})
        changed = file.model_copy(update={"definitions": definitions})
        return phrases_of(changed, lexicon.spelling).definitions.after_name

    return compiled


@pytest.mark.parametrize("phrase", ["aka", "a.k.a."])
def test_each_letter_of_an_abbreviation_may_have_a_full_stop(after_name: Compile, phrase: str) -> None:
    found = after_name(["aka"]).match(f" {phrase} RU,")
    assert found is not None
    assert found["acronym"] == "RU"


def test_the_letters_of_an_abbreviation_are_no_pattern(after_name: Compile) -> None:
    pattern = after_name(["a|k+"])
    assert pattern.match(" a|k+ RU,")
    assert not pattern.match(" akk RU,")


def test_without_abbreviations_a_name_alone_defines_nothing(after_name: Compile) -> None:
    assert not after_name([]).match(" RU,")
