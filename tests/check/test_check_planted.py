"""Planted faults: each is some lines put into a copy of models/, and gives one finding, on its line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.check import check_models
from extract.check.cue_examples import check_cue_examples
from extract.check.cue_words import check_cues
from extract.check.date_rules import check_dates
from extract.check.every_file import check_every_file
from extract.check.lexicon_entries import check_lexicon
from extract.check.line_words import check_lines
from extract.check.page_words import check_pages
from extract.check.weights import check_weights

FACTIONS, PARTIES = "lexicon/actors/armed_factions.toml", "lexicon/actors/parties.toml"
PLACES, OFFICES = "lexicon/places.toml", "lexicon/offices.toml"
RULES, NAMES, CALENDARS = "dates/rules.toml", "dates/names.toml", "dates/calendars.toml"
CUES, SPEAKERS = "quotes/cues.toml", "quotes/speakers.toml"
LAYOUT, COLUMNS = "reading/layout.toml", "reading/columns.toml"
OWN_CHECK = {
    "lexicon": check_lexicon,
    "quotes": check_cues,
    "dates": check_dates,
    "reading": check_pages,
    "text": check_lines,
    "consensus": check_weights,
}


@dataclass(frozen=True)
class Fault:
    """What is planted, and what the finding says of it.

    Attributes:
        below: Beginnings of lines, each looked for below the one before; the fault goes below the last.
        planted: The lines of the fault.
        seen: A part of the message.
        line: Which of the planted lines the finding names.
    """

    file: str
    below: tuple[str, ...]
    planted: str
    seen: str
    severity: str = "error"
    line: int = 1

    def plant(self, models: Path) -> int:
        """Plant the fault and return the line that a finding should name."""
        path = models / self.file
        lines = path.read_text("utf-8").splitlines()
        at = 0
        for start in self.below:
            at = next(n for n, line in enumerate(lines[at:], at + 1) if line.startswith(start))
        path.write_text("\n".join([*lines[:at], *self.planted.splitlines(), *lines[at:]]) + "\n", "utf-8")
        return at + self.line


def faction(fields: str, seen: str, severity: str = "error") -> Fault:
    return Fault(FACTIONS, ("[armed_faction]",), f"saraya-x = {{{fields}}}", seen, severity)


def office(holders: str, seen: str) -> Fault:
    line = f'x-chief = {{name = "X chief", titles = ["X Chief"], holders = ["{holders}"], sources = ["mk"]}}'
    return Fault(OFFICES, ("[office]",), line, seen)


def rule(
    family: str, pattern: str, seen: str, *, needs: str = "today", example: str = "today", line: int = 1
) -> Fault:
    planted = f"""[rules.{family}.planted]
