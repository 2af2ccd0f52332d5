"""Turns of interviews and press briefings: `MR. BRANDT: ...`, `Q: ...`, names on lines of their own.

A single line with a name and a colon may be a headline, a credit or a note. What shows a conversation is the
whole text: labels that name speakers, recur and alternate, and turns that ask questions or say `I` and `you`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Quote, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.layout import Layout
from extract.quotes.marks import skip_space
from extract.quotes.phrases import singular
from extract.quotes.turns.speech import (
    OPENING_MARKS,
    Span,
    paragraph_quotes,
    share_matching,
    while_conversing,
)

# `MR. BRANDT:`, `Salma Hartwig (through an interpreter):`
_COLON = re.compile(
    r"(?P<label>[A-Z][^\n:;,!?“”\"()\[\]]{0,48})(?:[(\[][^()\[\]\n]{1,40}[)\]])? ?:(?=\s|$|[A-Z“\"‘'])"
)
# `DANA BRIGHAM, ANCHOR:`, `TOM HARKER (RET.), MILITARY ANALYST (through translator):`
_WITH_ROLE = re.compile(
    r"(?P<label>[A-Z][^\n:;,!?“”\"()\[\]]{1,48})(?: ?\([^()\n]{1,20}\))?"
    r", (?P<role>[A-Z0-9][A-Z0-9 ,.&/’'-]{1,60})(?: ?[(\[][^()\[\]\n]{1,40}[)\]])? ?:(?=\s|$)"
)
# `Q  What...`, `Q.  What...`, `A.  Yes...`: White House and court transcripts have no colon; web pages may
# lose the space.
_LETTER = re.compile(r"(?P<label>Q(?=[.–—-]{0,2}\s|[A-Z][a-z]+[ '’])|A(?=\.\s(?![^\n:]{0,30}:)))[.–—-]{0,2}")
# A name alone on its line.
_LINE = re.compile(r"(?P<label>[A-Z](?:[^\n:;,!?“”\"()\[\]]{0,48}\w)?)$")
_DIRECTION = re.compile(r"[(\[][^()\[\]\n]{1,60}[)\]]\s*")  # `(Laughter.)`
_WORD = re.compile(r"[^\s.,]+")

_MAX_LABEL_WORDS = 6  # `SENIOR U.S. DEFENSE OFFICIAL TWO`
_MAX_NAME_WORDS = 3
_MIN_TURNS = 3
_MIN_RECURRING = 1 / 3  # share of turns whose label occurs more than once
_MIN_CONVERSATIONAL = 1 / 3  # share of turns that ask, or say `I` and `you`


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until the next one speaks.

    Attributes:
        label: The words that name the speaker, without role, brackets and colon.
        key: The label in lower case and without number: `Official 1` and `OFFICIAL 2` have one key. A surname
            has the key of the full name before it: `DANA BRIGHAM, ANCHOR:`, then `BRIGHAM:`.
        number: Index of the label's paragraph.
        opening: Span of the text after the label in its paragraph; empty for a label alone on its line.
        presented: Whether the label is in capitals, with a role, a stage direction or the full name before.
    """

    label: TextSpan
    key: str
    number: int
    opening: Span
    presented: bool


def find_turns(layout: Layout, cues: Cues) -> list[Quote]:
    """Find the turns of a conversation: one direct quote per paragraph, one group per turn.

    Turns in quotation marks are skipped: the rules for marks handle them and stop where the narrator resumes.

    Args:
        layout: Layout of a Doc with `doc._.mentions`: a label that is mentioned elsewhere names a speaker.
        cues: For the words in labels and in speech.

    Returns:
        Quotes in text order; none if the text is not a conversation.
    """
    text, descriptions = layout.text, cues.descriptions
    paragraphs = list(_cut_at_labels(layout, cues))
    for pattern in (_COLON, _LINE):
        turns = _with_speakers(layout, list(_labelled(text, paragraphs, pattern, cues)), cues)
        if len(turns) < _MIN_TURNS:
            continue
        following = [turn.number for turn in turns[1:]] + [len(paragraphs)]
        spoken = [
            (turn, _paragraphs_of(text, paragraphs, turn, end, cues))
            for turn, end in zip(turns, following, strict=True)
        ]
        if _is_conversation(text, spoken, cues):
            confidence = cues.confidences.labelled_turn
            return [
                quote
                for turn, spans in spoken
                for quote in paragraph_quotes(text, spans, turn.label, confidence, descriptions)
            ]
    return []


def _cut_at_labels(layout: Layout, cues: Cues) -> Iterator[Span]:
    """Yield the paragraphs; hard-wrapped ones of several lines are split before each line with a label."""
    text = layout.text
    for start, end in layout.paragraphs:
        position = text.find("\n", start, end)
        while position != -1:
            if _match_label(text, position + 1, end, _COLON, cues):
                yield start, position
                start = position + 1  # noqa: PLW2901 - the rest of the paragraph
            position = text.find("\n", position + 1, end)
        yield start, end


def _match_label(
    text: str, start: int, end: int, pattern: re.Pattern[str], cues: Cues
) -> re.Match[str] | None:
    """Return the label that opens a paragraph: capitalised words and the particles of names (`al`, `of`)."""
    forms = (_LETTER, _WITH_ROLE, _COLON) if pattern is _COLON else (pattern,)
    match = next((found for form in forms if (found := form.match(text, start, end))), None)
    words = match["label"].split() if match else []
    small = cues.grammar.names.in_labels
    fitting = all(not word[0].islower() or word.split("-")[0] in small for word in words)
    return match if fitting and len(words) <= _MAX_LABEL_WORDS else None


