"""The units of an article: posts of a live blog, or stories of a digest."""

from extract.model import Unit
from extract.reading.page.anatomy import Anatomy
from extract.reading.page.forms import Forms
from extract.reading.publication.published import Publication
from extract.reading.units.live_posts import live_posts
from extract.reading.units.stories import stories


def find_units(
    anatomy: Anatomy, publication: Publication, title: str | None, forms: Forms
) -> tuple[Unit, ...]:
    """Return the units of an article in text order, none if it is one story.

    Args:
        anatomy: Its lines and their roles.
        publication: When it was published.
        title: The title given by its metadata.
        forms: The vocabulary of page layouts.
    """
    return live_posts(anatomy, publication, forms) or stories(anatomy, publication, title, forms)
