"""`extract check` and `extract lexicon show`."""

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_process import ROOT, invoke

from extract.knowledge import Finding
from extract.lexicon import Lexicon

ACTORS = Path("lexicon", "actors", "armed_factions.toml")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "models", tmp_path / "models"))


@pytest.mark.usefixtures("forked")  # `make knowledge` starts cold
def test_the_shipped_knowledge_has_no_findings() -> None:
    done = invoke("check")
    assert (done.exit_code, done.stdout) == (0, "errors: 0, warnings: 0\n")


def test_the_lexicon_has_the_command_too(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding(ROOT / "models" / ACTORS, 7, "warning", "It is odd.", "Mend it.")
    monkeypatch.setattr("extract.check.check_models", lambda _models_dir: (found,))
    for command in (["check"], ["lexicon", "check"]):
        done = invoke(*command)
        assert done.exit_code == 0
        assert done.stdout.splitlines()[0].endswith(f"{ACTORS}:7: warning: It is odd. Mend it.")
        assert done.stdout.splitlines()[1:] == ["errors: 0, warnings: 1"]


@pytest.mark.usefixtures("forked")
def test_every_error_is_named_with_its_line(models: Path) -> None:
    file = models / ACTORS
    text = file.read_text(encoding="utf-8")
    spoiled = 'jund-al-matar = {name = "Jund al-Matar", part_of = ["no-such-actor"]}'
    other = 'jund-al-bahr = {name = "Jund al-Bahr", name_when = "no_such_context"}'
    header = "[armed_faction]\n"
    file.write_text(text.replace(header, f"{header}{spoiled}\n{other}\n"), encoding="utf-8")
    line = text[: text.index(header)].count("\n") + 2
    done = invoke("check", EXTRACT_MODELS_DIR=str(models))
    assert done.exit_code == 1
    errors = [found for found in done.stdout.splitlines() if ": error: " in found]
    assert [found.split(": error: ")[0] for found in errors] == [f"{file}:{line}", f"{file}:{line + 1}"]
    assert "no-such-actor" in errors[0]
    assert "no_such_context" in errors[1]
    assert done.stdout.splitlines()[-1].startswith("errors: 2, ")


def test_an_entry_is_shown_with_its_place_names_and_conditions(lexicon: Lexicon) -> None:
    done = invoke("lexicon", "show", "badr-organization")
    assert done.exit_code == 0
    file, line = re.findall(r"\((\S+):(\d+)\)", done.stdout)[0]
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    assert lines[int(line) - 1].startswith("badr-organization = ")
    shown = [" ".join(row.split()) for row in done.stdout.splitlines()]
    assert "Badr FACTION after a full name in the article" in shown
    assert "Badr FACTION near words of the context militia" in shown
    for name in lexicon.entities["badr-organization"].aliases:
        assert name.split()[0] in done.stdout


def test_who_leads_whom_and_who_holds_which_office_is_shown() -> None:
    leader = invoke("lexicon", "show", "hadi-al-amiri").stdout
    assert re.search(r"leads\s+badr-organization", leader)
    holder = invoke("lexicon", "show", "haider-al-abadi").stdout
    assert re.search(r"office\s+Prime Minister of Iraq 2014\S*\.\.2018", holder)


def test_an_entry_is_shown_as_json() -> None:
    entry = json.loads(invoke("lexicon", "show", "haider-al-abadi", "--json").stdout)
    assert (entry["id"], entry["label"]) == ("haider-al-abadi", "PERSON")
    file, line = entry["place"].rsplit(":", 1)
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    assert lines[int(line) - 1].startswith("haider-al-abadi = ")
    assert "Prime Minister of Iraq" in {office["name"] for office in entry["offices"]}
    conditions = {name["surface"]: name["when"] for name in entry["names"]}
    assert conditions[entry["name"]] is None
    assert conditions["al-Abadi"] == "iraq"
    leader = json.loads(invoke("lexicon", "show", "hadi-al-amiri", "--json").stdout)
    assert {"entity_id": "badr-organization", "first": "2002", "last": None} in leader["leads"]
