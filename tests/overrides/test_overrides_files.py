"""Files with corrections: what may be written, and what is refused, by file and line."""

import tomllib
from pathlib import Path

import pytest

from extract.errors import OverrideError
from extract.lexicon import Lexicon
from extract.overrides import check_overrides, load_overrides, overrides_beside
from extract.overrides.files import fault_of
from extract.overrides.writing import entry_text, merge_entries

TOML = """\
# Corrections of the spring.

[[override]]
article = "news/001"
text = "the Basra office"
entity = ""
why = "a branch, not the party"
by = "H."
on = 2021-07-30

[[override]]
text = "Qattan"
outlet = "The Daily Sample"
after = 2021-01-01
label = "PERSON"
"""

CSV = """\
article,text,start,speaker,value,published,drop
news/001,"a long, long night",120,Samir Qattan,,,
news/001,Monday,,,2021-07-26,,
news/001,The roads are closed,,-,,,
news/002,,,,,2021-07-28,
news/002,Silk Road,,,,,true
news/002,Silk Route,,,,,quote
"""


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_entries_are_read_with_their_lines(tmp_path: Path, lexicon: Lexicon) -> None:
    entries = load_overrides(write(tmp_path, "spring.toml", TOML), lexicon).entries
    assert [(one.line, one.text, one.entity, one.label) for one in entries] == [
        (11, "Qattan", None, "PERSON"),
        (3, "the Basra office", "", None),
    ]


def test_a_csv_file_says_the_same(tmp_path: Path, lexicon: Lexicon) -> None:
    entries = load_overrides(write(tmp_path, "spring.csv", CSV), lexicon).entries
    said = {(one.target, one.text, one.start, one.speaker, one.value, one.drop) for one in entries}
    assert said == {
        ("quote", "a long, long night", 120, ("Samir Qattan",), None, False),
        ("date", "Monday", None, None, "2021-07-26", False),
        ("quote", "The roads are closed", None, ("",), None, False),
        ("article", "", None, None, None, False),
        ("any", "Silk Road", None, None, None, True),
        ("quote", "Silk Route", None, None, None, "quote"),
    }


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('text = "Qattan"', "1: exactly one of entity, label, name"),
        ('text = "Qattan"\nentity = ""\nvalue = "2021"', "found entity, value"),
        ('entity = ""', "`text`, the words to be corrected, is missing"),
        ('text = "Qattan"\nstart = 3\nentity = ""', "`start` needs `article`"),
        ('text = "Qattan"\nspeaker = "Samir"', "`speaker` needs `article`"),
        ('text = "Qattan"\nquote = "direct"', "`quote` needs `article`"),
        ('text = "Qattan"\ndrop = "speaker"', "`drop`: Input should be"),
        ("published = 2021-07-28", "`published` needs `article` and no `text`"),
        ('article = "a"\ntext = "Monday"\nvalue = "next week"', "'next week' is no TIMEX3 value"),
        ('article = "a"\ntext = "Monday"\nvalue = "2021-02-30"', "'2021-02-30' is no TIMEX3 value"),
        ('text = "Qattan"\nentity = ""\nafter = 2021-08-01\nbefore = 2021-07-01', "no day is both"),
        ('article = "a"\npublished = 2021-02-30', "3: The file cannot be read"),
        ('text = "Qattan"\nentity = "nobody-at-all"', "The lexicon has no entity 'nobody-at-all'"),
        (
            'text = "Qattan"\nentity = "qais-al-khazali"\nlabel = "ORG"',
            "qais-al-khazali is a PERSON, not a ORG",
        ),
        ('text = "Qattan"\nlabel = "MAN"', "`label`: Input should be 'FACTION'"),
        ('text = "Qattan"\nentty = "x"', "`entty`: Extra inputs are not permitted"),
        ('text = "Qattan"\nentity = ', "3: The file cannot be read"),
    ],
)
def test_an_entry_that_is_wrong_is_named(tmp_path: Path, lexicon: Lexicon, entry: str, fault: str) -> None:
    write(tmp_path, "spring.toml", f"[[override]]\n{entry}\n")
    [finding] = check_overrides(tmp_path, lexicon)
    assert fault in f"{finding.line}: {finding.message}"
    with pytest.raises(OverrideError, match=r"spring\.toml:\d"):
        load_overrides(tmp_path, lexicon)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        *(
            (value, True)
            for value in ("XXXX-WXX-1TEV", "PT1H30M", "P1Y6M", "BC0500", "BC0216-08-02", "XXXX-SU")
        ),
        *((value, True) for value in ("PT48H", "PT30M", "PT72H", "PT90M", "P1DT36H", "P7DT60M")),
        *((value, True) for value in ("XXXX-XX-XXT20:30", "XXXX-QX", "P2.5D", "PXE", "PRESENT_REF")),
        *((value, False) for value in ("P", "PT", "P1", "BC", "T", "1H30M", "2021-28 July", "XXXX-XX-XXT30")),
        *((value, False) for value in ("2021-13", "2021-6-1", "2021-W60", "2021-07-19T25:00")),
    ],
)
def test_the_values_that_the_finder_writes_can_be_written(value: str, *, is_one: bool) -> None:
    assert (fault_of({"text": "then", "value": value}) == "") is is_one


