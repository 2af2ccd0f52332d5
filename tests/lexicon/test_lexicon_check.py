"""The check of the lexicon: every kind of finding, on the line where it stands."""

import re
import shutil
from pathlib import Path

import pytest

from extract.check.every_file import check_every_file
from extract.check.lexicon_entries import check_lexicon
from extract.knowledge import Finding

KINDS = """national = []
abroad = []
[labels]
armed_faction = "FACTION"
person = "PERSON"
city = "GPE"
outlet = "ORG"
organisation = "ORG"
"""
CONTEXTS = """[war]
article = ["war"]
"""
FACTIONS = """# Two groups.
[armed_faction]
lions = {name = "Lions of the Marsh", country = "IQ", part_of = ["eagles 2004..2006"], leaders = [
    "omar-sabti 2005..",
], context = {war = ["Lions"]}, sources = ["mk"]}
eagles = {name = "Eagles of the Hills", country = "IQ", sources = ["mk"]}
"""
PERSONS = """[person]
omar-sabti = {name = "Omar Sabti", role = "leader of the Lions", country = "IQ", sources = ["mk"]}
hadi-rahal = {name = "Hadi Rahal", role = "minister", country = "IQ", sources = ["mk"]}
"""
OFFICES = """as_of = 2020-01-01
[office]
mayor = {name = "Mayor", country = "IQ", titles = ["mayor"], holders = [
    "omar-sabti 2003..2005-06", "hadi-rahal 2005-06..",
], sources = ["mk"]}
"""
SOUND = {
    "kinds.toml": KINDS,
    "contexts.toml": CONTEXTS,
    "spellings.toml": "transliterated_countries = []\nfixed = []\n[words]\n[apart]\n",
    "actors/armed_factions.toml": FACTIONS,
    "actors/foreign.toml": "",
    "actors/government.toml": "",
    "actors/parties.toml": "",
    "actors/persons.toml": PERSONS,
    "places.toml": '[city]\nqal = {name = "Qal Rahba", country = "IQ"}\n',
    "outlets.toml": '[outlet]\nbugle = {name = "Marsh Bugle"}\n',
    "organisations.toml": '[organisation]\nguild = {name = "Reed Guild"}\n',
    "offices.toml": OFFICES,
}
COPIED = ("names.toml", "phrases.toml", "english.toml", "transliteration.toml", "confidence.toml")


@pytest.fixture
def small(models_dir: Path, tmp_path: Path) -> Path:
    """A small lexicon without findings, to break."""
    for name, text in SOUND.items():
        path = tmp_path / "lexicon" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in COPIED:
        text = (models_dir / "lexicon" / name).read_text(encoding="utf-8")
        (tmp_path / "lexicon" / name).write_text(text, encoding="utf-8")
    return tmp_path


def append(models: Path, file: str, line: str) -> int:
    """Append a line to a file and return its number."""
    path = models / "lexicon" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text + line + "\n", encoding="utf-8")
    return text.count("\n") + 1


def replace(models: Path, file: str, old: str, new: str) -> int:
    """Replace a text that a file has once, and return its line."""
    path = models / "lexicon" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def written(findings: tuple[Finding, ...]) -> set[tuple[str, int, str, str]]:
    return {
        (finding.path.name, finding.line, finding.severity, finding.message.split(" at ")[0])
        for finding in findings
    }


def test_a_sound_lexicon_has_no_findings(small: Path) -> None:
    assert check_lexicon(small) == ()


F, P, POSTS = "actors/armed_factions.toml", "actors/persons.toml", "offices.toml"
PLACES = "places.toml"


def line_of(file: str, fields: str) -> str:
    """The fields of a new entry as a line, with a source where the file wants one; other text as it is."""
    if not fields.startswith("name ="):
        return fields
    sources = ', sources = ["mk"]' if file in {F, P, POSTS} else ""
    return f"new = {{{fields}{sources}}}"


