"""Copies of mails in text files: `From:`, `Subject:`, `Date:` above the text."""

from dataclasses import replace

from extract.reading.build import Draft
from extract.reading.exports.documents import given_first
from extract.reading.mail.text import head_at, read_mail
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold, split_lines
from extract.reading.page.sections import sections_of_lines

_MARKER_LINES = 2
_LONGEST_HEAD = 20_000


def split_mail(draft: Draft, forms: Forms) -> list[Draft]:
    """Return the draft of the article in a mail; nothing if the text does not begin with the head of one."""
    lines = split_lines(draft.text[:_LONGEST_HEAD], forms.line_words)
    marks = {fold(mark) for mark in forms.exports.words.mail.forwarded}
    above = sum(fold(line.text) in marks or not fold(line.text) for line in lines[:_MARKER_LINES])
    head = head_at(lines, above, forms)
    if head is None:
        return []
    lines = split_lines(draft.text, forms.line_words)
    metadata, kinds = read_mail(lines, head, forms)
    return [replace(draft, metadata=given_first(draft, metadata), sections=sections_of_lines(lines, kinds))]
