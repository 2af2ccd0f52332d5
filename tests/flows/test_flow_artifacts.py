"""What a run says: its page, its issues, its last word; and what gives it another try."""

import errno
import logging
from pathlib import Path

import pytest
from flows.artifacts import IssueTable, issue_table, summary_markdown
from flows.automations import crashed_run, silent_run
from flows.extract_articles import extract_articles, start_server
from flows.hooks import outcome
from flows.limits import ServerError, is_busy
from prefect.states import Cancelled, Completed, Crashed, Failed
from prefect.utilities.callables import parameter_schema

from extract.engines import ENGINES
from extract.errors import InputError, StoreError
from extract.pipeline import Intake, Summary
from extract.report import Report
from extract.settings import Settings

ROWS = {"articles": 1200, "quotes": 34, "issues": 0}


def summary(*, published: bool = True, failed: int = 0, issues: int = 0) -> Summary:
    return Summary(
        output=Path("/data/tables"),
        done=1200,
        skipped=7,
        failed=failed,
        removed=2,
        damaged=0,
        rows=ROWS | {"issues": issues},
        published=published,
        seconds=3725.0,
        intake=Intake({".jsonl": 1207}, (), {}),
    )


def test_the_page_has_counts_plan_duration_and_paths() -> None:
    page = summary_markdown(summary(), plan="1200 new, 7 unchanged, 2 removed", snapshot=12)
    assert page == (
        "# 1,200 articles published\n"
        "\n"
        "- Plan: 1200 new, 7 unchanged, 2 removed\n"
        "- Articles: 1,200 done, 7 unchanged, 0 failed, 2 removed\n"
        "- Read: 1,207 .jsonl.\n"
        "- Duration: 1 h 2 min\n"
        "- Publication 12 in `/data/tables`\n"
        "\n"
        "| table | rows |\n"
        "|---|---:|\n"
        "| articles | 1,200 |\n"
        "| quotes | 34 |\n"
        "| issues | 0 |\n"
        "\n"
        "Each table is a folder: `pandas.read_parquet('/data/tables/quotes')`\n"
        "\n"
        "`extract history` lists the publications; `extract rollback` goes back to an earlier one.\n"
    )


def test_the_page_leads_to_those_of_the_server() -> None:
    page = summary_markdown(summary(), plan="", snapshot=12, server="http://127.0.0.1:4200")
    assert page.splitlines()[-1] == (
        "[Problems of all runs](http://127.0.0.1:4200/artifacts/key/extract-issues) | "
        "[Summaries of all runs](http://127.0.0.1:4200/artifacts/key/extract-summary)"
    )


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (summary(failed=3, issues=3), "# 1,200 articles published, 3 failed\n"),
        (summary(published=False), "# Nothing has changed\n"),
        (summary(published=False), "Publication 12, as before in `/data/tables`"),
        (summary(issues=1), "Problems are listed in the table `issues`, with advice."),
    ],
)
def test_the_page_says_what_is_special(done: Summary, words: str) -> None:
    assert words in summary_markdown(done, plan="", snapshot=12)


PAGES = Report(Path("/data/tables/report/index.html"), 71, 3, ("2 new articles", "Named: [x](y) <b>"))


def test_the_page_says_what_is_new_and_where_the_report_is() -> None:
    page = summary_markdown(summary(), plan="", snapshot=12, pages=PAGES)
    assert (
        "Report: `/data/tables/report/index.html`\n\n- 2 new articles\n- Named: \\[x\\](y) \\<b>\n\n| table"
        in page
    )


def test_the_page_leads_to_a_report_on_a_server() -> None:
    url = "https://news.example.org/index.html"
    page = summary_markdown(summary(published=False), plan="", snapshot=12, pages=PAGES, url=url)
    assert f"\n[Report]({url}): `/data/tables/report/index.html`\n\n| table" in page
    assert "2 new articles" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///x", "https://a.example/)[x](y"])
def test_the_address_of_the_report_is_a_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="report_url"):
        Settings(report_url=url)


def test_a_temporary_server_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("Timed out\nwhile connecting.")

    monkeypatch.setattr("flows.extract_articles.get_client", fail)
    with pytest.raises(ServerError, match="did not start: Timed out while connecting") as told:
        start_server()
    assert "`extract run` does the same" in told.value.advice


