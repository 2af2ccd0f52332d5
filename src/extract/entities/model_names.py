"""The language model's names, with spans and labels corrected and non-names dropped."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from extract.entities.conditions import NameContext
from extract.entities.headlines import begins_sentence, is_headline, is_whole_line, words_between
from extract.entities.labels import cannot_be_name, corrected_label
from extract.entities.pieces import pieces
from extract.lexicon import Lexicon
from extract.lexicon.keys import Word
from extract.model import Label, Mention
from extract.text.lines import line_of

LABELS: dict[str, Label] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
    "FAC": "FAC",
    "NORP": "NORP",
    "FACTION": "FACTION",
}
MODEL_RULE = "model:"
_LINE_BREAK = re.compile(r"\n")
_BREAK = re.compile(r"/(?!\d)|[|•·]|\s[-–—]\s|\.\.+|\s?[()\[\]]")
# A given name that an editor has added: [Samir] Qattan.
_COMPLETED = re.compile(r"\[[^\]\n]+\] [A-Za-z]")
# Party and state of a member of the U.S. Congress: (D-Maine).
_CONSTITUENCY = re.compile(r"[DRI]-(?=[A-Z])")
_SHORTEST_IN_CAPITALS = 6
_LONGEST_VERB = 20


def model_mentions(doc: Doc, context: NameContext, engine: str) -> Iterator[Mention]:
    """Yield the language model's names with corrected spans and labels, in text order."""
    for ent in doc.ents:
        guess = LABELS.get(ent.label_)
        if guess is not None:
            words = words_between(context, *_first_piece(context.text, ent.start_char, ent.end_char))
            for piece, label in pieces(words, guess, context):
                yield from _corrected(ent, piece, label, context, engine)


def _corrected(
    ent: Span, words: list[Word], guess: Label, context: NameContext, engine: str
) -> Iterator[Mention]:
    """Yield a piece of the model's name as a mention if it can be a name."""
    text = context.text
    label = _label_with_title(words, guess, context.lexicon)
    words = _trimmed(words, label, context)
    if not words:
        return
    label = corrected_label(words, label, context)
    if not is_name(words, label, context) or _is_ordinary_word(words, label, context):
        return
    start, end = words[0].start, words[-1].end
    # Abbreviated states end with a full stop: Tampa, Fla.
    end += label == "GPE" and text[end : ent.end_char] == "."
    rule = f"{MODEL_RULE}{ent.label_}"
    seen_by, confidence = ent._.engine or engine, ent._.confidence or context.lexicon.confidence.model
    yield Mention(start, end, text[start:end], label, "ner", rule, seen_by, confidence)


def is_name(words: Sequence[Word], label: Label, context: NameContext) -> bool:
    """Return whether words can be a name at all."""
    lexicon = context.lexicon
    surface = context.text[words[0].start : words[-1].end]
    if label == "PERSON" and _COMPLETED.match(context.text, words[0].start - 1):
        return False
    if len(surface) <= 1 or _is_handle_or_url(words, context.text) or not _has_capital(words, context.text):
        return False
    key = " ".join(word.key for word in words)
    if key in lexicon.words.no_names or cannot_be_name(surface, words, label, lexicon):
        return False
    if label == "PERSON":
        return not any(char.isdigit() for char in surface)
    return not all(word.key in lexicon.words.ordinary for word in words)


def _is_handle_or_url(words: Sequence[Word], text: str) -> bool:
    start, end = words[0].start, words[-1].end
    surface = text[start:end]
    return "@" in surface or "http" in surface or text[start - 1 : start] in {"@", "#"}


def _has_capital(words: Sequence[Word], text: str) -> bool:
    """Return whether a word has a capital and they are not all numbers."""
    return any(text[word.core].isupper() for word in words) and not all(word.key.isdigit() for word in words)


def _is_ordinary_word(words: Sequence[Word], label: Label, context: NameContext) -> bool:
    """Return whether a single unknown word is no name in its context.

    It is capitalised only because it begins a sentence (the text also has it in lower case) or is a heading,
    or it is in a line of capitals, or between the words of a headline or office: Home Secretary.
    """
    text, word = context.text, words[0]
    surface = text[word.start : word.end]
    if len(words) > 1 or not surface.isalpha() or context.lexicon.is_always_name(word.key):
        return False
    if surface.isupper() and label != "PERSON":
        return len(surface) >= _SHORTEST_IN_CAPITALS and line_of(text, word.start, word.start).isupper()
    if label == "ORG" and (
        context.lexicon.phrases.bodies.office_after.match(text, word.end) or _follows_verb(word, context)
    ):
        return True
    if label != "PERSON" and _is_heading(word, context):
        return True
    return begins_sentence(word.start, context) and f" {surface.lower()} " in text


def _is_heading(word: Word, context: NameContext) -> bool:
    """Return whether a word is alone on its line and nowhere else; a person's name may be a signature."""
    is_only = context.text.count(context.text[word.start : word.end]) == 1
    return is_only and is_whole_line(context.text, word.start, word.end)


def _follows_verb(word: Word, context: NameContext) -> bool:
    """Return whether a headline's verb stands before a word, whose capital then says nothing: Kills Three."""
    before = context.text[max(0, word.start - _LONGEST_VERB) : word.start].split(" ")[-2:-1]
    is_verb = any(context.lexicon.spelling.key(one) in context.lexicon.words.headline_verbs for one in before)
    return is_verb and is_headline(context.text, word.start)


def _first_piece(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut a span at the first line break, slash, bracket or dash inside it."""
    while start < end and not text[start].isalnum():
        start += 1
    constituency = _CONSTITUENCY.match(text, start, end)
    start = constituency.end() if constituency else start
    for pattern in (_LINE_BREAK, _BREAK):
        found = pattern.search(text, start, end)
        if found:
            end = found.start()
    return start, end


def _label_with_title(words: Sequence[Word], label: Label, lexicon: Lexicon) -> Label:
    """Return PERSON for a title with a name (`General X`), whatever the model's label."""
    words = words[1:] if words and words[0].key in lexicon.demonyms else words
    if len(words) < 2 or words[0].key not in lexicon.words.person_titles:  # noqa: PLR2004 - a title and a name
        return label
    return label if any(word.key in lexicon.words.nouns or word.key == "of" for word in words) else "PERSON"


def _trimmed(words: list[Word], label: Label, context: NameContext) -> list[Word]:
    """Cut articles, titles, honours and lower-case words off the ends of a name."""
    first, last = 0, len(words)
    while first < last and _is_before_name(words[first], label, context):
        first += 1
    while last - first > 1 and _is_after_name(words[last - 1], label, context):
        last -= 1
    return words[first:last]


def _is_before_name(word: Word, label: Label, context: NameContext) -> bool:
    if word.key in context.lexicon.words.articles:
        return True
    if label == "PERSON" and _is_before_person(word.key, context.lexicon):
        return True
    return _is_lower(word, context.text)


def _is_after_name(word: Word, label: Label, context: NameContext) -> bool:
    if label == "PERSON" and word.key in context.lexicon.words.surnames.honours:
        return True
    return _is_lower(word, context.text)


def _is_before_person(key: str, lexicon: Lexicon) -> bool:
    return key in lexicon.words.titles or key in lexicon.words.branches or key in lexicon.demonyms


def _is_lower(word: Word, text: str) -> bool:
    """Return whether a word is in lower case and has no Arabic article; no name begins or ends with one."""
    return text[word.core].islower() and word.start == word.core