@pytest.mark.parametrize(
    ("file", "fields", "message"),
    [
        # ids and fields
        (F, 'Big_Cats = {name = "Big Cats", sources = ["mk"]}', "the id 'Big_Cats' is not a slug."),
        ("outlets.toml", 'lions = {name = "Lion Post"}', "the id 'lions' is taken"),
        (F, 'name = "Herons", alias = ["H"]', "alias: Extra inputs are not permitted."),
        (F, '[cult]\nnew = {name = "Herons"}', "the kind 'cult' has no label."),
        (F, 'new = {name = "Herons"', ""),
        # references
        (F, 'name = "Herons", part_of = ["no"]', "there is no entry 'no'."),
        (F, 'name = "Herons", leaders = ["no"]', "there is no entry 'no'."),
        (F, 'name = "Herons", entity = "no"', "there is no entry 'no'."),
        (F, 'name = "Herons", name_when = "rain"', "there is no context 'rain'."),
        (F, 'name = "Herons", leaders = ["qal"]', "the leader 'qal' is not a person."),
        (POSTS, 'name = "N", titles = ["n"], holders = ["no"]', "there is no entry 'no'."),
        (POSTS, 'name = "N", titles = ["n"], body = "no"', "there is no entry 'no'."),
        # names
        (F, 'name = "Lions of the Marsh"', "'Lions of the Marsh' always means 'new' and also 'lions'."),
        (F, 'name = "Herons", never = ["Herons"]', "'Herons' is a name and also under `never`."),
        (
            F,
            'name = "Herons", introduced = ["Sea Herons"], never = ["Sea Herons"]',
            "'Sea Herons' is under `never`",
        ),
        (F, 'name = "Herons", common = ["Storks"]', "'Storks' is not a name of 'new'."),
        (F, 'name = "--"', "'--' has no letters."),
        # dates
        (F, 'name = "Herons", part_of = ["lions 2014-13.."]', "'2014-13' is not a date."),
        (F, 'name = "Herons", part_of = ["lions 2014..2013"]', "'lions 2014..2013' ends before it begins."),
        (POSTS, 'name = "N", titles = ["n"], holders = ["omar-sabti 2003-13.."]', "'2003-13' is not a date."),
        (
            POSTS,
            'name = "N", titles = ["n"], holders = ["omar-sabti 2003..2006", "hadi-rahal 2005.."]',
            "'omar-sabti' and 'hadi-rahal' hold it at the same time.",
        ),
        (
            POSTS,
            'name = "N", titles = ["n"], holders = ["omar-sabti 2003..", "hadi-rahal 2005.."]',
            "'omar-sabti' and 'hadi-rahal' hold it at the same time.",
        ),
        # facts
        (POSTS, 'name = "N", titles = []', "the office has no title."),
        (PLACES, 'name = "Wadi Rahba", country = "Iraq"', "'Iraq' is not an ISO 3166-1 alpha-2 code."),
        (PLACES, 'name = "Wadi Rahba", iso = "IQ_BG"', "'IQ_BG' is not an ISO 3166-2 code."),
        (PLACES, 'name = "Wadi Rahba", lat = 30.0', "it has only one of `lat` and `lon`."),
        (PLACES, 'name = "Wadi Rahba", lat = 300.0, lon = 40.0', "the position is not on Earth."),
        (PLACES, 'name = "Wadi Rahba", wikidata = "796"', "'796' is not a Wikidata id."),
        # word lists
        ("contexts.toml", '[rain]\nweather = ["rain"]', "`rain.weather`: it is unknown."),
        ("contexts.toml", "[rain]", "`rain`: it has no list."),
        ("spellings.toml", 'lion = ["loin", "loin"]', "'loin' is listed twice, or is not a match key."),
        ("kinds.toml", 'band = "GROUP"', "`labels.band`: Input should be"),
    ],
)
def test_each_error_has_its_line(small: Path, file: str, fields: str, message: str) -> None:
    expect_one(small, file, fields, "error", message)


@pytest.mark.parametrize(
    ("file", "fields", "message"),
    [
        (
            "organisations.toml",
            'name = "Marsh Bugle"',
            "'Marsh Bugle' always means 'new' and also 'bugle'.",
        ),
        (F, 'name = "Herons of Hope", aliases = ["Hope"]', "'Hope' is also an English word."),
        (P, 'name = "Karim Sorour", aliases = ["Karim"]', "'Karim' is also a given name."),
        (F, 'new = {name = "Herons"}', "there are no `sources`."),
        (POSTS, 'new = {name = "N", titles = ["n"]}', "there are no `sources`."),
        (
            POSTS,
            'name = "N", country = "IQ", titles = ["mayor"]',
            "the title 'mayor' is also that of 'mayor'.",
        ),
        (
            POSTS,
            'name = "N", titles = ["n"], holders = ["omar-sabti 2020-01-02.."]',
            "the term 'omar-sabti 2020-01-02..' goes beyond `as_of`, 2020-01-01.",
        ),
        ("contexts.toml", '[rain]\narticle = ["rain"]', "no entry uses the context 'rain'."),
    ],
)
def test_each_warning_has_its_line(small: Path, file: str, fields: str, message: str) -> None:
    expect_one(small, file, fields, "warning", message)


