import shutil
from itertools import combinations
from pathlib import Path

import pytest

from extract.errors import LexiconError
from extract.lexicon import INTRODUCED, Lexicon, Term, load_lexicon
from extract.lexicon.load import fingerprint

FACTIONS = "actors/armed_factions.toml"
OFFICES = "offices.toml"


@pytest.fixture
def copy(models_dir: Path, tmp_path: Path) -> Path:
    """A models folder of one's own to break."""
    shutil.copytree(models_dir / "lexicon", tmp_path / "lexicon")
    return tmp_path


def add(models: Path, file: str, line: str) -> int:
    """Append a line to a knowledge file and return its number."""
    path = models / "lexicon" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    return text.count("\n") + 1


def test_a_new_faction_is_one_line(copy: Path) -> None:
    add(copy, FACTIONS, '[armed_faction.new-brigade]\nname = "New Brigade"\ncountry = "IQ"')
    lexicon = load_lexicon(copy)
    assert lexicon.entities["new-brigade"].label == "FACTION"
    assert [name.entity_id for name in lexicon.named("new brigade")] == ["new-brigade"]


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        (FACTIONS, 'new = {name = "New", part_of = ["nobody"]}', "there is no entry 'nobody'"),
        (FACTIONS, 'new = {name = "New", leaders = ["nobody"]}', "there is no entry 'nobody'"),
        (FACTIONS, 'new = {name = "New", context = {nowhere = ["N"]}}', "there is no context 'nowhere'"),
        (FACTIONS, 'new = {name = "New", alias = ["N"]}', "alias: Extra inputs"),
        (FACTIONS, 'new = {name = "New", aliases = "N"}', "aliases: Input should be a valid list"),
        (FACTIONS, 'new = {aliases = ["N"]}', "name: Field required"),
        (FACTIONS, 'new = {name = "New", aliases = ["--"]}', "'--' has no letters"),
        (FACTIONS, 'new = {name = "New", aliases = ["N"], never = ["N"]}', "'N' is a name and also"),
        (FACTIONS, 'new = {name = "New", label = "GROUP"}', "label: Input should be"),
        (FACTIONS, 'New_one = {name = "New"}', "the id 'New_one' is not a slug"),
        (FACTIONS, 'new = {name = "New", leaders = ["iraq"]}', "the leader 'iraq' is not a person"),
        (FACTIONS, 'new = {name = "New", part_of = ["isis 2014-13.."]}', "'2014-13' is not a date"),
        (FACTIONS, 'new = {name = "New", part_of = ["isis 2014..2013"]}', "ends before it begins"),
        (OFFICES, 'new = {name = "New", titles = ["x"], holders = ["nobody"]}', "there is no entry 'nobody'"),
        (OFFICES, 'new = {name = "New", titles = []}', "the office has no title"),
        (OFFICES, 'new = {name = "New", titles = ["x"], body = "nobody"}', "there is no entry 'nobody'"),
        (OFFICES, 'new = {name = "New"}', "titles: Field required"),
        ("spellings.toml", 'cave = ["kahaf"]', "'kahaf' is listed twice"),
        ("spellings.toml", 'hizb = ["Hizb"]', "'Hizb' is listed twice, or is not a match key"),
        ("outlets.toml", 'isis = {name = "Isis Weekly"}', "the id 'isis' is taken"),
        (FACTIONS, "new = {name = }", "cannot be read"),
    ],
)
def test_errors_name_file_and_line(copy: Path, file: str, line: str, message: str) -> None:
    number = add(copy, file, line)
    with pytest.raises(LexiconError) as caught:
        load_lexicon(copy)
    assert message in str(caught.value)
    assert Path(file).name in str(caught.value)
    assert f":{number}:" in str(caught.value) or f"line {number}" in str(caught.value)
    assert caught.value.advice


def test_a_kind_without_label_is_refused(copy: Path) -> None:
    add(copy, "outlets.toml", '[newspaper]\nnew = {name = "New"}')
    with pytest.raises(LexiconError, match="the kind 'newspaper' has no label"):
        load_lexicon(copy)


def test_every_file_counts_for_the_fingerprint(copy: Path) -> None:
    folder = copy / "lexicon"
    seen = {fingerprint(folder)}
    assert seen == {load_lexicon(copy).fingerprint}
    for file in sorted(folder.rglob("*.toml")):
        file.write_text(file.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
        seen.add(fingerprint(folder))
    assert len(seen) == 1 + len(list(folder.rglob("*.toml")))


def test_actors_have_what_their_table_needs(lexicon: Lexicon) -> None:
    actors = {actor.id: actor for actor in lexicon.actors()}
    assert list(actors) == sorted(actors)
    group = actors["asaib-ahl-al-haq"]
    assert (group.kind, group.label, group.country) == ("armed_faction", "FACTION", "IQ")
    assert group.arabic == "عصائب أهل الحق"
    assert "qais-al-khazali" in {term.entity_id for term in group.leaders}
    assert Term("fatah-alliance", "2018", None) in group.part_of
    assert "League of the Righteous" in group.aliases
    assert actors["isis"].wikidata == "Q2429253"
    assert not {"reuters", "iraq"} & set(actors)


def test_no_alias_is_a_mere_variant(lexicon: Lexicon) -> None:
    """Keys fold case, apostrophes, hyphens, al- and most spellings: such variants only blur the files."""
    repeated = []
    for actor in lexicon.actors():
        written = [surface for surface in (actor.name, *actor.aliases) if surface[0].isupper()]
        pairs = combinations(written, 2)
        repeated += [other for one, other in pairs if one != other and lexicon.spelling.is_same(one, other)]
    assert repeated == []


def test_a_persons_surname_counts_once_introduced(lexicon: Lexicon) -> None:
    whens = {name.when for name in lexicon.named("Price") if name.entity_id == "ned-price"}
    assert whens == {INTRODUCED}


def test_acronyms_keep_their_capitals(lexicon: Lexicon) -> None:
    assert {name.shapes for name in lexicon.named("us")} == {("exact",)}
    assert {name.shapes for name in lexicon.named("ISIS")} == {("capital",)}
