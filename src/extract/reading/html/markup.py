"""The vocabulary of web pages' markup, compiled for matching."""

import re
from dataclasses import dataclass
from typing import Self

from extract.reading.html.markup_shapes import HtmlFile, MetaNames
from extract.text.alternations import any_of


@dataclass(frozen=True, slots=True)
class Markup:
    """The lists of models/reading/html.toml; comments in that file explain each one.

    Attributes:
        article_types: Types of JSON-LD that are an article.
        page_types: Types of JSON-LD that are a web page.
        meta: Names of <meta> elements, by what they tell.
        byline: Words in the attributes of a byline.
        date: Those of a date line.
        author_pages: Folders of authors' pages in addresses.
        elsewhere: Those of an element that is neither.
        caption: Those of a caption.
        tweet: Those of an embedded post.
        pull: Those of a pull quote.
        by: Matches what stands before the names of authors.
        joining: Matches what stands between two names.
        after_name: Matches a role, place or outlet after a name, from its first word on.
        glued_role: Matches between a name and the role that follows it without a blank.
        organisations: Words that no person's name has.
        separator: Matches what stands between headline and outlet.
        empty_titles: Titles that are no headlines.
        error_titles: Phrases in the titles of error pages.
        login_titles: Titles of pages where one logs in.
        consent: Phrases of pages that ask for consent.
        paywall: Phrases of pages that show only the beginning.
        paywall_elements: Words in the attributes of what asks for a subscription.
    """

    article_types: frozenset[str]
    page_types: frozenset[str]
    meta: MetaNames
    byline: frozenset[str]
    date: frozenset[str]
    author_pages: frozenset[str]
    elsewhere: frozenset[str]
    caption: frozenset[str]
    tweet: frozenset[str]
    pull: frozenset[str]
    by: re.Pattern[str]
    joining: re.Pattern[str]
    after_name: re.Pattern[str]
    glued_role: re.Pattern[str]
    organisations: frozenset[str]
    separator: re.Pattern[str]
    empty_titles: frozenset[str]
    error_titles: tuple[str, ...]
    login_titles: frozenset[str]
    consent: tuple[str, ...]
    paywall: tuple[str, ...]
    paywall_elements: tuple[str, ...]

    @classmethod
    def from_data(cls, file: HtmlFile) -> Self:
        """Compile the content of models/reading/html.toml."""
        elements, authors, pages = file.elements, file.authors, file.pages
        words = [word for word in authors.joining if word.isalpha()]
        marks = [mark for mark in authors.joining if not mark.isalpha()]
        after = any_of([*authors.after, *authors.roles])
        return cls(
            article_types=frozenset(file.json_ld.articles),
            page_types=frozenset(file.json_ld.pages),
            meta=file.meta,
            byline=frozenset(elements.byline),
            date=frozenset(elements.date),
            author_pages=frozenset(elements.author_pages),
            elsewhere=frozenset(elements.elsewhere),
            caption=frozenset(elements.caption),
            tweet=frozenset(elements.tweet),
            pull=frozenset(elements.pull),
            by=re.compile(rf"\s*{any_of(authors.openers)}\s+", re.IGNORECASE),
            joining=re.compile(rf"\s+{any_of(words)}\s+|\s*{any_of(marks)}\s*", re.IGNORECASE),
            after_name=re.compile(rf"\s+{after}\b.*", re.IGNORECASE),
            glued_role=re.compile(rf"(?<=[a-z])(?={any_of(map(str.capitalize, authors.roles))}\b)"),
            organisations=frozenset(authors.organisations),
            separator=re.compile(rf"\s{any_of(file.titles.separators)}\s"),
            empty_titles=frozenset(file.titles.empty),
            error_titles=tuple(pages.error_titles),
            login_titles=frozenset(pages.login_titles),
            consent=tuple(pages.consent),
            paywall=tuple(pages.paywall),
            paywall_elements=tuple(pages.paywall_elements),
        )
