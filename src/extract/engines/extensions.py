"""What the components write on a Doc, and read from it: `doc._.article`, `doc._.mentions`..."""

from spacy.tokens import Doc

from extract.model import Article

EXTENSIONS: dict[str, object] = {
    "article": None,  # Article, set before the components run
    "mentions": (),  # tuple[Mention, ...], by extract_entities
    "timex_spans": (),  # tuple[TimexSpan, ...], by extract_dates
    "quotes": (),  # tuple[Quote, ...], by extract_quotes
}


def register() -> None:
    """Make the extensions known to spaCy; calling it again changes nothing."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def article_of(doc: Doc) -> Article:
    """Return the Doc's article; one with the bare text where none was set (a Doc made by a library user)."""
    article: Article | None = doc._.article
    if article is not None:
        return article
    return Article(article_id="", source="", format="text", text=doc.text, content_hash="")


register()
