"""The pages of the report, one module a kind; each writes its pages from a `Site`."""

from collections.abc import Callable

from extract.report.pages.actors import write_actors
from extract.report.pages.articles import write_articles
from extract.report.pages.issues import write_issues
from extract.report.pages.morning import write_morning
from extract.report.pages.network import write_network
from extract.report.pages.places import write_places
from extract.report.pages.statements import write_statements
from extract.report.pages.timeline import write_timeline
from extract.report.site import Site

PAGES: tuple[Callable[[Site], None], ...] = (
    write_morning,
    write_statements,
    write_actors,
    write_articles,
    write_timeline,
    write_network,
    write_places,
    write_issues,
)
"""What writes the pages; those of single articles are written before."""

__all__ = ["PAGES"]
