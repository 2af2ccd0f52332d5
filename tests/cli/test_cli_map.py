"""`extract run --map`: columns of one's own, in options, variables and settings."""

import pytest

from extract.errors import SettingsError
from extract.settings import load_settings


@pytest.mark.parametrize(
    "given",
    [
        ["text=content", "published=when"],
        "text=content,published=when",
        {"text": "content", "published": "when"},
    ],
)
def test_pairs_of_field_and_column(given: object) -> None:
    assert load_settings(map=given).map == {"text": "content", "published": "when"}


def test_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_MAP", "text=content, published = when")
    assert load_settings().map == {"text": "content", "published": "when"}


def test_a_column_named_in_an_option_may_have_a_comma() -> None:
    assert load_settings(map=["text=Text, whole"]).map == {"text": "Text, whole"}


@pytest.mark.parametrize("pair", ["content", "=content", "text=", "text"])
def test_what_is_no_pair_is_refused_with_an_example(pair: str) -> None:
    with pytest.raises(SettingsError, match="text=content"):
        load_settings(map=[pair])
