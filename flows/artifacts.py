"""What a run tells the Prefect UI, as plain text and rows; nothing here talks to Prefect."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from extract.pipeline import Summary

SUMMARY_KEY = "extract-summary"
ISSUES_KEY = "extract-issues"
PROGRESS_KEY = "extract-progress"

MAX_ISSUES = 100

_RANK = {"error": 0, "warning": 1, "info": 2}

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class IssueTable:
    """The issues of a run, cut to what a page can show.

    Attributes:
        rows: The first of them, errors before warnings.
        description: How many there are, and where the rest stands.
    """

    rows: list[dict[str, str]]
    description: str


def summary_markdown(summary: Summary, *, plan: str, snapshot: int, server: str | None = None) -> str:
    """Return what a run did, as a page of Markdown.

    Paths are no links: a browser does not follow one from a page of the server to a file.

    Args:
        summary: Counts, rows and duration.
        plan: The plan in a line, such as `12 new, 1 edited`.
        snapshot: Number of the publication that readers see now.
        server: Address of the server's pages; no links where it is unknown.
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
        f"- Duration: {duration(summary.seconds)}",
        f"- Publication {snapshot}{'' if summary.published else ', as before'} in `{root}`",
        "",
        "| table | rows |",
        "|---|---:|",
        *tables,
        "",
        f"They are folders there: `pandas.read_parquet({str(root / 'quotes')!r})`",
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


def _next_step(summary: Summary) -> str:
    if summary.rows.get("issues"):
        return "Problems met are rows of `issues`; each says what to do."
    return "`extract history` lists the publications; `extract rollback` goes back to an earlier one."


def _links(server: str | None) -> list[str]:
    pages = {"Problems of the runs": ISSUES_KEY, "Summaries of the runs": SUMMARY_KEY}
    links = [f"[{text}]({server}/artifacts/key/{key})" for text, key in pages.items()]
    return [" | ".join(links), ""] if server else []


def duration(seconds: float) -> str:
    """Return a duration as people say it.

    >>> [duration(seconds) for seconds in (0.42, 59.6, 60, 3725)]
    ['0.4 s', '1 min 0 s', '1 min 0 s', '1 h 2 min']
    """
    whole = round(seconds)
    if whole < 60:  # noqa: PLR2004 - seconds a minute
        return f"{seconds:.1f} s"
    hours, rest = divmod(whole, 3600)
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min {rest % 60} s"


def issue_table(issues: Sequence[Row], keys: Collection[str]) -> IssueTable:
    """Return the issues of what a run has read: errors first, the first hundred.

    Args:
        issues: Rows of the published table `issues`.
        keys: Articles and sources that the run has worked on.
    """
    own = [row for row in issues if row["article_id"] in keys or row["source"] in keys]
    own.sort(key=lambda row: (_RANK.get(row["severity"] or "", len(_RANK)), row["source"] or ""))
    rows = [{name: value or "" for name, value in row.items()} for row in own[:MAX_ISSUES]]
    return IssueTable(rows, _count(len(own), len(issues)))


def _count(own: int, published: int) -> str:
    """Say how many issues there are, and where those stand that are not shown.

    >>> _count(0, 0)
    'This run met no problems.'
    >>> _count(130, 140)
    'This run met 130 problems, 30 more than are shown; the table `issues` has all 140.'
    """
    words = f"This run met {f'{own:,}' if own else 'no'}"
    words += " problem" if own == 1 else " problems"
    if own > MAX_ISSUES:
        words += f", {own - MAX_ISSUES:,} more than are shown"
    if published > min(own, MAX_ISSUES):
        words += f"; the table `issues` has all {published:,}"
    return f"{words}."
