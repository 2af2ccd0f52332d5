"""The cue lists: what loads, and what is refused."""

import shutil
from pathlib import Path

import pytest

from extract.errors import LexiconError
from extract.quotes.cues import Cues, load_cues


@pytest.fixture
def copied(models_dir: Path, tmp_path: Path) -> Path:
    shutil.copytree(models_dir / "quotes", tmp_path / "quotes")
    return tmp_path


def test_the_shipped_lists(cues: Cues) -> None:
    assert cues.reliability("say") > cues.reliability("think") > cues.reliability("walk") == 0
    assert len(cues.speech) > 80


def test_no_verb_stands_in_two_lists(cues: Cues) -> None:
    lists = [cues.speech, cues.thought, cues.stance, cues.phrasal]
    assert len(set().union(*lists)) == sum(len(verbs) for verbs in lists)


def test_particles_belong_to_known_verbs(cues: Cues) -> None:
    known = {*cues.speech, *cues.thought, *cues.stance, *cues.phrasal}
    with_particle = {verb.split()[0] for verb in cues.frames if " " in verb}
    assert set(cues.particles) <= known | with_particle
    assert all(verb.split()[1] in cues.particles[verb.split()[0]] for verb in cues.frames if " " in verb)


def test_a_clause_is_a_frame_only_of_verbs_in_no_list_of_clauses(cues: Cues) -> None:
    by_frame = {verb for verb, frames in cues.frames.items() if "that" in frames}
    assert not by_frame & {*cues.speech, *cues.thought}


def test_a_frame_has_a_reliability_of_its_own(cues: Cues) -> None:
    assert cues.frames["accuse"]["object of"] > cues.frames["accuse"]["object"]
    assert cues.nouns["claim"]["that"] > 0 < cues.adjectives["confident"]["that"]


def test_a_new_frame_is_one_line(copied: Path) -> None:
    path = copied / "quotes" / "cues.toml"
    text = path.read_text("utf-8").replace("[frames]\n", "[frames]\nwhistle = { about = 0.5 }\n")
    path.write_text(text, "utf-8")
    assert load_cues(copied).frames["whistle"] == {"about": 0.5}


def test_a_new_verb_is_one_line(copied: Path) -> None:
    path = copied / "quotes" / "cues.toml"
    path.write_text(
        path.read_text("utf-8").replace("[verbs.speech]\n", "[verbs.speech]\nwhistle = 0.5\n"), "utf-8"
    )
    assert load_cues(copied).speech["whistle"] == 0.5


@pytest.mark.parametrize("value", ["2", "-0.1", '"often"', "true"])
def test_a_reliability_that_is_none_is_refused(copied: Path, value: str) -> None:
    path = copied / "quotes" / "cues.toml"
    path.write_text(path.read_text("utf-8").replace("say = 0.98", f"say = {value}"), "utf-8")
    with pytest.raises(LexiconError, match="say"):
        load_cues(copied)


FILES = [
    "cues.toml",
    "speakers.toml",
    "grammar.toml",
    "conversations.toml",
    "confidences.toml",
    "ranking.toml",
]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_section_is_named(copied: Path, name: str) -> None:
    path = copied / "quotes" / name
    path.write_text("[verbs]\n", "utf-8")
    with pytest.raises(LexiconError, match=name):
        load_cues(copied)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"cues\.toml"):
        load_cues(tmp_path)


@pytest.mark.parametrize(
    ("before_name", "is_oblique"),
    [
        ("the council under ", True),
        ("the council under President ", True),
        ("spoke to ", True),
        ("was, according to ", False),
        ("According to President ", False),
        ("the council and ", False),
    ],
)
def test_a_source_is_no_oblique_name(before_name: str, is_oblique: bool, cues: Cues) -> None:
    assert bool(cues.grammar.phrases.oblique.search(before_name)) is is_oblique


@pytest.mark.parametrize(
    ("text", "announces"),
    [
        ("The paper interviewed him.", True),
        ("INTERVIEW", True),
        ("A Q & A with the mayor", True),
        ("He sat down with us.", True),
        ("He sat down.", False),
        ("questionable", False),
    ],
)
def test_an_asterisk_stands_for_any_ending(text: str, announces: bool, cues: Cues) -> None:
    assert bool(cues.conversations.announcing.search(text)) is announces


def test_a_new_function_word_is_one_word(copied: Path) -> None:
    path = copied / "quotes" / "grammar.toml"
    path.write_text(path.read_text("utf-8").replace('modals = ["can"', 'modals = ["shall", "can"'), "utf-8")
    assert "shall" in load_cues(copied).grammar.unreal.modals
