"""The first page: what is new since the last publication."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.report.figures import charts
from extract.report.headlines import title_of
from extract.report.pages.timeline import announced
from extract.report.site import Site
from extract.report.statements import Statement

_MOST_FACTIONS, _A_FACTION = 8, 3
_MOST_INSTITUTIONS, _AN_INSTITUTION = 4, 2
_MOST_OTHERS = 6
_MOST_SPEAKERS = 12
_MOST_ARTICLES = 12
_MOST_FIRST = 14
_MOST_AHEAD = 6
# Long enough to say something, short enough to be read at a glance.
_TELLING = range(60, 331)
_HOME = "IQ"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The most telling of what was said on a body's behalf."""

    body: str
    said: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with the number of statements, in all and by period.

    Attributes:
        speaker: The id.
        name: The name.
        behalf: For whom the speaker speaks in a statement that names the speaker.
        n: Number of statements, alone or together with others.
        trend: Their number by the periods of `Site.axis`.
    """

    speaker: str
    name: str
    behalf: Sequence[str]
    n: int
    trend: Sequence[int]


def write_morning(site: Site) -> None:
    """Write the first page."""
    news, fresh = site.corpus.news, site.fresh
    has_fresh = any(
        site.corpus.actors.is_faction(body) for one in fresh if not one.is_unsure for body in one.behalf
    )
    bodies = _spoken(site, fresh if has_fresh else site.counted)
    days = [head.day for head in site.corpus.heads.values() if head.day]
    site.page(
        "index.html",
        "index.html",
        title=title_of(site),
        factions=_best_of(bodies, site, faction=True),
        institutions=_best_of(bodies, site, faction=False),
        others=_best(_others(fresh or site.counted), _MOST_OTHERS),
        is_fresh=has_fresh and news.has_earlier,
        has_news=bool(fresh) and news.has_earlier,
        newest=[head for head in site.corpus.heads.values() if head.article_id in news.articles][
            :_MOST_ARTICLES
        ],
        first=site.first_named[:_MOST_FIRST],
        n_first=len(site.first_named),
        voices=_voices(site),
        volume=charts.columns(
            site.trend(site.counted), site.axis.labels(), "Statements by the date of their article", width=440
        ),
        ahead=announced(site)[:_MOST_AHEAD],
        severities=Counter(row["severity"] for row in site.corpus.issues),
        days=(min(days), max(days)) if days else None,
        n_unsure=sum(one.is_unsure for one in site.counted),
        n_unattributed=sum(one.speaker_kind == "none" for one in site.counted),
    )


def _spoken(site: Site, said: Iterable[Statement]) -> Mapping[str, list[Statement]]:
    """Return what was surely said on each body's behalf: bodies at home first, then the most quoted."""
    by_body: dict[str, list[Statement]] = defaultdict(list)
    for one in said:
        if not one.is_unsure:
            for body in filter(site.corpus.actors.is_body, one.behalf):
                by_body[body].append(one)
    rows = site.corpus.actors.rows
    return dict(
        sorted(by_body.items(), key=lambda item: (rows[item[0]]["country"] != _HOME, -len(item[1]), item[0]))
    )


def _best_of(bodies: Mapping[str, Sequence[Statement]], site: Site, *, faction: bool) -> list[Spoken]:
    chosen = [body for body in bodies if site.corpus.actors.is_faction(body) == faction]
    most, each = (_MOST_FACTIONS, _A_FACTION) if faction else (_MOST_INSTITUTIONS, _AN_INSTITUTION)
    return [Spoken(body, _best(bodies[body], each)) for body in chosen[:most]]


def _others(said: Iterable[Statement]) -> list[Statement]:
    return [one for one in said if one.speaker and not one.behalf and not one.is_unsure]


def _best(said: Iterable[Statement], most: int) -> list[Statement]:
    """Return the most telling statements: own words first; as long as there are others, one a speaker."""
    order = sorted(said, key=lambda one: (not one.in_marks, len(one.text) not in _TELLING, -one.confidence))
    seen: set[str] = set()
    first: list[Statement] = []
    rest: list[Statement] = []
    for one in order:
        is_new = seen.isdisjoint((one.article_id, *one.speakers))
        (first if is_new else rest).append(one)
        seen |= {one.article_id, *one.speakers}
    return [*first, *rest][:most]


def _voices(site: Site) -> list[Voice]:
    """Return who is quoted most."""
    order = sorted(site.said_by.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_voice(site, speaker, said) for speaker, said in order[:_MOST_SPEAKERS]]


def _voice(site: Site, speaker: str, said: Sequence[Statement]) -> Voice:
    alone = [one for one in said if one.speakers == (speaker,)]
    named = next((one for one in alone if one.speaker_kind == "named"), None)
    name = named.name if named else site.corpus.name(speaker)
    return Voice(speaker, name, named.spoken_for if named else (), len(said), site.trend(said))
