"""The records of a file -> Articles; what no record tells alone is found by looking at all of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.ids import content_hash
from extract.model import Article, Issue
from extract.reading.build import Draft, make_article
from extract.reading.context import Context
from extract.reading.problems import Problem
from extract.reading.records.columns import column_key, shown_columns
from extract.reading.records.day_order import DayOrder, in_iso, is_ambiguous, order_of
from extract.reading.records.fields import fields_of
from extract.reading.records.values import field_text
from extract.reading.sources import Source

# So many records without an article are enough to know that the file has none; a few are told one by one.
_ENOUGH, _FEW = 100, 3
_NAME_COLUMNS = "docs/running.md lists the usual names of columns."


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table, or an object of a JSON file.

    Attributes:
        values: Its values by column or key.
        place: The number of its line, row or object in the file.
        problems: What its reader met that does not prevent an article.
        key: What distinguishes it within its file, if it has no id; None for its address or content.
    """

    values: Mapping[str, object]
    place: int
    problems: tuple[Problem, ...] = ()
    key: str | None = None


OpenRecords = Callable[[], Iterator[Record | Issue]]
"""Reads a file from its start: its records, and an Issue for each that is broken."""


def read_records(
    open_records: OpenRecords,
    source: Source,
    file_format: str,
    context: Context,
    notes: Sequence[Problem] = (),
) -> Iterator[Article | Issue]:
    """Yield an Article for each record, or the Issue that says why it is none.

    Args:
        open_records: Reads the file; a second time only if the order of day and month must be found.
        source: The file.
        file_format: As in `Article.format`.
        context: What every reader receives.
        notes: Receives, while the records are read, what is to be told about the file as a whole.
    """
    file = _File(open_records, source, file_format, context)
    held: list[Issue] = []  # until there is an article: without one, a single issue is enough
    any_article = False
    for item in file.items():
        if any_article or isinstance(item, Article):
            any_article = True
            yield from held
            held.clear()
            yield item
        elif len(held) < _ENOUGH:
            held.append(item)
        else:
            break
    yield from held if any_article or len(held) <= _FEW else file.no_articles(held)
    yield from (note.at(source.name) for note in dict.fromkeys([*notes, *file.notes()]))


@dataclass
class _File:
    """What is known of the records of a file while they are read.

    Attributes:
        n_records: Number of records so far, the broken ones included.
        n_copies: Number of those that are the same as an earlier one.
    """

    open_records: OpenRecords
    source: Source
    file_format: str
    context: Context
    n_records: int = 0
    n_copies: int = 0
    _columns: tuple[str, ...] = ()
    # Numbers: there may be millions, and a text takes twice the memory.
    _contents: set[int] = field(default_factory=set)
    _keys: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._unseen = dict(self.context.columns.mapping)

    def items(self) -> Iterator[Article | Issue]:
        """Yield what becomes of each record."""
        for record in self.open_records():
            self.n_records += 1
            item = record if isinstance(record, Issue) else self._item(record)
            if item is not None:
                yield item

    def _item(self, record: Record) -> Article | Issue | None:
        """Return the Article of a record, or the Issue that says why it is none; None for a copy."""
        self._look_at_columns(record)
        location = f"{self.source.name}:{record.place}"
        found = fields_of(record.values, self.context)
        if isinstance(found, Problem):
            return found.at(location)
        found = replace(
            found, metadata=replace(found.metadata, published=self._date(found.metadata.published))
        )
        content = content_hash(found.text, {"id": found.article_id, **found.given()})[:16]
        if int(content, 16) in self._contents:
            self.n_copies += 1
            return None
        self._contents.add(int(content, 16))
        draft = Draft(
            article_id=found.article_id or self._id(record.key or found.address, content),
            source=self.source.name,
            format=self.file_format,
            text=found.text,
            metadata=found.metadata,
            problems=(*record.problems, *found.problems),
        )
        item = make_article(draft, max_chars=self.context.max_chars, forms=self.context.forms)
        return replace(item, source=location) if isinstance(item, Issue) else item

    def _look_at_columns(self, record: Record) -> None:
        self._columns = self._columns or tuple(record.values)
        if self._unseen:
            keys = {column_key(column) for column in self.context.columns.unwrapped(record.values)}
            keys |= {key.partition(".")[0] for key in keys}
            unseen = self._unseen.items()
            self._unseen = {
                name: column for name, column in unseen if column_key(column).partition(".")[0] not in keys
            }

    def _id(self, key: str | None, content: str) -> str:
        """Return an id within the file that stays when rows are added: its key, or a hash of the content.

        A second record with the same key has another content: the key is perhaps the address of the outlet.
        """
        file = self.source.path.relative_to(self.source.folder).as_posix()
        if key is None or hash(key) in self._keys:
            return f"{file}#{content}"
        self._keys.add(hash(key))
        return f"{file}#{key}"

    def _date(self, published: str | None) -> str | None:
        """Return the date with day and month in order, if other records tell the order."""
        if published is None or not is_ambiguous(published) or self._day_order is None:
            return published
        return in_iso(published, self._day_order)

    @cached_property
    def _day_order(self) -> DayOrder | None:
        return order_of(self._dates())

    def _dates(self) -> Iterator[str]:
        columns = self.context.columns
        for record in self.open_records():
            if isinstance(record, Record):
                value = columns.values_of(record.values).get("published")
                yield field_text("published", value, columns) or ""

    def no_articles(self, issues: Sequence[Issue]) -> Iterator[Issue]:
        """Yield the issue of a file none of whose records is an article."""
        which = f"first {_ENOUGH}" if len(issues) == _ENOUGH else str(len(issues))
        message = f"None of the {which} records is an article. Of the first: {issues[0].message}"
        yield Problem("error", "no_articles", message, f"{issues[0].advice} {_NAME_COLUMNS}").at(
            self.source.name
        )

    def notes(self) -> Iterator[Problem]:
        """Yield what is to be told about the file as a whole."""
        if not self.n_records:
            yield _NO_RECORDS
        for name, column in self._unseen.items():
            message = f"No record has the column {column!r}, which --map gives to `{name}`."
            advice = f"{shown_columns(self._columns)} The usual names were used."
            yield Problem("warning", "unknown_column", message, advice)
        if self.n_copies:
            message = f"{self.n_copies:,} records are the same as earlier ones of the file and were left out."
            yield Problem("info", "same_record", message, "Nothing is lost.")


_NO_RECORDS = Problem("warning", "no_records", "The file has no records.", "Fill it or remove it.")
