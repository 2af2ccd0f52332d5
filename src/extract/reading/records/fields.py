"""One record -> the fields of an article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.reading.context import Context
from extract.reading.markup import has_markup, plain, visible_text
from extract.reading.page.bylines import author_of, is_desk
from extract.reading.page.forms import Forms
from extract.reading.page.lines import outlet_key
from extract.reading.problems import Problem, id_problem
from extract.reading.records.columns import Field, shown_columns
from extract.reading.records.metadata import METADATA_FIELDS, Metadata
from extract.reading.records.values import field_text

_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_LONGEST_ADDRESS = 300
# HTML is longer than its text; what is longer than this is too long without its tags as well.
_MARKUP_SHARE = 20
_PROSE = ("title", "outlet", "author")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a record.

    Attributes:
        article_id: Its own id; None if it has none.
        problems: What does not prevent an article.
    """

    text: str
    article_id: str | None
    metadata: Metadata
    problems: tuple[Problem, ...]

    def given(self) -> dict[str, str | None]:
        """Return the metadata by name."""
        return {name: getattr(self.metadata, name) for name in METADATA_FIELDS}

    @property
    def address(self) -> str | None:
        """The address without scheme, to be part of an id; None if there is none, or a strange one."""
        if self.metadata.url is None:
            return None
        address = _SCHEME.sub("", self.metadata.url).rstrip("/")
        return address if len(address) <= _LONGEST_ADDRESS and not id_problem(address) else None


def fields_of(record: Mapping[str, object], context: Context) -> Fields | Problem:
    """Return the fields of a record, or why it cannot be an article."""
    columns = context.columns
    values = columns.values_of(record)
    texts = {name: field_text(name, value, columns) for name, value in values.items()}
    text = texts.get("text")
    if text is None:
        return _without_text(record, values, texts, context)
    problems = [
        _misfit(name, values[name]) for name, found in texts.items() if found is None and name != "summary"
    ]
    if has_markup(text[: _MARKUP_SHARE * context.max_chars]):
        text = visible_text(text)
        problems.append(_HTML)
    if columns.cut.search(text[-100:]):
        problems.append(_CUT)
    given: dict[str, str | None] = {name: texts[name] for name in texts if name in METADATA_FIELDS}
    metadata = Metadata.from_mapping(given | _cleaned(given, context.forms))
    return Fields(text, texts.get("id"), metadata, tuple(problems))


def _cleaned(given: Mapping[str, str | None], forms: Forms) -> dict[str, str | None]:
    """Return names and titles without markup; a desk, an outlet or a number is no author."""
    title, outlet, author = (plain(given.get(name) or "") or None for name in _PROSE)
    if outlet and _SCHEME.match(outlet):
        outlet = (urlsplit(outlet).hostname or outlet).removeprefix("www.")
    return {"title": title, "outlet": outlet, "author": _author(author, outlet, forms)}


def _author(author: str | None, outlet: str | None, forms: Forms) -> str | None:
    if author is None:
        return None
    names = author_of(author, forms) or author  # without `By`
    is_outlet = outlet is not None and outlet_key(names) == outlet_key(outlet)
    is_account = "@" in names or not any(map(str.isalpha, names))
    return None if is_outlet or is_account or is_desk(names, forms) else names


def _without_text(
    record: Mapping[str, object],
    values: Mapping[Field, object],
    texts: Mapping[Field, str | None],
    context: Context,
) -> Problem:
    """Return why a record without a text is no article."""
    if "text" in values:
        kind = type(values["text"]).__name__
        return Problem("error", "bad_record", f"The record's text is of type {kind}.", "Make it a string.")
    also = [name for name in ("title", "summary", "url") if texts.get(name)]
    has = f"; it has only: {', '.join(also)}" if also else ""
    if "text" in context.columns.fields_in(context.columns.unwrapped(record)):
        return Problem("error", "empty_text", f"The record's text is empty{has}.", "Fill it or remove it.")
    message = f"The record has no column for a text{has}. {shown_columns(tuple(record))}"
    return Problem("error", "no_text", message, "Name the column of the text: --map text=COLUMN.")


def _misfit(name: Field, value: object) -> Problem:
    kind = f"a {type(value).__name__}" if not isinstance(value, list) else f"a list of {len(value)}"
    message = f"The record's `{name}` is {kind}, which cannot be its value; it is left out."
    return Problem("warning", "bad_field", message, "Give one value, as text.")


_HTML = Problem(
    "info",
    "html_in_record",
    "The text is HTML; its visible text is the article.",
    "Nothing needs to be done.",
)
_CUT = Problem(
    "warning",
    "cut_text",
    "The end of the text says that it was cut by the program that exported it.",
    "Export the whole articles, or save the pages.",
)