def expect_one(small: Path, file: str, fields: str, severity: str, message: str) -> None:
    line = line_of(file, fields)
    number = append(small, file, line)
    found = [
        one for one in check_lexicon(small) if one.severity == severity and one.message.startswith(message)
    ]
    assert len(found) == 1
    assert found[0].path.name == Path(file).name
    assert number <= found[0].line <= number + line.count("\n")
    assert found[0].advice


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("kinds.toml", "national = []", 'national = ["navy"]', "'navy' is not in [labels]."),
        ("spellings.toml", "[words]", '[words]\nhizb = ["said"]', "'said' is a spelling of 'hizb'"),
        ("spellings.toml", "[words]", '[words]\nhizb = ["hezb"]\nhezb = ["hazb"]', "'hezb' has spellings"),
        ("english.toml", "words = [", "words = [7,", "`words`: Input should be a valid string."),
        ("names.toml", "branches = [", 'branches = ["Air ",', "`branches`: String should match"),
        ("names.toml", "parties = [", 'parties = ["Hospital",', "'Hospital' is in `facilities` and"),
        ("names.toml", "past = [", 'past = ["new",', "'new' is in `roles.current` and in `roles.past`."),
        ("names.toml", "person_titles = [", 'person_titles = ["Bey",', "'Bey' is not in `titles`."),
        ("phrases.toml", "nouns_before = [", 'nouns_before = ["souk",', "'souk' is not in `towns`"),
        ("phrases.toml", "of_two_fields = [", 'of_two_fields = ["souk",', "'souk' is not in `bodies_of`"),
        ("confidence.toml", "model = 0.6", "model = 0.8", "`model` is not lower than `pattern`."),
        ("confidence.toml", "model = 0.6", "model = 6", "`found.model`: Input should be less than"),
        ("offices.toml", "as_of = 2020-01-01", "as_of = '2020'", "as_of is not a date: '2020'."),
        ("offices.toml", "as_of = 2020-01-01", "", "as_of is not a date: None."),
        ("transliteration.toml", "pattern = 'dj'", "pattern = 'd(j'", "`rules.pattern`: 'd(j' is not a"),
        ("transliteration.toml", '["nadjaf", "najaf"]', '["nadjaf", "nidjaf"]', "the rule for 'dj': its"),
        ("transliteration.toml", '["nadjaf", "najaf"]', '["najaf", "najaaf"]', "the rule for 'dj': it ch"),
    ],
)  # fmt: skip
def test_each_fault_of_a_word_file_has_its_line(
    small: Path, file: str, old: str, new: str, message: str
) -> None:
    line = replace(small, file, old, new)
    [found] = check_lexicon(small)
    assert found.message.startswith(message)
    assert found.path == small / "lexicon" / file
    # A finding on a list is on its first line, one on a rule on the line of its spellings.
    assert found.line == line + new.count("\n") or "rules.pattern" in message
    assert found.advice


FILES = (*SOUND, *COPIED)


@pytest.mark.parametrize("file", FILES)
def test_a_broken_line_is_one_finding(small: Path, file: str) -> None:
    line = append(small, file, "broken = {")
    [found] = {*check_lexicon(small), *check_every_file(small)}
    assert (found.path, found.severity) == (small / "lexicon" / file, "error")
    assert found.line in (line, line + 1)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_one_finding(small: Path, file: str) -> None:
    (small / "lexicon" / file).unlink()
    [found] = {*check_lexicon(small), *check_every_file(small)}
    assert (found.path, found.line) == (small / "lexicon" / file, 1)
    assert found.message == "The file is missing."


def test_an_entry_that_cannot_be_read_is_one_finding(small: Path) -> None:
    """Others refer to the entries, and one of the entries is the only user of a context."""
    for file, entry in ((P, "omar-sabti"), (F, "eagles"), (F, "lions")):
        line = replace(small, file, f"\n{entry} = {{", f"\n{entry} = {{colour = 7, ") + 1
        [found] = check_lexicon(small)
        assert (found.path, found.line) == (small / "lexicon" / file, line)
        replace(small, file, "colour = 7, ", "")


def test_an_unknown_kind_is_one_finding(small: Path) -> None:
    line = replace(small, P, "[person]", "[persons]")
    [found] = check_lexicon(small)
    assert (found.message, found.line) == ("the kind 'persons' has no label.", line)


def test_an_entry_outside_a_table_is_one_finding(small: Path) -> None:
    line = replace(small, P, "[person]\n", "")
    assert {one.line for one in check_lexicon(small)} == {line, line + 1}
    assert {one.path.name for one in check_lexicon(small)} == {"persons.toml"}


