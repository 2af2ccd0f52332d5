"""The list of articles."""

from extract.report.site import Site

_PER_PAGE = 200


def write_articles(site: Site) -> None:
    """Write the list, the latest articles first."""
    heads = list(site.corpus.heads.values())
    parts = [heads[at : at + _PER_PAGE] for at in range(0, len(heads), _PER_PAGE)] or [[]]
    names = ["articles.html", *(f"articles-{number}.html" for number in range(2, len(parts) + 1))]
    for name, part in zip(names, parts, strict=True):
        site.page(name, "articles.html", rows=part, names=names, total=len(heads))
