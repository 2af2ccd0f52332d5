"""Which lines of a pasted page are its article: by weights fitted on public pages (models/reading/).

Whoever copies a whole page also copies its menus, links, notices and comments. Each line has a score: how
much more probable it is that it belongs to the body than that it does not. The body is the stretch of lines
with the highest sum of scores; boxes within it may be left out, at a cost. The title is the most probable
line above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf
from operator import itemgetter

from extract.probability import Features, Probability
from extract.reading.page.form_shapes import PastedFile
from extract.reading.page.forms import Forms
from extract.reading.page.lines import Line, fold
from extract.reading.page.pasted.headline_features import head_of, headline_features, share_in_body
from extract.reading.page.pasted.line_features import line_features
from extract.reading.units.posts import find_post_times

# A single line never outweighs all others.
_HIGHEST = 4.0
_LIKELY, _SURE = 0.3, 0.4
_POST_HEAD = 3  # the time of a post, its heading, its first line
_LEAST_OF_POST = 0.5
_TITLE_WORDS = 3
# A text begins with its title if its first line has so many words, and this share of them stands in the body:
# a lower one suffices near the body.
_FEWEST_WORDS, _MOST_WORDS = 4, 28
_NEAR, _FAR = 15, 80  # lines
_SHARED_NEAR, _SHARED_FAR = 0.2, 0.25


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """The article in a page.

    Attributes:
        title: The index of its title; None if no line is likely to be it.
        body: The indices of the lines of its body, in order; never empty.
        is_sure: The title is so likely that it may be told; else it only shows where the article begins.
    """

    title: int | None
    body: Sequence[int]
    is_sure: bool = True


def find_article(lines: Sequence[Line], forms: Forms, weights: PastedFile) -> ArticleLines | None:
    """Find the article in a page; None if the page has no words."""
    worded = [index for index, line in enumerate(lines) if any(map(str.isalnum, line.text))]
    if not worded:
        return None
    kept = [lines[index] for index in worded]
    features = line_features(kept, forms)
    scores = [max(-_HIGHEST, min(_HIGHEST, weights.body.log_odds(found))) for found in features]
    for time in find_post_times(kept, forms):  # the posts of a live blog are one article
        for index in range(time, min(time + _POST_HEAD, len(scores))):
            scores[index] = max(scores[index], _LEAST_OF_POST)
    body = best_stretch(scores, leave_out=weights.leave_out, resume=weights.resume)
    title, share = _find_title(kept, features, body[0], weights.title, forms)
    body = [index for index in body if title is None or index > title] or body
    lines_of_body = [worded[index] for index in body]
    is_sure = share >= _SURE or not title  # most texts begin with their title
    return ArticleLines(None if title is None else worded[title], lines_of_body, is_sure)


def best_stretch(scores: Sequence[float], *, leave_out: float, resume: float) -> Sequence[int]:
    """Return the indices of the stretch with the highest sum of scores, without the boxes left out of it.

    >>> best_stretch([-1, 2, 2, -9, 3, -1], leave_out=1, resume=1)
    [1, 2, 4]
    """
    sums: list[float] = []
    before: list[int | None] = []  # the line of the body before each one; None if the body begins there
    boxed: tuple[float, int | None] = (-inf, None)  # the best sum with a box open, and the line above the box
    for index, score in enumerate(scores):
        ways = [(0.0, None), (boxed[0] - resume, boxed[1])]
        ways += [(sums[-1], index - 1)] if index else []
        best, line = max(ways, key=itemgetter(0))
        sums.append(best + score)
        before.append(line)
        boxed = max(boxed, (sums[-1] - leave_out, index), key=itemgetter(0))
    last: int | None = max(range(len(sums)), key=sums.__getitem__)
    body = []
    while last is not None:
        body.append(last)
        last = before[last]
    return body[::-1]


def _find_title(
    lines: Sequence[Line], features: Sequence[Features], body: int, weights: Probability, forms: Forms
) -> tuple[int | None, float]:
    """Return the index of the title and its probability; None if no line above the body is likely it."""
    if body and _begins_with_title(lines, features[0], body, forms):
        return 0, 1.0
    head = head_of(features, body)
    odds = {index: weights.log_odds(headline_features(lines, features, index, head.stop)) for index in head}
    best = max(odds, key=odds.__getitem__, default=None)
    if best is None:
        return None, 0.0
    share = 1 / sum(exp(other - odds[best]) for other in odds.values())
    return (_without_path(lines, best, head) if share >= _LIKELY else None), share


def _begins_with_title(lines: Sequence[Line], features: Features, body: int, forms: Forms) -> bool:
    """Return whether the first line of a text is its title: the page was copied from there on."""
    text = lines[0].text
    is_plain = features["form"] == "none" and features["end"] not in {".", "...", ":", ",", "!"}
    if not is_plain or not _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS:
        return False
    shared = share_in_body(text, lines, body, forms.function_words | forms.reader_words)
    return shared >= (_SHARED_NEAR if body <= _NEAR else _SHARED_FAR) and body <= _FAR


def _without_path(lines: Sequence[Line], best: int, head: range) -> int:
    """Return the line of the head that is the end of the title, else the title: it may have words before it.

    Such are the path of the page, `SECTION|TITLE` above `TITLE`, and the button `Share TITLE` below it.
    """
    title = fold(lines[best].text)
    ends = (index for index in head if title.endswith(f" {fold(lines[index].text)}"))
    return next((index for index in ends if len(lines[index].text.split()) >= _TITLE_WORDS), best)
