"""Renders what the Prefect UI shows about a run, as text and rows; independent of Prefect."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from extract.pipeline import Summary
from extract.report import Report

SUMMARY_KEY = "extract-summary"
ISSUES_KEY = "extract-issues"
PROGRESS_KEY = "extract-progress"

MAX_ISSUES = 100

_RANK = {"error": 0, "warning": 1, "info": 2}

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class IssueTable:
    """The issues of a run, limited to what a page can show.

    Attributes:
        rows: The first issues, errors before warnings.
        description: How many there are, and where the others are.
    """

    rows: list[dict[str, str]]
    description: str


def summary_markdown(
    summary: Summary,
    *,
    plan: str,
    snapshot: int,
    server: str | None = None,
    pages: Report | None = None,
    url: str = "",
) -> str:
    """Return what a run did, as a Markdown page.

    Paths are not links: browsers do not follow links from a web page to local files.

    Args:
        summary: Counts, rows and duration.
        plan: The plan as one line, such as `12 new, 1 edited`.
        snapshot: Number of the current publication.
        server: Address of the Prefect UI; None for a page without links.
        pages: The report that analysts open; None if there is none.
        url: The address at which they find it; empty if it is on no server.
    """
    root = summary.output.absolute()
    articles = (
        f"{summary.done:,} done, {summary.skipped:,} unchanged, "
        f"{summary.failed:,} failed, {summary.removed:,} removed"
    )
    tables = [f"| {name} | {rows:,} |" for name, rows in summary.rows.items()]
    return "\n".join([
        f"# {headline(summary)}",
        "",
        f"- Plan: {plan}",
        f"- Articles: {articles}",
        *(f"- {line}" for line in summary.intake.describe()),
        f"- Duration: {duration(summary.seconds)}",
        f"- Publication {snapshot}{'' if summary.published else ', as before'} in `{root}`",
        "",
        *_what_is_new(summary, pages, url),
        "| table | rows |",
        "|---|---:|",
        *tables,
        "",
        f"Each table is a folder: `pandas.read_parquet({str(root / 'quotes')!r})`",
        "",
        _next_step(summary),
        "",
        *_links(server),
    ])  # fmt: skip


def headline(summary: Summary) -> str:
    """Return what a run did, in a few words."""
    if not summary.published:
        return "Nothing has changed"
    failed = f", {summary.failed:,} failed" if summary.failed else ""
    return f"{summary.done:,} articles published{failed}"


def _what_is_new(summary: Summary, pages: Report | None, url: str) -> list[str]:
    """Return where the report is and, if there is a new publication, what is new in it."""
    if pages is None:
        return []
    news = [f"- {_literal(line)}" for line in pages.headlines] if summary.published else []
    place = f"{f'[Report]({url})' if url else 'Report'}: `{pages.index.absolute()}`"
    return [place, "", *news, *([""] if news else [])]


def _literal(text: str) -> str:
    r"""Return a text in which Markdown sees no markup, for names are anybody's.

    >>> print(_literal("[x](javascript:x) <b>"))
    \[x\](javascript:x) \<b>
    """
    return re.sub(r"([\\`*_\[\]<#|])", r"\\\1", text)


def _next_step(summary: Summary) -> str:
    if summary.rows.get("issues"):
        return "Problems are listed in the table `issues`, with advice."
    return "`extract history` lists the publications; `extract rollback` goes back to an earlier one."


def _links(server: str | None) -> list[str]:
    pages = {"Problems of all runs": ISSUES_KEY, "Summaries of all runs": SUMMARY_KEY}
    links = [f"[{text}]({server}/artifacts/key/{key})" for text, key in pages.items()]
    return [" | ".join(links), ""] if server else []


def duration(seconds: float) -> str:
    """Return a duration in readable form.

    >>> [duration(seconds) for seconds in (0.42, 59.6, 60, 3725)]
    ['0.4 s', '1 min 0 s', '1 min 0 s', '1 h 2 min']
    """
    whole = round(seconds)
    if whole < 60:  # noqa: PLR2004 - seconds per minute
        return f"{seconds:.1f} s"
    hours, rest = divmod(whole, 3600)
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min {rest % 60} s"


def issue_table(issues: Sequence[Row], keys: Collection[str]) -> IssueTable:
    """Return the first hundred issues of a run, errors first.

    Args:
        issues: Rows of the published table `issues`.
        keys: Articles and sources that the run processed.
    """
    own = [row for row in issues if row["article_id"] in keys or row["source"] in keys]
    own.sort(key=lambda row: (_RANK.get(row["severity"] or "", len(_RANK)), row["source"] or ""))
    rows = [{name: value or "" for name, value in row.items()} for row in own[:MAX_ISSUES]]
    return IssueTable(rows, _count(len(own), len(issues)))


def _count(own: int, published: int) -> str:
    """Say how many issues a run has, and where those that are not shown can be found.

    >>> _count(0, 0)
    'This run had no problems.'
    >>> _count(130, 140)
    'This run had 130 problems, 30 more than are shown; the table `issues` has all 140.'
    """
    words = f"This run had {f'{own:,}' if own else 'no'}"
    words += " problem" if own == 1 else " problems"
    if own > MAX_ISSUES:
        words += f", {own - MAX_ISSUES:,} more than are shown"
    if published > min(own, MAX_ISSUES):
        words += f"; the table `issues` has all {published:,}"
    return f"{words}."
