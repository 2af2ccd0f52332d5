"""Where a page of the report is: addresses depend on ids only, so that analysts can link to them."""

from urllib.parse import quote

from extract.ids import file_name


def article_page(article_id: str) -> str:
    """Return the address of an article's page below the report's folder."""
    return f"article/{file_name(article_id)}.html"


def actor_page(entity_id: str) -> str:
    """Return the address of an actor's page below the report's folder."""
    return f"actor/{file_name(entity_id)}.html"


def anchor(row_id: str) -> str:
    """Return the anchor of a quote or date in its article's page.

    >>> anchor("2021/a:q10-25")
    'q10-25'
    """
    return row_id.rsplit(":", 1)[-1]


def statements_link(**facets: str) -> str:
    """Return the address of the statements that have some facets.

    >>> statements_link(speaker="qais-al-khazali")
    'statements.html#speaker=qais-al-khazali'
    """
    return "statements.html#" + "&".join(f"{name}={quote(value, safe='')}" for name, value in facets.items())
