"""Text and metadata of one article -> Article; missing metadata are taken from the text."""

from dataclasses import dataclass, replace

from extract.ids import content_hash
from extract.model import Article, Issue, Section
from extract.reading.letters.repair import broken_problem, repair, repair_problem
from extract.reading.page.anatomy import find_anatomy
from extract.reading.page.authors import author_in
from extract.reading.page.forms import Forms
from extract.reading.page.headlines import title_in
from extract.reading.page.language import foreign_paragraphs, guess_language
from extract.reading.page.outlets import outlet_in
from extract.reading.page.pasted.paywall import cut_problems
from extract.reading.page.sections import sections_of
from extract.reading.problems import Problem, id_problem, surrogate_problem, text_problem
from extract.reading.publication.published import find_publication
from extract.reading.records.metadata import Metadata
from extract.reading.units.finding import find_units

_REPAIRED = ("title", "outlet", "author")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its reader found it, before its text is analysed.

    Attributes:
        problems: What its reader met that did not prevent the article.
        sections: Parts of the text whose role the format tells, such as the captions of a web page; the roles
            of all other lines are found in the text.
        has_read_dates: Its reader has looked for the date lines of the page, so that no other line counts.
    """

    article_id: str
    source: str
    format: str
    text: str
    metadata: Metadata
    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()
    has_read_dates: bool = False


def make_article(draft: Draft, *, max_chars: int, forms: Forms) -> Article | Issue:
    """Make the Article, or an error Issue that says why this is impossible.

    Given metadata take precedence over what the text says. The content hash covers the text and the metadata
    as published: where letters were certainly broken, repaired.
    """
    draft = _repaired(draft)
    rejection = _fatal_issue(draft, max_chars)
    if rejection:
        return rejection
    given = draft.metadata
    anatomy = find_anatomy(
        draft.text, title=given.title, outlet=given.outlet, forms=forms, known=draft.sections
    )
    publication = find_publication(anatomy, given.published, forms.dates, in_lines=not draft.has_read_dates)
    language, foreign = guess_language(draft.text, forms)
    foreign = foreign or (language is None and _is_other_than_english(given.language))
    problems = [*draft.problems, *publication.problems, *cut_problems(anatomy, forms)]
    if foreign:
        problems.append(_not_english(given.language or language))
    return Article(
        article_id=draft.article_id,
        source=draft.source,
        format=draft.format,
        text=draft.text,
        content_hash=content_hash(draft.text, given.as_mapping()),
        title=given.title or title_in(anatomy, forms),
        outlet=given.outlet or outlet_in(anatomy, forms),
        author=given.author or author_in(anatomy, forms),
        url=given.url,
        language=given.language or language,
        published_at=publication.moment,
        published_source=publication.source,
        sections=sections_of(anatomy, foreign_paragraphs(draft.text, forms, foreign=foreign)),
        units=find_units(anatomy, publication, given.title, forms),
        issues=tuple(problem.at(draft.source, draft.article_id) for problem in problems),
    )


def _repaired(draft: Draft) -> Draft:
    """Repair the letters of text and metadata; tell what was repaired and what is still broken."""
    given = draft.metadata
    text = repair(draft.text, draft.sections)
    fields = {name: repair(value) for name in _REPAIRED if (value := getattr(given, name))}
    examples = sum((one.examples for one in fields.values()), text.examples)
    problems = repair_problem(examples), broken_problem(text.text)
    return replace(
        draft,
        text=text.text,
        sections=text.sections,
        metadata=replace(given, **{name: one.text for name, one in fields.items()}),
        problems=(*draft.problems, *filter(None, problems)),
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
    values = {"id": draft.article_id, **draft.metadata.as_mapping()}
    problems = (surrogate_problem(name, value) for name, value in values.items() if value)
    return (
        text_problem(draft.text, max_chars=max_chars)
        or next(filter(None, problems), None)
        or id_problem(draft.article_id)
    )


def _not_english(language: str | None) -> Problem:
    seen = f" but of the language {language!r}" if language else ""
    return Problem(
        "warning",
        "not_english",
        f"The text is not English{seen}; nothing was looked for in it, except in its English paragraphs.",
        "Translate it first.",
    )
