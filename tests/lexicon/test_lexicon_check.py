"""The check of the lexicon: every kind of finding, on the line where it stands."""

from pathlib import Path

import pytest

from extract.check.lexicon_entries import Finding, check_lexicon

KINDS = """national = []
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
OFFICES = """[office]
mayor = {name = "Mayor", country = "IQ", titles = ["mayor"], holders = [
    "omar-sabti 2003..2005-06", "hadi-rahal 2005-06..",
], sources = ["mk"]}
"""
SOUND = {
    "kinds.toml": KINDS,
    "contexts.toml": CONTEXTS,
    "spellings.toml": "transliterated_countries = []\nfixed = []\n[words]\n",
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
