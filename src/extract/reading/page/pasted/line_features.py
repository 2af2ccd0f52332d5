"""What shows whether a line of a pasted page belongs to its article: it and its neighbours."""

import re
from collections import ChainMap, Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.probability import Features, step
from extract.reading.page.boilerplate import is_furniture, is_notice
from extract.reading.page.bylines import author_of, reporter_alone
from extract.reading.page.captions import is_caption
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_COUNTS = re.compile(r"[\d()\[\]]+")
_QUOTES = "\"'”’"
_MARKS = {
    "address": re.compile(r"https?:|www\.|\w@\w"),
    "rights": re.compile(r"[©®]"),
    "bar": re.compile(r"[|»›•→]"),
    "handle": re.compile(r"[@#]\w"),
    "speech": re.compile(r"[\"“”]"),
    "number": re.compile(r"^\W*\d[\d\W]*$"),
}
_PROSE, _LINK = 80, 60  # characters
_FUNCTION_SHARE = 0.2
_LONG_WORD = 5
_FEWEST_LONG = 3
# How many lines count as beside a line and as around it, how far above it its heading may be, and how many
# lines below a heading have words in common with it.
_BESIDE, _AROUND = 3, 8
_HEADING_LINES, _TEXT_LINES = 14, 6
_FAR = 100
_HEADING_SHAPES = frozenset({"link", "text", "sentence"})


def line_features(lines: Sequence[Line], forms: Forms) -> Sequence[Features]:
    """Return the features of every line."""
    texts = [line.text for line in lines]
    words = [_WORD.findall(text) for text in texts]
    own = [_own_features(line, found, forms) for line, found in zip(lines, words, strict=True)]
    shapes = [features["shape"] for features in own]
    long_words = [frozenset(word.lower() for word in found if len(word) >= _LONG_WORD) for found in words]
    around = zip(
        own,
        _neighbours(shapes),
        _runs(shapes),
        _repetition(texts),
        _distances([features["form"] for features in own]),
        _cohesion(long_words, shapes),
        _headings(long_words, shapes),
        strict=True,
    )
    return [dict(ChainMap(*parts)) for parts in around]


def _own_features(line: Line, words: Sequence[str], forms: Forms) -> dict[str, str]:
    """Return what the line itself shows."""
    text, count = line.text, max(len(words), 1)
    folded = [word.lower().replace("’", "'") for word in words]
    small = sum(word[0].islower() for word in words) / count
    function = sum(word in forms.function_words for word in folded) / count
    reader = sum(word in forms.reader_words for word in folded) / count
    shape = _shape(text, function)
    return {
        "shape": shape,
        "length": step(len(text), 15, 30, 50, 80, 120, 200, 400),
        "end": _end(text),
        "small words": step(round(small, 2), 0, 0.3, 0.5, 0.7, 0.85),
        "function words": step(round(function, 2), 0, 0.1, 0.2, 0.3, 0.4),
        "reader words": f"{shape} {step(round(reader, 2), 0, 0.04, 0.08, 0.15, 0.3)}",
        "form": _form(line, forms),
        "mark": next((name for name, mark in _MARKS.items() if mark.search(text)), "none"),
    }


def _shape(text: str, function: float) -> str:
    """Return `prose`, `sentence` (a short one), `text` (long, but no sentence) or `link`."""
    ended = _SENTENCE_END.search(text) is not None
    if len(text) >= _PROSE:
        return "prose" if ended or function >= _FUNCTION_SHARE else "text"
    if ended:
        return "sentence"
    return "link" if len(text) < _LINK else "text"


def _end(text: str) -> str:
    """Return the mark at the end of the line."""
    if not _SENTENCE_END.search(text):
        return text[-1] if text[-1] in ":,;)" else "word"
    if text[-1] in _QUOTES:
        return "quote"
    return "..." if text.endswith(("...", "…")) else text.rstrip(")]")[-1]


