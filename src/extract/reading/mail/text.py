"""The text of a mail: heads, what is passed on or quoted, signatures, and the feet of newsletters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr, parsedate_to_datetime

from extract.model import SectionKind
from extract.reading.export_forms import Mail
from extract.reading.page.boilerplate import PROSE_LENGTH
from extract.reading.page.bylines import names_outlet
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold, outlet_key
from extract.reading.records.metadata import Metadata
from extract.text.alternations import any_of

_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z -]{1,30}):(?P<value>.*)")
_OTHER_LABEL = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)+:")
_RFC_DATE = re.compile(r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}")
_SIGNATURE = re.compile(r"--|—|__+")
_SIGNATURE_LINES = 12
_FEWEST_LABELS = 3
_MOST_HEAD_LINES = 100
_LONGEST_FOOTER = 160
_SHORTEST_DOMAIN_WORD = 4
_DECORATION = "*> \t"


@dataclass(frozen=True, slots=True)
class MailHead:
    """The head of a mail.

    Attributes:
        end: The index of the first line after it.
        subject_line: The index of the line of its subject; None if that is not in the text.
        is_bulk: The mail says that it was sent to a list.
    """

    subject: str
    sender: str
    date: str
    end: int = 0
    subject_line: int | None = None
    is_bulk: bool = False


def head_at(lines: Sequence[Line], first: int, forms: Forms) -> MailHead | None:
    """Return the head of a mail that begins at a line; None if the lines are no such head."""
    found = list(_labelled(lines, first, forms))
    values: dict[str, str] = {}
    for _, role, value in found:
        values.setdefault(role, value)
    known = sum(bool(role) for _, role, _ in found)
    if known < _FEWEST_LABELS or not {"author", "title"} <= values.keys():
        return None
    return MailHead(
        subject=values["title"],
        sender=values["author"],
        date=values.get("published", ""),
        end=found[-1][0] + 1,
        subject_line=next(index for index, role, _ in found if role == "title"),
    )


def _labelled(lines: Sequence[Line], first: int, forms: Forms) -> Iterator[tuple[int, str, str]]:
    """Yield index, role and value of the labelled lines that follow each other from a line on.

    A long field may go on on the line below it. The role of an unknown label (`X-Mailer:`) is empty.
    """
    last = first
    for index in range(first, min(first + _MOST_HEAD_LINES, len(lines))):
        if index > first and lines[index].number > lines[index - 1].number + 1:
            return
        match = _LABEL.match(lines[index].text.lstrip(_DECORATION))
        role = forms.exports.mail.get(fold(match["label"]), "") if match else ""
        if match and (role or _OTHER_LABEL.match(match[0])):
            yield index, role, match["value"].strip(_DECORATION)
            last = index
        elif index == first or index > last + 1:
            return


def read_mail(
    lines: Sequence[Line], head: MailHead, forms: Forms
) -> tuple[Metadata, list[SectionKind | None]]:
    """Return what a mail tells of the article in it, and the roles of its lines as far as mail tells them.

    Of a mail that passes another one on, the article is the other one.

    Args:
        lines: The lines of the mail, with its head or without.
        head: The head; if it is not in the lines, its end is 0.
        forms: The vocabulary.
    """
    kinds: list[SectionKind | None] = [None] * len(lines)
    limit = len(lines)
    while (found := _next_head(lines, head.end, forms)) is not None:
        marker, inner = found
        if _is_passed_on(head, lines[head.end : marker], forms.exports.words.mail):
            head = inner
        else:
            limit = marker
            break
    kinds[: head.end] = ["boilerplate"] * head.end
    if head.subject_line is not None:
        kinds[head.subject_line] = "title"
    kinds[limit:] = ["boilerplate"] * (len(lines) - limit)
    _mark_quoted(lines, kinds, forms.exports.words.mail)
    is_newsletter = _mark_foot(lines[:limit], kinds, forms.exports.words.mail)
    return _metadata(head, forms, is_bulk=head.is_bulk or is_newsletter), kinds


def _next_head(lines: Sequence[Line], start: int, forms: Forms) -> tuple[int, MailHead] | None:
    """Return the next head within a mail, and the index from which on it is announced."""
    mark = re.compile(rf"\W*{any_of(map(fold, forms.exports.words.mail.forwarded))}\W*")
    for index in range(start, len(lines)):
        if ":" in lines[index].text and (head := head_at(lines, index, forms)):
            announced = index > start and (
                mark.fullmatch(fold(lines[index - 1].text)) or not fold(lines[index - 1].text)
            )
            return index - bool(announced), head
    return None


def _is_passed_on(head: MailHead, own: Sequence[Line], words: Mail) -> bool:
    """Return whether a mail only passes on the one below: it says so, or has no text of its own."""
    prefix = head.subject.partition(":")[0]
    if prefix in words.passed_on:
        return True
    return prefix not in words.answered and all(len(line.text) < PROSE_LENGTH for line in own)


def _mark_quoted(lines: Sequence[Line], kinds: list[SectionKind | None], words: Mail) -> None:
    """Mark the lines that quote another mail, and the one that says whose it is."""
    for index, line in enumerate(lines):
        if line.text.startswith(">"):
            kinds[index] = "boilerplate"
            above = index - 1
            if above >= 0 and lines[above].text.endswith(tuple(words.quoting)):
                kinds[above] = "boilerplate"


def _mark_foot(lines: Sequence[Line], kinds: list[SectionKind | None], words: Mail) -> bool:
    """Mark signature and foot; return whether the mail is a newsletter, which can be left."""
    feet = [index for index, line in enumerate(lines) if _is_footer(line, words)]
    for index in feet:
        kinds[index] = "boilerplate"
    signatures = [index for index, line in enumerate(lines) if _SIGNATURE.fullmatch(line.text)]
    starts = [index for index in signatures[-1:] if len(lines) - index <= _SIGNATURE_LINES]
    prose = max((index for index, line in enumerate(lines) if len(line.text) >= PROSE_LENGTH), default=-1)
    starts += [index for index in feet if index > prose]
    start = min((index for index in starts if index * 2 >= len(lines)), default=len(lines))
    for index in range(start, len(lines)):
        kinds[index] = "boilerplate"
    return bool(feet)


def _is_footer(line: Line, words: Mail) -> bool:
    small = fold(line.text)
    return len(line.text) <= _LONGEST_FOOTER and any(fold(footer) in small for footer in words.footers)


def _metadata(head: MailHead, forms: Forms, *, is_bulk: bool) -> Metadata:
    name, address = parseaddr(head.sender)
    return Metadata(
        title=_subject(head.subject, forms.exports.words.mail),
        outlet=outlet_of_sender(name, address, forms, is_bulk=is_bulk),
        published=moment_of_mail(head.date, forms),
    )


def _subject(subject: str, words: Mail) -> str | None:
    """Return a subject without `Fwd:` and `Re:`."""
    prefix = re.compile(rf"(?:{any_of([*words.passed_on, *words.answered])}: *)+")
    return " ".join(prefix.sub("", subject, count=1).split()) or None


def moment_of_mail(date: str, forms: Forms) -> str | None:
    """Return the time in the head of a mail as ISO 8601; None if it is not understood."""
    if _RFC_DATE.match(date):
        moment = _rfc_moment(date)
        if moment:
            return moment.isoformat()
    found = forms.dates.parse_line(date)
    return found.moment.isoformat() if found else None


def _rfc_moment(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def outlet_of_sender(name: str, address: str, forms: Forms, *, is_bulk: bool) -> str | None:
    """Return the outlet in the name of a sender; None for a person.

    The name is an outlet's if its words say so (`News`), if it is in the address (`Riverbend
    <rana@riverbend.example>`), or if the mail went to many from a mailbox of no person (`newsletter@`).

    Args:
        name: The name beside the address.
        address: The address.
        forms: The vocabulary.
        is_bulk: Whether the mail is a newsletter.
    """
    words = forms.exports.words.mail
    name = re.split(rf" {any_of(words.via)} ", name.strip("\"' "))[0]
    pieces = [piece.strip() for piece in re.split(rf" {any_of(words.from_outlet)} ", name)]
    for piece in pieces[::-1]:
        if piece and (names_outlet(piece, forms) or _is_in_domain(piece, address)):
            return forms.outlet_named(piece) or piece
    mailbox = address.partition("@")[0].casefold()
    is_name = len(pieces) == 1 and bool(pieces[0]) and "@" not in pieces[0]
    return pieces[0] if is_name and is_bulk and mailbox in words.mailboxes else None


def _is_in_domain(name: str, address: str) -> bool:
    """Return whether a sender's name stands in the domain of the address, but not in the mailbox."""
    mailbox, _, domain = address.casefold().partition("@")
    key = re.sub(r"[ '.]", "", outlet_key(name))
    is_long = len(key) >= _SHORTEST_DOMAIN_WORD
    is_mailbox = any(word in mailbox for word in name.casefold().split())
    return is_long and key in domain.replace("-", "") and not is_mailbox
