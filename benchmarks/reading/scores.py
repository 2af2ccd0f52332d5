"""How well the article of a page is found."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.reading.page_corpora import Page, is_title

from extract.reading.page.lines import Line
from extract.reading.page.pasted.article_lines import ArticleLines


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of one page.

    Attributes:
        kind: What the page belongs to: its corpus, whole or from the title on.
        precision: The share of the characters found that are in the body.
        recall: The share of the characters of the body that were found.
        title: Whether the right title was found; None if the page's title is unknown.
    """

    kind: str
    precision: float
    recall: float
    title: bool | None


def score_of(page: Page, lines: Sequence[Line], body: Sequence[bool], found: ArticleLines | None) -> Score:
    """Compare the lines found with those of the body."""
    whole = "whole" if lines[0].start == page.first_line() else "from its title on"
    titles = page.title_lines([line.text for line in lines], body)
    texts = [line.text for line in lines]
    right = None
    if titles:
        right = found is not None and found.title is not None and is_title(texts[found.title], page.titles)
    return Score(f"{page.corpus}, {whole}", *_shares(texts, body, found), right)


def _shares(texts: Sequence[str], body: Sequence[bool], found: ArticleLines | None) -> tuple[float, float]:
    chosen = set(found.body) if found else set()
    both = sum(len(texts[index]) for index in chosen if body[index])
    gold = sum(len(text) for text, inside in zip(texts, body, strict=True) if inside)
    return both / max(1, sum(len(texts[index]) for index in chosen)), both / max(1, gold)


def format_scores(scores: Sequence[Score]) -> str:
    """Return a table of means by kind."""
    rows = [f"{'':40}{'pages':>6}{'precision':>10}{'recall':>8}{'title':>7}{'of':>5}"]
    for kind in sorted({score.kind for score in scores}):
        of_kind = [score for score in scores if score.kind == kind]
        titles = [score.title for score in of_kind if score.title is not None]
        rows.append(
            f"{kind:40}{len(of_kind):6}{_mean([s.precision for s in of_kind]):10.3f}"
            f"{_mean([s.recall for s in of_kind]):8.3f}{_mean(titles):7.3f}{len(titles):5}"
        )
    return "\n".join(rows)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)
