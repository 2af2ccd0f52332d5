"""`extract search`, `who` and `query`, and `--json` of the commands that look."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cli_process import extract, invoke
from typer.testing import CliRunner

from extract.cli.app import app
from extract.cli.screen.marked_text import Mark, marked
from extract.errors import QueryError
from report.report_samples import annotation, publish

TRAP = "Ha\x1b[2Jil\u202e [red]<script>"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(
        tmp_path_factory.mktemp("o"),
        [
            annotation("a", "“Rain” said Jund al-Matar. “Snow” said Salim al-Ghaim.", outlet="Qasr Wire"),
            annotation("trap", f"“{TRAP}” said Bahr.", day=None, outlet=TRAP, title=TRAP),
        ],
    )


@pytest.fixture(autouse=True)
def _here(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACT_OUTPUT", str(outputs))


def test_a_search_tells_who_for_whom_when_and_where() -> None:
    shown = " ".join(invoke("search", "--faction", "jund-al-matar").stdout.split())
    assert "2021-07-28 Jund al-Matar “Rain” Qasr Wire, a:1" in shown
    assert "Salim al-Ghaim (of Jund al-Matar) “Snow”" in shown


def test_a_search_that_finds_nothing_says_so() -> None:
    assert invoke("search", "fog").stdout == "No statements.\n"


def test_a_name_among_the_words_is_told() -> None:
    done = invoke("search", "jund", "al-matar")
    assert done.stderr == (
        "Of Jund al-Matar: --about jund-al-matar, --faction jund-al-matar or --speaker jund-al-matar.\n"
    )


def test_what_was_left_out_for_want_of_a_day_is_told() -> None:
    done = invoke("search", "--since", "2021")
    assert "1 more, of an unknown day" in done.stderr
    assert "unknown day" not in invoke("search").stderr


def test_control_characters_are_escaped_on_the_screen() -> None:
    for arguments in (["search"], ["who", "bahr"], ["show", "trap"], ["query", "FROM statements"]):
        shown = invoke(*arguments).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    shown = "".join(invoke("show", "trap").stdout.split())
    assert r"Ha\x1b[2Jil\u202e[red]<script>" in shown


def test_csv_and_json_have_all_columns_and_csv_no_control_characters() -> None:
    rows = list(csv.DictReader(io.StringIO(invoke("search", "--format", "csv").stdout)))
    harmless = TRAP.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
    assert [row["words"] for row in rows] == ["Rain", "Snow", harmless]
    assert rows[1]["member_of_names"] == "Jund al-Matar"
    records = json.loads(invoke("search", "--format", "json").stdout)
    assert records[1]["member_of"] == ["jund-al-matar"]
    assert records[0]["day"] == "2021-07-28"
    assert records[2]["words"] == TRAP


def test_rows_go_to_a_file(tmp_path: Path) -> None:
    invoke("search", "rain", "--format", "csv", "--to", tmp_path / "said.csv")
    assert (tmp_path / "said.csv").read_text().splitlines()[1].startswith("a:q1")
    invoke("query", "FROM statements", "--format", "parquet", "--to", tmp_path / "said.parquet")
    assert pq.read_table(tmp_path / "said.parquet")["words"].to_pylist() == ["Rain", "Snow", TRAP]


def test_parquet_goes_through_a_pipe() -> None:
    content = invoke("query", "SELECT 1 AS one", "--format", "parquet").stdout_bytes
    assert pq.read_table(io.BytesIO(content)).to_pylist() == [{"one": 1}]


def test_who_has_a_card_counts_and_statements() -> None:
    shown = " ".join(invoke("who", "jund-al-matar").stdout.split())
    assert "name Jund al-Matar kind armed_faction leaders Salim al-Ghaim" in shown
    assert "2021-07 1 1 0" in shown
    assert "Said: 1" in shown
    assert "Said for it, or by its members and leaders: 1" in shown
    assert "Said about it: 0" in shown


def test_who_shows_so_many_statements_and_json_has_all() -> None:
    assert "“Rain”" not in invoke("who", "jund-al-matar", "--top", "0").stdout
    record = json.loads(invoke("who", "jund-al-matar", "--json").stdout)
    assert record["name"] == "Jund al-Matar"
    assert [one["words"] for one in record["said"]] == ["Rain"]
    assert record["months"] == [{"month": "2021-07", "stories": 1, "said": 1, "about": 0}]


def test_a_query_gives_rows() -> None:
    sql = "SELECT speaker, list(words) AS said FROM statements GROUP BY ALL ORDER BY 1 LIMIT 2"
    assert json.loads(invoke("query", sql, "--format", "json").stdout) == [
        {"speaker": "Bahr", "said": [TRAP]},
        {"speaker": "Jund al-Matar", "said": ["Rain"]},
    ]


def test_a_query_may_come_through_standard_input() -> None:
    assert "42" in CliRunner().invoke(app, ["query", "-"], input="SELECT 42").stdout


def test_a_query_reaches_no_file() -> None:
    with pytest.raises(QueryError, match="more than the tables"):
        invoke("query", "FROM read_text('/etc/hostname')")


def test_a_long_table_is_cut_and_says_so() -> None:
    done = invoke("query", "FROM range(101) AS numbers(n)")
    assert "The first 100 of 101 rows" in done.stderr
    assert len(invoke("query", "FROM range(101) AS numbers(n)", "--format", "csv").stdout.splitlines()) == 102


def test_examples_are_printed() -> None:
    assert invoke("query", "--examples").stdout.startswith("-- Who speaks most?\nSELECT speaker")


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize(
    "arguments",
    [["history"], ["doctor"], ["show", "a"], ["plan", "seeds"], ["unlinked"], ["doubtful"], ["check"]],
)
def test_what_a_script_wants_is_json(arguments: list[str]) -> None:
    assert json.loads(invoke(*arguments, "--json").stdout) is not None


def test_names_quotes_and_dates_are_marked_and_what_could_garble_is_escaped() -> None:
    text = "“Rain\x1b” said Bahr on 5 May."
    shown = marked(text, [Mark(1, 6, "cyan"), Mark(13, 17, "bold"), Mark(1, 17, "underline")])
    assert shown.plain == r"“Rain\x1b” said Bahr on 5 May."
    assert [(shown.plain[one.start : one.end], one.style) for one in shown.spans] == [
        (r"Rain\x1b", "cyan underline"),
        ("” said ", "underline"),
        ("Bahr", "bold underline"),
    ]


def test_a_terminal_has_marks_and_a_pipe_has_none() -> None:
    assert "quotes, names, dates" not in invoke("show", "a").stdout
    shown = invoke("show", "a", "--no-pager", FORCE_COLOR="1", TERM="xterm").stdout
    assert "quotes" in shown
    assert "\x1b[36mRain\x1b[0m" in shown


def test_json_of_an_article_has_its_text() -> None:
    article = json.loads(invoke("show", "a", "--json").stdout)
    assert article["text"].startswith("“Rain” said")
    assert article["sections"] == [{"kind": "body", "start": 0, "end": len(article["text"])}]


def test_a_wrong_name_is_an_error_with_advice() -> None:
    done = extract("search", "--speaker", "Qais Khazalli-Xyz")
    assert done.returncode == 2
    assert "Did you mean qais-al-khazali" in done.stderr
