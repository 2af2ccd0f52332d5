"""The report: static HTML from the published tables, which opens from disk without a server or network.

`make_report` reads one pinned publication bucket by bucket. The pages of articles are written as their rows
pass by (`pages/article.py`); what the other pages need is gathered in a `Corpus`. A page is a template under
templates/ and a function under pages/ that says what it shows.
"""

from extract.report.build import Report, index_of, make_report

__all__ = ["Report", "index_of", "make_report"]
