"""Whether a page holds an article, and whether all of it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from extract.reading.build import Metadata
from extract.reading.html.document import Tree
from extract.reading.html.lines import ShownLine
from extract.reading.html.metadata import Stated
from extract.reading.page.boilerplate import PROSE_LENGTH
from extract.reading.page.forms import Forms
from extract.reading.page.lines import ends_sentence, fold
from extract.reading.problems import Problem

_FEWEST_WORDS = 20
_SHORT_WORDS = 120
_CUT_WORDS = 450
_LONGEST_NOTICE = 400
_BELOW_BODY = 15
_MOSTLY_LINKS = 0.6
_FEWEST_PROSE = 2
_ARTICLE = "article"
_NO_ARTICLE = "Save the page of one article; for a page behind a login or a consent dialogue, save it after that."


def no_article_problem(
    stated: Stated, metadata: Metadata, body: Sequence[str], shown: Sequence[ShownLine], tree: Tree, forms: Forms
) -> Problem | None:
    """Return why a page is no article: an error page, a login, a consent dialogue, an index, or empty."""
    words = sum(len(line.split()) for line in body)
    seen = _seen(stated, words, body, shown, forms)
    if seen is None and _is_index(stated, metadata, body, shown, tree):
        seen = "it is a list of other pages"
    if seen is None:
        return None
    return Problem("warning", "no_article", f"The page holds no article: {seen}.", _NO_ARTICLE)


def _seen(
    stated: Stated, words: int, body: Sequence[str], shown: Sequence[ShownLine], forms: Forms
) -> str | None:
    """Return what a page with little text shows instead of an article."""
    markup, title = forms.markup, stated.tags.title
    titles = {fold(title), fold(stated.title or "")}
    if words < _SHORT_WORDS:
        if any(f" {phrase} " in f" {text} " for phrase in map(fold, markup.error_titles) for text in titles):
            return f"its title is that of an error page, {title[:80]!r}"
        if titles & markup.login_titles or any(text.startswith(("log in ", "sign in ")) for text in titles):
            return "one logs in there"
        around = " ".join([*body, *(line.text for line in shown)]).casefold() if words < _FEWEST_WORDS else " ".join(body).casefold()
        asked = next((phrase for phrase in markup.consent if phrase in around), None)
        if asked:
            return f"it asks for consent or a browser ({asked!r})"
    if words < _FEWEST_WORDS:
        return f"its main text has {words} words"
    return None


def _is_index(
    stated: Stated, metadata: Metadata, body: Sequence[str], shown: Sequence[ShownLine], tree: Tree
) -> bool:
    """Return whether a page without publication time and article type is a list of links or the start page."""
    kind = next(iter(stated.tags.values(["og:type"])), "").lower()
    if metadata.published or stated.described.published or kind == _ARTICLE:
        return False
    if stated.url and not urlsplit(stated.url).path.strip("/"):
        return True
    prose = sum(len(line) >= PROSE_LENGTH and ends_sentence(line) for line in body)
    letters = sum(len(line.text) for line in shown)
    linked = sum(len(link.text_content()) for link in tree.iter("a"))
    return prose < _FEWEST_PROSE and letters > 0 and linked / letters > _MOSTLY_LINKS


def paywall_problem(
    stated: Stated, body: Sequence[str], shown: Sequence[ShownLine], end: int, forms: Forms
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
