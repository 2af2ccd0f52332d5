"""What all pages share: the templates, names and links, and the statements by speaker, body and subject."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import jinja2

from extract.ids import digest
from extract.report.addresses import actor_page, anchor, article_page, statements_link
from extract.report.corpus import Corpus
from extract.report.escaping import code_marks, plain, visible, web_address
from extract.report.figures import charts
from extract.report.folder import Folder
from extract.report.heads import Head
from extract.report.links import Links
from extract.report.periods import Axis, axis_of, show_day, show_days
from extract.report.publication import Publication
from extract.report.statements import UNSURE, Statement

_HERE = Path(__file__).parent

NAVIGATION = (
    ("index.html", "Today"),
    ("statements.html", "Statements"),
    ("actors.html", "Actors"),
    ("articles.html", "Articles"),
    ("timeline.html", "Timeline"),
    ("network.html", "Network"),
    ("places.html", "Places"),
    ("issues.html", "Issues"),
)

By = Mapping[str, Sequence[Statement]]


class Site:
    """The report in progress.

    Args:
        corpus: What was gathered; complete before any page but those of articles is written.
        publication: Where it comes from.
        folder: Where the pages go.
    """

    def __init__(self, corpus: Corpus, publication: Publication, folder: Folder) -> None:
        self.corpus, self.publication, self.folder = corpus, publication, folder
        known = [
            (key, row["name"], row["kind"], row["part_of"], row["leaders"])
            for key, row in corpus.actors.rows.items()
        ]
        self._basis = hash_of(code(), known)
        self._environment = _environment()
        self._environment.globals |= {
            "site": self,
            "name_of": corpus.name,
            "links": Links(corpus),
            "actors": corpus.actors,
            "heads": corpus.heads,
            "news": corpus.news,
            "publication": publication,
            "navigation": NAVIGATION,
            "UNSURE": UNSURE,
            "actor_page": actor_page,
            "article_page": article_page,
            "statements_link": statements_link,
            "spark": charts.spark,
            "bar": charts.bar,
        }

    def keep(self, path: str, *made_from: object) -> bool:
        """Add a file of the report before as it is; return False if it is to be made again.

        Args:
            path: Its address below the report's folder.
            made_from: All that it shows, besides the names and kinds of the lexicon.
        """
        return self.folder.keep(path, hash_of(self._basis, made_from))

    def page(self, path: str, template: str, **values: object) -> None:
        """Write a page.

        Args:
            path: Its address below the report's folder.
            template: Name of its template.
            values: What the template shows.
        """
        values |= {"path": path, "root": "../" * path.count("/")}
        self.folder.write(path, self._environment.get_template(template).render(values))

    def copy(self, name: str) -> None:
        """Write the style sheet or the script."""
        self.folder.write(name, (_HERE / "static" / name).read_text("utf-8"))

    def head(self, article_id: str) -> Head:
        """Return the head of an article."""
        return self.corpus.heads[article_id]

    @cached_property
    def counted(self) -> Sequence[Statement]:
        """The statements that lists and numbers take, the latest first; undated ones last."""
        counted = [one for one in self.corpus.statements if one.counts]
        return sorted(
            counted, key=lambda one: (-(one.day or date.min).toordinal(), one.article_id, one.start)
        )

    @cached_property
    def fresh(self) -> Sequence[Statement]:
        """Counted statements of new and edited articles."""
        return [one for one in self.counted if one.article_id in self.corpus.news.articles]

    @cached_property
    def first_named(self) -> Sequence[str]:
        """The actors that only new articles name, most mentioned first; none if all articles are new."""
        if not self.corpus.news.has_earlier:
            return ()
        mentions, new = self.corpus.mentions, self.corpus.news.new
        found = (one for one, articles in mentions.items() if articles.keys() <= new)
        return sorted(found, key=lambda one: (-mentions[one].total(), one))

    @cached_property
    def said_by(self) -> By:
        """Counted statements by speaker."""
        return _group(self.counted, [one.speakers for one in self.counted])

    @cached_property
    def said_for(self) -> By:
        """Counted statements by who is spoken for."""
        return _group(self.counted, [one.behalf for one in self.counted])

    @cached_property
    def said_by_members(self) -> By:
        """Counted statements by the bodies to which the lexicon counts the speakers."""
        return _group(self.counted, [one.member_of for one in self.counted])

    @cached_property
    def said_about(self) -> By:
        """Counted statements by whom they speak about."""
        return _group(self.counted, [one.about for one in self.counted])

    @cached_property
    def said_in(self) -> Mapping[str, int]:
        """Number of counted statements by article."""
        counts: dict[str, int] = defaultdict(int)
        for one in self.counted:
            counts[one.article_id] += 1
        return counts

    @cached_property
    def axis(self) -> Axis:
        """The periods of all charts over time, by publication of the articles."""
        return axis_of([head.day for head in self.corpus.heads.values() if head.day])

    @cached_property
    def paged(self) -> frozenset[str]:
        """The actors that have a page: those mentioned, speaking, spoken for or about."""
        mentioned = (*self.corpus.mentions, *self.said_by, *self.said_for, *self.said_about)
        referred = {
            one
            for said in self.corpus.statements
            for one in (*said.speakers, *said.about, *said.behalf, *said.member_of)
        }
        return frozenset(one for one in {*mentioned, *referred} if one in self.corpus.actors)

    def trend(self, said: Sequence[Statement]) -> list[int]:
        """Count statements by the period in which their article was published."""
        return self.axis.count(Counter([one.published for one in said if one.published]))

    def mention_trend(self, mentions: Mapping[str, int]) -> list[int]:
        """Count mentions, given by article, by the period in which it was published."""
        days: Counter[date] = Counter()
        for article_id, number in mentions.items():
            if day := self.head(article_id).day:
                days[day] += number
        return self.axis.count(days)


def _group(said: Sequence[Statement], keys: Sequence[Sequence[str]]) -> By:
    groups = defaultdict(list)
    for one, names in zip(said, keys, strict=True):
        for name in names:
            groups[name].append(one)
    return groups


def _environment() -> jinja2.Environment:
    """Return the templates: they escape everything, show controls, and fail on what is undefined."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
    )
    environment.filters |= {
        "visible": lambda text: visible(text or ""),
        "code": code_marks,
        "day": show_day,
        "days": show_days,
        "words": lambda name: (name or "").replace("_", " "),
        "number": lambda number: f"{number:,}",
        "percent": lambda share: f"{100 * share:.0f} %",
        "times": times,
        "anchor": anchor,
        "web_address": web_address,
    }
    return environment


def hash_of(*values: object) -> str:
    """Return a hash of some plain values."""
    return digest(repr(values).encode("utf-8", "surrogatepass"))


@cache
def code() -> str:
    """Return a hash of this package: a report of another version is made again."""
    files = (path for path in _HERE.rglob("*") if path.suffix in {".py", ".html", ".css", ".js", ".json"})
    return digest(b"".join(path.read_bytes() for path in sorted(files)))


def times(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> times(1, "article"), times(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _finalize(value: object) -> object:
    """Return what an expression of a template writes, before it is escaped."""
    if type(value) is str:  # and no Markup
        return plain(value)
    return "" if value is None else value
