"""Headlines and captions that report: `Karl Brandt: The road is closed`, a line of its own."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from extract.annotate.quotes_layout import NO_REGION, Layout, Tokens
from extract.lexicon.cues import Descriptions, singular
from extract.model import Quote, TextSpan

_COLON = re.compile(r" ?: {1,2}(?=\S)")
_CREDIT = re.compile(r"\s*\([^()\n]{1,60}\)$")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SENTENCE_ENDS = ".?!…:;\"”’'"  # a headline has none of them; a turn of an interview has
_TITLE_WORDS = 5  # before the name: `Deputy Prime Minister`
_LONGEST = 35  # tokens
_FEWEST = 3
_CONFIDENCE = 0.6


def find_attributed_lines(layout: Layout, descriptions: Descriptions) -> Iterator[Quote]:
    """Yield an indirect quote for each line of a person's name, a colon and a clause without a full stop.

    Args:
        layout: Of a Doc with `doc._.mentions`: the name must be that of a known person.
        descriptions: For the titles that may stand before the name.
    """
    persons = [mention for mention in layout.doc._.mentions if mention.label == "PERSON"]
    for start, end in layout.paragraphs:
        number = bisect_left(persons, start, key=lambda person: person.start)
        name = persons[number] if number < len(persons) else None
        colon = None if name is None or name.end > end else _COLON.match(layout.text, name.end, end)
        if name is None or colon is None or not _is_title(layout.text[start : name.start], descriptions):
            continue
        statement = _statement(layout, colon.end(), end)
        if statement is None:
            continue
        speaker = TextSpan(start, name.end, layout.text[start : name.end])
        span = layout.span(statement)
        yield Quote(
            start=span.start,
            end=span.end,
            text=span.text,
            type="indirect",
            rule="line",
            confidence=_CONFIDENCE,
            group=span.start,
            speaker=speaker,
            speaker_kind=descriptions.kind(speaker.text),
        )


def _is_title(words: str, descriptions: Descriptions) -> bool:
    """Tell whether what stands before a name is nothing, or a title in capitals: `Prime Minister`."""
    titles = words.split()
    if not titles:
        return True
    last = singular(titles[-1].lower(), descriptions.persons)
    known = last in descriptions.persons or last in descriptions.genders
    return known and len(titles) <= _TITLE_WORDS and all(title[0].isupper() for title in titles)


def _statement(layout: Layout, start: int, end: int) -> Tokens | None:
    """Return the tokens of a line's clause, without the credit in brackets at its end; None if it is none."""
    credit = _CREDIT.search(layout.text, start, end)
    end = end if credit is None else credit.start()
    if layout.text[start].islower() or layout.text[start:end].rstrip()[-1:] in _SENTENCE_ENDS:
        return None
    first, last = layout.tokens_between(start, end)
    tokens = layout.doc[first:last]
    if not _FEWEST <= last - first <= _LONGEST or not any(token.tag_ in _FINITE for token in tokens):
        return None
    return (first, last) if all(layout.region_of[token.i] == NO_REGION for token in tokens) else None