def test_other_faults_are_found_beside_a_broken_file(small: Path) -> None:
    append(small, "kinds.toml", 'band = "GROUP"')
    append(small, "contexts.toml", "broken = {")
    append(small, P, "broken = {")
    append(small, F, 'herons = {name = "Herons", leaders = ["eagles", "no"], sources = ["mk"]}')
    append(small, PLACES, 'wadi = {name = "Wadi Rahba", lat = 30.0}')
    assert {(found.path.name, found.message.split(":")[0]) for found in check_lexicon(small)} == {
        ("kinds.toml", "`labels.band`"),
        ("contexts.toml", "The file cannot be read"),
        ("persons.toml", "The file cannot be read"),
        ("armed_factions.toml", "the leader 'eagles' is not a person."),
        ("places.toml", "it has only one of `lat` and `lon`."),
    }


def test_a_name_and_its_other_forms_collide_once(small: Path) -> None:
    append(small, F, line_of(F, 'name = "Hizballah of the Marsh"'))
    number = append(
        small, F, 'other = {name = "Reeds", aliases = ["Hizballah of the Marsh"], sources = ["mk"]}'
    )
    [found] = check_lexicon(small)
    assert found.message == "'Hizballah of the Marsh' always means 'other' and also 'new'."
    assert found.line == number


@pytest.fixture(scope="module")
def shipped(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped lexicon, to break and to mend."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(models_dir / "lexicon", folder / "lexicon")
    return folder


@pytest.mark.parametrize("file", ["actors/persons.toml", "actors/government.toml", "places.toml"])
def test_a_fault_in_the_shipped_lexicon_is_one_finding(shipped: Path, file: str) -> None:
    path = shipped / "lexicon" / file
    text = path.read_text(encoding="utf-8")
    for spoiled in (f"{text}broken = {{\n", re.sub(r"\{name = ", "{nom = ", text, count=1), None):
        path.unlink()
        if spoiled is not None:
            path.write_text(spoiled, encoding="utf-8")
        [found] = check_lexicon(shipped)
        assert found.path == path
        path.write_text(text, encoding="utf-8")


def test_numbers_belong_to_one_entry(small: Path) -> None:
    append(small, "places.toml", 'one = {name = "Wadi Rahba", wikidata = "Q1", geonames = 5}')
    number = append(small, "places.toml", 'two = {name = "Wadi Sabkha", wikidata = "Q1", geonames = 5}')
    assert written(check_lexicon(small)) == {
        ("places.toml", number, "error", "wikidata 'Q1' is also that of 'one'."),
        ("places.toml", number, "error", "geonames 5 is also that of 'one'."),
    }


def test_all_findings_are_told_not_only_the_first(small: Path) -> None:
    first = append(small, F, 'herons = {name = "Herons", part_of = ["no"], sources = ["mk"]}')
    second = append(small, F, 'storks = {name = "Storks", alias = ["S"], sources = ["mk"]}')
    third = append(small, POSTS, 'clerk = {name = "Clerk", titles = ["clerk"], holders = ["nobody"]}')
    assert written(check_lexicon(small)) == {
        ("armed_factions.toml", first, "error", "there is no entry 'no'."),
        ("armed_factions.toml", second, "error", "alias: Extra inputs are not permitted."),
        ("offices.toml", third, "error", "there is no entry 'nobody'."),
        ("offices.toml", third, "warning", "there are no `sources`."),
    }


def test_the_data_may_say_that_an_ordinary_word_is_meant(small: Path) -> None:
    append(
        small, F, 'new = {name = "Herons of Hope", aliases = ["Hope"], common = ["Hope"], sources = ["mk"]}'
    )
    assert check_lexicon(small) == ()


def test_ordinary_words_under_a_condition_are_not_too_free(small: Path) -> None:
    fields = 'name = "Herons of Hope", introduced = ["Hope"], context = {war = ["Change"]}'
    append(small, F, line_of(F, fields))
    assert check_lexicon(small) == ()


def test_several_may_share_an_office(small: Path) -> None:
    fields = (
        'name = "D", titles = ["deputy"], holders = ["omar-sabti 2003..", "hadi-rahal 2004.."], shared = true'
    )
    append(small, POSTS, line_of(POSTS, fields))
    assert check_lexicon(small) == ()


def test_the_shipped_lexicon_has_no_findings(models_dir: Path) -> None:
    assert [f"{one.path.name}:{one.line}: {one.message}" for one in check_lexicon(models_dir)] == []
