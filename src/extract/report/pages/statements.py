"""The statements, with facets and search."""

from collections.abc import Iterable, Sequence

from extract.ids import file_name
from extract.report.addresses import actor_page, anchor
from extract.report.escaping import for_script, web_address
from extract.report.periods import show_day
from extract.report.site import Site
from extract.report.statements import TYPES, UNSURE, Statement

_PER_FILE = 1000  # statements of a data file
_SHOWN = 50
_KINDS = ("named", "organisation", "described", "pronoun", "document", "none")
_ACTS = ("statement", "belief", "demand", "fact", "topic")
_POLARITIES = ("affirmed", "negated")
_NAMING = ("named", "anonymous", "none")


class Codes:
    """Whole numbers for values, in the order in which they come."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._codes: dict[str, int] = {}
        self.of(values)

    def of(self, values: Iterable[str]) -> list[int]:
        """Return the numbers of some values."""
        codes = self._codes
        return [codes.setdefault(value, len(codes)) for value in values]

    @property
    def values(self) -> list[str]:
        """The values, by number."""
        return list(self._codes)


def write_statements(site: Site) -> None:
    """Write the page, the index of its facets, and the texts in files of a thousand.

    Data files are scripts that call `REPORT.add`: browsers load nothing else from disk.
    """
    said = site.counted
    site.folder.write("data/statements.js", f"REPORT.add('index',{for_script(_index(site, said))})\n")
    for number, at in enumerate(range(0, len(said), _PER_FILE)):
        texts = [_text(one) for one in said[at : at + _PER_FILE]]
        site.folder.write(f"data/statements-{number}.js", f"REPORT.add({number},{for_script(texts)})\n")
    site.page("statements.html", "statements.html", first=said[:_SHOWN], n=len(said))


def _index(site: Site, said: Sequence[Statement]) -> dict[str, object]:
    """Return the facets of all statements: columns of whole numbers, and what the numbers stand for."""
    speakers, bodies, subjects, hearers = Codes([""]), Codes(), Codes(), Codes()
    outlets, articles = Codes([""]), Codes()
    fixed = {
        "type": Codes(TYPES),
        "kind": Codes(_KINDS),
        "act": Codes(_ACTS),
        "polarity": Codes(_POLARITIES),
        "anonymous": Codes(_NAMING),
        "medium": Codes([*sorted({one.medium for one in said} - {""}), "none"]),
    }
    columns = {
        "speaker": speakers.of(one.speaker or "" for one in said),
        "faction": [bodies.of(one.behalf) for one in said],
        "about": [subjects.of(one.about) for one in said],
        "addressee": [hearers.of([one.addressee] if one.addressee else []) for one in said],
        "outlet": outlets.of(site.head(one.article_id).outlet for one in said),
        "type": fixed["type"].of(one.type for one in said),
        "kind": fixed["kind"].of(one.speaker_kind for one in said),
        "act": fixed["act"].of(one.act for one in said),
        "polarity": fixed["polarity"].of(one.polarity for one in said),
        "anonymous": fixed["anonymous"].of(_naming(one) for one in said),
        "medium": fixed["medium"].of(one.medium or "none" for one in said),
        "confidence": [round(100 * one.confidence) for one in said],
        "article": articles.of(one.article_id for one in said),
        "day": [one.day.toordinal() if one.day else None for one in said],
    }
    return {
        "columns": columns,
        "per_file": _PER_FILE,
        "unsure": round(100 * UNSURE),
        "speaker": [_named(site, value) for value in speakers.values],
        "faction": [_named(site, value) for value in bodies.values],
        "about": [_named(site, value) for value in subjects.values],
        "addressee": [_named(site, value) for value in hearers.values],
        "outlet": [[value, value, None, ""] for value in outlets.values],
        **{name: codes.values for name, codes in fixed.items()},
        "articles": [_article(site, article_id) for article_id in articles.values],
    }


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


def _text(said: Statement) -> list[str | int]:
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
