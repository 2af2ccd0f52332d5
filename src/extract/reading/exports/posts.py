"""Copies of chats and channels: `Riverbend Channel, [05.09.2021 11:20]` in front of each post."""

import re
from collections.abc import Iterable, Mapping, Sequence

from extract.model import SectionKind
from extract.reading.build import Draft
from extract.reading.export_forms import Posts
from extract.reading.exports.documents import Document, Part, drafts_of
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold, split_lines
from extract.reading.records.metadata import Metadata
from extract.text.alternations import any_of

_SENDER = r"(?P<sender>[^\[\]\n]{1,100}?)"
_DAY = r"(?P<a>[0-9]{1,4})(?P<mark>[./-])(?P<b>[0-9]{1,2})(?P=mark)(?P<c>[0-9]{2,4})"
_TIME = r"(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?)"
_WRITTEN = r"(?P<written>[^\[\]]{6,40})"
# Telegram, then Telegram on a telephone or Mac, which writes the month; WhatsApp with and without brackets.
_HEADS = (
    re.compile(rf"{_SENDER}, \[{_DAY},? {_TIME}\]:?"),
    re.compile(rf"{_SENDER}, \[{_WRITTEN}\]:?"),
    re.compile(rf"\u200e?\[{_DAY},? {_TIME}\] {_SENDER}:(?P<text> .*)?"),
    re.compile(rf"{_DAY},? {_TIME} - {_SENDER}:(?P<text> .*)?"),
)
_MONTHS = 12
_YEAR_DIGITS = 4
_FEWEST_OF_INLINE = 2


def split_posts(draft: Draft, forms: Forms) -> list[Draft]:
    """Return one draft per post; nothing if the text does not begin with the head of a post."""
    lines = split_lines(draft.text, forms.line_words)
    head = next((head for head in _HEADS for line in lines[:1] if head.fullmatch(line.text)), None)
    if head is None:
        return []
    found = [(index, match) for index, line in enumerate(lines) if (match := head.fullmatch(line.text))]
    heads = [match for _, match in found]
    day_first = _day_first(heads)
    moments = [_moment(match, forms, day_first=day_first) for match in heads]
    is_certain = "written" not in head.groupindex or all(moments)
    if not is_certain or ("text" in head.groupindex and len(heads) < _FEWEST_OF_INLINE):
        return []
    ends = [*(index for index, _ in found[1:]), len(lines)]
    outlet, no_text = _outlet(heads), _no_text_pattern(forms.exports.words.posts)
    documents = [
        _post(lines[index:end], match, Metadata(outlet=outlet, published=moment), no_text)
        for (index, match), end, moment in zip(found, ends, moments, strict=True)
    ]
    return drafts_of(draft, [document for document in documents if document])


def _post(
    lines: Sequence[Line], head: re.Match[str], told: Metadata, no_text: re.Pattern[str]
) -> Document | None:
    """Return a post; None if it has no text, only a picture."""
    text = head.groupdict().get("text") or ""
    cut = len(lines[0].text) - len(text)
    below = [Part(line, _kind(line, no_text)) for line in lines[1:]]
    parts = [Part(lines[0], None, cut) if text.strip() else Part(lines[0], "boilerplate"), *below]
    if all(part.kind for part in parts):
        return None
    number = (told.published or "").partition("+")[0].replace(":", "-")
    return Document(parts, told, number)


def _no_text_pattern(words: Posts) -> re.Pattern[str]:
    """Return the pattern of a folded line that stands for a picture, or says where the post comes from."""
    return re.compile(rf"{any_of(map(fold, words.media))}|{any_of(map(fold, words.origins))}\b.*")


def _kind(line: Line, no_text: re.Pattern[str]) -> SectionKind | None:
    """Return `boilerplate` for `[ Photo ]` and `[Forwarded from ...]`."""
    bracketed = line.text.startswith(("[", "<")) and line.text.endswith(("]", ">"))
    return "boilerplate" if bracketed and no_text.fullmatch(fold(line.text.strip("[]<> "))) else None


def _outlet(heads: Iterable[re.Match[str]]) -> str | None:
    """Return the one sender of all posts, as in a channel; None for a chat."""
    senders = {head["sender"].strip() for head in heads}
    return senders.pop() if len(senders) == 1 else None


def _day_first(heads: Iterable[re.Match[str]]) -> bool | None:
    """Return whether the day stands before the month in `05/09/2021`; None if no post tells."""
    for head in heads:
        groups = head.groupdict()
        if not groups.get("a"):
            continue
        if groups["mark"] == "." or int(groups["a"]) > _MONTHS:
            return True
        if int(groups["b"]) > _MONTHS:
            return False
    return None


def _moment(head: re.Match[str], forms: Forms, *, day_first: bool | None) -> str | None:
    """Return when a post was sent, as ISO 8601 without zone; None if that is not certain."""
    groups = {name: (value or "").replace("\u202f", " ") for name, value in head.groupdict().items()}
    if groups.get("written"):
        found = forms.dates.parse_line(groups["written"])
        return found.moment.isoformat() if found else None
    if day_first is None and groups["a"] != groups["b"] and len(groups["a"]) < _YEAR_DIGITS:
        return None
    found = forms.dates.parse_line(f"{_day(groups, day_first=day_first)} {groups['time']}")
    return found.moment.isoformat() if found else None


def _day(groups: Mapping[str, str], *, day_first: bool | None) -> str:
    """Return the day of a post as ISO 8601; it may be one that no month has."""
    first, second, third = groups["a"], groups["b"], groups["c"]
    if len(first) == _YEAR_DIGITS:
        return f"{first}-{second:0>2}-{third:0>2}"
    day, month = (first, second) if day_first else (second, first)
    return f"{third if len(third) == _YEAR_DIGITS else '20' + third}-{month:0>2}-{day:0>2}"
