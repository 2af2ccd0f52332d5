"""Text and metadata of one article -> Article; missing metadata are taken from the text."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Self

from extract.ids import content_hash
from extract.model import Article, Issue, Section
from extract.reading.page.anatomy import find_anatomy
from extract.reading.page.authors import author_in
from extract.reading.page.forms import Forms
from extract.reading.page.headlines import title_in
from extract.reading.page.language import guess_language
from extract.reading.page.outlets import outlet_in
from extract.reading.page.pasted.paywall import cut_problems
from extract.reading.page.sections import sections_of
from extract.reading.problems import Problem, id_problem, surrogate_problem, text_problem
from extract.reading.publication.published import find_publication


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of an article, as written in its record or in articles.csv."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None

    @classmethod
    def from_mapping(cls, values: Mapping[str, str | None]) -> Self:
        """Take the known fields, stripped of white space; an empty field becomes None."""
        return cls(**{name: (values.get(name) or "").strip() or None for name in METADATA_FIELDS})


METADATA_FIELDS = tuple(field.name for field in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its reader found it, before its text is analysed.

    Attributes:
        problems: What its reader met that did not prevent the article.
        sections: Parts of the text whose role the format tells, such as the captions of a web page; the roles
            of all other lines are found in the text.
    """

    article_id: str
    source: str
    format: str
    text: str
    metadata: Metadata
    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()


def make_article(draft: Draft, *, max_chars: int, forms: Forms) -> Article | Issue:
    """Make the Article, or an error Issue that says why this is impossible.

    Given metadata take precedence over what the text says. The content hash covers the text and the metadata
    as given.
    """
    rejection = _fatal_issue(draft, max_chars)
    if rejection:
        return rejection
    given = draft.metadata
    anatomy = find_anatomy(
        draft.text, title=given.title, outlet=given.outlet, forms=forms, known=draft.sections
    )
    publication = find_publication(draft.text, anatomy, given.published, forms.dates)
    language, foreign = guess_language(draft.text, forms)
    problems = [*draft.problems, *publication.problems, *cut_problems(anatomy, forms)]
    if foreign or _is_other_than_english(given.language):
        problems.append(_NOT_ENGLISH)
    return Article(
        article_id=draft.article_id,
        source=draft.source,
        format=draft.format,
        text=draft.text,
        content_hash=content_hash(draft.text, asdict(given)),
        title=given.title or title_in(anatomy, forms),
        outlet=given.outlet or outlet_in(anatomy, forms),
        author=given.author or author_in(anatomy, forms),
        url=given.url,
        language=given.language or language,
        published_at=publication.moment,
        published_source=publication.source,
        sections=sections_of(anatomy),
        issues=tuple(problem.at(draft.source, draft.article_id) for problem in problems),
    )


def _is_other_than_english(language: str | None) -> bool:
    return bool(language and not language.casefold().startswith("en"))


def _fatal_issue(draft: Draft, max_chars: int) -> Issue | None:
    """Return the error that keeps a draft from becoming an Article."""
    problem = _fatal_problem(draft, max_chars)
    if problem is None:
        return None
    return problem.at(draft.source, None if id_problem(draft.article_id) else draft.article_id)


def _fatal_problem(draft: Draft, max_chars: int) -> Problem | None:
    values = {"id": draft.article_id, **asdict(draft.metadata)}
    problems = (surrogate_problem(name, value) for name, value in values.items() if value)
    return (
        text_problem(draft.text, max_chars=max_chars)
        or next(filter(None, problems), None)
        or id_problem(draft.article_id)
    )


_NOT_ENGLISH = Problem(
    "warning",
    "not_english",
    "The text does not seem to be English; little will be found in it.",
    "Translate it first.",
)
