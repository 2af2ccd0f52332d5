"""Photo captions: lines that end in a credit, such as `(REUTERS)` or `AFP/A. Name/File Photo`."""

import re
from collections.abc import Container

from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, fold, is_capitalised, outlet_key

_LONGEST_CAPTION = 450
_LONGEST_CREDIT = 80
_LONGEST_DAY = 40
# A credit is in brackets at the end of the line, or follows the end of a sentence or a copyright sign. After
# a bar or dash it also needs a word such as `Photo`, as titles may end in the same way (`TITLE | OUTLET`).
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]$")
_CREDIT_START = re.compile(r"[.!?…][\"”’)]* |© ?")
_BAR = re.compile(r"\| ?| [–—-] ")
_GAP = re.compile(r"[\s/]+")
_SLASHED = re.compile(r"(?:^| )([^\s/]+(?: [^\s/]+)? ?/ ?[^/]{2,40}(?:/[^/]{2,40})?)$")


def is_caption(line: Line, forms: Forms, own_names: Container[str] = ()) -> bool:
    """Return whether the line is a caption: it ends in a credit, or begins as captions do.

    A credit is a known agency or outlet, the page's own outlet, or any name in the position of a credit:
    after the day of the picture (`June 14, 2021. (NAME)`), or with a slash after a sentence (`. NAME/NAME`).

    Args:
        line: The line.
        forms: The vocabulary of page layouts.
        own_names: The keys of the names of the page's own outlet.
    """
    text = line.text
    if len(text) > _LONGEST_CAPTION:
        return False
    if text.casefold().startswith(forms.caption_openers):
        return True
    bracketed = _BRACKETS.search(text)
    if bracketed:
        words = bracketed[1]
        own = outlet_key(words) in own_names
        known = own or _is_credit(words, forms) or _has_credit_word(words, forms)
        return known or _is_placed_in_brackets(text[: bracketed.start()], bracketed[0], forms)
    return _ends_in_credit(text, forms)


def credits_own(text: str, key: str) -> bool:
    """Return whether the caption ends in a bracketed name with this outlet key."""
    match = _BRACKETS.search(text)
    return match is not None and outlet_key(match[1]) == key


def is_bracketed(text: str, forms: Forms) -> bool:
    """Return whether the line is only a name in brackets: `(QASR WIRE)`."""
    match = _BRACKETS.match(text)
    return match is not None and _only_names(match[1], forms)


def ends_in_day(text: str, forms: Forms) -> bool:
    """Return whether the text ends in a day, or a month with its year; a full stop may follow."""
    tail = text[-_LONGEST_DAY:].rstrip(" \t\xa0.,")
    ends = [found.end for found in forms.dates.find_days(tail)]
    ends += [match.end() for match in forms.dates.month_year.finditer(tail)]
    return len(tail) in ends


def _is_placed_in_brackets(before: str, brackets: str, forms: Forms) -> bool:
    """Return whether any bracketed name, after the words before it, is in the position of a credit."""
    words = brackets[1:-1]
    if not _only_names(words, forms):
        return False
    ended = ends_sentence(before)
    marked = ended or words.isupper() or len(words.split()) > 1 or brackets.startswith("[")
    slashed = "/" in words and (ended or brackets.startswith("["))
    return slashed or (marked and ends_in_day(before, forms))


def _ends_in_credit(text: str, forms: Forms) -> bool:
    """Return whether the line ends in a credit without brackets."""
    tail = text[-_LONGEST_CREDIT:]
    if _is_credit(_after_last(_CREDIT_START, tail), forms) or _is_placed_after_sentence(text, forms):
        return True
    barred = _after_last(_BAR, tail)
    if _has_credit_word(barred, forms) and (_is_credit(barred, forms) or ":" in barred):
        return True
    slashed = _SLASHED.search(tail)
    return slashed is not None and _is_credit(slashed[1], forms)


def _is_placed_after_sentence(text: str, forms: Forms) -> bool:
    """Return whether any name is in the position of a credit: after a sentence with a day, slash or label."""
    words = _after_last(_CREDIT_START, text[-_LONGEST_CREDIT:])
    before = text[: len(text) - len(words)].rstrip()
    if not words or not _only_names(words, forms) or ends_sentence(text):
        return False
    labelled = "/" in words or (":" in words and _has_credit_word(words, forms))
    return ends_sentence(before) and (labelled or ends_in_day(before, forms))


def _after_last(pattern: re.Pattern[str], text: str) -> str:
    """Return what follows the last match of a pattern, nothing if there is none."""
    ends = [match.end() for match in pattern.finditer(text)]
    return text[ends[-1] :] if ends else ""


def _is_credit(words: str, forms: Forms) -> bool:
    """Return whether the words are names that include an agency or outlet."""
    return bool(words) and _only_names(words, forms) and forms.credits.search(fold(words)) is not None


def _has_credit_word(words: str, forms: Forms) -> bool:
    """Return whether the words are a credit word and optional names: `Photo: NAME`, `courtesy of NAME`."""
    others = [word for word in words.split() if fold(word) not in forms.credit_words]
    return len(others) < len(words.split()) and _only_names(" ".join(others), forms)


def _only_names(words: str, forms: Forms) -> bool:
    parts = filter(None, _GAP.split(words))
    return all(is_capitalised(word) or word in forms.credit_small_words for word in parts)
