"""Turns of interviews and press briefings: `MR. BRANDT: ...`, `Q: ...`, names on lines of their own.

One line with a name and a colon may be anything: a headline, a credit, a note. What tells a conversation is
the layout of the whole text: labels that name speakers, that come again and alternate, and turns that ask, or
say I and you.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Quote, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.layout import Layout
from extract.quotes.phrases import singular
from extract.quotes.turns.speech import (
    CONVERSES,
    OF_ITSELF,
    OPENING_MARKS,
    Span,
    paragraph_quotes,
    share_matching,
    skip_space,
    while_conversing,
)

# `MR. BRANDT:`, `Salma Hartwig (through an interpreter):`
_COLON = re.compile(
    r"(?P<label>[A-Z][^\n:;,!?“”\"()\[\]]{0,48})(?:[(\[][^()\[\]\n]{1,40}[)\]])? ?:(?=\s|$|[A-Z“\"‘'])"
)
# `Q  What...`, `Q.  What...`, `A.  Yes...`: the White House and courts write no colon; pages lose the space.
_LETTER = re.compile(r"(?P<label>Q(?=[.–—-]{0,2}\s|[A-Z][a-z]+[ '’])|A(?=\.\s(?![^\n:]{0,30}:)))[.–—-]{0,2}")
# A name, and nothing else on its line.
_LINE = re.compile(r"(?P<label>[A-Z](?:[^\n:;,!?“”\"()\[\]]{0,48}\w)?)$")
_DIRECTION = re.compile(r"[(\[][^()\[\]\n]{1,60}[)\]]\s*")  # `(Laughter.)`
_END = re.compile(r"END\b|#{2,}")
_WORD = re.compile(r"[^\s.,]+")

_LETTERS = frozenset({"q", "a", "question", "answer"})
_SMALL_WORDS = frozenset(
    {"al", "el", "abu", "bin", "ibn", "de", "la", "van", "von", "of", "the", "and", "for"}
)
_MOST_WORDS = 6  # of a label: `SENIOR U.S. DEFENSE OFFICIAL TWO`
_FEWEST_TURNS = 3
_COMING_AGAIN = 1 / 3  # least share of the turns whose label comes more than once
_CONVERSING = 1 / 3  # least share of the turns that ask, or say I and you
_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one go.

    Attributes:
        label: The words that name the speaker, without brackets and colon.
        number: Index of the label's paragraph.
        opening: What follows the label in its paragraph; empty for a label on a line of its own.
    """

    label: TextSpan
    number: int
    opening: Span

    @property
    def key(self) -> str:
        """The label in the same form for all turns of a speaker; of numbered ones for all of them."""
        return self.label.text.lower().rstrip("0123456789 ")


def find_turns(layout: Layout, descriptions: Descriptions) -> list[Quote]:
    """Find the turns of a conversation: a direct quote a paragraph, those of one turn in one group.

    Turns in quotation marks are left to the marks, which end where the narrator cuts in.

    Args:
        layout: Of a Doc with `doc._.mentions`: a label is a speaker where the text names it elsewhere.
        descriptions: For the titles, first names and nouns that tell a speaker.

    Returns:
        Quotes in text order; none for a text that is no conversation.
    """
    text, kind = layout.text, descriptions.kind
    paragraphs = list(_cut_at_labels(layout))
    for pattern in (_COLON, _LINE):
        turns = _of_speakers(layout, list(_labelled(text, paragraphs, pattern)), descriptions)
        if len(turns) < _FEWEST_TURNS:
            continue
        following = [turn.number for turn in turns[1:]] + [len(paragraphs)]
        spoken = [
            (turn, _paragraphs_of(text, paragraphs, turn, end, named=kind(turn.label.text) == "named"))
            for turn, end in zip(turns, following, strict=True)
        ]
        if _is_conversation(text, spoken):
            return [
                quote
                for turn, spans in spoken
                for quote in paragraph_quotes(text, spans, turn.label, _CONFIDENCE, descriptions)
            ]
    return []


def _cut_at_labels(layout: Layout) -> Iterator[Span]:
    """Yield the paragraphs; of hard-wrapped ones, which have several lines, a line with a label opens one."""
    text = layout.text
    for start, end in layout.paragraphs:
        position = text.find("\n", start, end)
        while position != -1:
            if _match_label(text, position + 1, end, _COLON):
                yield start, position
                start = position + 1  # noqa: PLW2901 - the rest of the paragraph
            position = text.find("\n", position + 1, end)
        yield start, end