def issue(source: str, severity: str = "warning", article_id: str | None = None) -> dict[str, str | None]:
    return {"source": source, "article_id": article_id, "severity": severity, "message": "m"}


def test_issues_of_the_run_come_alone_and_errors_first() -> None:
    issues = [issue("b", "info", "two"), issue("other", "error"), issue("c"), issue("d", "error")]
    assert issue_table(issues, {"two", "c", "d"}) == IssueTable(
        [
            {"source": "d", "article_id": "", "severity": "error", "message": "m"},
            {"source": "c", "article_id": "", "severity": "warning", "message": "m"},
            {"source": "b", "article_id": "two", "severity": "info", "message": "m"},
        ],
        "This run had 3 problems; the table `issues` has all 4.",
    )


@pytest.mark.parametrize(
    ("n_own", "n_all", "shown", "words"),
    [
        (0, 0, 0, "This run had no problems."),
        (0, 4, 0, "This run had no problems; the table `issues` has all 4."),
        (1, 1, 1, "This run had 1 problem."),
        (100, 100, 100, "This run had 100 problems."),
        (
            1130,
            1130,
            100,
            "This run had 1,130 problems, 1,030 more than are shown; the table `issues` has all 1,130.",
        ),
        (130, 140, 100, "This run had 130 problems, 30 more than are shown; the table `issues` has all 140."),
    ],
)
def test_the_first_hundred_issues_are_shown(n_own: int, n_all: int, shown: int, words: str) -> None:
    issues = [issue(f"s{number}") for number in range(n_all)]
    table = issue_table(issues, {f"s{number}" for number in range(n_own)})
    assert len(table.rows) == shown
    assert table.description == words


@pytest.mark.parametrize(
    ("state", "level", "words"),
    [
        (Completed(), logging.INFO, "extract-summary"),
        (
            Failed(message="The input x does not exist. Give a file."),
            logging.ERROR,
            "Give a file. The published tables",
        ),
        (Failed(name="TimedOut", message="Too long"), logging.ERROR, "Too long. Raise EXTRACT_TIME_LIMIT"),
        (Crashed(message="Killed."), logging.ERROR, "lower EXTRACT_WORKERS"),
        (Cancelled(), logging.WARNING, "nothing needs cleaning up"),
    ],
)
def test_the_last_word_says_what_to_do(state: object, level: int, words: str) -> None:
    found_level, message = outcome(state)
    assert found_level == level
    assert words in message


def from_disk(number: int) -> StoreError:
    error = StoreError("Cannot write.", advice="Check the disk.")
    error.__cause__ = OSError(number, "it says")
    return error


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (OSError(errno.EBUSY, "busy"), True),
        (OSError(errno.ESTALE, "stale"), True),
        (from_disk(errno.EIO), True),
        (from_disk(errno.ENOSPC), False),
        (OSError(errno.EACCES, "no"), False),
        (FileNotFoundError(errno.ENOENT, "gone"), False),
        (InputError("There is no such folder."), False),
        (ValueError("a fault of the program"), False),
    ],
)
def test_only_a_busy_disk_gets_another_try(error: Exception, busy: bool) -> None:
    assert is_busy(error) is busy


def test_the_form_has_a_description_for_every_field_and_the_limits_of_the_settings() -> None:
    fields = parameter_schema(extract_articles).properties
    settings = Settings.model_json_schema()["properties"]
    assert next(iter(fields)) == "inputs"
    for given, field in fields.items():
        name = {"columns": "map"}.get(given, given)  # a parameter must not hide the function `map`
        assert field["title"] == given
        assert field["description"]
        if name != "inputs":
            assert field["default"] is None
            assert f"EXTRACT_{name.upper()}, else" in field["description"]
            assert field["anyOf"][1] == {"type": "null", "title": "as configured"}
            limits = {key: settings[name].get(key) for key in ("type", "minimum", "maximum")}
            assert {key: field["anyOf"][0].get(key) for key in limits} == limits
    assert fields["engine"]["anyOf"][0]["enum"] == list(ENGINES)


def test_the_automations_concern_the_runs_of_this_flow() -> None:
    for automation in (silent_run(60), crashed_run(60)):
        related = automation.trigger.match_related.model_dump()
        assert related["prefect.resource.name"] == "extract-articles"
        assert automation.trigger.for_each == {"prefect.resource.id"}
    [action] = silent_run(60).actions
    assert action.state == "CRASHED"  # which the server refuses for a run that has ended after all
