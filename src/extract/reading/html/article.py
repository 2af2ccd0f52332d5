"""A web page -> the draft of its article, or the problem of what is none."""

from collections.abc import Sequence
from dataclasses import fields, replace

from extract.reading.build import Draft
from extract.reading.html.composition import compose, head_lines, locate
from extract.reading.html.document import Page
from extract.reading.html.lines import ShownLine
from extract.reading.html.main_text import main_lines
from extract.reading.html.metadata import find_metadata, read_stated
from extract.reading.html.verdicts import no_article_problem, paywall_problem
from extract.reading.page.forms import Forms
from extract.reading.page.language import guess_language
from extract.reading.problems import Problem
from extract.reading.records.metadata import Metadata


def draft_of_page(
    page: Page, shown: Sequence[ShownLine], draft: Draft, forms: Forms, url: str | None = None
) -> Draft | Problem:
    """Fill a draft with the article of a web page.

    Args:
        page: The page.
        shown: Its lines.
        draft: Its id, source and format, and the metadata that were given beside it, which take precedence.
        forms: The vocabulary of page layouts.
        url: The address from which the page was saved, if the file tells it.
    """
    stated, body = read_stated(page, shown, forms, url), main_lines(page.tree)
    extent = locate(shown, stated.title, body)
    metadata = find_metadata(stated, page, head_lines(shown, extent), forms)
    problem = no_article_problem(stated, metadata, body=body, shown=shown, tree=page.tree, forms=forms)
    if problem:
        return problem
    text, sections = compose(shown, extent, stated.title, forms)
    cut = paywall_problem(stated, body=body, shown=shown, end=extent.end, forms=forms)
    return replace(
        draft,
        text=text,
        metadata=_given_first(draft.metadata, _with_language(metadata, text, forms)),
        problems=(*draft.problems, *page.problems, *((cut,) if cut else ())),
        sections=sections,
    )


def _with_language(metadata: Metadata, text: str, forms: Forms) -> Metadata:
    """Drop the language that the page names if its words are clearly of another one."""
    guess, foreign = guess_language(text, forms)
    wrong = guess is not None or (foreign and metadata.language == "en")
    return replace(metadata, language=None) if wrong else metadata


def _given_first(given: Metadata, found: Metadata) -> Metadata:
    values = {field.name: getattr(given, field.name) or getattr(found, field.name) for field in fields(given)}
    return Metadata(**values)
