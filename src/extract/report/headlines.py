"""What is new in a publication, in a few lines: for those who have not opened the report yet."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.report.escaping import plain
from extract.report.site import Site, times
from extract.report.statements import Statement

_MOST_NAMES = 6


def title_of(site: Site) -> str:
    """Return what is new in a few words, as on top of the first page."""
    news, n = site.corpus.news, len(site.corpus.heads)
    if not n:
        return "No articles yet"
    if not news.has_earlier:
        return f"{times(n, 'article')}, read for the first time"
    if not news.articles:
        return "Nothing new"
    edited = f", {len(news.edited):,} edited" if news.edited else ""
    return f"{times(len(news.new), 'new article')}{edited}"


def headlines(site: Site) -> list[str]:
    """Return what is new in the articles, whom they quote, and whom they name for the first time."""
    fresh = site.fresh
    lines = [title_of(site)]
    if fresh:
        speakers = {one for said in fresh for one in said.speakers}
        lines.append(f"{times(len(fresh), 'statement')} by {times(len(speakers), 'speaker')} in what is new")
    factions = [f"{_name(site, body)} ({n:,})" for body, n in _quoted_factions(site, fresh)]
    first = [_name(site, one) for one in site.first_named]
    lines += _listed("On behalf of factions", factions)
    lines += _listed("Named for the first time", first)
    return lines


def _quoted_factions(site: Site, said: Sequence[Statement]) -> list[tuple[str, int]]:
    found = Counter(body for one in said for body in one.behalf if site.corpus.actors.is_faction(body))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _name(site: Site, entity_id: str) -> str:
    return plain(site.corpus.name(entity_id))


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    """Yield a line with the first of some names; none if there are none."""
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    if names:
        yield f"{what}: {', '.join(names[:_MOST_NAMES])}{more}"
