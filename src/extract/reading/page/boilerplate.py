"""Page furniture (boilerplate): what an outlet's page puts around the article."""

import re
from collections.abc import Container, Sequence

from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, ends_sentence, fold, is_capitalised, outlet_key

PROSE_LENGTH = 120
_LONGEST_HEADING = 60
_LONGEST_TAGLINE = 160
_LONGEST_NOTICE = 1_500
_LONGEST_BANNER = 300
_WIDGET_LINES = 6
_ABOUT_LINES = 4
_BREADCRUMB = re.compile(r" ?[>»›|] ?| / ")
# `9/6/21, 8:02 AM   TITLE - OUTLET` and `https://... 1/2`.
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?(?:\s{3,}|\t)\S"
    r"|(?:https?|file)://\S+(?:\s+\d+ ?/ ?\d+)?$"
)
_HANDLE = re.compile(r"@\w+")
_FEWEST_STEPS = 3
_MOST_STEP_WORDS = 4
_FEWEST_NAME_WORDS, _MOST_NAME_WORDS = 2, 5
# Tagline words that a tagline needs, with an outlet's name and without one.
_WITH_OUTLET, _WITHOUT_OUTLET = 2, 3


def is_furniture(line: Line, forms: Forms) -> bool:
    """Return whether the line is page furniture at any position: `Advertisement`, `Read more: ...`."""
    if len(line.text) > _LONGEST_TAGLINE:
        return False
    if _HANDLE.fullmatch(line.text) or is_printed_by_browser(line):
        return True
    return fold(line.text) in forms.alone or line.text.casefold().startswith(forms.openers)


def is_banner(line: Line, forms: Forms) -> bool:
    """Return whether the line, in the head of a page, is a banner: it asks for consent to cookies."""
    return len(line.text) <= _LONGEST_BANNER and _has_any(line.text, forms.banners)


def is_paywall(line: Line, forms: Forms) -> bool:
    """Return whether the line says that the rest is only for those who pay."""
    return len(line.text) <= _LONGEST_BANNER and _has_any(line.text, forms.paywall)


def _has_any(text: str, phrases: Sequence[str]) -> bool:
    return any(map(fold(text).__contains__, phrases))  # three times as fast as a generator


def is_printed_by_browser(line: Line) -> bool:
    """Return whether a browser prints the line around each page: time and title, or address."""
    return _PRINTED.match(line.text) is not None


def is_notice(line: Line, forms: Forms) -> bool:
    """Return whether the line, near the article's end, is a notice, such as one on rights or republishing."""
    if len(line.text) > _LONGEST_NOTICE:
        return False
    if line.text.startswith(forms.notice_openers):
        return True
    return _has_any(line.text, forms.notices)


def is_tagline(line: Line, forms: Forms, own_names: Container[str] = ()) -> bool:
    """Return whether the line, above a title, is the outlet's name, tagline, section or breadcrumb path."""
    if _is_section_or_outlet(fold(line.text), forms):
        return True
    if len(line.text) > _LONGEST_TAGLINE or ends_sentence(line.text):
        return False
    return _is_breadcrumb_path(line.text, forms, own_names) or _has_tagline_words(line.text, forms)


def _is_section_or_outlet(words: str, forms: Forms) -> bool:
    return words in forms.kickers or words in forms.outlet_names


def _is_breadcrumb_path(text: str, forms: Forms, own_names: Container[str]) -> bool:
    """Return whether the text is a path of short steps: `Home > News > Iraq`.

    Two steps are enough if the first is a section or the outlet.
    """
    steps = _BREADCRUMB.split(text)
    first = fold(steps[0])
    known = _is_section_or_outlet(first, forms) or outlet_key(first) in own_names
    fewest = _FEWEST_STEPS - known
    return len(steps) >= fewest and all(len(step.split()) <= _MOST_STEP_WORDS for step in steps)


def _has_tagline_words(text: str, forms: Forms) -> bool:
    words = fold(text)
    has_outlet = forms.outlets.search(words) is not None or self_named(text) is not None
    found = len(forms.tagline_words.intersection(words.split()))
    return found >= (_WITH_OUTLET if has_outlet else _WITHOUT_OUTLET)


def self_named(text: str) -> str | None:
    """Return the outlet that a tagline names twice: `NAME, news of the day from NAME`."""
    words = text.split()
    for length in range(min(_MOST_NAME_WORDS, len(words) // 2), _FEWEST_NAME_WORDS - 1, -1):
        name, rest = " ".join(words[:length]).rstrip(",:;|-–—"), " ".join(words[length:])
        if all(map(is_capitalised, name.split())) and re.search(
            rf"\b{re.escape(name)}\b", rest, re.IGNORECASE
        ):
            return name
    return None


def tail_start(lines: Sequence[Line], forms: Forms) -> int:
    """Return the index of the heading from which on all lines are page furniture, else `len(lines)`.

    Only a heading in the second half of the text counts; one further up may be that of a box in the article.
    """
    if not lines:
        return 0
    half = lines[-1].end // 2
    for index, line in enumerate(lines):
        if line.start >= half and _opens_tail(lines, index, forms):
            return index
        if is_paywall(line, forms) and _is_mostly_above(lines, index):
            return index
    return len(lines)


def _is_mostly_above(lines: Sequence[Line], index: int) -> bool:
    """Return whether there is prose above the line, and little of it below."""
    above, below = (
        sum(len(line.text) for line in part if len(line.text) >= PROSE_LENGTH)
        for part in (lines[:index], lines[index + 1 :])
    )
    return above > 2 * below


def widget_end(lines: Sequence[Line], index: int, forms: Forms) -> int:
    """Return the index after a box within the article: a tail heading with short lines below it."""
    if not _is_heading(lines[index], forms):
        return index
    for end in range(index + 1, min(index + 1 + _WIDGET_LINES, len(lines))):
        if len(lines[end].text) >= PROSE_LENGTH or ends_sentence(lines[end].text):
            return end
    return index + 1


def about_name(line: Line, forms: Forms) -> str | None:
    """Return the outlet's name in a heading `About NAME`; None for `About the Author`."""
    match = forms.about.match(line.text)
    if match is None or _is_heading(line, forms):
        return None
    words = match["name"].split()
    is_name = all(is_capitalised(word) or word in forms.about_small_words for word in words)
    return match["name"] if is_name else None


def _is_heading(line: Line, forms: Forms) -> bool:
    return len(line.text) <= _LONGEST_HEADING and fold(line.text) in forms.headings


def _opens_tail(lines: Sequence[Line], index: int, forms: Forms) -> bool:
    return _is_heading(lines[index], forms) or _is_self_description(
        lines[index : index + 1 + _ABOUT_LINES], forms
    )


def _is_self_description(lines: Sequence[Line], forms: Forms) -> bool:
    """Return whether the lines are `About NAME` and a paragraph that calls NAME a platform, newspaper..."""
    name = about_name(lines[0], forms)
    if name is None or len(lines) == 1 or len(lines) > _ABOUT_LINES:
        return False
    words = fold(lines[1].text)
    return fold(name) in words and any(self_word in words for self_word in forms.self_words)
