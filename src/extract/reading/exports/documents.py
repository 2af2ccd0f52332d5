"""Documents found in an export -> one Draft each, with an id that does not depend on their order."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from extract.ids import digest
from extract.model import Section, SectionKind
from extract.reading.build import Draft
from extract.reading.export_forms import Role
from extract.reading.exports.authors import author_in_field, without_outlet
from extract.reading.exports.fields import Field
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold
from extract.reading.records.metadata import Metadata

_SLUG_LENGTH = 48
_HASH_LENGTH = 6
_NEARLY_ALL = 0.8
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_GLUED = re.compile(r"(?<=\w)\(")
_URL = re.compile(r"https?://\S+")
_FORMAT_OF_TEXT_FILES = "txt"

# The sections that fields become; what is not listed is no part of the article.
SECTION_OF: dict[Role, SectionKind | None] = {
    "title": "title",
    "author": "byline",
    "published": "dateline",
    "dateline": "dateline",
    "caption": "caption",
    "body": None,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a document.

    Attributes:
        kind: Its role, None if it is to be found in the text.
        cut: How many characters at its start are left out, such as a code.
    """

    line: Line
    kind: SectionKind | None = None
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an export.

    Attributes:
        parts: Its lines, in order.
        metadata: What its fields tell.
        number: The number that the database gave it; "" if there is none.
    """

    parts: Sequence[Part]
    metadata: Metadata = field(default_factory=Metadata)
    number: str = ""


def are_documents(documents: Sequence[Document | None]) -> bool:
    """Return whether nearly all parts of a text have the form of a document: then the others are ones too."""
    found = sum(document is not None for document in documents)
    return found > 0 and found >= _NEARLY_ALL * len(documents)


def plain_document(lines: Sequence[Line]) -> Document:
    """Return a document whose head has another form: its first line is its title."""
    return Document([Part(line) for line in lines], Metadata(title=lines[0].text if lines else None))


def drafts_of(draft: Draft, documents: Sequence[Document]) -> list[Draft]:
    """Return one draft per document; the id is that of the file, `#`, and the document's own."""
    documents = [_checked(document) for document in documents]
    texts = [_compose(document.parts) for document in documents]
    keys = _distinct([_key(document) for document in documents], [text for text, _ in texts])
    return [
        replace(
            draft,
            article_id=f"{draft.article_id}#{key}",
            text=text,
            metadata=given_first(draft, document.metadata),
            sections=sections,
            has_read_dates=False,
        )
        for document, key, (text, sections) in zip(documents, keys, texts, strict=True)
    ]


def _checked(document: Document) -> Document:
    """Return the document without an author who is the outlet, and with the blank in `The Herald(London)`.

    What stands in its byline beside an author is then no byline: nobody is to be found there again.
    """
    told, parts = document.metadata, document.parts
    outlet = _GLUED.sub(" (", told.outlet) if told.outlet else None
    author = without_outlet(told.author, outlet) if told.author and outlet else told.author
    if author is None:
        parts = [replace(part, kind="boilerplate") if part.kind == "byline" else part for part in parts]
    return replace(document, parts=parts, metadata=replace(told, outlet=outlet, author=author))


def given_first(draft: Draft, told: Metadata) -> Metadata:
    """Return the metadata told by a document, after those that articles.csv gives.

    Other formats than text files have metadata of their own, those of the page or file around the document.
    """
    if draft.format != _FORMAT_OF_TEXT_FILES:
        return told
    names = [item.name for item in fields(Metadata)]
    return Metadata(**{name: getattr(draft.metadata, name) or getattr(told, name) for name in names})


def metadata_of(found: Iterable[Field], forms: Forms) -> Metadata:
    """Return what labelled fields tell; a value that is not understood is left out."""
    values: dict[Role, str] = {}
    for item in found:
        if item.value:
            values.setdefault(item.role, item.value)
    url = _URL.search(values.get("url", ""))
    return Metadata(
        title=values.get("title"),
        outlet=values.get("outlet"),
        author=author_in_field(values.get("author", ""), forms),
        url=url[0] if url else None,
        language=forms.exports.languages.get(fold(values.get("language", "").partition(";")[0])),
        published=moment_of(values.get("published", ""), values.get("clock", ""), forms),
    )


def moment_of(day: str, clock: str, forms: Forms) -> str | None:
    """Return the time told by a day and an hour as ISO 8601; None if it is not understood."""
    day = forms.exports.in_english(day)
    found = forms.dates.parse_line(f"{day} {clock}".strip()) or forms.dates.parse_line(day)
    return found.moment.isoformat() if found else None


def _compose(parts: Sequence[Part]) -> tuple[str, tuple[Section, ...]]:
    """Join the lines; blank lines between them become one."""
    text, sections = "", []
    pieces = list(_pieces(parts))
    starts = []
    for separator, piece in pieces:
        starts.append(len(text) + len(separator))
        text += separator + piece
    for part, start, (_, piece) in zip(parts, starts, pieces, strict=True):
        if part.kind and piece:
            sections.append(Section(part.kind, start, start + len(piece)))
    return text, tuple(sections)


def _pieces(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Yield what stands before each line, and the line."""
    above: Line | None = None
    for part in parts:
        gap = above is not None and part.line.number > above.number + 1
        yield "" if above is None else "\n\n" if gap else "\n", part.line.text[part.cut :].strip()
        above = part.line


def _key(document: Document) -> str:
    """Return the number of the document, else its day, the start of its title and a hash of what is told."""
    if document.number:
        return document.number
    told = document.metadata
    day = (told.published or "").partition("T")[0]
    title = slug(told.title or "")
    seen = "|".join(filter(None, (told.outlet, told.published, told.title)))
    return "-".join(filter(None, (day, title, digest(seen.encode("utf-8", "replace"))[:_HASH_LENGTH])))


def slug(text: str) -> str:
    """Return the start of a text as lower-case letters and hyphens.

    >>> slug("Badr’s new chief: Kirkuk")
    'badrs-new-chief-kirkuk'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return _NO_SLUG.sub("-", plain.replace("'", "")).strip("-")[:_SLUG_LENGTH].rstrip("-")


def _distinct(keys: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Tell documents of one key apart by their texts; those with the same text are numbered."""
    counts = Counter(keys)
    longer = [
        key if counts[key] == 1 else f"{key}-{digest(text.encode('utf-8', 'replace'))[:_HASH_LENGTH]}"
        for key, text in zip(keys, texts, strict=True)
    ]
    seen: Counter[str] = Counter()
    result = []
    for key in longer:
        seen[key] += 1
        result.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return result
