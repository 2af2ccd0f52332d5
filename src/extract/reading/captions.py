"""Photo captions: lines that end in a credit, such as `(REUTERS)` or `AFP/A. Name/File Photo`."""

import re

from extract.reading.forms import Forms
from extract.reading.lines import Line, fold, is_capitalised

_LONGEST_CAPTION = 450
_LONGEST_CREDIT = 80
_CONNECTORS = frozenset({"via", "by", "of", "from", "for", "and", "the", "/", "|", "-", "–", "—", "&"})
# A credit stands in brackets that end the line, after a sentence's end or a copyright sign; after a bar or
# dash it needs a word such as `Photo`, for titles end so too (`TITLE | OUTLET`).
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]$")
_BORDER = re.compile(r"[.!?…][\"”’)]* |© ?")
_BAR = re.compile(r"\| ?| [–—-] ")
_SLASHED = re.compile(r"(?:^| )([^\s/]+(?: [^\s/]+)? ?/ ?[^/]{2,40}(?:/[^/]{2,40})?)$")


def is_caption(line: Line, forms: Forms) -> bool:
    """Tell whether the line describes a picture: it ends in a credit, or begins as captions do."""
    text = line.text
    if len(text) > _LONGEST_CAPTION:
        return False
    return text.casefold().startswith(forms.caption_openers) or _ends_in_credit(text, forms)


def _ends_in_credit(text: str, forms: Forms) -> bool:
    bracketed = _BRACKETS.search(text)
    if bracketed:
        return _is_credit(bracketed[1], forms) or _has_credit_word(bracketed[1], forms)
    tail = text[-_LONGEST_CREDIT:]
    if _is_credit(_after_last(_BORDER, tail), forms):
        return True
    barred = _after_last(_BAR, tail)
    if _is_credit(barred, forms) and _has_credit_word(barred, forms):
        return True
    slashed = _SLASHED.search(tail)
    return slashed is not None and _is_credit(slashed[1], forms)


def _after_last(border: re.Pattern[str], text: str) -> str:
    """Return what follows the last border; nothing where there is none."""
    ends = [match.end() for match in border.finditer(text)]
    return text[ends[-1] :] if ends else ""


def _is_credit(words: str, forms: Forms) -> bool:
    """Tell whether the words are an agency's or outlet's name, perhaps among other names."""
    return bool(words) and _only_names(words) and forms.credits.search(fold(words)) is not None


def _has_credit_word(words: str, forms: Forms) -> bool:
    return not forms.credit_words.isdisjoint(fold(words).split()) and _only_names(words.capitalize())


def _only_names(words: str) -> bool:
    return all(is_capitalised(word) or word in _CONNECTORS for word in re.split(r"[\s/]+", words) if word)
