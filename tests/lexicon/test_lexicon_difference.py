"""What a change of the lexicon concerns: texts without the words of a changed name give the same."""

import random
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon, load_lexicon
from extract.lexicon.difference import difference
from extract.model import Mention

ROOT = Path(__file__).parents[2]
FACTIONS = "actors/armed_factions.toml"
TEXT = "Kataib Hezbollah said on Tuesday that the Silver Ravens had not met Karim Zangana in Basra."


@pytest.fixture
def copy(models_dir: Path, tmp_path: Path) -> Path:
    """A models folder of one's own to change."""
    shutil.copytree(models_dir / "lexicon", tmp_path / "lexicon")
    return tmp_path


def add_alias(models: Path, alias: str) -> None:
    """Give the first faction one more name."""
    change(
        models / "lexicon" / FACTIONS, lambda text: text.replace("aliases = [", f'aliases = ["{alias}", ', 1)
    )


def change(path: Path, how: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = how(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


@pytest.mark.parametrize(
    ("alias", "text", "concerned"),
    [
        ("Silver Ravens", "The Silver Ravens were founded in 2003.", True),
        ("Silver Ravens", "The ravens in the tower are silver.", True),  # words, not phrases: rather too many
        ("Silver Ravens", "The ravens were founded in 2003.", False),
        ("Guards of the Raven", "A guard stood at the gate of the palace.", False),
        ("Zumurrud Brigade", "The al-Zumurrud Brigade denied it.", True),
        (
            "Zumurrud Brigade",
            "Its commander came from the village of Zomorrod.",
            True,
        ),  # a spelling of the word
        ("Zumurrud Brigade", "Its commander came from the village.", False),
    ],
)
def test_a_new_name_concerns_texts_that_hold_its_words(
    alias: str, text: str, concerned: bool, copy: Path, lexicon: Lexicon
) -> None:
    add_alias(copy, alias)
    found = difference(lexicon, load_lexicon(copy))
    assert found is not None
    assert found.concerns(text) is concerned


def test_a_comment_concerns_no_text(copy: Path, lexicon: Lexicon) -> None:
    change(copy / "lexicon" / FACTIONS, lambda text: text + "\n# one more line\n")
    found = difference(lexicon, load_lexicon(copy))
    assert found is not None
    assert not found.concerns(TEXT)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FACTIONS, 'country = "IQ"', 'country = "IR"'),
        (FACTIONS, 'never = ["People of the Cave"]', 'never = ["People of the Caves"]'),
        ("contexts.toml", "sentence = [", 'sentence = ["ravens", '),
        ("offices.toml", "titles = [", 'titles = ["keeper of ravens", '),
        ("names.toml", "titles = [", 'titles = ["keeper", '),
        ("spellings.toml", "hashd = [", 'hashd = ["ravensh", '),
    ],
)
def test_more_than_names_may_concern_any_text(
    file: str, old: str, new: str, copy: Path, lexicon: Lexicon
) -> None:
    change(copy / "lexicon" / file, lambda text: text.replace(old, new, 1))
    assert difference(lexicon, load_lexicon(copy)) is None


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Paragraphs of the sample articles, and what one of the changes below takes its names from."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    return [
        text for seed in seeds for text in seed.read_text(encoding="utf-8").split("\n\n") if len(text) > 80
    ]


@pytest.mark.parametrize("seed", range(4))
def test_texts_that_are_not_concerned_keep_their_mentions(
    seed: int, texts: list[str], copy: Path, lexicon: Lexicon, parse: Callable[[str], Doc]
) -> None:
    dice = random.Random(seed)  # noqa: S311 - names, not secrets
    for _ in range(4):
        _change_a_name(copy, texts, dice)
    changed = load_lexicon(copy)
    found = difference(lexicon, changed)
    assert found is not None
    kept = [text for text in texts if not found.concerns(text)]
    assert len(kept) > len(texts) / 4
    for doc in map(parse, kept):
        assert _linked(doc, lexicon) == _linked(doc, changed)


def _change_a_name(models: Path, texts: Sequence[str], dice: random.Random) -> None:
    """Add words of a text to the names of some actor, or take a name from it."""
    files = [file for file in sorted((models / "lexicon").rglob("*.toml")) if _aliases(file)]
    file = dice.choice(files)
    start, end = dice.choice(_aliases(file))
    names = re.findall(r"\b[A-Z][a-z'’-]{2,}(?: [A-Z][a-z]{2,}){0,2}", dice.choice(texts))
    alias = f'"{dice.choice(names)}", ' if names and dice.random() < 0.6 else ""
    change(file, lambda text: text[:start] + alias + text[start if alias else end :])


def _aliases(file: Path) -> list[tuple[int, int]]:
    """Return where each list of aliases has its first name."""
    found = re.finditer(r'(?<=aliases = \[)"[^"]+", ', file.read_text(encoding="utf-8"))
    return [match.span() for match in found]


def _linked(doc: Doc, lexicon: Lexicon) -> tuple[Mention, ...]:
    return link_mentions(find_mentions(doc, lexicon), lexicon, doc.text)
