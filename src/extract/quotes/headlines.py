"""Headlines that end with who said it: `Dam will hold, says Brandt`, `Dam will hold: ministry`."""

import re
from dataclasses import dataclass

from extract.engines.extensions import article_of
from extract.model import Mention, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.layout import Layout
from extract.quotes.phrases import is_listed, singular

_COMMA = re.compile(r", (?P<first>[^,:\s][^,:]*?) (?P<last>\S+)$")
_COLON = re.compile(r" ?(?P<mark>:) (?P<label>[^:,]{2,60})$")
_DASH = re.compile(r" (?P<mark>[–—-]{1,2}) (?P<label>[^:,–—]{2,60})$")
_SPEAKING = frozenset({"PERSON", "ORG", "FACTION", "GPE"})
_OUTLET = "outlet"  # the method of mentions of news outlets: `Dam will hold - Reuters` only credits them
_MOST_WORDS = 5  # of the speaker


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a headline that says who speaks.

    Attributes:
        start: Offset where it begins, after the statement.
    """

    start: int
    speaker: TextSpan
    cue: TextSpan


def find_headline_closing(layout: Layout, start: int, end: int, cues: Cues) -> Closing | None:
    """Find the speaker at the end of a paragraph of the title, None elsewhere or without one."""
    text = layout.text
    end = start + len(text[start:end].rstrip())
    if article_of(layout.doc).section_at(start) != "title":
        return None
    return _after_comma(layout, start, end, cues) or _after_mark(layout, start, end, cues)


def _after_comma(layout: Layout, start: int, end: int, cues: Cues) -> Closing | None:
    """Read `..., says Brandt` and `..., Brandt says`."""
    match = _COMMA.search(layout.text, start, end)
    if match is None:
        return None
    first, words = match.start("first"), match["first"].split()
    if _is_cue(words[0], cues):
        cue, name = (first, first + len(words[0])), (first + len(words[0]) + 1, end)
    elif _is_cue(match["last"], cues):
        cue, name = match.span("last"), match.span("first")
    else:
        return None
    return _closing(layout, match.start(), name, cue, cues)


def _after_mark(layout: Layout, start: int, end: int, cues: Cues) -> Closing | None:
    """Read `...: ministry` and `... – envoy`."""
    for form in (_COLON, _DASH):
        match = form.search(layout.text, start, end)
        if match is not None:
            found = _closing(layout, match.start(), match.span("label"), match.span("mark"), cues)
            return None if found is not None and form is _DASH and _is_place(layout, found.speaker) else found
    return None


def _is_cue(word: str, cues: Cues) -> bool:
    return word.islower() and singular(word, cues.speech) in cues.speech


def _closing(
    layout: Layout, start: int, name: tuple[int, int], cue: tuple[int, int], cues: Cues
) -> Closing | None:
    speaker, verb = (TextSpan(first, last, layout.text[first:last]) for first, last in (name, cue))
    return Closing(start, speaker, verb) if _can_speak(layout, speaker, cues) else None


def _can_speak(layout: Layout, speaker: TextSpan, cues: Cues) -> bool:
    """Return whether the words end in a noun for speakers or a name, but not that of an outlet."""
    words = speaker.text.split()
    if not words or len(words) > _MOST_WORDS:
        return False
    known = cues.descriptions
    if is_listed(words[-1].lower(), known.persons, known.organisations, known.documents):
        return True
    return any(_names(mention, speaker) for mention in layout.doc._.mentions)


def _names(mention: Mention, speaker: TextSpan) -> bool:
    """Return whether a mention is the speaker, or a person with that surname elsewhere in the article."""
    if mention.label not in _SPEAKING or mention.method == _OUTLET:
        return False
    here = mention.start < speaker.end and mention.end == speaker.end
    return here or (mention.label == "PERSON" and mention.text.split()[-1] == speaker.text)


def _is_place(layout: Layout, speaker: TextSpan) -> bool:
    """Return whether a speaker is a place or organisation, which after a dash may only be a credit."""
    return any(
        mention.end == speaker.end and mention.label != "PERSON" and mention.start <= speaker.start
        for mention in layout.doc._.mentions
    )
