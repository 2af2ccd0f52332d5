"""The statements, with facets and search."""

from collections import defaultdict
from collections.abc import Iterable

from extract.report.addresses import anchor
from extract.report.data_files import data_files
from extract.report.escaping import for_script
from extract.report.pages.facets import facets
from extract.report.site import Site
from extract.report.statements import Statement
from extract.store.entries import gc_disabled

_SHOWN = 50


def write_statements(site: Site) -> None:
    """Write the page, the index of its facets, and the words in files of some articles each.

    Data files are scripts that call `REPORT.add`: browsers load nothing else from disk.
    """
    said = site.counted
    in_article: dict[str, list[Statement]] = defaultdict(list)
    for one in said:
        in_article[one.article_id].append(one)
    files = data_files([one for one in site.corpus.heads if one in in_article])
    for name, articles in files.items():
        _write_words(site, name, articles, [one for each in articles for one in in_article[each]])
    with gc_disabled():  # which would scan the many lists again and again
        index = facets(site, said, in_article, files)
    site.folder.write("data/statements.js", f"REPORT.add({for_script('index')},{for_script(index)})\n")
    site.page("statements.html", "statements.html", first=said[:_SHOWN], n=len(said))


def _write_words(site: Site, name: str, articles: Iterable[str], said: Iterable[Statement]) -> None:
    path = f"data/statements-{name}.js"
    if not site.keep(path, [(one, site.corpus.origins[one]) for one in articles]):
        words = for_script([_words(one) for one in said])
        site.folder.write(path, f"REPORT.add({for_script(name)},{words})\n")


def _words(said: Statement) -> list[str | int]:
    return [
        said.text,
        said.called,
        anchor(said.id),
        said.start,
        said.end,
        said.name,
        int(said.in_marks),
        said.before,
        said.after,
        said.addressed,
    ]
