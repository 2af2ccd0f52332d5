"""The language model's names, mended: what is cut off their spans, and which are no names at all."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extract.engines.lines import is_hard_wrapped
from extract.lexicon import Lexicon
from extract.lexicon.keys import Word
from extract.model import Label, Mention

LABELS: dict[str, Label] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "NORP": "NORP",
}
MODEL_CONFIDENCE = 0.6
LONGEST_PERSON = 6
ARTICLES = frozenset({"the", "a", "an"})
_LINE = re.compile(r"\n+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_BREAK = re.compile(r"[/|•·]|\s[-–—]\s|\.\.+")


def model_mentions(doc: Doc, lexicon: Lexicon, engine: str) -> Iterator[Mention]:
    """Yield the language model's names, with mended spans and labels, in order."""
    text = doc.text
    breaks = _PARAGRAPH if is_hard_wrapped(text) else _LINE
    for ent in doc.ents:
        label = LABELS.get(ent.label_)
        if label is None:
            continue
        start, end = _first_piece(text, ent.start_char, ent.end_char, breaks)
        start, end = _trim(text, start, end, label, lexicon)
        label = _mended_label(text[start:end], label, lexicon)
        if is_name(text, start, end, label, lexicon):
            rule = f"model:{ent.label_}"
            yield Mention(start, end, text[start:end], label, "ner", rule, engine, MODEL_CONFIDENCE)


def is_name(text: str, start: int, end: int, label: Label, lexicon: Lexicon) -> bool:
    """Tell whether a stretch of text can be a name at all."""
    surface = text[start:end]
    if len(surface) <= 1 or "@" in surface or "http" in surface or text[start - 1 : start] in {"@", "#"}:
        return False
    words = lexicon.spelling.split(surface)
    if not words or not any(surface[word.core].isupper() for word in words):
        return False
    if lexicon.spelling.key(surface) in lexicon.words.no_names or all(word.key.isdigit() for word in words):
        return False
    ordinary = lexicon.words.describers | lexicon.words.titles | lexicon.words.no_names
    if label != "PERSON" and all(word.key in ordinary for word in words):
        return False
    return not (label == "PERSON" and any(char.isdigit() for char in surface))


def _first_piece(text: str, start: int, end: int, breaks: re.Pattern[str]) -> tuple[int, int]:
    """Cut a span at the first line break, slash or dash inside it."""
    while start < end and not text[start].isalnum():
        start += 1
    for pattern in (breaks, _BREAK):
        found = pattern.search(text, start, end)
        if found:
            end = found.start()
    return start, end


def _trim(text: str, start: int, end: int, label: Label, lexicon: Lexicon) -> tuple[int, int]:
    """Cut articles, titles and describing words off the ends of a span, and marks and possessives."""
    words = lexicon.spelling.split(text[start:end])
    while words and _is_before_name(words[0], text[start:end], label, lexicon):
        words = words[1:]
    while len(words) > 1 and _is_lower(words[-1], text[start:end]):
        words = words[:-1]
    if not words:
        return start, start
    return start + words[0].start, start + words[-1].end


def _is_before_name(word: Word, surface: str, label: Label, lexicon: Lexicon) -> bool:
    if word.key in ARTICLES:
        return True
    if label == "PERSON" and (word.key in lexicon.words.titles or word.key in lexicon.demonyms):
        return True
    return _is_lower(word, surface)


def _is_lower(word: Word, surface: str) -> bool:
    """Tell whether a word is written small and has no Arabic article: no name begins or ends with one."""
    return surface[word.core].islower() and word.start == word.core


def _mended_label(surface: str, label: Label, lexicon: Lexicon) -> Label:
    """Return the label that the words of a name speak for, else the model's."""
    keys = [word.key for word in lexicon.spelling.split(surface)]
    if len(keys) < 2:  # noqa: PLR2004 - one word says too little
        return label
    if keys[-1] in lexicon.words.facilities:
        return "FAC" if label in {"PERSON", "ORG", "FAC"} else label
    if any(key in lexicon.words.organisations for key in keys):
        return "ORG" if label in {"PERSON", "FAC", "ORG"} else label
    is_person = keys[0] in lexicon.words.given_names and len(keys) <= LONGEST_PERSON
    return "PERSON" if is_person and "of" not in keys else label
