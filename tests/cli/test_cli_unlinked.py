"""The analyst's loop: names without an entity, a line for the lexicon, and the rows that follow."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cli_process import ROOT, invoke

from extract.lexicon import Lexicon

HEADER = ["problem", "label", "name", "mentions", "articles", "variants", "sentences", "near", "advice"]


def names_in(output: Path, *options: str, **environment: str) -> dict[str, Any]:
    done = invoke("unlinked", "--output", output, "--json", *options, **environment)
    assert done.exit_code == 0, done.stderr
    names: dict[str, Any] = json.loads(done.stdout)
    return names


def test_json_holds_names_with_suggestions_from_the_lexicon(sample_tables: Path, lexicon: Lexicon) -> None:
    names = names_in(sample_tables, "--top", "1000")
    assert set(names) == {"unlinked", "ambiguous"}
    assert len(names["unlinked"]) > 20
    near = [actor for row in names["unlinked"] for actor in row["suggestions"]]
    assert {actor["entity_id"] for actor in near} <= lexicon.entities.keys()
    for actor in near:
        file, line = actor["advice"].rsplit(" in ", 1)[1].split(":")
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        assert lines[int(line) - 1].startswith(f"{actor['entity_id']} =")
    entities = pd.read_parquet(sample_tables / "entities")
    counted = sum(row["mentions"] for rows in names.values() for row in rows)
    known = entities["entity_id"].notna() | entities["name_id"].isin(lexicon.entities.keys())
    assert counted == (~known).sum()


def test_options_narrow_what_is_shown(sample_tables: Path) -> None:
    rows = names_in(sample_tables, "--label", "PERSON", "--min-articles", "2", "--top", "2")["unlinked"]
    assert 0 < len(rows) <= 2
    assert all(row["label"] == "PERSON" and row["articles"] >= 2 for row in rows)


def test_a_pipe_gets_one_tab_separated_row_a_name(sample_tables: Path) -> None:
    done = invoke("unlinked", "--output", sample_tables, "--top", "5")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows[0] == HEADER
    assert [row[0] for row in rows[1:6]] == ["unlinked"] * 5
    assert {len(row) for row in rows} == {len(HEADER)}


def test_a_terminal_gets_a_table_and_lines_to_paste(sample_tables: Path) -> None:
    done = invoke("unlinked", "--output", sample_tables, "--top", "3", FORCE_COLOR="1", COLUMNS="120")
    assert "names without an entity" in done.stdout
    assert "nearest known actors" in done.stdout
    name = names_in(sample_tables, "--top", "1")["unlinked"][0]
    assert f"{name['new_entry']}  # {name['new_entry_at']}" in done.stdout
    assert "Next:" in done.stdout


@pytest.mark.usefixtures("warm")
def test_a_pasted_line_gives_the_name_an_entity(tmp_path: Path) -> None:
    models, output = tmp_path / "models", tmp_path / "out"
    shutil.copytree(ROOT / "models", models)
    article = tmp_path / "talk.txt"
    article.write_text(
        "Salim Qattan said on Monday that the port of Umm Qasr stays open. Qattan leads its workers.\n",
        encoding="utf-8",
    )
    arguments, environment = (
        ("run", article, "--output", output, "--workers", "1"),
        {"EXTRACT_MODELS_DIR": str(models)},
    )
    assert invoke(*arguments, **environment).exit_code == 0
    [name] = names_in(output, "--label", "PERSON", **environment)["unlinked"]
    assert (name["name"], name["mentions"]) == ("Salim Qattan", 2)

    table, file = name["new_entry_at"].split(" in ")
    text = Path(file).read_text(encoding="utf-8")
    Path(file).write_text(text.replace(table, f"{table}\n{name['new_entry']}"), encoding="utf-8")
    checked = invoke("lexicon", "check", **environment)
    assert checked.exit_code == 0, checked.stdout

    done = invoke(*arguments, **environment)
    assert "1 done, 0 skipped" in done.stdout
    entities = pd.read_parquet(output / "entities")
    persons = entities[entities["label"] == "PERSON"]
    assert persons["entity_id"].tolist() == ["salim-qattan", "salim-qattan"]
    assert names_in(output, "--label", "PERSON", **environment)["unlinked"] == []
