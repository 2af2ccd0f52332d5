"""Whether a page holds an article, and whether all of it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from extract.reading.html.document import Tree
from extract.reading.html.lines import ShownLine
from extract.reading.html.metadata import Stated
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold
from extract.reading.problems import Problem
from extract.reading.records.metadata import Metadata

# Fewer words are no article; of a page that says that it is one, fewer still.
_FEWEST_WORDS, _FEWEST_STATED = 20, 8
_SHORT_WORDS = 120
_CUT_WORDS = 450
_LONGEST_NOTICE = 400
_BELOW_BODY = 15
_MOSTLY_LINKS = 0.5
_SHOWN = 80
_NO_ARTICLE = "Save the page of one article; behind a login or a consent dialogue, save it after that."


def no_article_problem(
    stated: Stated,
    metadata: Metadata,
    *,
    body: Sequence[str],
    shown: Sequence[ShownLine],
    tree: Tree,
    forms: Forms,
) -> Problem | None:
    """Return why a page is no article: an error page, a login, a consent dialogue, an index, or empty."""
    is_stated = stated.is_article or (metadata.published is not None and metadata.title is not None)
    words = sum(len(line.split()) for line in body)
    seen = _seen_in_title(stated, forms) if words < _SHORT_WORDS else None
    seen = seen or (_consent_asked(words, body, shown, forms) if words < _SHORT_WORDS else None)
    if seen is None and words < (_FEWEST_STATED if is_stated else _FEWEST_WORDS):
        seen = f"its main text has {words} words"
    if seen is None and not stated.is_article and _is_index(stated, metadata, body, tree):
        seen = "it is a list of other pages"
    if seen is None:
        return None
    return Problem("warning", "no_article", f"The page holds no article: {seen}.", _NO_ARTICLE)


def _seen_in_title(stated: Stated, forms: Forms) -> str | None:
    """Return what the title of a page with little text says that it is."""
    titles = [fold(stated.tags.title), fold(stated.title or "")]
    for phrase in map(fold, forms.markup.error_titles):
        if any(f" {phrase} " in f" {title} " for title in titles):
            return f"its title is that of an error page, {stated.tags.title[:_SHOWN]!r}"
    logins = forms.markup.login_titles
    if any(title == words or title.startswith(f"{words} to ") for words in logins for title in titles):
        return "it is a form to log in"
    return None


def _consent_asked(words: int, body: Sequence[str], shown: Sequence[ShownLine], forms: Forms) -> str | None:
    """Return what a page asks before it shows anything; of one with hardly any main text all lines count."""
    lines = [*body, *(line.text for line in shown if words < _FEWEST_WORDS)]
    text = " ".join(lines).casefold().replace("’", "'")
    asked = next((phrase for phrase in forms.markup.consent if phrase in text), None)
    return f"it asks for consent or for another browser ({asked!r})" if asked else None


def _is_index(stated: Stated, metadata: Metadata, body: Sequence[str], tree: Tree) -> bool:
    """Return whether a page is the start page of a site, or without publication time a list of links."""
    if stated.url and not urlsplit(stated.url).path.strip("/"):
        return True
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    linked = sum(len(line) for line in body if line in links)
    return metadata.published is None and linked > _MOSTLY_LINKS * sum(map(len, body))


def paywall_problem(
    stated: Stated, *, body: Sequence[str], shown: Sequence[ShownLine], end: int, forms: Forms
) -> Problem | None:
    """Return the problem of a page that shows only the beginning of its article.

    Args:
        stated: What the markup says; it may say that the article is not free.
        body: The lines of the main text.
        shown: The lines of the page.
        end: The index after the last line of the body in `shown`.
        forms: The vocabulary of page layouts.
    """
    words = sum(len(line.split()) for line in body)
    if words >= _CUT_WORDS:
        return None
    below = [line.text for line in shown[end : end + _BELOW_BODY]] + list(body[-3:])
    lines = [line.casefold().replace("’", "'") for line in below if len(line) <= _LONGEST_NOTICE]
    asked = next((phrase for phrase in forms.markup.paywall for line in lines if phrase in line), None)
    if asked is None and (stated.described.is_free or words >= _SHORT_WORDS):
        return None
    reason = f"below it stands {asked!r}" if asked else "its markup says that it is not free"
    message = f"Only the beginning of the article is there, {words} words: {reason}."
    return Problem("warning", "cut_by_paywall", message, "Save the page as a subscriber sees it.")
