"""The page of problems, with what to do about them."""

from collections import defaultdict

from extract.report.site import Site
from extract.schema.table import Row

_GRAVEST_FIRST = ("error", "warning", "info")
_MOST = 100


def write_issues(site: Site) -> None:
    """Write the page: problems of one kind together, the advice once."""
    rows = sorted(site.corpus.issues, key=lambda row: (_GRAVEST_FIRST.index(row["severity"]), row["code"]))
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["severity"], row["code"], row["advice"]].append(row)
    site.page("issues.html", "issues.html", groups=groups, total=len(rows), most=_MOST)