def _labelled(text: str, paragraphs: Sequence[Span], pattern: re.Pattern[str], cues: Cues) -> Iterator[Turn]:
    """Yield a turn for each paragraph that starts with a label."""
    full: dict[str, str] = {}
    for number, (first, end) in enumerate(paragraphs):
        start = skip_space(text, first, end)
        match = _match_label(text, start, end, pattern, cues)
        if match is None:
            continue
        label = match["label"].rstrip()
        key = label.lower().rstrip("0123456789 ")
        if " " in key:
            full.setdefault(key.split()[-1], key)
        yield Turn(
            TextSpan(start, start + len(label), label),
            full.get(key, key),
            number,
            (_skip_direction(text, match.end(), end), end),
            presented=_in_capitals(label) and (key in full or any(mark in match.group() for mark in "([,")),
        )


def _in_capitals(label: str) -> bool:
    """Return whether a label is in capitals, but for a letter here and there (`McKENZIE`)."""
    capitals = sum(letter.isupper() for letter in label)
    return 2 * capitals > sum(letter.isalpha() for letter in label) and len(label) > 1


def _skip_direction(text: str, start: int, end: int) -> int:
    """Return the offset after a stage direction before the speech: `(As interpreted.)  Thank you.`."""
    start = skip_space(text, start, end)
    direction = _DIRECTION.match(text, start, end)
    return start if direction is None else direction.end()


def _with_speakers(layout: Layout, turns: Sequence[Turn], cues: Cues) -> list[Turn]:
    """Keep the turns whose label names a speaker, or recurs and mostly asks (`ZL: How...?`).

    Between two speakers in capitals all short labels in capitals are speakers (`SY: I heard it.`).
    """
    names = _names(layout)
    counts = Counter(turn.key for turn in turns)
    asking = Counter(turn.key for turn in turns if "?" in layout.text[slice(*turn.opening)])
    presented = {turn.key for turn in turns if turn.presented}
    speaking = {
        key
        for key, count in counts.items()
        if key in presented or _is_speaker(key, names, cues) or (count > 1 and 2 * asking[key] >= count)
    }
    capitals = {turn.key for turn in turns if _in_capitals(turn.label.text)}
    if len(capitals & speaking) > 1:
        speaking |= {key for key in capitals if len(key.split()) <= _MAX_NAME_WORDS}
    return [turn for turn in turns if turn.key in speaking]


def _names(layout: Layout) -> set[str]:
    """Return the possible labels of the text's persons (surnames) and organisations (whole names)."""
    names = set()
    for mention in layout.doc._.mentions:
        if mention.label == "PERSON":
            names.add(mention.text.lower().split()[-1])
        elif mention.label in ("ORG", "FACTION"):
            names.add(mention.text.lower())
    return names


def _is_speaker(key: str, names: set[str], cues: Cues) -> bool:
    """Return whether a label names somebody in the text, or contains a title, a first name or a role."""
    words = _WORD.findall(key)
    conversations, descriptions = cues.conversations, cues.descriptions
    named = key in names or words[-1] in names
    return named or any(
        word in conversations.unnamed
        or word in conversations.labels
        or word in descriptions.genders
        or singular(word, descriptions.persons) in descriptions.persons
        for word in words
    )


def _paragraphs_of(text: str, paragraphs: Sequence[Span], turn: Turn, end: int, cues: Cues) -> list[Span]:
    """Return the paragraphs of a turn, from its opening to the one before the next label.

    It ends before a paragraph that names the speaker, which is the narrator's. The last turn also ends where
    nobody says `I` or `you` any more.
    """
    spans = [turn.opening] if turn.opening[0] < turn.opening[1] else []
    if spans and text[turn.opening[0]] in OPENING_MARKS:
        return []
    named = cues.descriptions.kind(turn.label.text) == "named"
    name = re.compile(rf"\b{re.escape(turn.label.text.split()[-1])}\b", re.IGNORECASE)
    rest = paragraphs[turn.number + 1 : end]
    for first, last in rest if end < len(paragraphs) else while_conversing(text, rest, cues):
        words = text[first:last].strip()
        if cues.conversations.ending.match(words) or (named and name.search(words)):
            break
        if _is_speech(words):
            spans.append((first, last))
    return spans


def _is_speech(words: str) -> bool:
    """Return whether a paragraph is neither a heading in capitals nor a stage direction."""
    return not words.isupper() and not _DIRECTION.fullmatch(words)


def _is_conversation(text: str, spoken: Sequence[tuple[Turn, list[Span]]], cues: Cues) -> bool:
    """Return whether labels recur and alternate, and enough of the turns ask or say `I` and `you`.

    Questions and answers labelled only `Q` and `A` may be a journalist's explainer; in an interview the
    answers are in the first person.
    """
    keys = [turn.key for turn, _ in spoken]
    if not _recur_and_alternate(keys):
        return False
    said = [" ".join(text[start:end] for start, end in [turn.opening, *spans[:2]]) for turn, spans in spoken]
    known = cues.conversations
    if not known.unnamed.issuperset(keys):
        return share_matching(said, known.conversing) >= _MIN_CONVERSATIONAL
    answers = [words for words, key in zip(said, keys, strict=True) if key in known.answers]
    return bool(answers) and share_matching(answers, known.first_person) >= _MIN_CONVERSATIONAL


def _recur_and_alternate(keys: Sequence[str]) -> bool:
    changes = sum(key != following for key, following in pairwise(keys))
    recurring = sum(count for count in Counter(keys).values() if count > 1)
    return changes >= _MIN_TURNS - 1 and recurring >= _MIN_RECURRING * len(keys)
