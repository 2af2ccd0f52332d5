"""The facets of the statements, as columns of whole numbers and what the numbers stand for."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from extract.ids import file_name
from extract.report.addresses import actor_page
from extract.report.escaping import web_address
from extract.report.periods import show_day
from extract.report.site import By, Site
from extract.report.statements import TYPES, UNSURE, Statement

_KINDS = ("named", "organisation", "described", "pronoun", "document", "none")
_ACTS = ("statement", "belief", "demand", "fact", "topic")
_POLARITIES = ("affirmed", "negated")
_NAMING = ("named", "anonymous", "none")
_NOBODY = ("",)


class Codes:
    """Whole numbers for values, in the order in which they come."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._codes: dict[str, int] = {}
        self.of(values)

    def of(self, values: Iterable[str]) -> list[int]:
        """Return the numbers of some values."""
        codes = self._codes
        return [codes.setdefault(value, len(codes)) for value in values]

    def of_each(self, lists: Iterable[tuple[str, ...]]) -> list[list[int]]:
        """Return the numbers of the values of some lists, most of which come again and again."""
        return list(map(cache(self.of), lists))

    @property
    def values(self) -> list[str]:
        """The values, by number."""
        return list(self._codes)


def facets(
    site: Site, said: Sequence[Statement], in_article: By, files: Mapping[str, Sequence[str]]
) -> dict[str, object]:
    """Return the facets of all statements.

    Args:
        site: The report.
        said: The statements, in the order in which they are shown.
        in_article: The statements by article.
        files: The articles whose statements' words are in each data file, in the same order.
    """
    speakers, bodies, groups, subjects, hearers = Codes(_NOBODY), Codes(), Codes(), Codes(), Codes()
    outlets, articles = Codes(_NOBODY), Codes()
    fixed = {
        "type": Codes(TYPES),
        "kind": Codes(_KINDS),
        "act": Codes(_ACTS),
        "polarity": Codes(_POLARITIES),
        "anonymous": Codes(_NAMING),
        "medium": Codes([*sorted({one.medium for one in said} - {""}), "none"]),
    }
    heads = site.corpus.heads
    columns = {
        "speaker": speakers.of_each([one.speakers or _NOBODY for one in said]),
        "faction": bodies.of_each([one.behalf for one in said]),
        "member": groups.of_each([one.member_of for one in said]),
        "about": subjects.of_each([one.about for one in said]),
        "addressee": hearers.of_each([(one.addressee,) if one.addressee else () for one in said]),
        "outlet": outlets.of([heads[one.article_id].outlet for one in said]),
        "type": fixed["type"].of([one.type for one in said]),
        "kind": fixed["kind"].of([one.speaker_kind for one in said]),
        "act": fixed["act"].of([one.act for one in said]),
        "polarity": fixed["polarity"].of([one.polarity for one in said]),
        "anonymous": fixed["anonymous"].of([_naming(one) for one in said]),
        "medium": fixed["medium"].of([one.medium or "none" for one in said]),
        "confidence": [round(100 * one.confidence) for one in said],
        "article": articles.of([one.article_id for one in said]),
        "place": _places(said, in_article, files),
        "day": [one.day.toordinal() if one.day else None for one in said],
    }
    in_file = {article: number for number, each in enumerate(files.values()) for article in each}
    return {
        "columns": columns,
        "files": list(files),
        "unsure": round(100 * UNSURE),
        "speaker": [_named(site, value) for value in speakers.values],
        "faction": [_named(site, value) for value in bodies.values],
        "member": [_named(site, value) for value in groups.values],
        "about": [_named(site, value) for value in subjects.values],
        "addressee": [_named(site, value) for value in hearers.values],
        "outlet": [[value, value, None, ""] for value in outlets.values],
        **{name: codes.values for name, codes in fixed.items()},
        "articles": [[*_article(site, one), in_file[one]] for one in articles.values],
    }


def _places(said: Iterable[Statement], in_article: By, files: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the place of each statement in its data file."""
    places: dict[str, int] = {}
    for articles in files.values():
        in_file = (one for article_id in articles for one in in_article[article_id])
        places |= {one.id: place for place, one in enumerate(in_file)}
    return [places[one.id] for one in said]


def _named(site: Site, name_id: str) -> list[str | None]:
    """Return an id with its name, page and style."""
    if not name_id:
        return ["", "", None, ""]
    actors = site.corpus.actors
    page = actor_page(name_id) if name_id in actors else None
    return [name_id, site.corpus.name(name_id), page, actors.style(name_id) if name_id in actors else ""]


def _naming(said: Statement) -> str:
    """Return whether the article names those who speak."""
    return "none" if said.anonymous is None else "anonymous" if said.anonymous else "named"


def _article(site: Site, article_id: str) -> list[str]:
    head = site.head(article_id)
    return [file_name(article_id), head.title, head.outlet, show_day(head.day), web_address(head.url) or ""]
