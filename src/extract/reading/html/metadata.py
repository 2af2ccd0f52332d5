"""The metadata of a page: what its markup says and its lines confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.reading.html.authors import Names, agreed, join_names, names_in
from extract.reading.html.bylines import shown_names
from extract.reading.html.document import Page
from extract.reading.html.json_ld import Described, read_json_ld
from extract.reading.html.lines import Head, ShownLine
from extract.reading.html.meta_tags import Tags, read_tags
from extract.reading.html.publication import find_published
from extract.reading.html.titles import clean, find_outlet, find_title
from extract.reading.page.forms import Forms
from extract.reading.page.lines import outlet_key
from extract.reading.records.metadata import Metadata

_ARTICLE = "article"
_LANGUAGE_LETTERS = frozenset({2, 3})


@dataclass(frozen=True, slots=True)
class Stated:
    """What the markup of a page says, before it is compared with what the page shows.

    Attributes:
        tags: The tags in its head.
        described: Its article in JSON-LD.
        url: Its address.
        title: The headline.
        outlet: The outlet.
    """

    tags: Tags
    described: Described
    url: str | None
    title: str | None
    outlet: str | None

    @property
    def is_article(self) -> bool:
        """Whether it says that the page is an article."""
        kind = next(iter(self.tags.values(["og:type"])), "").lower()
        return kind == _ARTICLE or self.described.is_article


def read_stated(page: Page, shown: Sequence[ShownLine], forms: Forms, url: str | None = None) -> Stated:
    """Read what the markup says.

    Args:
        page: The page.
        shown: The lines that it shows.
        forms: The vocabulary of page layouts.
        url: The address from which the page was saved, if the file tells it.
    """
    tags, described = read_tags(page.tree), read_json_ld(page.tree, forms.markup)
    names = forms.markup.meta
    address = _address([tags.canonical, *tags.values(names.url), described.url, page.saved_from, url])
    titles = [described.title, *tags.values(names.title)]
    headlines = {
        clean(text) for text in (*titles, tags.title) if text
    }  # some pages give theirs as their outlet
    outlets = [text for text in map(clean, tags.values(names.outlet)) if text not in headlines]
    keys = {outlet_key(line.text) for line in shown}
    outlet = find_outlet([described.outlet or "", *outlets], tags.title, address, keys, forms)
    headings = [heading.text_content() for heading in page.tree.iter("h1")]
    title = find_title(
        titles, tags.title, headings, list(filter(None, [*outlets, clean(described.outlet), outlet])), forms
    )
    return Stated(tags, described, address, title, outlet)


def find_metadata(stated: Stated, page: Page, head: Head, forms: Forms) -> Metadata:
    """Return the metadata.

    Args:
        stated: What the markup says.
        page: The page.
        head: The lines around the title, without the body.
        forms: The vocabulary of page layouts.
    """
    names, tags, described = forms.markup.meta, stated.tags, stated.described
    return Metadata(
        title=stated.title,
        outlet=stated.outlet,
        author=join_names(_authors(stated, page, head, forms)),
        url=stated.url,
        language=_language([tags.language, described.language, *tags.values(names.language)]),
        published=find_published(
            [described.published, *tags.values(names.published)],
            tags.values(names.doubtful),
            head=head.lines,
            title_tag=tags.title,
            url=stated.url,
            tree=page.tree,
            forms=forms,
        ),
    )


def _authors(stated: Stated, page: Page, head: Head, forms: Forms) -> Names:
    outlets = {outlet_key(stated.outlet)} if stated.outlet else set()
    places = [", ".join(stated.described.authors)]
    places += (", ".join(stated.tags.values([name])) for name in forms.markup.meta.author)
    tagged = [names_in(text, forms, outlets) for text in places]
    return agreed(shown_names(head, page.tree, forms, outlets), tagged)


def _address(found: Sequence[str | None]) -> str | None:
    """Return the first web address, one of a page before that of a whole site."""
    addresses = [text.strip() for text in found if text and _is_web_address(text.strip())]
    return next(
        (text for text in addresses if urlsplit(text).path.strip("/")), addresses[0] if addresses else None
    )


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text


def _language(found: Sequence[str | None]) -> str | None:
    """Return the first language code without region: `en-GB` is `en`."""
    codes = (text.strip().replace("_", "-").split("-")[0].lower() for text in found if text)
    return next((code for code in codes if len(code) in _LANGUAGE_LETTERS and code.isalpha()), None)