def _match_label(text: str, start: int, end: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return the label that opens a paragraph: words with capitals, and small ones as names have."""
    letter = _LETTER.match(text, start, end) if pattern is _COLON else None
    match = letter or pattern.match(text, start, end)
    words = match["label"].split() if match else []
    fitting = all(not word[0].islower() or word.split("-")[0] in _SMALL_WORDS for word in words)
    return match if fitting and len(words) <= _MOST_WORDS else None


def _labelled(text: str, paragraphs: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Turn]:
    """Yield a turn for each paragraph that a label opens."""
    for number, (first, end) in enumerate(paragraphs):
        start = skip_space(text, first, end)
        match = _match_label(text, start, end, pattern)
        if match is not None:
            label = match["label"].rstrip()
            span = TextSpan(start, start + len(label), label)
            yield Turn(span, number, (_skip_direction(text, match.end(), end), end))


def _skip_direction(text: str, start: int, end: int) -> int:
    """Pass over a stage direction before the speech: `(As interpreted.)  Thank you.`."""
    start = skip_space(text, start, end)
    direction = _DIRECTION.match(text, start, end)
    return start if direction is None else direction.end()


def _of_speakers(layout: Layout, turns: Sequence[Turn], descriptions: Descriptions) -> list[Turn]:
    """Keep the turns whose label names a speaker, or comes again and asks (`ZL: How...?`)."""
    names = _names(layout)
    counts = Counter(turn.key for turn in turns)
    asking = Counter(turn.key for turn in turns if "?" in layout.text[slice(*turn.opening)])
    speaking = {
        key
        for key, count in counts.items()
        if _is_speaker(key, names, descriptions) or (count > 1 and 2 * asking[key] >= count)
    }
    return [turn for turn in turns if turn.key in speaking]


def _names(layout: Layout) -> set[str]:
    """Return by what labels the text's persons and bodies may go: surnames, and the whole names of bodies."""
    names = set()
    for mention in layout.doc._.mentions:
        if mention.label == "PERSON":
            names.add(mention.text.lower().split()[-1])
        elif mention.label in ("ORG", "FACTION"):
            names.add(mention.text.lower())
    return names


def _is_speaker(key: str, names: set[str], descriptions: Descriptions) -> bool:
    """Return whether a label names somebody of the text, or has a title, a first name or a role in it."""
    words = _WORD.findall(key)
    named = key in names or words[-1] in names
    return named or any(
        word in _LETTERS
        or word in descriptions.labels
        or word in descriptions.genders
        or singular(word, descriptions.persons) in descriptions.persons
        for word in words
    )


def _paragraphs_of(text: str, paragraphs: Sequence[Span], turn: Turn, end: int, *, named: bool) -> list[Span]:
    """Return the paragraphs of a turn, which reaches to the one before the next label.

    It ends before a paragraph that names the speaker, which is the narrator's; the last turn of all goes on
    only as long as somebody says I or you.
    """
    spans = [turn.opening] if turn.opening[0] < turn.opening[1] else []
    if spans and text[turn.opening[0]] in OPENING_MARKS:
        return []
    name = re.compile(rf"\b{re.escape(turn.label.text.split()[-1])}\b", re.IGNORECASE)
    rest = paragraphs[turn.number + 1 : end]
    for first, stop in rest if end < len(paragraphs) else while_conversing(text, rest):
        words = text[first:stop].strip()
        if _END.match(words) or (named and name.search(words)):
            break
        if not words.isupper() and not _DIRECTION.fullmatch(words):
            spans.append((first, stop))
    return spans


def _is_conversation(text: str, spoken: Sequence[tuple[Turn, list[Span]]]) -> bool:
    """Return whether labels come again and alternate, and enough of the turns ask or say I and you.

    Questions and answers under `Q` and `A` alone may be an explainer of the journalist's: in an interview
    the answers speak of themselves.
    """
    keys = [turn.key for turn, _ in spoken]
    changes = sum(key != following for key, following in pairwise(keys))
    again = sum(count for count in Counter(keys).values() if count > 1)
    if changes < _FEWEST_TURNS - 1 or again < _COMING_AGAIN * len(keys):
        return False
    said = [" ".join(text[start:end] for start, end in [turn.opening, *spans[:2]]) for turn, spans in spoken]
    if not _LETTERS.issuperset(keys):
        return share_matching(said, CONVERSES) >= _CONVERSING
    answers = [words for words, key in zip(said, keys, strict=True) if key in ("a", "answer")]
    return bool(answers) and share_matching(answers, OF_ITSELF) >= _CONVERSING
