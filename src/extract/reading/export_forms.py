"""The words of models/reading/exports.toml: press databases, mail, channels, labelled headers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field

from extract.knowledge import KnowledgeFile, SomeWords, Word
from extract.reading.page.lines import fold
from extract.text.alternations import any_of

EXPORTS = "exports.toml"

Role = Literal[
    "title",
    "author",
    "outlet",
    "published",
    "clock",
    "dateline",
    "language",
    "url",
    "id",
    "caption",
    "body",
    "boilerplate",
]
"""What a labelled field is."""

Labels = dict[Role, SomeWords]
Openers = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]  # some end with a blank


class Lexis(KnowledgeFile):
    """Words of LexisNexis and Nexis Uni."""

    between_numbers: SomeWords
    after_numbers: SomeWords
    end: SomeWords
    page_lines: Openers
    cover: Openers
    edition_words: SomeWords
    rights: SomeWords
    tail: SomeWords
    headings: Labels
    labels: Labels


class Factiva(KnowledgeFile):
    """Words of Factiva."""

    end: SomeWords
    page_lines: SomeWords
    words: SomeWords
    rights: SomeWords
    summary: Openers
    labels: Labels


class Records(KnowledgeFile):
    """Words of databases with labelled fields."""

    start: SomeWords
    signs: SomeWords
    tail: SomeWords
    labels: Labels


class Posts(KnowledgeFile):
    """Words of copies of chats and channels."""

    media: SomeWords
    origins: SomeWords


class Mail(KnowledgeFile):
    """Words of mail."""

    forwarded: SomeWords
    passed_on: SomeWords
    answered: SomeWords
    quoting: SomeWords
    footers: SomeWords
    mailboxes: SomeWords
    from_outlet: SomeWords
    via: SomeWords
    labels: Labels


class Header(KnowledgeFile):
    """Words of labelled headers."""

    labels: Labels


class ExportsFile(KnowledgeFile):
    """models/reading/exports.toml."""

    languages: dict[Word, Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]]
    before_author: SomeWords
    months: dict[Word, SomeWords]
    lexis: Lexis
    factiva: Factiva
    records: Records
    posts: Posts
    mail: Mail
    header: Header


@dataclass(frozen=True, slots=True)
class ExportForms:
    """The words of exports, and the roles of their labels.

    Attributes:
        words: The content of the file.
        languages: Folded name of a language -> its code.
        months: Month in another language, in small letters -> its English name.
        foreign_day: Matches a day with such a month; its groups are `day` and `month`.
        before_author: Matches what stands before a name in a field for the author.
        lexis_mark: Matches the line in front of a LexisNexis document: `3 of 25 DOCUMENTS`.
        lexis: Folded label of a LexisNexis document -> its role, and so on for the other kinds.
    """

    words: ExportsFile
    languages: Mapping[str, str]
    months: Mapping[str, str]
    foreign_day: re.Pattern[str]
    before_author: re.Pattern[str]
    lexis_mark: re.Pattern[str]
    lexis: Mapping[str, Role]
    lexis_headings: Mapping[str, Role]
    factiva: Mapping[str, Role]
    records: Mapping[str, Role]
    mail: Mapping[str, Role]
    header: Mapping[str, Role]

    @classmethod
    def from_data(cls, file: ExportsFile) -> Self:
        """Compile the content of models/reading/exports.toml."""
        months = {other.casefold(): month for month, others in file.months.items() for other in others}
        return cls(
            words=file,
            languages={fold(name): code for name, code in file.languages.items()},
            months=months,
            foreign_day=re.compile(
                rf"(?P<day>\b[0-9]{{1,2}})(?:\.|er)?(?: de)? (?P<month>{any_of(months)})\b(?: de)?",
                re.IGNORECASE,
            ),
            before_author=re.compile(rf"^{any_of(file.before_author)} ", re.IGNORECASE),
            lexis_mark=_lexis_mark(file.lexis),
            lexis=_roles(file.lexis.labels),
            lexis_headings=_roles(file.lexis.headings),
            factiva=_roles(file.factiva.labels),
            records=_roles(file.records.labels),
            mail=_roles(file.mail.labels),
            header=_roles(file.header.labels),
        )

    def in_english(self, day: str) -> str:
        """Return a day with the English name of its month.

        `27. Februar 2012` and `3 de abril de 2017` become `27 February 2012` and `3 April 2017`.
        """
        return self.foreign_day.sub(
            lambda match: f"{match['day']} {self.months[match['month'].casefold()]}", day
        )


def _lexis_mark(words: Lexis) -> re.Pattern[str]:
    between, after = any_of(words.between_numbers), any_of(words.after_numbers)
    numbers = rf"[0-9]{{1,6}} {between} [0-9]{{1,6}}"
    return re.compile(rf"{numbers} {after}|{after} {numbers}", re.IGNORECASE)


def _roles(labels: Labels) -> dict[str, Role]:
    return {fold(label): role for role, names in labels.items() for label in names}


def folded(words: Iterable[str]) -> frozenset[str]:
    """Return the words as they are compared."""
    return frozenset(map(fold, words))