def test_an_import_replaces_what_it_says_again_and_nothing_else(tmp_path: Path) -> None:
    """The words of a name may be a quote too; what is dropped has no other correction."""
    path = tmp_path / "tool.toml"
    path.write_text("# Nothing yet.\n", encoding="utf-8")
    here = {"article": "a", "text": "Rain", "start": 3}
    name, quote = {**here, "label": "ORG"}, {**here, "speaker": ""}
    merge_entries(path, [name, quote])
    merge_entries(path, [{**here, "label": "FAC"}])
    said = tomllib.loads(path.read_text("utf-8"))["override"]
    assert said == [{**here, "label": "FAC"}, quote]
    merge_entries(path, [{**here, "drop": True}])
    assert tomllib.loads(path.read_text("utf-8"))["override"] == [{**here, "drop": True}]
    merge_entries(path, [name])
    assert tomllib.loads(path.read_text("utf-8"))["override"] == [name]


@pytest.mark.parametrize(
    "words", ["a\u202eb c", "soft\u00adhyphen", "zero\u200bwidth", "bell\x07 \x7f", 'a "b" \\ قاسم']
)
def test_what_cannot_be_seen_is_escaped_in_an_entry(tmp_path: Path, words: str) -> None:
    text = entry_text({"text": words, "entity": ""})
    assert all(character.isprintable() for character in text.replace("\n", ""))
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    assert [one.text for one in load_overrides(tmp_path).entries] == [words]


def test_two_corrections_of_the_same_words_are_refused(tmp_path: Path, lexicon: Lexicon) -> None:
    entry = '[[override]]\ntext = "Qattan"\nlabel = "{}"\n'
    write(tmp_path, "spring.toml", entry.format("PERSON") + entry.format("ORG"))
    [finding] = check_overrides(tmp_path, lexicon)
    assert (finding.line, "spring.toml:1 corrects the same words" in finding.message) == (4, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("drop = true", 'label = "ORG"'),
        ('value = "2021"', "drop = true"),
        ('drop = "quote"', "drop = true"),
        ('entity = ""', 'drop = "name"'),
    ],
)
def test_what_is_dropped_has_no_other_correction(
    tmp_path: Path, lexicon: Lexicon, one: str, other: str
) -> None:
    write(tmp_path, "a.toml", f'[[override]]\ntext = "Kata\'ib"\n{one}\n')
    write(tmp_path, "b.toml", f'[[override]]\ntext = "Kata\u2019ib"\n{other}\n')
    [finding] = check_overrides(tmp_path, lexicon)
    assert "a.toml:1 corrects the same words" in finding.message


def test_spreadsheets_may_write_semicolons(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", 'article;text;drop;by;on\nnews/1;"Silk; Road";TRUE;H.;2021-08-02\n')
    [one] = load_overrides(tmp_path).entries
    assert (one.scope.article, one.text, one.drop) == ("news/1", "Silk; Road", True)
    assert one.record == {"by": "H.", "on": "2021-08-02"}


@pytest.mark.parametrize(
    "head",
    ["article;text;drop;# found, how often, how sure, in what", '"article";"text";"drop";"# a, b, c, d"'],
)
def test_columns_for_the_reader_may_have_any_name(tmp_path: Path, head: str) -> None:
    write(tmp_path, "a.csv", f"{head}\nnews/1;Silk Road;true;ORG, 3, 0.4, a road\n")
    [one] = load_overrides(tmp_path).entries
    assert (one.scope.article, one.text, one.drop) == ("news/1", "Silk Road", True)


def test_the_folder_is_beside_the_inputs(tmp_path: Path) -> None:
    assert overrides_beside([tmp_path / "news"]) is None
    (tmp_path / "overrides").mkdir()
    assert overrides_beside([tmp_path / "news"]) == tmp_path / "overrides"