pattern = '{pattern}'
needs = '{needs}'
example = '{example}'
"""
    return Fault(RULES, ("[rules.", "example = "), planted, seen, line=line)


SOURCES = 'sources = ["mk"]'
FAULTS = {
    # Any file
    "broken TOML in an entry": faction('name = "Saraya', "cannot be read"),
    "broken TOML in the cues": Fault(CUES, ("[verbs.speech]",), "opine = 0,7", "cannot be read"),
    "broken TOML in the date rules": Fault(RULES, ("[triggers]",), "moon = {", "cannot be read"),
    "a word twice in a list": Fault(
        SPEAKERS, ("[persons]", "nouns = ["), '    "cleric", "cleric",', "'cleric'", "warning"
    ),
    "a word twice in a list in an array of tables": Fault(
        "lexicon/transliteration.toml",
        ("rules = [",),
        """    {pattern = 'zz+', sound = "z", same = ["zzy", "zzy", "zy"]},""",
        "'zzy'",
        "warning",
    ),
    # Entries of the lexicon
    "an unknown field": faction(f'name = "Saraya X", colour = "green", {SOURCES}', "colour"),
    "an entry without a name": faction(f'country = "IQ", {SOURCES}', "name"),
    "a name that is a number": faction(f"name = 7, {SOURCES}", "name"),
    "an id that is no slug": Fault(
        FACTIONS, ("[armed_faction]",), f'Saraya_X = {{name = "Saraya X", {SOURCES}}}', "slug"
    ),
    "an id that is taken": Fault(
        PARTIES, ("[political_party]",), f'kataib-hezbollah = {{name = "Saraya X", {SOURCES}}}', "is taken"
    ),
    "an id that is taken further up in the file": Fault(
        PLACES, ("[region]",), 'basra = {name = "Planted"}', "is taken"
    ),
    "an unknown body": faction(f'name = "Saraya X", part_of = ["no-such-body"], {SOURCES}', "no-such-body"),
    "a leader who is no person": faction(
        f'name = "Saraya X", leaders = ["kataib-hezbollah"], {SOURCES}', "not a person"
    ),
    "an unknown context": faction(f'name = "Saraya X", context = {{irak = ["Sar"]}}, {SOURCES}', "irak"),
    "a wrong country code": faction(f'name = "Saraya X", country = "Iraq", {SOURCES}', "'Iraq'"),
    "a wrong Wikidata id": faction(f'name = "Saraya X", wikidata = "796", {SOURCES}', "Wikidata"),
    "no sources": faction('name = "Saraya X"', "sources", "warning"),
    "a name that means two": Fault(
        PARTIES,
        ("[political_party]",),
        f'saraya-x = {{name = "Saraya X", aliases = ["Hezbollah Brigades"], {SOURCES}}}',
        "always means",
    ),
    "an English word as a name": faction(
        f'name = "Saraya X", aliases = ["Victory"], {SOURCES}', "English word", "warning"
    ),
    "an alias under never": faction(
        f'name = "Saraya X", aliases = ["Zuz Co"], never = ["Zuz Co"], {SOURCES}', "never"
    ),
    "a place that is not on Earth": Fault(
        PLACES, ("[city]",), 'nowhere-x = {name = "Nowhere X", lat = 91.0, lon = 44.0}', "Earth"
    ),
    "half a position": Fault(
        PLACES, ("[city]",), 'nowhere-x = {name = "Nowhere X", lat = 33.0}', "`lat` and `lon`"
    ),
    "an unknown kind": Fault(
        FACTIONS, ("# ",), f'[armd_faction]\nx = {{name = "Saraya X", {SOURCES}}}', "armd_faction"
    ),
    # Offices and words of the lexicon
    "a term that ends before it begins": office("mustafa-al-kadhimi 2020..2019", "ends before"),
    "a holder who is not in the lexicon": office("no-body 2020..", "no-body"),
    "a date that is none": office("mustafa-al-kadhimi 2020-13..", "2020-13"),
    "a label that is none": Fault("lexicon/kinds.toml", ("[labels]",), 'x_kind = "FRACTION"', "x_kind"),
    "an unknown list of a context": Fault(
        "lexicon/contexts.toml", ("[iraq]",), 'paragraph = ["Iraq"]', "paragraph"
    ),
    "a context that nobody uses": Fault(
        "lexicon/contexts.toml", ("# ",), '[moon]\narticle = ["Moon"]', "moon", "warning"
    ),
    "an unknown list of names": Fault("lexicon/names.toml", ("# ",), 'titels = ["X"]', "titels"),
    "a sound with a group that its pattern lacks": Fault(
        "lexicon/transliteration.toml",
        ("rules = [",),
        r"""    {pattern = '(zz)y', sound = '\3', same = ["zzy", "zz"]},""",
        "group reference 3",
    ),
    "a form with a group that its pattern lacks": Fault(
        "lexicon/transliteration.toml",
        ("parted = [",),
        r"    {pattern = '(zz)y', written = '\u\2'},",
        "group reference 2",
    ),
    "a sound of a pattern that is none": Fault(
        "lexicon/transliteration.toml",
        ("rules = [",),
        r"""    {pattern = '(zz', sound = '\1', same = ["zzy", "zz"]},""",
        "regular expression",
    ),
    "a spelling of a spelling": Fault(
        "lexicon/spellings.toml", ("[words]",), 'katiab = ["qatiab"]', "katiab"
    ),
    # Cues and speakers
    "a cue that is no number": Fault(CUES, ("[verbs.speech]",), 'yodel = "often"', "yodel"),
    "a cue above one": Fault(CUES, ("[verbs.speech]",), "yodel = 1.5", "yodel"),
    "a verb in two kinds": Fault(CUES, ("[verbs.thought]",), "say = 0.5", "'say'"),
    "a verb in two kinds that a list names further down": Fault(
        CUES, ("[verbs.phrasal]",), "dub = 0.5", "'dub'"
    ),
    "a particle of a noun that a list names further down": Fault(
        CUES, ("[particles]",), 'affidavit = ["up"]', "'affidavit'"
    ),
    "evidence that is no verb but is in a list further down": Fault(
        CUES, ("[evidence.verbs]",), "affidavit = 0.5", "'affidavit'"
    ),
    "a word with which one above it begins": Fault(
        SPEAKERS, ("anonymous = [", '    "aide"'), '    "observ",', "'observ'"
    ),
    "an unknown section of cues": Fault(CUES, ("# ",), '[gestures]\nverbs = ["nod"]', "gestures"),
    "a frame that is none": Fault(CUES, ("[frames]",), "yodel = { hill = 0.5 }", "hill"),
    "a noun that is no number": Fault(CUES, ("[nouns]",), 'yodel = { that = "often" }', "yodel"),
    "a particle of no verb": Fault(CUES, ("[particles]",), 'yodel = ["out"]', "yodel"),
    "a verb with an unknown particle": Fault(CUES, ("[frames]",), '"brush hill" = { object = 0.5 }', "hill"),
    "a name that is male and female": Fault(
        SPEAKERS, ("[first_names]", "female = ["), '    "ahmed",', "ahmed"
    ),
    # Dates
    "a rule of no family": rule("wekday", "{today}", "wekday"),
    "a piece that there is not": rule("today", "{moon}", "moon"),
    "a trigger that there is not": rule("today", "{today}", "tide", needs="tide"),
    "a pattern that is none": rule("today", "({today}", "missing )"),
    "an example that the rule misses": rule(
        "today", "{today} eve", "yesterday morning", example="yesterday morning", line=4
    ),
    "a fragment that is broken": Fault(RULES, ("[fragments]",), "moony = '{moon}|['", "moon"),
    "a broken fragment that another uses": Fault(
        RULES, ("[fragments]",), "moony = '{tidal} eve'\ntidal = '['", "tidal", line=2
    ),
    "a fragment within itself": Fault(RULES, ("[fragments]",), "moony = '{moony} eve'", "moony > moony"),
    "fragments in two circles": Fault(
        RULES,
        ("[fragments]",),
        "moony = '{tidal} eve|{ebbing}'\ntidal = '{moony}'\nebbing = '{moony}'",
        "contains itself",
    ),
    "the last but one of a month": Fault(NAMES, ("[nth]",), "penultimate = -2", "penultimate"),
    "a thirteenth month": Fault(NAMES, ("[month.plain]",), "Puyember = 13", "Puyember"),
    "a number that counts nothing": Fault(NAMES, ("[number]",), "zilch = 0", "zilch"),
    "a unit that no year is counted in": Fault(NAMES, ("[same_unit]",), 'olympiad = "Y"', "olympiad"),
    "a period shorter than a day": Fault(NAMES, ("[period]",), 'watch = "TH"', "watch"),
    "a name with two blanks": Fault(NAMES, ("[today]",), '"the  morrow" = 1', "the  morrow"),
    "a curly apostrophe in a name": Fault(NAMES, ("[today]",), '"this morn’" = 0', "this morn’"),
    "a capital in a lemma": Fault("dates/tense.toml", ("[calendar]", "verbs = ["), '    "Erupt",', "verbs"),
    "an empty word": Fault("dates/context.toml", ("[speech]", "verbs = ["), '    "",', "speech.verbs"),
    "an empty list of words": Fault(RULES, ("[words]",), "moons = []", "moons"),
    "a unit that is none": Fault(NAMES, ("[period]",), 'moon = "MO"', "moon"),
    "an unknown table of names": Fault(NAMES, ("# ",), "[moons]\nfull = 1", "moons"),
    "a feast on no day": Fault(CALENDARS, ("[named_day.plain]",), 'Moonday = "02-30"', "Moonday"),
    "a feast without a code": Fault(CALENDARS, ("[named_day.plain]",), 'Moonday = "soon"', "Moonday"),
    "an occasion on no day": Fault(CALENDARS, ("[occasion]",), '"the landing" = "2003-13-01"', "landing"),
    # Reading
    "an unknown field of columns": Fault(COLUMNS, ("[names]",), 'editor = ["editor"]', "editor"),
    "a column of two fields": Fault(COLUMNS, ("[names]", "title = ["), '    "story",', "story"),
    "an unknown list of layouts": Fault(LAYOUT, ("[bylines]",), 'hats = ["x"]', "hats"),
    "a form of two outlets": Fault(
        LAYOUT, ("[outlets]", '"Voice of America"'), '"The Moon" = ["Agence France-Presse"]', "Moon"
    ),
    "a capital in a word of the future": Fault(
        "reading/dates.toml", ("[future]", "far = ["), '    "Will",', "future.far"
    ),
    "a zone beyond the date line": Fault("reading/dates.toml", ("[zones]",), "XYZ = 2000", "XYZ"),
    "a number in a list of words": Fault(
        "reading/language.toml", ("function_words = [",), "    7,", "function_words"
    ),
    # Weights
    "an unknown situation": Fault(
        "consensus/weights.toml", ("[weights.PERSON]",), "neither = 0.4", "neither"
    ),
    "a label of weights that is none": Fault(
        "consensus/weights.toml", ("least",), "[weights.MOON]\nboth = 0.4", "MOON"
    ),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, copy_models: Callable[[Path], Path]) -> Path:
    return copy_models(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def models(copied: Path) -> Iterator[Path]:
    """A copy of models/, restored after the test."""
    before = {path: path.read_bytes() for path in copied.rglob("*.toml")}
    yield copied
    for path, content in before.items():
        path.write_bytes(content)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_a_planted_fault_is_one_finding_on_its_line(fault: Fault, models: Path) -> None:
    line = fault.plant(models)
    folder = fault.file.partition("/")[0]
    [finding] = {*check_every_file(models / folder), *OWN_CHECK[folder](models)}  # others read other files
    assert (finding.path, finding.line, finding.severity) == (models / fault.file, line, fault.severity), (
        finding
    )
    assert fault.seen in finding.message


@pytest.mark.usefixtures("forked")
def test_faults_in_all_rooms_are_found_at_once(models: Path) -> None:
    """A file that breaks its shape hides what can only be told with it; these break none."""
    names = (
        "no sources",
        "a holder who is not in the lexicon",
        "a verb in two kinds",
        "a form of two outlets",
    )
    names += ("a name that is male and female", "an example that the rule misses", "an unknown situation")
    planted = {(models / FAULTS[name].file, FAULTS[name].plant(models)) for name in names}
    assert {(finding.path, finding.line) for finding in check_models(models)} == planted


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("Karwan Dizayi said that [the vote was late].", []),
        ("Karwan Dizayi said that the vote [was late].", ["was late"]),
        ("Karwan Dizayi said that the vote was late.", ["gives"]),
    ],
)
def test_examples_of_cues_are_parsed(sentence: str, seen: list[str], models: Path) -> None:
    path = models / CUES
    path.write_text(path.read_text("utf-8") + f'\n[examples]\nsay = ["{sentence}"]\n', "utf-8")
    found = list(check_cue_examples(models))
    assert len(found) == len(seen)
    assert all(part in finding.message for part, finding in zip(seen, found, strict=True))
    assert all(finding.line == path.read_text("utf-8").count("\n") for finding in found)


@pytest.mark.usefixtures("forked")
def test_an_example_waits_until_the_other_files_are_mended(models: Path) -> None:
    path = models / CUES
    example = '\n[examples]\nsay = ["Karwan Dizayi said that [the vote was late]."]\n'
    path.write_text(path.read_text("utf-8") + example, "utf-8")
    fault = FAULTS["broken TOML in an entry"]
    line = fault.plant(models)
    [finding] = check_models(models)
    assert (finding.path, finding.line) == (models / fault.file, line)


def test_the_example_in_the_head_of_the_cues_is_right(models: Path) -> None:
    path = models / CUES
    text = path.read_text("utf-8")
    [example] = re.findall(r"^#     (.*\[.*\].*)$", text, re.MULTILINE)
    path.write_text(f"{text}\n[examples]\n{example}\n", "utf-8")
    assert list(check_cue_examples(models)) == []