def _form(line: Line, forms: Forms) -> str:
    """Return what the words of the line say it is."""
    if is_furniture(line, forms):
        return "furniture"
    words = fold(_COUNTS.sub("", line.text))
    if words in forms.headings or words in forms.kickers:
        return "heading"
    if is_notice(line, forms):
        return "notice"
    if is_caption(line, forms):
        return "caption"
    return _credit(line.text, forms)


def _credit(text: str, forms: Forms) -> str:
    """Return whether the line gives who wrote the article or when."""
    if author_of(text, forms):
        return "byline"
    if forms.dates.parse_line(text):
        return "date"
    return "name" if reporter_alone(text, forms) else "none"


def _neighbours(shapes: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield what stands beside each line, and how much prose there is around it."""
    prose = [shape == "prose" for shape in shapes]
    for index, shape in enumerate(shapes):
        above = shapes[index - 1] if index else "none"
        below = shapes[index + 1] if index + 1 < len(shapes) else "none"
        before, after = prose[max(0, index - _BESIDE) : index], prose[index + 1 : index + 1 + _BESIDE]
        around = prose[max(0, index - _AROUND) : index + 1 + _AROUND]
        yield {
            "beside": f"{above} {shape} {below}",
            "prose beside": f"{sum(before)} {shape} {sum(after)}",
            "prose around": step(sum(around), 0, 1, 2, 4, 6, 8, 12),
        }


def _runs(shapes: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield how many links, and how many lines of prose, follow one another here."""
    for links, prose in zip(_run_lengths(shapes, "link"), _run_lengths(shapes, "prose"), strict=True):
        yield {"links": step(links, 0, 1, 2, 3, 5, 8, 16), "run of prose": step(prose, 0, 1, 2, 3, 5, 8, 13)}


def _run_lengths(shapes: Sequence[str], wanted: str) -> Iterator[int]:
    """Yield the length of the run of this shape in which each line stands, 0 outside of them."""
    for shape, run in groupby(shapes):
        length = len(list(run))
        yield from [length if shape == wanted else 0] * length


def _repetition(texts: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield how often each line occurs on the page."""
    keys = [fold(text) for text in texts]
    times = Counter(keys)
    yield from ({"times": step(times[key], 1, 2)} for key in keys)


def _distances(line_forms: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield how far above each line the last byline or date and the last heading of furniture stand."""
    credit = heading = -_FAR
    for index, form in enumerate(line_forms):
        yield {
            "below credit": step(index - credit, 1, 2, 3, 5, 8, 14, 25, 50),
            "below heading": step(index - heading, 1, 2, 3, 5, 8, 14, 25, 50),
        }
        credit = index if form in {"byline", "date"} else credit
        heading = index if form == "heading" else heading


def _cohesion(long_words: Sequence[frozenset[str]], shapes: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield how many of the longer words of each line occur in the prose of other lines."""
    lines = list(zip(long_words, shapes, strict=True))
    in_prose = Counter(word for words, shape in lines if shape == "prose" for word in words)
    for words, shape in lines:
        here = shape == "prose"
        shared = sum(in_prose[word] > here for word in words) / max(len(words), 1)
        level = step(round(shared, 2), 0, 0.2, 0.4, 0.6, 0.8) if words else "none"
        yield {"shared words": f"{shape} {level}"}


def _headings(long_words: Sequence[frozenset[str]], shapes: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield how much the best heading above each line has in common with it and the lines below it."""
    for index, shape in enumerate(shapes):
        below = frozenset[str]().union(*long_words[index : index + _TEXT_LINES])
        shares = (
            len(long_words[above] & below) / len(long_words[above])
            for above in range(max(0, index - _HEADING_LINES), index)
            if shapes[above] in _HEADING_SHAPES and len(long_words[above]) >= _FEWEST_LONG
        )
        yield {"headed": f"{shape} {step(round(max(shares, default=0.0), 2), 0, 0.2, 0.35, 0.5, 0.7)}"}
